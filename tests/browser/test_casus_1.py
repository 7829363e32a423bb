"""Casus 1, de schoolpoort: a whole walk through step 5, typed in a browser as an assistant would."""

import re
import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts import clock
from dossiers.models import Dossier
from tests.browser.scherm import Formulier
from tests.test_access_matrix import live

pytestmark = pytest.mark.both

EATING = "De zorgleerkracht meldde dat Lina en Milan vorige week drie keer geen eten mee hadden naar school."
GATE = "Op twee van de vier laatste vrijdagen stond niemand aan de schoolpoort."
DRESSING = "Lina kleedt Juno 's ochtends aan als mama niet uit bed geraakt."
WEDNESDAY = "Op woensdagen lukt het altijd om de kinderen op te halen."
SOUP = "Op zondag koken ze samen soep voor drie dagen."
OWN_FEELING = "Ik slaap er soms slecht van."


def show(day):
    return f"{day:%d/%m/%Y}"


def in_days(days):
    return show(clock.today() + timedelta(days=days))


class Walk:
    """The pages of one dossier, and every fact that was typed on them."""

    def __init__(self, page):
        self.page, self.facts = page, []

    def form(self, heading=None):
        return Formulier(self.page, heading, facts=self.facts)

    def go(self, part):
        self.page.get_by_role("navigation", name="Onderdelen van stap 5").get_by_role(
            "link", name=re.compile(rf"^{part}(\s*\d+)?$")
        ).click()

    def row(self, text):
        """The row of the list on this page that holds this text."""
        return self.page.get_by_role("region", name="Al genoteerd").get_by_role("listitem").filter(has_text=text).first

    def act(self, text, link):
        self.row(text).get_by_role("link", name=re.compile(f"^{re.escape(link)}")).click()


def _open_dossier(walk):
    page = walk.page
    page.get_by_role("link", name="Open je eerste dossier").click()
    form = walk.form()
    form.type("Voornaam van de justitiabele", "Wesley")
    form.type("Achternaam", "D.")
    form.choose("Soort opdracht", "probatie")
    form.type("Einde", in_days(14 * 30))
    form.unfold("Meer")
    form.type("Opdrachtgever", "probatiecommissie")
    form.type("Voorwaarden en reikwijdte", "Voorwaarde: begeleiding voor alcoholgebruik.")
    form.save("Dossier openen", "Het dossier is geopend. Wie hoort nog bij dit gezin?")


def _people(walk):
    today = clock.today()
    for voornaam, rol, relatie, years in (
        ("Kim", "ouder of opvoeder", "moeder", 29),
        ("Lina", "kind", "dochter", 9),
        ("Milan", "kind", "zoon", 7),
        ("Juno", "kind", "jongste kind", 2),
    ):
        form = walk.form("Iemand toevoegen")
        form.type("Voornaam of naam van de dienst", voornaam)
        form.choose("Wie is dit?", rol)
        form.facts.pop()  # shown as the relation
        form.type("Relatie tot het gezin", relatie)
        form.type("Geboortedatum of verwachte datum", show(today.replace(year=today.year - years, day=1)))
        form.facts.pop()  # an age is shown, the date of birth on the page of the people only
        if voornaam == "Kim":
            form.unfold("Contact: nummer, adres en wat veilig is")
            form.type("Telefoon", "0400 00 00 02")
            form.type("Hoe contacteren?", "bellen of sms")
        form.save("Bewaren")
    page = walk.page
    page.get_by_role("link", name="Dossier", exact=True).click()
    page.get_by_role("link", name="Ouders en kinderen").click()
    for ouder in ("Wesley", "Kim"):
        for kind in ("Lina", "Milan", "Juno"):
            form = walk.form("Ouderschap toevoegen")
            form.choose("Wie?", ouder)
            form.choose("Van welk kind?", kind)
            form.save("Bewaren")
    page.get_by_role("link", name="Dossier", exact=True).click()
    page.get_by_role("link", name="Wie woont waar").click()
    for who in ("Wesley", "Kim", "Lina", "Milan", "Juno"):
        form = walk.form("Verblijf toevoegen")
        form.choose("Wie?", who)
        form.choose("Waar?", "thuis")
        form.save("Bewaren")


