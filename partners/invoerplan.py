"""What a file of partners would change: a dry run. Reads, never writes."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field

from partners.kantoorcellen import Naslag, all_cells, check_cells, natural_key
from partners.models import Functie, Partner
from partners.tabel import CONTACT, CONTACT_COLUMNS, read_table

TO_CONFIRM = [column for column in CONTACT_COLUMNS if column.endswith(("_telefoon", "_email"))]


@dataclass(frozen=True)
class Contactwijziging:
    """A phone number or e-mail address of an office that is there already: confirmed one by one."""

    sleutel: str
    naam: str
    column: str
    oud: str
    nieuw: str

    @property
    def teken(self):
        """What stands for it in a form."""
        return f"{self.sleutel}/{self.column}"

    @property
    def wat(self):
        """`telefoon (Overleg)`"""
        functie, _, veld = self.column.partition("_")
        return f"{'e-mail' if veld == 'email' else veld} ({Functie(functie).label})"


@dataclass(frozen=True)
class Rij:
    """One good row: the cells it asks for, and the office with its cells where that is there already."""

    nummer: int
    cells: dict
    partner: Partner | None = None
    oud: dict | None = None

    @property
    def contact(self):
        """The Contactwijzigingen of this row."""
        if self.oud is None:
            return []
        names = self.oud["sleutel"], self.oud["naam"]
        return [
            Contactwijziging(*names, column, self.oud[column], self.cells[column])
            for column in TO_CONFIRM
            if self.oud[column] != self.cells[column]
        ]

    def result(self, confirmed):
        """The cells as they become when only the Contactwijzigingen in `confirmed` (their `teken`) are done."""
        cells = dict(self.cells)
        for wijziging in self.contact:
            if wijziging.teken not in confirmed:
                cells[wijziging.column] = wijziging.oud
        for functie in Functie.values:
            if not (cells[f"{functie}_telefoon"] or cells[f"{functie}_email"]):
                cells |= {f"{functie}_{veld}": "" for veld in CONTACT}
        return cells

    @property
    def kolommen(self):
        """The columns that differ, contact data that is confirmed apart left out."""
        return [column for column in self.cells if self.oud[column] != self.cells[column] and column not in TO_CONFIRM]


@dataclass
class Plan:
    """What a file would do. `fouten`: [(row number, [Dutch reasons])]; with any, nothing is done."""

    fouten: list = field(default_factory=list)
    nieuw: list = field(default_factory=list)
    gewijzigd: list = field(default_factory=list)
    ongewijzigd: int = 0

    @property
    def contact(self):
        return [wijziging for rij in self.gewijzigd for wijziging in rij.contact]

    @property
    def doet_iets(self):
        return bool(self.nieuw or self.gewijzigd) and not self.fouten

    @property
    def stand(self):
        """Digest of what was shown: another one means that the directory changed since."""
        rows = [[rij.nummer, rij.oud, rij.cells] for rij in self.nieuw + self.gewijzigd]
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _checked(text, naslag, plan):
    """The rows that can be read, as [(number, cells)]; the others go to `plan.fouten`."""
    good = []
    for number, typed in read_table(text):
        cells, reasons = (None, [typed]) if isinstance(typed, str) else check_cells(typed, naslag)
        if reasons:
            plan.fouten.append((number, [reason.removesuffix(".") for reason in reasons]))
        else:
            good.append((number, cells))
    return good


class _Finder:
    """Which office a row is about, and whether another row of the file is about the same."""

    def __init__(self, known, good):
        self.by_sleutel = {cells["sleutel"]: (partner, cells) for partner, cells in known}
        self.by_name, self.seen = {}, {}
        for partner, cells in known:
            self.by_name.setdefault(natural_key(cells), []).append((partner, cells))
        self.named = Counter(natural_key(cells) for _, cells in good)
        self.first = {}
        for number, cells in good:
            self.first.setdefault(natural_key(cells), number)

    def find(self, number, cells):
        """(Partner, its cells) or (None, None) for a new one. ValueError with a Dutch sentence."""
        key, sleutel = natural_key(cells), cells["sleutel"]
        found = (None, None)
        if sleutel:
            found = self.by_sleutel.get(sleutel, found)
        else:
            same = self.by_name.get(key, [])
            if len(same) > 1:
                raise ValueError("er is meer dan één partner met deze soort, naam en postcode; zet de sleutel erbij")
            if self.named[key] > 1 and self.first[key] != number:
                raise ValueError(f"deze partner staat ook op rij {self.first[key]}")
            found = same[0] if same else found
        claim = found[1]["sleutel"] if found[1] else sleutel or key
        if claim in self.seen:
            raise ValueError(f"deze partner staat ook op rij {self.seen[claim]}")
        self.seen[claim] = number
        return found


def plan_import(text):
    """The Plan of a file's text. BadFile when it cannot be read at all."""
    plan, naslag = Plan(), Naslag()
    good = _checked(text, naslag, plan)
    finder = _Finder(all_cells(naslag), good)
    for number, cells in good:
        try:
            partner, oud = finder.find(number, cells)
        except ValueError as error:
            plan.fouten.append((number, [str(error)]))
            continue
        if partner is None:
            plan.nieuw.append(Rij(number, cells))
            continue
        cells = cells | {"sleutel": oud["sleutel"]}
        if cells == oud:
            plan.ongewijzigd += 1
        else:
            plan.gewijzigd.append(Rij(number, cells, partner, oud))
    plan.fouten.sort(key=lambda fout: fout[0])
    return plan
