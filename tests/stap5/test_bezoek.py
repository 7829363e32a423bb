"""The page and the sheet before a visit: what is read, what stands there, and what never does."""

import io
import json
import re
import sys
from datetime import timedelta

import page as pdf_ua
import pytest
from pypdf import PdfReader

from accounts import clock
from dossiers.actions import (
    add_notitie,
    change_row,
    close_dossier,
    correct_notitie,
    create_row,
    erase_text,
    hide_notitie,
    stop_row,
)
from dossiers.actions.opdracht import add_deelname
from dossiers.models import Contactmoment, Dossier, Gebeurtenis, Soort, Verblijf
from stap5 import actions
from stap5.access import current_plan
from stap5.bezoek import render_bezoek_pdf, visit
from stap5.models import Afspraak, Grenzencheck, Uitzondering, Wens, Zorg
from stap5.plandata import plan_as_data
from stap5.plandata.bezoek import visit_as_data
from tests import factories
from tests.stap5.test_papier import _bare, no_pango  # noqa: F401 a fixture

TODAY_ONLY = "Voor jou, laat dit niet achter."


def day(number):
    return clock.today() + timedelta(days=number)


def words(html):
    """What a page says, without its tags."""
    return re.sub(r"<[^>]*>", " ", html.partition("<main")[2])


def read(content):
    """The text of a PDF and its number of pages."""
    reader = PdfReader(io.BytesIO(content))
    return "\n".join(sheet.extract_text() for sheet in reader.pages), len(reader.pages)


@pytest.fixture
def base(dossier):
    return f"/dossiers/{dossier.kenmerk}/stap-5/"


@pytest.fixture
def data_of(dossier):
    """What the page reads, for this user."""

    def get(user):
        dossier_now = Dossier.objects.select_related("eigenaar", "team__huis").get(pk=dossier.pk)
        return visit_as_data(current_plan(dossier_now), by=user)

    return get


@pytest.fixture
def note(dossier, assistent):
    def make(soort, ago, *, by=assistent, written=None, tekst="Iets."):
        with clock.set_to(clock.now() - timedelta(days=ago if written is None else written)):
            return add_notitie(
                dossier,
                {"soort": soort, "gebeurd_op": day(0 if written is None else written - ago), "tekst": tekst},
                by=by,
            )

    return make


@pytest.fixture
def long_ago(dossier, plan):
    """As if step 5 had begun a hundred days ago."""
    type(plan).objects.filter(pk=plan.pk).update(created_at=clock.now() - timedelta(days=100))


# What it reads


def test_it_says_the_same_as_the_plan_as_data(alles, data_of, assistent):
    data, whole = data_of(assistent), plan_as_data(current_plan(alles["voortgang"].dossier))
    added = {"aandacht", "contacten", "sinds", "journaal"}
    assert set(data) - added <= set(whole)
    assert {name for name in set(data) - added if data[name] != whole[name]} == set()
    assert set(whole) - set(data) == {
        "schema", "kenmerk", "sipar_nummer", "eigenaar", "team", "huis", "opdrachten", "bereidheid", "grenzen", "hulp",
    }  # fmt: skip
    json.dumps(data)


@pytest.mark.parametrize("soort", ["huisbezoek", "bureau", "telefoon"])
def test_the_last_contact_is_a_visit_a_talk_or_a_call_before_today(soort, note, long_ago, data_of, assistent):
    note("andere", 1)
    note("niet_bereikt", 1)
    note("signaal", 1)
    note(soort, 0)
    assert data_of(assistent)["sinds"] == day(-100).isoformat()  # none yet: the day on which step 5 began
    note(soort, 9)
    note(soort, 5)
    note(soort, 12)
    assert data_of(assistent)["sinds"] == day(-5).isoformat()


def test_a_contact_that_was_hidden_or_corrected_does_not_count(note, long_ago, data_of, assistent):
    hide_notitie(note("telefoon", 3), {"reden": "Verkeerd dossier."}, by=assistent)
    wrong = note("telefoon", 4)
    correct_notitie(wrong, {"soort": "andere", "gebeurd_op": day(-4), "tekst": "Geen gesprek."}, by=assistent)
    note("huisbezoek", 9)
    assert data_of(assistent)["sinds"] == day(-9).isoformat()


