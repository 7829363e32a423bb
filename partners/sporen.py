"""What gives somebody away whoever it is about: dates, exact ages, numbers, streets. Pure; reads folded text.

Every function yields `(start, end, soort, voorstel)`, places in the text it was given. Bands and months are said
instead: an age becomes `6 tot 12 jaar`, a day becomes its month.
"""

import re

from dossiers.ages import MONTHS

NUMMER, DATUM, LEEFTIJD, PLAATS = "nummer", "datum", "leeftijd", "plaats"
BANDS = ((3, "0 tot 3 jaar"), (6, "3 tot 6 jaar"), (12, "6 tot 12 jaar"), (18, "12 tot 18 jaar"))
VOLWASSEN = "volwassen"

START, END = r"(?<![^\W\d_])", r"(?![^\W\d_])"  # no letter before, none after

_UNITS = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
_TEENS = ["tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"]
_TENS = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
WORDS = {word: number for number, word in enumerate(_UNITS + _TEENS, start=1)}
WORDS |= {ten: 10 * count for count, ten in enumerate(_TENS, start=2)}
WORDS |= {f"{unit}en{ten}": WORDS[ten] + WORDS[unit] for ten in _TENS for unit in _UNITS}
WORDS["anderhalf"] = 1
_NUMBER_WORD = (
    rf"(?:(?:(?:{'|'.join(_UNITS)})en)?(?:{'|'.join(_TENS)})|{'|'.join(_TEENS)}|anderhalf|{'|'.join(_UNITS)})"
)
ORDINALS = {"eerste": 1, "derde": 3, "achtste": 8}
ORDINALS |= {f"{word}de": WORDS[word] for word in [*_UNITS[1:], *_TEENS] if word not in ("drie", "acht")}
ORDINALS |= {f"{word}ste": number for word, number in WORDS.items() if number >= 20}


def _any(words):
    return "|".join(sorted(words, key=len, reverse=True))


def band(years):
    """`6 tot 12 jaar` for 9; what is 18 or more is grown up."""
    return next((label for limit, label in BANDS if years < limit), VOLWASSEN)


# Dates

_MONTH = (
    r"(?:januari|jan|februari|febr?|maart|mrt|april|apr|mei|juni|jun|juli|jul|augustus|aug|september|sept?|oktober|okt"
    r"|november|nov|december|dec)"
)
_DAY = (
    r"(?:(?:[12]\d|3[01]|0?[1-9])(?:\s?(?:ste|de|e))?|een(?=\s+mei)|eerste|derde"
    rf"|(?!een\b|anderhalf){_NUMBER_WORD}(?:ste|de)?)"
)
_WEEKDAY = r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)"
_COUNTED = (
    r"(?!\s*(?:keer|maal|uur|uren|u\b|h\b|dagen|weken|maanden|jaar|minuten|min\b|glazen|pinten|euro|€|%|meter|km|kg))"
)
_IN_WORDS = re.compile(
    rf"(?<![^\W_])(?:{_DAY}\s?(?:,|en|of|tot|t/m|tot en met|-)\s?)*{_DAY}[\s/.-]{{0,3}}(?P<maand>{_MONTH}){END}\.?"
    r"(?:[\s,/.-]{0,2}(?P<jaar>(?:19|20)\d\d)(?!\d)|\s?'(?P<kort>\d\d)(?!\d)|-(?P<streep>\d\d)(?!\d))?"
)
_IN_NUMBERS = re.compile(
    r"(?<!\d)(?<!\d[./])(?P<dag>0?[1-9]|[12]\d|3[01])(?P<s>\s?/\s?|[.-])(?P<maand>1[0-2]|0?[1-9])"
    rf"(?:(?P=s)(?P<jaar>(?:19|20)?\d\d)(?!\d)|(?!\d)(?!(?P=s)\d){_COUNTED})"
)
_SPACED = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01]) (?P<maand>1[0-2]|0?[1-9]) (?P<jaar>(?:19|20)\d\d)(?!\d)")
_ISO = re.compile(
    r"(?<!\d)(?P<jaar>(?:19|20)\d\d)[-/.](?P<maand>1[0-2]|0?[1-9])[-/.](?:0?[1-9]|[12]\d|3[01])(?!\d)(?![-/.]\d)"
)
_DAY_OF_WEEK = re.compile(
    rf"{START}(?P<dag>{_WEEKDAY})\s+(?:de\s+)?(?:[12]\d|3[01]|0?[1-9])(?:\s?(?:ste|de|e))?"
    rf"(?!\d)(?!\s?[/:]\s?\d)(?![.-]\d)(?!\s*{_MONTH}){_COUNTED}(?!\s?u\d){END}"
)
_ONLY_DAY = re.compile(r"(?<![^\W_])den?\s+(?:[12]\d|3[01]|[1-9])\s?(?:ste|de|e)(?=\s*(?:[.,;!?)]|$))", re.MULTILINE)
_OP = re.compile(r"(?<![^\W_])op\s+$")
_AFTER = re.compile(
    rf"(?<![^\W_])(?:van|vanaf|sinds|tot|tot en met|t/m|voor|na|tegen|rond|in|tussen|en|of|begin|eind|half|midden"
    rf"|d\.?d\.?)\s+(?:{_WEEKDAY}\s+)?$"
)


