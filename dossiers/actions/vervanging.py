"""A stand-in over all dossiers of a colleague who is away: in each dossier a Deelname, where one may be."""

from accounts import clock
from accounts.models import Gebruiker
from accounts.rules import NotAllowed
from accounts.transactions import action
from dossiers.actions.lock import lock
from dossiers.actions.opdracht import add_deelname
from dossiers.actions.rijen import stop_row
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


@action
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
    _cover(vervanging, by=by)
    record(Soort.GEMAAKT, "vervanging", by=by, what=vervanging)
    return vervanging


@action
def complete_vervanging(vervanging, *, by):
    """Try again in the dossiers that have none: those that came since, or where something stood in the way."""
    [vervanging] = _locked(Vervanging, vervanging)
    check_can_arrange(by, vervanging.voor)
    check_not_over(vervanging)
    number = _cover(vervanging, by=by)
    record(Soort.GEWIJZIGD, "vervanging", by=by, what=vervanging)
    return number


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


def lock_stand_ins(eigenaar_id):
    """What runs or is to come in the place of this colleague, locked: before a dossier becomes hers, not after, since
    stopping a stand-in locks it before its dossiers too."""
    away = Vervanging.objects.niet_voorbij().filter(voor=eigenaar_id).order_by("pk")
    return list(away.select_for_update(of=("self",), no_key=True))


def cover_dossier(dossier, away, *, by, but=None):
    """A dossier that its owner gets while she is away, or will be: who stands in (`away`, as `lock_stand_ins` gave
    them) works there too. `but`: a colleague whose access has just ended, and does not come back by itself."""
    covered = set(dossier.deelnames.exclude(vervanging=None).values_list("vervanging_id", flat=True))
    for vervanging in away:
        if vervanging.pk not in covered and (but is None or vervanging.door_id != but.pk):
            _cover_one(vervanging, dossier, by=by)


@action
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
