"""The worklist of who stands in: she is told from the moment it is arranged, and finds those dossiers together."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from dossiers.actions.opdracht import add_deelname
from dossiers.actions.vervanging import stop_vervanging
from stap5 import actions
from stap5.access import waiting_for
from stap5.models import Afspraak
from tests import factories
from tests.factories import make_dossier, make_vervanging


def at(days):
    return clock.set_to(clock.now() + timedelta(days=days))


def show(days):
    return f"{clock.today() + timedelta(days=days):%d/%m/%Y}"


def text(response):
    return response.content.decode()


@pytest.fixture
def twee(assistent):
    """Two dossiers of the assistant; in the first an agreement is to be looked at today."""
    asks, rests = make_dossier(assistent, voornaam="Wesley"), make_dossier(assistent, voornaam="Bart")
    plan = actions.start_plan(asks, by=assistent)
    person = factories.make_person(asks, "Lina", "kind", by=assistent)
    due = {"wat": "Oma belt.", "wie": [person], "volgende_controle": clock.today(), "lezers": []}
    actions.add_item(Afspraak, plan, due, by=assistent)
    return asks, rests


def home(client_for, user):
    return client_for(user).get("/")


def test_she_is_told_from_the_moment_it_is_arranged_until_it_ends(twee, assistent, collega, client_for):
    row = make_vervanging(assistent, collega, by=assistent, start=3, end=8)
    told = f"Je vervangt Assistent Verzonnen van {show(3)} tot en met {show(8)}, in 2 dossiers"
    for days, expected in ((0, True), (3, True), (8, True), (9, False)):
        with at(days):
            assert (told in text(home(client_for, collega))) is expected, days
    assert "Je vervangt" not in text(home(client_for, assistent))
    stop_vervanging(row, {"reden": "Toch niet."}, by=assistent)
    assert "Je vervangt" not in text(home(client_for, collega))


def test_one_dossier_is_one_dossier(assistent, collega, client_for):
    make_dossier(assistent)
    make_vervanging(assistent, collega, by=assistent)
    assert "in 1 dossier<" in text(home(client_for, collega))


def test_the_dossiers_of_who_is_away_stand_together_and_apart_from_her_own(twee, assistent, collega, client_for):
    own = make_dossier(collega, voornaam="Nadia")
    asks, rests = twee
    make_vervanging(assistent, collega, by=assistent, start=0, end=8)
    client_for(collega).get(f"/dossiers/{rests.kenmerk}/voortgang/")  # nothing in it is new to her any more
    page = home(client_for, collega)
    [(row, groep)] = page.context["groepen"]
    assert (groep["vragend"], groep["rustig"]) == ([asks], [rests])
    assert page.context["vragend"] + page.context["rustig"] == [own]
    html = text(page)
    assert f">Voor Assistent Verzonnen, tot en met {show(8)}</h2>" in html
    assert f'<h3 id="d-{asks.kenmerk}">' in html
    assert f'href="#v-{row.sleutel}"' in html


def test_before_it_begins_there_is_no_group(twee, assistent, collega, client_for):
    make_vervanging(assistent, collega, by=assistent, start=3, end=8)
    page = home(client_for, collega)
    assert page.context["groepen"] == []
    assert 'href="/vervanging/">Je vervangt' in text(page)


def test_what_she_works_on_along_with_somebody_who_is_there_stays_among_her_own(
    twee, assistent, collega, team, client_for
):
    other = factories.make_user("ander", team=team)
    shared = make_dossier(other, voornaam="Tom")
    period = {"soort": "meewerken", "van": clock.today(), "tot": clock.today() + timedelta(days=9)}
    add_deelname(shared, {"gebruiker": collega} | period, by=other)
    make_vervanging(assistent, collega, by=assistent)
    context = home(client_for, collega).context
    assert context["vragend"] + context["rustig"] == [shared]


def test_who_only_stands_in_is_not_told_that_there_are_no_dossiers(twee, assistent, collega, client_for):
    make_vervanging(assistent, collega, by=assistent)
    html = text(home(client_for, collega))
    assert "Nog geen dossiers" not in html
    assert "Snel noteren" in html


def test_who_moved_to_another_house_is_told_nothing(twee, assistent, collega, ander_huis, client_for):
    make_vervanging(assistent, collega, by=assistent)
    collega.team = factories.make_team(ander_huis, "Team Elders")
    collega.save()
    assert "Je vervangt" not in text(home(client_for, collega))


def test_it_is_no_reminder_every_day(twee, assistent, collega):
    make_vervanging(assistent, collega, by=assistent)
    assert [rows for rows in waiting_for(collega).values() if rows] == []


@pytest.mark.both
def test_standing_in_for_three_costs_as_much_as_for_one(assistent, collega, team, client_for):
    client = client_for(collega)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    def one_more(user):
        make_dossier(user)
        make_vervanging(user, collega, by=user)

    one_more(assistent)
    cost()
    few = cost()
    for name in ("eerste", "tweede"):
        one_more(factories.make_user(name, team=team))
    assert cost() == few