def _instap(walk):
    form = walk.form("Vannacht en tot jullie volgende contact")
    form.type("Waar slapen de kinderen vannacht?", "thuis, in hun eigen bed")
    form.type("Wie is er bij hen?", "Kim en Wesley")
    form.type("Wie zorgt voor hen tot jullie volgende contact?", "Kim")
    form.tick("Is dat iemand uit dit dossier?", "Kim")
    form.type("Wanneer is jullie volgende contact?", in_days(3))
    form.save("Bewaren")
    form = walk.form("Het besluit van stap 4")
    form.choose("Is het thuis onveilig?", "ja, de thuissituatie is onveilig")
    form.type("Met wie besloten?", "in team, met de teamverantwoordelijke")
    form.type("Besloten op", in_days(-2))
    form.type("Waarop steunt dat besluit?", "De situatie is verontrustend; beide ouders willen eraan werken.")
    form.save("Bewaren")
    for ouder, woorden in (
        ("Wesley", "Wij willen niet dat ze over ons later praten zoals ik over mijn pa."),
        ("Kim", "Ik wil dat het rustiger wordt."),
    ):
        walk.go("Instap")
        form = walk.form("Bereidheid van de ouders")
        form.choose("Welke ouder?", ouder)
        form.choose("Wil deze ouder eraan werken?", "ja")
        form.type("In de eigen woorden", woorden)
        form.save("Bereidheid bewaren")
    walk.go("Instap")
    expect(walk.page.get_by_role("region", name="De weg die je kiest")).to_contain_text("Voorstel: zelf aan de slag")
    form = walk.form("De weg die je kiest")
    form.choose("Welke weg kies je?", "zelf aan de slag")
    form.type("Waarom deze weg?", "Beide ouders willen, en de probatie loopt nog veertien maanden.")
    form.save("Bewaren")


def _zorgen(walk):
    walk.go("Zorgen")
    worries = (
        (EATING, ("Lina", "Milan"), "vorige week", "drie keer", "op school", "de zorgleerkracht"),
        (GATE, ("Lina", "Milan"), "op vrijdag tot 17.45 uur", "twee van de vier", "aan de schoolpoort", "de opvang"),
        (DRESSING, ("Lina", "Juno"), "in oktober", "vijf keer", "thuis", ""),
    )
    for wat, kinderen, wanneer, hoe_vaak, waar, bron in worries:
        form = walk.form("Nieuwe zorg")
        form.type("Wat werd er gezien of gehoord?", wat)
        form.tick("Over welk kind gaat het?", *kinderen)
        form.unfold("Wanneer, hoe vaak, waar")
        form.type("Wanneer? (datum of in woorden)", wanneer)
        form.type("Hoe vaak?", hoe_vaak)
        form.type("Waar?", waar)
        form.unfold("Wie zag of vertelde het")
        if bron:
            form.choose("Wie zag of vertelde het?", "iemand anders zag of vertelde het")
            form.type("Of iemand anders", bron)
        else:
            form.choose("Wie zag of vertelde het?", "een kind vertelde het")
            form.unfold("Effect op het kind, en door wie")
            form.type("Wat doet dit met het kind?", "Lina komt te laat en is moe in de klas.")
        form.save("Zorg bewaren")
    for wat, visie, woorden in (
        (EATING, "ziet het zo", "Dat is terecht."),
        (GATE, "ziet het anders", "Ze stonden daar droog en warm."),
    ):
        walk.go("Zorgen")
        walk.act(wat, "Wat zegt de ouder?")
        form = walk.form()
        form.choose("Wie?", "Wesley")
        form.choose("Hoe ziet deze persoon het?", visie)
        form.type("In de eigen woorden", woorden)
        form.save("Bewaren")


