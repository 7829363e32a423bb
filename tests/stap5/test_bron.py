"""Who told it, on paper and in versions: a grown-up as she was typed, a child without a name."""

import pytest

from stap5.plandata.bron import EEN_KIND, without_child

DATA = {
    "personen": [
        {"voornaam": "Milan", "rol": "kind"},
        {"voornaam": "Noé", "rol": "kind"},
        {"voornaam": "", "rol": "kind"},
        {"voornaam": "Rita", "rol": "netwerk"},
    ]
}


@pytest.mark.parametrize(
    "text",
    ["Milan", "MILAN, in de klas", "oma Rita en Noe", "de juf, van Milan", "gehoord van Milan", "de broer van Milan"],
)
def test_a_child_named_as_who_told_it_is_a_child(text):
    assert without_child(text, DATA) == EEN_KIND


@pytest.mark.parametrize("text", ["de juf van Milan en Noé", "de juf van Milan; Noé zelf", "Milan, de juf van Milan"])
def test_beside_a_grown_up_a_child_may_be_meant_too(text):
    assert without_child(text, DATA) == EEN_KIND


@pytest.mark.parametrize(
    "text", ["", "oma Rita", "de zorgleerkracht van Milan", "Mama van Noé (belde)", "de buur", "Milana van hiernaast"]
)
def test_a_grown_up_stays_as_she_was_typed(text):
    assert without_child(text, DATA) == text
