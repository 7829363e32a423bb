"""Hours as people type them, and the one night on which an hour does not exist."""

from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts import clock
from accounts.rules import NotAllowed, refusal
from dossiers.forms.velden import UurVeld
from dossiers.models.contactmoment import show_hour
from dossiers.rules import check_hour_exists

pytestmark = pytest.mark.quick

HALF_PAST_NINE = time(9, 30)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("9:30", HALF_PAST_NINE),
        ("9u30", HALF_PAST_NINE),
        ("9U30", HALF_PAST_NINE),
        ("9.30", HALF_PAST_NINE),
        ("9,30", HALF_PAST_NINE),
        ("9 30", HALF_PAST_NINE),
        ("9h30", HALF_PAST_NINE),
        ("9 u 30", HALF_PAST_NINE),
        ("09:30", HALF_PAST_NINE),
        ("0930", HALF_PAST_NINE),
        ("930", HALF_PAST_NINE),
        (" 9.30 uur ", HALF_PAST_NINE),
        ("9.30u", HALF_PAST_NINE),
        ("9", time(9)),
        ("09:30:00", HALF_PAST_NINE),
        ("9u", time(9)),
        ("14u", time(14)),
        ("14 uur", time(14)),
        ("14h", time(14)),
        ("1430", time(14, 30)),
        ("0:00", time(0)),
        ("23.59", time(23, 59)),
        ("", None),
        (None, None),
        (HALF_PAST_NINE, HALF_PAST_NINE),
    ],
)
def test_an_hour_is_read_however_it_is_written(typed, expected):
    assert UurVeld(label="Uur", required=False).clean(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        *("half tien", "9-10", "9.3", "9:30:15", "9.30 - 10.30", "om 9", "9u30m", "u30", "-9", "9..30", "<b>9</b>"),
        *("x" * 10_000, "9" * 10_000, "9 " * 5_000, "9\x0030"),
    ],
)
def test_what_is_no_hour_is_refused_and_says_how_to_write_one(typed):
    with pytest.raises(ValidationError) as refused:
        UurVeld(label="Uur").clean(typed)
    assert refused.value.messages == ["Schrijf het uur in cijfers, bijvoorbeeld 9.30 of 14u."]


@pytest.mark.parametrize("typed", ["24u", "24:00", "25", "9.60", "12:99", "9999"])
def test_an_hour_outside_the_day_is_refused_and_says_so(typed):
    with pytest.raises(ValidationError) as refused:
        UurVeld(label="Uur").clean(typed)
    assert refused.value.messages == ["Dat uur bestaat niet. Kies een uur van 0.00 tot 23.59."]


@given(st.text(max_size=40))
def test_whatever_is_typed_is_an_hour_or_refused_in_words(typed):
    with suppress(ValidationError):
        found = UurVeld(label="Uur", required=False).clean(typed)
        assert found is None or isinstance(found, time)


@given(st.times())
def test_an_hour_reads_back_as_it_is_shown(uur):
    uur = uur.replace(second=0, microsecond=0)
    field = UurVeld(label="Uur")
    assert field.clean(show_hour(uur)) == field.clean(field.widget.format_value(uur)) == uur


# Summer time


def last_sunday(year, month):
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def test_on_29_march_2026_half_past_two_does_not_exist():
    with pytest.raises(NotAllowed) as refused:
        check_hour_exists(date(2026, 3, 29), time(2, 30))
    assert str(refused.value) == (
        "Dit uur bestaat niet op 29/03/2026: de klok springt die nacht van 2 naar 3 uur. Kies een ander uur."
    )


@pytest.mark.parametrize("year", range(2024, 2061))
def test_every_year_has_one_night_without_an_hour(year):
    night = last_sunday(year, 3)
    gone = [minute for minute in range(24 * 60) if clock.skips(night, time(*divmod(minute, 60)))]
    assert gone == list(range(120, 180))
    assert not clock.skips(night - timedelta(days=1), time(2, 30))
    assert not clock.skips(last_sunday(year, 10), time(2, 30))  # there twice, and so it exists


@pytest.mark.parametrize(
    ("datum", "uur"),
    [
        (date(2026, 3, 29), time(1, 59)),
        (date(2026, 3, 29), time(3)),
        (date(2026, 3, 29), None),
        (date(2026, 10, 25), time(2, 30)),
        (None, time(2, 30)),
        (None, None),
    ],
)
def test_other_hours_exist(datum, uur):
    assert refusal(check_hour_exists, datum, uur) == ""
