"""Handing over: from the limits of one assistant to the first note of the next."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from accounts import clock
from dossiers.actions import add_notitie
from dossiers.actions.opdracht import add_uitsluiting
from tests.browser.scherm import Formulier
from tests.factories import make_dossier

REASON = "Ik ken de oma van vroeger. Het wordt te moeilijk."
MESSAGE = "Bel me gerust, ik licht het toe."
NOTE = "Kennisgemaakt met Wesley, samen met Assistent."


def _main(page):
    return page.get_by_role("main")


def test_a_dossier_changes_hands(browser_for, dossier, rijen, assistent, collega):
    """
    1. The assistant wants somebody with her: the page proposes whom, among them handing over.
    2. She reads the bundle and offers the dossier to a colleague; it is still hers.
    3. The colleague finds the question in the menu under her name. She sees for whom and how much, not the dossier.
    4. She takes it over, and everything is there: the plan, the notes, the people.
    5. The former owner is shut out, on the page she still had open too, and reads what became of her offer.
    6. The new owner notes something.
    """
    data = {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": "Gebeld met oma.", "over": []}
    add_notitie(dossier, data, by=assistent)
    base = f"/dossiers/{dossier.kenmerk}"
    hers, theirs = browser_for(assistent, f"{base}/stap-5/zorgen/"), browser_for(collega)

    hers.get_by_role("link", name="Ik wil er iemand bij").click()
    hers.get_by_role("region", name="Wie kan erbij komen?").get_by_role("link", name="Dossier overdragen").click()
    expect(hers.get_by_role("region", name="Wat eraan komt")).to_contain_text("Oma haalt Lina op vrijdag van school.")
    expect(hers.get_by_role("region", name="Wie je moet kennen")).to_contain_text("Veiligheidsmens voor Lina")
    form = Formulier(hers, "Dit dossier overdragen")
    form.choose("Aan welke collega?", "Collega Verzonnen")
    form.type("Waarom draag je over?", REASON)
    form.type("Wat wil je er nog bij zeggen?", MESSAGE)
    form.save("Overdracht voorstellen", "Het voorstel is gedaan. Er verandert niets tot het aanvaard wordt.")
    expect(hers.get_by_role("region", name="Wacht op een antwoord")).to_contain_text("aan Collega Verzonnen")

    theirs.goto(f"{base}/")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Niet gevonden")
    theirs.goto("/")
    theirs.get_by_text("Collega Verzonnen", exact=True).click()
    theirs.get_by_role("link", name="Overdrachten").click()
    theirs.get_by_role("link", name=re.compile("vraagt of jij een dossier wil overnemen")).click()
    for text in (REASON, MESSAGE, "Wesley Peeters", "Stap 5 loopt, met 1 zorg en 1 afspraak"):
        expect(_main(theirs)).to_contain_text(text)
    for secret in ("Lina", "op de trap", "Kerkstraat", "0470"):
        expect(_main(theirs)).not_to_contain_text(secret)
    theirs.get_by_role("button", name="Dossier overnemen").click()
    expect(theirs.get_by_role("status")).to_contain_text("Het dossier is overgenomen.")
    expect(_main(theirs)).to_contain_text("gevolgd door Collega Verzonnen")

    theirs.get_by_role("link", name="Open het stappenplan").click()
    for text in ("alleen op de trap", "Zondag sliep iedereen bij oma.", "Oma haalt Lina op vrijdag van school."):
        expect(_main(theirs)).to_contain_text(text)
    theirs.get_by_role("navigation", name="Dit dossier").get_by_role("link", name="Voortgang").click()
    expect(_main(theirs)).to_contain_text("Gebeld met oma.")

    for place in ("/", "/overdracht/", "/stap-5/", "/voortgang/", "/inzage/"):
        hers.goto(f"{base}{place}")
        expect(hers.get_by_role("heading", level=1)).to_have_text("Niet gevonden")
    hers.goto("/overdrachten/")
    told = hers.get_by_role("region", name="Wat jij voorstelde")
    expect(told).to_contain_text("van Assistent Verzonnen aan Collega Verzonnen")
    expect(told).to_contain_text("overgedragen")
    expect(told).to_contain_text("Collega Verzonnen volgt het dossier.")
    expect(_main(hers)).not_to_contain_text("Wesley")

    form = Formulier(theirs, "Nieuwe notitie")
    form.choose("Soort", "telefoon")
    form.type("Wat wil je noteren?", NOTE)
    form.save("Noteren", "Genoteerd.")
    expect(theirs.get_by_role("region", name="Notities")).to_contain_text(NOTE)


def test_leave_is_arranged_told_per_dossier_and_ended(browser_for, dossier, gezin, assistent, collega):
    """
    1. The assistant goes on leave. Her colleague is kept out of one of her two dossiers.
    2. She arranges the stand-in: in one dossier it holds, for the other she reads why not and is led to somebody else.
    3. The colleague has the one dossier on her worklist.
    4. The assistant is back sooner: the colleague's access has gone.
    """
    kept_out = make_dossier(assistent, voornaam="Nadia", achternaam="K.")
    add_uitsluiting(kept_out, {"gebruiker": collega, "reden": "Buurvrouw."}, by=assistent)
    hers, theirs = browser_for(assistent), browser_for(collega)

    hers.get_by_text("Assistent Verzonnen", exact=True).click()
    hers.get_by_role("link", name="Vervanging bij afwezigheid").click()
    form = Formulier(hers, "Vervanging regelen")
    form.choose("Wie vervangt?", "Collega Verzonnen")
    form.type("Tot en met", f"{clock.today() + timedelta(days=14):%d/%m/%Y}")
    form.submit("Vervanging regelen")
    report = hers.get_by_role("region", name="Collega Verzonnen vervangt jou")
    expect(report).to_contain_text("in 1 dossier.")
    expect(report).to_contain_text("Nadia K.: Collega Verzonnen is uitgesloten van dit dossier.")
    report.get_by_role("link", name=re.compile("^Iemand anders laten inspringen")).click()
    expect(hers.get_by_role("heading", level=1)).to_have_text("Wie werkt mee")

    theirs.goto("/")
    expect(_main(theirs)).to_contain_text("Wesley Peeters")
    expect(_main(theirs)).not_to_contain_text("Nadia")

    hers.goto("/vervanging/")
    hers.get_by_role("link", name=re.compile("^Vroeger stoppen")).click()
    form = Formulier(hers)
    form.type("Waarom?", "Ik ben terug.")
    form.save("Vervanging stoppen", "De vervanging is gestopt. Collega Verzonnen heeft vanaf nu geen toegang meer.")
    theirs.goto("/")
    expect(_main(theirs)).not_to_contain_text("Wesley")
