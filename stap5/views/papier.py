"""The plan on paper."""

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from dossiers.access import get_dossier_or_404
from dossiers.audit import mark
from dossiers.models import Soort
from dossiers.views.pagina import paper_page
from stap5.access import current_plan
from stap5.pdf import render_dossier_pdf
from stap5.plandata import plan_as_data


@require_safe
def stappenplan_pdf(request, kenmerk):
    """The plan for the file: A4, tagged, everything unfolded."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="stappenplan op papier", soort=Soort.UITGEVOERD)
    plan = current_plan(dossier)
    if plan is None:
        raise Http404
    name, kopie, merkteken = f"stappenplan-{kenmerk}", reverse("stap5:kopie", args=[kenmerk]), mark(dossier.opname)
    return paper_page(
        request, dossier, name, lambda: render_dossier_pdf(plan_as_data(plan), merkteken=merkteken), kopie=kopie
    )
