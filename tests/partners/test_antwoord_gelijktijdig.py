"""Several browsers with one link at the same moment, with real threads and connections."""

from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client

from dossiers.audit import verify
from dossiers.models import Gebeurtenis
from partners.models import Antwoordlink, Doorverwijzingstap
from tests.partners.antwoorden import enter, make_link, make_sent, say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def together(acts):
    """Run each act in its own thread, all starting at the same moment: what each returned."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            barrier.wait(timeout=10)
            results[number] = act()
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.fixture
def row(dossier, gezin, assistent):
    return make_sent(dossier, gezin, by=assistent)


@pytest.fixture
def made(row, assistent):
    return make_link(row, by=assistent)


def test_wrong_codes_in_many_tabs_at_once_are_five_and_no_more(made):
    token, code, _ = made
    answers = together([lambda: enter(token, "AAAA AAAA", Client()).status_code] * 8)
    assert sorted(answers) == [200] * 4 + [404] * 4
    assert Antwoordlink.objects.get().tries == 5
    assert Gebeurtenis.objects.filter(tekst__contains="foute code").count() == 5
    assert enter(token, code, Client()).status_code == 404
    assert verify()[2] == ""


def test_two_answers_at_once_are_one_step(row, made):
    token, code, _ = made
    one, other = Client(), Client()
    for client in (one, other):
        enter(token, code, client)
    answers = together([lambda: say(one, "aanvaarden"), lambda: say(other, "weigeren", "Geen plaats.")])
    assert {answer.status_code for answer in answers} - {302} <= {404, 409}
    assert [answer.status_code for answer in answers].count(302) == 1
    assert Doorverwijzingstap.objects.exclude(door="").count() == 1
    assert verify()[2] == ""


def test_asking_anew_in_two_tabs_renews_once(made):
    token, _, link = made
    Antwoordlink.objects.update(expires_at=link.created_at)
    together([lambda: Client().post(f"/antwoord/{token}/vernieuwen/")] * 3)
    assert Antwoordlink.objects.get().renewals == 1


def test_two_links_made_at_once_leave_one_that_runs(row, assistent):
    together([lambda: make_link(row, by=assistent)] * 3)
    assert Antwoordlink.objects.lopend().count() == 1
    assert Antwoordlink.objects.count() == 3
