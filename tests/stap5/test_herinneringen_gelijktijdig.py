"""Reminders with real connections: two runs at once, and what stands in the database while a mail is on its way."""

from datetime import timedelta
from functools import partial
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection, connections

from accounts import clock
from accounts.models import Agenda, Gebruiker
from dossiers.audit import verify
from dossiers.models import Gebeurtenis
from stap5.actions.herinnering import claim_reminder, create_agenda
from stap5.agenda import digest_token
from tests.stap5.post import make_busy, open_postbus

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture
def postbus(settings):
    with open_postbus(settings) as postbus:
        yield postbus


def together(number, act):
    """Run `act` in as many threads, all starting at the same moment: what each returned."""
    barrier, results = Barrier(number), []

    def run():
        try:
            barrier.wait(timeout=10)
            results.append(act())
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_two_runs_at_once_send_everybody_one_mail(team, postbus):
    users = [make_busy(f"lid{number}", team) for number in range(6)]
    both, first = Barrier(2), iter(range(2))

    def wait_for_the_other(address):
        """The first mail of each run leaves when both have one: they do run at once."""
        if next(first, None) is not None:
            both.wait(timeout=30)

    postbus.at_mail = wait_for_the_other
    assert len(together(2, lambda: call_command("send_herinneringen"))) == 2
    assert postbus.addresses == sorted(user.email for user in users)
    assert Gebeurtenis.objects.filter(tekst="herinnering per e-mail").count() == len(users)
    assert verify()[2] == ""


def test_of_many_claims_at_once_one_is_ours(team):
    user = make_busy("an", team)
    for days in range(5):
        day = clock.today() + timedelta(days=days)
        results = together(6, partial(claim_reminder, user, day))
        assert sorted(results) == [False] * 5 + [True]
    assert verify()[2] == ""


def test_the_claim_is_committed_before_the_mail_leaves_and_nothing_is_locked_meanwhile(team, postbus):
    """Seen by another connection, which can write to the same row while the mail server takes its time."""
    user, seen = make_busy("an", team), []

    def look(address):
        try:
            seen.append((Gebruiker.objects.get(email=address).herinnerd_op, address))
            Gebruiker.objects.filter(email=address).update(first_name="Anders")
            seen.append(Gebeurtenis.objects.filter(created_by=user, tekst="herinnering per e-mail").count())
        finally:
            connection.close()

    postbus.at_mail = look
    call_command("send_herinneringen")
    assert seen == [(clock.today(), user.email), 1]
    assert Gebruiker.objects.get(pk=user.pk).first_name == "Anders"


def test_of_addresses_made_at_once_one_works(assistent):
    tokens = together(4, lambda: create_agenda(by=Gebruiker.objects.get(pk=assistent.pk)))
    assert len(set(tokens)) == 4
    assert Agenda.objects.get().token_digest in [digest_token(token) for token in tokens]
    assert Gebeurtenis.objects.filter(tekst="adres van de agenda").count() == 4
    assert verify()[2] == ""
