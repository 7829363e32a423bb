"""What may not be read is found in every text, however it was noted and however it is written."""

from itertools import product

import pytest

from partners.anoniem import Persoon
from partners.herkennen import Geheimen, phone_numbers, place_names, postcodes

pytestmark = pytest.mark.quick

ADDRESS = "vluchthuis De Linde, Kerkstraat 5, 9000 Gent"
GEHEIM = Geheimen(
    personen=[Persoon("Crèche De Wolkenboot", ""), Persoon("Mieke", "", "Maes")],
    plaatsen=place_names(ADDRESS, "Oude Markt 12 bus 3, 2400 Mol", "Sint-Pietersnieuwstraat 101"),
    nummers=phone_numbers("+32 (0)470 12.34.56") | postcodes(ADDRESS),
)


def without(text, geheim=GEHEIM):
    return geheim.without(text, "#")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bel op 0470 12 34 56.", "Bel op #."),
        ("Bel op +32 470/12.34.56", "Bel op #"),
        ("Bel (0470–12–34–56) of niet", "Bel (#) of niet"),
        ("Sara zit in De Linde.", "Sara zit in De #."),
        ("in de linde", "in de #"),
        ("zij woont in de Kerkstraat", "zij woont in de #"),
        ("kerkstraat 5 is het", "# is het"),
        ("Kerkstraat nr. 5, nr 5", "#, nr 5"),
        ("Kerkstraat, nummer 5", "#"),
        ("in de Kerkstr. 5", "in de #"),
        ("Kerk\u00adstraat 5", "#"),
        ("KERKSTRAAT\n5", "#"),
        ("Kerkstraat 12", "# 12"),  # another house leads to the street too
        ("Oude Markt nr. 12", "#"),
        ("op de oude markt", "op de #"),
        ("te 9000 Gent", "te # #"),
        ("B-9000", "B-#"),
        ("een Gentse school in Gent", "een # school in #"),
        ("naar Mol", "naar #"),
        ("sint pietersnieuwstraat 101", "#"),
        ("een vluchthuis", "een #"),
        ("bij crèche de wolkenboot", "bij #"),
        ("juf Mieke Maes", "juf # #"),
        ("Mieke's fiets en Maes", "# fiets en #"),
    ],
)
def test_what_may_not_be_read_is_left_out(text, left):
    assert without(text) == left
    assert any(GEHEIM.find(text))
    assert not any(GEHEIM.find(without(text)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0470 12 34 57",
        "0470 12 34 567",
        "10470123456",
        "In de kerk staat een lindeboom",
        "een oude man op de markt",
        "op 12/10/9000, 9000-10-12 en 19000",
        "Kortrijk, Gentbrugge en Molenstraat 5",
        "agent",
    ],
)
def test_what_only_looks_like_it_stays(text):
    assert without(text) == text


def test_where_nothing_is_secret_everything_stays():
    nothing = Geheimen(plaatsen=place_names("", "5"), nummers=phone_numbers("", "geen"))
    assert not nothing
    assert without(ADDRESS, nothing) == ADDRESS


# Numbers, as noted and as written

MOBILE = [
    "0470 12 34 56", "0470/12.34.56", "0470-12-34-56", "0470–12–34–56", "0470\u00a012\u00a034\u00a056", "0470123456",
    "(0470) 12 34 56", "0470 - 12 34 56", "470 12 34 56", "+32 470 12 34 56", "+32470123456", "0032470123456",
    "32 470 12 34 56", "+32 (0)470 12.34.56", "+32(0)470123456", "0032 (0) 470 12 34 56", "+32 0470 12 34 56",
]  # fmt: skip
SEVERAL = [
    "0470 12 34 56 / 03 234 56 78", "03 234 56 78 0470 12 34 56", "0470123456-0471111111", "0470 12 34 56 (9-17 u)",
    "gsm 0470 12 34 56, thuis 03 234 56 78", "+31 6 1234 5678 / +32 470 12 34 56",
]  # fmt: skip
LANDLINE = ["03 234 56 78", "03/234.56.78", "032345678", "+32 3 234 56 78", "+3232345678", "0032 (0)3 234 56 78"]
ABROAD = ["+31 6 1234 5678", "0031612345678", "+31 (0)6 12345678", "+31612345678"]


@pytest.mark.parametrize(
    ("noted", "spellings"),
    [*product(MOBILE + SEVERAL, [MOBILE]), *product(LANDLINE + SEVERAL[:2], [LANDLINE]), *product(ABROAD, [ABROAD])],
)
def test_a_number_is_found_however_it_was_noted_and_written(noted, spellings):
    geheim = Geheimen(nummers=phone_numbers(noted))
    left = {written: without(f"Bel {written} vandaag.", geheim) for written in spellings}
    assert set(left.values()) <= {"Bel # vandaag.", "Bel +# vandaag."}, left


def test_a_number_without_its_area_code_is_found_as_it_was_noted():
    assert without("234 56 78", Geheimen(nummers=phone_numbers("234.56.78"))) == "#"


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("Kerkstraat 1, 2800 Mechelen", {"2800"}),
        ("Mechelen (B-2800)", {"2800"}),
        ("2800", {"2800"}),
        ("sinds 12/10/2025, 2025-10-12", set()),
        ("nr. 12345, 0470", set()),
    ],
)
def test_a_postcode_is_read_wherever_it_stands(address, codes):
    assert postcodes(address) == codes


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("Kerkstraat 1, Mechelen", {"kerkstraat 1", "kerkstraat", "mechelen"}),
        ("Oude Markt 5\nbus 3", {"oude markt 5", "oude markt", "bus 3"}),
        ("Kerkstraat 5 2400 Mol", {"kerkstraat 5", "kerkstraat", "mol"}),
        ("Mol, 12, 5a", {"mol"}),
        ("bij de molen", {"bij de molen", "molen"}),
        ("", set()),
    ],
)
def test_what_in_an_address_leads_there(address, names):
    assert place_names(address) == names