def find_dates(folded, avoid=frozenset()):
    """Days, in any Dutch writing; a weekday or a month alone is no day. A month that is somebody's name (`avoid`) is
    not offered instead."""
    for pattern in (_IN_WORDS, _IN_NUMBERS, _SPACED, _ISO):
        for match in pattern.finditer(folded):
            yield _say_month(folded, match, avoid)
    for match in _DAY_OF_WEEK.finditer(folded):
        yield match.start(), match.end(), DATUM, f"een {match['dag']} in die maand"
    for match in _ONLY_DAY.finditer(folded):
        yield match.start(), match.end(), DATUM, "die dag"


def _say_month(folded, match, avoid):
    parts = match.groupdict()
    found = parts["maand"]
    number = int(found) if found.isdigit() else _month_number(found)
    year = parts.get("jaar") or parts.get("kort") or parts.get("streep") or ""
    year = f" {'20' if len(year) == 2 else ''}{year}" if year else ""
    month = "die maand" if MONTHS[number - 1] in avoid else f"{MONTHS[number - 1]}{year}"
    before = folded[max(0, match.start() - 30) : match.start()]
    op = _OP.search(before)
    start = match.start() - len(op[0]) if op else match.start()
    return start, match.end(), DATUM, month if not op and _AFTER.search(before) else f"in {month}"


def _month_number(written):
    if written == "mrt":
        return 3
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(written[:3]))


# Ages

_NUMBER = rf"(?P<n>\d{{1,3}}(?:[.,]\d)?|{_NUMBER_WORD})"
_NO_AGE = r"(?!\s+(?:geleden|lang|later|eerder|vroeger)\b)"
_YEARS = re.compile(rf"(?<![^\W_])(?!een\b){_NUMBER}[\s-]*(?:jaar|jaren|jr\b\.?|j\.)(?:\s+(?:oud|jong))?{END}{_NO_AGE}")
_JARIGE = re.compile(rf"(?<![^\W_]){_NUMBER}[\s-]?jarig(?:e|en)?{END}")
_MONTHS_OLD = re.compile(
    rf"(?<![^\W_]){_NUMBER}\s*(?:maanden|maand|mnd|weken|week|dagen|dag)(?:\s+(?:oud|jong)|(?<=maanden)(?=\s*\))){END}"
)
_OF_MONTHS = re.compile(rf"{START}(?:baby|kind|kindje|zoon|dochter|zoontje|dochtertje|broertje|zusje)\s+van\s+"
                        rf"(?P<plek>{_NUMBER}\s*(?:maanden|maand|weken|week|dagen))")  # fmt: skip
