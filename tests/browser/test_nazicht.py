"""Review: one agreement is sent back and mended, and the second time only that change is read."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts import clock
from stap5 import actions
from stap5.models import Afspraak
from tests.browser.scherm import Formulier

FETCHING = "Oma haalt Lina op vrijdag van school."
MENDED = "Oma haalt Lina op vrijdag om 16 uur van school. Kan ze niet, dan belt ze voor de middag naar Sara."
CALLING = "Wesley belt elke zondag om 18 uur."
REMARK = "Wat als oma ziek is? Spreek ook dat af."
ANSWER = "Met oma en Sara afgesproken: oma belt dan voor de middag."


@pytest.fixture
def twee_afspraken(rijen, plan, gezin, assistent):
    """The plan holds the fetching and the calling, and more that does not change."""
    data = {"wat": CALLING, "wie": [gezin.wesley], "volgende_controle": clock.today() + timedelta(days=9)}
    return actions.add_item(Afspraak, plan, data | {"lezers": []}, by=assistent)


def _ask(page, dossier, question):
    page.goto(reverse("stap5:overzicht", args=[dossier.kenmerk]))
    page.get_by_role("link", name="Versies en nazicht").click()
    form = Formulier(page, "Nazicht vragen")
    form.type("Waar moet vooral naar gekeken worden?", question)
    form.save("Nazicht vragen", "Je vraag ligt bij Teamverantwoordelijke Verzonnen. Je werkt gewoon verder.")


def _open_review(page, versie):
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Nazicht").click()
    waiting = page.get_by_role("region", name=re.compile("^Wacht op jou"))
    waiting.get_by_role("link", name=f"Wesley Peeters, {versie}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Nazicht van {versie}")


def _remark_and_send_back(page):
    _open_review(page, "versie 1")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Eerste versie: alles is nieuw")
    for words in (FETCHING, CALLING, "Klopt de afspraak?"):
        expect(main).to_contain_text(words)
    item = main.get_by_role("listitem").filter(has=page.get_by_role("heading", name=FETCHING))
    item.get_by_role("link", name=re.compile("^Opmerking maken")).click()
    expect(Formulier(page).field("Waarover?").locator("option:checked")).to_contain_text(FETCHING)
    form = Formulier(page)
    form.type("Wat wil je opmerken?", REMARK)
    form.save("Opmerking bewaren", "Je opmerking staat erbij.")
    expect(page.get_by_role("main")).to_contain_text(REMARK)
    page.get_by_role("link", name="Terugsturen").click()
    Formulier(page).save("Terugsturen", "De versie is teruggestuurd.")
    expect(page.get_by_role("region", name=re.compile("^Wacht op jou"))).to_contain_text("Niemand wacht")


def _mend_and_answer(page, dossier, rijen):
    page.goto(reverse("stap5:overzicht", args=[dossier.kenmerk]))
    panel = page.get_by_role("region", name="Nazicht", exact=True)
    expect(panel).to_contain_text("teruggestuurd")
    expect(panel).to_contain_text("Eén opmerking staat nog open.")
    page.goto(reverse("stap5:afspraken_wijzig", args=[dossier.kenmerk, rijen.afspraak.sleutel]))
    form = Formulier(page)
    form.type("Wat spreken we af?", MENDED)
    form.save("Afspraak bewaren")
    page.goto(reverse("stap5:versies", args=[dossier.kenmerk]))
    page.get_by_role("link", name="Naar het nazicht met deze opmerking").click()
    page.get_by_role("link", name=re.compile("^Beantwoorden")).click()
    form = Formulier(page)
    form.type("Wat deed je ermee?", ANSWER)
    form.save("Antwoord bewaren", "Je antwoord staat bij de opmerking.")


def _see_only_that_change_and_approve(page):
    _open_review(page, "versie 2")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Wat er veranderde sinds versie 1")
    headings = main.get_by_role("heading", level=4)
    expect(headings).to_have_count(1)
    expect(headings).to_contain_text("Oma haalt Lina op vrijdag om 16 uur")
    for side, words in (("Was", FETCHING), ("Is", MENDED)):
        expect(main.locator(".naast > div").filter(has_text=re.compile(f"^{side}"))).to_contain_text(words)
    expect(main).to_contain_text(REMARK)
    expect(main).to_contain_text(ANSWER)
    for words in (CALLING, "Lina zat vrijdag", "Dat het stil is", "Zondag sliep"):
        expect(main).not_to_contain_text(words)
    main.get_by_role("link", name=re.compile("^Opgelost")).click()
    Formulier(page).save("Op opgelost zetten", "De opmerking is opgelost.")
    page.get_by_role("link", name="Goedkeuren").click()
    expect(page.get_by_role("main")).not_to_contain_text("opmerking open")
    form = Formulier(page)
    form.type("Wil je er iets bij zeggen?", "Zo is het duidelijk.")
    form.save("Goedkeuren", "De versie is goedgekeurd.")


def _read_and_print_both(page, dossier):
    """The assistant sees the answer; each version still reads and prints as it was, with its number."""
    page.goto(reverse("stap5:versies", args=[dossier.kenmerk]))
    list_of_versions = page.get_by_role("region", name="Versies", exact=True)
    expect(list_of_versions).to_contain_text("Zo is het duidelijk.")
    for versie, words, other in (("versie 1", FETCHING, MENDED), ("versie 2", MENDED, FETCHING)):
        row = list_of_versions.get_by_role("listitem").filter(has_text=versie.capitalize())
        href = row.get_by_role("link", name=re.compile("^Afdrukken")).get_attribute("href")
        paper = PdfReader(BytesIO(page.request.get(href).body()))
        text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
        assert f"({versie})" in text
        assert words in text
        assert other not in text
        row.get_by_role("link", name=re.compile("^Hele versie lezen")).click()
        expect(page.get_by_role("main")).to_contain_text(f"Dit is {versie}, vastgelegd op {clock.today():%d/%m/%Y}")
        expect(page.get_by_role("main")).to_contain_text(words)
        page.go_back()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_plan_is_sent_back_mended_and_approved(
    scripts, browser_for, dossier, rijen, twee_afspraken, assistent, teamverantwoordelijke
):
    """
    1. The assistant asks review of the plan.
    2. The teamverantwoordelijke finds it in her list, remarks on one agreement, and sends the version back.
    3. The assistant sees so on the plan, mends the agreement, says what she did, and asks again.
    4. The teamverantwoordelijke sees that change and no other, side by side, with the remark and its answer;
       she sets the remark to resolved and approves.
    5. The assistant reads the answer. Both versions still read and print as they were, each with its number.
    """
    hers = browser_for(assistent, java_script_enabled=scripts)
    theirs = browser_for(teamverantwoordelijke, java_script_enabled=scripts)
    _ask(hers, dossier, "Klopt de afspraak?")
    _remark_and_send_back(theirs)
    _mend_and_answer(hers, dossier, rijen)
    _ask(hers, dossier, "Zo beter?")
    _see_only_that_change_and_approve(theirs)
    _read_and_print_both(hers, dossier)
