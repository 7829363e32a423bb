"""Casus 2, het huisverbod: from the advice to the answer of the CAW, who has no account and no session."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts import clock
from dossiers.actions import create_row
from dossiers.models import Ouderschap, Verbod
from stap5 import actions
from stap5.models import Bereidheid, Uitzondering, Wens, Zorg
from tests import factories
from tests.browser.scherm import Formulier, sign_in
from tests.browser.test_casus_1 import Walk, in_days, show

PATIENCE = 30_000  # milliseconds
NAMES = re.compile(r"\b(Bart|Ilse|Fien|Stan|Verstraeten)\b")
CAW = "Centrum voor Algemeen Welzijnswerk (CAW)"
OFFICE, EMAIL = "CAW Testlei", "onthaal@caw.example"
QUESTION = "Wilt u Bart helpen om anders om te gaan met ruzie?"
WALK = "Als Barts broer Tom op bezoek is, blijft het rustig en wandelen ze samen met de hond."
FIRST = "Dat hij eerst hulp zoekt voor hij terugkomt."
NIGHT = "Op zondagnacht gooide Bart een stoel tegen de deur van de kinderkamer."
WELCOME = "Bart mag maandag om 10 uur bellen naar het onthaal."
MEANWHILE = "Het onthaal belt voortaan zelf."


@pytest.fixture
def huisverbod(assistent):
    """The dossier with its plan: what Ilse told and wants, and what helps according to Bart."""
    today = clock.today()
    dossier = factories.make_dossier(
        assistent,
        voornaam="Bart",
        achternaam="Verstraeten",
        soort="tijdelijk_huisverbod",
        opdrachtgever="parket",
    )
    bart = dossier.betrokkenen.get(is_justitiabele=True)

    def person(voornaam, rol, **facts):
        return factories.make_person(dossier, voornaam, rol, by=assistent, **facts)

    ilse = person("Ilse", "ouder", telefoon="0400 00 00 12", adres="Verzonnen pad 9", afgeschermd_voor=[bart])
    fien = person("Fien", "kind", geboortedatum=date(today.year - 5, 1, 1))
    stan = person("Stan", "kind", geboortedatum=today)
    for ouder in (bart, ilse):
        for kind in (fien, stan):
            create_row(Ouderschap, dossier, {"ouder": ouder, "kind": kind, "soort": "ouder"}, by=assistent)
    ban = {"soort": "huisverbod", "wie": bart, "tegenover": [ilse, fien, stan], "opgelegd_door": "parket"}
    create_row(Verbod, dossier, ban, by=assistent)
    dossier.__dict__.pop("_mensen", None)
    plan = actions.start_plan(dossier, by=assistent)

    def item(model, **facts):
        return actions.add_item(model, plan, facts, by=assistent)

    item(Bereidheid, ouder=bart, antwoord="deels", woorden="Als het moet.")
    item(Bereidheid, ouder=ilse, antwoord="ja", woorden="Ik wil hulp.")
    night = item(Zorg, wat=NIGHT, kinderen=[fien, stan], bron="ouder", bron_persoon=ilse, door=[bart], lezers=[ilse])
    item(Wens, wie=ilse, woorden=FIRST, zorgen=[night], lezers=[ilse])
    item(Uitzondering, moment=WALK, zorgen=[night], verteld_door=bart, lezers=[])
    return dossier


def _ask_advice(page, dossier):
    page.goto(f"/dossiers/{dossier.kenmerk}/stap-5/hulp/")
    form = Formulier(page, "Wie past hierbij?")
    form.unfold("Zeg waarover het gaat")
    form.tick("Waarover gaat het?", "geweld tussen partners", "de relatie")
    form.submit("Advies vragen")
    first = page.get_by_role("region", name="Wie past hierbij?").get_by_role("listitem").first
    expect(first).to_contain_text(CAW)
    expect(first).to_contain_text("Er is geweld tussen partners. Het CAW helpt wie geweld meemaakt, en ook wie geweld")
    expect(first).to_contain_text("Spreek met elke ouder apart, en vertel de één niet wat de ander zei.")


def _prepare(walk):
    page = walk.page
    page.get_by_role("region", name="Doorverwijzingen").get_by_role("link", name="Doorverwijzen", exact=True).click()
    form = walk.form("Doorverwijzen")
    form.choose("Naar welk soort partner?", CAW)
    form.type("Welke dienst of persoon?", OFFICE)
    form.tick("Voor wie?", "Bart")
    form.type("Wat vraag je aan de partner?", QUESTION)
    form.choose("Hoe verwijs je door?", "met een brief")
    form.save("Doorverwijzing voorbereiden")
    expect(walk.row(QUESTION)).to_contain_text("voorbereid, nog niet verstuurd")
    expect(walk.row(QUESTION).get_by_role("link", name=re.compile("^Link voor de partner"))).to_have_count(0)


def _choose_what_goes_along(walk):
    """What Ilse wants cannot go to where Bart reads along; what he told himself can."""
    walk.act(QUESTION, "Wat gaat er mee?")
    form, group = walk.form(), walk.page.get_by_role("group", name=re.compile("^Wat gaat er mee"))
    group.get_by_label(re.compile(re.escape(FIRST))).check()
    group.get_by_label(re.compile(re.escape(WALK))).check()
    form.submit("Bewaren")
    expect(walk.page.get_by_role("alert")).to_contain_text("Ilse is afgeschermd voor Bart, en die leest mee.")
    group.get_by_label(re.compile(re.escape(FIRST))).uncheck()
    form.save("Bewaren")
    expect(walk.row(QUESTION)).to_contain_text(WALK)
    expect(walk.row(QUESTION)).not_to_contain_text(FIRST)


def _send(walk):
    """Not before the parent's answer is there."""
    main = walk.page.get_by_role("main")
    walk.act(QUESTION, "Versturen")
    expect(main).to_contain_text("Noteer eerst wat de ouder van deze doorverwijzing vindt")
    expect(main.get_by_role("button", name="Verstuurd", exact=True)).to_have_count(0)
    main.get_by_role("link", name="Terug", exact=True).click()
    walk.act(QUESTION, "Wijzigen")
    form = walk.form()
    form.choose("Is de ouder akkoord?", "ja, akkoord")
    form.unfold("Wie, wanneer, en waarom niet")
    form.choose("Wie gaf akkoord, of weet ervan?", "Bart")
    form.type("Gevraagd of verteld op", in_days(-1))
    form.save("Bewaren")
    walk.act(QUESTION, "Versturen")
    walk.form().save("Verstuurd")
    expect(walk.row(QUESTION)).to_contain_text("verstuurd, nog geen antwoord")
    expect(walk.row(QUESTION)).to_contain_text("ja, akkoord: Bart")