_BRACKETS = re.compile(r"\(\s*(?P<plek>(?P<n>\d{1,2}))\s*\)")
_OF_AGE = re.compile(
    rf"{START}(?:kind|jongen|meisje|dochter|zoon|zus|broer|zusje|broertje|baby|kleuter|peuter|tiener|puber|man|vrouw"
    rf"|moeder|vader|kinderen|dochters|zonen|jongens|meisjes)\s+van\s+(?P<plek>(?P<n>\d{{1,2}})(?:\s+en\s+\d{{1,2}})?)"
    r"(?!\d)(?!\s*(?:tot|-|/|,\d))(?!\s*(?:jaar|maand|week|weken|dag))"
)
_VAN_AGE = re.compile(
    r"(?<![^\W_])van\s+(?P<plek>(?P<n>1?\d))(?=\s*[,;!?)]|\s*\.(?!\d)|\s*$|\s+(?:die|dat|zegt)\b)", re.MULTILINE
)
_IS_AGE = re.compile(
    r"(?<![^\W_])(?:is|was|wordt|werd)\s+(?:(?:nu|net|al|pas|bijna)\s+)?(?P<plek>(?P<n>1?\d|2[01]))"
    r"(?=\s+geworden|\s*[;!?)]|\s*[.,](?!\d)|\s*$)",
    re.MULTILINE,
)
_BORN = re.compile(
    r"(?<![^\W_])(?:geboren\s+(?:in|op)?\s*(?:[a-z]+\s+)?|geboortejaar:?\s+|°\s?)(?P<jaar>(?:19|20)\d\d)(?!\d)"
)
_CLASS = re.compile(
    rf"(?<![^\W_])(?:(?:het|de)\s+)?(?:[1-7]\s?(?:ste|de|e)|{_any(word for word in ORDINALS if ORDINALS[word] < 8)})"
    rf"\s+(?P<soort>leerjaar|studiejaar|kleuterklas|kleuter|middelbaar|secundair){END}"
)
_CLASSES = {"leer": "de lagere school", "stud": "de lagere school", "kleu": "de kleuterklas"}
_AGES = (_YEARS, _JARIGE, _BRACKETS, _OF_AGE, _VAN_AGE, _IS_AGE, _MONTHS_OLD, _OF_MONTHS)
_BAND_BEFORE = re.compile(r"(?<!\d)(0|3|6|12)[\s-]+tot[\s-]+$")
_BAND_ENDS = {"0": "3", "3": "6", "6": "12", "12": "18"}


def find_ages(folded, year):
    """Exact ages, and what gives them away: a year of birth, a class. `year` is the present one."""
    for pattern in _AGES:
        for match in pattern.finditer(folded):
            start, end = match.span("plek" if "plek" in pattern.groupindex else 0)
            if _is_band(folded, start, match["n"]):
                continue
            said = band(0 if pattern in (_MONTHS_OLD, _OF_MONTHS) else _value(match["n"]))
            if pattern is _JARIGE and said != VOLWASSEN:
                said = said.removesuffix(" jaar").replace(" ", "-") + "-jarige"
            yield start, end, LEEFTIJD, said
    for match in _BORN.finditer(folded):
        said = band(year - int(match["jaar"]))
        yield match.start(), match.end(), LEEFTIJD, said if said == VOLWASSEN else f"van {said}"
    for match in _CLASS.finditer(folded):
        yield match.start(), match.end(), LEEFTIJD, _CLASSES.get(match["soort"][:4], "de secundaire school")


def _value(written):
    return WORDS[written] if written in WORDS else int(re.split("[.,]", written)[0])


def _is_band(folded, start, written):
    before = _BAND_BEFORE.search(folded[max(0, start - 10) : start])
    return bool(before) and _BAND_ENDS[before[1]] == written


# Numbers

_WITH_YEAR = re.compile(
    r"(?<!\d)\d{1,2}/\d{1,2}(?:/\d\d)?\s?-\s?\d{1,2}/\d{1,2}(?:/\d\d)?(?!\d)"
    r"|(?<!\d)\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)"
)
_CLOCK = re.compile(
    r"(?<![\d./])\d{1,2}(?:[.:]\d\d)?\s?(?:-|tot)\s?\d{1,2}[.:]\d\d(?=\s*uur)|(?<![\d./])\d{1,2}[.:]\d\d(?=\s*uur)"
)
_NUMBERS = (
    (re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), "een e-mailadres"),
    (re.compile(r"https?://\S+|(?<![^\W_])www\.\S+"), "een webadres"),
    (re.compile(r"(?<![\w.])@\w{2,}"), "een profiel"),
    (re.compile(r"(?<!\d)[+(]?\d(?:[ ./()-]{0,3}\d){7,}"), "een nummer"),
    (re.compile(r"\d{5,}"), "een nummer"),
    (re.compile(r"(?<!\d)\d{2,4}/\d{3,}"), "een nummer"),
    (re.compile(rf"(?<![^\W_])[0-9]-[a-z]{{3}}-\d{{3}}(?!\d)|(?<![^\W_])\d{{3}}-[a-z]{{3}}{END}"), "een nummerplaat"),
)  # fmt: skip
_CODE = re.compile(
    r"(?<![^\W_])(?:[A-Z]{2}\d\d(?: ?\d{4}){3}|\d?[A-Z]{3} ?-?\d{3}(?!\d)|[A-Z]{1,5}[-./]?\d{3,}(?:[-./]\d+)*)"
)


