"""The plan behind the dossier's door."""

from datetime import timedelta

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.http import Http404

from accounts import clock
from dossiers.access import visible_to
from dossiers.models import Betrokkene
from partners.models import Doorverwijzing
from stap5.models import Afspraak, Nazicht, Netwerklid, Opmerking, Planversie, Stappenplan, Uitzondering, Wens, Zorg
from stap5.nazichtregels import writers

LATELY = timedelta(days=30)  # how long an answered review stays in the list of who answered it
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


def has_begun(dossier):
    """Is there a plan? Remembered on the dossier, also where a page read its plan already."""
    if "_begonnen" not in dossier.__dict__:
        dossier._begonnen = dossier.plannen.exists()
    return dossier._begonnen


def current_plan(dossier):
    """The running plan, else the last one, else None; it knows its dossier without asking again."""
    plan = plans_of(dossier).first()
    dossier._begonnen = plan is not None
    if plan is not None:
        plan.dossier = dossier
    return plan


def get_plan_or_404(dossier):
    """The plan the parts work on; 404 before step 5 has begun."""
    plan = current_plan(dossier)
    if plan is None:
        raise Http404
    return plan


def versions_of_other_plans(plan):
    """Reviews of the versions of the dossier's other passages through step 5, newest first."""
    return Nazicht.objects.filter(plan__dossier=plan.dossier_id).exclude(plan=plan).met_versie()


def get_version_or_404(dossier, sleutel):
    """One version of a plan of this dossier, with its review; both know plan and dossier without asking again."""
    versie = (
        Planversie.objects.filter(dossier=dossier, sleutel=sleutel)
        .select_related("plan", "created_by", "nazicht__created_by", "nazicht__besluit_door", "nazicht__gevraagd_aan")
        .first()
    )
    if versie is None:
        raise Http404
    versie.plan.dossier = versie.dossier = dossier
    dossier._begonnen = True
    versie.nazicht.plan, versie.nazicht.planversie = versie.plan, versie
    return versie


def version_before(versie):
    """The newest earlier version that a reviewer answered: what she read last. None when there is none (any more)."""
    earlier = Planversie.objects.filter(plan=versie.plan_id, nummer__lt=versie.nummer, gewist_op__isnull=True)
    earlier = earlier.exclude(nazicht__besluit="")
    return earlier.select_related("nazicht").order_by("-nummer").first()


def get_remark_or_404(dossier, sleutel):
    """One remark on a version of a plan of this dossier; it knows the dossier without asking again."""
    remark = (
        Opmerking.objects.filter(nazicht__plan__dossier=dossier, sleutel=sleutel)
        .select_related("nazicht__plan", "nazicht__planversie", "created_by", "antwoord_door", "opgelost_door")
        .defer("nazicht__planversie__tekst")
        .first()
    )
    if remark is None:
        raise Http404
    remark.nazicht.plan.dossier = dossier
    return remark


def reviews_for(user):
    """([reviews that wait for this teamverantwoordelijke, the oldest first], [those answered lately, the newest first])
    of the open dossiers she may see; each dossier with `justitiabelen`. A fixed number of queries."""
    rows = (
        Nazicht.objects.filter(plan__dossier__in=visible_to(user).open())
        .met_versie()
        .select_related("plan__dossier")
        .prefetch_related(
            Prefetch(
                "plan__dossier__betrokkenen", Betrokkene.objects.filter(is_justitiabele=True), to_attr="justitiabelen"
            )
        )
    )
    mine = Q(plan__dossier__team__in=user.led_team_ids()) | Q(gevraagd_aan=user)
    not_mine = Q(created_by=user) | Q(plan__dossier__eigenaar=user)
    waiting = list(rows.wachtend().filter(mine).exclude(not_mine).order_by("created_at", "pk"))
    wrote = {plan_id for plan_id, _ in writers([row.plan_id for row in waiting], [user.pk])}
    answered = rows.beantwoord().filter(besluit_op__gte=clock.now() - LATELY).order_by("-besluit_op", "-pk")
    return [row for row in waiting if row.plan_id not in wrote], list(answered)
