"""Who sees which dossier: every line of the table of rights."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import Rol
from accounts.rules import NotAllowed, refusal
from dossiers import rules
from dossiers.access import get_dossier_or_404, get_inzage_or_404, own_or_shared, readers_of, visible_to
from dossiers.actions import close_dossier, reopen_dossier, stop_row
from dossiers.actions.opdracht import add_deelname, add_uitsluiting
from dossiers.models import Uitsluiting
from tests import factories

pytestmark = [pytest.mark.both, pytest.mark.quick]

CAST = ("assistent", "deelnemer", "collega", "vreemde", "teamverantwoordelijke", "toezichthouder", "beheerder")
RIGHTS = {
    # role: see, write, manage, inzage
    "assistent": (True, True, True, True),
    "deelnemer": (True, True, False, False),
    "collega": (False, False, False, False),
    "vreemde": (False, False, False, False),
    "teamverantwoordelijke": (True, False, True, True),
    "toezichthouder": (False, False, False, True),
    "beheerder": (False, False, False, False),
    "uitgeslotene": (False, False, False, False),
}


def sees(user, dossier):
    return visible_to(user).filter(pk=dossier.pk).exists()


def take_part(dossier, user, by, *, start=0, end=30):
    today = clock.today()
    period = {"soort": "vervanging", "van": today + timedelta(days=start), "tot": today + timedelta(days=end)}
    return add_deelname(dossier, {"gebruiker": user} | period, by=by)


def at(days):
    """The clock, so many days from now."""
    return clock.set_to(clock.now() + timedelta(days=days))


@pytest.mark.parametrize("role", RIGHTS)
def test_each_role_has_the_rights_of_the_table(request, dossier, role):
    user = request.getfixturevalue(role)
    rights = (
        sees(user, dossier),
        *(not refusal(check, user, dossier) for check in (rules.check_can_write, rules.check_can_manage)),
        not refusal(rules.check_can_see_inzage, user, dossier),
    )
    assert rights == RIGHTS[role]


@pytest.mark.parametrize("role", RIGHTS)
def test_the_list_the_door_and_the_rule_agree(request, dossier, role):
    user = request.getfixturevalue(role)
    expected = RIGHTS[role][0]
    assert bool(rules.toegang(user, dossier)) is expected
    if expected:
        opened = get_dossier_or_404(user, dossier.kenmerk, page="dossier")
        assert rules.toegang_of(user, opened) == rules.toegang(user, dossier)
    else:
        with pytest.raises(Http404):
            get_dossier_or_404(user, dossier.kenmerk, page="dossier")


@pytest.mark.parametrize("role", CAST)
def test_an_uitsluiting_beats_every_line_of_the_table(request, dossier, assistent, role):
    user = request.getfixturevalue(role)
    data = {"dossier": dossier, "gebruiker": user, "reden": "Betrokken bij het gezin.", "created_by": assistent}
    Uitsluiting.objects.create(**data)  # the action rightly refuses to keep out the owner
    assert not sees(user, dossier)
    assert rules.toegang(user, dossier) == frozenset()
    assert not own_or_shared(user).exists()
    with pytest.raises(Http404):
        get_inzage_or_404(user, dossier.kenmerk)


def test_a_lifted_uitsluiting_gives_access_back(dossier, uitgeslotene, assistent):
    row = dossier.uitsluitingen.get()
    stop_row(row, {"datum": clock.today(), "reden": "Verhuisd."}, by=assistent, check=rules.check_can_manage_open)
    assert sees(uitgeslotene, dossier)


def test_the_owner_cannot_be_kept_out_of_her_own_dossier(dossier, assistent, teamverantwoordelijke, unchanged):
    data = {"gebruiker": assistent, "reden": "Kent het gezin."}
    with unchanged(), pytest.raises(NotAllowed, match="eigenaar"):
        add_uitsluiting(dossier, data, by=teamverantwoordelijke)


@pytest.mark.parametrize(("day", "expected"), [(-1, False), (0, True), (10, True), (11, False)])
def test_a_deelname_lasts_from_its_first_to_its_last_day(dossier, assistent, collega, day, expected):
    take_part(dossier, collega, assistent, end=10)
    with at(day):
        assert sees(collega, dossier) is expected
        assert bool(rules.toegang(collega, dossier)) is expected


def test_a_deelname_that_was_stopped_ends_at_once(dossier, assistent, collega):
    row = take_part(dossier, collega, assistent)
    assert sees(collega, dossier)
    stop_row(row, {"datum": clock.today(), "reden": "Terug."}, by=assistent, check=rules.check_can_manage_open)
    assert not sees(collega, dossier)


def test_a_deelname_stays_inside_the_house(dossier, assistent, vreemde, unchanged):
    with unchanged(), pytest.raises(NotAllowed, match="justitiehuis"):
        take_part(dossier, vreemde, assistent)


def test_who_moves_to_another_house_takes_part_no_longer(dossier, deelnemer, ander_huis):
    deelnemer.huis, deelnemer.team = ander_huis, factories.make_team(ander_huis, "Elders")
    deelnemer.save()
    assert not sees(deelnemer, dossier)
    assert not rules.toegang(deelnemer, dossier)
    assert deelnemer not in readers_of(dossier)
    with pytest.raises(Http404):
        get_dossier_or_404(deelnemer, dossier.kenmerk, page="dossier")


def test_who_takes_part_cannot_let_others_in(dossier, deelnemer, collega, unchanged):
    with unchanged(), pytest.raises(NotAllowed):
        take_part(dossier, collega, deelnemer)


def test_who_was_excluded_cannot_be_let_in(dossier, assistent, uitgeslotene, unchanged):
    with unchanged(), pytest.raises(NotAllowed, match="uitgesloten"):
        take_part(dossier, uitgeslotene, assistent)


def test_the_owner_of_a_closed_dossier_loses_sight_of_it_after_the_set_time(dossier, assistent, settings):
    settings.AFGESLOTEN_ZICHTBAAR_DAGEN = 90
    close_dossier(dossier, {"reden": "Opdracht afgelopen."}, by=assistent)
    with at(89):
        assert sees(assistent, dossier)
    with at(91):
        assert not sees(assistent, dossier)
        dossier.refresh_from_db()
        assert rules.toegang(assistent, dossier) == frozenset()


def test_the_teamverantwoordelijke_keeps_seeing_a_closed_dossier_and_reopens_it(
    dossier, assistent, teamverantwoordelijke
):
    closed = close_dossier(dossier, {"reden": "Opdracht afgelopen."}, by=assistent)
    with at(91):
        assert sees(teamverantwoordelijke, dossier)
        reopen_dossier(closed, {"reden": "Nieuwe feiten."}, by=teamverantwoordelijke)
        assert sees(assistent, dossier)


def test_a_closed_dossier_leaves_the_worklist(dossier, assistent):
    assert own_or_shared(assistent).get() == dossier
    close_dossier(dossier, {"reden": "Opdracht afgelopen."}, by=assistent)
    assert not own_or_shared(assistent).exists()


def test_nobody_writes_in_a_closed_dossier_and_the_sentence_says_since_when(dossier, assistent):
    with time_machine.travel("2026-03-02 12:00:00+01:00", tick=False):
        closed = close_dossier(dossier, {"reden": "Opdracht afgelopen."}, by=assistent)
        assert "afgesloten op 02/03/2026" in refusal(rules.check_can_write, assistent, closed)


def test_a_teamverantwoordelijke_sees_only_the_teams_she_leads_today(dossier, team, ander_team):
    today = clock.today()
    of_other_team = factories.make_leader("noord", team, of=ander_team)
    former = factories.make_leader("vroeger", team, van=today - timedelta(days=9), tot=today - timedelta(days=1))
    coming = factories.make_leader("straks", team, van=today + timedelta(days=1))
    from_elsewhere = factories.make_leader("zuid", ander_team, of=team)
    assert [sees(user, dossier) for user in (of_other_team, former, coming, from_elsewhere)] == [False] * 3 + [True]


def test_leading_a_team_without_the_role_gives_nothing(dossier, team, teamverantwoordelijke):
    teamverantwoordelijke.rol = Rol.JUSTITIEASSISTENT
    teamverantwoordelijke.save()
    assert not sees(teamverantwoordelijke, dossier)


@pytest.mark.parametrize("role", ["assistent", "teamverantwoordelijke", "deelnemer"])
def test_a_blocked_account_sees_nothing(request, dossier, role):
    user = request.getfixturevalue(role)
    user.is_active = False
    user.save()
    assert not sees(user, dossier)
    assert rules.toegang(user, dossier) == frozenset()


def test_the_owner_who_becomes_beheerder_sees_no_dossier_any_more(dossier, assistent):
    assistent.rol = Rol.BEHEERDER
    assistent.save()
    assert not sees(assistent, dossier)


def test_a_toezichthouder_of_another_house_does_not_see_who_looked(dossier, ander_huis):
    user = factories.make_user("elders", rol=Rol.TOEZICHTHOUDER, huis=ander_huis)
    with pytest.raises(Http404):
        get_inzage_or_404(user, dossier.kenmerk)


def test_who_has_no_dossiers_cannot_open_one(toezichthouder, beheerder, unchanged):
    for user in (toezichthouder, beheerder):
        with unchanged(), pytest.raises(NotAllowed):
            factories.make_dossier(user)


def test_what_exists_and_what_does_not_cost_the_same_number_of_queries(dossier, collega):
    def work(kenmerk):
        with CaptureQueriesContext(connection) as queries, pytest.raises(Http404):
            get_dossier_or_404(collega, kenmerk, page="dossier")
        statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        return [re.split(" WHERE | VALUES | SET ", statement)[0] for statement in statements]

    work("a" * 16)  # the first refusal also makes the user's chain
    assert work(dossier.kenmerk) == work("b" * 16)
