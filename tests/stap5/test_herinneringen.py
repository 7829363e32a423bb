"""The daily reminder: to whom, what it says and what not, once a day, and one address that fails harms nobody else."""

import email
from datetime import date, timedelta
from email.policy import default

import pytest
import time_machine
from django.core.mail.utils import DNS_NAME
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import Gebruiker
from dossiers.actions import create_row
from dossiers.actions.opdracht import add_uitsluiting
from dossiers.audit import verify
from dossiers.models import Gebeurtenis, Verblijf
from stap5.actions.herinnering import claim_reminder, waiting
from stap5.herinnering import count_lines, lines_for
from stap5.punten import CONTROLE, KIND, OPDRACHT, PUNTSOORTEN, STILTE, Punt
from tests import factories
from tests.stap5.post import add_due, make_busy, open_postbus

DAY = timedelta(days=1)


@pytest.fixture
def postbus(settings):
    with open_postbus(settings) as postbus:
        yield postbus


@pytest.fixture
def send(capsys):
    """`send()`: (the number on stdout, what stands on stderr, exit code)."""

    def run():
        code = 0
        try:
            call_command("send_herinneringen")
        except CommandError as error:
            code = error.returncode
        out, err = capsys.readouterr()
        return out.strip(), err, code

    return run


def text_of(raw):
    return email.message_from_bytes(raw, policy=default).get_content().replace("\r\n", "\n")


# What it says


def punt(soort, stand="dra", **more):
    facts = {"tekst": "x", "dag": date(2026, 11, 24), "toon": True, "kenmerk": "a" * 16, "route": "x"}
    return Punt(soort=soort, stand=stand, **facts | more)


@pytest.mark.parametrize(
    ("punten", "line"),
    [
        ([punt(CONTROLE)], "1 afspraak om na te kijken"),
        ([punt(CONTROLE, "laat")], "1 afspraak om na te kijken, te laat"),
        ([punt(CONTROLE)] * 2 + [punt(CONTROLE, "laat")], "3 afspraken om na te kijken, waarvan 1 te laat"),
        ([punt(CONTROLE, "laat")] * 2, "2 afspraken om na te kijken, allemaal te laat"),
        ([punt(CONTROLE), punt(CONTROLE, toon=False)], "1 afspraak om na te kijken"),
        (
            [punt(KIND, aantal=2), punt(KIND, "laat", aantal=3)],
            "5 kinderen niet gezien of gesproken, waarvan 3 al te lang",
        ),
        ([punt(STILTE, "laat")], "1 dossier waarin het stil is, al te lang"),
        ([punt(OPDRACHT, "laat")], "1 opdracht die eerder eindigt dan het plan, al voorbij"),
    ],
)
def test_a_kind_is_counted_in_plain_words(punten, line):
    assert count_lines(punten) == [line]


def test_what_is_late_comes_first_and_every_kind_has_its_line():
    found = count_lines([*(punt(soort) for soort in PUNTSOORTEN), punt(STILTE, "laat")])
    assert len(found) == len(PUNTSOORTEN)
    assert found[0] == "2 dossiers waarin het stil is, waarvan 1 al te lang"


def test_nothing_that_asks_attention_is_no_line():
    assert count_lines([punt(CONTROLE, toon=False)]) == []


def test_the_mail_says_how_much_and_where_to_switch_it_off(team, postbus, send):
    user = make_busy("an", team)
    add_due(factories.make_dossier(user), by=user, dag=clock.today() - DAY)
    assert send() == ("1", "Reminders: 1 sent, 0 failed, 0 not needed.\n", 0)
    (address, raw), message = postbus.mails[0], email.message_from_bytes(postbus.mails[0][1], policy=default)
    assert (address, message["To"], message["Subject"]) == (user.email, user.email, "Stap 5: dit vraagt je aandacht")
    assert message["Auto-Submitted"] == "auto-generated"
    text = text_of(raw)
    assert "- 2 afspraken om na te kijken, waarvan 1 te laat\n" in text
    assert "bij je naam, onder ‘Herinneringen en agenda’" in text
    assert "http" not in text


