"""Every page, wide and on a phone: axe finds nothing, it does not scroll sideways, one h1, every id once.

The pages come from the access matrix, which knows every route: a new page is looked at by itself. Django's admin
(/beheer/) is not ours to mend, and stays out.
"""

import re

from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from accounts import clock
from stap5 import actions
from stap5.models import Schaalscore
from tests import factories
from tests.browser.conftest import NARROW, WIDE
from tests.browser.scherm import Formulier
from tests.test_access_matrix import GET, TABLE, address, live

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
FILES = (".pdf", ".csv")  # no pages, like the one word of the health check


def pages(role, dossier, rows, *, but=()):
    """The addresses where the access matrix gives this role a page, except those that one of `but` gets too."""
    for name, (method, statuses) in TABLE.items():
        mine = statuses[role] == 200 and not any(statuses[other] == 200 for other in but)
        if method == GET and mine and name != "gezond":
            found = address(name, dossier.kenmerk, rows)
            if not found.endswith(FILES):
                yield found


def look_at(page):
    """What is wrong with the page that stands open, at both widths, with its folds open."""
    problems = []
    page.evaluate("document.querySelectorAll('details:not([name])').forEach(fold => fold.open = true)")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        for found in Axe().run(page, options=OPTIONS).response["violations"]:
            problems += [
                f"{size['width']} {found['id']}: {node['target']} {node['html'][:150]}" for node in found["nodes"]
            ]
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
    for place in found:
        answer = page.goto(place)
        problems[place] = look_at(page) + ([] if answer.status == status else [str(answer.status)])
    return problems


def check(problems):
    """Fails with every problem of every page, one a line."""
    lines = [f"{place}: {problem}" for place, found in problems.items() for problem in found]
    assert not lines, "\n".join(lines)


def test_the_pages_without_a_user(page, db):
    problems = look_at_each(page, ["/aanmelden/", "/toegankelijkheid/", "/aanmelden/geen-toegang/"])
    page.goto("/aanmelden/")
    page.get_by_role("main").get_by_role("button", name="Aanmelden").click()
    problems["errors"] = look_at(page)
    page.context.clear_cookies()
    page.get_by_role("main").get_by_role("button", name="Aanmelden").click()
    problems["no cookie"] = look_at(page)
    check(problems)


def test_every_page_of_an_assistent(browser_for, dossier, alles, assistent):
    check(look_at_each(browser_for(assistent), pages("assistent", dossier, alles)))


def test_the_pages_of_who_is_asked_and_who_is_away(browser_for, dossier, alles, collega):
    check(look_at_each(browser_for(collega), pages("collega", dossier, alles, but=["assistent"])))


def test_the_pages_of_other_roles(browser_for, dossier, alles, toezichthouder, beheerder, assistent):
    his, keeper, hers = browser_for(toezichthouder), browser_for(beheerder), browser_for(assistent)
    problems = look_at_each(his, pages("toezichthouder", dossier, alles, but=["assistent"]))
    problems |= look_at_each(his, [f"/dossiers/{dossier.kenmerk}/inzage/"])
    problems |= look_at_each(keeper, pages("beheerder", dossier, alles, but=["assistent", "toezichthouder"]))
    problems |= look_at_each(his, ["/dossiers/nieuw/"], status=403)
    problems |= look_at_each(hers, ["/dossiers/aaaaaaaaaaaaaaaa/"], status=404)
    check(problems)


def test_the_pages_of_who_reviews(browser_for, dossier, alles, teamverantwoordelijke):
    """Her list, a review that waits for her with its remarks, each act upon it, and a form with an error."""
    page = browser_for(teamverantwoordelijke)
    found = {name: address(name, dossier.kenmerk, alles) for name in live() if "nazicht" in name or "opmerking" in name}
    problems = look_at_each(page, found.values())
    page.goto(found["stap5:nazicht_opmerking"])
    Formulier(page).submit("Opmerking bewaren")
    expect(page.get_by_role("alert")).to_be_visible()
    problems["error"] = look_at(page)
    check(problems)


def test_the_empty_pages(browser_for, dossier, vreemde, assistent):
    """Before anything was noted: no list, no plan; then a plan without a row."""
    strange, page = browser_for(vreemde), browser_for(assistent)
    problems = look_at_each(strange, ["/", "/dossiers/"])
    lists = [
        name
        for name, entry in live().items()
        if entry.default_args.get("rubriek") and not entry.pattern.converters.get("sleutel")
    ]
    of_dossier = [reverse(name, args=[dossier.kenmerk]) for name in lists if name.startswith("dossiers:")]
    problems |= look_at_each(
        page, [f"/dossiers/{dossier.kenmerk}/", f"/dossiers/{dossier.kenmerk}/stap-5/", *of_dossier]
    )
    page.goto(f"/dossiers/{dossier.kenmerk}/stap-5/")
    page.get_by_role("button", name="Stap 5 beginnen").click()
    of_plan = [reverse(name, args=[dossier.kenmerk]) for name in lists if name.startswith("stap5:")]
    parts = [reverse(f"stap5:{name}", args=[dossier.kenmerk]) for name in ("overzicht", "instap", "opvolging")]
    problems |= look_at_each(page, [*parts, *of_plan])
    check(problems)


