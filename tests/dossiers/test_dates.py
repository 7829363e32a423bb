"""Dates as people type them."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts import clock
from dossiers.forms.velden import DatumVeld, nearest_year

pytestmark = pytest.mark.quick

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)
BAD, MISSING, FUTURE = "invalid", "bestaat_niet", "toekomst"


@pytest.fixture(autouse=True)
def _on_23_november_2026():
    with clock.set_to(MOMENT):
        yield


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("23/11/2026", date(2026, 11, 23)),
        ("1/3/2026", date(2026, 3, 1)),
        ("01/03/2026", date(2026, 3, 1)),
        ("1-3-26", date(2026, 3, 1)),
        ("1.3.26", date(2026, 3, 1)),
        ("1 3 2026", date(2026, 3, 1)),
        ("2026-03-01", date(2026, 3, 1)),
        (" 1/3/2026 ", date(2026, 3, 1)),
        ("1/3/86", date(1986, 3, 1)),
        ("29/2/2024", date(2024, 2, 29)),
        # without a year: the nearest one
        ("23/11", date(2026, 11, 23)),
        ("1-12", date(2026, 12, 1)),
        ("1/1", date(2027, 1, 1)),
        ("1/3", date(2027, 3, 1)),
        ("1.7", date(2026, 7, 1)),
        (" 1 / 7 ", date(2026, 7, 1)),
    ],
)
def test_a_date_typed_loosely_is_read(typed, expected):
    assert DatumVeld(label="Op").clean(typed) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/02/2026", MISSING),
        ("31/4/2026", MISSING),
        ("29/2/2026", MISSING),
        ("0/1/2026", MISSING),
        ("2026-13-01", MISSING),
        ("13/13/2026", MISSING),
        ("31/2", MISSING),
        ("99-99", MISSING),
        ("gisteren", BAD),
        ("1/3/2026 en nog wat", BAD),
        ("maandag 1/3", BAD),
        ("1/3/1800", "te_vroeg"),
        ("1/3/2126", "te_laat"),
        ("1/3/9999", "te_laat"),
    ],
)
def test_an_impossible_date_is_refused_in_words(typed, code):
    with pytest.raises(ValidationError) as error:
        DatumVeld(label="Op").clean(typed)
    assert error.value.code == code or error.value.error_list[0].code == code


def test_a_day_without_a_year_that_no_near_year_has_does_not_exist():
    with pytest.raises(ValidationError):
        DatumVeld(label="Op").clean("30/2")


@pytest.mark.parametrize(("typed", "fine"), [("23/11/2026", True), ("24/11/2026", False), ("1/1/2026", True)])
def test_what_has_happened_does_not_lie_in_the_future(typed, fine):
    field = DatumVeld(label="Gebeurd op", verleden=True)
    if fine:
        assert field.clean(typed)
    else:
        with pytest.raises(ValidationError, match="toekomst"):
            field.clean(typed)


def test_a_past_day_without_a_year_is_not_taken_for_next_year():
    """On 23 November, 1/3 in a field for the past is the March that was."""
    assert DatumVeld(label="Gebeurd op", verleden=True).clean("1/3") == date(2026, 3, 1)


@given(st.dates(date(1910, 1, 1), date(2080, 1, 1)))
def test_what_is_shown_is_what_is_read(day):
    shown = DatumVeld.widget.format_value(day)
    with clock.set_to(MOMENT):
        assert DatumVeld(label="Op").clean(shown) == day


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_the_nearest_year_is_never_more_than_half_a_year_off(day, on):
    if (day.month, day.day) != (2, 29):
        assert abs((nearest_year(day.day, day.month, on) - on).days) <= 184
