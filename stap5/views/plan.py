"""The plan on one page, its beginning, its two composed parts, and the plan as text."""

from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.rules import refusal
from dossiers.access import get_dossier_or_404
from dossiers.audit import mark
from dossiers.models import Notitiesoort, Soort
from dossiers.rules import check_can_write, days_left, is_child
from dossiers.views.eenmalig import answer, press
from dossiers.views.pagina import people_of, render_dossier
from dossiers.views.rijen import Bronnen
from stap5 import onderdelen, planhandelingen, rules
from stap5.aandacht import new_signs, to_look_at
from stap5.access import bind, current_plan, get_plan_or_404, plans_of
from stap5.actions import start_plan
from stap5.models import Afspraaksoort, Route
from stap5.plandata import follow_up_as_data, plan_as_data
from stap5.plandata.versie import differences
from stap5.schaalbeeld import scale_pictures
from stap5.text import plan_as_text


def plan_context(data):
    """What the overview shows, worked out from the plan's data."""
    threads, loose = rules.threads(data)
    return {
        "data": data,
        "draden": threads,
        "los": loose,
        "matrix": rules.matrix(data),
        "kolommen": rules.COLUMNS,
        "te_bekijken": to_look_at(data),
        "nieuw_signaal": new_signs(data),
        "beelden": scale_pictures(data),
        "horizon": rules.plan_horizon(data),
        "dagen_over": rules.days_left(data["opdrachten"], rules.as_date(data["op"])),
    }


@require_safe
def overzicht(request, kenmerk):
    """Everything on one page; before step 5 has begun, the button to begin."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="stappenplan")
    plans = list(plans_of(dossier))
    plan = bind(plans[0] if plans else None, dossier)
    if plan is None:
        context = {"refusal": refusal(check_can_write, request.user, dossier)}
        return render_dossier(request, dossier, "stap5/begin.html", context)
    return _overzicht(request, dossier, plan, plans[1:])


@require_safe
def eerder(request, kenmerk, sleutel):
    """A plan of an earlier passage through step 5, to read."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="eerder stappenplan")
    plan = plans_of(dossier).filter(sleutel=sleutel).first()
    if plan is None:
        raise Http404
    return _overzicht(request, dossier, bind(plan, dossier), [])


def _reviewed(plan, data):
    """The last version and its review (or None), and how many items changed since it was made. One query."""
    open_remarks = Count("plan__nazichten__opmerkingen", filter=Q(plan__nazichten__opmerkingen__opgelost_op=None))
    nazicht = (
        plan.nazichten.select_related("planversie").annotate(open_opmerkingen=open_remarks).order_by("-pk").first()
    )
    kept = nazicht and not nazicht.planversie.gewist_op
    return {"nazicht": nazicht, "sindsdien": len(differences(nazicht.planversie, None, data)) if kept else 0}


def _overzicht(request, dossier, plan, earlier):
    data = plan_as_data(plan)
    context = (
        plan_context(data)
        | _reviewed(plan, data)
        | {
            "plan": plan,
            "menu": onderdelen.menu(plan),
            "eerdere": earlier,
            "refusal": refusal(rules.check_can_write_plan, request.user, plan),
            "opnieuw_refusal": refusal(check_can_write, request.user, dossier),
        }
    )
    return render_dossier(request, dossier, "stap5/overzicht.html", context)