def test_a_long_name_does_not_widen_the_scale(browser_for, dossier, plan, assistent):
    who = factories.make_person(dossier, "W" * 40, "netwerk", by=assistent)
    said = {"persoon": who, "score": 4, "datum": clock.today(), "een_hoger": "w" * 90}
    actions.add_item(Schaalscore, plan, said, by=assistent)
    base = f"/dossiers/{dossier.kenmerk}/stap-5/"
    check(look_at_each(browser_for(assistent), [base, f"{base}schaal/"]))


def test_the_pages_that_say_what_is_wrong(browser_for, dossier, alles, rijen, assistent, deelnemer):
    """Forms with errors, the page that shows two texts, and a closed dossier."""
    page, problems = browser_for(assistent), {}

    def send(address, heading, button):
        page.goto(address)
        Formulier(page, heading).submit(button)
        expect(page.get_by_role("alert")).to_be_visible()
        problems[address] = look_at(page)

    base = f"/dossiers/{dossier.kenmerk}"
    send("/", "Snel noteren", "Noteren")
    send("/dossiers/nieuw/", None, "Dossier openen")
    for part, heading, button in (
        ("stap-5/zorgen", "Nieuwe zorg", "Zorg bewaren"),
        ("stap-5/afspraken", "Nieuwe afspraak", "Afspraak bewaren"),
        ("stap-5/netwerk", "Iemand toevoegen", "Bewaren"),
        ("stap-5/instap", "Vannacht en tot jullie volgende contact", "Bewaren"),
        ("betrokkenen", "Iemand toevoegen", "Bewaren"),
    ):
        send(f"{base}/{part}/", heading, button)

    worry = f"{base}/stap-5/zorgen/{rijen.zorg.sleutel}/"
    theirs = browser_for(deelnemer, worry)
    page.goto(worry)
    for who in (theirs, page):
        Formulier(who).type("Wat werd er gezien of gehoord?", f"Lina zat op de trap, zag {who.url[-3:]}.")
        Formulier(who).submit("Zorg bewaren")
    expect(page.get_by_role("alert")).to_be_visible()
    problems["two texts"] = look_at(page)
    check(problems)


def test_the_pages_of_what_is_over(browser_for, dossier, alles, assistent):
    """A plan that rests, a plan that was left, and a closed dossier."""
    page, base = browser_for(assistent), f"/dossiers/{dossier.kenmerk}"
    plan = [f"{base}/stap-5/{part}" for part in ("", "instap/", "zorgen/", "opvolging/")]

    page.goto(f"{base}/stap-5/opvolging/pauze/")
    form = Formulier(page)
    form.type("Opnieuw bekijken op", "1/2")
    form.type("Waarom?", "Opname van zes weken.")
    form.save("Pauzeren")
    problems = {f"rests {place}": found for place, found in look_at_each(page, plan).items()}

    page.goto(f"{base}/stap-5/opvolging/verlaten/")
    form = Formulier(page)
    form.choose("Hoe eindigt stap 5?", "naar stap 6")
    form.type("Waarom?", "De moeder wil geen hulp meer.")
    form.type("Met wie besloten?", "de teamverantwoordelijke")
    form.save("Stap 5 verlaten", "Stap 5 is verlaten.")
    problems |= {f"left {place}": found for place, found in look_at_each(page, plan).items()}

    page.goto(f"{base}/sluiten/")
    form = Formulier(page)
    form.type("Waarom?", "De opdracht is afgelopen.")
    form.save("Dossier afsluiten", "Het dossier is afgesloten.")
    closed = [f"{base}/", f"{base}/betrokkenen/", f"{base}/voortgang/", f"{base}/heropenen/", *plan]
    problems |= {f"closed {place}": found for place, found in look_at_each(page, closed).items()}
    check(problems)


def test_what_unfolds_in_the_bar(browser_for, assistent):
    page, problems = browser_for(assistent), {}
    for fold in ("Acuut gevaar: 112 · 101", "Assistent Verzonnen"):
        page.goto("/")
        page.get_by_text(fold, exact=True).click()
        problems[fold] = look_at(page)
    check(problems)


def test_the_address_of_a_calendar_that_is_shown_once_and_the_page_that_knows_it(browser_for, assistent):
    page = browser_for(assistent)
    page.goto("/herinneringen/")
    page.get_by_role("button", name="Adres maken").click()
    assert "/agenda/" in page.get_by_label("Adres").input_value()
    check({"shown": look_at(page)} | look_at_each(page, ["/herinneringen/"]))
