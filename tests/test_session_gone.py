"""The session ended while somebody was writing."""

import pytest
from django.urls import reverse

from dossiers.models import Notitie
from tests.client import Client

pytestmark = pytest.mark.quick

TEXT = "Kim vertelde <b>dat</b> het goed ging."


@pytest.fixture
def address(dossier):
    return reverse("dossiers:voortgang", args=[dossier.kenmerk])


def test_the_text_comes_back_to_copy_and_nothing_is_saved(address):
    before = Notitie.objects.count()
    sent = {"tekst": TEXT, "soort": "telefoon"}
    response = Client().post(address, sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 403
    assert "Kim vertelde &lt;b&gt;dat&lt;/b&gt; het goed ging." in response.content.decode()
    assert reverse("account_login") in response.content.decode()
    assert Notitie.objects.count() == before


def test_another_site_cannot_put_its_words_on_our_page(address):
    response = Client().post(address, {"tekst": TEXT}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("text", ["Papa!", "Bang.", "Mama\nbelde."])
def test_one_word_is_a_text_too(address, text):
    sent = {"tekst": text, "soort": "telefoon"}
    response = Client().post(address, sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 403
    assert text.split("\n")[0] in response.content.decode()


def test_who_typed_nothing_is_asked_to_sign_in(address):
    response = Client().post(address, {"soort": "telefoon"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 302
