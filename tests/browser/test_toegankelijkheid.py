"""Every page, wide and on a phone: axe finds nothing, it does not scroll sideways, one h1, every id once.

The pages come from the URL resolver, so a new page is looked at by itself. Django's admin (/beheer/) is not ours to
mend, and stays out.
"""

import re
import uuid
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLResolver, get_resolver

from accounts import clock
from dossiers import rubrieken
from dossiers.actions import add_notitie, close_dossier
from dossiers.actions.opdracht import add_deelname, add_uitsluiting
from partners.models import Partnersoort
from stap5 import actions, onderdelen
from stap5.models import Grenzencheck, Hulp
from tests import factories
from tests.browser.conftest import NARROW, WIDE
from tests.browser.scherm import Formulier

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
ADMIN = "beheer/"
NO_PAGES = {"stappenplan_pdf", "gezond", "beginnen", "zoek", "voortgang_filter"}  # a file, a word, or only a button


def routes(resolver=None, prefix=""):
    """(name, address pattern, view arguments) of every page of ours."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if not pattern.startswith(ADMIN):
                yield from routes(entry, pattern)
        elif entry.name not in NO_PAGES:
            yield entry.name, pattern, entry.default_args


def addresses(dossier, plan, notitie, *, of_dossier):
    """The pages of this dossier, or those of none; a page of a row for one row of each rubriek."""
    for name, pattern, arguments in routes():
        if ("<kenmerk:kenmerk>" in pattern) != of_dossier:
            continue
        rubriek = arguments.get("rubriek")
        row = notitie
        if rubriek:
            row = rubriek.queryset(rubriek.houder(dossier)).filter(gestopt_op=None).first()
            assert row is not None, f"no {rubriek.slug} to look at"
            if name.endswith("_wijzig") and not rubriek.kan_wijzigen:
                continue
        elif name == "eerder":
            row = plan
        address = "/" + pattern.replace("<kenmerk:kenmerk>", dossier.kenmerk)
        yield address.replace("<uuid:sleutel>", str(row.sleutel))


def look_at(page):
    """What is wrong with the page that stands open, at both widths, with its folds open."""
    problems = []
    page.evaluate("document.querySelectorAll('details:not([name])').forEach(fold => fold.open = true)")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        for found in Axe().run(page, options=OPTIONS).response["violations"]:
            problems += [f"{size['width']} {found['id']}: {node['target']} {node['html'][:150]}" for node in found["nodes"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        problems.append("scrolls sideways")
    if (count := page.get_by_role("heading", level=1).count()) != 1:
        problems.append(f"{count} h1")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    problems += sorted({f"id {name} twice" for name in ids if ids.count(name) > 1})
    if re.search(r"<[a-z]|\{[{%]", page.get_by_role("main").inner_text()):
        problems.append("markup to read")
    return problems


def look_at_each(page, found, *, status=200):
    """{address: problems}"""
    problems = {}
    for address in found:
        answer = page.goto(address)
        problems[address] = look_at(page) + ([] if answer.status == status else [str(answer.status)])
    return {address: found for address, found in problems.items() if found}


@pytest.fixture
def notitie(dossier, gezin, assistent):
    data = {"soort": "signaal", "gebeurd_op": clock.today(), "tekst": "De school belde.", "over": [gezin.lina], "bron": ""}
    return add_notitie(dossier, data, by=assistent)


@pytest.fixture
def everything(dossier, gezin, plan, rijen, notitie, collega, deelnemer, uitgeslotene, assistent):
    """At least one row on every list."""
    today, by = clock.today(), assistent

    def add(rubriek, **values):
        return (rubriek.create or actions.add_item)(rubriek.houder(dossier), values, by=by)

    from dossiers.actions import create_row

    create_row(rubrieken.VERBLIJVEN.model, dossier, {"wie": gezin.lina, "soort": "thuis", "bij": gezin.sara}, by=by)
    ban = {"soort": "contactverbod", "wie": gezin.wesley, "tegenover": [gezin.sara], "tot": today + timedelta(days=9)}
    create_row(rubrieken.VERBODEN.model, dossier, ban, by=by)
    add(onderdelen.HULP, soort=Partnersoort.objects.first(), voor=[gezin.lina], stand="loopt", naam="dokter Claes")
    add(onderdelen.BEREIDHEID, ouder=gezin.wesley, antwoord="ja", woorden="Het moet anders.", datum=today)
    add(onderdelen.GRENZEN, uitkomst="overleg", gevoel="Ik twijfel.", gedeeld_met=[])
    add(onderdelen.KINDCONTACTEN, kind=gezin.lina, hoe="gezien", datum=today)
    for score in (4, 6):
        add(onderdelen.SCHAAL, persoon=gezin.wesley, score=score, datum=today)
    view = {"persoon": gezin.wesley, "datum": today, "visie": "anders", "woorden": "Ze zat daar goed."}
    actions.add_standpunt(rijen.zorg, view, by=by)
    check = {"uitkomst": "deels", "datum": today, "gezien_door": "oma", "volgende": today + timedelta(days=7)}
    actions.add_controle(rijen.afspraak, check | {"toelichting": "Eén keer niet."}, by=by)
    return dossier


def test_the_pages_without_a_user(page):
    page.goto("/")
    page.get_by_label("Gebruikersnaam").fill("wie")
    problems = look_at_each(page, ["/aanmelden/", "/toegankelijkheid/", "/aanmelden/geen-toegang/"])
    page.goto("/aanmelden/")
    page.get_by_role("main").get_by_role("button", name="Aanmelden").click()
    problems["errors"] = look_at(page)
    assert {address: found for address, found in problems.items() if found} == {}


def test_the_pages_of_a_dossier(browser_for, everything, plan, notitie, assistent):
    page = browser_for(assistent)
    assert look_at_each(page, addresses(everything, plan, notitie, of_dossier=True)) == {}
