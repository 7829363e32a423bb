"""Addresses: which are public, and that none carries anything about a person."""

import ast
import re

import pytest
from django.urls import get_resolver
from django.urls.converters import UUIDConverter

from dossiers.urls import Kenmerk
from stap5.onderdelen import RUBRIEKEN as PLAN_RUBRIEKEN
from stap5.urls import Lijst
from tests.architecture.source import place, python_files, templates, tree

pytestmark = pytest.mark.quick

PUBLIC = {
    "account_login", "account_inactive", "account_logout", "gezond", "toegankelijkheid",
    # for a partner with a link
    "partners:antwoord", "partners:antwoord_vernieuwen", "partners:antwoord_vraag", "partners:antwoord_bedankt",
    "partners:antwoord_aanvaarden", "partners:antwoord_wachtlijst", "partners:antwoord_begonnen",
    "partners:antwoord_afronden", "partners:antwoord_weigeren", "partners:antwoord_bericht",
    # for a calendar that knows its address
    "stap5:agenda",
}  # fmt: skip
# What may follow the question mark: cursors (a kenmerk, a sleutel, a number), rows a form starts from (sleutels), and
# the declared word for the page one came from.
QUERY = {"na", "wijzigingen_na", "voor", "zorgen", "uit_uitzondering", "partner", "gebruiker", "overleg_met", "over"}
QUERY |= {"terug"}


def routes(resolver=None, path="", namespace=""):
    """(name, path, pattern) of every address, the admin's included."""
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, path + str(entry.pattern), inner)
        else:
            yield f"{namespace}{entry.name}", path + str(entry.pattern), entry


def test_these_pages_are_public_and_no_others():
    public = {name for name, _, entry in routes() if not getattr(entry.callback, "login_required", True)}
    assert public == PUBLIC


def test_an_address_holds_a_kenmerk_a_sleutel_or_a_declared_list_but_for_what_is_secret_in_itself():
    found = {
        f"{path} <{name}>"
        for route, path, entry in routes()
        if not route.startswith("beheer:")
        for name, converter in entry.pattern.converters.items()
        if not isinstance(converter, Kenmerk | UUIDConverter | Lijst)
    }
    assert found == {
        "antwoord/<token:token>/ <token>",
        "antwoord/<token:token>/vernieuwen/ <token>",
        "agenda/<str:token>.ics <token>",
    }


def test_no_address_but_those_of_the_admin_is_a_regular_expression():
    assert [path for name, path, _ in routes() if "(?P" in path and not path.startswith("beheer/")] == []


def _keys_read(path):
    """(node, key or None where it is not a constant) of every look into `request.GET`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "GET":
            yield node, getattr(node.slice, "value", None)
        elif isinstance(node, ast.Call) and getattr(getattr(node.func, "value", None), "attr", "") == "GET":
            yield node, getattr(node.args[0], "value", None)


def test_views_read_only_cursors_and_sleutels_from_the_address():
    read = {(place(path, node), key) for path in python_files() for node, key in _keys_read(path)}
    assert {key for _, key in read} >= {"na", "voor"}
    assert {item for item in read if item[1] not in QUERY} == set()
    assert {name for rubriek in PLAN_RUBRIEKEN for name in rubriek.vooraf} <= QUERY


def test_no_form_is_sent_as_an_address():
    forms = [(path, form) for path in templates() for form in re.findall(r"<form[^>]*>", path.read_text())]
    assert forms
    assert [place(path) for path, form in forms if not re.search(r'method="post"', form)] == []


def test_links_carry_only_cursors_and_sleutels():
    found = [
        f"{place(path)} ?{name}="
        for path in templates()
        for href in re.findall(r'(?:href|action|src)="([^"]*)"', path.read_text())
        for name in re.findall(r"[?&]([\w-]+)=", href)
        if name not in QUERY
    ]
    assert found == []


PAGES = ["", "betrokkenen/", "voortgang/", "stap-5/", "stap-5/zorgen/", "stap-5/netwerk/", "stap-5/opvolging/"]


@pytest.mark.parametrize("page", PAGES)
def test_no_link_on_a_page_holds_a_name(page, dossier, rijen, assistent, client_for):
    html = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/{page}").content.decode()
    links = re.findall(r'(?:href|action)="([^"]*)"', html)
    assert [link for link in links if re.search("wesley|sara|lina|milan|peeters|bruyn", link, re.IGNORECASE)] == []
