"""A passage through step 5: beginning, pausing, leaving, beginning again; checks, network, readers."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions import close_dossier
from dossiers.models import Betrokkene, Gebeurtenis, Notitie, Revisie, Soort
from stap5 import actions
from stap5.models import Afspraak, Grenzencheck, Stappenplan, Uitkomst, Veiligheidsmens, Wens, Zorg
from tests import factories

LEAVE = {"uitkomst": "stap_6", "reden": "Geen ouder werkt mee.", "met": "het team"}


def leaving(**kwargs):
    return LEAVE | {"datum": clock.today()} | kwargs


def last_note():
    return Notitie.objects.order_by("-pk").first().tekst


def test_a_dossier_has_one_running_plan_however_often_one_begins(dossier, assistent):
    first, second = actions.start_plan(dossier, by=assistent), actions.start_plan(dossier, by=assistent)
    assert first == second
    assert Stappenplan.objects.count() == 1


def test_the_database_refuses_a_second_running_plan(dossier, plan, assistent):
    with pytest.raises(DatabaseError):
        Stappenplan.objects.create(dossier=dossier, created_by=assistent)


@pytest.mark.parametrize("uitkomst", Uitkomst.values)
def test_leaving_says_how_it_ended_why_and_with_whom(plan, assistent, uitkomst):
    data = leaving(uitkomst=uitkomst, door="de huisarts", blijkt_uit="drie rustige maanden")
    ended = actions.leave_step(plan, data, by=assistent)
    assert (ended.uitkomst, ended.gestopt_op, ended.uitkomst_met) == (uitkomst, clock.today(), "het team")
    for words in (Uitkomst(uitkomst).label, "Geen ouder werkt mee.", "het team", "de huisarts"):
        assert words in last_note()
    assert Gebeurtenis.objects.last().soort == Soort.AFGESLOTEN
    assert ended.dossier.is_open


def test_nothing_is_written_in_a_plan_that_was_left(plan, rijen, assistent, unchanged):
    left = actions.leave_step(plan, leaving(), by=assistent)
    zorg = Zorg.objects.get(pk=rijen.zorg.pk)
    with unchanged():
        for act in (
            lambda: actions.add_item(Zorg, left, {"wat": "Nog iets."}, by=assistent),
            lambda: actions.change_item(zorg, {"wat": "Anders."}, versie=1, by=assistent),
            lambda: actions.change_plan(left, {"route": "zelf"}, versie=left.versie, by=assistent),
            lambda: actions.leave_step(left, leaving(), by=assistent),
        ):
            with pytest.raises(NotAllowed, match="Stap 5 is afgesloten"):
                act()


def test_step_5_begins_again_with_the_same_people_and_an_empty_plan(dossier, plan, rijen, gezin, assistent):
    actions.leave_step(plan, leaving(), by=assistent)
    again = actions.start_plan(dossier, by=assistent)
    assert again != plan
    assert again.zorgen.count() == 0
    assert plan.zorgen.count() == 1
    assert dossier.betrokkenen.lopend().count() == 5


def test_the_earlier_plan_stays_readable(dossier, plan, rijen, assistent, client_for):
    actions.leave_step(plan, leaving(), by=assistent)
    actions.start_plan(dossier, by=assistent)
    client = client_for(assistent)
    page = client.get(f"/dossiers/{dossier.kenmerk}/stap-5/eerder/{plan.sleutel}/").content.decode()
    assert "om 22 uur alleen op de trap" in page
    assert "om 22 uur alleen op de trap" not in client.get(f"/dossiers/{dossier.kenmerk}/stap-5/").content.decode()


def test_a_plan_is_not_left_in_a_closed_dossier(plan, dossier, assistent, unchanged):
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed):
        actions.leave_step(plan, leaving(), by=assistent)


def test_a_pause_has_a_day_to_resume_and_a_reason_and_ends_with_a_button(plan, assistent):
    today = clock.today()
    pause = {"gepauzeerd_op": today, "hervat_op": today + timedelta(days=60), "pauze_reden": "Opname."}
    paused = actions.pause_plan(plan, pause, by=assistent)
    assert "Opname" in last_note()
    resumed = actions.resume_plan(paused, {}, by=assistent)
    assert (resumed.gepauzeerd_op, resumed.hervat_op, resumed.pauze_reden) == (None, None, "")
    assert Revisie.objects.filter(model="stappenplan").count() == 2


def test_the_database_refuses_half_a_pause(plan):
    with pytest.raises(DatabaseError):
        Stappenplan.objects.filter(pk=plan.pk).update(gepauzeerd_op=clock.today())


def what_asks(client):
    """The kinds of the points that the worklist shows for its first dossier."""
    return [punt.soort.slug for punt in client.get("/").context["vragend"][0].punten]


def test_a_paused_plan_leaves_the_list_of_what_is_due(dossier, plan, rijen, assistent, client_for):
    client = client_for(assistent)
    with clock.set_to(clock.now() + timedelta(days=1)):
        Afspraak.objects.update(volgende_controle=clock.today())
        assert what_asks(client) == ["controle"]
        pause = {"gepauzeerd_op": clock.today(), "hervat_op": clock.today(), "pauze_reden": "Detentie."}
        actions.pause_plan(plan, pause, by=assistent)
        assert what_asks(client) == ["hervatten"]


# Agreements


def check(**kwargs):
    today = clock.today()
    return {
        "datum": today, "uitkomst": "nagekomen", "gezien_door": "oma", "toelichting": "", "volgende": today
        + timedelta(days=30),
    } | kwargs  # fmt: skip


def test_a_check_moves_the_next_date(rijen, assistent):
    actions.add_controle(rijen.afspraak, check(), by=assistent)
    row = Afspraak.objects.get(pk=rijen.afspraak.pk)
    assert (row.volgende_controle, row.controles.get().uitkomst) == (clock.today() + timedelta(days=30), "nagekomen")


def test_a_check_on_an_old_page_counts_all_the_same(rijen, assistent):
    """Noting what was seen never clashes with somebody changing the words of the agreement."""
    actions.change_item(rijen.afspraak, {"wat": "Oma haalt Lina."}, versie=1, by=assistent)
    actions.add_controle(rijen.afspraak, check(), by=assistent)
    assert Afspraak.objects.get(pk=rijen.afspraak.pk).wat == "Oma haalt Lina."


def test_an_agreement_that_ended_is_not_checked_any_more(rijen, assistent, unchanged):
    from dossiers.actions import stop_row

    stop_row(rijen.afspraak, {"datum": clock.today(), "reden": "Niet meer nodig."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="beëindigd"):
        actions.add_controle(rijen.afspraak, check(), by=assistent)


def test_tonight_becomes_an_agreement_until_the_next_contact(plan, gezin, assistent):
    until = clock.today() + timedelta(days=3)
    data = {"slapen": "bij oma", "erbij": "Rita", "zorgt": "Rita", "wie": [gezin.oma], "tot": until}
    row = actions.add_meteen(plan, data | {"kinderen": [gezin.lina]}, by=assistent)
    assert (row.soort, row.van, row.tot, row.volgende_controle) == ("meteen", clock.today(), until, until)
    assert "bij oma" in row.wat
    assert list(row.wie.all()) == list(row.lezers.all()) == [gezin.oma]


# Network


def lid_data(**kwargs):
    return {"voornaam": "Jef", "relatie": "buurman", "telefoon": "0472 11 11 11", "lezers": []} | kwargs


def test_a_new_person_of_the_network_joins_the_people_of_the_dossier(plan, gezin, assistent):
    lid = actions.add_netwerklid(plan, lid_data(), by=assistent)
    person = Betrokkene.objects.get(pk=lid.persoon_id)
    assert (person.voornaam, person.rol, person.telefoon) == ("Jef", "netwerk", "0472 11 11 11")


def test_one_is_a_veiligheidsmens_per_child(plan, gezin, assistent):
    facts = {"hoe": "aanbellen", "ook_s_nachts": True, "afgesproken_op": clock.today(), "verteld_op": None}
    lid = actions.add_netwerklid(plan, lid_data(veiligheid_voor=[gezin.lina, gezin.milan]) | facts, by=assistent)
    rows = list(lid.veiligheidsmensen.order_by("pk"))
    assert [(row.kind, row.hoe, row.ook_s_nachts) for row in rows] == [
        (gezin.lina, "aanbellen", True),
        (gezin.milan, "aanbellen", True),
    ]


def test_taking_one_child_away_stops_that_row_and_keeps_the_other(rijen, gezin, assistent):
    data = {"veiligheid_voor": [gezin.milan], "hoe": "bellen"}
    actions.change_netwerklid(rijen.lid, data, versie=1, by=assistent)
    rows = {row.kind: row for row in Veiligheidsmens.objects.all()}
    assert rows[gezin.lina].gestopt_op == clock.today()
    assert rows[gezin.milan].gestopt_op is None
    assert "beëindigd" in "".join(Notitie.objects.values_list("tekst", flat=True))


def test_a_veiligheidsmens_that_was_taken_away_can_come_back(rijen, gezin, assistent):
    lid = actions.change_netwerklid(rijen.lid, {"veiligheid_voor": []}, versie=1, by=assistent)
    actions.change_netwerklid(lid, {"veiligheid_voor": [gezin.lina]}, versie=lid.versie, by=assistent)
    assert [row.kind for row in Veiligheidsmens.objects.lopend()] == [gezin.lina]


def test_who_saves_second_over_the_children_of_a_veiligheidsmens_gets_a_conflict(rijen, gezin, assistent):
    """The children and how they reach this person stand on the same form: they share its version."""
    from dossiers.actions import Conflict

    both = {"veiligheid_voor": [gezin.lina, gezin.milan], "hoe": "bellen"}
    actions.change_netwerklid(rijen.lid, both, versie=1, by=assistent)
    with pytest.raises(Conflict):
        actions.change_netwerklid(rijen.lid, {"veiligheid_voor": []}, versie=1, by=assistent)
    assert Veiligheidsmens.objects.lopend().count() == 2


# Who may read it on paper


def test_without_a_choice_only_who_said_it_reads_it(rijen, gezin):
    assert list(rijen.zorg.lezers.all()) == [gezin.sara]
    assert list(rijen.uitzondering.lezers.all()) == [gezin.lina]
    assert list(rijen.wens.lezers.all()) == [gezin.lina]
    assert list(rijen.afspraak.lezers.all()) == [gezin.oma]
    assert list(rijen.lid.lezers.all()) == [gezin.oma]


def test_a_choice_of_readers_is_kept_as_it_is(plan, gezin, assistent):
    data = {"wie": gezin.lina, "woorden": "Rust.", "lezers": [gezin.sara]}
    assert list(actions.add_item(Wens, plan, data, by=assistent).lezers.all()) == [gezin.sara]


def test_a_professional_never_reads_by_default(plan, dossier, gezin, assistent):
    doctor = factories.make_person(dossier, "Dokter An", "professional", by=assistent)
    data = {"wat": "x", "bron_persoon": doctor, "lezers": []}
    assert list(actions.add_item(Zorg, plan, data, by=assistent).lezers.all()) == []


def test_the_source_who_told_is_not_named_to_others_by_default(plan, gezin, assistent):
    data = {"wat": "x", "bron": "kind", "bron_persoon": gezin.lina, "lezers": []}
    assert list(actions.add_item(Zorg, plan, data, by=assistent).lezers.all()) == [gezin.lina]


# One's own limits


@pytest.fixture
def felt(plan, assistent):
    data = {"uitkomst": "overleg", "uitkomst_uitleg": "met An", "gevoel": "Ik durf er niet alleen heen."}
    return actions.add_item(Grenzencheck, plan, data, by=assistent)


def pages(dossier, row):
    base = f"/dossiers/{dossier.kenmerk}/"
    return [
        f"{base}stap-5/grenzen/",
        f"{base}stap-5/grenzen/{row.sleutel}/stoppen/",
        f"{base}stap-5/",
        f"{base}stap-5/instap/",
        f"{base}stap-5/kopie/",
        f"{base}voortgang/",
        base,
    ]


@pytest.mark.parametrize("role", ["deelnemer", "teamverantwoordelijke"])
def test_what_somebody_felt_is_read_by_nobody_she_did_not_choose(request, dossier, felt, client_for, role):
    client = client_for(request.getfixturevalue(role))
    for page in pages(dossier, felt):
        response = client.get(page)
        assert response.status_code == 200, page
        assert "durf er niet" not in response.content.decode(), page


def test_what_somebody_felt_is_read_by_the_author_and_whom_she_chose(dossier, felt, assistent, deelnemer, client_for):
    page = pages(dossier, felt)[0]
    assert "durf er niet" in client_for(assistent).get(page).content.decode()
    felt.gedeeld_met.add(deelnemer)
    assert "durf er niet" in client_for(deelnemer).get(page).content.decode()


def test_the_outcome_of_the_check_does_reach_the_journal(dossier, felt):
    assert "met An" in last_note()
    assert "durf" not in last_note()


def test_a_plan_that_was_left_in_the_meantime_takes_no_more_rows(plan, gezin, assistent):
    stale = Stappenplan.objects.get(pk=plan.pk)
    data = {"uitkomst": "gestopt", "met": "het team", "reden": "Verhuisd.", "datum": clock.today()}
    actions.leave_step(plan, data, by=assistent)
    with pytest.raises(NotAllowed):
        actions.add_item(Zorg, stale, {"wat": "Te laat.", "kinderen": [gezin.lina], "lezers": []}, by=assistent)
    assert not stale.zorgen.filter(wat="Te laat.").exists()


def test_a_new_arrangement_for_tonight_takes_the_place_of_the_one_before(plan, gezin, assistent):
    data = {"slapen": "thuis", "zorgt": "Kim", "wie": [], "tot": clock.today(), "kinderen": [gezin.lina]}
    first = actions.add_meteen(plan, data, by=assistent)
    second = actions.add_meteen(plan, data | {"slapen": "bij oma"}, by=assistent)
    first.refresh_from_db()
    assert first.gestopt_op == clock.today()
    assert list(plan.afspraken.lopend().filter(soort="meteen")) == [second]
