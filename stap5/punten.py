"""What asks attention in a dossier and by when, worked out from facts, which `stap5/feiten.py` reads. Pure functions.

The worklist, the team page, the reminder and the calendar all read these points.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from dossiers.names import and_list
from partners.verwijsregels import reminder
from stap5.rules import SOON, WEEKS_NEEDED, urgency

REVIEWED_WITHIN = timedelta(days=14)  # our own choice


@dataclass(frozen=True, kw_only=True)
class Puntsoort:
    """A kind of point: how one and several are called in a count, what they are past their day and shortly before it,
    and their title in a calendar ("" keeps it out), which names nobody. `met_dag`: is its day one that people agreed
    on, to be shown?"""

    slug: str
    enkel: str
    meer: str
    laat: str = "te laat"
    dra: str = "binnenkort"
    agenda: str = ""
    agenda_meer: str = ""  # follows a number
    met_dag: bool = True

    def count(self, number):
        return f"{number} {self.enkel if number == 1 else self.meer}"

    def title(self, number):
        """Of `number` points on one day, in a calendar."""
        return self.agenda if number == 1 else f"{number} {self.agenda_meer}"


CONTROLE = Puntsoort(
    slug="controle",
    enkel="afspraak om na te kijken",
    meer="afspraken om na te kijken",
    agenda="Een afspraak nakijken",
    agenda_meer="afspraken nakijken",
)
GESPREK = Puntsoort(
    slug="gesprek",
    enkel="gesprek over ouderschap",
    meer="gesprekken over ouderschap",
    agenda="Een gesprek over ouderschap",
    agenda_meer="gesprekken over ouderschap",
)
DOORVERWIJZING = Puntsoort(
    slug="doorverwijzing",
    enkel="doorverwijzing om op te volgen",
    meer="doorverwijzingen om op te volgen",
    agenda="Een doorverwijzing opvolgen",
    agenda_meer="doorverwijzingen opvolgen",
)
OPDRACHT = Puntsoort(
    slug="opdracht",
    enkel="opdracht die eerder eindigt dan het plan",
    meer="opdrachten die eerder eindigen dan het plan",
    laat="al voorbij",
    agenda="Een opdracht eindigt",
    agenda_meer="opdrachten eindigen",
)
KIND = Puntsoort(
    slug="kind",
    enkel="kind niet gezien of gesproken",
    meer="kinderen niet gezien of gesproken",
    laat="al te lang",
    dra="bijna te lang",
    met_dag=False,
)
STILTE = Puntsoort(
    slug="stilte",
    enkel="dossier waarin het stil is",
    meer="dossiers waarin het stil is",
    laat="al te lang",
    dra="bijna te lang",
    met_dag=False,
)
HERVATTEN = Puntsoort(
    slug="hervatten",
    enkel="plan om te hervatten",
    meer="plannen om te hervatten",
    agenda="Een plan hervatten",
    agenda_meer="plannen hervatten",
)
SIGNAAL = Puntsoort(
    slug="signaal",
    enkel="signaal om te wegen",
    meer="signalen om te wegen",
    laat="nog niet gewogen",
)
NAZICHT = Puntsoort(slug="nazicht", enkel="beantwoord nazicht", meer="beantwoorde nazichten")
WACHT = Puntsoort(
    slug="wacht",
    enkel="nazicht zonder antwoord",
    meer="nazichten zonder antwoord",
    laat="al te lang",
    dra="bijna te lang",
    met_dag=False,
)
CONTACT = Puntsoort(
    slug="contact",
    enkel="gepland contact",
    meer="geplande contacten",
    agenda="Een gepland contact",
    agenda_meer="geplande contacten",
)
PUNTSOORTEN = (SIGNAAL, NAZICHT, WACHT, CONTACT, CONTROLE, GESPREK, DOORVERWIJZING, OPDRACHT, KIND, STILTE, HERVATTEN)


@dataclass(frozen=True, kw_only=True)
class Punt:
    """One point: a Dutch sentence, the day it is due (None: now), where it is taken up, and how it stands on the day it
    was worked out: `laat`, `dra` or "". `toon`: does it ask attention already?"""

    soort: Puntsoort
    tekst: str
    dag: date | None
    stand: str
    toon: bool
    kenmerk: str
    route: str
    sleutel: str = ""
    aantal: int = 1  # how many of its kind it stands for
    wacht: bool = False  # does a colleague wait for who writes the plan?

    @property
    def href(self):
        return reverse(self.route, args=[self.kenmerk, *([self.sleutel] if self.sleutel else [])])

    @property
    def zin(self):
        """The point as one line, where no tag shows its day."""
        day = f" ({self.dag:%d/%m/%Y})" if self.dag and self.soort.met_dag else ""
        return f"{self.tekst}{day}{f', {self.soort.laat}' if self.stand == 'laat' else ''}"

    @property
    def order(self):
        """Late ones first, each from the oldest day on."""
        return {"laat": 0, "dra": 1, "": 2}[self.stand], self.dag or date.min


@dataclass(frozen=True, kw_only=True)
class Afspraakfeit:
    """A running agreement: when it is checked next, and until when it holds."""

    sleutel: str
    kort: str
    controle: date
    loopt: bool = True
    tot: date | None = None


@dataclass(frozen=True, kw_only=True)
class Kindfeit:
    """A born child: when it was last seen or spoken with, and how many veiligheidsmensen it has."""

    naam: str
    gezien: date | None = None
    veiligheidsmensen: int = 0


@dataclass(frozen=True, kw_only=True)
class Hulpfeit:
    """A referral that is not over."""

    sleutel: str
    naar: str
    status: str
    sinds: date | None
    controle: date | None


@dataclass(frozen=True, kw_only=True)
class Signaalfeit:
    """A worrying sign that the decision of step 4 does not know yet."""

    datum: date
    door: str


@dataclass(frozen=True, kw_only=True)
class Nazichtfeit:
    """The newest review: what was decided, a code ("": nothing yet), and when, or when it was asked."""

    sleutel: str  # of the version
    besluit: str
    op: date


@dataclass(frozen=True, kw_only=True)
class Contactfeit:
    """A planned contact that is still to come."""

    wat: str
    datum: date


@dataclass(frozen=True, kw_only=True)
class Planfeiten:
    """What holds of a plan that runs. `pauze_tot`: the day on which it is taken up again, where it rests."""

    begonnen: date
    pauze_tot: date | None = None
    gesprek: date | None = None
    afspraken: tuple = ()
    kinderen: tuple = ()
    genoteerd: date | None = None
    signalen: tuple = ()
    nazicht: Nazichtfeit | None = None


@dataclass(frozen=True, kw_only=True)
class Feiten:
    """What holds of one dossier; `plan` only while step 5 runs; `einde`: of its last mandate, None without one."""

    kenmerk: str
    plan: Planfeiten | None = None
    hulp: tuple = ()
    einde: date | None = None
    contacten: tuple = ()


@dataclass(frozen=True, kw_only=True)
class Termijnen:
    """After how many days without a word it is silent, and a child should be seen or spoken with again."""

    stilte: int
    kind: int


def agreement_fact(sleutel, kort, controle, tot, stand):
    """The Afspraakfeit of an agreement; None when it is over. One that ended before anybody checked it still asks."""
    unchecked = stand == "afgelopen" and controle <= tot
    if stand in ("loopt", "gepland") or unchecked:
        return Afspraakfeit(sleutel=sleutel, kort=kort, controle=controle, loopt=stand != "gepland", tot=tot)
    return None


def points(feiten, op, termijnen=None):
    """[Punt] of a dossier on the date `op`, in the order in which they ask attention. While a plan rests it asks
    nothing, until the day on which it is taken up again; worrying signs and planned contacts are shown all the same.
    `termijnen`: those of the settings unless said otherwise."""
    termijnen = termijnen or Termijnen(stilte=settings.STILTE_DAGEN, kind=settings.KIND_NIET_GEZIEN_DAGEN)
    plan, maker = feiten.plan, _Maker(feiten.kenmerk, op)
    found = [*_contacts(feiten, maker), *(_signs(plan, maker) if plan else ())]
    if plan and plan.pauze_tot:
        found += _resume(plan, maker)
    else:
        found += [*(_of_plan(feiten, maker, termijnen) if plan else ()), *_help(feiten, maker)]
    return sorted(found, key=lambda punt: punt.order)


def shown(punten):
    """The points that ask attention now."""
    return [punt for punt in punten if punt.toon]


@dataclass(frozen=True)
class _Maker:
    kenmerk: str
    op: date

    def __call__(self, soort, tekst, dag, route, *, toon=None, **more):
        stand = urgency(dag, self.op)
        return Punt(
            soort=soort,
            tekst=tekst,
            dag=dag,
            stand=stand,
            toon=bool(stand) if toon is None else toon,
            kenmerk=self.kenmerk,
            route=route,
            **more,
        )


def _contacts(feiten, make):
    where = "stap5:bezoek" if feiten.plan else "dossiers:contactmomenten"
    for row in feiten.contacten:
        yield make(CONTACT, row.wat, row.datum, where)


def _signs(plan, make):
    """Signs that nobody weighed yet, due since the oldest: a new one must not make an old one look fresh."""
    if not plan.signalen:
        return
    first, last = (pick(plan.signalen, key=lambda row: row.datum) for pick in (min, max))
    which = f"{len(plan.signalen)} signalen, het laatste van" if len(plan.signalen) > 1 else "Signaal, genoteerd door"
    tekst = f"{which} {last.door}: kijk opnieuw naar stap 4"
    yield make(SIGNAAL, tekst, first.datum, "stap5:overzicht", toon=True, aantal=len(plan.signalen))


def _review(plan, make):
    """The answer to the newest review, or that it stays out: nothing waits for it, but somebody must notice."""
    row = plan.nazicht
    if row is None:
        return
    back = row.besluit == "teruggestuurd"
    if row.besluit:
        tekst, dag = f"Nazicht beantwoord: {row.besluit} op {row.op:%d/%m/%Y}", None
        toon = back or make.op - row.op <= SOON
    else:
        tekst, dag, toon = f"Nazicht gevraagd op {row.op:%d/%m/%Y}, nog geen antwoord", row.op + REVIEWED_WITHIN, None
    kind, more = NAZICHT if row.besluit else WACHT, {"sleutel": row.sleutel, "toon": toon, "wacht": back}
    yield make(kind, tekst, dag, "stap5:nazicht", **more)


def _resume(plan, make):
    due = plan.pauze_tot <= make.op
    return [make(HERVATTEN, "Het plan rust. Is het tijd om te hervatten?", plan.pauze_tot, "stap5:opvolging", toon=due)]


def _of_plan(feiten, make, termijnen):
    plan = feiten.plan
    for row in plan.afspraken:
        if row.loopt:
            yield make(
                CONTROLE, f"Controle van “{row.kort}”", row.controle, "stap5:afspraken_controle", sleutel=row.sleutel
            )
    if plan.gesprek:
        yield make(GESPREK, "Gesprek over ouderschap", plan.gesprek, "stap5:opvolging")
    yield from _review(plan, make)
    yield from _mandate(feiten, make)
    yield from _children(plan, make, timedelta(days=termijnen.kind))
    last = plan.genoteerd or plan.begonnen
    yield make(
        STILTE,
        f"Niets genoteerd sinds {last:%d/%m/%Y}",
        last + timedelta(days=termijnen.stilte),
        "dossiers:voortgang",
    )


def _mandate(feiten, make):
    """The scope clock: the mandate's end against what the plan still has open."""
    if feiten.einde is None:
        return
    plan = feiten.plan
    agreed = [day for row in plan.afspraken for day in (row.controle, row.tot)]
    open_until = max(filter(None, [*agreed, plan.gesprek, *(row.controle for row in feiten.hulp)]), default=None)
    left = (feiten.einde - make.op).days
    if left < 0:
        tekst = "De opdracht is voorbij, het plan loopt nog"
    elif open_until and feiten.einde < open_until:
        tekst = f"De opdracht eindigt, het plan loopt tot {open_until:%d/%m/%Y}"
    else:
        tekst = "De opdracht eindigt, stap 5 loopt nog"
    short = left < WEEKS_NEEDED * 7 or bool(open_until and feiten.einde < open_until)
    yield make(OPDRACHT, tekst, feiten.einde, "stap5:opvolging", toon=short)


def _children(plan, make, after):
    """Children who were not seen or spoken with for a while, taken together by the day of the last time."""
    names = {}
    for kind in plan.kinderen:
        names.setdefault(kind.gezien, []).append(kind.naam)
    for seen, children in names.items():
        how = f"niet gezien of gesproken sinds {seen:%d/%m/%Y}" if seen else "nog niet gezien of gesproken"
        yield make(
            KIND,
            f"{and_list(children)} {how}",
            (seen or plan.begonnen) + after,
            "stap5:opvolging",
            aantal=len(children),
        )


def _help(feiten, make):
    for row in feiten.hulp:
        found = reminder(row.naar, row.status, row.sinds, row.controle, make.op)
        yield make(
            DOORVERWIJZING,
            found[0] if found else f"Doorverwijzing naar {row.naar}",
            row.controle,
            "partners:doorverwijzingen",
            toon=None if row.controle else bool(found),
        )
