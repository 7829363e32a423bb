"""Before a visit: one page, and the same on one sheet."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.rules import refusal
from dossiers.access import get_dossier_or_404
from dossiers.models import Soort
from dossiers.rules import check_can_write
from dossiers.views.pagina import render_dossier
from stap5.access import get_plan_or_404
from stap5.bezoek import render_bezoek_pdf, visit
from stap5.pdf import PaperUnavailable
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
    """The sheet for one's bag. 503 with what to install where the libraries lack."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="blad voor een bezoek", soort=Soort.UITGEVOERD)
    plan = get_plan_or_404(dossier)
    try:
        content = render_bezoek_pdf(visit_as_data(plan, by=request.user))
    except PaperUnavailable as error:
        return render_dossier(request, dossier, "dossiers/geen_papier.html", {"fout": str(error)}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bezoek-{dossier.kenmerk}.pdf"'
    return response
