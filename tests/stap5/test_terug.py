"""Back to where one came from: only to pages that were declared, and without JavaScript."""

from datetime import timedelta

import pytest

from accounts import clock
from dossiers.actions import close_dossier, create_row
from dossiers.deel import delen
from dossiers.models import Contactmoment, Dossier, Notitie
from stap5.models import Kindcontact

pytestmark = pytest.mark.quick

ELSEWHERE = ("", "onbekend", "//evil.example", "https://evil.example/", "stap5:overzicht", "bezoek/../", "x" * 5000)


@pytest.fixture
def base(dossier, plan):
    return f"/dossiers/{dossier.kenmerk}/"


@pytest.fixture
def contact(gezin):
    return {"soort": "huisbezoek", "datum": clock.today() + timedelta(days=2), "met": [gezin.wesley.sleutel]}


def text(response):
    return response.content.decode()


def test_the_page_before_a_visit_leads_to_forms_that_lead_back(base, contact, assistent, client_for):
    """Each link as it stands on the page, sent as a browser does: to the address of the page itself."""
    client, page = client_for(assistent), f"{base}stap-5/bezoek/"
    html = text(client.get(page))
    for address, sent in (
        (f"{base}gegevens/?terug=bezoek", {"aandacht_bij_huisbezoek": "Er loopt een hond.", "versie": "1"}),
        (f"{base}contactmomenten/?terug=bezoek", contact),
    ):
        assert f'href="{address}"' in html
        form = text(client.get(address)).partition("<main")[2]
        assert f'<a href="{page}">Voor je op bezoek gaat</a>' in text(client.get(address))
        assert f'action="{address}"' in form or '<form class="formulier" method="post" novalidate' in form
        answer = client.post(address, sent)
        assert (answer.status_code, answer.url) == (302, page)
    assert Dossier.objects.get().aandacht_bij_huisbezoek == "Er loopt een hond."
    assert "Er loopt een hond." in text(client.get(page))


def test_changing_a_planned_contact_leads_back_too(base, dossier, contact, gezin, assistent, client_for):
    row = create_row(Contactmoment, dossier, contact | {"met": [gezin.wesley]}, by=assistent)
    client, page = client_for(assistent), f"{base}stap-5/bezoek/"
    html = text(client.get(f"{base}contactmomenten/?terug=bezoek"))
    for act in ("", "stoppen/"):
        assert f'href="{base}contactmomenten/{row.sleutel}/{act}?terug=bezoek"' in html
    address = f"{base}contactmomenten/{row.sleutel}/?terug=bezoek"
    assert f'<a href="{page}">Annuleren</a>' in text(client.get(address))
    assert client.post(address, contact | {"soort": "bureau", "versie": "1"}).url == page


@pytest.mark.parametrize("word", ELSEWHERE)
def test_another_word_leads_nowhere_else(base, contact, assistent, client_for, word):
    client = client_for(assistent)
    for page, sent in (("contactmomenten/", contact), ("gegevens/", {"aandacht_bij_huisbezoek": "x", "versie": "1"})):
        address = f"{base}{page}"
        plain = {"contactmomenten/": address, "gegevens/": base}[page]
        shown = client.get(address, {"terug": word})
        assert shown.status_code == 200
        assert "evil" not in text(shown)
        assert client.post(f"{address}?terug={word}", sent).url == plain


def test_every_declared_way_back_is_a_page_of_the_dossier(base, assistent, client_for):
    client, words = client_for(assistent), [word for deel in delen() for word in deel.terug]
    assert set(words) == {"bezoek", "opvolging"}
    for word in words:
        back = client.get(f"{base}gegevens/", {"terug": word}).context["terugweg"]
        assert back["adres"].startswith(base)
        assert client.get(back["adres"]).status_code == 200


# Children seen or spoken with together, from the page of following up


@pytest.fixture
def seen(gezin):
    kinderen = [gezin.lina.sleutel, gezin.milan.sleutel]
    return {"kinderen": kinderen, "hoe": "gezien", "datum": clock.today(), "door": "de juf"}


def test_children_seen_together_are_noted_at_once(base, dossier, seen, assistent, client_for):
    client, page = client_for(assistent), f"{base}stap-5/opvolging/"
    html = text(client.get(page))
    address = f"{base}stap-5/kindcontacten/?terug=opvolging"
    assert f'action="{address}"' in html
    assert html.count('name="kinderen"') == 2
    wrong = client.post(address, {"datum": clock.today()})
    assert list(wrong.context["form"].errors) == ["kinderen", "hoe"]  # as they stand on the page
    before, lines = dossier.gebeurtenissen.count(), Notitie.objects.count()
    answer = client.post(address, seen)
    assert (answer.status_code, answer.url) == (302, page)
    assert set(Kindcontact.objects.values_list("kind__voornaam", "hoe", "door")) == {
        ("Lina", "gezien", "de juf"), ("Milan", "gezien", "de juf"),
    }  # fmt: skip
    assert Notitie.objects.count() == lines + 1
    note = Notitie.objects.latest("pk").tekst
    assert note == f"Contact met kinderen toegevoegd: Lina en Milan gezien op {clock.today():%d/%m/%Y} door de juf"
    made = dossier.gebeurtenissen.filter(model="kindcontact")
    assert {str(row.sleutel) for row in Kindcontact.objects.all()} == set(made.values_list("sleutel", flat=True))
    assert dossier.gebeurtenissen.count() == before + 3  # the page was read, and two rows were made


def test_one_child_is_noted_as_before(base, gezin, seen, assistent, client_for):
    client_for(assistent).post(f"{base}stap-5/kindcontacten/", seen | {"kinderen": [gezin.lina.sleutel], "door": ""})
    note = Notitie.objects.latest("pk").tekst
    assert note == f"Contact met kind toegevoegd: Lina gezien op {clock.today():%d/%m/%Y}"


def test_in_a_closed_dossier_no_child_is_noted(base, dossier, seen, assistent, client_for, unchanged):
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    with unchanged():
        answer = client_for(assistent).post(f"{base}stap-5/kindcontacten/?terug=opvolging", seen)
    assert answer.status_code == 403
    assert "de juf" in text(answer)