def find_numbers(folded):
    """Phone and other numbers, addresses on the net, plates. A date and an hour are no number."""
    plain = _CLOCK.sub(_blank, _WITH_YEAR.sub(_blank, folded))
    for pattern, voorstel in _NUMBERS:
        for match in pattern.finditer(plain):
            yield match.start(), match.end(), NUMMER, voorstel


def _blank(match):
    return "\0" * len(match[0])


def find_codes(text):
    """Codes in capitals (`VT-2026/118`, `1-ABC-234`); reads the text as it was written."""
    for match in _CODE.finditer(text):
        yield match.start(), match.end(), NUMMER, "een nummer"


# Streets and schools

_NR = r"(?:\s*,?\s*(?:nr\.?\s*)?\d{1,4}(?!\d)(?:\s?[a-zA-Z](?!\w))?(?:\s*(?:bus|b\.?)\s*\w{1,4})?)"
HOUSE_NUMBER = re.compile(_NR)
_CAP = r"(?!(?:De|Het|Den|Van|Een|In|Op)(?!\w))[A-ZÀ-ÖØ-Þ][\w'’-]*"
_STREET = (
    r"(?:straat|laan|steenweg|stwg|dreef|plein|kaai|lei|baan|weg|markt|vest|singel|dijk|hof|pad|veld|berg|park|wijk)"
)
_STREETS = (
    re.compile(rf"(?<!\w)(?:{_CAP}[ \t]+){{0,3}}{_CAP}{_STREET}(?!\w){_NR}?"),
    re.compile(rf"(?<!\w){_CAP}[ \t]+(?i:{_STREET})(?!\w){_NR}"),
    re.compile(rf"(?<!\w)[\w'’-]{{2,}}(?i:{_STREET})\s+(?:nr\.?\s*)?\d{{1,4}}(?!\d)(?!\s*(?:uur|jaar|keer|kinderen))\s?[a-zA-Z]?(?!\w)"),
    re.compile(rf"(?<!\w)[1-9]\d{{3}}[ \t]+{_CAP}(?:[ \t-]{_CAP})*"),
)  # fmt: skip
_HOUSES = {
    "kleuterschool": "de kleuterschool", "basisschool": "de basisschool", "lagere school": "de lagere school",
    "school": "de school", "college": "de secundaire school", "atheneum": "de secundaire school",
    "instituut": "de school", "lyceum": "de secundaire school", "creche": "de opvang", "crèche": "de opvang",
    "kinderdagverblijf": "de opvang", "opvang": "de opvang", "ziekenhuis": "het ziekenhuis",
    "gevangenis": "de gevangenis", "voorziening": "de voorziening", "opvanghuis": "het opvanghuis",
    "vluchthuis": "het opvanghuis", "kliniek": "het ziekenhuis",
}  # fmt: skip
_HOUSE = re.compile(
    rf"(?<!\w)(?i:(?:de|het)[ \t]+)?(?P<soort>(?i:{_any(_HOUSES)}))[ \t]+[‘'\"“]?"
    rf"(?:(?:[Dd]e|[Hh]et|van|[Dd]en|['’][Tt])[ \t]+){{0,2}}{_CAP}(?:[ \t-]{_CAP})*[’'\"”]?"
)


def find_places(text):
    """Streets with or without a number, a postcode with its town, a school or house by name; reads the text as it was
    written, for a capital tells a name."""
    for number, pattern in enumerate(_STREETS):
        for match in pattern.finditer(text):
            has_number = any(sign.isdigit() for sign in match[0])
            said = "de gemeente" if number == 3 else "het adres" if has_number else "de straat"
            yield match.start(), match.end(), PLAATS, said
    for match in _HOUSE.finditer(text):
        yield match.start(), match.end(), PLAATS, _HOUSES[match["soort"].lower()]


STREET_END = re.compile(rf"\w{_STREET}$")


def house_kind(name):
    """`de basisschool` for a house whose name says what it is, else ""."""
    folded = name.lower()
    kinds = sorted(_HOUSES, key=len, reverse=True)
    return next((_HOUSES[kind] for kind in kinds if re.search(rf"(?<!\w){kind}(?!\w)", folded)), "")
