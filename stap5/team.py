"""The lists of a team, declared: which dossiers belong to each, and how they read as a table, on screen and as CSV.

Pure: `stap5/access.py` reads the dossiers.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from dossiers.rules import is_child
from partners.tabel import escape
from partners.verwijsregels import ASKED
from stap5.models import Uitkomst
from stap5.punten import CONTACT, NAZICHT, PUNTSOORTEN, STILTE, shown

OUTCOMES_OF = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Teamdossier:
    """A dossier of the team with its Feiten and its points; `verlaten`: its plans that ended in the past year."""

    dossier: object
    feiten: object
    punten: tuple = ()
    verlaten: tuple = ()

    @property
    def naam(self):
        return next((str(who) for who in self.dossier.gezin if who.is_justitiabele), self.dossier.kenmerk)

    def late(self, soort=None):
        return [punt for punt in self.punten if punt.stand == "laat" and soort in (None, punt.soort)]


def _attention(item):
    return tuple(punt.zin for punt in shown(item.punten))


@dataclass(frozen=True, kw_only=True)
class Teamlijst:
    """A list of dossiers. `telt(item)` is for how many the dossier counts, 0 where it does not belong; `wat(item)` the
    lines in the last column, whose head is `kop_wat`."""

    slug: str
    titel: str
    telt: Callable
    leeg: str
    uitleg: str = ""
    wat: Callable = _attention
    kop_wat: str = "Vraagt aandacht"


def _in_open(count):
    """`count(item)`, for dossiers that are open."""
    return lambda item: count(item) if item.dossier.is_open else 0


def _late(soort=None):
    return _in_open(lambda item: bool(item.late(soort)))


def children_without(item):
    """The names of the children of a plan that runs who have no veiligheidsmens yet."""
    plan = item.feiten.plan
    return [kind.naam for kind in plan.kinderen if not kind.veiligheidsmensen] if plan else []


def waiting(item):
    return [row for row in item.feiten.hulp if row.status in ASKED]


DOSSIERS = Teamlijst(
    slug="dossiers", titel="Open dossiers", telt=_in_open(lambda item: 1), leeg="Dit team heeft geen open dossiers."
)
MET_STAP_5 = Teamlijst(
    slug="stap-5",
    titel="In stap 5",
    telt=_in_open(lambda item: item.feiten.plan is not None),
    leeg="In geen enkel dossier loopt stap 5.",
)
TE_LAAT = Teamlijst(
    slug="te-laat",
    titel="Iets is te laat",
    telt=_late(),
    leeg="Nergens is iets te laat.",
    uitleg="Dossiers waarin minstens één ding voorbij zijn dag is.",
)
STIL = Teamlijst(
    slug="stil",
    titel="Stil",
    telt=_late(STILTE),
    leeg="Nergens is het stil.",
    uitleg="Stap 5 loopt, en er werd al een tijd niets genoteerd of gewijzigd.",
)
WACHT = Teamlijst(
    slug="wacht-op-partner",
    titel="Wacht op een partner",
    telt=_in_open(lambda item: len(waiting(item))),
    leeg="Er wacht geen enkele doorverwijzing op antwoord.",
    uitleg="Geteld per doorverwijzing die verstuurd is, of op een wachtlijst staat.",
)
ZONDER = Teamlijst(
    slug="zonder-veiligheidsmens",
    titel="Kinderen zonder veiligheidsmens",
    telt=_in_open(lambda item: len(children_without(item))),
    leeg="Elk kind in stap 5 heeft een veiligheidsmens.",
    uitleg="Geteld per kind. Bij wie kan het terecht als er iets is?",
    wat=lambda item: tuple(children_without(item)),
    kop_wat="Wie heeft nog niemand?",
)
HOOFDLIJSTEN = (DOSSIERS, MET_STAP_5, TE_LAAT, STIL, WACHT, ZONDER)

# What is late, by kind: silence stands among the main lists already, the others have no day to be late for.
LAATLIJSTEN = tuple(
    Teamlijst(
        slug=f"te-laat-{soort.slug}",
        titel=f"Te laat: {soort.meer}",
        telt=_late(soort),
        leeg="Hier is niets te laat.",
    )
    for soort in PUNTSOORTEN
    if soort not in (STILTE, NAZICHT, CONTACT)
)


def _outcome(uitkomst):
    """The list of the plans that ended with this outcome."""

    def ended(item):
        return [plan for plan in item.verlaten if plan.uitkomst == uitkomst]

    return Teamlijst(
        slug=f"verlaten-{uitkomst.value.replace('_', '-')}",
        titel=f"Stap 5 verlaten: {uitkomst.label}",
        telt=lambda item: len(ended(item)),
        leeg="Geen enkel stappenplan eindigde zo in het voorbije jaar.",
        uitleg="Geteld per stappenplan dat in het voorbije jaar eindigde, ook in afgesloten dossiers.",
        wat=lambda item: tuple(f"{plan.gestopt_op:%d/%m/%Y}, besloten met {plan.uitkomst_met}" for plan in ended(item)),
        kop_wat="Wanneer, en met wie besloten",
    )


UITKOMSTLIJSTEN = tuple(map(_outcome, Uitkomst))
LIJSTEN = {lijst.slug: lijst for lijst in (*HOOFDLIJSTEN, *LAATLIJSTEN, *UITKOMSTLIJSTEN)}


# Tables


@dataclass(frozen=True, kw_only=True)
class Cel:
    """Lines of text; `doel` is where it leads to: ("dossier", kenmerk) or ("lijst", slug, sleutel of a colleague)."""

    regels: tuple
    doel: tuple = ()

    @property
    def tekst(self):
        return "; ".join(self.regels)


@dataclass(frozen=True, kw_only=True)
class Tabel:
    """What stands on the screen, and in the CSV of it."""

    kolommen: tuple
    rijen: tuple

    @property
    def met_koppen(self):
        """Every row as [(head of the column, cell)]: on a phone each cell says what it is."""
        return [list(zip(self.kolommen, rij, strict=True)) for rij in self.rijen]


def table_as_csv(tabel):
    """Text of the file, with cells that a spreadsheet does not run as a formula. Encode it as utf-8-sig."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([escape(kop) for kop in tabel.kolommen])
    writer.writerows([escape(cel.tekst) for cel in rij] for rij in tabel.rijen)
    return buffer.getvalue()


