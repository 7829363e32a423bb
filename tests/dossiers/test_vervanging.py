"""Leave: a stand-in over all dossiers for a period, told per dossier where it cannot be, and gone on the day after."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import Rol, Teamverantwoordelijkheid
from accounts.rules import NotAllowed
from dossiers.access import vervangingen_of, visible_to
from dossiers.actions import close_dossier, reopen_dossier, stop_row
from dossiers.actions.opdracht import add_deelname, add_uitsluiting
from dossiers.actions.overdracht import accept_overdracht
from dossiers.actions.vervanging import complete_vervanging, stop_vervanging
from dossiers.audit import verify
from dossiers.models import Deelname, Dossier, Gebeurtenis, Notitie, Soort, Vervanging
from dossiers.rules import check_can_manage_open, check_can_write
from dossiers.vervangingsregels import NOT_YET, gaps_of
from tests import factories
from tests.factories import make_dossier, make_overdracht, make_vervanging

UNREAL = "b6b5b1f5-5c0f-4f7e-9d0a-0a6f0f3c0801"


@pytest.fixture
def drie(assistent):
    """Three open dossiers of the assistant."""
    return [make_dossier(assistent, voornaam=name) for name in ("Wesley", "Bart", "Nadia")]


def at(days):
    return clock.set_to(clock.now() + timedelta(days=days))


def sees(user):
    return set(visible_to(user))


def show(days):
    return f"{clock.today() + timedelta(days=days):%d/%m/%Y}"


def text(response):
    return response.content.decode()


# Arranging


def test_a_stand_in_works_in_all_dossiers_in_those_days_and_not_on_the_day_after(drie, assistent, collega):
    make_vervanging(assistent, collega, by=assistent, start=2, end=9)
    assert sees(collega) == set()
    for days, seen in ((1, False), (2, True), (9, True), (10, False)):
        with at(days):
            assert sees(collega) == (set(drie) if seen else set()), days
    with at(5):
        check_can_write(collega, Dossier.objects.get(pk=drie[0].pk))
        with pytest.raises(NotAllowed):
            check_can_manage_open(collega, Dossier.objects.get(pk=drie[0].pk))
        assert sees(assistent) == set(drie)


def test_it_stands_in_each_journal_and_in_the_record_of_each_dossier_and_of_who_arranged_it(drie, assistent, collega):
    row = make_vervanging(assistent, collega, by=assistent, reden="verlof")
    for dossier in drie:
        line = Notitie.objects.filter(dossier=dossier).order_by("-pk").first().tekst
        assert line.startswith("Deelname toegevoegd: Collega Verzonnen (vervanging")
        assert "verlof" not in line
        entry = Gebeurtenis.objects.filter(dossier=dossier).order_by("-pk").first()
        assert (entry.soort, entry.model, entry.created_by) == (Soort.GEMAAKT, "deelname", assistent)
    own = Gebeurtenis.objects.get(model="vervanging")
    assert (own.ketting.naam, own.sleutel) == (f"gebruiker/{assistent.pk}", str(row.sleutel))
    assert verify()[2] == ""


def test_the_teamverantwoordelijke_arranges_it_for_who_is_ill(drie, assistent, collega, teamverantwoordelijke):
    row = make_vervanging(assistent, collega, by=teamverantwoordelijke)
    assert (row.created_by, sees(collega)) == (teamverantwoordelijke, set(drie))


@pytest.mark.parametrize("who", ["collega", "vreemde", "toezichthouder", "beheerder", "anders", "vroeger"])
def test_nobody_else_arranges_it(request, drie, assistent, collega, ander_team, team, unchanged, who):
    if who == "anders":
        user = factories.make_leader("anders", ander_team)
    elif who == "vroeger":
        day = clock.today() - timedelta(days=1)
        user = factories.make_leader("vroeger", team, van=day, tot=day)
    else:
        user = request.getfixturevalue(who)
    deelnemer = factories.make_user("inval", team=team)
    with unchanged(), pytest.raises(NotAllowed, match="voor jezelf, of voor iemand van het team"):
        make_vervanging(assistent, deelnemer, by=user)


def test_a_stand_in_is_an_active_colleague_of_the_house(drie, assistent, collega, vreemde, huis, unchanged):
    gone = factories.make_user("weg", team=collega.team, is_active=False)
    keeper = factories.make_user("houdt", rol=Rol.TOEZICHTHOUDER, huis=huis)
    for door, sentence in (
        (assistent, "Kies iemand anders dan wie afwezig is"),
        (gone, "uitgeschakeld"),
        (vreemde, "werkt niet op dossiers van dit justitiehuis"),
        (keeper, "werkt niet op dossiers van dit justitiehuis"),
    ):
        with unchanged(), pytest.raises(NotAllowed, match=sentence):
            make_vervanging(assistent, door, by=assistent)


def test_a_period_begins_today_or_later_in_order_one_at_a_time(drie, assistent, collega, deelnemer, unchanged):
    for start, end, sentence in ((-1, 5, "ten vroegste vandaag"), (5, 4, "einddatum ligt voor")):
        with unchanged(), pytest.raises(NotAllowed, match=sentence):
            make_vervanging(assistent, collega, by=assistent, start=start, end=end)
    make_vervanging(assistent, collega, by=assistent, start=0, end=7)
    with unchanged(), pytest.raises(NotAllowed, match="Collega Verzonnen vervangt Assistent Verzonnen al"):
        make_vervanging(assistent, deelnemer, by=assistent, start=7, end=9)
    assert make_vervanging(assistent, deelnemer, by=assistent, start=8, end=9)


# Where it cannot be done


def test_a_dossier_from_which_the_stand_in_is_kept_out_is_reported_and_the_others_go_on(drie, assistent, collega):
    add_uitsluiting(drie[1], {"gebruiker": collega, "reden": "Kent de moeder."}, by=assistent)
    row = make_vervanging(assistent, collega, by=assistent)
    assert sees(collega) == {drie[0], drie[2]}
    assert gaps_of([row]) == [(row, drie[1].pk, "Collega Verzonnen is uitgesloten van dit dossier.")]
    assert complete_vervanging(row, by=assistent) == 0


def test_who_is_kept_out_later_is_reported_too(drie, assistent, collega):
    row = make_vervanging(assistent, collega, by=assistent)
    assert gaps_of([row]) == []
    add_uitsluiting(drie[2], {"gebruiker": collega, "reden": "Kent de moeder."}, by=assistent)
    assert [pk for _, pk, _ in gaps_of([row])] == [drie[2].pk]


def test_a_closed_dossier_is_left_alone_and_covered_when_it_opens_again(drie, assistent, collega):
    close_dossier(drie[0], {"reden": "Klaar."}, by=assistent)
    row = make_vervanging(assistent, collega, by=assistent)
    assert (sees(collega), gaps_of([row])) == ({drie[1], drie[2]}, [])
    reopen_dossier(drie[0], {"reden": "Toch."}, by=assistent)
    assert sees(collega) == set(drie)
    close_dossier(drie[0], {"reden": "Klaar."}, by=assistent)
    reopen_dossier(drie[0], {"reden": "Toch."}, by=assistent)
    assert Deelname.objects.filter(dossier=drie[0]).count() == 1


def test_who_works_along_already_stands_in_besides_and_keeps_the_first_when_it_ends(drie, assistent, collega):
    period = {"soort": "meewerken", "van": clock.today(), "tot": clock.today() + timedelta(days=99)}
    add_deelname(drie[0], {"gebruiker": collega} | period, by=assistent)
    row = make_vervanging(assistent, collega, by=assistent)
    assert gaps_of([row]) == []
    stop_vervanging(row, {"reden": "Terug."}, by=assistent)
    assert sees(collega) == {drie[0]}


def test_a_teamverantwoordelijke_arranges_what_she_may_and_the_rest_is_reported_without_a_name(
    drie, assistent, collega, ander_team, teamverantwoordelijke, client_for
):
    """The dossier stayed with the team in which the assistant worked before."""
    Dossier.objects.filter(pk=drie[1].pk).update(team=ander_team)
    row = make_vervanging(assistent, collega, by=teamverantwoordelijke)
    assert sees(collega) == {drie[0], drie[2]}
    assert gaps_of([row]) == [(row, drie[1].pk, NOT_YET)]
    hers = text(client_for(teamverantwoordelijke).get("/vervanging/"))
    assert "Eén dossier dat jij niet ziet." in hers
    assert "Bart" not in hers
    assert "Ook daar regelen" not in hers
    own = text(client_for(assistent).get("/vervanging/"))
    assert "Bart Peeters" in own
    client_for(assistent).post(f"/vervanging/{row.sleutel}/aanvullen/")
    assert sees(collega) == set(drie)


def test_access_that_the_owner_stopped_in_one_dossier_is_reported_and_stays_stopped(drie, assistent, collega):
    row = make_vervanging(assistent, collega, by=assistent)
    deelname = Deelname.objects.get(dossier=drie[0])
    stop_row(deelname, {"datum": clock.today(), "reden": "Liever niet."}, by=assistent, check=check_can_manage_open)
    assert gaps_of([row]) == [(row, drie[0].pk, f"De toegang van Collega Verzonnen is hier gestopt op {show(0)}.")]
    assert complete_vervanging(row, by=assistent) == 0
    assert sees(collega) == {drie[1], drie[2]}


# What comes meanwhile


def test_a_dossier_opened_meanwhile_is_covered(assistent, collega):
    row = make_vervanging(assistent, collega, by=assistent)
    new = make_dossier(assistent)
    assert (sees(collega), gaps_of([row])) == ({new}, [])


def test_a_dossier_taken_over_meanwhile_is_covered(assistent, collega, deelnemer, dossier):
    row = make_vervanging(collega, deelnemer, by=collega)
    other = make_dossier(assistent, voornaam="Bart")
    accept_overdracht(make_overdracht(other, collega, by=assistent), {}, by=collega)
    assert other in sees(deelnemer)
    assert gaps_of([row]) == []


def test_who_handed_it_over_does_not_come_back_as_the_stand_in_of_who_took_it(assistent, collega):
    row = make_vervanging(collega, assistent, by=collega)
    dossier = make_dossier(assistent)
    accept_overdracht(make_overdracht(dossier, collega, by=assistent), {}, by=collega)
    assert sees(assistent) == set()
    assert gaps_of([row]) == [(row, dossier.pk, NOT_YET)]
    assert complete_vervanging(row, by=collega) == 1
    assert sees(assistent) == {dossier}


def test_who_stood_in_for_the_former_owner_does_not_stay_after_a_transfer(drie, assistent, collega, team):
    make_vervanging(assistent, collega, by=assistent)
    other = factories.make_user("ander", team=team)
    accept_overdracht(make_overdracht(drie[0], other, by=assistent), {}, by=other)
    assert sees(collega) == {drie[1], drie[2]}


# Ending


@pytest.mark.parametrize("who", ["assistent", "teamverantwoordelijke"])
def test_back_sooner_the_access_ends_today_everywhere(request, drie, assistent, collega, ander_team, who):
    """Also in a dossier that is closed, and in one that whoever ends it does not see."""
    row = make_vervanging(assistent, collega, by=assistent)
    Dossier.objects.filter(pk=drie[1].pk).update(team=ander_team)
    close_dossier(drie[2], {"reden": "Klaar."}, by=assistent)
    stop_vervanging(row, {"reden": "Terug."}, by=request.getfixturevalue(who))
    assert sees(collega) == set()
    assert not Deelname.objects.filter(gestopt_op=None).exists()
    assert list(vervangingen_of(assistent)) == []
    assert verify()[2] == ""


def test_nobody_else_ends_it_and_what_is_over_is_not_ended_again(drie, assistent, collega, vreemde, unchanged):
    row = make_vervanging(assistent, collega, by=assistent, end=3)
    for act in (lambda user: stop_vervanging(row, {"reden": "x"}, by=user), lambda u: complete_vervanging(row, by=u)):
        for user in (collega, vreemde):
            with unchanged(), pytest.raises(NotAllowed, match="voor jezelf"):
                act(user)
        with at(4), unchanged(), pytest.raises(NotAllowed, match="al voorbij"):
            act(assistent)
    stop_vervanging(row, {"reden": "Terug."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="al voorbij"):
        stop_vervanging(row, {"reden": "Terug."}, by=assistent)


# The page


@pytest.fixture
def send(get_post):
    def arrange(user, **data):
        return get_post(user, "/vervanging/", data)

    return arrange


def test_an_assistant_arranges_for_herself_only(drie, send, assistent, collega, client_for):
    form = client_for(assistent).get("/vervanging/").context["form"]
    assert form["voor"].is_hidden
    response = send(assistent, door=collega.sleutel, tot=show(10), reden="verlof")
    assert response.status_code == 302
    html = text(client_for(assistent).get("/vervanging/"))
    assert "Collega Verzonnen vervangt jou" in html
    assert "in 3 dossiers." in html
    assert "Voor wie jij inspringt" in text(client_for(collega).get("/vervanging/"))


def test_a_forged_colleague_is_refused(drie, send, assistent, collega, vreemde, unchanged):
    with unchanged():
        response = send(assistent, voor=collega.sleutel, door=assistent.sleutel, tot=show(10))
        assert "voor" in response.context["form"].errors
        response = send(assistent, door=vreemde.sleutel, tot=show(10))
        assert "door" in response.context["form"].errors


def test_nobody_is_offered_herself_and_a_form_that_was_open_says_why_not(
    drie, send, assistent, collega, team, teamverantwoordelijke, client_for, unchanged
):
    gone = factories.make_user("weg", team=team, is_active=False)

    def offered(user):
        choices = client_for(user).get("/vervanging/").context["form"].fields["door"].choices
        return {value for value, _ in choices}

    assert not {str(assistent.sleutel), str(gone.sleutel)} & offered(assistent)
    assert {str(teamverantwoordelijke.sleutel), str(collega.sleutel)} <= offered(teamverantwoordelijke)
    with unchanged():
        response = send(assistent, door=gone.sleutel, tot=show(10))
    assert response.status_code == 403
    assert "Het account van Weg Verzonnen is uitgeschakeld. Kies iemand anders." in text(response)
    with unchanged():
        response = send(assistent, door=UNREAL, tot=show(10))
    assert response.context["form"].errors["door"] == ["Deze keuze kan niet meer. Kies opnieuw."]


def test_a_teamverantwoordelijke_chooses_among_the_people_of_the_teams_she_leads_today(
    drie, send, assistent, collega, teamverantwoordelijke, ander_team, client_for
):
    factories.make_user("elders", team=ander_team)
    choices = client_for(teamverantwoordelijke).get("/vervanging/").context["form"].fields["voor"].choices
    assert {label for _, label in choices} == {
        "Kies …", "Teamverantwoordelijke Verzonnen", "Assistent Verzonnen", "Collega Verzonnen",
    }  # fmt: skip
    assert send(teamverantwoordelijke, voor=assistent.sleutel, door=collega.sleutel, tot=show(3)).status_code == 302
    Teamverantwoordelijkheid.objects.update(van="2020-01-01", tot="2020-12-31")
    page = client_for(teamverantwoordelijke).get("/vervanging/")
    assert page.context["form"]["voor"].is_hidden
    assert "vervangt Assistent Verzonnen" not in text(page)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "door"),
        ({"door": "collega"}, "tot"),
        ({"door": "assistent", "tot": 5}, "door"),
        ({"door": "collega", "van": -1, "tot": 5}, "van"),
        ({"door": "collega", "van": 5, "tot": 4}, "tot"),
        ({"door": "collega", "tot": 5, "reden": "x" * 301}, "reden"),
    ],
)
def test_a_form_that_makes_no_sense_is_refused(request, drie, send, assistent, collega, unchanged, data, field):
    sent = {name: show(value) if isinstance(value, int) else value for name, value in data.items()}
    if "door" in sent:
        sent["door"] = request.getfixturevalue(sent["door"]).sleutel
    with unchanged():
        response = send(assistent, **sent)
    assert response.status_code == 200
    assert field in response.context["form"].errors


def test_the_report_says_why_and_leads_to_somebody_else(drie, send, assistent, collega, client_for):
    add_uitsluiting(drie[1], {"gebruiker": collega, "reden": "Kent de moeder."}, by=assistent)
    send(assistent, door=collega.sleutel, tot=show(10))
    html = text(client_for(assistent).get("/vervanging/"))
    assert "in 2 dossiers." in html
    assert "Bart Peeters</a>: Collega Verzonnen is uitgesloten van dit dossier." in html
    assert f"/dossiers/{drie[1].kenmerk}/deelnames/" in html
    assert "Kent de moeder" not in html
    assert "Ook daar regelen" not in html


def test_a_stand_in_who_was_switched_off_is_told(drie, assistent, collega, client_for):
    make_vervanging(assistent, collega, by=assistent)
    collega.is_active = False
    collega.save()
    assert "Het account van Collega Verzonnen is uitgeschakeld." in text(client_for(assistent).get("/vervanging/"))


@pytest.mark.parametrize("who", ["collega", "vreemde", "toezichthouder", "beheerder"])
def test_for_anybody_else_a_stand_in_that_exists_and_one_that_does_not_are_the_same(
    request, drie, assistent, team, client_for, unchanged, who
):
    row = make_vervanging(assistent, factories.make_user("inval", team=team), by=assistent)
    client = client_for(request.getfixturevalue(who))
    with unchanged():
        for end in ("stoppen", "aanvullen"):
            for sleutel in (row.sleutel, UNREAL):
                assert client.post(f"/vervanging/{sleutel}/{end}/", {"reden": "x"}).status_code == 404


def test_ending_it_on_the_page_needs_a_reason(drie, assistent, collega, get_post, client_for, unchanged):
    row = make_vervanging(assistent, collega, by=assistent)
    place = f"/vervanging/{row.sleutel}/stoppen/"
    with unchanged():
        assert "Nog niet gestopt" in text(get_post(assistent, place, {}))
    assert get_post(assistent, place, {"reden": "Terug."}).status_code == 302
    assert client_for(assistent).get(place).status_code == 404
    assert Vervanging.objects.get().gestopt_reden == "Terug."


@pytest.mark.both
def test_the_page_costs_as_many_queries_with_ten_people_away_as_with_two(team, teamverantwoordelijke, client_for):
    """Each has dossiers of her own, one of which her stand-in may not see."""
    client, door = client_for(teamverantwoordelijke), factories.make_user("inval", team=team)

    def away(number):
        user = factories.make_user(f"weg{number}", team=team)
        kept_out, _ = make_dossier(user), make_dossier(user)
        add_uitsluiting(kept_out, {"gebruiker": door, "reden": "x"}, by=user)
        make_vervanging(user, door, by=user)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/vervanging/").status_code == 200
        return len(queries)

    for number in range(2):
        away(number)
    cost()
    few = cost()
    for number in range(2, 10):
        away(number)
    assert cost() == few
