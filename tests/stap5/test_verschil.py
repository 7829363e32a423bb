"""What changed between two versions: table by table what is told, what is not, and that it holds for any plan."""

import json
from copy import deepcopy
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import clock
from stap5 import actions
from stap5.models import Afspraak
from stap5.plandata import SCHEMA, plan_as_data
from stap5.plandata.verschil import changes, items, word_by_word
from stap5.plandata.verschiltabel import LIJSTEN
from tests.stap5.versies import EXAMPLES, fill

pytestmark = pytest.mark.quick

EXAMPLE = EXAMPLES[SCHEMA]
# Keys of a row that are not compared: what they hold stands under another key, is worked out, or comes from today.
BASE = {"sleutel", "versie", "door_gebruiker", "genoteerd_op", "gestopt_op", "gestopt_reden", "kort"}
NOT_COMPARED = {
    "plan": BASE | {"begonnen_op", "einde"},
    "bereidheid": {"ouder", "eerder"},
    "zorgen": BASE | {"stand"},
    "uitzonderingen": BASE,
    "wensen": BASE | {"is_kind"},
    "netwerk": BASE | {"persoon", "relatie", "telefoon"},
    "afspraken": BASE | {"stand"},
    "hulp": BASE | {"stand"},
    "schaal": {"persoon"},
    "kindcontacten": {"kind"},
    "verboden": BASE | {"geldt"},
    "opdrachten": BASE | {"status"},
    "personen": BASE | {"leeftijd", "is_justitiabele"},
    "verblijven": BASE | {"wie"},
}
# What of the whole is no list of rows: who follows it, and what the journal or the clock says.
NO_ROWS = {
    "schema", "op", "kenmerk", "sipar_nummer", "eigenaar", "team", "huis", "laatste_gesprek", "volgend_gesprek",
    "ouderschap", "grenzen",  # told with the people and with the plan
    "signalen", "aantal_gesprekken",  # notes of the journal
}  # fmt: skip


def edit(**rows):
    """A copy of the example in which the first row of each named list has these values."""
    data = deepcopy(EXAMPLE)
    for name, values in rows.items():
        (data[name][0] if isinstance(data[name], list) else data[name]).update(values)
    return data


def told(was, nu):
    return [(change.wat, change.soort, change.velden) for change in changes(was, nu)]


@pytest.mark.parametrize("lijst", LIJSTEN, ids=lambda lijst: lijst.naam)
def test_every_key_of_a_row_is_compared_or_said_not_to_be(lijst):
    compared = {name for veld in lijst.velden for name in veld.namen}
    for row in lijst.rijen(EXAMPLE):
        labels = {f"{key}_label" for key in row} | {"stand_label"}
        assert set(row) - labels - compared == NOT_COMPARED[lijst.naam] & set(row)


def test_every_part_of_a_plan_is_compared_or_said_not_to_be():
    assert set(EXAMPLE) - NO_ROWS == {lijst.naam for lijst in LIJSTEN}


AGAIN = {"datum": "2027-01-20", "gezien_door": "oma", "toelichting": "Om vier uur."}
CHANGES = [
    ("afspraken", {"wat": "Oma helpt."}, "wat spreken we af", "Oma haalt Lina op vrijdag van school.", "Oma helpt."),
    ("afspraken", {"volgende_controle": "2027-01-31"}, "volgende controle", None, "31/01/2027"),
    ("afspraken", {"wie": []}, "wie doet het", "Rita", ""),
    ("afspraken", {"lezers": []}, "wie van het gezin mag dit op papier lezen", "Rita", "niemand van het gezin"),
    ("zorgen", {"hoe_vaak": "elke vrijdag"}, "hoe vaak", "", "elke vrijdag"),
    ("zorgen", {"kinderen": []}, "over welke kinderen", "Lina", ""),
    ("zorgen", {"kind_onduidelijk": True}, "nog niet duidelijk welk kind", "", "ja"),
    ("uitzonderingen", {"wat_hielp": "De hond."}, "wat hielp", "", "De hond."),
    ("uitzonderingen", {"herhalingen": [AGAIN]}, "lukte opnieuw", None, "20/01/2027, gezien door oma: Om vier uur."),
    ("wensen", {"nodig": "Een slot."}, "wat is daarvoor nodig", None, "Een slot."),
    ("netwerk", {"weet_van_zorg": "ja"}, "weet van de zorgen", "nog niet bekend", "ja"),
    ("netwerk", {"springt_bij": ["ziek", "gespannen"]}, "springt bij als de verzorger", "ziek", "ziek en gespannen"),
    ("bereidheid", {"antwoord": "nee", "antwoord_label": "nee"}, "wil meewerken", "ja", "nee"),
    ("hulp", {"status": "afgerond", "stand_label": "afgerond"}, "hoe ver staat het", None, "afgerond"),
    ("kindcontacten", {"door": "de juf"}, "door", "school", "de juf"),
    ("verboden", {"inhoud": "Geen sms."}, "wat mag niet", "", "Geen sms."),
    ("opdrachten", {"reikwijdte": "Cursus."}, "voorwaarden en reikwijdte", "", "Cursus."),
    ("personen", {"relatie": "papa"}, "relatie tot het gezin", "", "papa"),
    ("verblijven", {"verdeling": "week om week"}, "verdeling", "", "week om week"),
    ("plan", {"route_reden": "Iets anders."}, "waarom deze weg", "Beide ouders willen.", "Iets anders."),
    ("plan", {"pauze": None}, "pauze", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "label", "was", "nu"), CHANGES)
