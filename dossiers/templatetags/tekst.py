"""How things read on screen: dates, names, phone numbers; and the one form component. Built in: no `load` needed."""

import re
from datetime import datetime
from uuid import uuid4

from django import template
from django.utils.html import format_html

from accounts import clock
from accounts.typed import typed_texts
from dossiers.names import and_list
from dossiers.rules import is_child, kept_apart, opdracht_status

register = template.Library()


def _as_date(value):
    """A date out of a date, an aware datetime or an ISO string; None when there is none."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if value else None
    if isinstance(value, datetime):
        return (clock.local(value) if value.tzinfo else value).date()
    return value or None


@register.filter
def datum(value):
    """`23/11/2026`, or "" for None and ""."""
    day = _as_date(value)
    return f"{day:%d/%m/%Y}" if day else ""


@register.filter
def tijdstip(value):
    """`23/11/2026 om 14.03 uur` in the application's time zone, or "" for None and ""."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if value else None
    if value is None:
        return ""
    if value.tzinfo:
        value = clock.local(value)
    return f"{value:%d/%m/%Y} om {value:%H.%M} uur"


@register.filter
def komt_nog(value):
    """Does this date lie after today?"""
    day = _as_date(value)
    return day is not None and day > clock.today()


@register.filter
def voorbij(value):
    """Does this date lie before today?"""
    day = _as_date(value)
    return day is not None and day < clock.today()


def _naam(item):
    if isinstance(item, dict):
        return item["naam"]
    return str(getattr(item, "voornaam", item))


@register.filter
def namen(items):
    """`Lina, Milan en Juno` out of people (by first name), {"naam": ..} dicts, strings or other rows."""
    return and_list(_naam(item) for item in items)


@register.filter
def keuzes(items):
    """`Lina (9), Milan (7) en Juno (7 maanden)`: rows as a list of choices names them."""
    return namen([item.keuze_label for item in items])


@register.filter
def kinderen(people):
    """The children among these people."""
    return [persoon for persoon in people if is_child(persoon)]


NUMBER = re.compile(r"(\+?\d(?:[\d./()-]| (?=[\d(]))+\d)")


@register.filter
def nummers(value):
    """A phone field as it was typed, in pieces: [(text, what a `tel:` link dials, or "" where it is no number)]."""
    pieces = [(text, re.sub(r"\(0\)|[^\d+]", "", text)) for text in NUMBER.split(value) if text]
    return [(text, dial if NUMBER.fullmatch(text) and 9 <= len(dial) <= 15 else "") for text, dial in pieces]


@register.filter
def als_kop(label):
    """A field's label as the start of a sentence: without the date pattern, with a colon unless it asks something."""
    label = str(label).removesuffix(" (dd/mm/jjjj)").strip()
    return label if label.endswith(("?", ":")) else f"{label}:"


@register.filter
def status_op_vandaag(opdracht):
    """Where a mandate stands today, in a word. Reads its changes (prefetch them)."""
    return opdracht_status(opdracht, list(opdracht.wijzigingen.all()), clock.today())


@register.filter
def tegen_verbod(moment, verboden):
    """What a ban says against this planned contact: Dutch sentences. Reads `met` (prefetch it)."""
    return list(kept_apart(moment, list(moment.met.all()), verboden))


@register.filter
def afgeschermd(notitie):
    """The NotitieAfscherming of a note, or None. A template cannot ask for a reverse row that may not be there."""
    return getattr(notitie, "afscherming", None)


@register.filter
def huidig(path, href):
    """Value of aria-current for a link to `href` on the page at `path`: "page", "true" (a page below it) or ""."""
    if path == href:
        return "page"
    return "true" if href != "/" and path.startswith(href) else ""


register.filter("getypt", typed_texts)


@register.simple_tag
def eenmalig():
    """The one-time key of a form that writes (see dossiers/views/eenmalig.py)."""
    return format_html('<input type="hidden" name="eenmalig" value="{}">', uuid4())


@register.inclusion_tag("components/formulier.html")
def formulier(form, *, knop, annuleer="", actie="", versie=None, foutkop="Nog niet bewaard", terug=""):
    """A whole form: its error summary, its fields, the button `knop` and, with `annuleer`, a link back to there.

    `actie`: where it is sent (default: this page). `versie`: of the row it changes. `terug`: allauth's `next`.
    """
    return {
        "form": form,
        "knop": knop,
        "annuleer": annuleer,
        "actie": actie,
        "versie": versie,
        "foutkop": foutkop,
        "terug": terug,
    }
