"""Once is once: a form that is sent again does nothing twice, and never throws away what was typed."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.test import Client as Plain
from django.urls import resolve

from accounts import clock
from accounts.transactions import WithoutKey, action, asking_for_key
from dossiers.actions import add_notitie
from dossiers.actions.eenmalig import KEPT, do_once, forget_old_keys
from dossiers.models import Dossier, Eenmalig, Notitie
from dossiers.views.eenmalig import NO_KEY, OTHER, PRESS_AGAIN
from stap5.actions.nazicht import ask_nazicht
from stap5.models import Afspraak, Controle, Stappenplan, Zorg
from tests import factories
from tests.test_access_matrix import GET, TABLE, address

pytestmark = [pytest.mark.both, pytest.mark.quick]

# Forms that write nothing, and those that cannot do it twice.
WITHOUT_KEY = {
    "account_login", "account_logout", "account_change_password", "account_reauthenticate",  # signing in and out
    "dossiers:zoek", "partners:zoek", "dossiers:voortgang_filter", "dossiers:toezicht", "stap5:hulp",  # questions
    "dossiers:merkteken",
    "partners:antwoord",  # a code: what was wrong twice counts twice
    "partners:antwoord_vernieuwen",  # the first new link ends the old one
}  # fmt: skip
READERS = ("assistent", "collega", "teamverantwoordelijke", "toezichthouder", "beheerder")


class Forms(HTMLParser):
    """`found`: [(address it is sent to, {names of its fields})] of every form on a page that is sent as a POST."""

    def __init__(self, page, path):
        super().__init__()
        self.path, self.found, self.inside = path, [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form" and attrs.get("method") == "post":
            target = re.split(r"[?#]", attrs.get("action") or "")[0] or self.path
            self.found.append((target if target.startswith("/") else self.path + target, set()))
            self.inside = True
        elif self.inside and attrs.get("name"):
            self.found[-1][1].add(attrs["name"])

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"


@pytest.mark.parametrize("role", READERS)
def test_every_form_on_every_page_has_its_key_but_those_that_only_ask(request, dossier, alles, client_for, role):
    client, seen, wrong = client_for(request.getfixturevalue(role)), 0, set()
    for name, (method, statuses) in TABLE.items():
        if method != GET or statuses[role] != 200:
            continue
        path = address(name, dossier.kenmerk, alles)
        response = client.get(path)
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        for target, fields in Forms(response.content.decode(), path).found:
            route = resolve(target).view_name
            seen += 1
            if ("eenmalig" in fields) == (route in WITHOUT_KEY):
                wrong.add((name, route))
    assert wrong == set()
    assert seen


def test_an_action_without_a_key_cannot_run_while_a_form_is_answered(db):
    @action
    def write():
        return "geschreven"

    with asking_for_key(), pytest.raises(WithoutKey):
        write()
    assert action(key=False)(lambda: "mag")() == "mag"


@pytest.fixture
def note():
    today = f"{clock.today():%d/%m/%Y}"
    return {"soort": "telefoon", "gebeurd_op": today, "tekst": "Gebeld met oma.", "eenmalig": str(uuid4())}


@pytest.fixture
def journal(dossier):
    return f"/dossiers/{dossier.kenmerk}/voortgang/"


def texts():
    return list(Notitie.objects.filter(soort="telefoon").order_by("pk").values_list("tekst", flat=True))


def test_the_same_form_twice_makes_one_note_and_gives_the_first_answer(assistent, client_for, journal, note):
    client = client_for(assistent)
    first, second = client.post(journal, note), client.post(journal, note)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"]) == (302, journal)
    assert texts() == ["Gebeld met oma."]
    assert client.get(journal).content.decode().count("Genoteerd.") == 2


def test_back_and_typed_anew_asks_whether_to_save_that_too(assistent, client_for, journal, note):
    client = client_for(assistent)
    client.post(journal, note)
    page = client.post(journal, note | {"tekst": "Gebeld met opa."})
    assert page.status_code == 409
    assert OTHER in page.content.decode()
    assert "Gebeld met opa." in page.content.decode()
    assert texts() == ["Gebeld met oma."]
    key = re.search(r'name="eenmalig" value="([\w-]+)"', page.content.decode())[1]
    assert key != note["eenmalig"]
    client.post(journal, note | {"tekst": "Gebeld met opa.", "eenmalig": key})
    assert texts() == ["Gebeld met oma.", "Gebeld met opa."]


@pytest.mark.parametrize("key", [None, "", "geen-sleutel"])
def test_a_form_without_a_key_comes_back_with_one_and_with_the_text(assistent, client_for, journal, note, key):
    client, sent = Plain(), {**note}
    client.force_login(assistent)
    sent.pop("eenmalig")
    page = client.post(journal, sent if key is None else sent | {"eenmalig": key})
    assert page.status_code == 200
    assert NO_KEY in page.content.decode()
    assert "Gebeld met oma." in page.content.decode()
    assert re.search(r'name="eenmalig" value="[\w-]{36}"', page.content.decode())
    assert texts() == []


def test_a_form_that_was_refused_may_be_sent_again_with_the_same_key(assistent, client_for, journal, note):
    client = client_for(assistent)
    assert client.post(journal, note | {"tekst": ""}).status_code == 200
    assert client.post(journal, note).status_code == 302
    assert texts() == ["Gebeld met oma."]


def test_the_key_of_one_person_says_nothing_about_the_form_of_another(assistent, deelnemer, client_for, journal, note):
    client_for(assistent).post(journal, note)
    client_for(deelnemer).post(journal, note)
    assert texts() == ["Gebeld met oma."] * 2


def test_the_key_of_one_page_is_no_answer_for_another(assistent, client_for, journal, note, dossier):
    client = client_for(assistent)
    client.post(journal, note)
    page = client.post(f"/dossiers/{dossier.kenmerk}/stap-5/beginnen/", note, follow=True)
    assert PRESS_AGAIN in page.content.decode()
    assert not Stappenplan.objects.exists()


def test_the_answer_stays_after_what_was_done_made_it_impossible(assistent, client_for, dossier, unchanged):
    """The dossier was closed by the first; the second is not told that it is closed."""
    client, address = client_for(assistent), f"/dossiers/{dossier.kenmerk}/sluiten/"
    sent = {"reden": "De opdracht liep af.", "eenmalig": str(uuid4())}
    assert client.post(address, sent).status_code == 302
    with unchanged():
        assert client.post(address, sent).status_code == 302
    assert "Het dossier is afgesloten." in client.get(f"/dossiers/{dossier.kenmerk}/").content.decode()


def test_ending_a_row_twice_gives_the_first_answer(assistent, client_for, dossier, gezin, unchanged):
    client = client_for(assistent)
    address = f"/dossiers/{dossier.kenmerk}/betrokkenen/{gezin.oma.sleutel}/stoppen/"
    sent = {"datum": f"{clock.today():%d/%m/%Y}", "reden": "Verhuisd.", "eenmalig": str(uuid4())}
    first = client.post(address, sent)
    with unchanged():
        assert client.post(address, sent)["Location"] == first["Location"]


def test_who_does_not_see_the_dossier_any_more_still_gets_her_first_answer(
    dossier, plan, rijen, ander_team, assistent, client_for
):
    """A reviewer of another team reads along until she decided; her text is not thrown away either."""
    elsewhere = factories.make_leader("elders", ander_team)
    nazicht = ask_nazicht(plan, {"gevraagd_aan": elsewhere}, by=assistent)
    address = f"/dossiers/{dossier.kenmerk}/stap-5/versies/{nazicht.planversie.sleutel}/nazicht/goedkeuren/"
    client, sent = client_for(elsewhere), {"toelichting": "Goed zo.", "eenmalig": str(uuid4())}
    first, second = client.post(address, sent), client.post(address, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    other = client.post(address, sent | {"toelichting": "Toch nog iets."}, headers={"Sec-Fetch-Site": "same-origin"})
    assert other.status_code == 404
    assert "Toch nog iets." in other.content.decode()
    assert client_for(assistent).post(address, sent).status_code == 403  # the key is of who sent it


def test_two_dossiers_are_not_opened_by_two_clicks(assistent, client_for):
    client = client_for(assistent)
    sent = {"voornaam": "Nadia", "soort": "probatie", "start": "1/11/2026", "zonder_einddatum": "on"}
    sent |= {"eenmalig": str(uuid4())}
    first, second = client.post("/dossiers/nieuw/", sent), client.post("/dossiers/nieuw/", sent)
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1


def test_a_change_typed_anew_stands_beside_what_was_saved(assistent, client_for, dossier, rijen, get_post):
    address = f"/dossiers/{dossier.kenmerk}/stap-5/zorgen/{rijen.zorg.sleutel}/"
    key = {"eenmalig": str(uuid4())}
    first = get_post(assistent, address, key | {"wat": "Lina zat alleen op de trap."})
    assert first.status_code == 302
    page = client_for(assistent).post(address, key | {"wat": "Lina en Milan zaten alleen.", "versie": "1"})
    assert page.status_code == 409
    assert "Hiervan bewaarde je al een andere tekst" in page.content.decode()
    assert "Lina zat alleen op de trap." in page.content.decode()
    assert "Lina en Milan zaten alleen." in page.content.decode()
    assert Zorg.objects.get().wat == "Lina zat alleen op de trap."


def test_two_checks_of_an_agreement_by_two_clicks_are_one(assistent, client_for, dossier, rijen):
    client = client_for(assistent)
    address = f"/dossiers/{dossier.kenmerk}/stap-5/afspraken/{rijen.afspraak.sleutel}/controle/"
    day = clock.today()
    sent = {"datum": f"{day:%d/%m/%Y}", "uitkomst": "nagekomen", "gezien_door": "oma"}
    sent |= {"volgende": f"{day + timedelta(days=7):%d/%m/%Y}", "eenmalig": str(uuid4())}
    assert [client.post(address, sent).status_code for _ in range(3)] == [302] * 3
    assert Controle.objects.count() == 1
    assert Afspraak.objects.get().versie == 2


def test_a_button_pressed_twice_begins_one_plan(assistent, client_for, dossier):
    client, sent = client_for(assistent), {"eenmalig": str(uuid4())}
    address = f"/dossiers/{dossier.kenmerk}/stap-5/beginnen/"
    first, second = client.post(address, sent), client.post(address, sent)
    assert first["Location"] == second["Location"] == f"/dossiers/{dossier.kenmerk}/stap-5/instap/"
    assert Stappenplan.objects.count() == 1


def test_a_button_without_a_key_does_nothing_and_says_to_press_again(assistent, dossier):
    client = Plain()
    client.force_login(assistent)
    page = client.post(f"/dossiers/{dossier.kenmerk}/stap-5/beginnen/", follow=True)
    assert PRESS_AGAIN in page.content.decode()
    assert not Stappenplan.objects.exists()


def test_what_is_shown_once_is_not_made_twice(assistent, client_for):
    client, sent = client_for(assistent), {"eenmalig": str(uuid4())}
    first, second = (
        client.post("/herinneringen/adres/maken/", sent),
        client.post("/herinneringen/adres/maken/", sent, follow=True),
    )
    assert "/agenda/" in first.content.decode()
    assert "één keer getoond" in second.content.decode()


def test_old_keys_are_let_go(assistent, client_for, journal, note, dossier):
    client_for(assistent).post(journal, note)
    assert forget_old_keys() == 0
    Eenmalig.objects.update(created_at=clock.now() - KEPT - timedelta(hours=1))
    assert forget_old_keys() == 1


def test_the_key_and_what_it_did_are_one_transaction(assistent, dossier, note):
    """What breaks after the note was written takes the key with it."""
    data = {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": note["tekst"]}

    def write():
        return add_notitie(dossier, data, by=assistent)

    with pytest.raises(ZeroDivisionError):
        do_once(uuid4(), f"gebruiker/{assistent.pk}", "x", write, lambda notitie: 1 / 0)
    assert (texts(), Eenmalig.objects.count()) == ([], 0)
