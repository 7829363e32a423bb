"""A text without whom it is about: find what identifies somebody, and put something general in its place. Pure.

Talking a situation over with somebody outside is allowed when nobody can be recognised, directly or indirectly
(art. 458 of the penal code, as the manuals read it). What the dossier knows comes in as `Feiten`; what gives anybody
away (dates, ages, numbers) is in `partners/sporen.py`. A name is found whole, in any case, with or without accents,
also as a possessive, a diminutive or a plural: `Jan` stands in `Jans` and `Jantje`, not in `januari`.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from dossiers.ages import MONTHS
from dossiers.names import fold
from partners import sporen
from partners.herkennen import NAAM, Hit, Names, Numbers, Places, fold_text, merge, tokens_of
from partners.sporen import DATUM, PLAATS
from partners.woorden import BEKEND, ZEGWOORDEN

MOGELIJK = "mogelijke naam"
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.$")
_HALF_BEFORE = re.compile(r"(?<![\w'’-])(?:[A-ZÀ-ÖØ-Þ][\w'’]{1,30}-)+\Z")
_HALF_AFTER = re.compile(r"(?:-[A-ZÀ-ÖØ-Þ][\w'’]+)+")
_ARTICLE = re.compile(r"(?<!\w)(?:de|het|den)[ \t]\Z", re.IGNORECASE)
_GAP = re.compile(r"[ \t]*-?[ \t]*")


class Gevonden(NamedTuple):
    """A place `[start, end)` in a text, what stands there, what kind of thing it is and what could stand there."""

    start: int
    end: int
    woord: str
    soort: str
    voorstel: str


@dataclass(frozen=True)
class Persoon:
    """Someone the dossier knows: names as written there, and how she is called in general (`de moeder`)."""

    voornaam: str
    voorstel: str
    achternaam: str = ""


@dataclass(frozen=True, kw_only=True)
class Feiten:
    """What the dossier knows. `plaatsen`: (name of a street, town, school ..., what to say instead); `nummers`: phone
    numbers, file numbers, postcodes; `gemeenten`: every town there is, folded, whether the dossier names it or not."""

    vandaag: date
    personen: tuple = ()
    plaatsen: tuple = ()
    nummers: tuple = ()
    gemeenten: frozenset = frozenset()


_WORD = re.compile(r"(?<![^\W_])[^\W\d_](?:[^\W_]|['’-](?=[^\W_]))*")


def _fold_word(word):
    return word.lower() if word.isascii() else fold(word)


def _begins_sentence(text, start):
    before = text[max(0, start - 12) : start].rstrip(" \t\"'“”‘’«»(*_>#")
    if _INITIAL.search(before):
        return False
    return not before or before[-1] in ".!?\n\r:;•…-–—*" or unicodedata.category(before[-1]) == "So"


def _find_towns(text, gemeenten):
    """Towns that the dossier does not name: by their capital, or long enough to be no other word."""
    words = list(_WORD.finditer(text))
    for match, following in zip_longest(words, words[1:]):
        capital = match[0][0].isupper()
        if following and text[match.end() : following.start()] == " " and capital:
            pair = fold(f"{match[0]} {following[0]}")
            if pair in gemeenten:
                yield Hit(match.start(), following.end(), PLAATS, "de gemeente")
                continue
        folded = _fold_word(match[0])
        surely = capital and not _begins_sentence(text, match.start())
        if folded in gemeenten and (surely or (len(folded) > 5 and folded not in ZEGWOORDEN)):
            yield Hit(match.start(), match.end(), PLAATS, "de gemeente")


def _find_unknown(text):
    """A capital inside a sentence is a name in Dutch; whether it gives somebody away, a human says."""
    words, inside = [], set()
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) < 2 or not word[0].isupper() or (word.isupper() and len(word) < 7):
            continue
        whole = _fold_word(word)
        folded = re.sub(r"(?<=\w{2})'?s$", "", whole)
        if folded in BEKEND or whole in BEKEND:
            continue
        words.append((match, folded))
        if not _begins_sentence(text, match.start()):
            inside.add(folded)
    for match, folded in words:
        if folded in inside:
            yield Hit(match.start(), match.end(), MOGELIJK, "iemand")


# All together


def find_identifiers(text, facts):
    """Every place in `text` that may tell who it is about, in order, none overlapping: [Gevonden]."""
    folded, index = fold_text(text)
    names = Names(facts.personen)
    months = frozenset(token for persoon in facts.personen for token in tokens_of(persoon.voornaam)) & set(MONTHS)
    hits = _join([*names.find(folded, index), *names.find_initials(text)], text, names)
    hits = [hit._replace(start=_compound(text, hit)[0], end=_compound(text, hit)[1]) for hit in hits]
    hits += Numbers(facts.nummers).find(folded, index)
    hits += Places(facts.plaatsen).find(folded, index)
    traces = [*sporen.find_dates(folded, months), *sporen.find_ages(folded, facts.vandaag.year)]
    traces += sporen.find_numbers(folded)
    hits += [Hit(index[start], index[end], soort, said) for start, end, soort, said in traces]
    hits += [Hit(*found) for found in [*sporen.find_codes(text), *sporen.find_places(text)]]
    hits += _find_towns(text, facts.gemeenten)
    hits = merge(hits)
    hits = merge([*hits, *_outside(_find_unknown(text), hits)])
    return [_found(hit, text) for hit in hits]


def _found(hit, text):
    """A Hit with what stands there; an article before a place or a day goes along (`de Kerkstraat`: `de straat`)."""
    start = hit.start
    if hit.soort in (PLAATS, DATUM) and hit.voorstel.startswith(("de ", "het ", "in ", "die ")):
        article = _ARTICLE.search(text, max(0, start - 5), start)
        start = article.start() if article else start
    return Gevonden(start, hit.end, text[start : hit.end], hit.soort, hit.voorstel)


def _compound(text, hit):
    """(start, end) with the other half of a compound name, which the dossier may not know: `Peeters-Zwaluw`."""
    before = _HALF_BEFORE.search(text, max(0, hit.start - 40), hit.start)
    after = _HALF_AFTER.match(text, hit.end)
    return before.start() if before else hit.start, after.end() if after else hit.end


def _join(hits, text, names):
    """Names of one person that stand beside each other are one place: `Sara O'Neill-De Bruyn`, `W. Peeters`."""
    joined = []
    for hit in sorted(merge(hits)):
        last = joined[-1] if joined else None
        if last and last.wie & hit.wie and _GAP.fullmatch(text[last.end : hit.start]):
            wie = last.wie & hit.wie
            joined[-1] = Hit(last.start, hit.end, NAAM, names.say(wie, owns=hit.owns), wie, hit.owns)
        else:
            joined.append(hit)
    return joined


def _outside(hits, others):
    taken = {place for other in others for place in range(other.start, other.end)}
    return [hit for hit in hits if not taken & set(range(hit.start, hit.end))]


def replace(text, choices):
    """`text` with each Gevonden of `choices` ({Gevonden: new text}) replaced; a capital that began a sentence stays."""
    for found in sorted(choices, reverse=True):
        new = choices[found].strip()
        before = text[max(0, found.start - 12) : found.start].rstrip()
        ended = before[-1:] in (".", "!", "?") and not _INITIAL.search(before)
        if (found.woord[:1].isupper() and _begins_sentence(text, found.start)) or (found.woord[:1].isdigit() and ended):
            new = new[:1].upper() + new[1:]
        text = text[: found.start] + new + text[found.end :]
    return text


@dataclass
class Groep:
    """The same word in several places: one question to the assistant."""

    woord: str
    soort: str
    voorstel: str
    plaatsen: list = field(default_factory=list)


def group(found):
    """[Groep] of what was found, in order of first appearance: the same word as written, one group."""
    groups = {}
    for one in found:
        key = (one.woord, one.soort)
        groups.setdefault(key, Groep(one.woord, one.soort, one.voorstel)).plaatsen.append(one)
    return list(groups.values())
