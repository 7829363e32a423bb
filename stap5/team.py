"""The lists of a team, declared: which dossiers belong to each, what their number counts, and how they read as a table,
on screen and as CSV.

Pure: `stap5/access.py` reads the dossiers.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.conf import settings
from django.urls import reverse

from dossiers.rules import is_minor
from partners.models.doorverwijzing import Status
from partners.tabel import escape
from partners.verwijsregels import ASKED
from stap5.models import Uitkomst
from stap5.punten import CONTACT, DOORVERWIJZING, NAZICHT, OPDRACHT, PUNTSOORTEN, SIGNAAL, STILTE, shown
from stap5.rules import urgency

OUTCOMES_OF = timedelta(days=365)
DAY_IS = {DOORVERWIJZING: "op te volgen tegen", OPDRACHT: "einde op", SIGNAAL: "van"}  # the others: planned on it


@dataclass(frozen=True, kw_only=True)
class Teamdossier:
    """A dossier of the team with its Feiten and its points on the day `op`; `verlaten`: its plans that ended in the
    past year."""

    dossier: object
    feiten: object
    op: date
    punten: tuple = ()
    verlaten: tuple = ()

    @property
    def naam(self):
        return next((str(who) for who in self.dossier.gezin if who.is_justitiabele), self.dossier.kenmerk)

    @property
    def kinderen(self):
        """Who is under 18, or of an age that nobody knows."""
        return [who for who in self.dossier.gezin if is_minor(who, self.op)]

    def attention(self, soort=None):
        return [punt for punt in shown(self.punten) if soort in (None, punt.soort)]

    def late(self, soort=None):
        return [punt for punt in self.punten if punt.stand == "laat" and soort in (None, punt.soort)]


def _lines(punten):
    return tuple(map(_line, punten))


def _line(punt):
    """The point with its day, and what that day is."""
    day = punt.dag and punt.soort.met_dag and f"{DAY_IS.get(punt.soort, 'voorzien op')} {punt.dag:%d/%m/%Y}"
    about = [text for text in (day, punt.stand == "laat" and punt.soort.laat) if text]
    return f"{punt.tekst} ({', '.join(about)})" if about else punt.tekst


@dataclass(frozen=True, kw_only=True)
class Teamlijst:
    """A list of dossiers. `telt(item)` is for how many the dossier counts, 0 where it does not belong, and `enkel` and
    `meer` are what is counted; `wat(item)` the lines in the last column, whose head is `kop_wat`; `kort` its name among
    its likes."""

    slug: str
    titel: str
    telt: Callable
    leeg: str
    kort: str = ""
    enkel: str = "dossier"
    meer: str = "dossiers"
    uitleg: str = ""
    wat: Callable = lambda item: _lines(item.attention())
    kop_wat: str = "Vraagt aandacht"

    def count(self, items):
        return sum(self.telt(item) for item in items)

    def counted(self, items):
        """The number with what it counts and, of what is no dossier, in how many: `4 kinderen in 2 dossiers`."""
        number, rows = self.count(items), sum(1 for item in items if self.telt(item))
        what = f"{number} {self.enkel if number == 1 else self.meer}"
        if self.enkel == "dossier" or not rows:
            return what
        return f"{what} in {rows} {'dossier' if rows == 1 else 'dossiers'}"


def _in_open(count):
    """`count(item)`, for dossiers that are open."""
    return lambda item: count(item) if item.dossier.is_open else 0


def _late(soort=None):
    return {
        "telt": _in_open(lambda item: bool(item.late(soort))),
        "wat": lambda item: _lines(item.late(soort)),
        "kop_wat": "Te laat",
    }


def _asking(soort):
    return {
        "telt": _in_open(lambda item: bool(item.attention(soort))),
        "wat": lambda item: _lines(item.attention(soort)),
    }


def children_without(item):
    """The names of the children of a plan that runs who have no veiligheidsmens yet."""
    plan = item.feiten.plan
    return [kind.naam for kind in plan.kinderen if not kind.veiligheidsmensen] if plan else []


def waiting(item):
    """The referrals that a partner has not answered, the one that waits longest first."""
    return sorted((row for row in item.feiten.hulp if row.status in ASKED), key=lambda row: row.sinds)


def _waits(item, row):
    """To whom, how it stands, since how long, and by when one looks again. While the plan rests nothing is late."""
    days = (item.op - row.sinds).days
    since = "sinds vandaag" if days == 0 else f"al {days} {'dag' if days == 1 else 'dagen'}"
    until = "antwoord verwacht tegen" if row.status == Status.VERSTUURD else DAY_IS[DOORVERWIJZING]
    rests = item.feiten.plan and item.feiten.plan.pauze_tot
    late = f", {DOORVERWIJZING.laat}" if urgency(row.controle, item.op) == "laat" and not rests else ""
    return f"{row.naar}: {Status(row.status).label}, {since} ({until} {row.controle:%d/%m/%Y}{late})"


DOSSIERS = Teamlijst(
    slug="dossiers", titel="Open dossiers", telt=_in_open(lambda item: 1), leeg="Dit team heeft geen open dossiers."
)
MET_STAP_5 = Teamlijst(
    slug="stap-5",
    titel="Dossiers in stap 5",
    telt=_in_open(lambda item: item.feiten.plan is not None),
    leeg="In geen enkel dossier loopt stap 5.",
)
TE_LAAT = Teamlijst(
    slug="te-laat",
    titel="Dossiers met iets te laat",
    leeg="Nergens is iets te laat.",
    uitleg="Dossiers waarin minstens één ding voorbij zijn dag is.",
    **_late(),
)
STIL = Teamlijst(
    slug="stil",
    titel=f"Stille dossiers ({settings.STILTE_DAGEN} dagen niets genoteerd)",
    leeg="Nergens is het stil.",
    uitleg=f"Stap 5 loopt, en er werd meer dan {settings.STILTE_DAGEN} dagen niets genoteerd of gewijzigd.",
    **_late(STILTE),
)
WACHT = Teamlijst(
    slug="wacht-op-partner",
    titel="Doorverwijzingen die op een partner wachten",
    telt=_in_open(lambda item: len(waiting(item))),
    leeg="Er wacht geen enkele doorverwijzing op antwoord.",
    enkel="doorverwijzing",
    meer="doorverwijzingen",
    uitleg="Verstuurd en nog geen antwoord, of op een wachtlijst.",
    wat=lambda item: tuple(_waits(item, row) for row in waiting(item)),
    kop_wat="Op wie, en sinds wanneer",
)
ZONDER = Teamlijst(
    slug="zonder-veiligheidsmens",
    titel="Kinderen zonder veiligheidsmens",
    telt=_in_open(lambda item: len(children_without(item))),
    leeg="Elk kind in stap 5 heeft een veiligheidsmens.",
    enkel="kind",
    meer="kinderen",
    uitleg="Bij wie kan het kind terecht als er iets is?",
    wat=lambda item: tuple(children_without(item)),
    kop_wat="Wie heeft nog niemand?",
)
HOOFDLIJSTEN = (DOSSIERS, MET_STAP_5, TE_LAAT, STIL, WACHT, ZONDER)

# By kind, what asks attention and what of that is late. Silence stands among the main lists already; an answered review
# and a planned contact ask nothing of who leads the team.
SOORTLIJSTEN = tuple(
    (
        Teamlijst(
            slug=f"aandacht-{soort.slug}",
            titel=f"Dossiers met {soort.meer}",
            kort=soort.meer,
            leeg="Hier vraagt niets aandacht.",
            **_asking(soort),
        ),
        Teamlijst(
            slug=f"te-laat-{soort.slug}",
            titel=f"Te laat: dossiers met {soort.meer}",
            kort=soort.meer,
            leeg="Hier is niets te laat.",
            **_late(soort),
        ),
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
        kort=uitkomst.label,
        telt=lambda item: len(ended(item)),
        leeg="Geen enkel stappenplan eindigde zo in het voorbije jaar.",
        enkel="stappenplan",
        meer="stappenplannen",
        uitleg="In het voorbije jaar, ook in afgesloten dossiers.",
        wat=lambda item: tuple(f"{plan.gestopt_op:%d/%m/%Y}, besloten met {plan.uitkomst_met}" for plan in ended(item)),
        kop_wat="Wanneer, en met wie besloten",
    )


UITKOMSTLIJSTEN = tuple(map(_outcome, Uitkomst))
LIJSTEN = {lijst.slug: lijst for lijst in (*HOOFDLIJSTEN, *chain(*SOORTLIJSTEN), *UITKOMSTLIJSTEN)}


# Tables


@dataclass(frozen=True, kw_only=True)
class Cel:
    """Lines of text; `href` is where they lead to, if anywhere."""

    regels: tuple
    href: str = ""

    @property
    def tekst(self):
        return "; ".join(self.regels)


@dataclass(frozen=True, kw_only=True)
class Tabel:
    """What stands on the screen, and in the CSV of it."""

    titel: str
    kolommen: tuple
    rijen: tuple

    @property
    def met_koppen(self):
        """Every row as [(head of the column, cell)]: on a phone each cell says what it is."""
        return [list(zip(self.kolommen, rij, strict=True)) for rij in self.rijen]


def tables_as_csv(tabellen):
    """Text of the file, with cells that a spreadsheet does not run as a formula. Several tables stand under each other,
    each with its title, an empty row between. Encode it as utf-8-sig."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for number, tabel in enumerate(tabellen):
        if number:
            writer.writerow([])
        if len(tabellen) > 1:
            writer.writerow([escape(tabel.titel)])
        writer.writerow([escape(kop) for kop in tabel.kolommen])
        writer.writerows([escape(cel.tekst) for cel in rij] for rij in tabel.rijen)
    return buffer.getvalue()


