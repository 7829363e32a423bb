"""The picture of the safety scale: from what a plan says to places and words on a sheet. Pure: no HTML, no request.

Places are whole units of the picture's own viewBox, about a pixel each at the size it is meant for. The widths of words
are estimated on the wide side: better a name cut too soon than a name over another.
"""

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from math import ceil, inf

from stap5.rules import as_date


@dataclass(frozen=True, kw_only=True)
class Maat:
    """The size a picture is drawn at: how wide, how large its letters, how much room at the sides."""

    breedte: int
    letter: int  # of a name
    klein: int  # of a day, of an agreement
    links: int  # for the numbers of the scale
    namen: int  # for the names at the ends of the lines, at the most
    rij: int  # between two numbers of the scale, at the least
    met_dagen: bool = True  # is there room for the days of an agreement beside its words?


BREED = Maat(breedte=720, letter=14, klein=12, links=28, namen=200, rij=24)
SMAL = Maat(breedte=300, letter=12, klein=11, links=20, namen=110, rij=20, met_dagen=False)
PAPIER = Maat(breedte=640, letter=12, klein=11, links=24, namen=180, rij=20)

# Whose line it is shows in the mark, the dashes and the name; colour comes on top. Seven and five have no factor in
# common: the first 35 people differ in mark or in dashes.
VORMEN = ("cirkel", "vierkant", "driehoek", "ruit", "kruis", "omgekeerd", "plus")
STREPEN = ("", "8 4", "2 3", "8 3 2 3", "14 4")
KLEUREN = ("#0055cc", "#7a5300", "#6b3fa0", "#00687a", "#a3195b", "#3c4149")
ASSISTENT = ("justitieassistent", "assistent")  # the longest there is room for

BOVEN = 10  # above the highest number
STAP = 11  # between two marks, or one covers the other
RAND = 2 * STAP + 6  # between the frame and the first or last day: there a mark may move aside
NAAM = 20  # from the frame to a name: the mark stands between
OPZIJ = [(x, y) for y in (0, -1, 1) for x in (0, 1, -1, 2, -2)]  # where to, in steps, the nearest first
BALK = 8  # the height of the bar of an agreement
AFSPRAKEN = 10  # as many stay readable
UITKOMSTEN = {"nagekomen": "nagekomen", "deels": "deels", "niet": "niet nagekomen"}
VET = 1.15  # how much wider bold letters are


def scale_picture(data, maat, nummers=None):
    """Where everything stands in the picture of `data` (of `plan_as_data` or `scale_as_data`); None without a score.

    `nummers`: {sleutel of an agreement: its number on this paper}. The template says what each key is for.
    """
    if not data["schaal"]:
        return None
    agreements = agreements_in_time(data)
    shown = _newest(agreements)
    more = len(agreements) - len(shown)
    gap = maat.letter + 4
    rij = max(maat.rij, ceil(len(data["schaal"]) * gap / 10))
    labels = _labels(data, maat)
    place = _Place(maat, maat.breedte - max(label["breed"] for label in labels), rij, *_period(data, shown))
    dagen_y = place.y(0) + maat.klein + 8
    bars = _bars(shown, more, place, dagen_y + 10, nummers or {}, until=_until(data))
    return {
        "breedte": maat.breedte,
        "letter": maat.letter,
        "klein": maat.klein,
        "links": maat.links,
        "rechts": place.rechts,
        "boven": BOVEN,
        "onder": place.y(0),
        "cijfers": [{"cijfer": cijfer, "y": place.y(cijfer)} for cijfer in range(11)],
        "dagen": _days(data, place),
        "dagen_y": dagen_y,
        "lijnen": _lines(data, place, labels, gap),
        "zin": _sentence(data, place, len(shown) + more),
        **bars,
    }


def scale_pictures(data):
    """[(class, picture)] for the screen, wide and narrow (the style sheet shows what fits); [] without a score."""
    sizes = (("beeld-breed", BREED), ("beeld-smal", SMAL))
    return [(klasse, scale_picture(data, maat)) for klasse, maat in sizes if data["schaal"]]


# Time and place


class _Place:
    """Where a day of the period and a number of the scale stand."""

    def __init__(self, maat, rechts, rij, first, last):
        self.maat, self.rechts, self.rij, self.first, self.last = maat, rechts, rij, first, last

    def x(self, day):
        """A day before or after the period stands at its edge."""
        low, high = self.maat.links + RAND, self.rechts - RAND
        days = (self.last - self.first).days
        part = (min(max(day, self.first), self.last) - self.first).days / days if days else 0.5
        return round(low + part * (high - low))

    def y(self, cijfer):
        return BOVEN + (10 - cijfer) * self.rij


def _scores(data):
    return [score for row in data["schaal"] for score in row["scores"]]


def _until(data):
    """Until when the picture goes: the day of the plan, or the day on which step 5 was left."""
    return as_date(data["plan"]["einde"]["op"] if data["plan"]["einde"] else data["op"])


