"""Days relative to today, so that the demonstration is fresh on any day."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

MONDAY, SUNDAY = 0, 6
HOLIDAYS = {(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)}  # those on a fixed date


def at(day, hour, minute=0):
    """The aware moment of a clock time on `day`."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)), timezone.get_default_timezone())


def days(number):
    return timedelta(days=number)


def is_workday(day):
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


def workday_before(day):
    """`day`, or the last working day before it."""
    while not is_workday(day):
        day -= days(1)
    return day


def workday_from(day, later=0):
    """`day` or the first working day after it; with `later`, so many working days further."""
    while not is_workday(day) or later:
        later -= is_workday(day)
        day += days(1)
    return day


def last_weekday(weekday, until):
    """The last Monday, Sunday ... not after `until`."""
    return until - days((until.weekday() - weekday) % 7)


def last_yearly(day, month, until):
    """The last day with this day and month not after `until`."""
    found = date(until.year, month, day)
    return found if found <= until else date(until.year - 1, month, day)


def months_later(day, months):
    """The same day so many months later, at most the 28th when the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year, month + 1, 28)


def born(today, years, extra=120):
    """A birth date of somebody who is `years` old for months to come."""
    return months_later(today, -12 * years) - days(extra)


def show(day):
    return f"{day:%d/%m/%Y}"
