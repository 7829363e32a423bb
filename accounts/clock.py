"""The one clock. Everything that stamps or compares time asks here, so that invented files can be spread over weeks."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, time

from django.utils import timezone

_moment = ContextVar("moment", default=None)


def now():
    """This moment, aware."""
    return _moment.get() or timezone.now()


def today():
    """Today's date in the application's time zone."""
    return timezone.localdate(now())


def local(moment):
    """An aware moment in the application's time zone."""
    return timezone.localtime(moment)


def start_of(day):
    """The first moment of this day, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


def skips(day, hour):
    """Does the clock jump over this hour of this day, on the night that summer time begins?"""
    there = timezone.make_aware(datetime.combine(day, hour))
    return local(there.astimezone(UTC)).time() != hour


@contextmanager
def set_to(moment):
    """Let the clock stand still at an aware `moment`; only invented data may need this."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