def _uitzonderingen(walk):
    walk.go("Uitzonderingen")
    form = walk.form("Nieuwe uitzondering")
    form.type("Wanneer lukte het wel?", WEDNESDAY)
    form.unfold("Zoek de details")
    form.type("Wat was er toen anders?", "Wesley werkt dan tot de middag en drinkt op dinsdag niet.")
    form.type("Wie deed wat?", "Wesley legt de avond ervoor de jassen klaar.")
    form.unfold("Waar hoort dit bij")
    form.tick("Bij welke zorg hoort dit?", GATE[:40])
    form.save("Uitzondering bewaren")
    form = walk.form("Nieuwe uitzondering")
    form.type("Wanneer lukte het wel?", SOUP)
    form.unfold("Zoek de details")
    form.type("Wat hielp?", "In die weken zijn de brooddozen gevuld.")
    form.unfold("Waar hoort dit bij")
    form.tick("Bij welke zorg hoort dit?", EATING[:40])
    form.choose("Wie vertelde het?", "Kim")
    form.save("Uitzondering bewaren")

    walk.act(SOUP, "Maak hier een afspraak van")
    form = walk.form("Nieuwe afspraak")
    expect(form.field("Wat spreken we af?")).to_have_value(SOUP)
    form.type("Wat spreken we af?", "Elke zondag koken Kim en Wesley samen soep en vullen ze de brooddozen.")
    form.tick("Wie doet het?", "Wesley", "Kim")
    form.type("Wanneer kijken we of het lukt?", in_days(7))
    form.facts.pop()  # the check that follows moves this date
    form.unfold("Wanneer, soort en vervanging")
    form.type("Tot en met", in_days(28))
    form.save("Afspraak bewaren")
    expect(walk.row("Elke zondag koken")).to_contain_text("drie keer geen eten mee")


def _wensen(walk):
    walk.go("Wensen")
    for wie, woorden, nodig in (
        ("Kim", "Eén ochtend per week kunnen blijven liggen zonder dat het een drama is.", "Iemand op vrijdag."),
        ("Wesley", "Dat de juf mij niet meer zo bekijkt.", "Een vast moment voor de boodschappen."),
    ):
        form = walk.form("Nieuwe wens")
        form.choose("Wie zegt dit?", wie)
        form.type("Wat wil deze persoon veranderen of bereiken, in eigen woorden?", woorden)
        form.unfold("Wat is nodig, wie kan helpen")
        form.type("Wat is daarvoor nodig?", nodig)
        form.save("Wens bewaren")


def _netwerk(walk):
    walk.go("Netwerk")
    for voornaam, relatie, telefoon, veilig_voor, bij_voor, opmerking, weet_zorg in (
        ("Rita", "oma, moeder van Kim", "0400 00 00 03", ("Lina", "Milan"), ("Lina", "Milan"), "Woont op 800 m.", "ja"),
        ("Hassan", "buurman", "0400 00 00 04", (), ("Lina", "Milan"), "Weet alleen van het ophalen.", "nee"),
        ("Sofie", "tante", "0400 00 00 05", (), ("Juno",), "Niet op maandag.", "nog niet bekend"),
    ):
        form = walk.form("Iemand toevoegen")
        form.type("Voornaam", voornaam)
        form.type("Relatie tot het gezin", relatie)
        form.type("Telefoon", telefoon)
        if veilig_voor:
            form.tick("Veiligheidsmens voor", *veilig_voor)
            form.unfold("Hoe en wanneer bereikbaar, wat is afgesproken")
            form.type("Hoe bereikt het kind deze persoon?", "bellen of een sms sturen")
            form.type("Wanneer bereikbaar?", "elke dag tot 21 uur")
        form.unfold("Bijspringen")
        form.check("Springt bij als de verzorger ziek is")
        form.tick("Voor welk kind?", *bij_voor)
        form.type("Afspraken of beperkingen", opmerking)
        form.unfold("Akkoord van de ouder, en wat deze persoon weet")
        form.type("Ouder gaf akkoord voor contact op", in_days(-1))
        form.type("Akkoord van wie?", "Kim en Wesley")
        form.choose("Weet van de zorgen?", weet_zorg)
        form.facts.pop()
        form.save("Bewaren")