def secrets_of(dossier):
    """Everything that is written or stored about this family and who follows it."""
    found = {dossier.kenmerk, dossier.sipar_nummer, str(dossier.eigenaar), dossier.eigenaar.username}
    found |= {dossier.team.naam, dossier.team.huis.naam, dossier.team.huis.plaats, str(dossier.eigenaar.sleutel)}
    for person in dossier.betrokkenen.all():
        found |= {person.voornaam, person.achternaam, person.adres, person.telefoon, str(person.sleutel)}
    for mandate in dossier.opdrachten.all():
        found |= {mandate.opdrachtgever, mandate.get_soort_display(), str(mandate.sleutel)}
    found |= {str(row.sleutel) for row in dossier.plannen.get().afspraken.all()}
    return {*found, "Dorpsplein", "/dossiers/", DNS_NAME.get_fqdn()} - {""}


@pytest.mark.parametrize("days", [0, 60])
def test_the_mail_holds_nothing_of_the_family_or_of_colleagues(dossier, rijen, gezin, assistent, postbus, send, days):
    """Late or not: no name, kenmerk, place, mandate, number, sleutel, link or name of a machine, headers included."""
    dossier.sipar_nummer = "2026/0451-B"
    dossier.save()
    stay = {"wie": gezin.lina, "soort": "familie", "bij": gezin.oma, "plek": "Dorpsplein 2"}
    create_row(Verblijf, dossier, stay, by=assistent)
    add_due(dossier, by=assistent)
    factories.make_doorverwijzing(dossier, voor=[gezin.lina], by=assistent, partner_naam="CAW Dorpsplein")
    Gebruiker.objects.filter(pk=assistent.pk).update(email="post17@huis.example")
    with time_machine.travel(clock.now() + days * DAY):
        assert send()[0] == "1"
    raw = postbus.mails[0][1]
    whole = f"{raw.decode()} {text_of(raw)}".lower()
    assert "om na te kijken" in whole
    assert {secret for secret in secrets_of(dossier) if secret.lower() in whole} == set()


# To whom


def test_who_works_on_a_dossier_is_reminded_and_nobody_else(
    dossier, alles, team, teamverantwoordelijke, collega, toezichthouder, beheerder, postbus, send
):
    """The owner, who takes part, and a teamverantwoordelijke with dossiers of her own; not who is kept out."""
    add_due(dossier, by=dossier.eigenaar)
    for name in ("gone", "off", "mute"):
        make_busy(name, team)
    Gebruiker.objects.filter(username="gone").update(is_active=False)
    Gebruiker.objects.filter(username="off").update(herinneringen=False)
    for user in Gebruiker.objects.exclude(username="mute"):
        Gebruiker.objects.filter(pk=user.pk).update(email=f"{user.username}@huis.example")
    Gebruiker.objects.filter(username="mute").update(email="")
    leads = Gebruiker.objects.get(pk=teamverantwoordelijke.pk)
    assert lines_for(leads) == ["1 nazicht om te beantwoorden"]
    add_due(factories.make_dossier(leads), by=leads)
    reminded = ("assistent", "collega", "deelnemer", "teamverantwoordelijke")  # the colleague was offered a dossier
    assert send()[0] == "4"
    assert postbus.addresses == [f"{name}@huis.example" for name in reminded]


def test_who_takes_part_is_reminded_until_she_is_kept_out(dossier, plan, assistent, deelnemer):
    add_due(dossier, by=assistent)
    assert lines_for(deelnemer) == ["1 afspraak om na te kijken"]
    add_uitsluiting(dossier, {"gebruiker": deelnemer, "reden": "Familie."}, by=assistent)
    assert lines_for(deelnemer) == []


# Once a day


def test_a_second_run_on_a_day_sends_nothing_and_the_next_day_it_does(team, postbus, send):
    make_busy("an", team)
    assert [send()[0], send()[0]] == ["1", "0"]
    with time_machine.travel(clock.now() + DAY):
        assert [send()[0], send()[0]] == ["1", "0"]
    assert len(postbus.mails) == 2
    assert len({email.message_from_bytes(raw)["Message-ID"] for _, raw in postbus.mails}) == 2


