"""Ages in words, and names as they are searched."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.ages import age_in_months, age_in_years, describe_age, list_children
from dossiers.names import fold

pytestmark = pytest.mark.quick

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "how", "words"),
    [
        (None, "exact", ""),
        (date(2017, 11, 23), "exact", "9"),
        (date(2017, 11, 24), "exact", "8"),
        (date(2024, 11, 23), "exact", "2"),
        (date(2024, 11, 24), "exact", "23 maanden"),
        (date(2026, 10, 23), "exact", "1 maand"),
        (date(2026, 10, 24), "exact", "0 maanden"),
        (date(2026, 11, 23), "exact", "0 maanden"),
        (date(2017, 1, 1), "ongeveer", "ongeveer 9"),
        (date(2026, 4, 1), "ongeveer", "ongeveer 7 maanden"),
        (date(2027, 3, 10), "verwacht", "ongeboren, verwacht in maart 2027"),
        (date(1986, 2, 1), "exact", "40"),
    ],
)
def test_an_age_in_words(born, how, words):
    assert describe_age(born, how, TODAY) == words


@pytest.mark.parametrize(
    ("born", "on", "years", "months"),
    [
        (date(2020, 2, 29), date(2026, 2, 28), 5, 71),
        (date(2020, 2, 29), date(2026, 3, 1), 6, 72),
        (date(2020, 2, 29), date(2024, 2, 29), 4, 48),
        (date(2020, 12, 31), date(2026, 1, 1), 5, 60),
        (date(2026, 1, 31), date(2026, 2, 28), 0, 0),
        (date(2026, 1, 31), date(2026, 3, 1), 0, 1),
    ],
)
def test_whole_years_and_months(born, on, years, months):
    assert (age_in_years(born, on), age_in_months(born, on)) == (years, months)


@given(st.dates(date(1900, 1, 1), date(2026, 11, 23)), st.dates(date(2026, 11, 23), date(2100, 1, 1)))
def test_years_and_months_agree(born, on):
    assert age_in_months(born, on) // 12 == age_in_years(born, on)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("O'Neill-De Brüyn", "oneill de bruyn"),
        ("O’Neill", "oneill"),
        ("Şahin", "sahin"),
        ("Łukasz Wałęsa", "lukasz walesa"),
        ("Ćosić", "cosic"),
        ("  Van   den Bossche ", "van den bossche"),
        ("Straße", "strasse"),
        ("İbrahim", "ibrahim"),
        ("Aylin Yıldız", "aylin yildiz"),
        ("Søren Ægir", "soren aegir"),
        ("Nguyễn", "nguyen"),
        ("Jean-Pierre", "jean pierre"),
        ("d'Hondt", "dhondt"),
        ("😀", ""),
        ("", ""),
    ],
)
def test_a_name_as_it_is_searched(name, folded):
    assert fold(name) == folded


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ([], ""),
        (["6"], "1 kind: 6 jaar"),
        (["14", "5", "15"], "3 kinderen: 14, 5 en 15 jaar"),
        (["9", "ongeveer 7"], "2 kinderen: 9 en ongeveer 7 jaar"),
        (["7 maanden"], "1 kind: 7 maanden"),
        (["14", "1 maand"], "2 kinderen: 14 jaar en 1 maand"),
        (["5", ""], "2 kinderen: 5 jaar en leeftijd niet genoteerd"),
        (["5", "ongeboren, verwacht in maart 2027"], "2 kinderen: 5 jaar en ongeboren, verwacht in maart 2027"),
    ],
)
def test_children_are_told_by_their_number_and_their_ages_with_the_unit(ages, words):
    assert list_children(ages) == words
