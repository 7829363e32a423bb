"""Who may ask, give, withdraw and answer a review. Nobody reviews what she wrote; reading only."""

from functools import cache

from django.db.models import F

from accounts import clock
from accounts.models import Rol, Teamverantwoordelijkheid
from accounts.rules import NotAllowed
from dossiers.models import (
    Betrokkene,
    Deelname,
    Deelnamesoort,
    Gebeurtenis,
    Opdracht,
    Opdrachtwijziging,
    Ouderschap,
    Revisie,
    Soort,
    Uitsluiting,
    Verblijf,
    Verbod,
    Vervanging,
)
from dossiers.rules import Toegang, check_can_write, check_open, toegang_of
from partners.models import Doorverwijzing
from stap5.models import Besluit, PlanRij, Stappenplan
from stap5.rules import check_can_write_plan

READS_ALONG = 30  # days that a reviewer of another team may read the dossier

OF_FAMILY = (Betrokkene, Verblijf, Ouderschap, Verbod, Opdracht, Opdrachtwijziging, Doorverwijzing)

# Who wrote


@cache
def _paths():
    """{model of a plan's rows: the lookup from such a row to the id of its plan}"""
    found = {Stappenplan: "pk"}
    for model in PlanRij.__subclasses__():
        names, step = [], model
        while step is not Stappenplan:
            names.append(step.HOUDER)
            step = step._meta.get_field(step.HOUDER).related_model
        found[model] = "__".join(names) + "_id"
    return found


def writers(plans, users):
    """{(plan id, user id)}: which of these users made, changed or ended something of which of these plans (both ids),
    or, while it ran, of what a version tells of the family. One query.

    Only one plan of a dossier can be written at a time, so a change since a plan began is a change to that plan.
    """
    paths = _paths()
    queries = [
        model._base_manager.filter(**{f"{path}__in": plans, "created_by__in": users}).values_list(path, "created_by")
        for model, path in paths.items()
    ]
    names = [model._meta.model_name for model in (*paths, *OF_FAMILY)]
    logs = {Revisie: {"model__in": names}, Gebeurtenis: {"model__in": names, "soort": Soort.GESTOPT}}
    for model in (*OF_FAMILY, *logs):
        plan = "opdracht__dossier__plannen" if model is Opdrachtwijziging else "dossier__plannen"
        since = {f"{plan}__in": plans, "created_at__gte": F(f"{plan}__created_at")}
        rows = model._base_manager.filter(**since, created_by__in=users, **logs.get(model, {}))
        queries.append(rows.values_list(plan, "created_by"))
    first, *rest = [query.order_by() for query in queries]
    return set(first.union(*rest))


def reviewers(plan, asker):
    """([of the team], [of other teams of the house]): who may review this plan, asked by `asker`, today. Somebody of
    the team for whom a colleague stands in does not count while another team can review it. At most three queries,
    remembered on the plan."""
    known = plan.__dict__.setdefault("_reviewers", {})
    if asker.pk not in known:
        known[asker.pk] = _read_reviewers(plan, asker)
    return known[asker.pk]


def waiting_review(plan):
    """The review of this plan that waits for an answer, or None. One query, remembered on the plan."""
    if "_waiting" not in plan.__dict__:
        plan._waiting = plan.nazichten.wachtend().met_versie().first()
    return plan._waiting


def who_can_answer(nazicht):
    """The names of the colleagues for whom a review waits; none when all of them lost that right. Queries."""
    team, others = reviewers(nazicht.plan, nazicht.created_by)
    asked = nazicht.gevraagd_aan
    reads = asked in others and Deelname.objects.geldend().filter(
        dossier=nazicht.plan.dossier_id, gebruiker=asked, soort=Deelnamesoort.NAZICHT
    )
    return [str(user) for user in (*team, *([asked] if reads and reads.exists() else []))]