def _make_link(walk):
    """The link and the code, as they are shown once."""
    page = walk.page
    main = page.get_by_role("main")
    walk.act(QUESTION, "Link voor de partner")
    form = walk.form()
    form.type("E-mailadres van de partner", EMAIL)
    form.check("Mail de link meteen")
    form.submit("Link maken")
    expect(main).to_contain_text("Je ziet dit maar één keer.")
    expect(main).to_contain_text(f"De link is gemaild naar {EMAIL}.")
    code = page.get_by_role("region", name="Code", exact=True).get_by_role("paragraph").inner_text().strip()
    shown = SimpleNamespace(address=main.get_by_label("Link", exact=True).input_value().strip(), code=code)
    main.get_by_role("link", name="Naar de doorverwijzingen").click()
    expect(walk.row(QUESTION)).to_contain_text(f"De partner kan met een link antwoorden tot {in_days(8)}")
    walk.act(QUESTION, "Link voor de partner")
    expect(main).to_contain_text("Er is al een link.")
    for secret in (shown.address, shown.code):
        assert secret
        assert secret not in page.content()
    return shown


def _mail_holds_the_link_alone(shown):
    (sent,) = mail.outbox
    assert sent.to == [EMAIL]
    text = f"{sent.subject}\n{sent.body}"
    assert shown.address in text
    assert shown.code not in text
    assert NAMES.search(text) is None


def _is_titled(page, title):
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def _asks_only_for_the_code(page, shown):
    assert page.goto(shown.address).status == 200
    _is_titled(page, "Uw code")
    assert NAMES.search(page.content()) is None
    assert OFFICE not in page.content()


def _enter(page, shown):
    form = Formulier(page)
    form.type("Uw code", shown.code)
    form.submit("Openen")
    _is_titled(page, "Een vraag aan u")
    assert shown.address.rstrip("/").rpartition("/")[2] not in page.url


def _partner_answers(page, shown):
    _asks_only_for_the_code(page, shown)
    form = Formulier(page)
    form.type("Uw code", "AAAA AAAA")
    form.submit("Openen")
    expect(page.get_by_role("alert")).to_contain_text("U kunt nog 4 keer proberen")
    assert NAMES.search(page.content()) is None

    _enter(page, shown)
    asked = page.get_by_role("region", name="Wat wij u vragen")
    expect(asked).to_contain_text(QUESTION)
    expect(asked).to_contain_text("Bart Verstraeten is akkoord met deze vraag.")
    expect(asked).to_contain_text("verstuurd, nog geen antwoord")
    expect(page.get_by_role("region", name="Wat wij u meegeven")).to_contain_text(WALK)
    for kept in (FIRST, NIGHT, "Ilse", "Fien", "Verzonnen pad", "0400"):
        assert kept not in page.content()
    form = Formulier(page, "Uw antwoord")
    form.unfold("Wij nemen dit op")
    form.body.get_by_label(re.compile("^Wilt u daar iets bij zeggen")).fill(WELCOME)
    form.submit("Aanvaarden")
    _is_titled(page, "Uw antwoord is genoteerd")
    assert "sessionid" not in {cookie["name"] for cookie in page.context.cookies()}