def _afspraken(walk):
    walk.go("Afspraken")
    form = walk.form("Nieuwe afspraak")
    form.unfold("Als ... dan ...")
    form.type("Als ...", "Wesley vrijdag na 16 uur nog werkt")
    form.type("Wat spreken we af?", "haalt Hassan de kinderen op. Wesley stuurt voor 15 uur een sms.")
    form.tick("Wie doet het?", "Wesley", "Hassan")
    form.type("Wanneer kijken we of het lukt?", in_days(14))
    form.unfold("Waar hoort dit bij")
    form.tick("Bij welke zorg?", GATE[:40])
    form.unfold("Wanneer, soort en vervanging")
    form.choose("Soort afspraak", "bijspringen")
    form.tick("Wie neemt over als het niet lukt?", "Rita")
    form.unfold("Hoe zien we het, wie controleert")
    form.type("Hoe zien we dat het werkt?", "Er staat elke vrijdag iemand aan de schoolpoort.")
    form.type("Of iemand anders", "de opvang, om de twee weken", nth=1)
    form.save("Afspraak bewaren")
    form = walk.form("Nieuwe afspraak")
    form.type("Wat spreken we af?", "Ziek, gespannen of weg: Sofie voor Juno, Rita voor de twee oudsten.")
    form.tick("Wie doet het?", "Sofie", "Rita")
    form.type("Wanneer kijken we of het lukt?", in_days(14))
    form.unfold("Waar hoort dit bij")
    form.tick("Bij welke zorg?", DRESSING[:40])
    form.save("Afspraak bewaren")
    for text, uitkomst, toelichting, following in (
        ("haalt Hassan", "nagekomen", "Hassan stond er om 15.45 uur.", in_days(16)),
        ("Elke zondag koken", "deels", "Op donderdag had Milan geen eten mee.", in_days(9)),
    ):
        walk.go("Afspraken")
        walk.act(text, "Hoe ging het?")
        form = walk.form()
        form.choose("Hoe ging het?", uitkomst)
        form.type("Wie zag dat?", "de zorgleerkracht van Milan")
        form.type("Wat was er te zien?", toelichting)
        form.type("Volgende controle", following)
        form.save("Bewaren")


def _grenzen_en_hulp(walk):
    walk.go("Jouw grenzen")
    form = walk.form("Even stilstaan")
    form.choose("Wat doe je?", "ik overleg met een collega")
    form.type("Met wie, of welke partner?", "met de collega die verslaving volgt")
    form.unfold("Alleen voor jou")
    form.type("Wat wil je erover kwijt?", OWN_FEELING)
    form.facts.remove(OWN_FEELING)
    form.save("Bewaren")
    walk.go("Hulp")
    walk.page.get_by_role("link", name="Hulp noteren die er al is").click()
    form = walk.form("Hulp die er al is")
    form.choose("Welke hulp?", "Centrum voor Algemeen Welzijnswerk (CAW)")
    form.type("Welke dienst of persoon?", "alcoholbegeleiding")
    form.tick("Voor wie?", "Wesley")
    form.unfold("Waarvoor, en sinds wanneer")
    form.type("Waarvoor?", "Minder drinken, de dagen voor hij moet rijden niet.")
    form.save("Bewaren")
    walk.page.get_by_role("navigation", name="Dit dossier").get_by_role("link", name="Stappenplan").click()


def _opvolging(walk):
    walk.go("Opvolgen")
    form = walk.form("Gesprek over ouderschap")
    form.type("Om de hoeveel weken praat je over ouderschap?", "3")
    form.save("Bewaren")
    form = walk.form("Een kind gezien of gesproken")
    form.tick("Welke kinderen?", "Milan")
    form.choose("Gezien of gesproken?", "gezien")
    form.type("Door wie? (leeg: door jou)", "de brugfiguur van de school")
    form.save("Bewaren")
    for who, score in (("Kim", 4), ("Wesley", 6), ("Rita", 5), ("Ik, de justitieassistent", 4)):
        walk.go("Opvolgen")
        walk.page.get_by_role("link", name="Cijfers").click()
        form = walk.form("Een cijfer noteren")
        form.choose("Wie geeft het cijfer?", who)
        form.facts.pop()
        form.type("Cijfer van 0 tot 10", str(score))
        form.type("Waarom niet lager?", f"{who.split(',')[0]} ziet dat zondag lukt.")
        form.type("Hoe ziet één punt hoger eruit?", f"{who.split(',')[0]} ziet elke vrijdag iemand aan de poort.")
        form.save("Bewaren")


