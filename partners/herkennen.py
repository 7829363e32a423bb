"""What a dossier knows, found in a text in any case and however it is written: names, places, numbers. Pure.

Everything yields `Hit`s: places in the text as it was typed.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from dossiers.names import fold
from partners.sporen import END, HOUSE_NUMBER, NUMMER, PLAATS, START
from partners.woorden import AFKORTINGEN, ALGEMEEN, SAMENVALLEND, TITELS, VOORVOEGSELS

NAAM = "naam"
_HERS = re.compile(r"moeder|mama|oma|tante|zus|dochter|vrouw|vriendin|nicht|juf")
_HIS = re.compile(r"vader|papa|opa|oom|nonkel|broer|zoon|\bman|buurman|vriend|neef")


class Hit(NamedTuple):
    """A find in the text as it was typed; `wie`: numbers of the people it can be;
    `owns`: written as a possessive."""

    start: int
    end: int
    soort: str
    voorstel: str
    wie: frozenset = frozenset()
    owns: bool = False


# Folding, with the way back to the text as it was typed

_SIGNS = str.maketrans(dict.fromkeys("’‘`´ʼʹ′", "'") | dict.fromkeys("‐‑‒–—−", "-"))


@lru_cache(maxsize=4096)
def _fold_sign(sign):
    if sign in "\n\r":
        return "\n"
    if sign.isspace():
        return " "
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Mn"):
        return ""
    return fold(sign) or sign.translate(_SIGNS)


def fold_text(text):
    """`(folded, index)`: without case, accents and invisible signs; `index[i]` is where `folded[i]` came from."""
    pieces, index = [], []
    for place, sign in enumerate(text):
        piece = sign if "a" <= sign <= "z" or sign == " " else _fold_sign(sign)
        pieces.append(piece)
        index.extend([place] * len(piece))
    return "".join(pieces), [*index, len(text)]


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


# Places and numbers of the dossier


def _town_forms(token):
    """`mechelen`, and `mechelse`, `mechelaar`."""
    stem = token.removesuffix("en")
    return rf"(?:{re.escape(token)}(?:'?s|se)?|{re.escape(stem)}(?:se?|aars?|enaars?))"


def _loose(tokens):
    """Tokens as they may be written: with other signs between them, an apostrophe or none."""
    return r"[\s\-.,'/()]*".join(r"['\s]?".join(re.escape(part) for part in token.split("'")) for token in tokens)


def _place_pattern(naam):
    tokens = tokens_of(naam)
    if not tokens or all(token in ALGEMEEN or token in VOORVOEGSELS or len(token) < 2 for token in tokens):
        return None
    if len(tokens) == 1 and not tokens[0][0].isdigit():
        return _town_forms(tokens[0])
    return _loose(tokens)


def find_known_places(folded, index, plaatsen):
    """[(street, town, school ...)] of the dossier, in any case; a house number behind it belongs to it."""
    known = {}
    for naam, voorstel in plaatsen:
        pattern = _place_pattern(naam)
        if pattern:
            known.setdefault(pattern, voorstel)
    if not known:
        return
    names = {" ".join(tokens_of(naam)) for naam, _ in plaatsen}
    ordered = sorted(known, key=len, reverse=True)
    said = [known[pattern] for pattern in ordered]
    pattern = re.compile(rf"{START}(?:{'|'.join(f'({pattern})' for pattern in ordered)}){END}")
    for match in pattern.finditer(folded):
        voorstel, end = said[match.lastindex - 1], match.end()
        if re.search(r"se?$", match[0]) and match[0] not in names:
            voorstel = "plaatselijke"
        number = HOUSE_NUMBER.match(folded, end) if voorstel == "de straat" else None
        if number:
            voorstel, end = "het adres", number.end()
        yield Hit(index[match.start()], index[end], PLAATS, voorstel)


def find_known_numbers(folded, index, nummers):
    """Numbers of the dossier however they are written: `0470 12 34 56`, `+32 470/12.34.56`, `470123456`."""
    for nummer in nummers:
        core = fold(nummer).replace(" ", "")
        if core.isdigit() and len(core) > 7:
            core = re.sub(r"^(?:0032|32(?=\d{8,9}$))?0?", "", core)
        if len(core) < 4:
            continue
        signs = r"[\s./()\-]{0,3}".join(core)
        country = r"(?:(?:\+|00)\s?32[\s./()\-]{0,3})?(?:\(?0\)?[\s./\-]{0,3})?" if len(core) > 7 else ""
        for match in re.finditer(rf"(?<![^\W_]){country}{signs}(?![^\W_])", folded):
            yield Hit(index[match.start()], index[match.end()], NUMMER, "een nummer")
