"""Somebody's own calendar: all-day events that name nobody, one per kind and day, at an address that dies unused."""

from collections import Counter
from datetime import timedelta

from icalendar import CLASS, TRANSP, Calendar, Event

from accounts import clock
from accounts.tokens import digest

UNUSED = timedelta(days=90)  # after which an address is dead
BACK, AHEAD = timedelta(days=30), timedelta(days=400)
FETCH_EVERY = timedelta(hours=12)
HEAD = {
    "version": "2.0",
    "prodid": "-//Stap 5//Agenda//NL",
    "x-wr-calname": "Stap 5",
    "x-published-ttl": "PT12H",  # the same, for clients of before the standard
}


def digest_token(token):
    return digest("stap5.agenda.token", token)


def is_alive(agenda, op):
    """Was this Agenda fetched, or else made, at most 90 days before the date `op`?"""
    return op - (agenda.used_on or clock.local(agenda.created_at).date()) <= UNUSED


def as_ics(user, punten):
    """The file (bytes) with the days of these points, from a month ago to a year ahead.

    An event is what of one kind falls on one day, with their number: a phone shows one line. Its UID is an HMAC over
    user, kind and day, so that it stays the same at every fetch and nobody can guess it.
    """
    now, op = clock.now(), clock.today()
    calendar = Calendar()  # not Calendar.new: clients take the UID that it adds for that of each event
    for name, value in HEAD.items():
        calendar.add(name, value)
    calendar.add("refresh-interval", FETCH_EVERY, parameters={"VALUE": "DURATION"})
    for (dag, soort), number in _by_day(punten, op):
        event = Event.new(
            uid=_uid(user, soort.slug, dag.isoformat()),
            stamp=now,
            start=dag,
            summary=soort.title(number),
            classification=CLASS.PRIVATE,
            transparency=TRANSP.TRANSPARENT,
        )
        calendar.add_component(event)
    return calendar.to_ical()


def _by_day(punten, op):
    """[((day, Puntsoort), number)], in the order of the days."""
    numbers = Counter()
    for punt in punten:
        if punt.soort.agenda and punt.dag and op - BACK <= punt.dag <= op + AHEAD:
            numbers[punt.dag, punt.soort] += punt.aantal
    return sorted(numbers.items(), key=lambda item: (item[0][0], item[0][1].slug))


def _uid(user, *parts):
    return digest("stap5.agenda.uid", ":".join([str(user.sleutel), *parts]))
