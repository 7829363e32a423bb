"""Where something is: a place as people type it, and which of two postcodes is nearer to it."""

import math
import re
from dataclasses import dataclass
from typing import NamedTuple

from dossiers.names import fold
from partners.models import Postcode

UNKNOWN = "‘{}’ kennen we niet. Typ een postcode of een gemeente uit Vlaanderen of Brussel, geen deelgemeente."
KM_PER_DEGREE = 111.2


class Plek(NamedTuple):
    """A Postcode without its model."""

    pk: int
    code: str
    gemeente_id: int
    breedte: float
    lengte: float
    gemeente: str
    gemeente_frans: str


@dataclass(frozen=True)
class Plaats:
    """What somebody meant by a postcode or a municipality."""

    naam: str
    postcode_ids: frozenset
    gemeente_ids: frozenset
    breedte: float
    lengte: float


def load_plekken():
    """Every Postcode of the reference data. One query."""
    fields = ["pk", "code", "gemeente_id", "breedte", "lengte", "gemeente__naam", "gemeente__naam_frans"]
    return [Plek(*row) for row in Postcode.objects.order_by("code", "gemeente__naam").values_list(*fields)]


def _plaats(naam, plekken):
    return Plaats(
        naam,
        frozenset(plek.pk for plek in plekken),
        frozenset(plek.gemeente_id for plek in plekken),
        sum(plek.breedte for plek in plekken) / len(plekken),
        sum(plek.lengte for plek in plekken) / len(plekken),
    )


def fold_plaats(text):
    """`"St.-Niklaas"` and `"Sint Niklaas"` are the same."""
    return " ".join("sint" if word == "st" else word for word in fold(text).split())


def _fits(wanted, plek):
    """0 the name itself, 1 its beginning, 2 the beginning of a later word, 3 not."""
    best = 3
    for naam in (plek.gemeente, plek.gemeente_frans):
        folded = fold_plaats(naam)
        if folded == wanted:
            return 0
        if folded.startswith(wanted):
            best = min(best, 1)
        elif f" {wanted}" in folded:
            best = min(best, 2)
    return best


def find_plaats(text, plekken):
    """The Plaats that a typed text means: `2800`, `2800 Mechelen`, `mechelen`, `St-Niklaas`, `Ixelles`.

    ValueError with a Dutch sentence when it is not known or means more than one municipality.
    """
    code = re.search(r"\b\d{4}\b", text)
    if code:
        found = [plek for plek in plekken if plek.code == code[0]]
        names = list(dict.fromkeys(plek.gemeente for plek in found))
        if found:
            return _plaats(f"{code[0]} {' / '.join(names)}", found)
        raise ValueError(UNKNOWN.format(code[0]))
    wanted = fold_plaats(text)
    fits = {}
    for plek in plekken:
        fits.setdefault(_fits(wanted, plek) if wanted else 3, []).append(plek)
    best = min(fits, default=3)
    if best == 3:
        raise ValueError(UNKNOWN.format(text.strip()))
    names = list(dict.fromkeys(plek.gemeente for plek in fits[best]))
    if len(names) > 1:
        few = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
        raise ValueError(f"Er is meer dan één gemeente die zo heet: {few}. Typ de hele naam of de postcode.")
    return _plaats(names[0], fits[best])


def proximity(plaats, postcode):
    """How near a Postcode (or Plek, or None) is to a Plaats, smaller is nearer: the place itself, its municipality,
    then by kilometres, roughly."""
    if postcode is None:
        return (3, 0)
    if postcode.pk in plaats.postcode_ids:
        return (0, 0)
    if postcode.gemeente_id in plaats.gemeente_ids:
        return (1, 0)
    north = postcode.breedte - plaats.breedte
    east = (postcode.lengte - plaats.lengte) * math.cos(math.radians(plaats.breedte))
    return (2, round(math.hypot(north, east) * KM_PER_DEGREE))


class Werkgebieden:
    """Areas served as text, `2500, Mechelen`, and back. Pure, over the Plekken it is made with."""

    def __init__(self, plekken):
        self.gemeente = {plek.pk: plek.gemeente for plek in plekken}
        self.code = {plek.pk: plek.code for plek in plekken}
        self.by_gemeente, self.by_text = {}, {}
        for plek in plekken:
            self.by_gemeente.setdefault(plek.gemeente, set()).add(plek.pk)
            for text in (plek.code, fold_plaats(plek.gemeente)):
                self.by_text.setdefault(text, set()).add(plek.pk)

    def parse(self, text):
        """Ids of the postcodes that a text names. ValueError with a Dutch sentence."""
        ids = set()
        for part in re.split(r"[,;\n]", text):
            if not part.strip():
                continue
            known = self.by_text.get(fold_plaats(part))
            if not known:
                raise ValueError(UNKNOWN.format(part.strip()))
            ids |= known
        return frozenset(ids)

    def format(self, ids):
        """Whole municipalities by their name, what is left by postcode."""
        touched = {self.gemeente[pk] for pk in ids}
        names = [naam for naam in touched if self.by_gemeente[naam] <= ids]
        left = set(ids).difference(*(self.by_gemeente[naam] for naam in names))
        return ", ".join(sorted({self.code[pk] for pk in left}) + sorted(names))
