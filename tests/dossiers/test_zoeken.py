"""A name is found however it is spaced, accented and pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.models import Betrokkene
from dossiers.names import fold, name_lookup
from tests import factories


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Jan\u00adssens", "janssens"),
        ("Jan\u200b\ufeffssens", "janssens"),
        ("Van\u00a0den\u202fBerghe", "van den berghe"),
        ("Sint\u2011Niklaas", "sint niklaas"),
        ("D´Hondt D`Hondt Dʼ Hondt", "dhondt dhondt d hondt"),
        ("می\u200cخواهم", "میخواهم"),
        ("José\ufe0f", "jose"),
    ],
)
def test_invisible_signs_are_folded_away(name, folded):
    assert fold(name) == folded


@given(st.text(), st.text())
def test_what_is_folded_sign_by_sign_can_be_looked_for_in_parts(before, after):
    assert fold(f"{before} {after}") == f"{fold(before)} {fold(after)}".strip()


@given(st.text(max_size=30))
def test_whatever_is_typed_is_found_in_itself(term):
    for lookup, value in name_lookup(term).items():
        folded = fold(f"Jan {term} Maes")
        assert value in (folded if lookup == "zoeknaam__contains" else folded.replace(" ", ""))


@pytest.fixture
def find(assistent, client_for):
    """First names of the justitiabelen of the dossiers that a search term finds."""
    client = client_for(assistent)

    def search(term):
        client.post("/dossiers/zoek/", {"zoek": term})
        return sorted(row.gezin[0].voornaam for row in client.get("/dossiers/").context["rijen"])

    return search


NAMES = [
    ("Jan", "Van den Berghe"), ("Piet", "Vandenberghe"), ("Lies", "D'Hondt"), ("Joke", "Dhondt"), ("Tom", "De Wit"),
    ("Lieve", "Van Damme"), ("Evan", "Aerts"), ("Anne-Marie", "Smets-Maes"), ("Annemarie", "Jans\u00adsens"),
]  # fmt: skip
FOUND = {
    "vandenberghe": ["Jan", "Piet"],
    "van den berghe": ["Jan", "Piet"],
    "Van den Berghe": ["Jan", "Piet"],
    "VANDEN BÉRGHE": ["Jan", "Piet"],
    "berghe": ["Jan", "Piet"],
    "vandenb": ["Jan", "Piet"],
    "Jan Vandenberghe": ["Jan"],
    "d'hondt": ["Joke", "Lies"],
    "D’ Hondt": ["Joke", "Lies"],
    "dhondt": ["Joke", "Lies"],
    "annemarie": ["Anne-Marie", "Annemarie"],
    "anne-marie": ["Anne-Marie", "Annemarie"],
    "smetsmaes": ["Anne-Marie"],
    "Smets Maes": ["Anne-Marie"],
    "janssens": ["Annemarie"],
    "Jans\u00adsens\u200b": ["Annemarie"],
    "dewit": ["Tom"],
    "de wi": ["Tom"],
    "evan": ["Evan"],  # and not Lieve Van Damme
    "eva": ["Evan"],
    "van": ["Evan", "Jan", "Lieve", "Piet"],
    "damvan": [],
}


def test_a_dossier_is_found_however_a_name_is_spaced(find, assistent):
    for voornaam, achternaam in NAMES:
        factories.make_dossier(assistent, voornaam=voornaam, achternaam=achternaam)
    assert {term: find(term) for term in FOUND} == FOUND


def test_the_letters_of_a_name_follow_its_change(find, dossier, assistent):
    person = factories.make_person(dossier, "Rita", "netwerk", by=assistent, achternaam="Van Hoof")
    person.achternaam = "De Cock"
    person.save()
    Betrokkene.objects.bulk_update([person], ["relatie"])
    assert (find("decock"), find("vanhoof")) == (["Wesley"], [])
