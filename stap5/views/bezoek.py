"""Before a visit: one page, and the same on one sheet."""

from django.views.decorators.http import require_safe

from accounts.rules import refusal
from dossiers.access import get_dossier_or_404
from dossiers.models import Soort
from dossiers.rules import check_can_write
from dossiers.views.pagina import paper_page, render_dossier
from stap5.access import get_plan_or_404
from stap5.bezoek import render_bezoek_pdf, visit
from stap5.plandata.bezoek import visit_as_data


@require_safe
def bezoek(request, kenmerk):
    """What to know before going; nothing on it may harm anybody who reads it over one's shoulder."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="voor een bezoek")
    data = visit_as_data(get_plan_or_404(dossier), by=request.user)
    context = {"bezoek": visit(data), "refusal": refusal(check_can_write, request.user, dossier)}
    return render_dossier(request, dossier, "stap5/bezoek.html", context)


@require_safe
def bezoek_pdf(request, kenmerk):
    """The sheet for one's bag."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="blad voor een bezoek", soort=Soort.UITGEVOERD)
    data = visit_as_data(get_plan_or_404(dossier), by=request.user)
    return paper_page(request, dossier, f"bezoek-{dossier.kenmerk}", lambda: render_bezoek_pdf(data))
