"""What a dossier knows, found in a text in any case and however it is written: names, places, numbers. Pure.

Everything yields `Hit`s: places in the text as it was typed. `Geheimen` finds what may not be read, and leaves it out.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from dossiers.names import fold
from partners.sporen import END, HOUSE_NUMBER, NUMMER, PLAATS, START
from partners.woorden import AFKORTINGEN, ALGEMEEN, PLAATSWOORDEN, SAMENVALLEND, TITELS, VOORVOEGSELS

NAAM = "naam"


class Hit(NamedTuple):
    """A find in the text as it was typed; `wie`: numbers of the people it can be;
    `owns`: written as a possessive."""

    start: int
    end: int
    soort: str
    voorstel: str
    wie: frozenset = frozenset()
    owns: bool = False


def merge(hits):
    """Overlapping finds as one, in order; the longest of them says what it is."""
    merged = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        last = merged[-1] if merged else None
        if last is None or hit.start >= last.end:
            merged.append(hit)
            continue
        longest = max(last, hit, key=lambda one: one.end - one.start)
        merged[-1] = longest._replace(start=last.start, end=max(last.end, hit.end), wie=last.wie | hit.wie)
    return merged


# Folding, with the way back to the text as it was typed

_PLAIN = str.maketrans(dict.fromkeys("’‘`´ʼʹ′", "'") | dict.fromkeys("‐‑‒–—−", "-"))


@lru_cache(maxsize=4096)
def _fold_sign(sign):
    if sign in "\n\r":
        return "\n"
    if sign.isspace():
        return " "
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Mn"):
        return ""
    return fold(sign) or sign.translate(_PLAIN)


_FOLDED = {code: _fold_sign(chr(code)) for code in range(128)}  # one sign each


def fold_text(text):
    """`(folded, index)`: without case, accents and invisible signs; `index[i]` is where `folded[i]` came from."""
    if text.isascii():
        return text.translate(_FOLDED), range(len(text) + 1)
    pieces = list(map(_fold_sign, text))
    return "".join(pieces), [*(place for place, piece in enumerate(pieces) for _ in piece), len(text)]


# Names

_SEPARATORS = re.compile(r"[\s\-,()/\"“”‘.;:&+]+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?")
_SHORTENED = re.compile(r"(?<![^\W_])[^\W\d_]\. *[^\W\n]")  # `D.` inside a sentence
_BETWEEN = re.compile(r"[\s.\-]{1,3}")
_SMALL = re.compile(r"(?:et|t|p|k|e|s)?(?:je|ke)(?:'?s)?")
_HERS = re.compile(r"moeder|mama|oma|tante|zus|dochter|vrouw|vriendin|nicht|juf")
_HIS = re.compile(r"vader|papa|opa|oom|nonkel|broer|zoon|\bman|buurman|vriend|neef")


def tokens_of(naam):
    """The folded words of a name; an apostrophe stays inside its word."""
    return [token.strip("'") for token in _SEPARATORS.split(fold_text(naam)[0]) if token.strip("'")]


def _spellings(tokens):
    """How the words of a name stand in a text, by itself or grown together: `o'neill` also as `oneill`, `neill`."""
    found = {part for token in tokens for part in token.split("'") if len(part) > 2}
    found |= {token.replace("'", "") for token in tokens}
    for place, token in enumerate(tokens):
        grown = token
        for before in reversed(tokens[:place]):
            if before not in VOORVOEGSELS:
                break
            grown = before + grown
            found.add(grown.replace("'", ""))
    return found | {"".join(tokens).replace("'", "")}


def _beside(words, place, *, after=False):
    """The word at `place`, or behind it, when only a space, a dot or a hyphen stands between; else ""."""
    if place < 0 or place + 1 >= len(words):
        return ""
    left, right = words[place], words[place + 1]
    between = left.string[left.end() : right.start()]
    return (right if after else left)[0] if _BETWEEN.fullmatch(between) else ""


class Names:
    """Every name of the dossier by its words, with the people it can be."""

    def __init__(self, personen):
        self.personen = personen
        self.words, self.surnames, self.weak, self.initials = {}, set(), {}, {}
        for number, persoon in enumerate(personen):
            first, last = tokens_of(persoon.voornaam), tokens_of(persoon.achternaam)
            for tokens, alone in ((first, len(first) == 1), (last, not first and len(last) == 1)):
                for spelling in _spellings(tokens) if tokens else ():
                    self._add(spelling, number, alone)
            self.surnames |= _spellings(last) if last else set()
            for initials in _initials(first, last):
                self.initials.setdefault(initials, set()).add(number)
        self.begins = {word[:2] for word in self.words}

    def _add(self, spelling, number, alone):
        """A word that says nothing by itself (`van`, `moeder`) is weak: it counts beside a name or a title."""
        weak = len(spelling) < 2 or spelling in ALGEMEEN or (spelling in VOORVOEGSELS and not alone)
        (self.weak if weak else self.words).setdefault(spelling, set()).add(number)

    def say(self, wie, *, owns=False):
        """How these people are called together; `owns`: as in `de moeder haar broer`."""
        names = {self.personen[number].voorstel for number in wie}
        said = names.pop() if len(names) == 1 else "iemand van het gezin"
        if not owns:
            return said
        return f"{said} {'haar' if _HERS.search(said) else 'zijn' if _HIS.search(said) else 'zijn of haar'}"

    def _owners(self, raw):
        """(people, is it a possessive) of a word as folded, or None: a name, and what may stand behind it."""
        if raw.replace("'", "")[:2] not in self.begins:
            return None
        for length in range(len(raw), 1, -1):
            base, rest = raw[:length].replace("'", ""), raw[length:]
            wie = self.words.get(base)
            if wie is None:
                continue
            short = len(base) < 4 and base[-1] in "aiouy"
            if not rest or _SMALL.fullmatch(rest) or (rest[0] == base[-1] and _SMALL.fullmatch(rest[1:])):
                return frozenset(wie), False
            if rest == "en" and base in self.surnames:
                return frozenset(wie), False
            if rest in ("'s", "'") or (rest == "s" and not short):
                return frozenset(wie), True
        return None

    def find(self, folded, index):
        """Names, each with its title and with the small words of a family name around it."""
        words = list(_WORD.finditer(folded))
        for place, match in enumerate(words):
            quote = match[0].endswith("'") and match[0][-2] not in "sxz"  # closes a quotation, says nobody's
            known = self._owners(match[0].removesuffix("'") if quote else match[0])
            title = _beside(words, place - 1)
            if known is None and title in TITELS and match[0] in self.weak and match[0] not in VOORVOEGSELS:
                known = frozenset(self.weak[match[0]]), False
            if known is None:
                continue
            wie, owns = known
            first, last = self._weak_around(words, place, wie)
            title = _beside(words, first - 1)
            said = self.say(wie, owns=owns)
            if title in TITELS or f"de {SAMENVALLEND.get(title, title)}" == said:
                first -= 1
                said = "het gezin" if title in ("familie", "fam", "gezin") else said
            end = words[last].end() - (quote and last == place)
            if last > place and _SHORTENED.match(folded, end - 1):
                end += 1
            yield Hit(index[words[first].start()], index[end], NAAM, said, wie, owns)

    def _weak_around(self, words, place, wie):
        """Places of the first and the last word that belong to the name at `place`."""
        first = last = place
        while wie & self.weak.get(_beside(words, first - 1), frozenset()):
            first -= 1
        while wie & self.weak.get(_beside(words, last, after=True), frozenset()):
            last += 1
        while last > place and words[last][0] in VOORVOEGSELS and len(words[last][0]) > 1:
            last -= 1
        return first, last

    def find_initials(self, text):
        """`W.D.`, `W. D.`, `WD`, and a single `L.` or `L` that begins a first name of the dossier."""
        match = _DOTTED.search(text)
        while match:
            length, folded = self._shortened(match[0])
            if length:
                yield self._initial(match.start(), match.start() + length, folded)
            match = _DOTTED.search(text, match.start() + (length or 1))
        for match in _UNDOTTED.finditer(text):
            folded = fold(match[0])
            if folded in self.initials and folded not in AFKORTINGEN:
                yield self._initial(match.start(), match.end(), folded)

    def _shortened(self, written):
        """(length, folded letters) of the initials with which `written` begins: known ones, or a row of capitals."""
        capital = written[0].isupper()
        letters = list(takewhile(lambda letter: letter[0][0].isupper() == capital, _LETTER.finditer(written)))
        folded = fold("".join(letter[0][0] for letter in letters)).replace(" ", "")
        if len(letters) < 2 or folded in AFKORTINGEN:
            return 0, ""
        for count in range(len(letters), 1, -1):
            if folded[:count] in self.initials:
                return letters[count - 1].end(), folded[:count]
        return (letters[-1].end(), folded) if capital else (0, "")

    def _initial(self, start, end, folded):
        wie = frozenset(self.initials.get(folded, ()))
        return Hit(start, end, NAAM, self.say(wie) if wie else "iemand", wie)


_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.\s?){1,4}[^\W\d_]\.?(?![\w])")
_LETTER = re.compile(r"[^\W\d_]\.?")
_UNDOTTED = re.compile(r"(?<![\w.'’-])(?:[A-ZÀ-ÖØ-Þ]{2,5}|(?!U)[A-ZÀ-ÖØ-Þ]\.?)(?![\w.'’-])(?!\.\w)")


def _initials(first, last):
    """The initials that these names can be shortened to."""
    if not first:
        return set()
    plain = [token for token in last if token not in VOORVOEGSELS]
    begin = first[0][0]
    firsts = "".join(token[0] for token in first)
    found = {begin, firsts}
    for surname in (last, plain, plain[:1], plain[-1:], last[:1]):
        letters = "".join(token[0] for token in surname)
        found |= {begin + letters, firsts + letters}
        found.add(begin + "".join(token.replace("'", "")[0] for token in surname))
    return found


# Places

_BETWEEN_TOKENS = r"[\s\-.,'/()]*"
_POSTCODE = re.compile(r"(?<!\d)(?<!\d[/.-])[1-9]\d{3}(?!\d|[/.-]\d)")


def _town_forms(token):
    """`mechelen`, and `mechelse`, `mechelaar`."""
    stem = token.removesuffix("en")
    return rf"(?:{_spelled(token)}(?:'?s|se)?|{re.escape(stem)}(?:se?|aars?|enaars?))"


def _spelled(token):
    """A word with its apostrophe or none; `kerkstraat` also as `kerkstr.`, a number also with `nr.` before it."""
    spelled = r"['\s]?".join(re.escape(part) for part in token.split("'"))
    spelled = re.sub("straat$", "str(?:aat)?", spelled)
    return rf"(?:n(?:umme)?r[\s.]*)?{spelled}" if token[0].isdigit() else spelled


def _place_pattern(naam):
    """What finds a place, however its words are joined; None where they say nothing."""
    tokens = tokens_of(naam)
    if not tokens or all(token in ALGEMEEN or token in VOORVOEGSELS or len(token) < 2 for token in tokens):
        return None
    if len(tokens) == 1 and not tokens[0][0].isdigit():
        return _town_forms(tokens[0])
    return rf"(?<!\d){_BETWEEN_TOKENS.join(map(_spelled, tokens))}(?!\d)"


class Places:
    """[(street, town, school ..., what to say instead)], in any case; a house number behind a street belongs to it."""

    def __init__(self, plaatsen):
        known = {}
        for naam, voorstel in sorted(plaatsen, key=lambda plaats: -len(plaats[0])):
            pattern = _place_pattern(naam)
            if pattern:
                known.setdefault(pattern, voorstel)
        self.names = {" ".join(tokens_of(naam)) for naam, _ in plaatsen}
        self.said = list(known.values())
        self.pattern = known and re.compile(rf"{START}(?:{'|'.join(f'({pattern})' for pattern in known)}){END}")

    def find(self, folded, index):
        for match in self.pattern.finditer(folded) if self.pattern else ():
            voorstel, end = self.said[match.lastindex - 1], match.end()
            if re.search(r"se?$", match[0]) and match[0] not in self.names:
                voorstel = "plaatselijke"
            number = HOUSE_NUMBER.match(folded, end) if voorstel == "de straat" else None
            if number:
                voorstel, end = "het adres", number.end()
            yield Hit(index[match.start()], index[end], PLAATS, voorstel)


def place_names(*texts):
    """{what leads to an address or a place as somebody typed it}, folded: each part of it whole, its street with and
    without the house number, and every longer word that says something by itself. See `postcodes` for those."""
    found = set()
    for part in re.split(rf"[,;\n]|{_POSTCODE.pattern}", "\n".join(texts)):
        tokens = tokens_of(part)
        words = [token for token in tokens if len(token) > 1 and not token[0].isdigit()]
        number = next((place for place, token in enumerate(tokens) if place and token[0].isdigit()), len(tokens))
        found |= {" ".join(tokens)} if words else set()
        found |= {" ".join(some) for some in (tokens[:number], tokens[: number + 1]) if words and len(some) > 1}
        found |= {word for word in words if len(word) > 3 and word not in ALGEMEEN and word not in PLAATSWOORDEN}
    return found


# Numbers

_PHONE = re.compile(r"\+?\d(?:[^\w,;\n+]{0,4}\d){5,}")
_BELGIAN = re.compile(r"(?:00)?(?:32)?0?(4[5-9]\d{7}|[1-9]\d{7})")  # a mobile number, or one with an area code
_ABROAD = re.compile(r"^(?:00)?(?:32(?=0?\d{8,9}$))?0?(?=\d{8,}$)")
_SIGNS = r"[\W_]{0,4}(?:\(0\)[\W_]{0,2})?"


def _core(nummer):
    """A number without what may or may not stand before it: `+32 (0)470 12.34.56` and `0470/123456` are the same."""
    return _ABROAD.sub("", fold(nummer.replace("(0)", "")).replace(" ", ""))


def phone_numbers(*texts):
    """{the numbers in phone fields}, each from its area code on. Of a row of digits that holds several, or an hour
    behind the number, each number that may be in it."""
    runs = [run for text in texts for run in _PHONE.findall(fold_text(text)[0])]
    return {core for run in runs for core in (_core(run), *_BELGIAN.findall(re.sub(r"\D", "", run)))}


def postcodes(*texts):
    """{the numbers of four digits in addresses}: a house number may be among them, part of a date is not."""
    return {code for text in texts for code in _POSTCODE.findall(text)}


def _number_pattern(core):
    if not core.isdecimal() or 4 < len(core) < 8:
        return rf"(?<![^\W_]){_SIGNS.join(core)}(?![^\W_])"
    if len(core) == 4:  # a postcode; not the year of a date
        return rf"(?<![^\W_])(?<!\d[/.-]){core}(?![^\W_]|[/.-]\d)"
    before = rf"(?:\((?=0\d{{1,3}}\)))?(?:(?:\+|00){_SIGNS}(?:32{_SIGNS})?|32{_SIGNS})?(?:(?:\(0\)|0){_SIGNS})?"
    return rf"(?<!\d){before}{_SIGNS.join(core)}(?!\d)"


class Numbers:
    """Numbers however they are written: `0470 12 34 56`, `+32 (0)470/12.34.56`, `470123456`."""

    def __init__(self, nummers):
        cores = sorted({core for core in map(_core, nummers) if len(core) > 3}, key=len, reverse=True)
        self.pattern = cores and re.compile("|".join(map(_number_pattern, cores)))

    def find(self, folded, index):
        for match in self.pattern.finditer(folded) if self.pattern else ():
            yield Hit(index[match.start()], index[match.end()], NUMMER, "een nummer")


# All together


class Geheimen:
    """What may not be read: the names of `personen`, `plaatsen` as place_names gives them, and `nummers` as
    phone_numbers and postcodes do. False where there is nothing."""

    def __init__(self, *, personen=(), plaatsen=(), nummers=()):
        places = [(naam, "") for naam in sorted(plaatsen)]
        self._finders = [
            kind(known) for kind, known in ((Names, personen), (Places, places), (Numbers, nummers)) if known
        ]

    def __bool__(self):
        return bool(self._finders)

    def find(self, text):
        """Every Hit, in no order."""
        if text and self._finders:
            folded, index = fold_text(text)
            for finder in self._finders:
                yield from finder.find(folded, index)

    def without(self, text, instead):
        for hit in reversed(merge(self.find(text))):
            text = text[: hit.start] + instead + text[hit.end :]
        return text