@pytest.fixture
def helper(dossier, ander_team, assistent):
    """A colleague who takes part since two months."""
    user = factories.make_user("helper", team=ander_team)
    period = {"soort": "meewerken", "van": day(-60), "tot": day(30)}
    add_deelname(dossier, {"gebruiker": user} | period, by=assistent)
    return user


def test_who_changed_what_since_is_counted(note, long_ago, data_of, assistent, helper, gezin):
    note("telefoon", 20, by=helper)
    note("huisbezoek", 9)
    note("andere", 5, by=helper)
    note("signaal", 30, by=helper, written=4)  # of before, but written after
    hide_notitie(note("andere", 2, by=helper), {"reden": "Verkeerd."}, by=assistent)
    erase_text(note("andere", 2, by=helper), reden="bewaartermijn")
    for ago, persoon, by in ((9, gezin.lina, helper), (9, gezin.sara, assistent), (3, gezin.milan, helper)):
        with clock.set_to(clock.now() - timedelta(days=ago)):
            change_row(persoon, {"taal": "Tamazight"}, versie=persoon.versie, by=by)
    others, own = data_of(assistent)["journaal"]
    assert others == {"wie": "Helper Verzonnen", "wijzigingen": 2, "notities": 2, "laatst": day(-3).isoformat()}
    assert (own["wie"], own["notities"]) == ("jij", 0)  # her own changes of that day belong to that contact
    assert own["laatst"] == clock.today().isoformat()  # when the family was typed in
    seen_by_other = {row["wie"]: row["notities"] for row in data_of(helper)["journaal"]}
    assert seen_by_other == {"Assistent Verzonnen": 1, "jij": 0}


# What stands there


@pytest.fixture
def known(plan, gezin, dossier, assistent, note, long_ago):
    """An exception that both parents know, an agreement made of it that was kept, and a visit planned."""
    note("huisbezoek", 9)
    both = [gezin.wesley, gezin.sara]
    sunday = actions.add_item(
        Uitzondering,
        plan,
        {"moment": "Op zondag eet iedereen samen.", "verteld_door": gezin.sara, "lezers": both},
        by=assistent,
    )
    soup = {"wat": "Op zondag koken ze soep.", "wie": both, "uit_uitzondering": sunday, "volgende_controle": day(-2)}
    soup = actions.add_item(Afspraak, plan, soup | {"lezers": both}, by=assistent)
    checked = {"datum": day(-3), "uitkomst": "nagekomen", "gezien_door": "juf Els", "volgende": day(-1)}
    actions.add_controle(soup, checked, by=assistent)
    moment = {"soort": "huisbezoek", "datum": day(2), "met": [gezin.wesley]}
    create_row(Contactmoment, dossier, moment, by=assistent)
    facts = {"aandacht_bij_huisbezoek": "Er loopt een hond."}
    change_row(Dossier.objects.get(pk=dossier.pk), facts, versie=1, by=assistent)
    dossier.refresh_from_db()
    return soup


SHOWN = (
    TODAY_ONLY, "Er loopt een hond.", "Op zondag koken ze soep.", "Op zondag eet iedereen samen.", "huisbezoek",
    "Hoe ging het met wat we afspraken", "Wesley",
)  # fmt: skip


def test_the_page_and_the_sheet_say_what_one_needs(known, base, dossier, alles, assistent, client_for):
    client = client_for(assistent)
    html = client.get(f"{base}bezoek/").content.decode()
    text, pages = read(client.get(f"{base}bezoek.pdf").content)
    assert pages == 1
    for words in (*SHOWN, f"{day(-1):%d/%m/%Y}", "Contactverbod:", "Wesley mag geen contact hebben met Sara"):
        assert words in html
        assert _bare(words) in _bare(text)
    assert html.index(TODAY_ONLY) < html.index("Drie vragen voor vandaag")
    assert _bare(text).index(_bare(TODAY_ONLY)) < _bare(text).index(_bare("Contactverbod:"))
    assert html.count('<li><span class="soort">') == 3


