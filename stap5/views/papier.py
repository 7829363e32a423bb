"""The plan on paper."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from dossiers.access import get_dossier_or_404
from dossiers.models import Soort
from dossiers.views.pagina import render_dossier
from stap5.access import current_plan
from stap5.pdf import PaperUnavailable, render_dossier_pdf
from stap5.plandata import plan_as_data


@require_safe
def stappenplan_pdf(request, kenmerk):
    """The plan for the file: A4, tagged, everything unfolded. 503 with what to install where the libraries lack."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="stappenplan op papier", soort=Soort.UITGEVOERD)
    plan = current_plan(dossier)
    if plan is None:
        raise Http404
    try:
        content = render_dossier_pdf(plan_as_data(plan))
    except PaperUnavailable as error:
        return render_dossier(request, dossier, "stap5/geen_papier.html", {"fout": str(error)}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="stappenplan-{dossier.kenmerk}.pdf"'
    return response
