"""The plan behind the dossier's door."""

from django.db.models import Count, OuterRef, Subquery
from django.http import Http404

from dossiers.access import visible_to
from partners.models import Doorverwijzing
from stap5.models import Afspraak, Grenzencheck, Netwerklid, Stappenplan, Uitzondering, Wens, Zorg

COUNTED = {
    "zorgen": Zorg,
    "uitzonderingen": Uitzondering,
    "wensen": Wens,
    "netwerk": Netwerklid,
    "afspraken": Afspraak,
    "hulp": Doorverwijzing,
}


def _count(model):
    held = OuterRef("pk") if model.HOUDER == "plan" else OuterRef("dossier")
    rows = model.objects.lopend().filter(**{model.HOUDER: held}).order_by().values(model.HOUDER)
    return Subquery(rows.annotate(number=Count("pk")).values("number"))


def plans_of(dossier):
    """The dossier's plans, newest first, each with `aantal_<part>`: how many running rows a part holds."""
    counts = {f"aantal_{name}": _count(model) for name, model in COUNTED.items()}
    return Stappenplan.objects.filter(dossier=dossier).annotate(**counts).order_by("-pk")


def current_plan(dossier):
    """The running plan, else the last one, else None; it knows its dossier without asking again."""
    plan = plans_of(dossier).first()
    if plan is not None:
        plan.dossier = dossier
    return plan


def get_plan_or_404(dossier):
    """The plan the parts work on; 404 before step 5 has begun."""
    plan = current_plan(dossier)
    if plan is None:
        raise Http404
    return plan


def overleg_asked_of(user):
    """The checks of limits in which `user` was asked to look along and has not yet, in dossiers she may see. What the
    author felt is not read."""
    return (
        Grenzencheck.objects.lopend()
        .filter(overleg_met=user, besproken_op__isnull=True, plan__dossier__in=visible_to(user).open())
        .select_related("plan__dossier", "created_by")
        .defer("gevoel")
    )
