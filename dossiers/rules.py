"""What may be done with a dossier and by whom, and what follows from its facts. Nothing here writes."""

from datetime import date, timedelta
from enum import Enum

from django.conf import settings

from accounts import clock
from accounts.models import Rol
from accounts.rules import NotAllowed
from dossiers.ages import age_in_years
from dossiers.models import (
    TO_WORK,
    Betrokkenheid,
    Deelname,
    Deelnamesoort,
    Notitiesoort,
    Uitsluiting,
    Verbodsoort,
)
from dossiers.names import and_list

GROWN_UP = 18  # years


class Toegang(Enum):
    """Why somebody may see a dossier."""

    EIGENAAR = "eigenaar"
    DEELNAME = "deelname"
    TEAM = "teamverantwoordelijke"
    NAZICHT = "nazicht"


def closed_limit(now=None):
    """Dossiers closed before this moment are no longer seen by their owner."""
    return (now or clock.now()) - timedelta(days=settings.AFGESLOTEN_ZICHTBAAR_DAGEN)


def _reasons(user, dossier, deelnames, leads):
    owns = dossier.eigenaar_id == user.pk and (dossier.is_open or dossier.closed_at >= closed_limit())
    facts = {
        Toegang.EIGENAAR: owns,
        Toegang.DEELNAME: not deelnames.isdisjoint(TO_WORK),
        Toegang.TEAM: leads,
        Toegang.NAZICHT: Deelnamesoort.NAZICHT in deelnames,
    }
    return frozenset(reason for reason, holds in facts.items() if holds)


def toegang(user, dossier):
    """The reasons for which `user` may see `dossier`: a set of Toegang, empty when not at all. Queries.

    An Uitsluiting beats everything; a role without dossiers (toezichthouder, beheerder) never gets in.
    """
    if not user.is_active or not user.has_dossierrol:
        return frozenset()
    if Uitsluiting.objects.lopend().filter(dossier=dossier, gebruiker=user).exists():
        return frozenset()
    deelnames = set(Deelname.objects.geldend().filter(dossier=dossier, gebruiker=user).values_list("soort", flat=True))
    return _reasons(user, dossier, deelnames, dossier.team_id in user.led_team_ids())


def remember_toegang(user, dossier, *, deelnames, leads):
    """Let the door, which knows them already, keep the reasons on the dossier object for the length of a request.
    `deelnames`: the kinds of Deelname that run."""
    dossier.__dict__.setdefault("_toegang", {})[user.pk] = _reasons(user, dossier, deelnames, leads)


def toegang_of(user, dossier):
    """`toegang`, remembered on the dossier object."""
    known = dossier.__dict__.setdefault("_toegang", {})
    if user.pk not in known:
        known[user.pk] = toegang(user, dossier)
    return known[user.pk]


def check_open(dossier):
    if not dossier.is_open:
        raise NotAllowed(
            f"Dit dossier is afgesloten op {clock.local(dossier.closed_at):%d/%m/%Y}. "
            "Heropen het eerst als je nog iets wilt noteren."
        )


def check_runs(row):
    """A row that ended takes nothing more. Also asked of what never ends: a dossier closes."""
    if getattr(row, "gestopt_op", None):
        raise NotAllowed(f"Dit is intussen beëindigd, op {row.gestopt_op:%d/%m/%Y}. Er komt niets meer bij.")


def check_nothing(user, houder):
    """For a row that is written along with an act that checked its own rule."""


def check_can_write(user, houder):
    """Plan, people and journal: the owner and who takes part, in an open dossier."""
    dossier = houder.in_dossier()
    reasons = toegang_of(user, dossier)
    if not reasons & {Toegang.EIGENAAR, Toegang.DEELNAME}:
        if Toegang.NAZICHT in reasons:
            raise NotAllowed(
                "Je leest dit dossier voor een nazicht. Je maakt er opmerkingen bij, maar schrijft er niet in."
            )
        raise NotAllowed("Je kunt dit dossier lezen, maar er niet in schrijven. Dat doet wie het dossier volgt.")
    check_open(dossier)


def check_can_manage(user, houder):
    """Access, closing and reopening: the owner and the team's teamverantwoordelijke."""
    dossier = houder.in_dossier()
    if not toegang_of(user, dossier) & {Toegang.EIGENAAR, Toegang.TEAM}:
        raise NotAllowed("Dit kan alleen de eigenaar van het dossier of de teamverantwoordelijke.")


def check_can_manage_open(user, houder):
    check_can_manage(user, houder)
    check_open(houder.in_dossier())


