"""A hand-over while somebody else acts: one is first, the other is told so, and the dossier keeps one owner."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions import close_dossier
from dossiers.actions.opdracht import add_deelname, add_uitsluiting
from dossiers.actions.overdracht import accept_overdracht, refuse_overdracht, withdraw_overdracht
from dossiers.actions.vervanging import stop_vervanging
from dossiers.audit import verify
from dossiers.models import Deelname, Dossier, Overdracht, Uitsluiting, Vervanging
from dossiers.rules import toegang
from tests import factories
from tests.dossiers.test_concurrency import together
from tests.factories import make_overdracht, make_vervanging

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture
def offer(dossier, assistent, collega):
    return make_overdracht(dossier, collega, by=assistent)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def accept(offer, by, eigenaar=None):
    return accept_overdracht(Overdracht.objects.get(pk=offer.pk), {"eigenaar": eigenaar}, by=by)


def refused(results):
    """The sentences of those that were refused; any other error fails."""
    wrong = [result for result in results if isinstance(result, Exception) and not isinstance(result, NotAllowed)]
    assert wrong == []
    return [str(result) for result in results if isinstance(result, Exception)]


def check_one_owner(dossier):
    """Somebody who may see it owns it, and the record is whole."""
    now = fresh(dossier)
    assert toegang(now.eigenaar, now)
    assert now.team.huis == now.eigenaar.huis
    assert verify()[2] == ""


def test_accepting_while_it_is_withdrawn(dossier, offer, assistent, collega):
    results = together(
        lambda: accept(offer, collega),
        lambda: withdraw_overdracht(Dossier.objects.get(pk=dossier.pk), {"reden": "Toch niet."}, by=assistent),
    )
    (sentence,) = refused(results)
    now, answered = fresh(dossier), fresh(offer)
    if isinstance(results[0], Exception):
        assert "Dit voorstel is ingetrokken" in sentence
        assert (now.eigenaar, answered.aanvaard_op) == (assistent, None)
    else:
        assert "Collega Verzonnen aanvaardde dit voorstel" in sentence
        assert (now.eigenaar, answered.gestopt_op) == (collega, None)
    check_one_owner(dossier)


def test_two_leaders_answer_at_once(dossier, assistent, ander_huis):
    team = factories.make_team(ander_huis, "Team West")
    first, second = (factories.make_leader(name, team) for name in ("eerste", "tweede"))
    offer = make_overdracht(dossier, team, by=assistent)
    results = together(
        lambda: accept(offer, first, first),
        lambda: accept(offer, second, second),
        lambda: refuse_overdracht(Overdracht.objects.get(pk=offer.pk), {"reden": "Vol."}, by=second),
    )
    sentences, answered = refused(results), fresh(offer)
    assert len(sentences) == 2
    winner = answered.aanvaard_door or answered.geweigerd_door
    assert all(sentence.startswith(str(winner)) for sentence in sentences)
    assert fresh(dossier).eigenaar == (answered.nieuwe_eigenaar or assistent)
    check_one_owner(dossier)


def test_accepting_while_the_receiver_is_kept_out(dossier, offer, assistent, collega):
    kept_out = {"gebruiker": collega, "reden": "Kent de moeder."}
    results = together(
        lambda: accept(offer, collega),
        lambda: add_uitsluiting(Dossier.objects.get(pk=dossier.pk), kept_out, by=assistent),
    )
    assert len(refused(results)) == 1
    assert (fresh(dossier).eigenaar == collega) != Uitsluiting.objects.exists()
    check_one_owner(dossier)


def test_accepting_while_the_dossier_is_closed(dossier, offer, assistent, collega):
    results = together(
        lambda: accept(offer, collega),
        lambda: close_dossier(Dossier.objects.get(pk=dossier.pk), {"reden": "Klaar."}, by=assistent),
    )
    assert len(refused(results)) == 1
    assert fresh(dossier).is_open == (fresh(dossier).eigenaar == collega)
    assert not Overdracht.objects.wachtend().exists()
    assert verify()[2] == ""


def test_a_colleague_added_while_the_house_changes_does_not_stay(dossier, assistent, team, ander_huis):
    there = factories.make_team(ander_huis, "Team West")
    leader, late = factories.make_leader("leider", there), factories.make_user("laat", team=team)
    offer = make_overdracht(dossier, there, by=assistent)
    period = {"soort": "meewerken", "van": clock.today(), "tot": clock.today() + timedelta(days=30)}
    results = together(
        lambda: accept(offer, leader, leader),
        lambda: add_deelname(Dossier.objects.get(pk=dossier.pk), {"gebruiker": late} | period, by=assistent),
    )
    assert len(refused(results)) <= 1
    assert not Deelname.objects.lopend().exists()
    assert toegang(late, fresh(dossier)) == frozenset()
    check_one_owner(dossier)


def test_two_offers_at_once_are_one_offer(dossier, assistent, teamverantwoordelijke, collega):
    results = together(
        *(lambda by=by: make_overdracht(fresh(dossier), collega, by=by) for by in (assistent, teamverantwoordelijke))
    )
    (sentence,) = refused(results)
    assert "Er wacht al een voorstel" in sentence
    assert Overdracht.objects.count() == 1


def test_two_who_arrange_the_same_absence_arrange_it_once(dossier, assistent, teamverantwoordelijke, collega):
    results = together(
        *(lambda by=by: make_vervanging(assistent, collega, by=by) for by in (assistent, teamverantwoordelijke))
    )
    (sentence,) = refused(results)
    assert "vervangt Assistent Verzonnen al" in sentence
    assert (Vervanging.objects.count(), Deelname.objects.count()) == (1, 1)
    assert verify()[2] == ""


@pytest.mark.parametrize("who", ["assistent", "teamverantwoordelijke"])
def test_a_transfer_while_a_stand_in_is_arranged_leaves_nobody_in_by_mistake(
    request, dossier, offer, assistent, collega, team, who
):
    by, inval = request.getfixturevalue(who), factories.make_user("inval", team=team)
    results = together(lambda: accept(offer, collega), lambda: make_vervanging(assistent, inval, by=by))
    assert refused(results) == []
    now = fresh(dossier)
    assert now.eigenaar == collega
    assert toegang(inval, now) == frozenset()
    check_one_owner(dossier)


def test_opening_a_dossier_while_the_stand_in_ends_leaves_her_in_none(dossier, assistent, collega):
    row = make_vervanging(assistent, collega, by=assistent)
    results = together(
        lambda: factories.make_dossier(assistent),
        lambda: stop_vervanging(Vervanging.objects.get(pk=row.pk), {"reden": "Terug."}, by=assistent),
        lambda: factories.make_dossier(assistent),
    )
    assert refused(results) == []
    assert not Deelname.objects.lopend().exists()
    assert verify()[2] == ""
