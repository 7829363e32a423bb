"""Whom one can call in, why that one, and what became of it."""

from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.rules import refusal
from dossiers.access import get_dossier_or_404
from dossiers.rules import check_can_write
from dossiers.views.pagina import people_of, render_dossier
from partners import rubrieken
from partners.advies import advise
from partners.models import Partnersoort
from stap5 import onderdelen, rules
from stap5.access import get_plan_or_404
from stap5.forms.advies import AdviesForm


def _help(dossier):
    """Referrals and help that is there, those that run first, and the children for whom nobody was asked."""
    rows = sorted(rubrieken.in_short(dossier.doorverwijzingen.all()), key=lambda row: row.gestopt_op is not None)
    helped = {persoon.pk for row in rows if not row.gestopt_op for persoon in row.voor.all()}
    return {
        "doorverwijzingen": rubrieken.DOORVERWIJZINGEN,
        "verwezen": [row for row in rows if not row.al_betrokken],
        "hulp": rubrieken.HULP,
        "al_betrokken": [row for row in rows if row.al_betrokken],
        "zonder_hulp": [who for who in people_of(dossier) if who.rol == "kind" and who.pk not in helped],
    }


def _advice(dossier, plan, form, helping):
    """What the facts and the chosen themes point to: {"eerst", "advies": [(kind, reason)], "niet": [...]}. Queries."""
    newest = {row.ouder_id: row.antwoord for row in plan.bereidheden.lopend()}
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {"themas": [], "acuut_gevaar": False}
    found = advise(
        rules.advice_question(
            kinderen=[who for who in people_of(dossier) if who.rol == "kind"],
            antwoorden=newest.values(),
            al_betrokken=[row.soort.code for row in helping if not row.gestopt_op],
            themas=chosen["themas"],
            acuut_gevaar=chosen["acuut_gevaar"],
            op=clock.today(),
        )
    )
    kinds = {kind.code: kind for kind in Partnersoort.objects.all()}
    return {
        "eerst": found.eerst,
        "advies": [(kinds[row.partner], row.reden) for row in found.advies],
        "niet": [(kinds[row.partner], row.reden) for row in found.niet],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def hulp(request, kenmerk):
    """Whom one can call in and why, who was asked, and what became of it. The themes asked about are kept nowhere."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="hulp")
    plan = get_plan_or_404(dossier)
    form = AdviesForm(request.POST if request.method == "POST" else None, houder=plan)
    asked = _help(dossier)
    context = onderdelen.part_context("hulp", dossier, plan) | {
        "partnersoorten": Partnersoort.objects.all(),
        "adviesform": form,
        "advies": _advice(dossier, plan, form, asked["al_betrokken"]),
        "refusal": refusal(check_can_write, request.user, dossier),
    }
    return render_dossier(request, dossier, "stap5/hulp.html", context | asked)