def check_can_close(user, dossier):
    check_can_manage(user, dossier)
    if not dossier.is_open:
        raise NotAllowed("Dit dossier is al afgesloten.")


def check_can_reopen(user, dossier):
    check_can_manage(user, dossier)
    if dossier.is_open:
        raise NotAllowed("Dit dossier is al open.")


def check_can_open_dossier(user):
    if not (user.has_dossierrol and user.team_id):
        raise NotAllowed("Met jouw rol open je geen dossiers.")


def check_can_see_inzage(user, dossier):
    """Who looked: the owner, the teamverantwoordelijke, and the toezichthouder of the house."""
    if user.rol == Rol.TOEZICHTHOUDER:
        excluded = Uitsluiting.objects.lopend().filter(dossier=dossier, gebruiker=user).exists()
        if user.is_active and dossier.team.huis_id == user.huis_id and not excluded:
            return
    elif toegang_of(user, dossier) & {Toegang.EIGENAAR, Toegang.TEAM}:
        return
    raise NotAllowed("Wie keek, zien alleen de eigenaar, de teamverantwoordelijke en de toezichthouder.")


def check_hour_exists(datum, uur):
    """The night that summer time begins has no hour between two and three; either may be None."""
    if datum and uur and clock.skips(datum, uur):
        raise NotAllowed(
            f"Dit uur bestaat niet op {datum:%d/%m/%Y}: de klok springt die nacht van 2 naar 3 uur. Kies een ander uur."
        )


def is_child(persoon):
    return persoon.rol == Betrokkenheid.KIND


def is_minor(persoon, op):
    """A child under 18, unborn, or of an age that nobody knows."""
    born = persoon.geboortedatum
    return is_child(persoon) and (born is None or age_in_years(born, op) < GROWN_UP)


# bans


def holds_on(verbod, day):
    """Does this ban hold on that day?"""
    return (verbod.van is None or verbod.van <= day) and (verbod.tot is None or verbod.tot >= day)


def kept_apart(moment, met, verboden):
    """Dutch sentences: which ban says that these people (`met`) do not meet at this Contactmoment. A warning: who plans
    it decides. `verboden`: as Dossier.lopende_verboden gives them."""
    apart = {}
    for verbod in verboden:
        if verbod.wie not in met or not holds_on(verbod, moment.datum):
            continue
        who, ban = verbod.wie.voornaam, f"een {verbod.get_soort_display()}"
        others = [persoon.voornaam for persoon in verbod.personen if persoon in met]
        if others:
            apart.setdefault((who, and_list(others)), []).append(ban)
        elif verbod.soort == Verbodsoort.HUISVERBOD and moment.soort == Notitiesoort.HUISBEZOEK:
            home = and_list(persoon.voornaam for persoon in verbod.personen)
            yield f"Die dag geldt voor {who} {ban}. Ga niet met {who} naar de woning van {home}."
    for (who, others), bans in apart.items():
        yield f"Die dag geldt voor {who} {and_list(bans)} tegenover {others}. Spreek met elk apart af."


# mandates


def opdracht_status(opdracht, wijzigingen, op: date):
    """One of `herroepen`, `opgeschort`, `afgelopen`, `nog niet begonnen`, `loopt`, from the changes up to `op`."""
    soorten = [wijziging.soort for wijziging in wijzigingen if wijziging.datum <= op and not wijziging.gestopt_op]
    if "herroepen" in soorten:
        return "herroepen"
    if opdracht.einde and opdracht.einde < op:
        return "afgelopen"
    if opdracht.start > op:
        return "nog niet begonnen"
    holds = [soort for soort in soorten if soort in ("opgeschort", "hervat")]
    return "opgeschort" if holds and holds[-1] == "opgeschort" else "loopt"


def last_end(opdrachten, op: date):
    """The day on which the last of these mandates ends; None when one has no end, or there is none. A revoked one ended
    on the day it was revoked. Reads `wijzigingen` (prefetch them)."""
    ends = [_end(row, op) for row in opdrachten]
    return None if None in ends else max(ends, default=None)


def _end(opdracht, op):
    revoked = [row.datum for row in opdracht.wijzigingen.all() if row.soort == "herroepen" and not row.gestopt_op]
    return min((day for day in revoked if day <= op), default=opdracht.einde)


def days_left(dossier, op: date):
    """Days from `op` until the dossier's last mandate ends; None when one has no end, or none is known. Queries."""
    end = last_end(dossier.opdrachten.lopend().prefetch_related("wijzigingen"), op)
    return (end - op).days if end else None
