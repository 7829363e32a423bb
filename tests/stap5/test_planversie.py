"""A version stays as it was, is read in any later shape of the plan, and shows nothing that must be secret today."""

import json
from copy import deepcopy

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts import clock
from dossiers.actions import change_row, create_row, erase_text, stop_row
from dossiers.models import Betrokkene, Gebeurtenis, Verblijf, Verbod
from stap5 import actions
from stap5.actions.nazicht import add_opmerking, ask_nazicht, send_back_nazicht, withdraw_nazicht
from stap5.models import Opmerking, Planversie, Zorg
from stap5.plandata import SCHEMA, plan_as_data, today_as_data
from stap5.plandata.vandaag import WITHHELD, as_read_today, shield
from stap5.plandata.verschil import changes
from stap5.plandata.versie import differences, lift, remarkable, version_to_read
from stap5.views.plan import plan_context
from tests import factories
from tests.stap5.test_papier import Paper, conforms
from tests.stap5.versies import EXAMPLES, fill
from tests.tokens import TOKEN, raw

EXAMPLE = EXAMPLES[SCHEMA]
OLD_NUMBER, OLD_ADDRESS = "0470 12 34 56", "Kerkstraat 1, Mechelen"


def shape(value):
    """The keys of every dict in a value, at any depth."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        merged = {}
        for item in value:
            merged |= shape(item) if isinstance(item, dict) else {}
        return [merged]
    return None


# The shape


def test_the_plan_has_the_shape_of_its_schema(plan, alles, gezin, assistent):
    """Who changes the shape raises SCHEMA, writes a step in plandata/versie.py and adds an example beside this test."""
    now = json.loads(json.dumps(plan_as_data(fill(plan, alles, gezin, assistent))))
    assert shape(now) == shape(EXAMPLE)


@pytest.mark.parametrize("schema", EXAMPLES)
def test_a_version_of_any_schema_is_read_compared_and_printed_today(schema):
    data = lift(deepcopy(EXAMPLES[schema]))
    assert data["schema"] == SCHEMA
    read = as_read_today(data, EXAMPLE)
    assert plan_context(read)["draden"]
    assert changes(None, shield(data, EXAMPLE))
    if schema == SCHEMA:
        assert shape(data) == shape(EXAMPLE)


def test_a_version_is_lifted_step_by_step():
    steps = {1: lambda data: data | {"a": 1}, 2: lambda data: data | {"b": data["a"] + 1}}
    assert lift({"schema": 1}, steps=steps, schema=3) == {"schema": 3, "a": 1, "b": 2}
    assert lift({"schema": 2, "a": 5}, steps=steps, schema=3) == {"schema": 3, "a": 5, "b": 6}


def test_a_version_of_a_later_application_is_not_guessed_at():
    with pytest.raises(ValueError, match="schema 9"):
        lift({"schema": 9})


# What is kept


def test_a_version_is_the_plan_of_that_moment(nazicht, plan, rijen, assistent):
    """Later work does not touch it."""
    versie = nazicht.planversie
    before = version_to_read(versie, today_as_data(plan))
    actions.change_item(rijen.afspraak, {"wat": "Iets anders."}, versie=1, by=assistent)
    actions.stop_item(rijen.zorg, {"datum": clock.today(), "reden": "Dubbel."}, by=assistent)
    after = version_to_read(Planversie.objects.get(pk=versie.pk), today_as_data(plan))
    assert after == before
    assert [row["wat"] for row in after["afspraken"]] == ["Oma haalt Lina op vrijdag van school."]
    assert (versie.nummer, versie.schema, after["op"]) == (1, SCHEMA, clock.today().isoformat())


def test_the_database_keeps_it_encrypted(nazicht):
    stored = raw(Planversie, nazicht.planversie.pk, "tekst")
    assert OLD_NUMBER not in stored
    assert "Lina" not in stored
    assert TOKEN.fullmatch(stored)


@pytest.mark.parametrize("change", [{"nummer": 9}, {"tekst": "x"}, {"schema": 2}])
def test_the_database_keeps_it_from_being_changed_or_deleted(nazicht, change):
    rows = Planversie.objects.filter(pk=nazicht.planversie_id)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(using="default")


def test_numbers_go_up_also_after_a_withdrawal(nazicht, plan, assistent):
    withdraw_nazicht(nazicht, {"reden": "Te vroeg."}, by=assistent)
    assert ask_nazicht(plan, {}, by=assistent).planversie.nummer == 2


def test_an_erased_version_says_so_on_every_page(nazicht, dossier, assistent, client_for):
    versie = nazicht.planversie
    erase_text(versie, reden="bewaartermijn")
    client, base = client_for(assistent), f"/dossiers/{dossier.kenmerk}/stap-5/versies/{versie.sleutel}/"
    for page in ("", "nazicht/", "sindsdien/"):
        html = client.get(base + page).content.decode()
        assert "volgens de bewaartermijn" in html
        assert "Oma haalt Lina" not in html
    assert client.get(base + "stappenplan.pdf").status_code == 404
    assert client.get(f"/dossiers/{dossier.kenmerk}/stap-5/").status_code == 200


# On page and paper


def pages_of(versie):
    base = f"/dossiers/{versie.dossier.kenmerk}/stap-5/versies/{versie.sleutel}/"
    return [base, f"{base}nazicht/", f"{base}sindsdien/"]


def shown(client, *versions):
    """Everything that the pages and papers of these versions show, and the paper of now."""
    texts = []
    for versie in versions:
        texts += [client.get(page).content.decode() for page in pages_of(versie)]
        texts.append(Paper(client.get(f"{pages_of(versie)[0]}stappenplan.pdf").content).text)
    base = f"/dossiers/{versions[0].dossier.kenmerk}/stap-5/"
    remarks = Opmerking.objects.filter(nazicht__planversie__in=versions)
    acts = [f"{base}opmerkingen/{remark.sleutel}/beantwoorden/" for remark in remarks]
    texts += [client.get(page).content.decode() for page in (base, f"{base}versies/", *acts)]
    return "\n".join(texts)


def test_a_version_reads_like_the_overview_with_its_number_and_date(nazicht, assistent, client_for, dossier):
    html = client_for(assistent).get(pages_of(nazicht.planversie)[0]).content.decode()
    today = f"{clock.today():%d/%m/%Y}"
    for words in (f"versie 1 van {today}", "Lina zat vrijdag om 22 uur", "Oma haalt Lina op vrijdag", "Zondag sliep"):
        assert words in html
    for link in ("Hoe ging het?", "Zorg toevoegen", "Maak hier een afspraak van"):
        assert link not in html


def test_the_paper_of_a_version_carries_its_number_and_date(nazicht, assistent, client_for):
    response = client_for(assistent).get(f"{pages_of(nazicht.planversie)[0]}stappenplan.pdf")
    paper, today = Paper(response.content), f"{clock.today():%d/%m/%Y}"
    assert "Dit is versie 1 van het stappenplan" in paper
    assert all(f"stand op {today} (versie 1)" in " ".join(page.split()) for page in paper.pages)
    assert "-versie-1.pdf" in response["Content-Disposition"]
    assert conforms(paper) == []


def test_reading_and_printing_a_version_is_on_record(nazicht, assistent, client_for):
    client, base = client_for(assistent), pages_of(nazicht.planversie)[0]
    for address in (base, f"{base}nazicht/", f"{base}sindsdien/", f"{base}stappenplan.pdf"):
        client.get(address)
    seen = Gebeurtenis.objects.filter(created_by=assistent, soort__in=["gelezen", "uitgevoerd"]).order_by("id")
    assert list(seen.values_list("soort", "tekst"))[-4:] == [
        ("gelezen", "versie van het stappenplan"),
        ("gelezen", "nazicht"),
        ("gelezen", "wijzigingen sinds een versie"),
        ("uitgevoerd", "versie op papier"),
    ]


# Today's shielding wins


@pytest.fixture
def moved(plan, rijen, gezin, assistent, teamverantwoordelijke):
    """Before it was known that Wesley may not find her, Sara's number and address stood everywhere; a version was made.
    Then she moved, and a second version was made. (The two versions.)"""
    sara = change_row(gezin.sara, {"afgeschermd_voor": []}, versie=1, by=assistent)
    texts = (
        "Bel Sara op 0470/12.34.56 of +32 470 12 34 56.",
        "Sara woont in de Kerkstraat 1.",
        "Kerkstraat 12 ken ik niet.",
    )
    worries = [actions.add_item(Zorg, plan, {"wat": text, "lezers": []}, by=assistent) for text in texts]
    plek = {"wie": sara, "soort": "familie", "bij": gezin.oma, "plek": "Dorpsplein 2"}
    home = create_row(Verblijf, plan.dossier, plek, by=assistent)
    refuge = {"wie": gezin.milan, "soort": "andere", "plek": "Opvanghuis De Linde"}
    refuge = create_row(Verblijf, plan.dossier, refuge, by=assistent)
    with_her = create_row(Verblijf, plan.dossier, {"wie": gezin.lina, "soort": "thuis", "bij": sara}, by=assistent)
    first = ask_nazicht(plan, {}, by=assistent)
    for item in remarkable(first.planversie, today_as_data(plan)):
        if item.wat == "Zorg":
            add_opmerking(first, {"over": item, "tekst": "Moet dat hier staan?"}, by=teamverantwoordelijke)
    withdraw_nazicht(first, {"reden": "Verhuisd."}, by=assistent)
    facts = {"telefoon": "0499 99 99 99", "adres": "Nieuwpad 7, Gent", "contact_hoe": "alleen sms"}
    change_row(sara, facts | {"afgeschermd_voor": [gezin.wesley]}, versie=2, by=assistent)
    for stay in (home, refuge):
        stop_row(stay, {"datum": clock.today(), "reden": "Verhuisd."}, by=assistent)
    for worry in worries[:2]:
        actions.change_item(worry, {"wat": "Sara is te bereiken, zie haar gegevens."}, versie=1, by=assistent)
    second = ask_nazicht(plan, {}, by=assistent)
    assert with_her.gestopt_op is None
    return first.planversie, second.planversie


def test_no_old_number_or_address_of_somebody_shielded_since_is_on_any_page_or_paper(moved, assistent, client_for):
    text = shown(client_for(assistent), *moved)
    digits = "".join(char for char in text if char.isdigit())
    assert "470123456" not in digits
    for secret in (OLD_ADDRESS, "Kerkstraat 1,", "Kerkstraat 1.", "Dorpsplein 2", "De Linde"):
        assert secret not in text
    assert WITHHELD in text
    assert "Opmerking · Zorg: Sara woont in de (afgeschermd)" in text


def test_another_house_in_her_old_street_is_withheld_with_the_street(moved, plan):
    """The street by itself says where she was; so its name stands in no text of an old version."""
    plan.dossier.__dict__.pop("_mensen", None)
    data = version_to_read(moved[0], today_as_data(plan))
    assert f"{WITHHELD} 12 ken ik niet." in [row["wat"] for row in data["zorgen"]]


def test_the_number_contact_rules_and_shield_are_those_of_today(moved, assistent, client_for):
    client = client_for(assistent)
    page = client.get(pages_of(moved[0])[0]).content.decode()
    paper = Paper(client.get(f"{pages_of(moved[0])[0]}stappenplan.pdf").content)
    for words in ("0499 99 99 99", "alleen sms", "Afgeschermd voor Wesley"):
        assert words in page
    for words in ("0499 99 99 99", "Nieuwpad 7", "Alleen sms", "afgeschermd voor Wesley", "verblijf afgeschermd"):
        assert words in paper


def test_a_reviewer_sees_that_somebody_is_shielded_no_longer_and_only_that_a_number_changed(
    plan, rijen, gezin, assistent, teamverantwoordelijke, client_for
):
    first = ask_nazicht(plan, {}, by=assistent)
    send_back_nazicht(first, {"toelichting": "Nog eens."}, by=teamverantwoordelijke)
    facts = {"afgeschermd_voor": [], "telefoon": "0499 88 77 66", "bericht_toegelaten": "ja", "contact_hoe": "altijd"}
    change_row(gezin.sara, facts, versie=1, by=assistent)
    plan.dossier.__dict__.pop("_mensen", None)
    second = ask_nazicht(plan, {}, by=assistent)
    [change] = differences(first.planversie, second.planversie, today_as_data(plan))
    assert {label: (was, nu) for label, was, nu in change.velden} == {
        "afgeschermd voor": ("Wesley", ""),
        "telefoon": ("", "gewijzigd"),
        "hoe contact opnemen": ("", "altijd"),
        "bericht nalaten": ("nog niet bekend", "ja"),
    }
    page = client_for(teamverantwoordelijke).get(pages_of(second.planversie)[1]).content.decode()
    assert "Afgeschermd voor" in page
    assert "0499 88 77 66" not in page


def test_where_she_stays_now_is_shown_as_it_is_today(moved, plan):
    """The same row stands in the dossier today: Lina at home with Sara."""
    data = version_to_read(moved[0], today_as_data(plan))
    stays = {row["wie"]["naam"]: row["soort_label"] for row in data["verblijven"]}
    assert stays == {"Lina": "thuis", "Sara": "verblijf afgeschermd", "Milan": "verblijf afgeschermd"}


def test_who_is_not_shielded_keeps_an_old_text_and_gets_the_new_number(plan, rijen, gezin, assistent):
    actions.add_item(Zorg, plan, {"wat": "Oma is te bellen op 0471 00 00 00.", "lezers": []}, by=assistent)
    data = plan_as_data(plan)
    change_row(gezin.oma, {"telefoon": "0472 22 22 22"}, versie=1, by=assistent)
    plan.dossier.__dict__.pop("_mensen", None)
    read = as_read_today(data, today_as_data(plan))
    assert [row["telefoon"] for row in read["netwerk"]] == ["0472 22 22 22"]
    assert "0471 00 00 00" in read["zorgen"][1]["wat"]


def test_a_ban_of_today_stands_on_an_old_version_and_an_old_ban_does_not(
    nazicht, plan, gezin, dossier, assistent, client_for
):
    old = {"soort": "huisverbod", "wie": gezin.wesley, "tegenover": [gezin.sara]}
    gone = create_row(Verbod, dossier, old, by=assistent)
    withdraw_nazicht(nazicht, {"reden": "Nog eens."}, by=assistent)
    versie = ask_nazicht(plan, {}, by=assistent).planversie
    stop_row(gone, {"datum": clock.today(), "reden": "Opgeheven."}, by=assistent)
    create_row(
        Verbod, dossier, {"soort": "contactverbod", "wie": gezin.wesley, "tegenover": [gezin.lina]}, by=assistent
    )
    paper = Paper(client_for(assistent).get(f"{pages_of(versie)[0]}stappenplan.pdf").content)
    start = paper.place("Verboden die gelden op")
    assert paper.place("Contactverbod") > start
    assert "Geldt niet meer." in paper  # the old one, at the end
    assert paper.place("Geldt niet meer.") > paper.place("Niet meer actueel")


def test_a_wish_that_a_parent_may_not_know_today_says_so_on_an_old_version(nazicht, plan, rijen, assistent, client_for):
    actions.change_item(rijen.wens, {"ouder_mag_weten": "nee"}, versie=1, by=assistent)
    html = client_for(assistent).get(pages_of(nazicht.planversie)[0]).content.decode()
    assert "Lina wil niet dat een ouder dit weet." in html


def test_a_child_is_never_named_as_the_source(plan, gezin, assistent, teamverantwoordelijke, client_for):
    told = [
        {"wat": "Het was laat.", "bron": "kind", "bron_persoon": gezin.milan, "bron_naam": "Milan zei het"},
        {"wat": "Het was stil.", "bron": "derde", "bron_naam": "de juf, van Milan"},
    ]
    for row in told:
        actions.add_item(Zorg, plan, row | {"lezers": [gezin.milan, gezin.sara]}, by=assistent)
    actions.add_item(
        actions.Afspraak,
        plan,
        {"wat": "x", "wie": [gezin.oma], "volgende_controle": clock.today(), "lezers": []},
        by=assistent,
    )
    versie = ask_nazicht(plan, {}, by=assistent).planversie
    client = client_for(teamverantwoordelijke)
    for address in pages_of(versie)[:2]:
        main = client.get(address).content.decode().partition("<main")[2].partition("Wat we aanpakken")[2] or ""
        assert "Milan zei het" not in main
        assert "van Milan" not in main
    found = differences(None, versie, today_as_data(plan))
    worries = [{label: nu for label, _, nu in change.velden} for change in found if change.wat == "Zorg"]
    assert [row["van wie we het weten"] for row in worries] == [
        "een kind vertelde het",
        "iemand anders zag of vertelde het: een kind",
    ]
    assert worries[0]["wie van het gezin mag dit op papier lezen"] == "Sara"


def test_what_lina_told_went_well_is_told_by_a_child(nazicht, assistent, client_for):
    html = client_for(assistent).get(pages_of(nazicht.planversie)[0]).content.decode()
    assert "een kind" in html
    assert "<dt>Verteld door</dt><dd>Lina</dd>" not in html


def test_a_person_who_was_added_since_does_not_stand_in_the_version(nazicht, plan, dossier, assistent, client_for):
    factories.make_person(dossier, "Nieuweling", "netwerk", by=assistent)
    page = client_for(assistent).get(pages_of(nazicht.planversie)[0])
    assert "Nieuweling" not in page.content.decode()
    assert Betrokkene.objects.filter(voornaam="Nieuweling").exists()


# For any number and any address

numbers = st.from_regex(r"0[1-9]\d{7,8}", fullmatch=True)
marks = st.sampled_from([" ", "", "/", ".", "-"])


@given(numbers, numbers, st.lists(marks, min_size=9, max_size=9), st.booleans())
def test_an_old_number_is_found_however_it_was_typed(old, new, signs, abroad):
    typed = "".join(digit + sign for digit, sign in zip(old, [*signs, ""], strict=False))
    typed = f"+32 {typed[1:]}" if abroad else typed
    data, today = deepcopy(EXAMPLE), deepcopy(EXAMPLE)
    sara = next(number for number, person in enumerate(data["personen"]) if person["afgeschermd_voor"])
    data["personen"][sara]["telefoon"], today["personen"][sara]["telefoon"] = old, new
    data["zorgen"][0]["wat"] = f"Bel {typed} vandaag."
    wat = shield(data, today)["zorgen"][0]["wat"]
    if old == new:
        assert wat == f"Bel {typed} vandaag."
    else:
        assert old[1:] not in "".join(char for char in wat if char.isdigit())
        assert wat.startswith("Bel ")
        assert wat.endswith(" vandaag.")


streets = st.from_regex(r"[A-Z][a-z]{3,8}(straat|laan) [1-9][0-9]?", fullmatch=True)


@given(streets, streets)
def test_an_old_address_is_found_in_a_text(old, new):
    data, today = deepcopy(EXAMPLE), deepcopy(EXAMPLE)
    sara = next(number for number, person in enumerate(data["personen"]) if person["afgeschermd_voor"])
    data["personen"][sara]["adres"], today["personen"][sara]["adres"] = f"{old}, 9000 Gent", f"{new}, 9000 Gent"
    data["afspraken"][0]["wat"] = f"Oma haalt haar op in de {old.lower()}, in 9000 Gent."
    wat = shield(data, today)["afspraken"][0]["wat"]
    assert (old.lower() in wat.replace(f"{old.lower()}0", "")) == (old == new)
    assert "9000 Gent" in wat


REFUGE = "vluchthuis De Linde, Kerkstraat 5, 9000 Gent"


@pytest.mark.parametrize(
    ("old", "new", "wesley", "wat", "left"),
    [
        (REFUGE, "Nieuwpad 7, 2800 Mechelen", "", "In De Linde, Kerkstraat nr. 5, in Gent.", "In De #, #, in #."),
        (REFUGE, "", "", "In de Kerkstraat, bij de Gentse politie.", "In de #, bij de # politie."),
        (REFUGE, "Nieuwpad 7, 9000 Gent", "", "In De Linde, in 9000 Gent.", "In De #, in 9000 Gent."),
        (REFUGE, "", "Dok 3, 9000 Gent", "Wesley woont in Gent.", "Wesley woont in Gent."),
        ("Kerkstraat 5", "Kerkstraat 7", "", "Kerkstraat nr. 5, niet Kerkstraat 9.", "#, niet Kerkstraat 9."),
        ("Kerkstraat 5", "", "Kerkstraat 5", "Zij woont in Kerkstraat 5.", "Zij woont in #."),
        (REFUGE, REFUGE, "", "In De Linde, Kerkstraat 5, 9000 Gent.", "In De Linde, Kerkstraat 5, 9000 Gent."),
    ],
)
def test_what_led_to_an_old_address_and_to_none_of_today_is_withheld(old, new, wesley, wat, left):
    """A town or a street where somebody of the file is today leads to nobody who is hidden."""
    data, today = deepcopy(EXAMPLE), deepcopy(EXAMPLE)
    for person, now in zip(data["personen"], today["personen"], strict=True):
        person["adres"], now["adres"] = (old, new) if person["afgeschermd_voor"] else ("", "")
        if person["is_justitiabele"]:
            now["adres"] = wesley
    data["zorgen"][0]["wat"] = wat
    assert shield(data, today)["zorgen"][0]["wat"] == left.replace("#", WITHHELD)


def test_a_place_that_is_called_like_a_choice_leaves_the_choices_alone():
    data = deepcopy(EXAMPLE)
    sara = next(person for person in data["personen"] if person["afgeschermd_voor"])
    sara["adres"] = "Loopt Minder Meteen Ouder, Team Antwerpen exact voorbereid, 2026 andere"
    data["zorgen"][0]["waar"] = "minder"
    zorg, *_ = shield(data, EXAMPLE)["zorgen"]
    assert (zorg["waar"], zorg["stand"], zorg["stand_label"]) == (WITHHELD, "minder", "minder")
    plain, read = shield(EXAMPLE, EXAMPLE), shield(data, EXAMPLE)
    assert read | {"zorgen": plain["zorgen"], "personen": plain["personen"]} == plain
    assert [row | {"toen": None} for row in read["personen"]] == [row | {"toen": None} for row in plain["personen"]]


def test_shielding_leaves_the_data_it_was_given_alone():
    data = deepcopy(EXAMPLE)
    shield(data, EXAMPLE)
    as_read_today(data, EXAMPLE)
    assert data == EXAMPLE


def test_shielding_today_with_today_changes_nothing_but_the_source_of_a_child():
    again = shield(EXAMPLE, EXAMPLE)
    assert changes(again, shield(again, EXAMPLE)) == []
    assert [{name: row[name] for name in row if name != "toen"} for row in again["personen"]] == EXAMPLE["personen"]
    assert again["verblijven"] == EXAMPLE["verblijven"]


def test_an_old_number_in_a_text_that_did_not_change_is_no_change():
    """It is left out on both sides, also where the newer side no longer knows that it is one."""
    data, today = deepcopy(EXAMPLE), deepcopy(EXAMPLE)
    sara = next(number for number, person in enumerate(data["personen"]) if person["afgeschermd_voor"])
    data["personen"][sara]["telefoon"], today["personen"][sara]["telefoon"] = OLD_NUMBER, "0499 99 99 99"
    for either in (data, today):
        either["zorgen"][0]["wat"] = f"Bel {OLD_NUMBER}."
    [number] = changes(shield(data, today, today), shield(today, today, data))
    assert number.velden == [("telefoon", "", "gewijzigd")]
