"""Who stands in is there herself: no circle, and what comes to clash later is told to who can do something about it."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions.vervanging import stop_vervanging
from dossiers.models import Vervanging
from dossiers.vervangingsregels import clashes_of
from tests import factories
from tests.factories import make_dossier, make_vervanging


@pytest.fixture
def derde(team):
    return factories.make_user("derde", team=team)


def show(days):
    return f"{clock.today() + timedelta(days=days):%d/%m/%Y}"


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(("start", "end", "free"), [(0, 9, False), (5, 5, False), (8, 12, False), (9, 12, True)])
def test_who_is_away_herself_does_not_stand_in(assistent, collega, derde, unchanged, start, end, free):
    make_vervanging(collega, derde, by=collega, start=5, end=8)
    if free:
        assert make_vervanging(assistent, collega, by=assistent, start=start, end=end)
        return
    sentence = f"Collega Verzonnen wordt zelf vervangen door Derde Verzonnen van {show(5)} tot en met {show(8)}"
    with unchanged(), pytest.raises(NotAllowed, match=sentence):
        make_vervanging(assistent, collega, by=assistent, start=start, end=end)


def test_a_circle_does_not_close(assistent, collega, derde, unchanged):
    make_vervanging(derde, assistent, by=derde)
    with unchanged(), pytest.raises(NotAllowed, match="wordt zelf vervangen door"):
        make_vervanging(collega, derde, by=collega)
    with unchanged(), pytest.raises(NotAllowed, match="wordt zelf vervangen door"):
        make_vervanging(assistent, derde, by=assistent)


def test_who_is_back_sooner_stands_in_again(assistent, collega, derde):
    row = make_vervanging(collega, derde, by=collega)
    stop_vervanging(row, {"reden": "Terug."}, by=collega)
    assert make_vervanging(assistent, collega, by=assistent)


def test_the_page_says_who_and_when(assistent, collega, derde, get_post, unchanged):
    make_vervanging(collega, derde, by=collega, start=2, end=3)
    with unchanged():
        response = get_post(assistent, "/vervanging/", {"door": collega.sleutel, "tot": show(10)})
    assert response.status_code == 403
    assert f"wordt zelf vervangen door Derde Verzonnen van {show(2)} tot en met {show(3)}." in text(response)


def test_a_stand_in_who_falls_ill_is_covered_and_the_teamverantwoordelijke_reads_what_to_arrange(
    assistent, collega, derde, teamverantwoordelijke, get_post, client_for
):
    make_dossier(assistent)
    make_vervanging(assistent, collega, by=assistent, start=0, end=8)
    ill = {"voor": collega.sleutel, "door": derde.sleutel, "tot": show(4)}
    response = get_post(teamverantwoordelijke, "/vervanging/", ill)
    assert response.status_code == 302
    assert Vervanging.objects.filter(voor=collega).exists()
    html = text(client_for(teamverantwoordelijke).get("/vervanging/"))
    days = f"van {show(0)} tot en met {show(8)}"
    assert f"Collega Verzonnen vervangt zelf Assistent Verzonnen {days}: regel daar iemand anders." in html
    assert f"Collega Verzonnen is zelf afwezig van {show(0)} tot en met {show(4)}. Stop deze vervanging" in html


def test_each_reads_what_she_can_do_about_it(assistent, collega, derde):
    first = make_vervanging(assistent, collega, by=assistent)
    second = make_vervanging(collega, derde, by=collega)
    assert "is zelf afwezig" in clashes_of([first])[first.pk][0]
    told = clashes_of([second])[second.pk]
    assert len(told) == 1
    assert "vraag Assistent Verzonnen of de teamverantwoordelijke om daar iemand anders te regelen." in told[0]


def test_other_days_do_not_clash(assistent, collega, derde):
    rows = [make_vervanging(assistent, collega, by=assistent, start=0, end=4)]
    rows.append(make_vervanging(collega, derde, by=collega, start=5, end=9))
    assert clashes_of(rows) == {row.pk: [] for row in rows}