def test_the_page_is_read_and_the_sheet_taken_along_on_record(plan, gezin, base, assistent, client_for):
    client = client_for(assistent)
    for address, soort in (("bezoek/", Soort.GELEZEN), ("bezoek.pdf", Soort.UITGEVOERD)):
        before = Gebeurtenis.objects.count()
        assert client.get(f"{base}{address}").status_code == 200
        assert (Gebeurtenis.objects.count(), Gebeurtenis.objects.latest("pk").soort) == (before + 1, soort)


def test_the_overview_leads_to_it(plan, gezin, base, assistent, client_for):
    assert f'href="{base}bezoek/"' in client_for(assistent).get(base).content.decode()


def test_before_step_5_has_begun_there_is_no_such_page(dossier, gezin, base, assistent, client_for):
    client = client_for(assistent)
    assert {client.get(f"{base}{address}").status_code for address in ("bezoek/", "bezoek.pdf")} == {404}


@pytest.mark.parametrize("role", ["deelnemer", "teamverantwoordelijke"])
def test_who_may_see_the_dossier_may_prepare_a_visit(request, known, base, client_for, role):
    client = client_for(request.getfixturevalue(role))
    assert "Op zondag koken ze soep." in client.get(f"{base}bezoek/").content.decode()
    assert client.get(f"{base}bezoek.pdf")["Content-Type"] == "application/pdf"


def test_it_works_without_javascript(known, base, assistent, client_for):
    html = client_for(assistent).get(f"{base}bezoek/").content.decode()
    assert re.findall(r"<script[^>]*>", html) == re.findall(r'<script src="[^"]*terug[^"]*" defer>', html)
    assert "<form" not in html.partition("<main")[2].partition("</main>")[0]


