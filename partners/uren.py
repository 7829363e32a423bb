"""Opening hours: how they are written, and whether somebody answers now. Pure.

A week is seven tuples of spans (Monday first), a span `(start, end)` in minutes of its day; an end beyond 24.00 lies in
the next day. None is a week that nobody told us.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from dossiers.names import and_list
from partners.feestdagen import feestdag

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
KORT = tuple(dag[:2] for dag in DAGEN)
DAY = 24 * 60
ALTIJD = (((0, DAY),),) * 7
GROUPS = {
    "werkdagen": range(5), "weekdagen": range(5), "weekend": range(5, 7), "dagelijks": range(7),
    "elke_dag": range(7), "alle_dagen": range(7),
}  # fmt: skip
FILLERS = {"en", "op", "van", "uur", "in", "het"}
TIME = r"(\d{1,2})(?:[.:hu](\d{2})|u)?"
SPAN = re.compile(f"{TIME}-{TIME}")
EXAMPLE = "Schrijf de uren zo: ma-vr 9.00-12.00 13.00-17.00, za 10.00-12.00."


def _day(word):
    return next((place for place, dag in enumerate(DAGEN) if word in (dag, KORT[place])), None)


def _days(token):
    """The weekdays that a token names, or None when it names none."""
    if token in GROUPS:
        return list(GROUPS[token])
    first, _, last = token.partition("-")
    start, end = _day(first), _day(last or first)
    if start is None or end is None:
        return None
    return [day % 7 for day in range(start, end + 1 if end >= start else end + 8)]


def _span(token):
    """`(start, end)` of a token as `9.00-12.30` or `20-2`, or None when it is none; ValueError when it cannot be."""
    match = SPAN.fullmatch(token)
    if not match:
        return None
    start, end = (int(match[hour]) * 60 + int(match[hour + 1] or 0) for hour in (1, 3))
    minutes = int(match[2] or 0), int(match[4] or 0)
    if start >= DAY or end > DAY or max(minutes) > 59 or start == end:
        raise ValueError(f"‘{token}’ kan niet: een uur ligt tussen 0.00 en 24.00. {EXAMPLE}")
    return start, end if end > start else end + DAY


def _tokens(text):
    plain = re.sub(r"\s*(?:-|–|t/m|\btot(?: en met)?\b)\s*", "-", text.casefold())
    plain = re.sub(r"\b(elke|alle) (dag|dagen)\b", r"\1_\2", plain)
    plain = re.sub(r"(?<=\d)\s*(?:uur|u)(?=[-\s,;]|$)", "", plain)
    return [token.removesuffix(":") for token in re.split(r"[\s,;]+", plain) if token and token not in FILLERS]


@lru_cache(maxsize=1024)
def parse_uren(text):
    """The week that a text names, None for an empty text; ValueError with a Dutch sentence."""
    tokens = _tokens(text)
    if not tokens:
        return None
    if tokens == ["altijd"]:
        return ALTIJD
    week, days, spoken = [set() for _ in DAGEN], [], True
    for token in tokens:
        named, span = _days(token), _span(token)
        if named is not None:
            days, spoken = (named if spoken else days + named), False
        elif span is not None and days:
            spoken = True
            for day in days:
                week[day].add(span)
        else:
            raise ValueError(f"‘{token}’ begrijpen we niet. {EXAMPLE}")
    if not spoken:
        raise ValueError(f"Er staat een dag zonder uur. {EXAMPLE}")
    return _checked(week)


def _checked(week):
    week = tuple(tuple(sorted(spans)) for spans in week)
    for dag, spans in zip(DAGEN, week, strict=True):
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            raise ValueError(f"Op {dag} lopen twee tijden in elkaar over. {EXAMPLE}")
    return week


def _clock(minutes):
    return f"{minutes // 60}.{minutes % 60:02}"


def _runs(days):
    """Ascending weekdays as [(first, last)] of days in a row."""
    runs = []
    for day in days:
        if runs and runs[-1][1] == day - 1:
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return runs


def _written(span):
    start, end = span
    return _clock(start), _clock((end - 1) % DAY + 1)


def _by_spans(week):
    """{spans: days} of the days with hours, in the order of the week."""
    grouped = {}
    for day, spans in enumerate(week):
        if spans:
            grouped.setdefault(spans, []).append(day)
    return grouped


def format_uren(week):
    """The one way to write a week; `parse_uren` reads it back."""
    if week is None:
        return ""
    if week == ALTIJD:
        return "altijd"
    parts = []
    for spans, days in _by_spans(week).items():
        named = [KORT[first] if first == last else f"{KORT[first]}-{KORT[last]}" for first, last in _runs(days)]
        parts.append(" ".join([*named, *("-".join(_written(span)) for span in spans)]))
    return ", ".join(parts)


def say_week(week):
    """[(days, hours)] as people say it: `("maandag tot vrijdag", "9.00 tot 12.00 en 13.00 tot 17.00 uur")`."""
    if week is None:
        return []
    if week == ALTIJD:
        return [("elke dag", "dag en nacht")]
    rows = []
    for spans, days in _by_spans(week).items():
        named = []
        for first, last in _runs(days):
            long = last - first > 1
            named += [f"{DAGEN[first]} tot {DAGEN[last]}"] if long else [DAGEN[day] for day in range(first, last + 1)]
        rows.append((and_list(named), and_list(" tot ".join(_written(span)) for span in spans) + " uur"))
    return rows


@dataclass(frozen=True)
class Opening:
    """Whether it is open at a moment, by its usual hours. `open` is None when nobody can say: no hours, or a holiday.

    `tot`: when it closes, None when it never does. `vanaf`: when it opens next, as far as a week ahead; a holiday is
    passed over. Both are wall-clock times without a zone.
    """

    open: bool | None
    tot: datetime | None = None
    vanaf: datetime | None = None
    feestdag: str = ""


def _intervals(week, day):
    """The spans from yesterday to a week ahead as (start, end), those that touch joined, without holidays."""
    joined = []
    for ahead in range(-1, 8):
        date = day + timedelta(days=ahead)
        if feestdag(date):
            continue
        midnight = datetime.combine(date, time())
        for start, end in week[date.weekday()]:
            begin, finish = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
            if joined and begin <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(joined[-1][1], finish)
            else:
                joined.append((begin, finish))
    return joined


def opening(week, moment):
    """The Opening of `week` at `moment`, a datetime in local time: what the clock on the wall says counts, also in the
    night in which it is changed."""
    if week is None:
        return Opening(None)
    if week == ALTIJD:
        return Opening(True)
    now = moment.replace(tzinfo=None)
    intervals = _intervals(week, now.date())
    following = next((start for start, _ in intervals if start > now), None)
    naam = feestdag(now.date())
    if naam:
        return Opening(None, vanaf=following, feestdag=naam)
    end = next((end for start, end in intervals if start <= now < end), None)
    return Opening(end is not None, tot=end, vanaf=following)


def _when(moment, now):
    days = (moment.date() - now.date()).days
    if days == 0:
        day = ""
    elif days == 1:
        day = "morgen "
    elif days < 7:
        day = f"{DAGEN[moment.weekday()]} "
    else:
        day = f"volgende week {DAGEN[moment.weekday()]} "
    return f"{day}om {_clock(moment.hour * 60 + moment.minute)} uur"


def say_opening(result, moment):
    """(kind, Dutch phrase) of an Opening: kind is `open`, `dicht`, `feestdag` or `onbekend`."""
    now = moment.replace(tzinfo=None)
    if result.feestdag:
        return "feestdag", f"vandaag is een feestdag ({result.feestdag}): misschien gesloten"
    if result.open is None:
        return "onbekend", "uren niet bekend"
    if not result.open:
        return "dicht", f"nu gesloten, opent {_when(result.vanaf, now)}" if result.vanaf else "nu gesloten"
    if result.tot is None:
        return "open", "nu open, dag en nacht"
    until = "24.00 uur" if result.tot.time() == time() else f"{_clock(result.tot.hour * 60 + result.tot.minute)} uur"
    ends_later = result.tot - now > timedelta(days=1)
    return (
        "open",
        f"nu open, tot {DAGEN[(result.tot - timedelta(minutes=1)).weekday()] + ' ' if ends_later else ''}{until}",
    )