def _assistant_sees_it(walk, dossier):
    page, today = walk.page, show(clock.today())
    menu = page.get_by_role("navigation", name="Dit dossier")
    page.goto(f"/dossiers/{dossier.kenmerk}/stap-5/hulp/")
    asked = page.get_by_role("region", name="Doorverwijzingen").get_by_role("listitem").filter(has_text=QUESTION)
    expect(asked.get_by_text("aanvaard", exact=True)).to_be_visible()

    menu.get_by_role("link", name="Voortgang").click()
    changes = page.get_by_role("region", name="Wijzigingen in het dossier")
    changes.get_by_text(today).first.click()
    line = changes.get_by_role("listitem").filter(has_text="aanvaard op")
    expect(line).to_be_visible()
    expect(line).to_contain_text(f"Doorverwijzing {CAW}: {OFFICE} voor Bart: aanvaard op {today}. {WELCOME}")
    expect(line).to_contain_text(f"Antwoord van {OFFICE}, zonder account.")

    menu.get_by_role("link", name="Inzage").click()
    lines = page.get_by_role("main").get_by_role("listitem")
    for done in (
        "het systeem kreeg geen toegang: link voor de partner: foute code, 1 van 5",
        "het systeem bekeek: link voor de partner: geopend met de code",
        "het systeem bekeek: doorverwijzing, door de partner met een code",
        "het systeem wijzigde: doorverwijzing: verstuurd naar aanvaard",
    ):
        expect(lines.filter(has_text=done)).to_have_count(1)
    assert NAMES.search(page.get_by_role("main").inner_text()) is None


def _partner_comes_back(page, shown):
    """The link still asks for the code; what can be answered now is what follows on the answer."""
    _asks_only_for_the_code(page, shown)
    _enter(page, shown)
    expect(page.get_by_role("region", name="Wat wij u vragen").get_by_text("aanvaard", exact=True)).to_be_visible()
    answer = page.get_by_role("region", name="Uw antwoord")
    expect(answer.get_by_text("De hulp is begonnen", exact=True)).to_be_visible()
    expect(answer.get_by_text("Iets laten weten", exact=True)).to_be_visible()
    for gone in ("Wij nemen dit op", "Er is een wachtlijst", "Wij kunnen dit niet opnemen"):
        expect(answer.get_by_text(gone, exact=True)).to_have_count(0)


def _withdraw(walk, dossier):
    walk.page.goto(f"/dossiers/{dossier.kenmerk}/doorverwijzingen/")
    walk.act(QUESTION, "Link intrekken")
    form = walk.form()
    form.type("Waarom?", MEANWHILE)
    form.save("Link intrekken", "De link werkt niet meer.")
    expect(walk.row(QUESTION).get_by_text("aanvaard", exact=True)).to_be_visible()


def _is_shut(page, shown):
    """The page that stood open, and the link."""
    assert page.reload().status == 404
    _is_titled(page, "Deze bladzijde is dicht")
    assert page.goto(shown.address).status == 404
    _is_titled(page, "Deze link werkt niet")
    assert NAMES.search(page.content()) is None
    sent = len(mail.outbox)
    page.get_by_role("button", name="Een nieuwe link vragen").click()
    _is_titled(page, "Een nieuwe link")
    assert len(mail.outbox) == sent


def test_a_partner_without_an_account_answers(new_page, assistent, huisverbod):
    """
    1. The assistant asks the advice about violence between partners: the CAW comes first, and she reads why.
    2. She prepares a referral of Bart to the CAW.
    3. She chooses what goes along: what Ilse wants is refused, since Bart reads along; what he told himself goes.
    4. Sending waits for the parent's agreement: she notes that of Bart, and sends.
    5. She makes the link for the partner: link and code are shown once, and the mail holds the link alone.
    6. In a browser without a session the link shows nothing of the family. A wrong code opens nothing; with the right
       one the CAW reads the question and what went along, nothing else, and accepts.
    7. The assistant sees it on the referral, in the journal and in the list of who looked.
    8. The same link asks for the code again and offers what may follow now; it cannot be accepted twice.
    9. She withdraws the link: the page that stood open and the link are shut, and no new link can be asked.
    """
    page, partner = new_page(), new_page()
    for each in (page, partner):
        each.set_default_timeout(PATIENCE)
    sign_in(page, assistent)
    walk = Walk(page)
    _ask_advice(page, huisverbod)
    _prepare(walk)
    _choose_what_goes_along(walk)
    _send(walk)
    shown = _make_link(walk)
    _mail_holds_the_link_alone(shown)
    _partner_answers(partner, shown)
    _assistant_sees_it(walk, huisverbod)
    _partner_comes_back(partner, shown)
    _withdraw(walk, huisverbod)
    _is_shut(partner, shown)