def squeeze(text):
    """Letters and digits only: a line break or a hyphen of the typesetter changes nothing."""
    return re.sub(r"[\W_]+", "", text).casefold()


def missing(facts, text):
    squeezed = squeeze(text)
    return [fact for fact in dict.fromkeys(facts) if squeeze(fact) not in squeezed]


def addresses(dossier):
    """Every address of this dossier, with a row of its own where the address is that of a row."""
    for name, entry in live().items():
        if "kenmerk" in (names := entry.pattern.converters):
            kwargs = {"kenmerk": dossier.kenmerk}
            if "sleutel" in names:
                rubriek = entry.default_args.get("rubriek")
                rows = rubriek.queryset(rubriek.houder(dossier)) if rubriek else dossier.notities.all()
                kwargs["sleutel"] = getattr(rows.first(), "sleutel", uuid.uuid4())
            yield reverse(name, kwargs=kwargs)


def _stranger_finds_nothing(strange, own, dossier):
    """The same 404 everywhere, read or posted to, where who may see it is answered."""
    token = next(cookie["value"] for cookie in strange.context.cookies() if cookie["name"] == "csrftoken")
    headers = {"X-CSRFToken": token, "Referer": strange.url}
    answered = 0
    for address in addresses(dossier):
        refused = strange.request.get(address)
        if refused.status == 405:  # a button: nothing to read at this address for anybody
            assert own.request.get(address).status == 405
        else:
            assert (address, refused.status) == (address, 404)
            assert "Wesley" not in refused.text()
            answered += own.request.get(address).status == 200
        posted = strange.request.post(address, headers=headers, form={"reden": "nieuwsgierig"})
        assert (address, posted.status) in [(address, 404), (address, 405)]
    assert answered > 50


def test_a_whole_walk_through_step_5(browser_for, assistent, vreemde):
    """
    1. An assistant signs in and opens a dossier for Wesley D., on probation for another fourteen months.
    2. She adds Kim and the three children, who is whose parent and who lives where.
    3. She begins step 5 and walks its nine parts: tonight, the decision, both parents' willingness and the way; three
       worries and how Wesley sees them; two exceptions, one of which becomes an agreement; wishes; Rita, Hassan and
       Sofie; agreements and their checks; her limits; help; following up.
    4. The page with everything shows each fact she typed, but not what she wrote for herself alone.
    5. So does the plan on paper.
    6. A colleague of another house finds nothing at any address of this dossier.
    """
    page = browser_for(assistent)
    walk = Walk(page)
    _open_dossier(walk)
    _people(walk)
    page.get_by_role("navigation", name="Dit dossier").get_by_role("link", name="Stappenplan").click()
    page.get_by_role("button", name="Stap 5 beginnen").click()
    _instap(walk)
    _zorgen(walk)
    _uitzonderingen(walk)
    _wensen(walk)
    _netwerk(walk)
    _afspraken(walk)
    _grenzen_en_hulp(walk)
    _opvolging(walk)

    walk.go("Alles samen")
    whole = page.get_by_role("main").text_content()
    assert missing(walk.facts, whole) == []
    assert OWN_FEELING not in whole
    dossier = Dossier.objects.get()
    answer = page.request.get(reverse("stap5:stappenplan_pdf", args=[dossier.kenmerk]))
    assert answer.status == 200
    paper = "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    assert missing(walk.facts, paper) == []
    assert squeeze(OWN_FEELING) not in squeeze(paper)

    _stranger_finds_nothing(browser_for(vreemde), page, dossier)
