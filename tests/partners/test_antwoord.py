"""A partner answers without an account: the link, its code, the half hour, and every answer."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.rules import NotAllowed
from accounts.tokens import make_token
from dossiers.actions import add_notitie, change_row, close_dossier, hide_notitie, reopen_dossier
from dossiers.audit import verify
from dossiers.models import Gebeurtenis, Notitie
from partners.actions.antwoordlink import stop_antwoordlink
from partners.antwoordregels import SIGNS, digest_code, make_code
from partners.models import Antwoordlink
from partners.versturen import offer
from tests import factories
from tests.partners.antwoorden import EMAIL, UNKNOWN, enter, make_link, make_sent, say, step, visit, without_token

NAMES = ("Milan", "Sara", "Wesley", "Lina", "Peeters", "Bruyn", "CAW Testlei", "leren kennen")


@pytest.fixture
def row(dossier, gezin, assistent):
    return make_sent(dossier, gezin, by=assistent)


@pytest.fixture
def made(row, assistent):
    """(token, code, link)"""
    return make_link(row, by=assistent)


@pytest.fixture
def partner():
    return Client()


@pytest.fixture
def inside(made, partner):
    """The browser of a partner who gave the code."""
    assert enter(made[0], made[1], partner).status_code == 302
    return partner


def is_dead(token, client=None):
    return visit(token, client).status_code == 404


# The link


def test_token_and_code_are_random_and_kept_only_as_digests(made):
    token, code, link = made
    link.refresh_from_db()
    kept = " ".join(str(value) for value in Antwoordlink.objects.values_list().get())
    assert len(token) == 43
    assert make_token() != make_token()
    assert token not in kept
    assert code not in kept
    assert code.replace(" ", "") not in kept
    assert link.token_digest != digest_code(link.sleutel, token)


def test_a_code_has_eight_signs_without_look_alikes():
    codes = [make_code() for _ in range(50)]
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) <= set(SIGNS)
    assert not set(SIGNS) & set("0O1IL2Z5S8BQU")
    assert len(set(codes)) == 50


def test_the_same_code_of_two_links_does_not_show(made):
    assert digest_code("a", "ACDE") != digest_code("b", "ACDE")


def test_looking_shows_nothing_of_the_family_and_changes_nothing(made, partner, unchanged):
    before = Gebeurtenis.objects.count()
    with unchanged():
        page = visit(made[0], partner)
        head = partner.head(f"/antwoord/{made[0]}/")
    assert Gebeurtenis.objects.count() == before
    assert (page.status_code, head.status_code, head.content) == (200, 200, b"")
    html = page.content.decode()
    assert [name for name in NAMES if name in html] == []
    assert "Uw code" in html
    assert set(page.cookies) <= {"csrftoken"}


def test_two_links_that_work_look_the_same(made, dossier, gezin, assistent):
    other = make_link(make_sent(dossier, gezin, by=assistent, soort="vk", partner_naam="VK"), by=assistent)
    assert without_token(visit(made[0])) == without_token(visit(other[0]))


@pytest.mark.both
def test_looking_costs_one_query(made, partner):
    visit(made[0], partner)
    with CaptureQueriesContext(connection) as queries:
        visit(made[0], partner)
    assert len(queries) == 1


# Links that do not work


@pytest.fixture
def dead_links(dossier, gezin, assistent):
    """{why: token} of a link of every kind that does not work."""

    def link(**kwargs):
        row = make_sent(dossier, gezin, by=assistent, **kwargs)
        return row, *make_link(row, by=assistent)

    dead = {"unknown": UNKNOWN, "nonsense": "aanvaarden", "odd": "%00é ';--"}
    row, token, _, _ = link()
    dead["tampered"] = token[:-1] + ("A" if token[-1] != "A" else "B")
    dead["cut off"] = token[:-3]
    row, dead["revoked"], _, _ = link()
    stop_antwoordlink(row, {"reden": "Fout adres."}, by=assistent)
    row, dead["replaced"], _, _ = link()
    make_link(row, by=assistent)
    row, dead["withdrawn"], _, _ = link()
    step(row, "ingetrokken", by=assistent)
    row, dead["ended"], _, _ = link()
    for status in ("aanvaard", "loopt", "afgerond"):
        step(row, status, by=assistent)
    row, dead["refused"], _, _ = link()
    step(row, "geweigerd", by=assistent)
    row, dead["lapsed"], _, _ = link()
    step(row, "verlopen", by=assistent)
    row, dead["guessed at"], _, found = link()
    Antwoordlink.objects.filter(pk=found.pk).update(tries=5)
    row, dead["expired"], _, found = link()
    Antwoordlink.objects.filter(pk=found.pk).update(expires_at=clock.now())
    row, dead["used up"], _, found = link()
    Antwoordlink.objects.filter(pk=found.pk).update(expires_at=clock.now(), renewals=3)
    return dead


def test_whatever_is_wrong_with_a_link_the_page_is_the_same(dead_links):
    """Looked at, tried and asked anew: the same status, the same bytes, the same headers."""
    seen = {}
    for token in dead_links.values():
        for name, answer in {
            "get": visit(token),
            "post": Client().post(f"/antwoord/{token}/", {"code": "ACDE FGHJ"}),
            "renew": Client().post(f"/antwoord/{token}/vernieuwen/"),
        }.items():
            headers = {key: value for key, value in answer.headers.items() if key not in ("Expires",)}
            seen.setdefault(name, set()).add((answer.status_code, without_token(answer), str(headers)))
    assert {name: len(answers) for name, answers in seen.items()} == {"get": 1, "post": 1, "renew": 1}
    pages = {name: next(iter(answers)) for name, answers in seen.items()}
    assert (pages["get"][0], pages["renew"][0]) == (404, 200)
    assert pages["get"][1] == pages["post"][1]
    assert b"Als deze link echt was, sturen we een nieuwe naar het adres dat wij hebben." in pages["renew"][1]


def test_the_right_code_does_not_open_a_link_that_does_not_work(made, row, assistent, partner):
    stop_antwoordlink(row, {"reden": "Fout adres."}, by=assistent)
    assert enter(made[0], made[1], partner).status_code == 404
    assert "antwoord" not in partner.cookies


def test_a_link_works_eight_days(made, partner):
    moment = clock.now()
    with time_machine.travel(moment + timedelta(days=8, minutes=-1), tick=False):
        assert not is_dead(made[0])
    with time_machine.travel(moment + timedelta(days=8, minutes=1), tick=False):
        assert is_dead(made[0])
        assert enter(made[0], made[1], partner).status_code == 404


def test_a_closed_dossier_closes_its_links_and_opening_it_again_opens_them(made, dossier, assistent, inside):
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    assert is_dead(made[0])
    assert inside.get("/antwoord/").status_code == 404
    reopen_dossier(dossier, {"reden": "Toch niet."}, by=assistent)
    assert not is_dead(made[0])


def test_nobody_makes_a_link_for_a_referral_that_was_not_sent(dossier, gezin, assistent, unchanged):
    row = factories.make_doorverwijzing(dossier, voor=[gezin.milan], by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="niet verstuurd"):
        make_link(row, by=assistent)


# The code


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "dashes"])
def test_the_code_opens_however_it_is_typed(made, partner, typed):
    ways = {"lower": made[1].lower(), "dashes": made[1].replace(" ", "-")}
    response = enter(made[0], ways.get(typed, typed.format(made[1])), partner)
    assert (response.status_code, response["Location"]) == (302, "/antwoord/")


def test_five_wrong_codes_close_the_link_for_good(made, partner, assistent):
    token, code, link = made
    answers = [enter(token, "AAAA AAAA", partner) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert ["nog 4 keer" in answers[0].content.decode(), "nog 1 keer" in answers[3].content.decode()] == [True, True]
    assert enter(token, "AAAA AAAA", partner).status_code == 404
    assert enter(token, code, partner).status_code == 404
    assert enter(token, code, Client()).status_code == 404
    link.refresh_from_db()
    assert link.tries == 5
    assert Gebeurtenis.objects.filter(soort="geweigerd", created_by=None, sleutel=str(link.sleutel)).count() == 5
    assert Notitie.objects.filter(tekst__contains="dicht na 5 foute codes").count() == 1
    assert verify()[2] == ""


def test_wrong_codes_add_up_over_browsers_and_the_right_one_does_not_wipe_them_out(made):
    token, code, _ = made
    for _ in range(4):
        enter(token, "AAAA AAAA", Client())
    assert enter(token, code, Client()).status_code == 302
    assert enter(token, "AAAA AAAA", Client()).status_code == 404
    assert is_dead(token)


def test_an_empty_code_is_asked_again_and_does_not_count(made, partner, unchanged):
    with unchanged():
        response = enter(made[0], "  ", partner)
    assert response.status_code == 200
    assert "Nog niet geopend" in response.content.decode()


# The half hour


def test_the_code_opens_only_this_referral(made, inside, dossier, gezin, assistent):
    make_sent(dossier, gezin, by=assistent, vraag="Iets helemaal anders.")
    html = inside.get("/antwoord/").content.decode()
    assert "Wilt u Milan leren kennen?" in html
    assert "Sara" in html
    assert "akkoord met deze vraag" in html
    hidden = (
        "Iets helemaal anders",
        dossier.kenmerk,
        "Lina",
        "Wesley",
        "0470",
        "Kerkstraat",
        "/dossiers/",
        "hoofdmenu",
    )
    assert [word for word in hidden if word in html] == []
    assert "<script" not in html


def test_the_frozen_texts_are_there_until_they_are_hidden_or_shielded(dossier, gezin, assistent, partner):
    note = {"soort": "telefoon", "gebeurd_op": clock.today(), "bron": "zelf"}
    first = add_notitie(dossier, note | {"tekst": "Milan lachte.", "over": [gezin.milan]}, by=assistent)
    add_notitie(dossier, note | {"tekst": "Oma kookte.", "over": [gezin.oma]}, by=assistent)
    row = make_sent(dossier, gezin, by=assistent, teksten=offer(dossier))
    token, code, _ = make_link(row, by=assistent)
    enter(token, code, partner)

    def shown():
        html = partner.get("/antwoord/").content.decode()
        return ["Milan lachte." in html, "Oma kookte." in html]

    assert shown() == [True, True]
    hide_notitie(first, {"reden": "Verkeerd dossier."}, by=assistent)
    assert shown() == [False, True]
    change_row(gezin.oma, {"afgeschermd_voor": [gezin.sara]}, versie=1, by=assistent)
    assert shown() == [False, False]


def test_a_place_in_the_question_that_was_shielded_since_is_not_shown(dossier, gezin, assistent, partner):
    change_row(gezin.oma, {"adres": "Lindelaan 12, Gent"}, versie=1, by=assistent)
    row = make_sent(dossier, gezin, by=assistent, vraag="Kom naar Lindelaan 12.")
    token, code, _ = make_link(row, by=assistent)
    enter(token, code, partner)
    assert "Lindelaan" in partner.get("/antwoord/").content.decode()
    change_row(gezin.oma, {"afgeschermd_voor": [gezin.sara]}, versie=2, by=assistent)
    html = partner.get("/antwoord/").content.decode()
    assert "Lindelaan" not in html
    assert "vertelt u de vraag zelf" in html


def test_every_reading_by_the_partner_is_on_record(inside, dossier):
    inside.get("/antwoord/")
    entry = Gebeurtenis.objects.latest("pk")
    assert (entry.soort, entry.created_by, entry.dossier) == ("gelezen", None, dossier)
    assert "partner" in entry.tekst


def test_the_page_closes_after_half_an_hour(made, partner):
    moment = clock.now()
    with time_machine.travel(moment, tick=False):
        enter(made[0], made[1], partner)
    with time_machine.travel(moment + timedelta(minutes=29), tick=False):
        assert partner.get("/antwoord/").status_code == 200
    with time_machine.travel(moment + timedelta(minutes=30), tick=False):
        assert partner.get("/antwoord/").status_code == 404
        assert say(partner, "aanvaarden").status_code == 404
    row = made[2].doorverwijzing
    row.refresh_from_db()
    assert row.status == "verstuurd"


def test_the_page_closes_when_the_link_expires(made, partner):
    with time_machine.travel(made[2].expires_at - timedelta(minutes=5), tick=False):
        enter(made[0], made[1], partner)
        assert partner.get("/antwoord/").status_code == 200
    with time_machine.travel(made[2].expires_at, tick=False):
        assert partner.get("/antwoord/").status_code == 404


def revoke(row, made, by):
    stop_antwoordlink(row, {"reden": "Fout adres."}, by=by)


def withdraw(row, made, by):
    step(row, "ingetrokken", by=by)


def replace(row, made, by):
    make_link(row, by=by)


def guess(row, made, by):
    for _ in range(5):
        enter(made[0], "AAAA AAAA", Client())


@pytest.mark.parametrize("act", [revoke, withdraw, replace, guess])
def test_what_ends_the_link_closes_the_open_page_at_once(row, made, inside, assistent, act):
    assert inside.get("/antwoord/").status_code == 200
    act(row, made, assistent)
    assert inside.get("/antwoord/").status_code == 404
    assert say(inside, "aanvaarden").status_code == 404
    row.refresh_from_db()
    assert row.status != "aanvaard"


@pytest.mark.parametrize("value", ["", "x", "x:y:z", "WyJhIl0:1tabc:sig"])
def test_a_cookie_of_somebody_else_s_making_opens_nothing(made, value):
    client = Client()
    client.cookies["antwoord"] = value
    assert client.get("/antwoord/").status_code == 404


def test_the_cookie_holds_no_token_and_no_code_and_stays_on_these_pages(made, inside, settings):
    cookie = inside.cookies["antwoord"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/antwoord/", True, "Strict")
    assert cookie["max-age"] == 1800
    assert made[0] not in cookie.value
    settings.SESSION_COOKIE_SECURE = True
    other = Client()
    enter(made[0], made[1], other)
    assert other.cookies["antwoord"]["secure"]


def test_it_is_no_login_and_no_session(made, inside):
    assert "sessionid" not in inside.cookies
    assert inside.get("/").status_code == 302


def test_the_assistant_s_own_session_stays_as_it_was(made, client_for, assistent):
    client = client_for(assistent)
    key, before = client.session.session_key, dict(client.session)
    enter(made[0], made[1], client)
    html = client.get("/antwoord/").content.decode()
    assert "hoofdmenu" not in html
    say(client, "aanvaarden")
    assert (client.session.session_key, dict(client.session)) == (key, before)
    assert client.get("/").status_code == 200
    stap = made[2].doorverwijzing.stappen.last()
    assert (stap.created_by, stap.door) == (None, "CAW Testlei")


# The answers


@pytest.mark.parametrize(
    ("answer", "tekst", "status"),
    [
        ("aanvaarden", "", "aanvaard"),
        ("wachtlijst", "Zes weken.", "wachtlijst"),
        ("weigeren", "Wij hebben geen plaats.", "geweigerd"),
        ("bericht", "We belden tweemaal.", "verstuurd"),
    ],
)
def test_an_answer_is_a_step_of_the_partner_in_journal_and_audit(row, inside, answer, tekst, status):
    response = say(inside, answer, tekst)
    assert (response.status_code, response["Location"]) == (302, "/antwoord/bedankt/")
    row.refresh_from_db()
    stap, entry, note = row.stappen.last(), Gebeurtenis.objects.latest("pk"), Notitie.objects.latest("pk")
    assert row.status == status
    assert (stap.door, stap.created_by, stap.tekst, stap.datum) == ("CAW Testlei", None, tekst, clock.today())
    assert (entry.soort, entry.created_by, entry.sleutel) == ("gewijzigd", None, str(row.sleutel))
    assert "Antwoord van CAW Testlei, zonder account." in note.tekst
    assert tekst.rstrip(".") in note.tekst
    assert verify()[2] == ""
    thanks = inside.get("/antwoord/bedankt/").content.decode()
    assert ("Terug naar de vraag" in thanks) == (status != "geweigerd")


def test_from_accepted_over_begun_to_finished(row, made, inside):
    for answer, status in (("aanvaarden", "aanvaard"), ("begonnen", "loopt"), ("afronden", "afgerond")):
        assert f'action="/antwoord/stap/{answer}/"' in inside.get("/antwoord/").content.decode()
        say(inside, answer, "Goed.")
        row.refresh_from_db()
        assert row.status == status
    assert inside.get("/antwoord/").status_code == 404
    assert is_dead(made[0])


@pytest.mark.parametrize("answer", ["weigeren", "bericht"])
def test_a_refusal_needs_its_reason_and_a_message_its_words(inside, answer, unchanged):
    with unchanged():
        response = say(inside, answer)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Nog niet verzonden" in html
    assert '<details class="meer" open>' in html


def test_an_answer_that_cannot_follow_is_refused_and_what_was_typed_stays(inside, row, assistent, unchanged):
    step(row, "aanvaard", by=assistent)
    with unchanged():
        response = say(inside, "weigeren", "Toch geen plaats.")
    assert response.status_code == 409
    html = response.content.decode()
    assert "staat intussen anders" in html
    assert "Toch geen plaats." in html


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_sending_answers(inside, method, unchanged):
    with unchanged():
        assert getattr(inside, method)("/antwoord/stap/aanvaarden/").status_code == 405


def test_without_a_name_the_kind_of_partner_answers(dossier, gezin, assistent, partner):
    row = make_sent(dossier, gezin, by=assistent, partner_naam="")
    token, code, _ = make_link(row, by=assistent)
    enter(token, code, partner)
    say(partner, "aanvaarden")
    assert row.stappen.last().door == row.soort.naam


@pytest.mark.both
def test_the_open_page_costs_the_same_with_more_rows(inside, row, assistent, dossier, gezin):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            inside.get("/antwoord/")
        return len([query for query in queries if "SAVEPOINT" not in query["sql"]])

    cost()
    few = cost()
    for count in range(10):
        say(inside, "bericht", f"Bericht {count}")
        make_link(make_sent(dossier, gezin, by=assistent), by=assistent)
    assert (cost(), few <= 15) == (few, True), few


# What every page carries


def test_no_page_is_kept_indexed_or_named_to_another_site(made, inside):
    pages = [
        visit(made[0]),
        visit(UNKNOWN),
        inside.get("/antwoord/"),
        Client().get("/antwoord/"),
        inside.get("/antwoord/bedankt/"),
        Client().post(f"/antwoord/{made[0]}/vernieuwen/"),
        Client(enforce_csrf_checks=True).post(f"/antwoord/{made[0]}/", {"code": "x"}),
        enter(made[0], made[1], Client()),
    ]
    for page in pages:
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]
        assert "no-store" in page["Cache-Control"]
        assert b"<script" not in page.content
        assert b"hoofdmenu" not in page.content
        assert b"{#" not in page.content
        assert made[0].encode() not in page.content
        assert [link for link in page.content.split(b'"') if link.startswith((b"http", b"//"))] == []


@pytest.mark.parametrize("secure", [False, True])
@pytest.mark.parametrize("origin", ["null", None, "https://elders.example"])
def test_the_hidden_token_of_the_form_is_what_counts(made, secure, origin):
    """Under no-referrer a browser says `Origin: null` and no Referer, of our own forms too."""
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/antwoord/{made[0]}/", secure=secure)
    headers = {"origin": origin} if origin else {}
    address, token = f"/antwoord/{made[0]}/", page.context["csrf_token"]
    wrong = client.post(address, {"code": made[1]}, secure=secure, headers=headers)
    right = client.post(address, {"code": made[1], "csrfmiddlewaretoken": str(token)}, secure=secure, headers=headers)
    assert wrong.status_code == 403
    assert "Laat cookies toe" in wrong.content.decode()
    assert right.status_code == (403 if origin == "https://elders.example" else 302)


@pytest.fixture
def frozen():
    """No window ends while the forms are sent."""
    with time_machine.travel(clock.now(), tick=False):
        yield


def test_too_many_forms_for_one_link_have_to_wait(made, frozen):
    codes = [Client().post(f"/antwoord/{UNKNOWN}/", {"code": "x"}).status_code for _ in range(21)]
    assert codes == [404] * 20 + [429]
    assert enter(made[0], made[1], Client()).status_code == 302  # another link goes on
    with time_machine.travel(clock.now() + timedelta(minutes=10), tick=False):
        assert Client().post(f"/antwoord/{UNKNOWN}/", {"code": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("proxy", "header", "counted"),
    [(False, "198.51.100.{}", True), (True, "198.51.100.{}", False), (True, "203.0.113.{}, 198.51.100.7", True)],
)
def test_too_many_forms_from_one_place_have_to_wait(db, frozen, settings, proxy, header, counted):
    """Behind a proxy what the proxy itself wrote counts, without one the header is anybody's word."""
    settings.BEHIND_PROXY = proxy
    codes = [
        Client().post(f"/antwoord/token{n}/", {"code": "x"}, headers={"x-forwarded-for": header.format(n)}).status_code
        for n in range(61)
    ]
    assert (codes[59], codes[60]) == (404, 429 if counted else 404)


def test_one_household_of_ipv6_is_one_place(db, frozen):
    codes = [Client(REMOTE_ADDR=f"2001:db8::{n:x}").post(f"/antwoord/token{n}/").status_code for n in range(61)]
    assert (codes[59], codes[60]) == (404, 429)


def test_a_link_stays_frozen_to_its_address_while_it_runs(row, made, assistent):
    _, _, second = make_link(row, by=assistent, email="ander@adres.example")
    assert second.email == EMAIL
    stop_antwoordlink(row, {"reden": "Fout adres."}, by=assistent)
    _, _, third = make_link(row, by=assistent, email="ander@adres.example")
    assert third.email == "ander@adres.example"
    assert Antwoordlink.objects.lopend().count() == 1
