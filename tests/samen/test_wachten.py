"""Nobody waits for ever: a request gives up after a while, its act is tried once more, and then a page says so that
holds what was typed. Commands do not give up.

Settings: `WACHT_SECONDEN`, how long a request waits for somebody else's lock (on SQLite: for its turn to write), and
`VRAAG_SECONDEN`, how long one of its questions to the database may take.
"""

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections

from dossiers.audit import verify
from dossiers.models import Dossier, Ketting, Notitie
from tests.samen.browser import Browser, text_of
from tests.samen.sloten import PATIENCE, holding, until, waiting_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]

DEFAULTS = [getattr(django_settings, name, None) for name in ("WACHT_SECONDEN", "VRAAG_SECONDEN")]
TEXT = "Gebeld met oma: Lina slaapt goed, en Milan ook."


@pytest.fixture
def impatient(settings):
    """Requests that give up after a second."""
    settings.WACHT_SECONDEN = 1


@pytest.fixture
def screen(base, assistent):
    """The form for a note, open before anybody is in the way."""
    return Browser(assistent).open(f"{base}voortgang/", "Noteren")


def note(screen):
    return lambda: screen.send(soort="telefoon", tekst=TEXT)


def check_told(answer):
    """A page in Dutch that says it was not saved, with what was typed."""
    page = text_of(answer)
    assert answer.status_code == 503
    assert '<html lang="nl' in page
    assert "bewaard" in page
    assert TEXT in page
    assert not Notitie.objects.filter(tekst=TEXT).exists()
    assert verify()[2] == ""


def test_a_request_waits_five_seconds_and_asks_for_fifteen_unless_the_house_says_otherwise():
    assert DEFAULTS == [5, 15]


@pytest.mark.parametrize("held", [Dossier, Ketting])
def test_a_save_that_waits_too_long_is_told_and_its_text_is_on_the_page(impatient, screen, held, broken):
    """Held before the act, the dossier; held before the door, the head of its chain. One button sends it again."""
    with holding(held) as other:
        answer = other.meanwhile(note(screen)).result(PATIENCE)
    check_told(answer)
    assert screen.again(answer, "Opnieuw versturen").send().status_code == 302
    assert Notitie.objects.filter(tekst=TEXT).count() == 1
    assert broken == []


def test_a_question_that_takes_too_long_is_told_as_well(postgresql, impatient, settings, screen, broken):
    settings.WACHT_SECONDEN, settings.VRAAG_SECONDEN = 60, 1
    with holding(Dossier) as other:
        answer = other.meanwhile(note(screen)).result(PATIENCE)
    check_told(answer)
    assert broken == []


def test_a_page_that_waits_too_long_is_told(impatient, base, dossier, assistent, broken):
    browser = Browser(assistent)
    with holding(Ketting) as other:
        answer = other.meanwhile(lambda: browser.get(base)).result(PATIENCE)
    assert answer.status_code == 503
    assert '<html lang="nl' in text_of(answer)
    assert broken == []


def test_let_go_in_time_for_the_second_try_it_is_saved_once(postgresql, impatient, screen, broken):
    with holding(Dossier) as other:
        save = other.meanwhile(note(screen))
        first = until(lambda: waiting_for(other.pid))
        until(lambda: waiting_for(other.pid).items() - first.items() or save.done())
        other.let_go()
        assert save.result(PATIENCE).status_code == 302
    assert broken == []
    assert Notitie.objects.filter(tekst=TEXT).count() == 1
    assert verify()[2] == ""


def limits():
    """What PostgreSQL holds a new connection to."""
    connections.close_all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
        return cursor.fetchone()


def test_a_command_may_take_its_time(postgresql, base, dossier, assistent):
    """Also in a process that served a page before: a limit belongs to a request."""
    assert limits() == ("0", "0")
    assert Browser(assistent).get(base).status_code == 200
    assert limits() == ("0", "0")
