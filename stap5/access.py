"""The plan behind the dossier's door, and the doors of a team and of somebody's own calendar."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.http import Http404

from accounts import clock
from accounts.models import Agenda, Gebruiker, Rol
from accounts.rules import refusal
from dossiers.access import led_by, named_to, open_offers_for, visible_to, with_names
from dossiers.audit import record
from dossiers.models import Betrokkene, Soort
from partners.models import Doorverwijzing
from stap5.agenda import digest_token, is_alive
from stap5.feiten import read_feiten
from stap5.models import (
    Afspraak,
    Grenzencheck,
    Nazicht,
    Netwerklid,
    Opmerking,
    Planversie,
    Stappenplan,
    Uitzondering,
    Wens,
    Zorg,
)
from stap5.nazichtregels import writers
from stap5.punten import points
from stap5.rules import check_can_be_reminded, check_can_see_team
from stap5.team import OUTCOMES_OF, Teamdossier

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


def get_team_or_404(user, *, page, soort=Soort.GELEZEN):
    """[Teamdossier] of the teams that `user` leads, after recording that `page` was read. A fixed number of queries."""
    if refusal(check_can_see_team, user):
        raise Http404
    record(soort, page, by=user)
    ended = Stappenplan.objects.filter(gestopt_op__gte=clock.today() - OUTCOMES_OF)
    led = led_by(user)
    dossiers = list(with_names(led.filter(Q(closed_at__isnull=True) | Q(pk__in=ended.values("dossier")))))
    facts, left, op = read_feiten(dossiers), defaultdict(list), clock.today()
    for plan in ended.filter(dossier__in=[dossier.pk for dossier in dossiers]):
        left[plan.dossier_id].append(plan)
    return [
        Teamdossier(
            dossier=dossier,
            feiten=facts[dossier.pk],
            op=op,
            punten=tuple(points(facts[dossier.pk], op)),
            verlaten=tuple(left[dossier.pk]),
        )
        for dossier in dossiers
    ]


def members_of(user):
    """The justitieassistenten of the teams that `user` leads. Queries."""
    return list(Gebruiker.objects.filter(team__in=user.led_team_ids(), rol=Rol.JUSTITIEASSISTENT, is_active=True))


def reminded_or_404(user):
    """Reminders and an own calendar are there for who works on dossiers."""
    if refusal(check_can_be_reminded, user):
        raise Http404


def get_agenda_or_404(token):
    """Whose calendar is fetched with this token, after recording it once a day. An address that never was, was
    withdrawn or replaced, died unused, or belongs to somebody without dossiers (any more): the same 404."""
    agenda = Agenda.objects.select_related("gebruiker").filter(token_digest=digest_token(token)).first()
    today = clock.today()
    if agenda is None or not is_alive(agenda, today) or refusal(check_can_be_reminded, agenda.gebruiker):
        raise Http404
    if agenda.used_on is None or agenda.used_on < today:
        _record_use(agenda, today)
    return agenda.gebruiker


@transaction.atomic
def _record_use(agenda, today):
    """That the calendar was fetched today; of two at once one does it."""
    unused = Agenda.objects.filter(Q(used_on__isnull=True) | Q(used_on__lt=today))
    if unused.filter(token_digest=agenda.token_digest).update(used_on=today):
        record(Soort.GELEZEN, "agenda, op het eigen adres", by=agenda.gebruiker)


def overleg_asked_of(user, visible=None):
    """The checks of limits in which `user` was asked to look along and has not yet, in dossiers she may see (`visible`,
    where they are known). What the author felt and asked is not read."""
    seen = visible_to(user) if visible is None else visible
    return (
        Grenzencheck.objects.lopend()
        .filter(overleg_met=user, besproken_op__isnull=True, plan__dossier__in=seen.open())
        .select_related("plan__dossier", "created_by")
        .defer("gevoel", "vraag")
    )


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
    versie.dossier, versie.nazicht.plan, versie.nazicht.planversie = dossier, bind(versie.plan, dossier), versie
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


def waiting_for(user, visible=None):
    """{"overdrachten", "meekijken", "nazichten"}: what colleagues asked of `user` and she has not answered yet.
    `visible`: the dossiers she may see, where they are known."""
    return {
        "overdrachten": list(open_offers_for(user)),
        "meekijken": list(overleg_asked_of(user, visible)),
        "nazichten": reviews_for(user)[0] if user.rol == Rol.TEAMVERANTWOORDELIJKE else [],
    }


def name_waiting(waiting, known, user):
    """The same with, on each offer and each question to look along, `gezin`: who its dossier is about, or "" where
    `user` may not see that. `known`: {dossier id: name} of what she works on. Queries only where she may see more."""
    asked = {check: check.plan.dossier_id for check in waiting["meekijken"]}
    offered = {offer: offer.dossier_id for offer in waiting["overdrachten"]}
    elsewhere = set(asked.values()) | set(offered.values() if user.rol == Rol.TEAMVERANTWOORDELIJKE else ())
    names = known | (named_to(user, elsewhere - set(known)) if elsewhere - set(known) else {})
    for row, dossier_id in (asked | offered).items():
        row.gezin = str(names.get(dossier_id, ""))
    return waiting