def test_it_is_a_sound_pdf_without_the_kenmerk_or_a_surname(known, dossier, data_of, assistent):
    content = render_bezoek_pdf(data_of(assistent))
    report = pdf_ua.validate_pdf_bytes(content, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    text, _ = read(content)
    assert dossier.kenmerk not in text
    assert "Peeters" not in text
    assert content == render_bezoek_pdf(data_of(assistent))


def test_a_machine_without_the_native_libraries_says_so(no_pango, plan, gezin, base, assistent, client_for):  # noqa: F811
    answer = client_for(assistent).get(f"{base}bezoek.pdf")
    assert answer.status_code == 503
    assert "libpango" in answer.content.decode()
    assert "weasyprint" not in sys.modules


def test_a_dossier_that_was_closed_does_not_say_why(known, dossier, base, assistent, client_for):
    close_dossier(dossier, {"reden": "Verhuisd naar Duffel."}, by=assistent)
    html = client_for(assistent).get(f"{base}bezoek/").content.decode()
    assert f"Dit dossier is afgesloten op {day(0):%d/%m/%Y}." in html
    assert "Duffel" not in html


@pytest.mark.parametrize("how", ["rest", "end"])
def test_a_plan_that_rests_or_ended_asks_nothing_of_its_own(known, plan, base, assistent, client_for, how):
    plan.refresh_from_db()
    if how == "rest":
        pause = {"gepauzeerd_op": day(-1), "hervat_op": day(30), "pauze_reden": "Opname in Zoersel."}
        actions.pause_plan(plan, pause, by=assistent)
        words = f"Het plan rust sinds {day(-1):%d/%m/%Y}, tot {day(30):%d/%m/%Y}."
    else:
        end = {"uitkomst": "gestopt", "datum": day(0), "reden": "Opname in Zoersel.", "met": "team"}
        actions.leave_step(plan, end, by=assistent)
        words = f"Stap 5 is verlaten op {day(0):%d/%m/%Y}."
    client = client_for(assistent)
    html = client.get(f"{base}bezoek/").content.decode()
    text, pages = read(client.get(f"{base}bezoek.pdf").content)
    assert pages == 1
    for one in (html, text):
        assert _bare(words) in _bare(one)
        assert "Zoersel" not in one
        assert "Hoe ging het met wat we afspraken" not in one
    assert "Er loopt een hond." in html


# What never does

MAY_STAND = {  # fields of plan data whose words may stand on the page, when the rules let them
    "naam", "voornaam", "relatie", "leeftijd", "taal", "telefoon", "contact_hoe", "contact_wanneer", "als", "wat",
    "wie_anders", "moment", "inhoud", "opgelegd_door", "wie", "aandacht", "wanneer", "soort_label", "door_gebruiker",
}  # fmt: skip


def texts_of(value, path=()):
    """(path of names, text) of every text with a word in it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts_of(inner, (*path, name))
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner, path)
    elif isinstance(value, str) and re.search(r"[a-z]{4}", value) and not re.fullmatch(r"[0-9a-f-]{36}", value):
        yield path, value


def test_no_other_text_of_the_plan_stands_on_the_page_or_the_sheet(alles, known, base, data_of, assistent, client_for):
    """Everything that can be recorded is recorded; of the rest not a sentence comes along."""
    whole = plan_as_data(current_plan(Dossier.objects.get(pk=known.plan.dossier_id)))
    client = client_for(assistent)
    html = words(client.get(f"{base}bezoek/").content.decode())
    sheet, _ = read(client.get(f"{base}bezoek.pdf").content)
    sentences = [(path, text) for path, text in texts_of(whole) if path[-1] not in MAY_STAND and len(text) > 8]
    codes = {"kort", "soort_label", "rol_label", "bron", "stand", "stand_label", "rol", "soort", "status", "eigenaar"}
    found = {
        (path, text)
        for path, text in sentences
        if path[-1] not in codes and any(_bare(text) in _bare(one) for one in (html, sheet))
    }
    assert found == set()
    assert len(sentences) > 20


def test_nothing_of_who_is_shielded_is_on_the_page_or_the_sheet(
    alles, known, dossier, gezin, base, assistent, client_for
):
    stay = {"wie": gezin.sara, "soort": "familie", "bij": gezin.oma, "plek": "Vluchthuis De Zon, Duffel"}
    create_row(Verblijf, dossier, stay, by=assistent)
    texts = ["Sara woont nu Kerkstraat 1", "Bel 0470/12.34.56", "Zij zit in Duffel", "Vraag het aan Rita"]
    both = [gezin.wesley, gezin.sara]
    for text in texts:
        actions.add_item(
            Afspraak, known.plan, {"wat": text, "wie": both, "volgende_controle": day(1), "lezers": both}, by=assistent
        )
    dossier.refresh_from_db()
    change_row(dossier, {"aandacht_bij_huisbezoek": "\n".join(texts)}, versie=dossier.versie, by=assistent)
    client = client_for(assistent)
    html = client.get(f"{base}bezoek/").content.decode()
    text, _ = read(client.get(f"{base}bezoek.pdf").content)
    for one in (html, text):
        for secret in ("0470", "12.34.56", "Kerkstraat", "Mechelen", "Duffel", "Vluchthuis", "Rita", "0471 00 00 00"):
            assert secret not in one
    assert "Sara" in html
    assert "Op zondag koken ze soep." in html


def test_what_somebody_felt_or_asked_outside_never_comes_along(
    known, plan, dossier, gezin, base, assistent, client_for
):
    factories.make_overleg(dossier, by=assistent)
    factories.make_doorverwijzing(dossier, voor=[gezin.lina], by=assistent, partner_naam="CAW De Wilg")
    check = {"uitkomst": "partner", "uitkomst_uitleg": "het VK", "gevoel": "Ik slaap er slecht van."}
    actions.add_item(Grenzencheck, plan, check, by=assistent)
    actions.add_item(
        Wens,
        plan,
        {"wie": gezin.lina, "woorden": "Weg van hier.", "ouder_mag_weten": "nee", "lezers": []},
        by=assistent,
    )
    client = client_for(assistent)
    main = client.get(f"{base}bezoek/").content.decode().partition('<div class="row')[2]
    text, _ = read(client.get(f"{base}bezoek.pdf").content)
    for one in (main, text):
        for words in ("De Wilg", "het VK", "slaap er slecht", "Weg van hier", "verleg", "oorverwijz", "juf Els"):
            assert words not in one


def test_a_meeting_that_a_ban_forbids_is_said_on_top(known, alles, dossier, gezin, base, assistent, client_for):
    moment = {"soort": "bureau", "datum": day(1), "met": [gezin.wesley, gezin.sara]}
    create_row(Contactmoment, dossier, moment, by=assistent)
    client = client_for(assistent)
    text, _ = read(client.get(f"{base}bezoek.pdf").content)
    for one in (words(client.get(f"{base}bezoek/").content.decode()), text):
        assert _bare(
            "Kijk het geplande contact na. Die dag geldt voor Wesley een contactverbod tegenover Sara"
        ) in _bare(one)


# What people type, and how much


def test_markup_is_text(known, plan, gezin, dossier, assistent, base, client_for):
    markup = "<script>alert(1)</script> {{ data }} </p></body>"
    both = [gezin.wesley, gezin.sara]
    row = {"wat": markup, "wie": both, "volgende_controle": day(0), "lezers": both}
    actions.add_item(Afspraak, plan, row, by=assistent)
    change_row(dossier, {"aandacht_bij_huisbezoek": markup}, versie=dossier.versie, by=assistent)
    client = client_for(assistent)
    html = client.get(f"{base}bezoek/").content.decode()
    assert "<script>alert" not in html
    text, _ = read(client.get(f"{base}bezoek.pdf").content)
    for one in (html.replace("&lt;", "<").replace("&gt;", ">"), text):
        assert _bare(markup) in _bare(one)


def test_a_full_house_fits_on_two_pages(plan, gezin, dossier, assistent, base, client_for, long_ago):
    """Twelve children, texts as long as they may be, and many of everything."""
    long = "Dit is een lange zin met veel woorden. " * 260
    word = "x" * 5_000
    both = [gezin.wesley, gezin.sara]
    parents = [
        factories.make_person(
            dossier, "W" * 80, "ouder", by=assistent, relatie="r" * 120, telefoon="0" * 60, contact_hoe="h" * 200,
            contact_wanneer="w" * 200, taal="t" * 60, tolk=True, bericht_toegelaten="nee",
        )
        for _ in range(9)
    ]  # fmt: skip
    for number in range(12):
        factories.make_person(dossier, f"Kind{number} " + "k" * 70, "kind", by=assistent, taal="t" * 60, tolk=True)
    for text in (long, word, *("Korte afspraak." for _ in range(10))):
        moment = actions.add_item(
            Uitzondering, plan, {"moment": text, "verteld_door": gezin.sara, "lezers": [*both, *parents]}, by=assistent
        )
        row = {
            "wat": text,
            "als": text,
            "wie": [*both, *parents],
            "volgende_controle": day(-1),
            "uit_uitzondering": moment,
        }
        row = actions.add_item(Afspraak, plan, row | {"lezers": both}, by=assistent)
        kept = {"datum": day(-1), "uitkomst": "nagekomen", "gezien_door": "x", "volgende": day(0)}
        actions.add_controle(row, kept, by=assistent)
    change_row(dossier, {"aandacht_bij_huisbezoek": word[:2000] + long}, versie=dossier.versie, by=assistent)
    change_row(gezin.sara, {"afgeschermd_voor": []}, versie=gezin.sara.versie, by=assistent)
    client = client_for(assistent)
    assert client.get(f"{base}bezoek/").status_code == 200
    text, pages = read(client.get(f"{base}bezoek.pdf").content)
    assert pages <= 2
    assert _bare("voluit in het dossier") in _bare(text)
    assert "Kind11" in text.replace("\n", "")


def test_a_dossier_with_one_person_and_an_empty_plan(plan, base, assistent, client_for):
    client = client_for(assistent)
    html = client.get(f"{base}bezoek/").content.decode()
    text, pages = read(client.get(f"{base}bezoek.pdf").content)
    assert pages == 1
    assert html.count("Nu niets op dit blad.") == 3
    assert html.count('<li><span class="soort">') == 3
    assert "Wesley" in text


def test_a_stopped_agreement_is_said_without_its_reason(known, data_of, assistent):
    stop_row(known, {"datum": day(0), "reden": "Hij dronk opnieuw."}, by=assistent)
    found = visit(data_of(assistent))
    assert "gestopt" in {row["wat"] for row in found["veranderd"]}
    assert "dronk" not in json.dumps(found, default=str)


def test_a_worry_never_stands_there(known, plan, gezin, base, assistent, client_for):
    both = [gezin.wesley, gezin.sara]
    facts = {"wat": "Milan had honger op school.", "kinderen": [gezin.milan], "door": both, "lezers": both}
    actions.add_item(Zorg, plan, facts, by=assistent)
    client = client_for(assistent)
    text, _ = read(client.get(f"{base}bezoek.pdf").content)
    for one in (client.get(f"{base}bezoek/").content.decode(), text):
        assert "honger" not in one


# What is left out is not denied


def test_nobody_else_noted_is_said_where_only_she_noted(plan, note, long_ago, base, assistent, helper, client_for):
    note("huisbezoek", 9)
    note("andere", 2)
    client, alone = client_for(assistent), "Niemand anders noteerde iets."
    text, _ = read(client.get(f"{base}bezoek.pdf").content)
    html = client.get(f"{base}bezoek/").content.decode()
    for one in (html, text):
        assert _bare(alone) in _bare(one)
        assert "Niemand noteerde iets" not in one
    note("andere", 1, by=helper)
    text, _ = read(client.get(f"{base}bezoek.pdf").content)
    for one in (client.get(f"{base}bezoek/").content.decode(), text):
        assert _bare(alone) not in _bare(one)
        assert _bare("Helper Verzonnen: 1 notitie") in _bare(words(one) if "<main" in one else one)


def test_open_signs_are_counted_on_the_screen_and_not_told(plan, note, long_ago, base, assistent, client_for):
    client, page = client_for(assistent), f"{base}bezoek/"
    assert "signa" not in words(client.get(page).content.decode())
    note("signaal", 2, tekst="Geroep in de gang.")
    one = client.get(page).content.decode()
    assert "Er staat 1 signaal open. Lees het in de voortgang voor je vertrekt." in " ".join(words(one).split())
    assert f'href="/dossiers/{plan.dossier.kenmerk}/voortgang/">Lees het' in one
    note("signaal", 1, tekst="Nog eens geroep.")
    two = " ".join(words(client.get(page).content.decode()).split())
    assert "Er staan 2 signalen open. Lees ze in de voortgang voor je vertrekt." in two
    text, _ = read(client.get(f"{base}bezoek.pdf").content)
    assert "signa" not in text
    assert "roep" not in two + text
    weighed = {"onveilig": "ja", "besluit_met": "het team", "besluit_op": day(0)}
    actions.decide(plan, weighed, versie=1, by=assistent)
    assert "signa" not in words(client.get(page).content.decode())


def test_agreements_that_are_due_and_may_not_stand_there_are_looked_for_elsewhere(
    rijen, base, assistent, gezin, plan, client_for
):
    client, elsewhere = client_for(assistent), "Niets wat de ouders al weten. Kijk ook bij Alle afspraken ."
    assert elsewhere not in " ".join(words(client.get(f"{base}bezoek/").content.decode()).split())  # not due yet
    actions.change_item(rijen.afspraak, {"volgende_controle": day(-1)}, versie=1, by=assistent)
    html = client.get(f"{base}bezoek/").content.decode()
    assert elsewhere in " ".join(words(html).split())
    assert "Oma haalt Lina" not in html
    text, _ = read(client.get(f"{base}bezoek.pdf").content)
    assert "Kijk ook bij" not in text
    pause = {"gepauzeerd_op": day(-1), "hervat_op": day(30), "pauze_reden": "Opname."}
    actions.pause_plan(plan, pause, by=assistent)
    assert "Kijk ook bij" not in client.get(f"{base}bezoek/").content.decode()


def test_who_is_who_says_on_screen_who_is_followed_and_not_on_the_sheet(plan, gezin, base, assistent, client_for):
    """Who sits at the table need not know of the mandate."""
    client = client_for(assistent)
    html = words(client.get(f"{base}bezoek/").content.decode()).partition("Wie is wie")[2]
    text, _ = read(client.get(f"{base}bezoek.pdf").content)
    assert (html.count("justitiabele"), text.count("justitiabele")) == (1, 0)
    assert re.search(r"Wesley\s+\(\d+\)\s+justitiabele|Wesley\s+justitiabele", html)
