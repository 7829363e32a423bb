"""The plan on paper, read back: every fact is on it, for the file only, and it is a sound PDF."""

import io
import re
import subprocess
import sys
from datetime import timedelta

import page
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from accounts import clock
from dossiers.actions import add_notitie, change_row, create_row, stop_row
from dossiers.models import Gebeurtenis, Opdracht, Soort, Verblijf, Verbod
from partners.actions.doorverwijzing import move_doorverwijzing
from stap5 import aandacht, actions
from stap5.models import (
    Afspraak,
    Bereidheid,
    Grenzencheck,
    Kindcontact,
    Schaalscore,
    Uitzondering,
    Vaststelling,
    Wens,
    Zorg,
)
from stap5.pdf import PaperUnavailable, render_dossier_pdf
from stap5.plandata import plan_as_data
from tests import factories

NOT_FOR_FAMILY = "Voor het dossier. Niet bestemd voor het gezin."
FEELING = "Ik lig er wakker van"


def _bare(text):
    """Without white space and case: how a line was broken, or a sentence begun, does not matter."""
    return re.sub(r"\s+", "", text).casefold()


class Paper:
    """A PDF read back."""

    def __init__(self, content):
        self.content = content
        self.reader = PdfReader(io.BytesIO(content))
        self.pages = [sheet.extract_text() for sheet in self.reader.pages]
        self.text = "\n".join(self.pages)

    def __contains__(self, text):
        return _bare(text) in _bare(self.text)

    def place(self, text):
        """Where a text stands first; fails when it is not there."""
        return _bare(self.text).index(_bare(text))

    @property
    def fonts(self):
        """{name: embedded?}"""
        found = {}
        for sheet in self.reader.pages:
            for font in sheet["/Resources"]["/Font"].values():
                descendant = font["/DescendantFonts"][0].get_object()
                found[font["/BaseFont"]] = "/FontFile2" in descendant["/FontDescriptor"]
        return found

    def bookmarks(self, entries=None):
        for entry in self.reader.outline if entries is None else entries:
            if isinstance(entry, list):
                yield from self.bookmarks(entry)
            else:
                yield entry.title


def paper_of(plan):
    return Paper(render_dossier_pdf(plan_as_data(plan)))


