"""The letter to the partner, read back: everything that was decided to go, in the u-form, and nothing else."""

import io
from datetime import timedelta

import page
import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts import clock
from dossiers.models import Gebeurtenis, Soort
from dossiers.papier import PaperUnavailable
from partners.actions.doorverwijzing import add_al_betrokken, add_antwoord, change_meegegeven, move_doorverwijzing
from partners.models import Partnersoort
from partners.versturen import offer
from tests import factories


@pytest.fixture
def referral(dossier, rijen, gezin, assistent):
    today = clock.today()
    assistent.email = "assistent@huis.example"
    assistent.save(update_fields=["email"])
    agreed = {"akkoord": "ja", "akkoord_van": gezin.sara, "akkoord_op": today - timedelta(days=2)}
    chosen = [tekst for tekst in offer(dossier) if "op de trap" in tekst.tekst]
    asked = {"partner_naam": "CAW De Kade", "vraag": "Wilt u met Lina spreken?"}
    row = factories.make_doorverwijzing(dossier, voor=[gezin.lina], by=assistent, **asked, **agreed)
    return change_meegegeven(row, {"teksten": chosen}, versie=1, by=assistent)


@pytest.fixture
def letter(dossier, client_for, assistent):
    def read(row):
        address = reverse("partners:brief_pdf", args=[dossier.kenmerk, row.sleutel])
        response = client_for(assistent).get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        return response.content

    return read


def text_of(content):
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages).split())


def test_the_letter_says_who_asks_what_for_whom_and_what_the_parent_said(referral, letter, assistent, gezin, dossier):
    text = text_of(letter(referral))
    for part in (
        "Geachte mevrouw, geachte heer",
        "CAW De Kade",
        "Wilt u met Lina spreken?",
        str(assistent),
        dossier.team.huis.naam,
        f"{gezin.lina}, geboren op",
        "Sara O'Neill-De Bruyn is akkoord",
        "Lina zat vrijdag om 22 uur alleen op de trap.",
        "assistent@huis.example",
        "Wilt u mij laten weten of u deze vraag aanvaardt",
    ):
        assert part in text, part


def test_nothing_of_what_was_not_ticked_is_in_it(referral, letter, dossier):
    text = text_of(letter(referral))
    for part in ("0470 12 34 56", "Kerkstraat", "0471", "Dat het stil is", "Oma haalt", " je ", " jouw ", "Wesley"):
        assert part not in text, part


def test_it_is_a_draft_until_it_was_sent(referral, letter, assistent):
    assert "Ontwerp. Nog niet verstuurd." in text_of(letter(referral))
    day = clock.today() - timedelta(days=1)
    move_doorverwijzing(referral, "verstuurd", {"datum": day}, by=assistent)
    text = text_of(letter(referral))
    assert "Ontwerp" not in text
    assert f"{day:%d/%m/%Y} · ons kenmerk" in text


@pytest.mark.parametrize(
    ("akkoord", "part"),
    [
        ({"akkoord": "geinformeerd"}, "maar ging niet akkoord"),
        ({"akkoord": "nee", "akkoord_reden": "Te gevaarlijk nu."}, "Te gevaarlijk nu."),
        ({"akkoord": ""}, "Nog te vragen."),
    ],
)
def test_the_partner_reads_what_the_family_knows(dossier, gezin, assistent, letter, akkoord, part):
    who = {"akkoord_van": gezin.sara, "akkoord_op": clock.today()} if akkoord["akkoord"] == "geinformeerd" else {}
    row = factories.make_doorverwijzing(dossier, voor=[gezin.lina], soort="vk", by=assistent, **akkoord, **who)
    assert part in text_of(letter(row))


def test_the_answer_of_a_young_person_is_said_and_the_words_are_not(dossier, gezin, assistent, letter):
    mila = factories.make_person(dossier, "Mila", "kind", by=assistent)
    row = factories.make_doorverwijzing(dossier, voor=[mila], by=assistent)
    said = {"jongere": mila, "antwoord": "nee", "woorden": "Nooit van mijn leven.", "toch_reden": "Te gevaarlijk."}
    add_antwoord(row, said | {"datum": clock.today()}, by=assistent)
    text = text_of(letter(row))
    assert "Mila werd hierover zelf gehoord" in text
    assert "is niet akkoord" in text
    assert "Nooit van mijn leven" not in text


def test_it_is_a_sound_pdf(referral, letter):
    content = letter(referral)
    document = PdfReader(io.BytesIO(content))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.metadata.title.startswith("Doorverwijzing")
    assert [str(sheet.mediabox[2])[:3] for sheet in document.pages] == ["595"] * len(document.pages)
    report = page.validate_pdf_bytes(content, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []


def test_taking_it_along_is_on_record(referral, letter, dossier, assistent):
    letter(referral)
    entry = Gebeurtenis.objects.filter(dossier=dossier, soort=Soort.UITGEVOERD).last()
    assert (entry.tekst, entry.created_by) == ("brief van een doorverwijzing", assistent)


def test_markup_and_long_words_stay_text(dossier, gezin, assistent, letter):
    vraag = "<b>Let op</b> & 'quotes' 👍 " + "a" * 600
    row = factories.make_doorverwijzing(dossier, voor=[gezin.lina], by=assistent, vraag=vraag)
    assert "<b>Let op</b> & 'quotes'" in text_of(letter(row))


def test_help_that_was_there_already_has_no_letter(dossier, gezin, assistent, client_for):
    facts = {"soort": Partnersoort.objects.first(), "voor": [gezin.lina]}
    row = add_al_betrokken(dossier, facts, by=assistent)
    address = reverse("partners:brief_pdf", args=[dossier.kenmerk, row.sleutel])
    assert client_for(assistent).get(address).status_code == 404


def test_where_no_pdf_can_be_made_it_is_said(referral, dossier, assistent, client_for, monkeypatch):
    def fail(data):
        raise PaperUnavailable("libpango ontbreekt")

    monkeypatch.setattr("partners.views.doorverwijzing.render_brief_pdf", fail)
    response = client_for(assistent).get(reverse("partners:brief_pdf", args=[dossier.kenmerk, referral.sleutel]))
    assert response.status_code == 503
    assert "libpango ontbreekt" in response.content.decode()