def test_a_changed_fact_is_told_with_what_it_was_and_is(name, values, label, was, nu):
    (change,) = changes(EXAMPLE, edit(**{name: values}))
    (veld,) = change.velden
    assert (change.soort, veld[0], veld[2]) == ("gewijzigd", label, nu)
    assert was is None or veld[1] == was
    assert veld[1] != veld[2]


def test_of_a_list_only_what_came_is_told():
    check = {"datum": "2027-02-01", "uitkomst": "niet", "uitkomst_label": "niet nagekomen", "gezien_door": "oma"}
    nu = edit()
    nu["afspraken"][0]["controles"].append(check | {"toelichting": ""})
    assert told(EXAMPLE, nu) == [
        ("Afspraak", "gewijzigd", [("hoe het ging", "", "01/02/2027: niet nagekomen, gezien door oma")])
    ]


def test_a_veiligheidsmens_who_is_reached_otherwise_is_told_side_by_side():
    nu = edit()
    nu["netwerk"][0]["veiligheidsmensen"][0]["wanneer"] = "tot 21 uur"
    ((_, _, [(label, was, now)]),) = told(EXAMPLE, nu)
    assert (label, was, now) == ("veiligheidsmens", "voor Lina: bellen", "voor Lina: bellen, tot 21 uur")


def test_an_older_view_that_becomes_the_earlier_one_is_no_change():
    """A new view of the same person: only that one is news."""
    nu = edit()
    view = nu["zorgen"][0]["standpunten"][0]
    older = {name: view[name] for name in ("sleutel", "visie", "visie_label", "woorden", "datum")}
    view |= {"sleutel": "nieuw", "woorden": "Ik begrijp het nu.", "datum": "2027-03-01"}
    view["eerder"] = [*view["eerder"], older]
    ((_, _, [(label, was, now)]),) = told(EXAMPLE, nu)
    assert (label, was) == ("hoe mensen het zien", "")
    assert "Ik begrijp het nu." in now


def test_a_new_row_is_told_whole_and_an_ended_one_with_its_reason():
    nu = edit(afspraken={"gestopt_op": "2027-01-05", "gestopt_reden": "Rita is ziek."})
    nu["wensen"].append(nu["wensen"][0] | {"sleutel": "nieuw", "woorden": "Een hond."})
    wens, afspraak = changes(EXAMPLE, nu)
    assert (wens.soort, wens.titel) == ("nieuw", "Sara: “Een hond.”")
    assert ("eigen woorden", "", "Een hond.") in wens.velden
    assert (afspraak.soort, afspraak.einde) == ("beeindigd", "beëindigd op 05/01/2027: Rita is ziek.")


def test_a_row_that_is_gone_has_ended():
    nu = edit()
    gone = nu["verblijven"].pop()
    (change,) = changes(EXAMPLE, nu)
    assert (change.sleutel, change.soort, change.einde) == (gone["sleutel"], "beeindigd", "staat niet meer in het plan")


ENDS = [
    ("afspraken", {"stand": "afgelopen", "tot": "2026-12-01"}, "afgelopen op 01/12/2026"),
    ("verboden", {"geldt": False}, "geldt niet meer"),
    ("opdrachten", {"status": "herroepen"}, "herroepen"),
    ("hulp", {"stand": "gestopt", "stand_label": "geweigerd"}, "geweigerd"),
    ("personen", {"gestopt_op": "2026-12-01"}, "niet meer betrokken sinds 01/12/2026"),
    ("plan", {"einde": {"op": "2026-12-01", "uitkomst_label": "naar stap 6", "reden": "Het lukt niet."}},
     "stap 5 verlaten op 01/12/2026: naar stap 6. Het lukt niet."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "words"), ENDS, ids=[row[0] for row in ENDS])
def test_what_ended_is_told_also_when_time_ended_it(name, values, words):
    (change,) = changes(EXAMPLE, edit(**{name: values}))
    assert (change.soort, change.einde) == ("beeindigd", words)


def test_what_had_ended_before_is_no_news():
    ended = edit(afspraken={"gestopt_op": "2027-01-05", "gestopt_reden": "Klaar."})
    assert changes(ended, deepcopy(ended)) == []


