"""Handing a dossier over: nobody gets it unasked, nobody loses it half, and who handed it over sees nothing more."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import Justitiehuis, Rol
from accounts.rules import NotAllowed, refusal
from dossiers.access import open_offers_for, own_or_shared, visible_to
from dossiers.actions import close_dossier, reopen_dossier
from dossiers.actions.opdracht import add_deelname, add_uitsluiting
from dossiers.actions.overdracht import accept_overdracht, offer_overdracht, refuse_overdracht, withdraw_overdracht
from dossiers.audit import verify
from dossiers.models import Dossier, Gebeurtenis, Notitie, Overdracht, Soort
from dossiers.overdrachtregels import answer_of, check_can_offer
from dossiers.rules import Toegang, toegang
from tests import factories
from tests.factories import make_overdracht

ALONE = {"eigenaar": None}


@pytest.fixture
def elders(ander_huis):
    """A team of another house, with two leaders and an assistant."""
    team = factories.make_team(ander_huis, "Team West")
    return {
        "team": team,
        "leider": factories.make_leader("leider", team),
        "tweede": factories.make_leader("tweede", team),
        "tom": factories.make_user("tom", team=team),
    }


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def in_days(number):
    return clock.today() + timedelta(days=number)


def last_note():
    return Notitie.objects.order_by("-pk").first().tekst


# Offering


@pytest.mark.parametrize("who", ["assistent", "teamverantwoordelijke"])
def test_the_owner_and_her_teamverantwoordelijke_offer_a_dossier(request, dossier, assistent, collega, who):
    offer = make_overdracht(dossier, collega, by=request.getfixturevalue(who))
    assert (offer.van, offer.naar, offer.wacht) == (assistent, collega, True)
    assert last_note() == "Voorstel tot overdracht toegevoegd: aan Collega Verzonnen. Reden: Ik verander van werk."
    assert fresh(dossier).eigenaar == assistent


@pytest.mark.parametrize("who", ["deelnemer", "collega", "vreemde", "toezichthouder", "beheerder", "uitgeslotene"])
def test_nobody_else_offers_it(request, dossier, collega, unchanged, who):
    user = request.getfixturevalue(who)
    with unchanged(), pytest.raises(NotAllowed, match="alleen de eigenaar"):
        make_overdracht(dossier, collega, by=user)


def test_a_teamverantwoordelijke_of_another_team_does_not_offer_it(dossier, collega, ander_team, unchanged):
    leader = factories.make_leader("anders", ander_team)
    with unchanged(), pytest.raises(NotAllowed, match="alleen de eigenaar"):
        make_overdracht(dossier, collega, by=leader)


def _switched_off(user, dossier, by):
    user.is_active = False
    user.save()


def _kept_out(user, dossier, by):
    add_uitsluiting(dossier, {"gebruiker": user, "reden": "Kent de moeder."}, by=by)


def _other_role(user, dossier, by):
    user.rol = Rol.BEHEERDER
    user.save()


def _moved(user, dossier, by):
    user.team = factories.make_team(Justitiehuis.objects.order_by("naam")[2], "Team Ver")
    user.save()


CANNOT = {
    "switched off": (_switched_off, "Het account van Collega Verzonnen is uitgeschakeld"),
    "kept out": (_kept_out, "Collega Verzonnen krijgt geen toegang tot dit dossier"),
    "other role": (_other_role, "volgt geen dossiers"),
    "other house": (_moved, "werkt in een ander justitiehuis"),
}


@pytest.mark.parametrize("what", CANNOT)
def test_it_is_not_offered_to_who_cannot_own_it(dossier, assistent, collega, unchanged, what):
    change, sentence = CANNOT[what]
    change(collega, dossier, assistent)
    with unchanged(), pytest.raises(NotAllowed, match=sentence):
        make_overdracht(dossier, collega, by=assistent)


def test_it_is_offered_to_somebody_else_and_to_one_at_a_time(dossier, assistent, collega, vreemde, elders, unchanged):
    nobody = {"reden": "x", "boodschap": ""}
    for to in ({}, {"naar": collega, "naar_team": elders["team"]}):
        with unchanged(), pytest.raises(NotAllowed, match="Kies een collega"):
            offer_overdracht(dossier, nobody | to, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="volgt dit dossier al"):
        make_overdracht(dossier, assistent, by=assistent)
    make_overdracht(dossier, collega, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="Er wacht al een voorstel aan Collega Verzonnen"):
        make_overdracht(dossier, elders["team"], by=assistent)


def test_a_team_is_asked_elsewhere_and_only_when_somebody_can_answer(dossier, assistent, team, vreemde, unchanged):
    with unchanged(), pytest.raises(NotAllowed, match="Kies een collega"):
        make_overdracht(dossier, team, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="heeft nu geen teamverantwoordelijke"):
        make_overdracht(dossier, vreemde.team, by=assistent)
    factories.make_leader("leidt", vreemde.team)
    assert make_overdracht(dossier, vreemde.team, by=assistent).wacht


def test_a_closed_dossier_is_not_offered_and_closing_withdraws_what_waits(dossier, assistent, collega, unchanged):
    offer = make_overdracht(dossier, collega, by=assistent)
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    assert fresh(offer).gestopt_reden == "Het dossier werd afgesloten."
    assert list(open_offers_for(collega)) == []
    with unchanged():
        with pytest.raises(NotAllowed, match="afgesloten"):
            make_overdracht(fresh(dossier), collega, by=assistent)
        with pytest.raises(NotAllowed, match="ingetrokken"):
            accept_overdracht(offer, ALONE, by=collega)
    reopen_dossier(dossier, {"reden": "Toch."}, by=assistent)
    assert refusal(check_can_offer, assistent, fresh(dossier)) == ""


# Accepting


def test_the_receiver_becomes_owner_in_her_team_and_the_former_owner_sees_nothing_more(
    dossier, assistent, collega, team, ander_team
):
    collega.team = ander_team
    collega.save()
    offer = make_overdracht(dossier, collega, by=assistent)
    assert not visible_to(collega).exists()
    accept_overdracht(offer, ALONE, by=collega)
    now, offer = fresh(dossier), fresh(offer)
    assert (now.eigenaar, now.team) == (collega, ander_team)
    assert (offer.aanvaard_door, offer.nieuwe_eigenaar, offer.wacht) == (collega, collega, False)
    assert toegang(collega, now) == {Toegang.EIGENAAR}
    assert toegang(assistent, now) == frozenset()
    assert not visible_to(assistent).exists()
    assert not own_or_shared(assistent).exists()
    assert "Dossier overgedragen van Assistent Verzonnen" in last_note()
    texts = set(Gebeurtenis.objects.filter(dossier=dossier, soort=Soort.GEWIJZIGD).values_list("tekst", flat=True))
    assert texts == {"voorstel tot overdracht: aanvaard", "dossier: eigenaar, team"}
    assert verify()[2] == ""


def test_what_was_noted_before_stays(dossier, alles, assistent, collega):
    before = list(Notitie.objects.order_by("pk").values_list("pk", "tekst"))
    rows = {name: row.pk for name, row in alles.items() if name not in ("overdrachten", "vervanging", "deelnames")}
    accept_overdracht(alles["overdrachten"], ALONE, by=collega)
    assert list(Notitie.objects.order_by("pk").values_list("pk", "tekst"))[: len(before)] == before
    for name, pk in rows.items():
        assert type(alles[name]).objects.filter(pk=pk).exists(), name


@pytest.mark.parametrize(
    "who", ["assistent", "deelnemer", "vreemde", "teamverantwoordelijke", "toezichthouder", "beheerder", "uitgeslotene"]
)
def test_nobody_but_the_receiver_answers(request, dossier, assistent, collega, unchanged, who):
    user, offer = request.getfixturevalue(who), make_overdracht(dossier, collega, by=assistent)
    for act, data in ((accept_overdracht, ALONE), (refuse_overdracht, {"reden": "Nee."})):
        with unchanged(), pytest.raises(NotAllowed, match="niet aan jou gericht"):
            act(offer, data, by=user)
    assert accept_overdracht(offer, ALONE, by=collega).eigenaar == collega


@pytest.mark.parametrize("what", CANNOT)
def test_who_can_no_longer_own_it_does_not_accept_and_nothing_is_half_done(
    dossier, assistent, collega, unchanged, what
):
    offer = make_overdracht(dossier, collega, by=assistent)
    CANNOT[what][0](collega, dossier, assistent)
    with unchanged(), pytest.raises(NotAllowed):
        accept_overdracht(offer, ALONE, by=collega)
    assert fresh(dossier).eigenaar == assistent
    assert withdraw_overdracht(dossier, {"reden": "Kan niet."}, by=assistent).gestopt_op == clock.today()


def test_a_teamverantwoordelijke_of_another_house_accepts_for_her_team(
    dossier, assistent, teamverantwoordelijke, elders
):
    offer = make_overdracht(dossier, elders["team"], by=assistent)
    assert [list(open_offers_for(user)) for user in (elders["leider"], elders["tom"])] == [[offer], []]
    accept_overdracht(offer, {"eigenaar": elders["tom"]}, by=elders["leider"])
    now = fresh(dossier)
    assert (now.eigenaar, now.team) == (elders["tom"], elders["team"])
    seen = {user: set(toegang(user, now)) for user in (assistent, teamverantwoordelijke, *list(elders.values())[1:])}
    assert seen == {
        assistent: set(),
        teamverantwoordelijke: set(),
        elders["leider"]: {Toegang.TEAM},
        elders["tweede"]: {Toegang.TEAM},
        elders["tom"]: {Toegang.EIGENAAR},
    }
    assert "Aanvaard door Leider Verzonnen." in last_note()


def test_she_may_take_it_herself_also_where_she_leads_a_team_that_is_not_her_own(dossier, assistent, elders, huis):
    other = factories.make_team(elders["team"].huis, "Team Extra")
    leader = factories.make_leader("dubbel", elders["team"], of=other)
    offer = make_overdracht(dossier, other, by=assistent)
    accept_overdracht(offer, {"eigenaar": leader}, by=leader)
    assert (fresh(dossier).eigenaar, fresh(dossier).team) == (leader, other)


@pytest.mark.parametrize("what", ["switched off", "kept out", "other role", "not of the team"])
def test_for_a_team_only_somebody_of_it_who_can_becomes_owner(dossier, assistent, elders, vreemde, unchanged, what):
    offer, tom = make_overdracht(dossier, elders["team"], by=assistent), elders["tom"]
    if what == "not of the team":
        tom = vreemde
    else:
        CANNOT[what][0](tom, dossier, assistent)
    with unchanged(), pytest.raises(NotAllowed, match="Kies iemand"):
        accept_overdracht(offer, {"eigenaar": tom}, by=elders["leider"])
    accept_overdracht(offer, {"eigenaar": elders["leider"]}, by=elders["leider"])
    assert fresh(dossier).eigenaar == elders["leider"]


def test_who_no_longer_leads_the_team_does_not_answer_for_it(dossier, assistent, elders, unchanged):
    offer, leader = make_overdracht(dossier, elders["team"], by=assistent), elders["leider"]
    leader.teamverantwoordelijkheid_set.update(van="2020-01-01", tot="2020-12-31")
    assert list(open_offers_for(leader)) == []
    with unchanged(), pytest.raises(NotAllowed, match="niet aan jou gericht"):
        accept_overdracht(offer, {"eigenaar": elders["tom"]}, by=leader)


# Deelnames


def _running(dossier):
    return {row.gebruiker.username for row in dossier.deelnames.lopend()}


def _take_part(dossier, user, by):
    period = {"soort": "meewerken", "van": clock.today(), "tot": clock.today()}
    return add_deelname(dossier, {"gebruiker": user} | period, by=by)


def test_who_works_along_stays_inside_the_house_and_what_the_owners_had_besides_ends(
    dossier, assistent, collega, deelnemer
):
    _take_part(dossier, collega, assistent)
    accept_overdracht(make_overdracht(dossier, collega, by=assistent), ALONE, by=collega)
    assert _running(dossier) == {"deelnemer"}
    assert dossier.deelnames.get(gebruiker=collega).gestopt_reden == "Het dossier is overgedragen."


def test_a_deelname_of_the_former_owner_ends_with_the_transfer(dossier, assistent, collega):
    """She was owner, worked along after a first transfer, and became owner again."""
    accept_overdracht(make_overdracht(dossier, collega, by=assistent), ALONE, by=collega)
    now = fresh(dossier)
    _take_part(now, assistent, collega)
    accept_overdracht(make_overdracht(now, assistent, by=collega), ALONE, by=assistent)
    assert _running(dossier) == set()
    assert toegang(collega, fresh(dossier)) == frozenset()


def test_when_the_house_changes_nobody_of_the_former_house_keeps_access(dossier, assistent, deelnemer, elders):
    later = {"soort": "meewerken", "van": in_days(30), "tot": in_days(60)}
    add_deelname(dossier, {"gebruiker": factories.make_user("later", team=assistent.team)} | later, by=assistent)
    offer = make_overdracht(dossier, elders["team"], by=assistent)
    accept_overdracht(offer, {"eigenaar": elders["tom"]}, by=elders["leider"])
    assert not dossier.deelnames.filter(gestopt_op=None).exists()
    assert toegang(deelnemer, fresh(dossier)) == frozenset()


def test_a_colleague_is_not_kept_out_of_the_dossier_she_has_just_taken_over(dossier, assistent, collega, unchanged):
    stale = Dossier.objects.get(pk=dossier.pk)
    accept_overdracht(make_overdracht(dossier, collega, by=assistent), ALONE, by=collega)
    with unchanged(), pytest.raises(NotAllowed, match="Draag het dossier eerst over"):
        add_uitsluiting(stale, {"gebruiker": collega, "reden": "Kent de moeder."}, by=assistent)


# Refusing, withdrawing, and coming too late


def test_a_refusal_leaves_everything_as_it_was_and_its_reason_out_of_the_journal(dossier, assistent, collega):
    offer = make_overdracht(dossier, collega, by=assistent)
    refuse_overdracht(offer, {"reden": "De moeder is mijn buurvrouw."}, by=collega)
    offer = fresh(offer)
    assert (offer.geweigerd_door, offer.geweigerd_reden) == (collega, "De moeder is mijn buurvrouw.")
    assert fresh(dossier).eigenaar == assistent
    assert last_note() == "Voorstel tot overdracht aan Collega Verzonnen geweigerd door Collega Verzonnen."
    assert make_overdracht(dossier, collega, by=assistent).wacht


def test_what_was_withdrawn_is_not_accepted(dossier, assistent, collega, unchanged):
    offer = make_overdracht(dossier, collega, by=assistent)
    withdraw_overdracht(dossier, {"reden": "Toch niet."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="Dit voorstel is ingetrokken"):
        accept_overdracht(offer, ALONE, by=collega)


@pytest.mark.parametrize("who", ["deelnemer", "collega", "vreemde", "toezichthouder"])
def test_only_who_may_offer_withdraws(request, dossier, assistent, collega, unchanged, who):
    user, offer = request.getfixturevalue(who), make_overdracht(dossier, collega, by=assistent)
    with unchanged(), pytest.raises(NotAllowed):
        withdraw_overdracht(dossier, {"reden": "x"}, by=user)
    assert withdraw_overdracht(dossier, {"reden": "x"}, by=assistent) == offer


def test_who_answers_second_is_told_who_was_first(dossier, assistent, elders, unchanged):
    offer = make_overdracht(dossier, elders["team"], by=assistent)
    refuse_overdracht(offer, {"reden": "Te veel werk."}, by=elders["leider"])
    with unchanged(), pytest.raises(NotAllowed, match="Leider Verzonnen weigerde dit voorstel op"):
        accept_overdracht(offer, {"eigenaar": elders["tom"]}, by=elders["tweede"])
    with unchanged(), pytest.raises(NotAllowed, match="Leider Verzonnen weigerde dit voorstel op"):
        withdraw_overdracht(dossier, {"reden": "x"}, by=assistent)
    assert answer_of(fresh(offer)).startswith("Leider Verzonnen weigerde")


def test_there_is_nothing_to_withdraw_before_somebody_was_asked(dossier, assistent, unchanged):
    with unchanged(), pytest.raises(NotAllowed, match="Er is geen voorstel"):
        withdraw_overdracht(dossier, {"reden": "x"}, by=assistent)


@pytest.mark.both
def test_the_database_lets_no_second_offer_wait(dossier, assistent, collega):
    facts = {
        "dossier": dossier,
        "van": assistent,
        "van_team": dossier.team,
        "naar": collega,
        "reden": "x",
        "created_by": assistent,
    }
    Overdracht.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Overdracht.objects.create(**facts)


def test_who_moved_to_another_house_neither_reads_nor_answers_the_offer(
    dossier, assistent, collega, vreemde, unchanged
):
    offer = make_overdracht(dossier, collega, by=assistent)
    assert list(open_offers_for(collega)) == [offer]
    collega.team = vreemde.team
    collega.save()
    with unchanged():
        assert list(open_offers_for(collega)) == []
        with pytest.raises(NotAllowed):
            accept_overdracht(offer, {}, by=collega)
        with pytest.raises(NotAllowed):
            refuse_overdracht(offer, {"reden": "Nee."}, by=collega)
