"""What follows from the facts of a plan."""

from datetime import date, timedelta

import pytest

from accounts import clock
from dossiers.actions import create_row, stop_row
from dossiers.models import Opdracht, Opdrachtwijziging, Verbod
from dossiers.rules import opdracht_status
from stap5 import aandacht, rules
from stap5.actions import add_controle, add_item, add_standpunt, change_plan, leave_step, pause_plan
from stap5.models import Afspraak, Bereidheid, Kindcontact, Uitzondering, Vaststelling, Zorg
from stap5.plandata import plan_as_data

pytestmark = pytest.mark.quick

OP = date(2026, 11, 23)


def day(number):
    return OP + timedelta(days=number)


@pytest.mark.parametrize(
    ("antwoorden", "grens", "onveilig", "dagen", "route", "word"),
    [
        ([], "", "", None, "", "geen enkele ouder"),
        (["onbekend"], "", "ja", None, "", "geen enkele ouder"),
        (["niet_bereikt", "geen_contact"], "", "ja", None, "", "geen enkele ouder"),
        (["ja"], "", "nee", None, "", "niet onveilig"),
        (["nee"], "", "ja", None, "stap_6", "Geen enkele ouder wil"),
        (["nee", "onbekend"], "", "ja", None, "stap_6", "Geen enkele ouder wil"),
        (["ja", "ja"], "", "ja", None, "zelf", "willen meewerken"),
        (["deels"], "verder", "ja", 200, "zelf", "willen meewerken"),
        (["ja", "nee"], "", "ja", None, "zelf", "Eén ouder"),
        (["ja", "niet_bereikt"], "", "onduidelijk", None, "zelf", "willen meewerken"),
        (["ja"], "overdragen", "ja", None, "overdragen", "overneemt"),
        (["ja"], "partner", "ja", None, "samen", "iemand bij"),
        (["ja"], "overleg", "ja", None, "samen", "iemand bij"),
        (["ja"], "", "ja", 42, "zelf", "willen meewerken"),
        (["ja"], "", "ja", 41, "samen", "nog 41 dagen"),
        (["ja"], "", "ja", -1, "samen", "voorbij"),
        (["ja"], "overdragen", "ja", 10, "overdragen", "overneemt"),
        (["nee"], "overdragen", "ja", 10, "stap_6", "Geen enkele ouder wil"),
    ],
)
def test_the_route_is_proposed_with_its_reason(antwoorden, grens, onveilig, dagen, route, word):
    found = rules.propose_route(antwoorden=antwoorden, grensuitkomst=grens, onveilig=onveilig, dagen_over=dagen)
    assert found[0] == route
    assert word in found[1]


@pytest.mark.parametrize(
    ("van", "tot", "gestopt_op", "stand"),
    [
        (None, None, None, "loopt"),
        (day(0), day(0), None, "loopt"),
        (day(-9), None, None, "loopt"),
        (None, day(0), None, "loopt"),
        (day(1), None, None, "gepland"),
        (day(1), day(9), None, "gepland"),
        (None, day(-1), None, "afgelopen"),
        (day(-9), day(-1), None, "afgelopen"),
        (day(1), None, day(0), "gestopt"),
        (None, None, day(-5), "gestopt"),
    ],
)
def test_where_an_agreement_stands_follows_from_its_dates(van, tot, gestopt_op, stand):
    assert rules.afspraak_stand(van=van, tot=tot, gestopt_op=gestopt_op, op=OP) == stand


@pytest.mark.parametrize(("number", "urgency"), [(-1, "laat"), (0, "dra"), (1, "dra"), (7, "dra"), (8, ""), (None, "")])
def test_what_is_past_is_late_and_what_comes_within_a_week_is_soon(number, urgency):
    assert rules.urgency(None if number is None else day(number), OP) == urgency


def mandate(einde=None, status="loopt", zonder=False):
    """One that was revoked, was so three days ago."""
    changes = [{"soort_label": "herroepen", "datum": day(-3).isoformat()}] if status == "herroepen" else []
    return {"status": status, "einde": None if zonder else einde.isoformat(), "wijzigingen": changes}