def owner_name(user):
    return str(user) if user.is_active else f"{user} (niet meer actief)"


def _text(text):
    return Cel(regels=(text,))


def _number(lijst, items, user=None):
    number, sleutel = lijst.count(items), [user.sleutel] if user else []
    route = "stap5:teamlijst_van" if user else "stap5:teamlijst"
    return Cel(regels=(str(number),), href=reverse(route, args=[lijst.slug, *sleutel]) if number else "")


def team_tables(items, leden):
    """{name: Tabel} of the page of the team, in their order on the page. `leden`: colleagues to show without dossiers
    too."""
    return {"werklast": _caseload(items, leden), "aandacht": _attention(items), "uitkomsten": _outcomes(items)}


def _caseload(items, leden):
    """The main lists, counted per colleague and for the whole team."""
    colleagues = {user.pk: user for user in leden} | {item.dossier.eigenaar_id: item.dossier.eigenaar for item in items}
    rows = []
    for user in sorted(colleagues.values(), key=lambda user: (user.last_name, user.first_name, user.username)):
        own = [item for item in items if item.dossier.eigenaar_id == user.pk]
        if own or user.is_active:
            rows.append((_text(owner_name(user)), *(_number(lijst, own, user) for lijst in HOOFDLIJSTEN)))
    total = (_text("Samen"), *(_number(lijst, items) for lijst in HOOFDLIJSTEN))
    return Tabel(
        titel="Wie volgt wat",
        kolommen=("Justitieassistent", *(lijst.titel for lijst in HOOFDLIJSTEN)),
        rijen=(*rows, total),
    )


