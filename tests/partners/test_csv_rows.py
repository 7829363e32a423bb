"""Cells: escaped and back, and what is wrong with a row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.tekens import clean_text
from partners.invoerplan import plan_import
from partners.models import Partner
from partners.tabel import COLUMNS, escape, read_table, unescape, write_table
from tests.partners.kantoren import as_file, make_partner, row

cell = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=20)


@given(cell)
def test_an_escaped_cell_is_no_formula_and_comes_back(text):
    safe = escape(text)
    assert safe[:1] not in tuple("=+-@\t\r\n") or not safe
    assert unescape(safe) == text


@given(st.sampled_from("=+-@\t\r'"), cell)
def test_cells_that_begin_as_a_formula_come_back(sign, text):
    assert unescape(escape(sign + text)) == sign + text


def test_an_apostrophe_of_a_name_stays():
    assert unescape("'t Huis") == "'t Huis"


@given(
    st.lists(cell, min_size=len(COLUMNS), max_size=len(COLUMNS)).filter(
        lambda cells: any(clean_text(cell).strip() for cell in cells)
    )
)
def test_a_table_reads_back_as_it_was_but_for_white_space_around(cells):
    plain = [clean_text(text).replace("\r\n", "\n").strip() for text in cells]
    [(number, read)] = read_table(write_table([dict(zip(COLUMNS, plain, strict=True))]))
    assert (number, list(read.values())) == (2, plain)


def reasons(*rows):
    return [(number, "; ".join(why)) for number, why in plan_import(as_file(*rows)).fouten]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"sleutel": "123"}, "De sleutel klopt niet"),
        ({"soort": "cab"}, "soort ‘cab’ bestaat niet"),
        ({"naam": ""}, "naam is leeg"),
        ({"naam": "x" * 151}, "naam: Deze tekst is te lang: 151 tekens, er passen er 150"),
        ({"bron": ""}, "bron is leeg"),
        ({"postcode": "9999"}, "postcode ‘9999’ ligt niet in Vlaanderen of Brussel"),
        ({"postcode": "280"}, "postcode ‘280’"),
        ({"gemeente": "Gent", "postcode": "2800"}, "bij postcode 2800 hoort gemeente Mechelen, niet ‘Gent’"),
        ({"postcode": "1040"}, "hoort gemeente Brussel of Etterbeek"),
        ({"straat": "Kerkstraat 1"}, "zet bij de straat ook de postcode"),
        ({"gemeente": "Gent"}, "zet bij de gemeente ook de postcode"),
        ({"werkgebied": "Gent, Atlantis"}, "‘Atlantis’ kennen we niet"),
        ({"website": "voorbeeld.be"}, "website: Schrijf het hele adres"),
        ({"website": "javascript:alert(1)"}, "website: Schrijf het hele adres"),
        ({"algemeen_telefoon": "bel mij"}, "algemeen_telefoon: Schrijf één telefoonnummer"),
        ({"algemeen_telefoon": "15000001"}, "Liet een rekenblad de eerste nul weg"),
        ({"algemeen_email": "a@b"}, "algemeen_email: "),
        ({"crisis_telefoon": "102", "crisis_uren": "soms"}, "crisis_uren: ‘soms’ begrijpen we niet"),
        ({"consult_uren": "altijd"}, "consult: er staan uren of een toelichting, maar geen telefoon of e-mail"),
        ({"nagekeken_op": "31/02/2026"}, "nagekeken_op: Die datum bestaat niet"),
        ({"nagekeken_op": "gisteren"}, "nagekeken_op: Schrijf de datum als dag/maand/jaar"),
        ({"nagekeken_op": "1/1/2090"}, "nagekeken_op: Deze datum ligt in de toekomst"),
    ],
)
def test_a_bad_row_is_named_by_number_and_reason(db, cells, says):
    [(number, why)] = reasons(row(naam="Goed"), row(**cells))
    assert number == 3
    assert says in why


def test_every_reason_of_a_row_is_said_at_once(db):
    [(_, why)] = reasons(row(soort="cab", naam="", website="x"))
    assert why.count(";") >= 1
    assert "website" in why


def test_a_row_with_too_few_cells_is_named(db):
    assert plan_import(as_file(row()) + "a;b\r\n").fouten == [
        (3, ["deze rij heeft 2 cellen, de eerste rij heeft er 28"])
    ]


def test_empty_lines_are_passed_over_and_keep_the_count(db):
    lines = as_file(row(), row(naam="")).split("\r\n")
    [(number, _)] = plan_import("\r\n".join([lines[0], "", ";" * 27, *lines[1:]])).fouten
    assert number == 5


@pytest.mark.parametrize("typed", ["31/01/2026", "31-1-26", "2026-01-31"])
def test_dates_as_spreadsheets_write_them(db, typed):
    [new] = plan_import(as_file(row(nagekeken_op=typed))).nieuw
    assert new.cells["nagekeken_op"] == "31/01/2026"


def test_a_cell_loses_what_nobody_can_see(db):
    typed = row(
        naam="\ufeffCAW Test\u00adlei",
        postcode="2800\u200b",
        algemeen_email="an\u200b@voorbeeld.be",
        algemeen_telefoon="015\u202f00\u202f00\u202f01",
        consult_telefoon="015\u00a000\u201100\u201102",
        algemeen_uren="ma\u00a09.00\u201112.00",
        nagekeken_op="\u200e31/01/2026",
        toelichting="Bel\u00a0eerst.\u2028Vraag naar An.",
    )
    plan = plan_import(as_file(typed).replace(";werkgebied", ";\u200bwerk\u00adgebied", 1))
    assert plan.fouten == []
    [new] = plan.nieuw
    assert {column: cell for column, cell in new.cells.items() if cell} == {
        "soort": "caw", "naam": "CAW Testlei", "postcode": "2800", "gemeente": "Mechelen",
        "algemeen_email": "an@voorbeeld.be", "algemeen_telefoon": "015 00 00 01", "consult_telefoon": "015 00-00-02",
        "algemeen_uren": "ma 9.00-12.00", "nagekeken_op": "31/01/2026", "toelichting": "Bel eerst.\nVraag naar An.",
        "bron": "test",
    }  # fmt: skip


def test_a_row_with_nothing_to_be_seen_is_no_row(db):
    assert plan_import(as_file(row()) + ";".join(["\u200b\u00a0"] * len(COLUMNS)) + "\r\n").fouten == []


def test_how_long_a_cell_is_counts_what_is_left_of_it(db):
    assert reasons(row(naam="x" * 150 + "\u00ad" * 10)) == []


SLEUTEL = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({}, {"naam": "caw TESTLEI"}),
        ({"sleutel": SLEUTEL}, {"sleutel": SLEUTEL, "naam": "Anders"}),
        ({"sleutel": SLEUTEL}, {}),
    ],
)
def test_the_same_office_twice_in_a_file_is_named(db, first, second):
    assert reasons(row(**first), row(**second)) == [(3, "deze partner staat ook op rij 2")]


def test_two_offices_of_one_name_need_their_sleutels(db):
    one, two = make_partner(), make_partner()
    [(_, why)] = reasons(row(postcode="2800"))
    assert "zet de sleutel erbij" in why
    both = [row(sleutel=str(partner.sleutel), postcode="2800") for partner in (one, two)]
    assert reasons(*both) == []


def test_an_office_that_is_there_is_found_by_kind_name_and_postcode(db):
    make_partner("Café 't Huis", plaats="2800")
    plan = plan_import(as_file(row(naam="cafe t huis", postcode="2800"), row(naam="Café 't Huis", postcode="9000")))
    assert [[rij.nummer for rij in rows] for rows in (plan.gewijzigd, plan.nieuw)] == [[2], [3]]


def test_reading_a_file_costs_the_same_number_of_queries_with_3_and_with_300_rows(db, django_assert_num_queries):
    few, many = (as_file(*(row(naam=f"D {count}") for count in range(number))) for number in (3, 300))
    for text in (few, many):
        with django_assert_num_queries(5):
            plan_import(text)
    assert Partner.objects.filter(heel_gebied=False).count() == 0
