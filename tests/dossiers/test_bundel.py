"""The hand-over bundle, on screen and on paper: open ends, dates, people, limits, notes; nothing that was hidden."""

import io
import re
from datetime import timedelta

import page as validator
import pytest
from pypdf import PdfReader

from accounts import clock
from dossiers.actions import add_notitie, change_row, correct_notitie, create_row, erase_text, hide_notitie
from dossiers.bundel import NEWEST, bundel_of, render_bundel_pdf
from dossiers.models import Contactmoment, Gebeurtenis, Opdracht, Soort, Verbod
from stap5 import actions
from stap5.models import Grenzencheck, Netwerklid
from tests import factories


def in_days(number):
    return clock.today() + timedelta(days=number)


def text(response):
    return response.content.decode()


@pytest.fixture
def noteer(dossier, assistent):
    def add(tekst):
        data = {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": tekst, "over": []}
        return add_notitie(dossier, data, by=assistent)

    return add


def test_open_ends_of_all_parts_stand_in_it(dossier, alles):
    found = bundel_of(dossier)["open"]
    assert found[:3] == ["Stap 5 loopt nog.", "Er wacht nog een versie op nazicht.", "Er loopt nog 1 afspraak."]
    assert any(zin.startswith("De doorverwijzing naar") for zin in found)
    assert any(zin.startswith("Het overleg met") for zin in found)


def test_what_comes_stands_in_the_order_of_its_days(dossier, rijen, gezin, deelnemer, plan, assistent):
    ban = {"soort": "contactverbod", "wie": gezin.wesley, "tegenover": [gezin.sara], "tot": in_days(40)}
    create_row(Verbod, dossier, ban, by=assistent)
    actions.change_plan(plan, {"gespreksritme": 3}, versie=plan.versie, by=assistent)
    visit = {"soort": "huisbezoek", "datum": in_days(2), "met": [gezin.sara]}
    create_row(Contactmoment, dossier, visit, by=assistent)
    dossier.__dict__.pop("_verboden", None)
    coming = bundel_of(dossier)["komt_eraan"]
    assert coming == [
        (in_days(2), "Huisbezoek met Sara"),
        (in_days(14), "Controle van “Oma haalt Lina op vrijdag van school.”"),
        (in_days(21), "Gesprek over ouderschap"),
        (in_days(30), "Laatste dag toegang van Deelnemer Verzonnen (meewerken)"),
        (in_days(40), "Laatste dag van het contactverbod voor Wesley Peeters"),
        (in_days(300), "Einde van de opdracht: probatie"),
    ]


def test_a_plan_that_rests_asks_only_to_be_looked_at_again(dossier, rijen, plan, assistent):
    data = {"gepauzeerd_op": clock.today(), "hervat_op": in_days(60), "pauze_reden": "Opname."}
    actions.pause_plan(plan, data, by=assistent)
    dates = [zin for _, zin in bundel_of(dossier)["komt_eraan"]]
    assert dates == [
        f"Het stappenplan hervatten, het rust sinds {clock.today():%d/%m/%Y}",
        "Einde van de opdracht: probatie",
    ]


def test_a_mandate_that_is_over_is_left_out(dossier, assistent):
    past = {"soort": "probatie", "start": in_days(-90), "einde": in_days(-30), "zonder_einddatum": False}
    create_row(Opdracht, dossier, past, by=assistent)
    assert len(bundel_of(dossier)["opdrachten"]) == 1


def test_a_person_of_the_network_comes_with_what_one_must_know_before_calling(dossier, rijen, gezin, assistent):
    lid = Netwerklid.objects.get()
    known = {"weet_van_opdracht": "nee", "weet_van_zorg": "nee", "opmerking": "Niet op maandag."}
    change_row(lid, known, versie=lid.versie, by=assistent)
    roles = {str(persoon): roles for persoon, roles in bundel_of(dossier)["mensen"]}
    assert roles["Rita"] == [
        "veiligheidsmens voor Lina (bellen)",
        "springt bij als de verzorger ziek is",
        "weet niet van de opdracht en de zorgen",
        "nog geen akkoord van de ouder genoteerd om contact op te nemen",
        "Niet op maandag.",
    ]
    assert roles["Sara O'Neill-De Bruyn"] == []


def test_limits_show_their_outcome_and_never_what_somebody_felt(dossier, plan, assistent, client_for):
    data = {"uitkomst": "overleg", "uitkomst_uitleg": "met An", "gevoel": "Ik lig er wakker van."}
    actions.add_item(Grenzencheck, plan, data, by=assistent)
    html = text(client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overdracht/"))
    assert f"{clock.today():%d/%m/%Y}, Assistent Verzonnen: ik overleg met een collega (met An)" in html
    assert "wakker" not in html


def test_the_last_notes_without_what_was_hidden_erased_or_corrected(dossier, noteer, assistent):
    hidden, erased, wrong = noteer("Verkeerd dossier."), noteer("Te oud."), noteer("Fout nummer.")
    hide_notitie(hidden, {"reden": "Ander gezin."}, by=assistent)
    erase_text(erased, reden="bewaartermijn")
    right = {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": "Juist nummer.", "over": []}
    correct_notitie(wrong, right, by=assistent)
    assert [row.tekst for row in bundel_of(dossier)["notities"]] == ["Juist nummer."]
    factories.make_notes(dossier, 20, by=assistent)
    assert len(bundel_of(dossier)["notities"]) == NEWEST


def test_before_step_5_and_before_anything_was_noted_it_says_so(dossier, assistent, client_for):
    html = text(client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overdracht/"))
    assert "Er staat niets open." in html
    assert "Nog niets genoteerd." in html


# On paper


def bare(string):
    return re.sub(r"\s+", "", string)


@pytest.fixture
def paper(dossier, assistent, client_for):
    """The PDF as the page gives it: (answer, its text without white space)."""

    def get():
        response = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overdracht/bundel.pdf")
        assert response.status_code == 200
        sheets = PdfReader(io.BytesIO(response.content)).pages
        return response, bare("\n".join(sheet.extract_text() for sheet in sheets))

    return get


def test_everything_of_the_bundle_stands_on_paper_and_it_is_a_sound_pdf(dossier, alles, gezin, assistent, paper):
    change_row(gezin.sara, {"ook_gevolgd_door": "Els Maes, JH Gent"}, versie=1, by=assistent)
    data = {"aandacht_bij_huisbezoek": "Een hond.", "sipar_nummer": "S-77"}
    change_row(dossier, data, versie=dossier.versie, by=assistent)
    response, printed = paper()
    found = bundel_of(dossier)
    wanted = [*found["open"], *(f"{day:%d/%m/%Y}" for day, _ in found["komt_eraan"])]
    wanted += [zin for _, zin in found["komt_eraan"]] + [zin for _, zinnen in found["stukken"] for zin in zinnen]
    wanted += ["Contactverbod voor Wesley Peeters", "0470 12 34 56", "Kerkstraat 1", "afgeschermd voor Wesley"]
    wanted += ["ook gevolgd door Els Maes, JH Gent", "Een hond.", "S-77", "Gebeld met oma.", dossier.kenmerk]
    wanted += ["Niet bestemd voor het gezin.", "Veiligheidsmens voor Lina"]
    assert [zin for zin in wanted if bare(zin) not in printed] == []
    assert "Iktwijfel" not in printed
    report = validator.validate_pdf_bytes(response.content, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []


def test_printing_it_is_recorded_as_an_export(dossier, assistent, paper):
    paper()
    entry = Gebeurtenis.objects.filter(dossier=dossier).order_by("-pk").first()
    assert (entry.soort, entry.tekst, entry.created_by) == (Soort.UITGEVOERD, "overdrachtsbundel", assistent)


def test_the_heading_of_a_note_stays_with_its_text(dossier, noteer, assistent):
    """Where the notes begin at the foot of a page, as they do with ten lines above them."""
    for _ in range(2):
        noteer("Begin. " + "Een lang gesprek met oma over vrijdag en wat er daarna kan. " * 12)
    for number in range(8, 13):
        data = {"aandacht_bij_huisbezoek": "\n".join(["Hond."] * number)}
        dossier = change_row(dossier, data, versie=dossier.versie, by=assistent)
        sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(render_bundel_pdf(dossier))).pages]
        assert [sheet.count("Telefoon,") for sheet in sheets] == [sheet.count("Begin.") for sheet in sheets], number


def test_a_person_stays_on_one_sheet_and_one_who_does_not_fit_goes_whole_on_more(dossier, gezin, plan, assistent):
    for number in range(12):
        name, what = f"Buur{number}", f"Belt nooit na acht uur, werkt op zaterdag. EINDE{number}."
        data = {"voornaam": name, "relatie": "buur", "opmerking": what, "lezers": []}
        actions.add_netwerklid(plan, data | {"veiligheid_voor": [], "springt_bij_voor": []}, by=assistent)
    change_row(gezin.sara, {"adres": "woord " * 800 + "SLOT"}, versie=1, by=assistent)
    dossier.__dict__.pop("_mensen", None)
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(render_bundel_pdf(dossier))).pages]
    assert any("SLOT" in sheet for sheet in sheets)
    for number in range(12):
        first, last = re.compile(rf"Buur{number}\b"), re.compile(rf"EINDE{number}\b")
        assert [bool(first.search(sheet)) for sheet in sheets] == [bool(last.search(sheet)) for sheet in sheets]


def test_a_long_note_and_markup_go_whole_on_paper(dossier, noteer, paper):
    noteer("<b>x</b> {{ 7|add:7 }} " + "woord " * 3000 + "EINDE")
    _, printed = paper()
    assert "<b>x</b>{{7|add:7}}" in printed
    assert "EINDE" in printed
