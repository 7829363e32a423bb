"""Opening hours: written, read back, and open or not at a moment."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.feestdagen import easter, feestdag, feestdagen
from partners.uren import ALTIJD, Opening, format_uren, opening, parse_uren, say_opening, say_week

pytestmark = pytest.mark.quick

BRUSSELS = ZoneInfo("Europe/Brussels")
OFFICE = "ma-vr 9.00-12.00 13.00-17.00"


def at(text, *, zone=BRUSSELS):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def says(uren, moment):
    moment = at(moment)
    return say_opening(opening(parse_uren(uren), moment), moment)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("", ""),
        ("altijd", "altijd"),
        ("elke dag 0-24", "altijd"),
        ("ma-vr 9-17", "ma-vr 9.00-17.00"),
        ("werkdagen 9 tot 17 uur", "ma-vr 9.00-17.00"),
        ("op werkdagen van 9u30 tot 12u", "ma-vr 9.30-12.00"),
        ("maandag tot en met vrijdag: 9.00 uur - 12.00 uur en 13.00-17.00", OFFICE),
        ("ma, wo en vr 9:30-12:00; za 10-12", "ma wo vr 9.30-12.00, za 10.00-12.00"),
        ("Weekend 10-12", "za-zo 10.00-12.00"),
        ("vr 20.00-2.00", "vr 20.00-2.00"),
        ("za-ma 10-12", "ma za-zo 10.00-12.00"),
        ("alle dagen 13u-24u", "ma-zo 13.00-24.00"),
    ],
)
def test_hours_are_typed_loosely_and_written_one_way(typed, written):
    assert format_uren(parse_uren(typed)) == written
    assert format_uren(parse_uren(written)) == written


@pytest.mark.parametrize(
    "typed",
    ["ma", "9-12", "ma 25-26", "ma 9.75-10", "ma 9-9", "ma 9-12 11-13", "soms", "ma 9", "-", "ma-9 12", "ma 24-25"],
)
def test_hours_that_cannot_be_are_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match="Schrijf de uren zo"):
        parse_uren(typed)


span = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda span: span[0] != span[1])
day = span.map(lambda span: ((span[0], span[1] if span[1] > span[0] else span[1] + 1440),))


@given(st.tuples(*[st.one_of(st.just(()), day)] * 7).filter(any))
def test_every_week_reads_back_as_it_was(week):
    assert parse_uren(format_uren(week)) == week


@pytest.mark.parametrize(
    ("uren", "moment", "phrase"),
    [
        (OFFICE, "2026-11-23 09:00", "nu open, tot 12.00 uur"),
        (OFFICE, "2026-11-23 08:59", "nu gesloten, opent om 9.00 uur"),
        (OFFICE, "2026-11-23 12:00", "nu gesloten, opent om 13.00 uur"),
        (OFFICE, "2026-11-23 17:00", "nu gesloten, opent morgen om 9.00 uur"),
        (OFFICE, "2026-11-27 17:30", "nu gesloten, opent maandag om 9.00 uur"),  # Friday: the weekend in between
        ("ma 9-10", "2026-11-23 10:00", "nu gesloten, opent volgende week maandag om 9.00 uur"),
        ("vr 20.00-2.00", "2026-11-28 01:30", "nu open, tot 2.00 uur"),  # Saturday, still of Friday
        ("vr 20.00-2.00", "2026-11-28 02:00", "nu gesloten, opent vrijdag om 20.00 uur"),
        ("ma-zo 18-24", "2026-11-23 23:59", "nu open, tot 24.00 uur"),
        ("ma 18-24, di 0-8", "2026-11-23 23:59", "nu open, tot 8.00 uur"),  # midnight does not close
        ("ma-vr 0-24", "2026-11-23 12:00", "nu open, tot vrijdag 24.00 uur"),
        ("altijd", "2026-12-25 03:00", "nu open, dag en nacht"),
        ("", "2026-11-23 10:00", "uren niet bekend"),
    ],
)
def test_open_now_or_when_it_opens(uren, moment, phrase):
    assert says(uren, moment)[1] == phrase


def test_on_a_legal_holiday_nothing_is_promised():
    assert says(OFFICE, "2026-11-11 10:00") == (
        "feestdag",
        "vandaag is een feestdag (Wapenstilstand): misschien gesloten",
    )
    result = opening(parse_uren(OFFICE), at("2026-11-10 18:00"))
    assert result == Opening(False, vanaf=datetime(2026, 11, 12, 9, 0))  # noqa: DTZ001  the clock on the wall


@pytest.mark.parametrize(
    ("utc", "wall", "is_open"),
    [
        ("2026-10-25 00:15", "02:15", True),
        ("2026-10-25 01:15", "02:15", True),  # the same hour for the second time
        ("2026-10-25 01:45", "02:45", False),
        ("2027-03-28 00:45", "01:45", True),
        ("2027-03-28 01:05", "03:05", False),  # 2.30 did not exist that night
    ],
)
def test_in_the_night_the_clock_changes_the_clock_on_the_wall_counts(utc, wall, is_open):
    moment = at(utc, zone=ZoneInfo("UTC")).astimezone(BRUSSELS)
    assert f"{moment:%H:%M}" == wall
    assert opening(parse_uren("zo 0.00-2.30"), moment).open is is_open
    assert opening(parse_uren("zo 8-10"), moment).vanaf.hour == 8


def test_the_hour_that_comes_twice_is_open_twice():
    first, second = at("2026-10-25 02:15"), at("2026-10-25 02:15").replace(fold=1)
    assert second.utcoffset() != first.utcoffset()
    assert opening(parse_uren("zo 2-3"), first) == opening(parse_uren("zo 2-3"), second)


def test_hours_as_people_say_them():
    assert say_week(parse_uren("ma-vr 9-12 13-17, za-zo 10-12")) == [
        ("maandag tot vrijdag", "9.00 tot 12.00 en 13.00 tot 17.00 uur"),
        ("zaterdag en zondag", "10.00 tot 12.00 uur"),
    ]
    assert say_week(ALTIJD) == [("elke dag", "dag en nacht")]
    assert say_week(None) == []


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001
def test_what_is_closed_opens_later_and_what_is_open_closes_later(moment):
    result = opening(parse_uren("ma-vr 9-12 13-17, za 22-3"), moment)
    assert result.vanaf > moment
    if result.open:
        assert moment < result.tot <= moment + timedelta(hours=5)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, "03-31"), (2025, "04-20"), (2026, "04-05"), (2038, "04-25"), (2076, "04-19")]
)
def test_easter(year, day):
    assert easter(year) == date.fromisoformat(f"{year}-{day}")


def test_the_ten_legal_holidays():
    assert len(feestdagen(2026)) == 10
    assert feestdag(date(2026, 5, 25)) == "Pinkstermaandag"
    assert feestdag(date(2026, 11, 23)) == ""