def _read_reviewers(plan, asker):
    dossier = plan.dossier
    leads = (
        Teamverantwoordelijkheid.objects.lopend()
        .filter(
            team__huis=dossier.team.huis_id,
            gebruiker__huis=dossier.team.huis_id,
            gebruiker__rol=Rol.TEAMVERANTWOORDELIJKE,
            gebruiker__is_active=True,
        )
        .exclude(gebruiker__in=[asker.pk, dossier.eigenaar_id])
        .exclude(gebruiker__in=Uitsluiting.objects.lopend().filter(dossier=dossier).values("gebruiker"))
        .select_related("gebruiker")
        .order_by("gebruiker__last_name", "gebruiker__first_name", "gebruiker_id")
    )
    users = {lead.gebruiker_id: lead.gebruiker for lead in leads}
    own_team = {lead.gebruiker_id for lead in leads if lead.team_id == dossier.team_id}
    wrote = {user_id for _, user_id in writers([plan.pk], list(users))}
    may = [user for pk, user in users.items() if pk not in wrote]
    team, others = ([user for user in may if (user.pk in own_team) is own] for own in (True, False))
    away = set(Vervanging.objects.lopend().filter(voor__in=team).values_list("voor", flat=True)) if others else set()
    return [user for user in team if user.pk not in away], others


# May it


def check_can_ask(user, plan):
    """Who writes the plan, while it runs, no other version waits, and there is somebody to ask."""
    check_can_write_plan(user, plan)
    waiting = waiting_review(plan)
    if waiting:
        raise NotAllowed(
            f"{str(waiting.planversie).capitalize()} wacht nog op nazicht. Trek die vraag eerst in als je het plan van "
            "nu wilt laten nakijken."
        )
    if not any(reviewers(plan, user)):
        raise NotAllowed(
            "In dit justitiehuis is er nu geen teamverantwoordelijke die dit plan kan nakijken: niemand kijkt na wat "
            "zij zelf schreef. Vraag je beheerder om raad."
        )


def check_waits(nazicht):
    """Neither answered nor withdrawn yet."""
    versie = str(nazicht.planversie)
    if nazicht.gestopt_op:
        when = f"{nazicht.gestopt_op:%d/%m/%Y}"
        raise NotAllowed(f"De vraag om {versie} na te kijken is ingetrokken op {when}: {nazicht.gestopt_reden}")
    if nazicht.besluit:
        when = f"op {clock.local(nazicht.besluit_op):%d/%m/%Y om %H.%M} uur"
        did = f"keurde {versie} al goed" if nazicht.besluit == Besluit.GOEDGEKEURD else f"stuurde {versie} al terug"
        raise NotAllowed(f"{nazicht.besluit_door} {did} {when}.")


def check_is_reviewer(user, nazicht):
    """The teamverantwoordelijke of the team, or the one of another team who was asked; never of what she wrote."""
    plan, dossier = nazicht.plan, nazicht.in_dossier()
    check_open(dossier)
    reasons = toegang_of(user, dossier)
    asked = Toegang.NAZICHT in reasons and nazicht.gevraagd_aan_id == user.pk and user.led_team_ids()
    if not (Toegang.TEAM in reasons or asked):
        raise NotAllowed("Nakijken doet de teamverantwoordelijke van het team.")
    if dossier.eigenaar_id == user.pk:
        raise NotAllowed("Dit is je eigen dossier. Je eigen werk kijk je niet na: dat doet iemand anders.")
    if nazicht.created_by_id == user.pk:
        raise NotAllowed("Je vroeg dit nazicht zelf. Iemand anders kijkt het na.")
    if writers([plan.pk], [user.pk]):
        raise NotAllowed("Je schreef zelf mee aan dit plan. Wat je zelf schreef, kijkt iemand anders na.")


def check_can_review(user, nazicht):
    check_is_reviewer(user, nazicht)
    check_waits(nazicht)


def check_can_withdraw(user, nazicht):
    check_can_write(user, nazicht)
    check_waits(nazicht)


def _check_unresolved(opmerking):
    if opmerking.opgelost_op:
        when = f"{clock.local(opmerking.opgelost_op):%d/%m/%Y}"
        raise NotAllowed(f"{opmerking.opgelost_door} zette deze opmerking op opgelost op {when}.")


def check_can_answer(user, opmerking):
    """Who writes the plan says what was done with a remark."""
    check_can_write(user, opmerking)
    _check_unresolved(opmerking)


def check_can_resolve(user, opmerking):
    """Whoever may review says that a remark is dealt with, also once the review was answered."""
    check_is_reviewer(user, opmerking.nazicht)
    _check_unresolved(opmerking)
