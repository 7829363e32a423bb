"""Two people change the same worry, and a session ends while somebody types: nothing typed is lost, nothing leaks."""

import pytest
from playwright.sync_api import expect

from tests.browser.scherm import Formulier, fill_in

HERS = "Lina zat vrijdag om 22 uur alleen op de trap, in haar pyjama."
THEIRS = "Lina zat vrijdag van 22 tot 23 uur alleen op de trap."


@pytest.fixture
def worry(dossier, rijen):
    return f"/dossiers/{dossier.kenmerk}/stap-5/zorgen/{rijen.zorg.sleutel}/"


def test_who_saves_second_is_told_and_keeps_her_text(browser_for, assistent, deelnemer, worry):
    """
    1. The assistant opens a worry in one tab, a colleague who takes part opens the same one.
    2. The colleague saves first.
    3. The assistant saves: she is told, sees both texts, and her own still stands in the form.
    4. She saves once more, knowing it: now hers is the text.
    5. The other text has not gone: it stands in the journal of the dossier.
    """
    hers, theirs = browser_for(assistent, worry), browser_for(deelnemer, worry)
    for page, text in ((hers, HERS), (theirs, THEIRS)):
        Formulier(page).type("Wat werd er gezien of gehoord?", text)
    Formulier(theirs).save("Zorg bewaren")

    Formulier(hers).submit("Zorg bewaren")
    told = hers.get_by_role("alert")
    expect(told).to_contain_text("Intussen bewaarde iemand anders deze tekst")
    expect(told).to_contain_text(THEIRS)
    expect(told).to_contain_text(HERS)
    expect(Formulier(hers).field("Wat werd er gezien of gehoord?")).to_have_value(HERS)

    Formulier(hers).save("Zorg bewaren")
    expect(hers.get_by_role("region", name="Al genoteerd")).to_contain_text(HERS)
    theirs.goto(worry)
    expect(Formulier(theirs).field("Wat werd er gezien of gehoord?")).to_have_value(HERS)


def test_one_user_with_two_tabs_is_told_too(browser_for, assistent, worry):
    """
    1. She has the worry open in two tabs.
    2. She saves in the first, and later in the second: the second tells what she wrote before.
    """
    first = browser_for(assistent, worry)
    second = first.context.new_page()
    second.goto(worry)
    Formulier(first).type("Wat werd er gezien of gehoord?", THEIRS)
    Formulier(first).save("Zorg bewaren")
    Formulier(second).type("Wat werd er gezien of gehoord?", HERS)
    Formulier(second).submit("Zorg bewaren")
    expect(second.get_by_role("alert")).to_contain_text(THEIRS)
    expect(Formulier(second).field("Wat werd er gezien of gehoord?")).to_have_value(HERS)


@pytest.mark.parametrize("who", ["assistent", "vreemde"])
@pytest.mark.parametrize("gone", ["sessionid", None], ids=["session", "all-cookies"])
def test_a_session_that_ends_while_typing_leaks_nothing(who, gone, request, browser_for, assistent, worry):
    """
    1. The assistant types in a worry; before she saves her session ends, or the browser loses all its cookies.
    2. Saving is answered by her own text, to copy, and the way to sign in.
    3. Who signs in then, she or a stranger at the same computer, gets a page that works; the stranger sees nothing of
       the dossier.
    """
    user = request.getfixturevalue(who)
    page = browser_for(assistent, worry)
    Formulier(page).type("Wat werd er gezien of gehoord?", HERS)
    page.context.clear_cookies(name=gone)
    Formulier(page).submit("Zorg bewaren")
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Je sessie is verlopen")
    expect(page.get_by_role("main")).to_contain_text(HERS)
    page.goto(worry)
    fill_in(page, user)
    if user == assistent:
        expect(Formulier(page).field("Wat werd er gezien of gehoord?")).to_be_visible()
    else:
        expect(title).to_have_text("Niet gevonden")
        expect(page.locator("body")).not_to_contain_text("Lina")
        page.goto("/")
        expect(title).to_have_text("Mijn werk")
        expect(page.get_by_role("main")).not_to_contain_text("Wesley")
