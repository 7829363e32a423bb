"""The journal's filter finds words however they were typed, page after page, and never those of a hidden note."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from dossiers.actions import add_notitie, hide_notitie
from dossiers.models import Notitie

pytestmark = pytest.mark.both


@pytest.fixture
def note(dossier, assistent):
    def make(tekst, days=0, **kwargs):
        data = {"soort": "telefoon", "gebeurd_op": clock.today() - timedelta(days=days), "tekst": tekst}
        return add_notitie(dossier, data | {"over": [], "bron": ""} | kwargs, by=assistent)

    return make


@pytest.fixture
def filtered(dossier, assistent, client_for):
    """`filtered(words, ...)`: the journal's page with that filter."""
    client, address = client_for(assistent), f"/dossiers/{dossier.kenmerk}/voortgang/"

    def show(words, soort="", persoon="", **query):
        client.post(f"{address}filter/", {"soort": soort, "persoon": persoon, "tekst": words})
        return client.get(address, query).context

    return show


@pytest.mark.parametrize(
    ("tekst", "words"),
    [
        ("Gebeld met José over vrijdag.", "jose"),
        ("Gebeld met Jose.", "JOSÉ"),
        ("Is Caf\u00e9 Zwaan dicht?", "cafe\u0301 zwaan"),
        ("De verant\u00adwoordelijke belde.", "verantwoordelijke"),
        ("Twee\u00a0keer\nniet thuis.", "keer niet thuis"),
        ("Mevrouw D’Hondt kwam.", "d'hondt"),
        ("Het kost 50 € per week.", "€"),
        ("ÇA VA", "ça\u200b va"),
    ],
)
def test_a_note_is_found_without_case_accents_and_invisible_signs(note, filtered, dossier, assistent, tekst, words):
    note("Iets heel anders.")
    old = Notitie.objects.create(
        dossier=dossier, soort="telefoon", gebeurd_op=clock.today(), tekst=tekst, created_by=assistent
    )
    assert [row.pk for row in filtered(words)["notities"]] == [old.pk]


def test_words_that_are_nowhere_find_nothing(note, filtered):
    note("Gebeld met José.")
    assert (filtered("joseph")["notities"], filtered("€")["notities"], filtered("%")["notities"]) == ([], [], [])


def test_the_words_of_a_hidden_note_are_not_found_folded_either(note, filtered):
    hidden = note("Gebeld met José.")
    hide_notitie(hidden, {"reden": "Verkeerd dossier."}, by=hidden.created_by)
    context = filtered("jose")
    assert (context["notities"], context["dagen"]) == ([], [])


def test_words_kind_and_person_are_asked_together(note, filtered, gezin):
    wanted = note("Gebeld met José.", over=[gezin.sara, gezin.lina])
    note("Gebeld met José.", over=[gezin.lina])
    note("José thuis gezien.", soort="huisbezoek", over=[gezin.sara])
    context = filtered("jose", soort="telefoon", persoon=str(gezin.sara.sleutel))
    assert [row.pk for row in context["notities"]] == [wanted.pk]


def fill(dossier, by, number, start=0):
    """`number` notes, each third of which names José, several on one day."""
    today = clock.today()
    rows = [
        Notitie(
            dossier=dossier,
            soort="telefoon" if count % 2 else "wijziging",
            gebeurd_op=today - timedelta(days=count // 4),
            tekst=f"José {count}" if count % 3 == 0 else f"Notitie {count}",
            created_by=by,
        )
        for count in range(start, start + number)
    ]
    return Notitie.objects.bulk_create(rows)


@pytest.mark.parametrize(("which", "query"), [("notities", "na"), ("wijzigingen", "wijzigingen_na")])
def test_pages_of_what_was_found_hold_each_note_once_in_order(dossier, assistent, filtered, which, query):
    fill(dossier, assistent, 600)
    human = which == "notities"
    seen, cursor, pages = [], "", 0
    while pages < 10:
        context = filtered("jose", **({query: cursor} if cursor else {}))
        rows = context["notities"] if human else [row for _, day in context["dagen"] for row in day]
        seen, pages = seen + rows, pages + 1
        cursor = context["meer" if human else "wijzigingen_meer"]
        if not cursor:
            break
    kind = ["telefoon" if human else "wijziging"]
    wanted = Notitie.objects.filter(dossier=dossier, soort__in=kind, tekst__startswith="José")
    assert [row.pk for row in seen] == list(wanted.order_by("-gebeurd_op", "-pk").values_list("pk", flat=True))
    assert (len(seen), pages) == (100, 3)


def test_a_filter_costs_the_same_number_of_queries_whatever_there_is(dossier, assistent, filtered):
    counts = []
    for number in (12, 400):
        fill(dossier, assistent, number, start=number)
        with CaptureQueriesContext(connection) as queries:
            filtered("jose")
        counts.append(len(queries))
    assert counts[0] == counts[1]
