"""The journal: noted, corrected by a new note, hidden with a reason; nothing is edited."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions import add_notitie, close_dossier, correct_notitie, hide_notitie
from dossiers.audit import record
from dossiers.models import Notitie, NotitieAfscherming, Soort
from tests import factories

pytestmark = [pytest.mark.both, pytest.mark.quick]


def data(tekst="Gebeld met Sara.", **kwargs):
    return {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": tekst, "over": [], "bron": ""} | kwargs


@pytest.fixture
def notitie(dossier, gezin, assistent):
    return add_notitie(dossier, data(over=[gezin.sara, gezin.lina], bron="ouder"), by=assistent)


@pytest.fixture
def voortgang(dossier):
    return f"/dossiers/{dossier.kenmerk}/voortgang/"


def test_a_note_is_about_several_people(notitie, gezin):
    assert set(notitie.over.all()) == {gezin.sara, gezin.lina}


def test_a_note_is_recorded_without_its_words(notitie, dossier):
    entry = dossier.gebeurtenissen.last()
    assert (entry.soort, entry.tekst, entry.sleutel) == (Soort.GEMAAKT, "notitie", str(notitie.sleutel))


def test_a_note_is_written_on_the_page(voortgang, dossier, gezin, assistent, get_post):
    over = [str(gezin.sara.sleutel), str(gezin.milan.sleutel)]
    sent = {"soort": "huisbezoek", "gebeurd_op": "1/3/2026", "tekst": "Thuis geweest.", "over": over, "bron": "kind"}
    assert get_post(assistent, voortgang, sent).status_code == 302
    note = dossier.notities.order_by("pk").last()
    assert (note.soort, note.tekst, note.bron, note.gebeurd_op.isoformat()) == (
        "huisbezoek",
        "Thuis geweest.",
        "kind",
        "2026-03-01",
    )
    assert set(note.over.all()) == {gezin.sara, gezin.milan}


def test_a_correction_is_a_new_note_that_points_to_the_old_one(notitie, voortgang, assistent, get_post):
    answer = get_post(assistent, f"{voortgang}{notitie.sleutel}/verbeteren/", {"tekst": "Gebeld met oma."})
    assert answer.status_code == 302
    correction = notitie.correcties.get()
    assert (correction.tekst, correction.corrigeert, set(correction.over.all())) == (
        "Gebeld met oma.",
        notitie,
        set(notitie.over.all()),
    )
    assert Notitie.objects.get(pk=notitie.pk).tekst == "Gebeld met Sara."


def test_a_hidden_note_keeps_its_text_and_says_who_hid_it_and_why(notitie, voortgang, assistent, get_post, client_for):
    answer = get_post(assistent, f"{voortgang}{notitie.sleutel}/afschermen/", {"reden": "Hoort bij een ander gezin."})
    assert answer.status_code == 302
    hidden = NotitieAfscherming.objects.get()
    assert (hidden.tekst, hidden.created_by, hidden.notitie.tekst) == (
        "Hoort bij een ander gezin.",
        assistent,
        "Gebeld met Sara.",
    )
    page = client_for(assistent).get(voortgang).content.decode()
    assert "Hoort bij een ander gezin." in page
    assert "Gebeld met Sara." not in page


def test_a_hidden_note_is_not_taken_along_as_text(notitie, voortgang, assistent, client_for):
    address = f"{voortgang}{notitie.sleutel}/kopie/"
    assert "Gebeld met Sara." in client_for(assistent).get(address).content.decode()
    hide_notitie(notitie, {"reden": "Verkeerd dossier."}, by=assistent)
    assert client_for(assistent).get(address).status_code == 404


def test_the_words_of_a_hidden_note_do_not_stand_on_its_other_pages(notitie, voortgang, assistent, client_for):
    hide_notitie(notitie, {"reden": "Verkeerd dossier."}, by=assistent)
    for act in ("verbeteren", "afschermen"):
        page = client_for(assistent).get(f"{voortgang}{notitie.sleutel}/{act}/")
        assert "Gebeld met Sara." not in page.content.decode()


def test_the_words_of_a_hidden_note_are_not_found_by_searching(notitie, voortgang, assistent, client_for):
    client = client_for(assistent)
    client.post(f"{voortgang}filter/", {"soort": "", "persoon": "", "tekst": "gebeld"})
    assert [row.pk for row in client.get(voortgang).context["notities"]] == [notitie.pk]
    hide_notitie(notitie, {"reden": "Verkeerd dossier."}, by=assistent)
    assert client.get(voortgang).context["notities"] == []


def test_a_note_is_hidden_once(notitie, assistent, unchanged):
    hide_notitie(notitie, {"reden": "Verkeerd dossier."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="al afgeschermd"):
        hide_notitie(notitie, {"reden": "Nog eens."}, by=assistent)


def test_who_takes_part_notes_but_does_not_hide(dossier, notitie, deelnemer, unchanged):
    add_notitie(dossier, data("Genoteerd door wie meewerkt."), by=deelnemer)
    with unchanged(), pytest.raises(NotAllowed):
        hide_notitie(notitie, {"reden": "Verkeerd dossier."}, by=deelnemer)


def test_the_teamverantwoordelijke_hides_but_does_not_note(dossier, notitie, teamverantwoordelijke, unchanged):
    with unchanged(), pytest.raises(NotAllowed):
        add_notitie(dossier, data(), by=teamverantwoordelijke)
    assert hide_notitie(notitie, {"reden": "Verkeerd dossier."}, by=teamverantwoordelijke)


def test_nothing_is_noted_corrected_or_hidden_in_a_closed_dossier(dossier, notitie, assistent, unchanged):
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    for act in (
        lambda: add_notitie(dossier, data(), by=assistent),
        lambda: correct_notitie(notitie, data(), by=assistent),
        lambda: hide_notitie(notitie, {"reden": "Verkeerd."}, by=assistent),
    ):
        with unchanged(), pytest.raises(NotAllowed):
            act()


def test_what_changed_by_itself_cannot_be_corrected_or_hidden(dossier, gezin, voortgang, assistent, client_for):
    change = dossier.notities.filter(soort="wijziging").first()
    for act in ("verbeteren", "afschermen"):
        assert client_for(assistent).get(f"{voortgang}{change.sleutel}/{act}/").status_code == 404


def test_a_note_of_another_dossier_is_not_reached(notitie, assistent, client_for):
    other = factories.make_dossier(assistent, voornaam="Tom")
    for act in ("verbeteren", "afschermen", "kopie"):
        address = f"/dossiers/{other.kenmerk}/voortgang/{notitie.sleutel}/{act}/"
        assert client_for(assistent).get(address).status_code == 404


def test_the_journal_goes_on_after_a_page(dossier, voortgang, assistent, client_for):
    factories.make_notes(dossier, 45, by=assistent)
    client = client_for(assistent)
    first = client.get(voortgang)
    second = client.get(voortgang, {"na": first.context["meer"]})
    numbers = [note.tekst for note in [*first.context["notities"], *second.context["notities"]]]
    assert numbers == [f"Notitie {count}" for count in range(45)]
    assert second.context["meer"] == ""


@pytest.mark.parametrize("cursor", ["onzin", "00000000-0000-4000-8000-000000000000", "\x00"])
def test_a_cursor_that_means_nothing_is_not_found(voortgang, assistent, client_for, cursor):
    assert client_for(assistent).get(voortgang, {"na": cursor}).status_code == 404


def test_the_journal_is_shown_by_kind_and_by_person(dossier, gezin, notitie, voortgang, assistent, client_for):
    other = add_notitie(dossier, data("Bezoek.", soort="huisbezoek", over=[gezin.milan]), by=assistent)
    client = client_for(assistent)
    for terms, expected in (
        ({"soort": "huisbezoek"}, [other]),
        ({"persoon": str(gezin.sara.sleutel)}, [notitie]),
        ({"tekst": "BEZOEK"}, [other]),
        ({}, [other, notitie]),
    ):
        client.post(f"{voortgang}filter/", terms)
        assert client.get(voortgang).context["notities"] == expected


def test_a_note_says_when_it_happened_and_when_it_was_written(dossier, assistent):
    day = clock.today() - timedelta(days=3)
    note = add_notitie(dossier, data(gebeurd_op=day), by=assistent)
    assert (note.gebeurd_op, clock.local(note.created_at).date()) == (day, clock.today())


def test_the_clock_stamps_the_note_and_its_entry(dossier, assistent):
    moment = clock.now() - timedelta(days=20)
    with clock.set_to(moment):
        note = add_notitie(dossier, data(), by=assistent)
        entry = record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    assert (note.created_at, entry.created_at) == (moment, moment)