@pytest.mark.parametrize(
    "passed",
    [
        {"afspraken": {"stand": "loopt"}},
        {"personen": {"leeftijd": "12"}},
        {"opdrachten": {"status": "opgeschort"}},
        {"hulp": {"stand": "gevraagd"}},
        {"plan": {"versie": 9}},
        {"zorgen": {"kort": "…", "door_gebruiker": "Iemand Anders", "versie": 9}},
        {"netwerk": {"telefoon": "0499"}},
    ],
    ids=str,
)
def test_time_and_counters_are_no_changes(passed):
    assert changes(edit(afspraken={"stand": "gepland"}), edit(**{"afspraken": {"stand": "gepland"}} | passed)) == []


def test_a_corrected_name_changes_that_person_and_nothing_else():
    nu = json.loads(json.dumps(EXAMPLE).replace("Rita", "Rita-Maria"))
    nu["afspraken"] = [
        row | {"wat": old["wat"]} for row, old in zip(nu["afspraken"], EXAMPLE["afspraken"], strict=True)
    ]
    changed = {change.wat for change in changes(EXAMPLE, nu)}
    assert "Betrokkene" in changed
    assert changed <= {"Betrokkene", "Wens", "Afspraak"}  # a wish and an agreement name her in their own words


def test_days_that_pass_change_nothing_but_what_they_end(plan, alles, gezin, assistent):
    plan = fill(plan, alles, gezin, assistent)
    now = plan_as_data(plan)
    for days in (1, 40, 61, 1000):
        with clock.set_to(clock.now() + timedelta(days=days)):
            later = plan_as_data(plan)
        assert {(change.soort, bool(change.velden)) for change in changes(now, later)} <= {("beeindigd", False)}
    assert {change.wat for change in changes(now, later)} == {"Afspraak", "Opdracht"}


def test_what_really_changed_in_a_plan_is_found(plan, alles, gezin, assistent):
    before = plan_as_data(plan)
    row = alles["afspraken"]
    row.refresh_from_db()
    actions.change_item(row, {"wat": "Oma haalt Lina en Milan."}, versie=row.versie, by=assistent)
    data = {"wat": "Iets nieuws.", "wie": [gezin.oma], "volgende_controle": clock.today(), "lezers": []}
    actions.add_item(Afspraak, plan, data, by=assistent)
    actions.stop_item(alles["zorgen"], {"datum": clock.today(), "reden": "Dubbel."}, by=assistent)
    found = [(change.wat, change.soort) for change in changes(before, plan_as_data(plan))]
    assert found == [("Zorg", "beeindigd"), ("Afspraak", "gewijzigd"), ("Afspraak", "nieuw")]


# For any plan

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
EDITABLE = [("zorgen", "wat"), ("afspraken", "hoe_zichtbaar"), ("wensen", "woorden"), ("uitzonderingen", "vaker")]


@st.composite
def plans(draw):
    """The example with some of its rows, and other words in them."""
    data = deepcopy(EXAMPLE)
    for lijst in LIJSTEN:
        if isinstance(data[lijst.naam], list):
            data[lijst.naam] = [row for row in data[lijst.naam] if draw(st.booleans())]
    for name, key in EDITABLE:
        for row in data[name]:
            row[key] = draw(texts)
    return data


@given(plans())
def test_a_plan_does_not_differ_from_itself(data):
    assert changes(data, deepcopy(data)) == []


@given(plans())
def test_of_a_first_version_everything_is_new_once(data):
    found = changes(None, data)
    assert {change.soort for change in found} == {"nieuw"}
    keys = [change.sleutel for change in found]
    assert keys == [item.sleutel for item in items(data)]
    assert len(keys) == len(set(keys))


@given(plans(), plans())
def test_what_one_has_and_the_other_has_not_is_new_one_way_and_ended_the_other(one, other):
    new = {change.sleutel for change in changes(one, other) if change.soort == "nieuw"}
    assert new == {item.sleutel for item in items(other)} - {item.sleutel for item in items(one)}
    gone = {change.sleutel for change in changes(other, one) if change.soort == "beeindigd"}
    ended = {change.sleutel for change in changes(None, other) if change.einde}
    assert gone == new - ended


@given(plans(), st.sampled_from(EDITABLE), texts)
def test_one_word_changed_in_one_row_is_one_change(data, where, text):
    name, key = where
    nu = deepcopy(data)
    if not nu[name]:
        return
    old, nu[name][0][key] = nu[name][0][key], text
    found = changes(data, nu)
    assert len(found) == (old != text)
    for change in found:
        assert [(was, now) for _, was, now in change.velden] == [(old, text)]


@given(texts, texts)
def test_the_pieces_of_two_texts_are_the_texts(was, nu):
    left, right = word_by_word(was, nu)
    assert ("".join(piece for piece, _ in left), "".join(piece for piece, _ in right)) == (was, nu)
    if was == nu:
        assert not any(differs for _, differs in left + right)


def test_only_the_words_that_differ_are_marked():
    left, right = word_by_word("Oma belt om 15 uur.", "Oma belt om 16 uur.")
    assert [piece for piece, differs in left if differs] == ["15"]
    assert [piece for piece, differs in right if differs] == ["16"]
