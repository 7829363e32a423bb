"""Finding an office, one office, and what each kind of partner is for."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import refusal
from dossiers.tekens import clean_line
from partners.access import (
    check_or_404,
    find_partners,
    get_partner_or_404,
    lijnen,
    page_by_name,
    page_near,
)
from partners.forms.zoek import ZoekForm
from partners.models import Partnersoort
from partners.plaatsen import Werkgebieden, load_plekken
from partners.rules import check_can_manage_partners, check_can_see_partners

SEARCH = "partners_zoek"
TERMS = ("soort", "plaats", "naam")


@require_safe
def index(request):
    """The offices, those nearest to a place first; what was asked for waits in the session."""
    check_or_404(check_can_see_partners, request.user)
    terms = request.session.get(SEARCH, {})
    form = ZoekForm(terms)
    form.is_valid()
    found = {name: form.cleaned_data.get(name) for name in TERMS}
    partners = find_partners(request.user, soort=found["soort"], naam=found["naam"] or "")
    cursor, plaats = request.GET.get("na", ""), found["plaats"]
    near, rest, more = [], [], ""
    if plaats:
        near, rest, more = page_near(partners, plaats, form.plekken, cursor)
    elif not form.errors:
        rest, more = page_by_name(partners, cursor)
    context = found | {
        "form": form,
        "zoekt": any(terms.values()),
        "bedient": near,
        "overige": rest,
        "meer": more,
        "lijnen": [] if cursor or form.errors else lijnen(partners),
        "beheer_refusal": refusal(check_can_manage_partners, request.user),
    }
    return render(request, "partners/index.html", context)


@require_POST
def zoek(request):
    check_or_404(check_can_see_partners, request.user)
    request.session[SEARCH] = {name: clean_line(request.POST.get(name, "")).strip()[:100] for name in TERMS}
    return redirect("partners:index")


@require_safe
def kantoor(request, sleutel):
    partner = get_partner_or_404(request.user, sleutel)
    served = frozenset(partner.werkgebied.values_list("pk", flat=True))
    context = {
        "partner": partner,
        "werkgebied": Werkgebieden(load_plekken()).format(served) if served else "",
        "beheer_refusal": refusal(check_can_manage_partners, request.user),
    }
    return render(request, "partners/kantoor.html", context)


@require_safe
def soorten(request):
    """The infofiches: what each kind of partner offers, and when to choose it."""
    check_or_404(check_can_see_partners, request.user)
    return render(request, "partners/soorten.html", {"soorten": Partnersoort.objects.all()})
