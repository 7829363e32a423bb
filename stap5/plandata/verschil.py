"""What changed between two versions of a plan: added, changed, ended, item by item, in words. Pure.

One table says which facts of which rows are compared, and how they read; what only time does (an age, a deadline, how
many days) is not among them. People and other rows are compared by sleutel: a corrected name changes nothing else.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from uuid import UUID, uuid5

from stap5.models.zorg import shorten
from stap5.plandata import verschiltabel as tabel

NIEUW, GEWIJZIGD, BEEINDIGD = "nieuw", "gewijzigd", "beeindigd"


@dataclass(frozen=True, kw_only=True)
class Onderdeel:
    """One item of a version: what may be remarked upon. `wat`: its kind; `titel`: which one; `voorbij`: is it over?"""

    sleutel: str
    wat: str
    titel: str
    voorbij: bool = False

    @property
    def keuze_label(self):
        return shorten(f"{self.wat}{' (beëindigd)' if self.voorbij else ''}: {self.titel}", 120)


@dataclass(frozen=True, kw_only=True)
class Verandering(Onderdeel):
    """An item and what became of it. `soort`: nieuw, gewijzigd or beeindigd; `velden`: [(label, was, is)] of what
    differs, texts; `einde`: how it ended, or ""."""

    soort: str
    velden: list = field(default_factory=list)
    einde: str = ""


def word_by_word(was, nu):
    """Both texts cut into [(piece, differs?)]; a text that has nothing beside it stays whole."""
    if not (was and nu):
        return [(was, False)], [(nu, False)]
    before, after = (re.split(r"(\s+)", text) for text in (was, nu))
    left, right = [], []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left.append(("".join(before[a:b]), tag != "equal"))
        right.append(("".join(after[c:d]), tag != "equal"))
    return [piece for piece in left if piece[0]], [piece for piece in right if piece[0]]


def items(data):
    """[Onderdeel] of everything that stands in a version, in the order of the walk."""
    return [_item(lijst, row, data) for lijst in tabel.LIJSTEN for row in lijst.rijen(data)]


def changes(was, nu):
    """[Verandering] from the version `was` (None: there was none) to `nu`, in the order of the walk."""
    return [change for lijst in tabel.LIJSTEN for change in _of_list(lijst, was, nu)]


def _of_list(lijst, was, nu):
    before = {_key(lijst, row, was): row for row in lijst.rijen(was)} if was else {}
    for row in lijst.rijen(nu):
        old = before.pop(_key(lijst, row, nu), None)
        found = _new(lijst, row, nu) if old is None else _kept(lijst, old, row, was, nu)
        if found:
            yield found
    for row in before.values():
        if not lijst.einde(row):  # what had ended before is no news
            yield _as(BEEINDIGD, _item(lijst, row, was), einde="staat niet meer in het plan")


def _new(lijst, row, nu):
    fields = [(veld.label, "", text) for veld in lijst.velden if (text := veld.tekst(row, nu))]
    return _as(NIEUW, _item(lijst, row, nu), velden=fields, einde=lijst.einde(row))


def _kept(lijst, old, row, was, nu):
    fields = [veld.verschil(old, row, was, nu) for veld in lijst.velden]
    fields = [difference for difference in fields if difference]
    ended = "" if lijst.einde(old) else lijst.einde(row)
    if not fields and not ended:
        return None
    return _as(BEEINDIGD if ended else GEWIJZIGD, _item(lijst, row, nu), velden=fields, einde=ended)


def _as(soort, item, **more):
    return Verandering(**vars(item), soort=soort, **more)


def _item(lijst, row, data):
    key, ended = _key(lijst, row, data), bool(lijst.einde(row))
    return Onderdeel(sleutel=key, wat=lijst.wat, titel=lijst.titel(row, data), voorbij=ended)


def _key(lijst, row, data):
    """The row's own sleutel; where a row stands for a person (the newest answer of a parent), one made of both."""
    if not lijst.per_persoon:
        return row["sleutel"]
    who = row[lijst.per_persoon]
    return str(uuid5(UUID(who["sleutel"] if who else data["plan"]["sleutel"]), lijst.naam))