def _attention(items):
    return Tabel(
        titel="Wat vraagt aandacht?",
        kolommen=("Dossiers met", "Vraagt aandacht", "Waarvan te laat"),
        rijen=tuple(
            (_text(asking.kort), _number(asking, items), _number(late, items)) for asking, late in SOORTLIJSTEN
        ),
    )


def _outcomes(items):
    return Tabel(
        titel="Hoe eindigde stap 5?",
        kolommen=("Uitkomst", "Stappenplannen, in het voorbije jaar"),
        rijen=tuple((_text(lijst.kort), _number(lijst, items)) for lijst in UITKOMSTLIJSTEN),
    )


def list_table(lijst, items):
    """The dossiers of one list, the one with the most urgent point first."""
    found = sorted(
        (item for item in items if lijst.telt(item)),
        key=lambda item: (not item.punten, item.punten and item.punten[0].order, item.naam),
    )
    return Tabel(
        titel=lijst.counted(found),
        kolommen=("Justitiabele", "Kinderen", "Justitieassistent", "Opdracht tot", lijst.kop_wat),
        rijen=tuple(_row(lijst, item) for item in found),
    )


def _row(lijst, item):
    einde = item.feiten.einde
    return (
        Cel(regels=(item.naam,), href=reverse("dossiers:detail", args=[item.dossier.kenmerk])),
        Cel(regels=tuple(who.keuze_label for who in item.kinderen)),
        _text(owner_name(item.dossier.eigenaar)),
        _text(f"{einde:%d/%m/%Y}" if einde else ""),
        Cel(regels=lijst.wat(item)),
    )