def test_who_had_nothing_to_be_reminded_of_is_reminded_later_that_day(team, postbus, send):
    user = factories.make_user("an", team=team, email="an@huis.example")
    dossier = factories.make_dossier(user)
    assert send() == ("0", "Reminders: 0 sent, 0 failed, 1 not needed.\n", 0)
    assert Gebruiker.objects.get(pk=user.pk).herinnerd_op is None
    add_due(dossier, by=user)
    assert send()[0] == "1"


def test_who_switched_it_off_while_the_command_ran_is_left_alone(team):
    user = make_busy("an", team)
    assert list(waiting(clock.today())) == [user]
    Gebruiker.objects.filter(pk=user.pk).update(herinneringen=False)
    assert claim_reminder(user, clock.today()) is False
    assert Gebeurtenis.objects.filter(tekst__startswith="herinnering").count() == 0


def test_a_reminder_is_on_record_once_without_content(team, postbus, send):
    user = make_busy("an", team)
    send()
    send()
    entry = Gebeurtenis.objects.get(tekst__startswith="herinnering")
    assert (entry.ketting.naam, entry.dossier, entry.soort) == (f"gebruiker/{user.pk}", None, "uitgevoerd")
    assert (entry.tekst, entry.sleutel) == ("herinnering per e-mail", "")
    assert verify()[2] == ""


# When the mail does not leave


@pytest.mark.parametrize("how", ["refuses", "drops"])
def test_one_address_that_fails_harms_nobody_else_and_is_tried_again(team, postbus, send, how):
    names = ("an", "bram", "cas")
    users = {name: make_busy(name, team) for name in names}
    getattr(postbus, how).add("bram@huis.example")
    out, err, code = send()
    assert (out, code) == ("2", 2)
    assert postbus.addresses == ["an@huis.example", "cas@huis.example"]
    assert str(users["bram"].sleutel) in err
    assert not [word for word in ("bram@", "Bram", "bram") if word in err]
    assert Gebruiker.objects.get(username="bram").herinnerd_op is None
    getattr(postbus, how).clear()
    assert send() == ("1", "Reminders: 1 sent, 0 failed, 0 not needed.\n", 0)
    assert postbus.addresses == [f"{name}@huis.example" for name in names]
    texts = Gebeurtenis.objects.filter(created_by=users["bram"], tekst__startswith="herinnering")
    assert list(texts.values_list("tekst", flat=True)) == [
        "herinnering per e-mail",
        "herinnering per e-mail: niet vertrokken",
        "herinnering per e-mail",
    ]
    assert verify()[2] == ""


def test_a_reminder_that_failed_keeps_the_day_of_the_one_before(team, postbus, send):
    make_busy("an", team)
    send()
    before = clock.today()
    postbus.refuses.add("an@huis.example")
    with time_machine.travel(clock.now() + DAY):
        assert send()[2] == 2
    assert Gebruiker.objects.get(username="an").herinnerd_op == before


def test_an_address_that_cannot_be_written_on_a_mail_harms_nobody_else(team, postbus, send):
    make_busy("an", team, email="an@huis.example\nBcc: dief@elders.example")
    make_busy("bram", team)
    out, err, code = send()
    assert (out, code) == ("1", 2)
    assert postbus.addresses == ["bram@huis.example"]
    assert "dief" not in err


def test_without_a_mail_server_nothing_is_claimed(team, postbus, send, settings, unchanged):
    make_busy("an", team)
    settings.EMAIL_PORT = 9  # nobody listens
    with unchanged():
        out, err, code = send()
    assert (out, code) == ("", 2)
    assert Gebruiker.objects.get(username="an").herinnerd_op is None
    assert "an@huis" not in err


# How much it costs


@pytest.mark.both
def test_a_person_costs_as_many_queries_with_one_dossier_as_with_many(team, postbus, send):
    user = make_busy("an", team)
    counts = []
    for day in range(2):
        with time_machine.travel(clock.now() + day * DAY), CaptureQueriesContext(connection) as queries:
            assert send()[0] == "1"
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
        for _ in range(5):
            add_due(factories.make_dossier(user), by=user)
    assert counts[0] >= counts[1], counts  # the first time the chain of this user begins
    assert counts[1] <= 20, counts