@pytest.mark.parametrize(
    ("opdrachten", "days"),
    [
        ([], None),
        ([mandate(day(10))], 10),
        ([mandate(day(10)), mandate(day(30))], 30),
        ([mandate(day(10)), mandate(zonder=True)], None),
        ([mandate(day(10)), mandate(day(30), "herroepen")], 10),
        ([mandate(day(30), "herroepen")], -3),
        ([mandate(zonder=True, status="herroepen"), mandate(day(10))], 10),
        ([mandate(day(-3), "afgelopen")], -3),
    ],
)
def test_the_days_left_are_those_of_the_last_mandate_that_holds(opdrachten, days):
    assert rules.days_left(opdrachten, OP) == days


@pytest.mark.parametrize(
    ("start", "einde", "changes", "status"),
    [
        (-10, 10, [], "loopt"),
        (-10, 0, [], "loopt"),
        (-10, -1, [], "afgelopen"),
        (1, 10, [], "nog niet begonnen"),
        (-10, None, [], "loopt"),
        (-10, 10, [("opgeschort", -5)], "opgeschort"),
        (-10, 10, [("opgeschort", 5)], "loopt"),
        (-10, 10, [("opgeschort", -5), ("hervat", -1)], "loopt"),
        (-10, 10, [("opgeschort", -5), ("hervat", -3), ("opgeschort", -1)], "opgeschort"),
        (-10, 10, [("herroepen", 0)], "herroepen"),
        (-10, -1, [("herroepen", -5)], "herroepen"),
        (-10, 10, [("verlengd", -5)], "loopt"),
    ],
)
def test_where_a_mandate_stands(start, einde, changes, status):
    opdracht = Opdracht(start=day(start), einde=None if einde is None else day(einde))
    rows = [Opdrachtwijziging(soort=kind, datum=day(number)) for kind, number in changes]
    assert opdracht_status(opdracht, rows, OP) == status


def test_a_worry_stands_where_its_newest_finding_says():
    assert rules.zorg_stand([]) == "open"
    assert rules.zorg_stand([{"stand": "minder"}, {"stand": "opgelost"}, {"stand": "open"}]) == "open"


# Threads


def zorg(plan, wat, by, **kwargs):
    return add_item(Zorg, plan, {"wat": wat, "lezers": []} | kwargs, by=by)


def found(row, stand, by):
    data = {"stand": stand, "datum": clock.today(), "door": "school", "blijkt_uit": "gezien"}
    create_row(Vaststelling, row, data, by=by)


def test_a_thread_is_a_worry_with_its_exceptions_and_agreements(rijen, plan):
    threads, loose = rules.threads(plan_as_data(plan))
    assert [thread["zorg"]["sleutel"] for thread in threads] == [str(rijen.zorg.sleutel)]
    assert [row["sleutel"] for row in threads[0]["uitzonderingen"]] == [str(rijen.uitzondering.sleutel)]
    assert [row["sleutel"] for row in threads[0]["afspraken"]] == [str(rijen.afspraak.sleutel)]
    assert loose == {"uitzonderingen": [], "afspraken": []}


def test_open_worries_come_before_those_that_are_less_or_closed(plan, assistent):
    rows = {stand: zorg(plan, stand, assistent) for stand in ("ontkracht", "opgelost", "minder", "open")}
    for stand, row in rows.items():
        if stand != "open":
            found(row, stand, assistent)
    threads, _ = rules.threads(plan_as_data(plan))
    assert [thread["zorg"]["wat"] for thread in threads] == ["open", "minder", "opgelost", "ontkracht"]


def test_an_agreement_that_comes_from_an_exception_belongs_to_its_worry(rijen, plan, gezin, assistent):
    data = {"wat": "Elke zondag bij oma.", "wie": [gezin.oma], "volgende_controle": clock.today(), "lezers": []}
    row = add_item(Afspraak, plan, data | {"uit_uitzondering": rijen.uitzondering}, by=assistent)
    threads, loose = rules.threads(plan_as_data(plan))
    assert str(row.sleutel) in [row["sleutel"] for row in threads[0]["afspraken"]]
    assert loose["afspraken"] == []


