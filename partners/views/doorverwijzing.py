"""The letter of a referral."""

from django.views.decorators.http import require_safe

from dossiers.access import get_dossier_or_404, get_row_or_404
from dossiers.models import Soort
from dossiers.views.pagina import paper_page
from partners.brief import brief_as_data, render_brief_pdf
from partners.rubrieken import DOORVERWIJZINGEN


@require_safe
def brief_pdf(request, kenmerk, sleutel):
    """The letter to the partner, a draft until it was sent."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="brief van een doorverwijzing", soort=Soort.UITGEVOERD)
    row = get_row_or_404(DOORVERWIJZINGEN.queryset(dossier).select_related("partner__plaats__gemeente"), sleutel)
    row.dossier = dossier
    return paper_page(request, dossier, f"brief-{dossier.kenmerk}", lambda: render_brief_pdf(brief_as_data(row)))