@require_POST
def beginnen(request, kenmerk):
    """Begin step 5, or begin it again with the same people."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="stappenplan")
    return press(
        request,
        lambda: start_plan(dossier, by=request.user),
        lambda plan: answer(reverse("stap5:instap", args=[kenmerk])),
        back=reverse("stap5:overzicht", args=[kenmerk]),
    )


def _acts(acts, request, dossier, plan):
    """{last part of the slug: act, empty form and route} of acts on the plan that stand on a page of their own part."""
    bronnen = Bronnen(dossier, plan)
    found = {}
    for act in acts:
        naam = act.slug.split("/")[-1]
        holder, instance = (plan.houder, plan) if act.edits else (plan, None)
        form = act.form(houder=holder, bronnen=bronnen, instance=instance, user=request.user, naam=naam)
        found[naam] = {"handeling": act, "form": form, "route": f"stap5:{naam}"}
    return found


def _row_form(rubriek, request, dossier, plan):
    """An empty form of a rubriek, to stand on another page."""
    return rubriek.form(houder=plan, bronnen=Bronnen(dossier, plan), user=request.user, naam=rubriek.slug)


def _entry(dossier, plan):
    """What is known at the entry of step 5, and the way that it points to. Queries."""
    newest = {row.ouder_id: row for row in plan.bereidheden.lopend().select_related("ouder")}
    check = plan.grenzen.lopend().defer("gevoel", "vraag").first()
    route, reason = rules.propose_route(
        antwoorden=[row.antwoord for row in newest.values()],
        grensuitkomst=check.uitkomst if check else "",
        onveilig=plan.onveilig,
        dagen_over=days_left(dossier, clock.today()),
    )
    return {
        "meteen": plan.afspraken.lopend().filter(soort=Afspraaksoort.METEEN),
        "bereidheid": newest.values(),
        "niet_gevraagd": [p for p in people_of(dossier) if p.rol == "ouder" and p.pk not in newest],
        "check": check,
        "voorstel_label": Route(route).label if route else "",
        "voorstel_reden": reason,
    }


@require_safe
def instap(request, kenmerk):
    """First tonight; then is home unsafe, who is willing, can I do this; then the way, proposed with its reason."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="instap")
    plan = get_plan_or_404(dossier)
    context = (
        onderdelen.part_context("instap", dossier, plan)
        | _entry(dossier, plan)
        | {
            "acts": _acts(planhandelingen.INSTAP_ACTS, request, dossier, plan),
            "bereidheid_rubriek": onderdelen.BEREIDHEID,
            "bereidheid_form": _row_form(onderdelen.BEREIDHEID, request, dossier, plan),
            "refusal": refusal(rules.check_can_write_plan, request.user, plan),
        }
    )
    return render_dossier(request, dossier, "stap5/instap.html", context)


def _signs(dossier):
    """The last signs whose words still stand."""
    return dossier.notities.leesbaar().filter(soort=Notitiesoort.SIGNAAL).select_related("created_by")[:10]


def _seen(dossier, data):
    """[(child, when it was last seen or spoken with, or None)]"""
    newest = {row["kind"]["sleutel"]: row for row in data["kindcontacten"]}
    return [(who, newest.get(str(who.sleutel))) for who in people_of(dossier) if is_child(who)]


@require_safe
def opvolging(request, kenmerk):
    """The talks about parenthood, the signs, the children, the scale; pausing and leaving."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="opvolgen")
    plan = get_plan_or_404(dossier)
    data, shared = follow_up_as_data(plan), onderdelen.part_context("opvolging", dossier, plan)
    questions = shared["leidraad"].vragen if shared["leidraad"] else ""
    context = shared | {
        "acts": _acts(planhandelingen.OPVOLGING_ACTS, request, dossier, plan),
        "data": data,
        "vraag": rules.question_to_ask(questions, data["aantal_gesprekken"]),
        "nieuw_signaal": new_signs(data),
        "signalen": _signs(dossier),
        "kinderen_contact": _seen(dossier, data),
        "kindcontact_form": _row_form(onderdelen.KINDCONTACTEN, request, dossier, plan),
        "refusal": refusal(rules.check_can_write_plan, request.user, plan),
    }
    return render_dossier(request, dossier, "stap5/opvolging.html", context)


@require_safe
def kopie(request, kenmerk):
    """The plan as plain text, for SIPAR."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="stappenplan als tekst", soort=Soort.UITGEVOERD)
    plan = current_plan(dossier)
    if plan is None:
        raise Http404
    text = plan_as_text(plan_as_data(plan), merkteken=mark(dossier.opname))
    context = {"titel": "Stappenplan voor SIPAR", "tekst": text}
    return render_dossier(request, dossier, "stap5/kopie.html", context)