def test_what_belongs_to_no_worry_hangs_loose(plan, gezin, assistent):
    moment = add_item(Uitzondering, plan, {"moment": "Zondag.", "lezers": []}, by=assistent)
    data = {"wat": "Bellen.", "wie": [gezin.oma], "volgende_controle": clock.today(), "lezers": []}
    agreement = add_item(Afspraak, plan, data, by=assistent)
    threads, loose = rules.threads(plan_as_data(plan))
    assert threads == []
    assert [row["sleutel"] for row in loose["uitzonderingen"]] == [str(moment.sleutel)]
    assert [row["sleutel"] for row in loose["afspraken"]] == [str(agreement.sleutel)]


def test_what_hung_on_a_worry_that_was_struck_out_hangs_loose(rijen, plan, assistent):
    stop_row(rijen.zorg, {"datum": clock.today(), "reden": "Vergissing."}, by=assistent)
    threads, loose = rules.threads(plan_as_data(plan))
    assert threads == []
    assert [len(rows) for rows in loose.values()] == [1, 1]


# The children's matrix


def test_the_matrix_counts_per_child_what_is_covered(rijen, plan, gezin, dossier, assistent):
    rows = {row["kind"]["voornaam"]: row for row in rules.matrix(plan_as_data(plan))}
    counts = {name: [row[column] for column, *_ in rules.COLUMNS] for name, row in rows.items()}
    assert counts == {"Lina": [1, 1, 1, 1, 0], "Milan": [0, 0, 0, 0, 0]}


def test_a_worry_that_was_solved_leaves_the_matrix(rijen, plan, assistent):
    found(rijen.zorg, "opgelost", assistent)
    assert [row["zorg"] for row in rules.matrix(plan_as_data(plan))] == [0, 0]


def test_a_child_that_is_no_longer_involved_leaves_the_matrix(rijen, plan, gezin, dossier, assistent):
    stop_row(gezin.milan, {"datum": clock.today(), "reden": "Meerderjarig."}, by=assistent)
    dossier.__dict__.pop("_mensen", None)
    assert [row["kind"]["voornaam"] for row in rules.matrix(plan_as_data(plan))] == ["Lina"]


# Nog te bekijken


def to_look_at(plan):
    plan.refresh_from_db()
    plan.dossier.__dict__.pop("_mensen", None)
    return [row["tekst"] for row in aandacht.to_look_at(plan_as_data(plan))]


def says(plan, words):
    return any(words in text for text in to_look_at(plan))


def test_an_empty_plan_says_what_is_missing_and_where_to_mend_it(plan, gezin):
    rows = aandacht.to_look_at(plan_as_data(plan))
    parts = {row["href"].rstrip("/").rpartition("/")[2] for row in rows}
    assert {"instap", "zorgen", "netwerk", "opvolging"} <= parts
    assert not [row for row in rows if row["laat"]]


def test_what_is_done_is_no_longer_asked_for(plan, gezin, rijen, assistent):
    assert says(plan, "om 22 uur") is True
    assert not says(plan, "Nog geen enkele zorg")
    assert not says(plan, "Nog geen uitzondering bij")
    assert not says(plan, "Nog geen afspraak bij")
    assert says(plan, "Nog niet besproken met de ouders")
    data = {"persoon": gezin.sara, "datum": clock.today(), "visie": "zo", "woorden": ""}
    add_standpunt(rijen.zorg, data, by=assistent)
    assert not says(plan, "Nog niet besproken met de ouders")


def test_a_check_that_is_past_is_late(plan, rijen, assistent):
    with clock.set_to(clock.now() + timedelta(days=16)):
        late = [row for row in aandacht.to_look_at(plan_as_data(plan)) if row["laat"]]
        assert [row["href"].rstrip("/").rpartition("/")[2] for row in late] == ["controle"]
        assert late[0]["tekst"].endswith(f"({rijen.afspraak.volgende_controle:%d/%m/%Y}), te laat")


