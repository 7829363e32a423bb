"""The own calendar: which days stand in it, at which address, how long that lives, and that it names nobody."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from accounts import clock
from accounts.models import Agenda, Gebruiker, Rol
from dossiers.actions.opdracht import add_uitsluiting
from dossiers.audit import verify
from dossiers.models import Gebeurtenis
from stap5 import actions
from stap5.actions.herinnering import create_agenda
from stap5.agenda import digest_token
from stap5.punten import PUNTSOORTEN
from tests import factories
from tests.stap5.post import add_due
from tests.stap5.test_herinneringen import secrets_of

DAY = timedelta(days=1)
USED = "agenda, op het eigen adres"


def fetch(token, client=None, method="get"):
    """As a calendar does: without signing in."""
    return getattr(client or Client(), method)(f"/agenda/{token}.ics")


def events(token):
    """[(day, title, UID)] in the calendar at this address."""
    found = Calendar.from_ical(fetch(token).content).walk("VEVENT")
    return [(event["DTSTART"].dt, str(event["SUMMARY"]), str(event["UID"])) for event in found]


def titles(token):
    return [(day, title) for day, title, _ in events(token)]


@pytest.fixture
def token(assistent):
    return create_agenda(by=assistent)


def entries(text):
    return Gebeurtenis.objects.filter(tekst=text)


# What stands in it


def test_a_day_that_asks_something_is_an_event_for_the_whole_day_without_more(dossier, assistent, token):
    day = clock.today() + 20 * DAY
    add_due(dossier, by=assistent, dag=day)
    response = fetch(token)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    (event,) = [found for found in Calendar.from_ical(response.content).walk("VEVENT") if found["DTSTART"].dt == day]
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "CLASS", "TRANSP"}
    assert (event["SUMMARY"], event["CLASS"], event["TRANSP"]) == ("Een afspraak nakijken", "PRIVATE", "TRANSPARENT")
    text = response.content.decode()
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\n" in text
    assert "X-WR-CALNAME:Stap 5\r\n" in text
    for line in ("PRODID:-//Stap 5//Agenda//NL", "X-PUBLISHED-TTL:PT12H", "REFRESH-INTERVAL;VALUE=DURATION:PT12H"):
        assert f"\r\n{line}\r\n" in text


def test_what_falls_on_one_day_is_one_line_per_kind(dossier, assistent, token):
    day = clock.today() + 20 * DAY
    add_due(dossier, by=assistent, dag=day)
    add_due(factories.make_dossier(assistent), by=assistent, dag=day)
    add_due(dossier, by=assistent, dag=day + DAY)
    found = [item for item in titles(token) if item[0] <= day + DAY]
    assert found == [(day, "2 afspraken nakijken"), (day + DAY, "Een afspraak nakijken")]


def test_every_kind_with_a_title_has_one_for_several():
    kinds = [soort for soort in PUNTSOORTEN if soort.agenda]
    assert kinds
    assert [soort.slug for soort in kinds if not soort.agenda_meer] == []
    assert [soort.slug for soort in kinds if not soort.title(1)[0].isupper() or soort.title(2)[:2] != "2 "] == []


def test_a_calendar_reaches_a_month_back_and_a_year_ahead(dossier, assistent, token):
    today = clock.today()
    for days in (-31, -30, 400, 401):
        add_due(dossier, by=assistent, dag=today + days * DAY)
    found = [day for day, title in titles(token) if "nakijken" in title]
    assert found == [today - 30 * DAY, today + 400 * DAY]


def test_an_event_keeps_its_name_from_fetch_to_fetch_and_a_moved_one_leaves_its_old_day(dossier, assistent, token):
    """The UID tells nothing to who does not know the key, and differs from user to user."""
    today = clock.today()
    row = add_due(dossier, by=assistent, dag=today + 5 * DAY)
    before = events(token)
    assert before == events(token)
    add_due(dossier, by=assistent, dag=today + 5 * DAY)
    assert [event[2] for event in events(token)] == [event[2] for event in before]
    check = {"datum": today, "uitkomst": "deels", "gezien_door": "oma", "volgende": today + 9 * DAY}
    actions.add_controle(row, check, by=assistent)
    found = [item for item in titles(token) if "nakijken" in item[1]]
    assert found == [(today + 5 * DAY, "Een afspraak nakijken"), (today + 9 * DAY, "Een afspraak nakijken")]
    uids = [uid for _, _, uid in events(token)]
    assert len(set(uids)) == len(uids)
    assert not [uid for uid in uids if not re.fullmatch("[0-9a-f]{64}", uid)]


def test_two_colleagues_with_the_same_day_have_names_of_their_own_for_it(dossier, plan, assistent, deelnemer, token):
    add_due(dossier, by=assistent)
    hers = create_agenda(by=deelnemer)
    assert titles(token) == titles(hers) != []
    assert not {event[2] for event in events(token)} & {event[2] for event in events(hers)}


def test_a_plan_that_rests_shows_only_the_day_it_is_taken_up_again(dossier, plan, assistent, token):
    add_due(dossier, by=assistent)
    again = clock.today() + 40 * DAY
    actions.pause_plan(plan, {"hervat_op": again, "pauze_reden": "Opname."}, by=assistent)
    assert titles(token) == [(again, "Een plan hervatten")]


def test_without_a_dossier_the_calendar_is_empty_and_still_one(collega):
    token = create_agenda(by=collega)
    assert titles(token) == []
    assert fetch(token).content.startswith(b"BEGIN:VCALENDAR")


def test_each_sees_the_dossiers_she_works_on_and_who_is_kept_out_does_not(
    dossier, plan, assistent, deelnemer, collega, vreemde, uitgeslotene, teamverantwoordelijke
):
    add_due(dossier, by=assistent)
    found = {user.username: titles(create_agenda(by=user)) for user in Gebruiker.objects.all()}
    assert found["assistent"] == found["deelnemer"] != []
    assert not [name for name in ("collega", "vreemde", "uitgeslotene", "teamverantwoordelijke") if found[name]]
    token = create_agenda(by=deelnemer)
    add_uitsluiting(dossier, {"gebruiker": deelnemer, "reden": "Familie."}, by=assistent)
    assert titles(token) == []


def test_the_calendar_holds_nothing_of_the_family_or_of_colleagues(dossier, rijen, gezin, assistent, token):
    dossier.sipar_nummer = "2026/0451-B"
    dossier.save()
    factories.make_doorverwijzing(dossier, voor=[gezin.lina], by=assistent, partner_naam="CAW Dorpsplein")
    actions.change_plan(plan_of(dossier), {"gespreksritme": 2}, versie=plan_of(dossier).versie, by=assistent)
    text = fetch(token).content.decode().replace("\r\n ", "").lower()
    assert text.count("begin:vevent") >= 3
    assert {secret for secret in secrets_of(dossier) if secret.lower() in text} == set()
    assert "http" not in text


def plan_of(dossier):
    return dossier.plannen.get()


# The address


def dead(token):
    """All of an answer but when it was given."""
    response = fetch(token)
    return response.status_code, response.content, {k: v for k, v in response.headers.items() if k != "Expires"}


@pytest.fixture
def unknown(db):
    answer = dead("x" * 43)
    assert answer[0] == 404
    return answer


@pytest.mark.parametrize("token", ["", "x", "x" * 42, "../x", "x y", "é", "x" * 2000, "%00", "a/b", "x.ics"])
def test_whatever_is_no_address_gets_the_same_answer(unknown, token):
    assert dead(token) == unknown


def test_an_address_that_was_replaced_is_dead_at_once(assistent, token, unknown):
    assert fetch(token).status_code == 200
    fresh = create_agenda(by=assistent)
    assert dead(token) == unknown
    assert fetch(fresh).status_code == 200
    assert Agenda.objects.count() == 1


def test_an_address_that_was_withdrawn_is_dead(assistent, token, unknown, client_for):
    client_for(assistent).post("/herinneringen/adres/intrekken/")
    assert dead(token) == unknown


def test_being_signed_in_opens_no_dead_address(assistent, collega, token, client_for):
    client_for(assistent).post("/herinneringen/adres/intrekken/")
    assert fetch(token, client_for(assistent)).status_code == 404


@pytest.mark.parametrize("fact", [{"is_active": False}, {"rol": Rol.BEHEERDER}, {"rol": Rol.TOEZICHTHOUDER}])
def test_the_address_of_who_has_no_dossiers_any_more_is_dead(assistent, token, unknown, fact):
    Gebruiker.objects.filter(pk=assistent.pk).update(**fact)
    assert dead(token) == unknown
    assert Agenda.objects.get().used_on is None


@pytest.mark.parametrize(("days", "status"), [(0, 200), (90, 200), (91, 404)])
def test_an_address_that_is_not_used_lives_90_days(token, days, status):
    with time_machine.travel(clock.now() + days * DAY):
        assert fetch(token).status_code == status


def test_using_it_keeps_an_address_alive_and_dead_is_dead(token, unknown):
    now = clock.now()
    for days in (90, 180, 270):
        with time_machine.travel(now + days * DAY):
            assert fetch(token).status_code == 200
    with time_machine.travel(now + 361 * DAY):
        assert [dead(token), dead(token)] == [unknown, unknown]


def test_its_use_is_on_record_once_a_day(dossier, assistent, token):
    for _ in range(3):
        fetch(token)
    assert Agenda.objects.get().used_on == clock.today()
    entry = entries(USED).get()
    assert (entry.ketting.naam, entry.dossier, entry.soort) == (f"gebruiker/{assistent.pk}", None, "gelezen")
    with time_machine.travel(clock.now() + DAY):
        fetch(token, method="head")
        fetch(token)
    assert entries(USED).count() == 2
    assert verify()[2] == ""


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_a_calendar_can_only_be_read(token, method, unchanged):
    assert fetch(token, method=method).status_code == 405
    assert Agenda.objects.get().used_on is None


def test_the_database_and_the_record_know_no_token(token):
    agenda = Agenda.objects.get()
    assert agenda.token_digest == digest_token(token)
    assert token not in repr(Agenda.objects.values())
    assert token not in repr(list(Gebeurtenis.objects.values()))


@pytest.mark.both
def test_a_calendar_costs_as_many_queries_with_many_dossiers_as_with_one(dossier, assistent, token):
    counts = []
    for _ in range(2):
        add_due(dossier, by=assistent)
        fetch(token)
        with CaptureQueriesContext(connection) as queries:
            assert fetch(token).status_code == 200
        counts.append(len(queries))
        for _ in range(8):
            add_due(factories.make_dossier(assistent), by=assistent)
    assert counts[0] == counts[1] <= 13, counts


# The page


def page(user, client_for, address="/herinneringen/"):
    return client_for(user).get(address).content.decode()


def test_the_menu_leads_to_the_page_for_who_has_dossiers(assistent, toezichthouder, client_for):
    assert 'href="/herinneringen/"' in page(assistent, client_for, "/")
    assert 'href="/herinneringen/"' not in page(toezichthouder, client_for, "/toezicht/")


def test_an_address_is_shown_once_and_works(dossier, assistent, client_for):
    assert "Adres maken" in page(assistent, client_for)
    client = client_for(assistent)
    html = client.post("/herinneringen/adres/maken/").content.decode()
    token = re.search(r"http://testserver/agenda/([\w-]{43})\.ics", html)[1]
    assert fetch(token).status_code == 200
    html = page(assistent, client_for)
    assert token not in html
    assert f"{clock.today():%d/%m/%Y}" in html
    assert "Nieuw adres maken" in html
    assert [entry.soort for entry in entries("adres van de agenda")] == ["gemaakt"]


def test_an_address_that_died_says_so(assistent, token, client_for):
    with time_machine.travel(clock.now() + 91 * DAY):
        assert "Dit adres werkt niet meer" in page(assistent, client_for)
    assert "Dit adres werkt niet meer" not in page(assistent, client_for)


def test_withdrawing_twice_or_without_an_address_is_no_fault(assistent, token, client_for):
    client = client_for(assistent)
    assert [client.post("/herinneringen/adres/intrekken/").status_code for _ in range(2)] == [302, 302]
    assert [entry.soort for entry in entries("adres van de agenda")] == ["gemaakt", "gestopt"]


def test_nobody_touches_the_address_of_another(assistent, collega, token, client_for):
    client_for(collega).post("/herinneringen/adres/intrekken/")
    client_for(collega).post("/herinneringen/adres/maken/")
    assert fetch(token).status_code == 200


def test_reminders_are_switched_off_and_on(assistent, client_for):
    assert "Herinneringen uitzetten" in page(assistent, client_for)
    client = client_for(assistent)
    for _ in range(2):
        client.post("/herinneringen/uit/")
    assert Gebruiker.objects.get(pk=assistent.pk).herinneringen is False
    assert "Herinneringen aanzetten" in page(assistent, client_for)
    client.post("/herinneringen/aan/")
    assert Gebruiker.objects.get(pk=assistent.pk).herinneringen is True
    texts = Gebeurtenis.objects.filter(tekst__startswith="herinnering").values_list("tekst", flat=True)
    assert list(texts) == ["herinnering per e-mail: uit", "herinnering per e-mail: aan"]


def test_the_page_says_where_the_mail_goes_or_that_it_cannot(assistent, client_for):
    assert "Er staat geen e-mailadres bij je naam" in page(assistent, client_for)
    Gebruiker.objects.filter(pk=assistent.pk).update(email="an@huis.example")
    assert "<strong>an@huis.example</strong>" in page(assistent, client_for)


@pytest.mark.parametrize("act", ["aan", "uit", "adres/maken", "adres/intrekken"])
def test_looking_does_nothing_and_other_roles_find_nothing(assistent, toezichthouder, beheerder, client_for, act):
    create_agenda(by=assistent)
    before = (list(Gebruiker.objects.values("pk", "herinneringen")), list(Agenda.objects.values()))
    assert client_for(assistent).get(f"/herinneringen/{act}/").status_code == 405
    for user in (toezichthouder, beheerder):
        assert client_for(user).post(f"/herinneringen/{act}/").status_code == 404
    assert Client(enforce_csrf_checks=True).post(f"/herinneringen/{act}/").status_code in (302, 403)
    assert before == (list(Gebruiker.objects.values("pk", "herinneringen")), list(Agenda.objects.values()))