def conforms(paper):
    report = page.validate_pdf_bytes(paper.content, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


@pytest.fixture
def item(plan, assistent):
    """Makes one row of the plan through its action."""

    def make(model, **data):
        lezers = {"lezers": []} if hasattr(model, "lezers") else {}
        return actions.add_item(model, plan, lezers | data, by=assistent)

    return make


@pytest.fixture
def vol(plan, gezin, item, assistent):
    """A plan in which everything that can be recorded is recorded, each fact with its own words."""
    today, g = clock.today(), gezin
    day = [today - timedelta(days=number) for number in range(40)]
    later = [today + timedelta(days=number) for number in range(90)]
    _fill_dossier(plan.dossier, g, day, later, assistent)
    actions.add_meteen(
        plan,
        {
            "slapen": "bij tante Roos",
            "erbij": "nonkel Jef",
            "zorgt": "Roos",
            "wie": [],
            "tot": later[2],
            "kinderen": [],
        },
        by=assistent,
    )
    facts = {
        "onveilig": "ja", "besluit_op": day[8], "besluit_met": "het dinsdagteam", "gespreksritme": 3,
        "besluit_uitleg": "Drie meldingen in één maand.", "route": "samen", "route_reden": "De wijkploeg kent hen al.",
    }  # fmt: skip
    plan.refresh_from_db()
    actions.change_plan(plan, facts, versie=plan.versie, by=assistent)
    item(Bereidheid, ouder=g.sara, antwoord="ja", woorden="Ik wil rust in huis.", datum=day[7])
    item(Bereidheid, ouder=g.wesley, antwoord="deels", woorden="Als het niet te lang duurt.", datum=day[6])
    zorg = item(
        Zorg, wat="Lina stond om 23 uur alleen op straat.", kinderen=[g.lina], wanneer="op vrijdagavond",
        hoe_vaak="twee keer in september", waar="op het Kerkplein", bron="derde", bron_naam="de wijkagent",
        effect="Ze durft niet meer buiten.", door=[g.wesley],
    )  # fmt: skip
    for persoon, visie, woorden in ((g.sara, "zo", "Dat klopt."), (g.wesley, "anders", "Ze was bij de buren.")):
        said = {"persoon": persoon, "visie": visie, "woorden": woorden, "datum": day[5]}
        actions.add_standpunt(zorg, said, by=assistent)
    found = {"stand": "minder", "datum": day[3], "door": "de straathoekwerker", "blijkt_uit": "Twee weken niet gezien."}
    create_row(Vaststelling, zorg, found, by=assistent)
    tweede = item(Zorg, wat="Milan eet niet op school.", kinderen=[g.milan], bron="kind", bron_persoon=g.lina)
    uitzondering = item(
        Uitzondering, moment="Op zondag blijft Lina binnen.", wat_anders="Er is bezoek.", verteld_door=g.sara,
        wie_deed_wat="Sara kookt spaghetti.", wat_hielp="Een vast uur om te eten.", wat_merkte_kind="Lina lachte.",
        vaker="Ook op vrijdag bezoek vragen.", zorgen=[zorg, tweede], kinderen=[g.lina],
    )  # fmt: skip
    item(
        Wens, wie=g.sara, woorden="Eén avond zonder geroep.", nodig="Een babysit op vrijdag.",
        wie_helpt="mijn zus Roos", datum=day[6], zorgen=[zorg],
    )  # fmt: skip
    item(Wens, wie=g.lina, woorden="Dat papa niet meer drinkt.", ouder_mag_weten="nee", datum=day[6])
    lid = {
        "persoon": g.oma, "akkoord_op": day[6], "akkoord_van": "Sara op de bank", "weet_van_opdracht": "nee",
        "weet_van_zorg": "ja", "bij_ziek": True, "bij_gespannen": True, "bij_afwezig": True, "lezers": [],
        "springt_bij_voor": [g.milan], "opmerking": "niet op woensdag", "veiligheid_voor": [g.lina],
        "ook_s_nachts": True, "hoe": "aankloppen of bellen", "wanneer": "tot middernacht", "afgesproken_op": day[5],
        "verteld_op": day[2],
    }  # fmt: skip
    actions.add_netwerklid(plan, lid, by=assistent)
    afspraak = item(
        Afspraak, soort="toezicht", als="Wesley later dan 20 uur thuiskomt", wat="blijft Lina bij oma slapen.",
        wie=[g.oma], vervanging=[g.sara], van=day[10], tot=later[60], volgende_controle=day[1], kinderen=[g.lina],
        hoe_zichtbaar="Oma stuurt een duimpje.", controle_anders="de wijkploeg", uit_uitzondering=uitzondering,
        zorgen=[zorg],
    )  # fmt: skip
    checked = {
        "datum": day[2],
        "uitkomst": "deels",
        "gezien_door": "de wijkploeg",
        "toelichting": "Eén avond vergeten.",
    }
    actions.add_controle(afspraak, checked | {"volgende": day[1]}, by=assistent)
    said = {"persoon": g.wesley, "visie": "anders", "woorden": "Dat is overdreven.", "datum": day[2]}
    actions.add_standpunt(afspraak, said, by=assistent)
    weg = item(Afspraak, wat="Wesley belt om zes uur.", wie=[g.wesley], volgende_controle=day[1], zorgen=[zorg])
    stop_row(weg, {"datum": day[1], "reden": "De telefoon was kwijt."}, by=assistent)
    fout = item(Zorg, wat="De kat was ziek.", kinderen=[g.milan])
    stop_row(fout, {"datum": day[1], "reden": "Hoorde in een ander dossier."}, by=assistent)
    item(Grenzencheck, uitkomst="overleg", uitkomst_uitleg="collega Bea", gevoel=FEELING, normen="nee")
    asked = {"vraag": "de maaltijden", "akkoord": "ja", "akkoord_van": g.sara, "akkoord_op": day[3]}
    asked |= {"soort": "clb", "partner_naam": "CLB De Brug", "voor": [g.milan]}
    referral = factories.make_doorverwijzing(plan.dossier, by=assistent, **asked)
    move_doorverwijzing(referral, "verstuurd", {"datum": day[3]}, by=assistent)
    item(Kindcontact, kind=g.lina, hoe="gesproken", datum=day[3], door="de juf van het derde")
    score = {"waarom_niet_lager": "Oma is er elke dag.", "een_hoger": "Eén vrijdag zonder ruzie."}
    item(Schaalscore, persoon=g.sara, score=3, datum=day[30])
    item(Schaalscore, persoon=g.sara, score=7, datum=day[1], **score)
    item(Schaalscore, persoon=None, score=5, datum=day[1])
    return type(plan).objects.get(pk=plan.pk)


def _fill_dossier(dossier, g, day, later, by):
    """The family's own facts: safe contact, a foster home, a ban that runs and one that is past, a second mandate, a
    talk about parenthood."""
    contact = {
        "contact_hoe": "eerst een berichtje", "contact_wanneer": "na 19 uur", "bericht_toegelaten": "nee",
        "taal": "Tigrinya", "tolk": True,
    }  # fmt: skip
    change_row(g.sara, contact, versie=g.sara.versie, by=by)
    stay = {"wie": g.milan, "soort": "pleeggezin", "plek": "gezin Maes te Duffel", "verdeling": "week om week"}
    create_row(Verblijf, dossier, stay, by=by)
    ban = {
        "soort": "contactverbod", "wie": g.wesley, "tegenover": [g.sara], "van": day[9], "tot": later[40],
        "opgelegd_door": "de onderzoeksrechter", "inhoud": "Ook niet via anderen.",
    }  # fmt: skip
    create_row(Verbod, dossier, ban, by=by)
    past = {"soort": "plaatsverbod", "wie": g.wesley, "tegenover": [g.lina], "van": day[39], "tot": day[30]}
    create_row(Verbod, dossier, past, by=by)
    mandate = {
        "soort": "elektronisch_toezicht", "opdrachtgever": "de strafuitvoeringsrechtbank", "start": day[20],
        "reikwijdte": "Thuis van 20 tot 6 uur.", "zonder_einddatum": True,
    }  # fmt: skip
    create_row(Opdracht, dossier, mandate, by=by)
    add_notitie(dossier, {"soort": "ouderschap", "gebeurd_op": day[12], "tekst": "Over bedtijd."}, by=by)


@pytest.fixture
def paper(vol):
    return paper_of(vol)


# Every fact is on it

CODES = {"sleutel", "versie", "lezers", "kort", "rol", "rol_label", "geboorte", "stand", "bron", "visie", "uitkomst"}
CODES |= {"antwoord", "route", "onveilig", "soort", "uit_uitzondering", "springt_bij", "ouder_mag_weten"}
CODES |= {"bericht_toegelaten", "weet_van_opdracht", "weet_van_zorg"}  # each has its own sentence, tested below
UUID = re.compile(r"[0-9a-f-]{36}")


def _facts(value, key=""):
    """(field, text) of every text and date in the plan's data that a person recorded."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in CODES:
                yield from _facts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _facts(inner, key)
    elif isinstance(value, str) and value and not UUID.fullmatch(value):
        yield key, value


def _as_printed(text):
    return re.sub(r"^(\d{4})-(\d\d)-(\d\d)$", r"\3/\2/\1", text)


def test_every_recorded_fact_is_on_paper(vol, paper):
    data = plan_as_data(vol)
    stopped = [row["volgende_controle"] for row in data["afspraken"] if row["gestopt_op"]]
    missing = {
        (key, text)
        for key, text in _facts(data)
        if _as_printed(text) not in paper and not (key == "volgende_controle" and text in stopped)
    }
    assert missing == set()


def test_each_thing_that_is_still_to_look_at_is_on_paper(vol, paper):
    points = [point["tekst"] for point in aandacht.to_look_at(plan_as_data(vol))]
    assert points
    assert [point for point in points if point not in paper] == []


def test_what_is_recorded_as_a_code_reads_as_a_sentence(paper):
    sentences = [
        "Nooit een bericht nalaten",
        "spreekt Tigrinya, tolk nodig",
        "de ouders mogen dit niet weten",
        "Weet van de opdracht: nee",
        "Springt bij voor Milan als de verzorger ziek, gespannen of niet beschikbaar is",
        "Ook ’s nachts",
        "1 dag te laat",
        "geen meting van risico",
        "Justitieassistent 5",
        "Sara 3 → 7",
        "“Ze was bij de buren.” Wesley ziet het anders",
        "Wesley gaat niet akkoord",
        "Om de 3 weken.",
        "Nog maar één veiligheidsmens.",
        "Nog geen veiligheidsmens.",
    ]
    assert [sentence for sentence in sentences if sentence not in paper] == []


def test_shielding_stands_right_at_the_number_and_the_address(paper):
    assert "0470 12 34 56 afgeschermd voor Wesley" in paper
    assert "Kerkstraat 1, Mechelen afgeschermd voor Wesley" in paper
    assert "0471 00 00 00 afgeschermd" not in paper


def test_running_bans_come_first_and_past_ones_last(paper):
    running = paper.place("Contactverbod: Wesley mag geen contact hebben met Sara")
    assert running < paper.place("Kenmerk")
    assert paper.place("Plaatsverbod:") > paper.place("Niet meer actueel")
    assert "Contactverbod" in paper.pages[0]


def test_what_was_stopped_or_struck_out_stands_at_the_end_with_its_reason(paper):
    last = paper.place("Niet meer actueel Wat gestopt")
    for text in (
        "Wesley belt om zes uur.",
        "De telefoon was kwijt.",
        "De kat was ziek.",
        "Hoorde in een ander dossier.",
    ):
        assert paper.place(text) > last
    assert paper.place("blijft Lina bij oma slapen.") < last


def test_a_row_of_two_worries_stands_in_full_once(vol, paper):
    assert _bare(paper.text).count(_bare("Sara kookt spaghetti.")) == 1
    assert _bare(paper.text).count(_bare("Op zondag blijft Lina binnen.")) == 3  # both threads, and where it led to
    assert "Staat voluit bij zorg 1." in paper


def test_a_child_is_never_named_as_the_source(vol, paper):
    text = _bare(paper.text)
    start = text.index(_bare("Milan eet niet op school."))
    worry = text[start : text.index(_bare("Het lukt wel als"), start)]
    assert _bare("Bron: een kind vertelde het") in worry
    assert "lina" not in worry


def test_a_childs_name_typed_as_source_stays_off_paper(plan, item, gezin):
    item(Zorg, wat="Geroep in de nacht.", kinderen=[gezin.milan], bron="derde", bron_naam="LINA, in de klas")
    paper = paper_of(plan)
    assert "in de klas" not in paper
    assert "iemand anders zag of vertelde het: een kind" in paper


def test_feelings_of_the_grenzencheck_are_never_on_paper(paper):
    assert "ik overleg met een collega. Collega Bea" in paper
    assert FEELING not in paper
    assert "normen" not in paper


# The course of the plan


def test_an_empty_plan_says_so_in_a_line_a_part(plan):
    paper = paper_of(plan)
    assert conforms(paper) == []
    assert len(paper.pages) <= 2
    for line in ("Nog geen zorg genoteerd.", "Nog geen wensen genoteerd.", "Nog niemand gaf een cijfer."):
        assert line in paper
    assert "Niet meer actueel" not in paper
    assert "Verboden" not in paper
    assert "Grenzen" not in paper


def test_a_pause_is_said_on_top_and_explained(plan, assistent):
    today = clock.today()
    pause = {"gepauzeerd_op": today, "hervat_op": today + timedelta(days=30), "pauze_reden": "Opname in Duffel."}
    actions.pause_plan(plan, pause, by=assistent)
    plan.refresh_from_db()
    paper = paper_of(plan)
    assert "Het plan ligt stil" in paper.pages[0]
    assert "Opname in Duffel." in paper
    assert "Nog te bekijken" not in paper


def test_leaving_step_5_is_said_on_top_and_explained(plan, assistent):
    end = {
        "uitkomst": "voldoende_veilig",
        "datum": clock.today(),
        "reden": "Zes weken zonder incident.",
        "met": "het hele team",
        "door": "de teamverantwoordelijke",
        "blijkt_uit": "Oma en school zeggen hetzelfde.",
    }
    plan = actions.leave_step(plan, end, by=assistent)
    paper = paper_of(plan)
    assert "Stap 5 is verlaten op" in paper.pages[0]
    for text in ("Zes weken zonder incident.", "het hele team", "de teamverantwoordelijke", "school zeggen hetzelfde"):
        assert text in paper
    assert "Geen afspraak genoteerd." not in paper
    assert "Wanneer lukt het wel?" not in paper


# A sound sheet of paper


def test_it_is_tagged_pdf_ua_1_in_dutch(paper):
    assert conforms(paper) == []
    catalog = paper.reader.trailer["/Root"]
    assert catalog["/Lang"] == "nl-BE"
    assert catalog["/MarkInfo"]["/Marked"]
    assert paper.reader.metadata.title


def test_the_title_in_the_file_names_nobody(vol, paper):
    assert paper.reader.metadata.title == f"Stappenplan stap 5, dossier {vol.dossier.kenmerk}"


def test_it_has_bookmarks_to_its_parts_and_worries(paper):
    titles = list(paper.bookmarks())
    assert "Wat we aanpakken" in titles
    assert [title for title in titles if re.fullmatch(r"Zorg \d: Lina stond om 23 uur alleen op straat\.", title)]


def test_it_is_a4(paper):
    for sheet in paper.reader.pages:
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (595, 842)


def test_only_our_own_font_is_in_it_and_embedded(paper):
    assert paper.fonts
    assert all(paper.fonts.values())
    assert {re.sub(r"^/[A-Z]{6}\+", "", name).split("-Semi")[0].split("-Ital")[0] for name in paper.fonts} == {
        "Stap5-Sans"
    }


def test_every_page_says_what_it_is_and_for_whom(vol, paper):
    total = len(paper.pages)
    assert total > 2
    for number, text in enumerate(paper.pages, start=1):
        assert _bare(NOT_FOR_FAMILY) in _bare(text)
        assert f"{number} van {total}" in text
        assert f"kenmerk {vol.dossier.kenmerk}" in text
        assert f"stand op {clock.today():%d/%m/%Y}" in text


def test_the_sipar_number_is_on_every_page(plan):
    plan.dossier.sipar_nummer = "2026/014-331"
    for text in paper_of(plan).pages:
        assert "SIPAR 2026/014-331" in text


def test_the_first_page_warns_in_the_text_too(paper):
    assert _bare(paper.pages[0]).count(_bare(NOT_FOR_FAMILY)) == 2


def test_the_same_plan_gives_the_same_bytes(vol, paper):
    assert render_dossier_pdf(plan_as_data(vol)) == paper.content


# What people type


def test_markup_in_names_and_texts_is_text(plan, item, assistent):
    naam = '<b>Ana</b> & "Co" <img src=http://127.0.0.1/x>'
    kind = factories.make_person(plan.dossier, naam, "kind", by=assistent)
    item(Zorg, wat="<script>alert(1)</script> {{ data }} </p></body>", kinderen=[kind], hoe_vaak="</style>")
    paper = paper_of(plan)
    assert naam in paper
    assert "<script>alert(1)</script> {{ data }} </p></body>" in paper
    assert "Hoe vaak: </style>" in paper
    assert conforms(paper) == []


@pytest.mark.parametrize("text", ["Een zin die terugkomt. " * 450, "W" * 10_000], ids=["sentences", "one long word"])
def test_ten_thousand_characters_break_no_page(plan, item, gezin, assistent, text):
    zorg = item(Zorg, wat=text, kinderen=[gezin.lina], effect=text)
    actions.add_standpunt(zorg, {"persoon": gezin.sara, "visie": "anders", "woorden": text}, by=assistent)
    item(Schaalscore, persoon=gezin.sara, score=4, waarom_niet_lager=text)
    paper = paper_of(plan)
    assert conforms(paper) == []
    headings = ("Voor het dossier. Niet bestemd voor het gezin.", "stand op", " van ")
    bodies = [[line for line in sheet.splitlines() if not any(h in line for h in headings)] for sheet in paper.pages]
    assert min(len(lines) for lines in bodies) > 3  # no heading was left alone on a page
    assert len(paper.pages) < 32
    assert paper.text.count("W") >= 4 * text.count("W")  # nothing of it fell off the page


def test_thirty_worries_stand_on_paper_in_full(plan, item, gezin):
    for number in range(30):
        zorg = item(Zorg, wat=f"Zorg met nummer {number}.", kinderen=[gezin.lina, gezin.milan])
        item(Uitzondering, moment=f"Moment {number}.", zorgen=[zorg])
    paper = paper_of(plan)
    assert conforms(paper) == []
    assert _bare(paper.text).count(_bare("Nog geen afspraak.")) == 30
    assert all(f"Zorg met nummer {number}." in paper and f"Moment {number}." in paper for number in range(30))


def test_letters_of_other_languages_stand_in_our_own_font(plan, item, gezin, assistent):
    naam = "Şükran-Łucja Đặng ćđß"
    kind = factories.make_person(plan.dossier, naam, "kind", by=assistent, achternaam="V" * 80)
    item(Zorg, wat="“Ça va” – zei ze: ‘écoute’… 3 ≥ 2, ½, €5, ☐ ✓", kinderen=[kind])
    paper = paper_of(plan)
    assert naam in paper
    assert "‘écoute’… 3 ≥ 2" in paper
    assert all("Stap5-Sans" in name for name in paper.fonts)
    assert conforms(paper) == []


def test_an_emoji_is_printed_as_its_name(plan, item, gezin, assistent):
    zorg = item(Zorg, wat="Hij stuurde 😡 en 🔪.", kinderen=[gezin.lina])
    actions.add_standpunt(zorg, {"persoon": gezin.sara, "visie": "zo", "woorden": "❤️ 👍🏽"}, by=assistent)
    paper = paper_of(plan)
    assert "Hij stuurde [emoji: pouting face] en [emoji: hocho]." in paper
    assert "“[emoji: heavy black heart] [emoji: thumbs up sign]”" in paper
    assert all("Stap5-Sans" in name for name in paper.fonts)
    assert conforms(paper) == []


def test_other_scripts_do_not_stop_the_paper(plan, item, gezin):
    item(Zorg, wat="Ze schreef مرحبا en Привет.", kinderen=[gezin.lina])
    assert "Ze schreef" in paper_of(plan)


def test_lines_of_a_text_stay_lines(plan, item, gezin):
    item(Zorg, wat="Eerste regel.\r\nTweede regel.", kinderen=[gezin.lina])
    lines = [line.strip() for line in paper_of(plan).text.splitlines()]
    assert "Tweede regel." in lines


# The doors


def test_the_owner_gets_the_paper_and_it_is_on_record(client_for, assistent, vol):
    answer = client_for(assistent).get(reverse("stap5:stappenplan_pdf", args=[vol.dossier.kenmerk]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert "Lina stond om 23 uur alleen op straat." in Paper(answer.content)
    taken = Gebeurtenis.objects.filter(soort=Soort.UITGEVOERD, dossier=vol.dossier)
    assert [event.created_by for event in taken] == [assistent]


def test_a_stranger_gets_nothing(client_for, vreemde, vol):
    answer = client_for(vreemde).get(reverse("stap5:stappenplan_pdf", args=[vol.dossier.kenmerk]))
    assert answer.status_code == 404
    assert not Gebeurtenis.objects.filter(soort=Soort.UITGEVOERD).exists()


def test_without_a_plan_there_is_no_paper(client_for, assistent, dossier):
    answer = client_for(assistent).get(reverse("stap5:stappenplan_pdf", args=[dossier.kenmerk]))
    assert answer.status_code == 404


def without_mark(paper):
    """Its text but for the mark, which each print has of its own."""
    return re.sub(r"\d+-[0-9a-f]{10}", "", paper.text)


def test_the_command_gives_what_the_page_gives_and_it_is_on_record(client_for, assistent, vol, tmp_path, capsys):
    kenmerk, file = vol.dossier.kenmerk, tmp_path / "plan.pdf"
    call_command("render_stappenplan", kenmerk, voor="dossier", output=str(file))
    taken = Gebeurtenis.objects.get(soort=Soort.UITGEVOERD, dossier=vol.dossier)
    assert taken.created_by is None
    assert capsys.readouterr().out == ""
    assert file.stat().st_mode & 0o077 == 0
    address = reverse("stap5:stappenplan_pdf", args=[kenmerk])
    assert without_mark(Paper(file.read_bytes())) == without_mark(Paper(client_for(assistent).get(address).content))


def test_the_command_writes_to_stdout(vol, capfdbinary):
    call_command("render_stappenplan", vol.dossier.kenmerk, voor="dossier", output="-")
    assert "Lina stond om 23 uur" in Paper(capfdbinary.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kenmerk": "bestaatniet", "voor": "dossier"}, "No dossier"),
        ({"kenmerk": "", "voor": "dossier"}, "has no plan"),
        ({"kenmerk": "", "voor": "gezin"}, "not available yet"),
    ],
)
def test_the_command_says_why_it_could_not_run(dossier, tmp_path, arguments, message):
    kenmerk = arguments.pop("kenmerk") or dossier.kenmerk
    with pytest.raises(CommandError, match=message) as refused:
        call_command("render_stappenplan", kenmerk, output=str(tmp_path / "plan.pdf"), **arguments)
    assert refused.value.returncode == 2
    assert not (tmp_path / "plan.pdf").exists()
    assert not Gebeurtenis.objects.filter(soort=Soort.UITGEVOERD).exists()


def test_a_file_that_cannot_be_written_is_said(plan, tmp_path):
    with pytest.raises(CommandError, match="Cannot write") as refused:
        call_command(
            "render_stappenplan", plan.dossier.kenmerk, voor="dossier", output=str(tmp_path / "no" / "plan.pdf")
        )
    assert refused.value.returncode == 2


class _NoPango:
    """An import of WeasyPrint on a machine without its native libraries."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.fixture
def no_pango(monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_NoPango(), *sys.meta_path])


def test_a_machine_without_the_native_libraries_says_so(no_pango, plan, tmp_path):
    with pytest.raises(PaperUnavailable, match="libpango"):
        render_dossier_pdf(plan_as_data(plan))
    with pytest.raises(CommandError, match="libpango") as refused:
        call_command("render_stappenplan", plan.dossier.kenmerk, voor="dossier", output=str(tmp_path / "plan.pdf"))
    assert refused.value.returncode == 2
    assert not (tmp_path / "plan.pdf").exists()


def test_the_application_starts_without_weasyprint():
    """Nothing imports it before the first PDF."""
    code = "import sys, stap5.pdf; print('weasyprint' in sys.modules)"
    setup = "import os, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings'); django.setup();"
    out = subprocess.run([sys.executable, "-c", setup + code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