def agreements_in_time(data):
    """[{"rij", "van", "tot"}] in the order of their first days: the agreements that ran in the time of the plan, each
    with its first day and its last one (None while it runs). Leaving step 5 ended those that ran until then."""
    until, began, found = _until(data), as_date(data["plan"]["begonnen_op"]), []
    for row in data["afspraken"]:
        start = as_date(row["van"] or row["genoteerd_op"])
        ends = [as_date(row[name]) for name in ("gestopt_op", "tot") if row[name]]
        end = min((day for day in ends if day <= until), default=until if data["plan"]["einde"] else None)
        if start <= until and (end is None or end >= max(start, began)):
            found.append({"rij": row, "van": start, "tot": end})
    return sorted(found, key=lambda item: item["van"])


def _newest(agreements):
    """As many as stay readable, in the same order: those that still run, or ended last."""
    order = sorted(agreements, key=lambda item: (item["tot"] or date.max, item["van"]), reverse=True)
    return sorted(order[:AFSPRAKEN], key=lambda item: item["van"])


def _period(data, shown):
    """From the first score, or the first agreement since the plan began, until the picture ends."""
    began, days = as_date(data["plan"]["begonnen_op"]), [as_date(score["datum"]) for score in _scores(data)]
    return min([*days, *(max(item["van"], began) for item in shown)]), max([*days, _until(data)])


def _days(data, place):
    """The days to name below the scale: those of the first and the last score and of the end, then what fits."""
    scores = sorted({as_date(score["datum"]) for score in _scores(data)})
    wanted = dict.fromkeys([scores[0], scores[-1], place.last, place.first, *scores])
    size, found = place.maat.klein, []
    for day in wanted:
        text = f"{day:%d/%m/%Y}"
        half = text_width(text, size) / 2
        middle = round(min(max(place.x(day), half), place.maat.breedte - half))
        if all(abs(middle - other["tekst_x"]) >= 2 * half + 6 for other in found):
            found.append({"tekst": text, "x": place.x(day), "tekst_x": middle})
    return sorted(found, key=lambda item: item["x"])


# The lines and their names


def _names(data):
    """The name of each line: the first name, the whole name where two share it."""
    whole = {persoon["sleutel"]: persoon["naam"] for persoon in data["personen"]}
    people = [row["persoon"] for row in data["schaal"]]
    shared = Counter(persoon["naam"] for persoon in people if persoon)
    return [
        ASSISTENT[0] if who is None else whole[who["sleutel"]] if shared[who["naam"]] > 1 else who["naam"]
        for who in people
    ]


def _labels(data, maat):
    """[{"tekst", "cijfer", "breed"}]: what stands at the end of each line, the name cut where there is no room."""
    found = []
    for naam, row in zip(_names(data), data["schaal"], strict=True):
        cijfer = str(row["scores"][-1]["score"])
        around = NAAM + text_width(f" {cijfer}", maat.letter) * VET + 2
        names = ASSISTENT if row["persoon"] is None else (naam,)
        tekst = next((name for name in names if around + text_width(name, maat.letter) <= maat.namen), names[-1])
        tekst = fit(tekst, maat.namen - around, maat.letter)
        breed = ceil(around + text_width(tekst, maat.letter))
        found.append({"tekst": tekst, "cijfer": cijfer, "breed": breed})
    return found


