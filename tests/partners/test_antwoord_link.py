"""The assistant makes a link and withdraws it; the partner has an expired one renewed; what the mail says."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import clock
from dossiers.audit import verify
from dossiers.models import Gebeurtenis, Notitie
from partners.actions.antwoordlink import stop_antwoordlink
from partners.models import Antwoordlink, Partner
from tests import factories
from tests.partners.antwoorden import (
    EMAIL,
    UNKNOWN,
    enter,
    make_link,
    make_sent,
    say,
    step,
    token_in,
    visit,
    without_token,
)
from tests.partners.kantoren import make_partner

DAY = timedelta(days=1)


@pytest.fixture
def row(dossier, gezin, assistent):
    return make_sent(dossier, gezin, by=assistent)


@pytest.fixture
def made(row, assistent):
    """(token, code, link)"""
    return make_link(row, by=assistent)


def url(row, act="link"):
    return reverse(f"partners:doorverwijzingen_{act}", args=[row.dossier.kenmerk, row.sleutel])


def listed(row, user, client_for):
    return client_for(user).get(reverse("partners:doorverwijzingen", args=[row.dossier.kenmerk])).content.decode()


# Renewal


@pytest.fixture
def renew(django_capture_on_commit_callbacks):
    """`renew(token, at)`: the answer to a request for a new link at a moment, and the token that was mailed or None."""

    def ask(token, at):
        mail.outbox.clear()
        with time_machine.travel(at, tick=False), django_capture_on_commit_callbacks(execute=True):
            answer = Client().post(f"/antwoord/{token}/vernieuwen/")
        return answer, token_in(mail.outbox[0].body) if mail.outbox else None

    return ask


def test_an_expired_link_is_renewed_three_times_to_the_frozen_address(made, renew):
    token, code, link = made
    moment, answers = clock.now(), set()
    for count in range(1, 4):
        moment += 8 * DAY + timedelta(hours=1)
        answer, fresh = renew(token, moment)
        answers.add((answer.status_code, without_token(answer)))
        assert mail.outbox[0].to == [EMAIL]
        with time_machine.travel(moment + DAY, tick=False):
            assert visit(token).status_code == 404
            assert visit(fresh).status_code == 200
            assert enter(fresh, code, Client()).status_code == 302
        token = fresh
        link.refresh_from_db()
        assert (link.renewals, link.expires_at) == (count, moment + 8 * DAY)
    answer, fresh = renew(token, moment + 9 * DAY)
    answers.add((answer.status_code, without_token(answer)))
    assert fresh is None
    assert len(answers) == 1
    assert Notitie.objects.filter(tekst__contains="nieuwe link").count() == 3
    assert verify()[2] == ""


def test_an_address_typed_on_the_page_gets_nothing(made, django_capture_on_commit_callbacks):
    sent = {"email": "dief@elders.example", "to": "dief@elders.example"}
    with time_machine.travel(clock.now() + 9 * DAY), django_capture_on_commit_callbacks(execute=True):
        Client().post(f"/antwoord/{made[0]}/vernieuwen/", sent)
    assert [message.recipients() for message in mail.outbox] == [[EMAIL]]


def test_a_link_that_still_works_is_not_renewed(made, renew, unchanged):
    with unchanged():
        answer, fresh = renew(made[0], clock.now())
    assert (answer.status_code, fresh) == (200, None)


def test_the_token_of_before_renews_nothing(made, renew):
    _, fresh = renew(made[0], clock.now() + 9 * DAY)
    assert fresh
    assert renew(made[0], clock.now() + 20 * DAY)[1] is None


def test_wrong_codes_go_on_counting_over_a_renewal(made, renew):
    token, code, link = made
    for _ in range(3):
        enter(token, "AAAA AAAA", Client())
    _, token = renew(token, clock.now() + 9 * DAY)
    with time_machine.travel(clock.now() + 10 * DAY):
        enter(token, "AAAA AAAA", Client())
        assert enter(token, "AAAA AAAA", Client()).status_code == 404
        assert enter(token, code, Client()).status_code == 404
    assert renew(token, clock.now() + 30 * DAY)[1] is None
    link.refresh_from_db()
    assert link.tries == 5


@pytest.mark.parametrize("status", ["ingetrokken", "geweigerd", "verlopen"])
def test_nothing_is_renewed_after_the_end(row, made, assistent, renew, status):
    step(row, status, by=assistent)
    assert renew(made[0], clock.now() + 9 * DAY)[1] is None


def test_nothing_is_renewed_after_it_was_withdrawn(row, made, assistent, renew):
    stop_antwoordlink(row, {"reden": "Fout adres."}, by=assistent)
    assert renew(made[0], clock.now() + 9 * DAY)[1] is None
    assert renew(UNKNOWN, clock.now())[1] is None


def test_asking_by_looking_renews_nothing(made, unchanged):
    with time_machine.travel(clock.now() + 9 * DAY), unchanged():
        assert Client().get(f"/antwoord/{made[0]}/vernieuwen/").status_code == 405
        assert Client().head(f"/antwoord/{made[0]}/vernieuwen/").status_code == 405


# The mail


def test_the_mail_says_the_house_the_link_and_that_a_code_is_needed(
    row, dossier, assistent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        token, code, _ = make_link(row, by=assistent, mailen=True)
    message = mail.outbox[0]
    text = f"{message.subject}\n{message.body}"
    assert dossier.team.huis.naam in message.subject
    assert f"http://testserver/antwoord/{token}/" in message.body
    assert "code" in message.body
    people = [name for persoon in dossier.mensen() for name in (persoon.voornaam, persoon.achternaam) if name]
    hidden = [*people, code, code.replace(" ", ""), dossier.kenmerk, str(row.sleutel), row.vraag, row.partner_naam]
    hidden += ["Milan", "CAW", str(assistent), "kind", "gezin", "doorverwijzing", dossier.team.naam]
    assert [word for word in hidden if word in text] == []
    assert "&" not in message.body


def test_no_mail_leaves_before_the_link_is_kept(row, assistent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as later:
        make_link(row, by=assistent, mailen=True)
    assert (len(later), mail.outbox) == (1, [])


# The assistant


def test_link_and_code_are_shown_once(row, assistent, client_for):
    client = client_for(assistent)
    assert "E-mailadres van de partner" in client.get(url(row)).content.decode()
    page = client.post(url(row), {"email": EMAIL})
    html = page.content.decode()
    link = Antwoordlink.objects.get()
    token = token_in(html)
    assert page.status_code == 200
    assert page.context["nieuw"].code in html
    assert "is niet gemaild" in html
    assert (link.email, link.created_by) == (EMAIL, assistent)
    assert enter(token, page.context["nieuw"].code, Client()).status_code == 302
    again = listed(row, assistent, client_for) + client.get(url(row)).content.decode()
    assert token not in again
    assert page.context["nieuw"].code not in again
    assert "De partner kan met een link antwoorden tot" in again
    assert token not in str(dict(client.session))
    texts = " ".join(Gebeurtenis.objects.values_list("tekst", flat=True))
    texts += " ".join(Notitie.objects.values_list("tekst", flat=True))
    assert token not in texts
    assert "Link voor de partner toegevoegd" in texts
    assert verify()[2] == ""


@pytest.mark.both
@pytest.mark.parametrize("works", [True, False])
@pytest.mark.django_db(transaction=True)
def test_the_page_says_whether_the_mail_left(row, assistent, client_for, monkeypatch, works):
    if not works:

        def refuse(self, messages):
            raise SMTPException("no")

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    html = client_for(assistent).post(url(row), {"email": EMAIL, "mailen": "on"}).content.decode()
    assert (f"De link is gemaild naar {EMAIL}" in html, "niet vertrokken" in html) == (works, not works)
    assert len(mail.outbox) == works


@pytest.mark.parametrize("email", ["", "geen adres", "a@b.be\nBcc: x@y.be"])
def test_an_address_that_is_none_makes_no_link(row, assistent, client_for, unchanged, email):
    with unchanged():
        page = client_for(assistent).post(url(row), {"email": email})
    assert "Nog niet bewaard" in page.content.decode()


def test_the_address_of_the_office_is_filled_in(dossier, gezin, assistent, client_for):
    office = make_partner("CAW Testlei", contact={"algemeen": {"email": "a@caw.example"}})
    office = Partner.objects.get(pk=office.pk)
    row = make_sent(dossier, gezin, by=assistent, partner=office)
    assert 'value="a@caw.example"' in client_for(assistent).get(url(row)).content.decode()


def test_the_frozen_address_is_not_asked_again_and_the_new_link_replaces_the_old(row, made, assistent, client_for):
    client = client_for(assistent)
    html = client.get(url(row)).content.decode()
    assert "E-mailadres van de partner" not in html
    assert f"naar {EMAIL}" in html
    assert "dan werken de vorige link en zijn code niet meer" in html
    page = client.post(url(row), {"email": "ander@adres.example"})
    assert page.context["nieuw"].link.email == EMAIL
    assert visit(made[0]).status_code == 404


def test_withdrawing_a_link_needs_a_reason_and_ends_it(row, made, assistent, client_for):
    client = client_for(assistent)
    assert client.post(url(row, "link_intrekken"), {"reden": ""}).status_code == 200
    assert visit(made[0]).status_code == 200
    assert client.post(url(row, "link_intrekken"), {"reden": "Fout adres."}).status_code == 302
    assert visit(made[0]).status_code == 404
    link = Antwoordlink.objects.get()
    assert (link.gestopt_op, link.gestopt_reden) == (clock.today(), "Fout adres.")
    assert "Link intrekken" not in listed(row, assistent, client_for)
    assert Notitie.objects.filter(tekst__startswith="Link voor de partner beëindigd").exists()


def test_only_a_referral_that_was_sent_and_runs_has_these_buttons(row, dossier, gezin, assistent, client_for):
    html = listed(row, assistent, client_for)
    assert (url(row) in html, url(row, "link_intrekken") in html) == (True, False)
    prepared = factories.make_doorverwijzing(dossier, voor=[gezin.milan], by=assistent)
    step(row, "geweigerd", by=assistent)
    html = listed(row, assistent, client_for)
    client = client_for(assistent)
    for other in (row, prepared):
        assert url(other) not in html
        assert client.post(url(other), {"email": EMAIL}).status_code == 302
    assert not Antwoordlink.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("teamverantwoordelijke", 403), ("vreemde", 404), ("collega", 404)])
def test_who_may_not_write_makes_no_link(request, row, client_for, unchanged, who, status):
    with unchanged():
        client = client_for(request.getfixturevalue(who))
        assert client.post(url(row), {"email": EMAIL}).status_code == status


def test_the_list_says_how_the_link_stands(row, made, assistent, client_for):
    with time_machine.travel(clock.now() + 9 * DAY):
        assert "nog 3 keer zelf een nieuwe vragen" in listed(row, assistent, client_for)
    for _ in range(5):
        enter(made[0], "AAAA AAAA", Client())
    assert "dicht na vijf foute codes" in listed(row, assistent, client_for)


def test_what_the_partner_answered_stands_in_the_list(row, made, assistent, client_for):
    partner = Client()
    enter(made[0], made[1], partner)
    say(partner, "wachtlijst", "Zes weken.")
    html = listed(row, assistent, client_for)
    assert "op de wachtlijst" in html
    assert "Zes weken." in html
    assert "CAW Testlei" in html
