"""The letter of a referral."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from dossiers.access import get_dossier_or_404, get_row_or_404
from dossiers.models import Soort
from dossiers.papier import PaperUnavailable
from dossiers.views.pagina import render_dossier
from partners.brief import brief_as_data, render_brief_pdf
from partners.rubrieken import DOORVERWIJZINGEN


@require_safe
def brief_pdf(request, kenmerk, sleutel):
    """The letter to the partner, a draft until it was sent. 503 with what to install where the libraries lack."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="brief van een doorverwijzing", soort=Soort.UITGEVOERD)
    row = get_row_or_404(DOORVERWIJZINGEN.queryset(dossier).select_related("partner__plaats__gemeente"), sleutel)
    row.dossier = dossier
    try:
        content = render_brief_pdf(brief_as_data(row))
    except PaperUnavailable as error:
        return render_dossier(request, dossier, "dossiers/geen_papier.html", {"fout": str(error)}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="brief-{dossier.kenmerk}.pdf"'
    return response