def owner_name(user):
    return str(user) if user.is_active else f"{user} (niet meer actief)"


def _number(lijst, items, sleutel=None):
    number = sum(lijst.telt(item) for item in items)
    return Cel(regels=(str(number),), doel=("lijst", lijst.slug, sleutel) if number else ())


def caseload(items, leden):
    """The main lists, counted per colleague (those in `leden` without a dossier too) and for the whole team."""
    colleagues = {user.pk: user for user in leden} | {item.dossier.eigenaar_id: item.dossier.eigenaar for item in items}
    rows = []
    for user in sorted(colleagues.values(), key=lambda user: (user.last_name, user.first_name, user.username)):
        own = [item for item in items if item.dossier.eigenaar_id == user.pk]
        if own or user.is_active:
            numbers = (_number(lijst, own, user.sleutel) for lijst in HOOFDLIJSTEN)
            rows.append((Cel(regels=(owner_name(user),)), *numbers))
    total = (Cel(regels=("Samen",)), *(_number(lijst, items) for lijst in HOOFDLIJSTEN))
    return Tabel(kolommen=("Justitieassistent", *(lijst.titel for lijst in HOOFDLIJSTEN)), rijen=(*rows, total))


def counts(kop, lijsten, items):
    """Some lists with their number, one a row."""
    return Tabel(
        kolommen=(kop, "Aantal"),
        rijen=tuple((Cel(regels=(lijst.titel.partition(": ")[2],)), _number(lijst, items)) for lijst in lijsten),
    )


def list_table(lijst, items):
    """The dossiers of one list, the one with the most urgent point first."""
    found = sorted(
        (item for item in items if lijst.telt(item)),
        key=lambda item: (not item.punten, item.punten and item.punten[0].order, item.naam),
    )
    return Tabel(
        kolommen=("Justitiabele", "Kinderen", "Justitieassistent", "Opdracht tot", lijst.kop_wat),
        rijen=tuple(_row(lijst, item) for item in found),
    )


def _row(lijst, item):
    children = [who.keuze_label for who in item.dossier.gezin if is_child(who)]
    einde = item.feiten.einde
    return (
        Cel(regels=(item.naam,), doel=("dossier", item.dossier.kenmerk)),
        Cel(regels=tuple(children)),
        Cel(regels=(owner_name(item.dossier.eigenaar),)),
        Cel(regels=(f"{einde:%d/%m/%Y}" if einde else "",)),
        Cel(regels=lijst.wat(item)),
    )
