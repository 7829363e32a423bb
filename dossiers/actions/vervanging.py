"""A stand-in over all dossiers of a colleague who is away: in each dossier a Deelname, where one may be."""

from django.db import transaction

from accounts import clock
from accounts.models import Gebruiker
from accounts.rules import NotAllowed
from dossiers.actions.opdracht import add_deelname
from dossiers.actions.rijen import lock, stop_row
from dossiers.audit import record
from dossiers.models import Deelname, Deelnamesoort, Dossier, Soort, Vervanging
from dossiers.vervangingsregels import (
    check_can_arrange,
    check_can_stand_in,
    check_not_over,
    check_period,
    check_present,
)


def _locked(model, *rows):
    """The colleagues of an absence, or a stand-in, as they are now and until the end of the transaction, always locked
    in the same order. Rows that point to them may be written meanwhile (`no_key`)."""
    found = model.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = found.in_bulk([row.pk for row in rows])
    return [found[row.pk] for row in rows]


@transaction.atomic
def arrange_vervanging(data, *, by):
    """`data["door"]` stands in for `data["voor"]` from `van` to `tot` in every open dossier that `voor` owns.

    Where it cannot be done the others go on; `vervangingsregels.gaps_of` tells at any time which, and why.
    """
    voor, door = _locked(Gebruiker, data["voor"], data["door"])
    check_can_arrange(by, voor)
    check_can_stand_in(voor, door)
    check_period(voor, data["van"], data["tot"])
    check_present(door, data["van"], data["tot"])
    vervanging = Vervanging.objects.create(
        voor=voor, door=door, van=data["van"], tot=data["tot"], reden=data.get("reden", ""), created_by=by
    )
    record(Soort.GEMAAKT, "vervanging", by=by, what=vervanging)
    _cover(vervanging, by=by)
    return vervanging


@transaction.atomic
def complete_vervanging(vervanging, *, by):
    """Try again in the dossiers that have none: those that came since, or where something stood in the way."""
    [vervanging] = _locked(Vervanging, vervanging)
    check_can_arrange(by, vervanging.voor)
    check_not_over(vervanging)
    record(Soort.GEWIJZIGD, "vervanging", by=by, what=vervanging)
    return _cover(vervanging, by=by)


def _cover(vervanging, *, by):
    """How many dossiers got a Deelname now."""
    done = vervanging.deelnames.values("dossier")
    missing = Dossier.objects.open().filter(eigenaar=vervanging.voor).exclude(pk__in=done).order_by("pk")
    return sum(_cover_one(vervanging, dossier, by=by) for dossier in missing)


def _cover_one(vervanging, dossier, *, by):
    """One dossier, in the savepoint of `add_deelname`: True when it could be done. A dossier that changed hands
    meanwhile is somebody else's."""
    dossier = lock(dossier)
    if dossier.eigenaar_id != vervanging.voor_id:
        return False
    data = {
        "gebruiker": vervanging.door,
        "soort": Deelnamesoort.VERVANGING,
        "van": max(vervanging.van, clock.today()),
        "tot": vervanging.tot,
        "reden": f"Vervanging van {vervanging.voor}",
        "vervanging": vervanging,
    }
    try:
        add_deelname(dossier, data, by=by)
    except NotAllowed:
        return False
    return True


def cover_dossier(dossier, *, by, but=None):
    """A dossier that its owner gets while she is away, or will be: her stand-in works there too. `but`: a colleague
    whose access has just ended, and does not come back by itself."""
    away = Vervanging.objects.niet_voorbij().filter(voor=dossier.eigenaar_id).exclude(deelnames__dossier=dossier)
    for vervanging in away.exclude(door=but).select_for_update(of=("self",), no_key=True):
        _cover_one(vervanging, dossier, by=by)


@transaction.atomic
def stop_vervanging(vervanging, data, *, by):
    """Back sooner: the access of the stand-in ends everywhere, today. `data["reden"]` stays out of the dossiers."""
    [vervanging] = _locked(Vervanging, vervanging)
    check_can_arrange(by, vervanging.voor)
    check_not_over(vervanging)
    vervanging.gestopt_op, vervanging.gestopt_reden = clock.today(), data["reden"]
    vervanging.save(update_fields=["gestopt_op", "gestopt_reden"])
    stop = {"datum": clock.today(), "reden": "De vervanging is gestopt."}
    for row in Deelname.objects.niet_voorbij().filter(vervanging=vervanging).order_by("dossier_id"):
        stop_row(row, stop, by=by, check=_may_end_it)
    record(Soort.GESTOPT, "vervanging", by=by, what=vervanging)
    return vervanging


def _may_end_it(user, dossier):
    """Whoever may arrange a stand-in may end it everywhere: also where she herself sees nothing."""
