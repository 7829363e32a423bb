"""Everything works in a browser that runs no script."""

from playwright.sync_api import expect

from tests.browser.scherm import Formulier


def test_notes_and_worries_need_no_script(browser_for, assistent, plan, gezin):
    """
    1. Scripts are off in her browser. She signs in and stands at her work.
    2. She notes a phone call, and finds it in the journal.
    3. She writes down a worry and sees it on the page with the whole plan.
    4. She signs out, and the plan is closed to her.
    """
    page = browser_for(assistent, java_script_enabled=False)
    expect(page.get_by_role("heading", name="Mijn werk", level=1)).to_be_visible()

    snel = Formulier(page, "Snel noteren")
    snel.choose("Dossier", "Wesley Peeters")
    snel.choose("Soort", "telefoon")
    snel.type("Wat wil je noteren?", "Rita belde: Lina bleef vannacht bij haar.")
    snel.save("Noteren", "Genoteerd bij Wesley Peeters.")
    page.get_by_role("link", name="Wesley Peeters", exact=True).click()
    page.get_by_role("link", name="Voortgang", exact=True).click()
    expect(page.get_by_text("Rita belde: Lina bleef vannacht bij haar.")).to_be_visible()

    page.get_by_role("navigation", name="Dit dossier").get_by_role("link", name="Stappenplan").click()
    page.get_by_role("link", name="Zorgen", exact=True).click()
    zorg = Formulier(page, "Nieuwe zorg")
    zorg.type("Wat werd er gezien of gehoord?", "Milan stond om 18 uur nog alleen aan de schoolpoort.")
    zorg.tick("Over welk kind gaat het?", "Milan")
    zorg.unfold("Wanneer, hoe vaak, waar")
    zorg.type("Hoe vaak?", "één keer")
    zorg.save("Zorg bewaren")
    page.get_by_role("link", name="Alles samen").click()
    whole = page.get_by_role("region", name="Wat we aanpakken")
    expect(whole.get_by_role("heading", name="Milan stond om 18 uur nog alleen aan de schoolpoort.")).to_be_visible()
    expect(whole).to_contain_text("één keer")

    address = page.url
    page.get_by_text("Assistent Verzonnen", exact=True).first.click()
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_role("heading", name="Aanmelden", level=1)).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", name="Aanmelden", level=1)).to_be_visible()