def test_a_check_of_today_is_not_late(plan, rijen):
    with clock.set_to(clock.now() + timedelta(days=14)):
        assert not [row for row in aandacht.to_look_at(plan_as_data(plan)) if row["laat"]]


def test_a_parent_nobody_asked_is_named_until_asked(plan, gezin, assistent):
    assert says(plan, "wil Sara meewerken")
    add_item(Bereidheid, plan, {"ouder": gezin.sara, "antwoord": "niet_bereikt"}, by=assistent)
    assert says(plan, "Sara is nog niet bereikt")
    add_item(Bereidheid, plan, {"ouder": gezin.sara, "antwoord": "ja"}, by=assistent)
    assert not says(plan, "Sara")


def test_a_child_is_named_until_it_was_seen(plan, gezin, assistent):
    assert says(plan, "Lina") is True
    add_item(Kindcontact, plan, {"kind": gezin.lina, "hoe": "gezien"}, by=assistent)
    assert not [text for text in to_look_at(plan) if "Lina" in text and "gezien" in text]


def test_a_mandate_that_ends_before_the_plan_is_said(plan, rijen, dossier):
    Opdracht.objects.filter(dossier=dossier).update(einde=clock.today() + timedelta(days=5))
    assert says(plan, "De opdracht eindigt, het plan loopt tot")
    Opdracht.objects.filter(dossier=dossier).update(einde=clock.today() - timedelta(days=1))
    assert says(plan, "De opdracht is voorbij, het plan loopt nog")
    Opdracht.objects.filter(dossier=dossier).update(einde=clock.today() + timedelta(days=90))
    assert not says(plan, "De opdracht")


def test_the_talk_about_parenthood_that_did_not_happen_is_late(plan, assistent):
    change_plan(plan, {"gespreksritme": 4}, versie=1, by=assistent)
    with clock.set_to(clock.now() + timedelta(days=29)):
        assert says(plan, "Gesprek over ouderschap (")
        assert says(plan, "te laat")


def test_a_paused_or_finished_plan_asks_for_nothing(plan, rijen, assistent):
    today = clock.today()
    pause = {"gepauzeerd_op": today, "hervat_op": today + timedelta(days=30), "pauze_reden": "Detentie."}
    paused = pause_plan(plan, pause, by=assistent)
    assert to_look_at(paused) == []
    leave_step(paused, {"uitkomst": "stap_6", "datum": today, "reden": "x", "met": "team"}, by=assistent)
    assert to_look_at(paused) == []


def test_an_agreement_nobody_carries_out_is_named(plan, rijen, assistent):
    data = {"wat": "Iemand belt.", "wie": [], "volgende_controle": clock.today(), "lezers": []}
    add_item(Afspraak, plan, data, by=assistent)
    assert says(plan, "Niemand doet “Iemand belt.”")


def test_the_horizon_is_the_last_date_of_a_running_agreement(plan, rijen, assistent):
    assert rules.plan_horizon(plan_as_data(plan)) == rijen.afspraak.volgende_controle
    following = clock.today() + timedelta(days=40)
    check = {"datum": clock.today(), "uitkomst": "nagekomen", "gezien_door": "oma", "volgende": following}
    add_controle(rijen.afspraak, check, by=assistent)
    assert rules.plan_horizon(plan_as_data(plan)) == following


def test_an_agreement_that_counts_on_who_is_banned_comes_first(dossier, plan, gezin, rijen, assistent):
    ban = {"soort": "huisverbod", "wie": gezin.wesley, "tegenover": [gezin.lina], "tot": None}
    create_row(Verbod, dossier, ban, by=assistent)
    data = {
        "wat": "Zaterdag pannenkoeken bakken",
        "wie": [gezin.wesley],
        "volgende_controle": clock.today(),
        "lezers": [],
    }
    add_item(Afspraak, plan, data, by=assistent)
    first = aandacht.to_look_at(plan_as_data(plan))[0]
    assert first["laat"]
    assert "voor Wesley geldt een huisverbod" in first["tekst"]
