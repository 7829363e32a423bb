"""The plan behind the dossier's door."""

from django.db.models import Count, OuterRef, Subquery
from django.http import Http404

from partners.models import Doorverwijzing
from stap5.models import Afspraak, Netwerklid, Stappenplan, Uitzondering, Wens, Zorg

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


def bind(plan, dossier):
    """Let a plan (or None) and its dossier know each other without asking again."""
    dossier.__dict__["_begun"] = plan is not None
    if plan is not None:
        plan.dossier = dossier
    return plan


def has_begun(dossier):
    """Did step 5 ever begin? Queries, unless a plan of this dossier was read already."""
    return dossier.__dict__["_begun"] if "_begun" in dossier.__dict__ else dossier.plannen.exists()


def current_plan(dossier):
    """The running plan, else the last one, else None; it knows its dossier without asking again."""
    return bind(plans_of(dossier).first(), dossier)


def get_plan_or_404(dossier):
    """The plan the parts work on; 404 before step 5 has begun."""
    plan = current_plan(dossier)
    if plan is None:
        raise Http404
    return plan