def _lines(data, place, labels, gap):
    """Each person's line, its marks, and its name at the right, which never stands over another name."""
    marks = _marks(data, place)
    lines = [
        {
            "vorm": VORMEN[number % len(VORMEN)],
            "vol": number // len(VORMEN) % 2 == 0,
            "streep": STREPEN[number % len(STREPEN)],
            "kleur": KLEUREN[number % len(KLEUREN)],
            "punten": marks[number],
            "label": label | {"x": place.rechts + NAAM, "mark_x": place.rechts + NAAM // 2},
        }
        for number, label in enumerate(labels)
    ]
    order = sorted(lines, key=lambda line: line["punten"][-1]["y"])
    places = spread([line["punten"][-1]["y"] for line in order], gap, place.y(10), place.y(0))
    for line, y in zip(order, places, strict=True):
        line["label"]["y"] = y
    return lines


def spread(wanted, gap, low, high):
    """Places as near as possible to the `wanted` ones (whole numbers, ascending), `gap` apart, from `low` to `high`."""
    blocks = []  # [mean of the places without the gaps, how many]: those that would collide share one mean
    for number, place in enumerate(wanted):
        blocks.append([place - number * gap, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, count = blocks.pop()
            before = blocks[-1]
            before[0] = (before[0] * before[1] + mean * count) / (before[1] + count)
            before[1] += count
    means = [mean for mean, count in blocks for _ in range(count)]
    top = high - (len(wanted) - 1) * gap
    return [round(min(max(mean, low), top)) + number * gap for number, mean in enumerate(means)]


def _marks(data, place):
    """{number of the line: [{"x", "y", "cijfer", "datum"}]}: where two people would stand on each other, one moves a
    little aside: people who give the same number on the same day are both seen."""
    wanted = sorted(
        (score["datum"], number, position, score["score"])
        for number, row in enumerate(data["schaal"])
        for position, score in enumerate(row["scores"])
    )
    found, taken = defaultdict(list), defaultdict(list)
    for datum, number, _, cijfer in wanted:
        x, y = _aside(place.x(as_date(datum)), place.y(cijfer), number, taken, place.rij // 3)
        taken[x // STAP].append((x, y, number))
        found[number].append({"x": x, "y": y, "cijfer": cijfer, "datum": datum})
    return found


def _aside(x, y, number, taken, rij):
    """The first place near (x, y) that no other line has; the roomiest when there is none."""
    options = [(x + across * STAP, y + down * rij) for across, down in OPZIJ]

    def room(option):
        column = option[0] // STAP
        others = [mark for near in (column - 1, column, column + 1) for mark in taken[near] if mark[2] != number]
        return min((max(abs(option[0] - other[0]), abs(option[1] - other[1])) for other in others), default=inf)

    return max(options, key=lambda option: min(room(option), min(STAP, rij)))


# The agreements


def _bars(shown, more, place, y, nummers, *, until):
    """The agreements below the scale, on the same days, with their checks, and what the marks of these mean."""
    maat, rows = place.maat, []
    if shown:
        y += maat.klein + 8
    kop_y = y
    for item in shown:
        y += maat.klein + 10
        rows.append(_bar(item["rij"], item["van"], item["tot"], place, y, nummers, until))
        y += 6 + BALK + 6
    checks = [check["uitkomst"] for row in rows for check in row["controles"]]
    present = [(code, word) for code, word in UITKOMSTEN.items() if code in checks]
    if more:
        y += maat.klein + 8
    meer_y = y
    if present:
        y += maat.klein + 12
    return {
        "afspraken": rows,
        "kop_y": kop_y,
        "meer": more,
        "meer_y": meer_y,
        "legende": _legend(present, maat, y),
        "hoogte": y + 8,
    }


def _bar(row, start, end, place, y, nummers, until):
    maat, runs = place.maat, end is None
    from_before = start < place.first
    left = maat.links if from_before else place.x(start)
    right = place.x(end) if end else place.x(until)
    return {
        "tekst": _agreement_text(row, start, end, maat, nummers),
        "tekst_y": y,
        "x": left,
        "breedte": max(right - left, 4),
        "y": y + 6,
        "loopt": runs,
        "van_voor": from_before,
        "controles": [
            {"x": place.x(as_date(check["datum"])), "y": y + 6 + BALK // 2, "uitkomst": check["uitkomst"]}
            for check in row["controles"]
            if as_date(check["datum"]) <= place.last
        ],
    }


def _agreement_text(row, start, end, maat, nummers):
    number = f"Afspraak {nummers[row['sleutel']]}: " if row["sleutel"] in nummers else ""
    words = f"{number}… dan {row['wat']}" if row["als"] else f"{number}{row['wat']}"
    days = f" ({start:%d/%m/%Y} tot {end:%d/%m/%Y})" if end else f" (sinds {start:%d/%m/%Y})"
    days = days if maat.met_dagen else ""
    room = maat.breedte - maat.links - text_width(days, maat.klein)
    return fit(words, room, maat.klein) + days


def _legend(present, maat, y):
    """[{"uitkomst", "tekst", "x", "y"}] beside each other."""
    x, found = maat.links + 6, []
    for code, word in present:
        found.append({"uitkomst": code, "tekst": word, "x": x, "y": y})
        x += round(text_width(word, maat.klein)) + 26
    return found


# Words


def _sentence(data, place, agreements):
    """What the picture shows, for who does not see it."""
    first, last = (f"{day:%d/%m/%Y}" for day in (place.first, place.last))
    period = f"op {last}" if first == last else f"van {first} tot {last}"
    told = "; ".join(_told(naam, row["scores"]) for naam, row in zip(_names(data), data["schaal"], strict=True))
    below = ""
    if agreements:
        below = (
            f" Eronder {'staat 1 afspraak' if agreements == 1 else f'staan {agreements} afspraken'} in dezelfde tijd."
        )
    return f"Lijnen met cijfers van 0 tot 10 voor hoe veilig het thuis is, {period}. {told}.{below}"


def _told(naam, scores):
    first, last = ((score["score"], f"{as_date(score['datum']):%d/%m/%Y}") for score in (scores[0], scores[-1]))
    if len(scores) == 1:
        return f"{naam}: {first[0]} op {first[1]}"
    between = f", {len(scores)} keer gevraagd" if len(scores) > 2 else ""
    return f"{naam}: {first[0]} op {first[1]}, {last[0]} op {last[1]}{between}"


def _advance(char):
    """The width of a letter as a part of its size, in a wide sans serif."""
    if unicodedata.combining(char):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 1
    if char in "iIjl.,:;'’|!()[] ":
        return 0.36
    if char in "mwMW@%…":
        return 1
    return 0.7 if char.isupper() else 0.62 if char.isdigit() else 0.59


def text_width(text, size):
    """About how wide a text is, in units; rather too wide."""
    return sum(_advance(char) for char in text) * size


def fit(text, room, size):
    """The text, or as much of its beginning as there is room for, with an ellipsis."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    if text_width(text, size) <= room:
        return text
    while text and text_width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
