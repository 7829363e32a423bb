"""Referrals that were sent, links for them, and the browser of a partner."""

import re

from accounts import clock
from partners.actions.antwoordlink import create_antwoordlink
from partners.actions.doorverwijzing import change_meegegeven, move_doorverwijzing
from tests import factories
from tests.client import Client

EMAIL = "onthaal@caw.example"
UNKNOWN = "x" * 43


def make_sent(dossier, gezin, *, by, teksten=(), **kwargs):
    """A referral of Milan to a CAW, sent today, with `teksten` along."""
    akkoord = {"akkoord": "ja", "akkoord_van": gezin.sara, "akkoord_op": clock.today()}
    facts = {"partner_naam": "CAW Testlei", "vraag": "Wilt u Milan leren kennen?"} | akkoord | kwargs
    row = factories.make_doorverwijzing(dossier, voor=[gezin.milan], by=by, **facts)
    if teksten:
        change_meegegeven(row, {"teksten": teksten}, versie=row.versie, by=by)
    return step(row, "verstuurd", by=by)


def step(row, naar, *, by):
    reden = "" if naar == "verstuurd" else "Zo gaat het."
    return move_doorverwijzing(row, naar, {"datum": clock.today(), "reden": reden}, by=by)


def make_link(row, *, by, email=EMAIL, mailen=False):
    """(token, code, link)"""
    data = {"email": email, "mailen": mailen}
    made = create_antwoordlink(row, data, by=by, address=lambda token: f"http://testserver/antwoord/{token}/")
    return token_in(made.adres), made.code, made.link


def token_in(text):
    return re.search(r"/antwoord/([\w-]+)/", text)[1]


def without_token(response):
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


def visit(token, client=None):
    return (client or Client()).get(f"/antwoord/{token}/")


def enter(token, code, client):
    return client.post(f"/antwoord/{token}/", {"code": code})


def say(client, answer, tekst=""):
    return client.post(f"/antwoord/stap/{answer}/", {"tekst": tekst})
