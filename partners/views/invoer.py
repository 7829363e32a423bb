"""The directory as a file: taking it along, and putting one in after seeing what it would change."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dossiers.audit import record
from dossiers.models import Soort
from dossiers.views.eenmalig import answer, attempt, press
from partners.access import check_or_404, get_invoer_or_404
from partners.actions import confirm_invoer, keep_invoer
from partners.forms.invoer import BestandForm
from partners.invoerplan import plan_import
from partners.kantoorcellen import Naslag, all_cells
from partners.rules import check_can_manage_partners
from partners.tabel import write_table

CONTACT_MOST = 500  # more tick boxes than that no browser should send; the others come at the next import
LINES_MOST = 50


@require_safe
def uitvoer(request):
    """The whole directory, what stopped included."""
    check_or_404(check_can_manage_partners, request.user)
    text = write_table(cells for _, cells in all_cells(Naslag()))
    record(Soort.UITGEVOERD, "partners", by=request.user)
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="partners.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def invoer(request):
    """Choose a file; it is kept, and nothing of it is done yet."""
    check_or_404(check_can_manage_partners, request.user)
    sent = request.method == "POST"
    form = BestandForm(request.POST if sent else None, request.FILES if sent else None)
    done = attempt(
        request,
        form,
        lambda: keep_invoer(form.cleaned_data["bestand"], by=request.user),
        lambda kept: answer(reverse("partners:invoer_nakijken", args=[kept.sleutel])),
    )
    return done.response or render(request, "partners/invoer.html", {"form": form}, status=done.status)


def _shown(plan):
    return {
        "plan": plan,
        "fouten": plan.fouten[:LINES_MOST],
        "nieuwe": plan.nieuw[:LINES_MOST],
        "gewijzigde": [rij for rij in plan.gewijzigd if rij.kolommen][:LINES_MOST],
        "contact": plan.contact[:CONTACT_MOST],
    }


@require_safe
def nakijken(request, sleutel):
    """What this file would change. Nothing is written."""
    kept = get_invoer_or_404(request.user, sleutel)
    return render(request, "partners/nakijken.html", {"invoer": kept} | _shown(plan_import(kept.tekst)))


@require_POST
def bevestigen(request, sleutel):
    kept = get_invoer_or_404(request.user, sleutel, done=True)
    confirmed, stand = set(request.POST.getlist("contact")), request.POST.get("stand", "")
    nakijken = reverse("partners:invoer_nakijken", args=[sleutel])

    def done(numbers):
        new, changed = numbers
        return answer(reverse("partners:index"), f"Ingevoerd: {new} nieuw, {changed} gewijzigd.")

    return press(
        request,
        lambda: confirm_invoer(kept, stand=stand, confirmed=confirmed, by=request.user),
        done,
        back=nakijken if kept.tekst else reverse("partners:invoer"),
    )
