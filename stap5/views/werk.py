"""The worklist: my dossiers with what asks attention, and the note that takes a minute."""

from collections import defaultdict
from datetime import date, timedelta

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.models import Rol
from accounts.rules import NotAllowed
from dossiers.access import own_or_shared
from dossiers.actions import add_notitie
from dossiers.forms.journaal import SnelleNotitieForm
from dossiers.views.dossier import with_names
from partners.models import Doorverwijzing
from stap5.models import Afspraak
from stap5.rules import SOON

HOME = {Rol.TOEZICHTHOUDER: "dossiers:toezicht", Rol.BEHEERDER: "beheer:index"}


def checks_due(dossiers):
    """{dossier id: [running agreements whose check is past or within a week, soonest first]}. One query."""
    today = clock.today()
    rows = (
        Afspraak.objects.lopend()
        .filter(
            Q(tot__isnull=True) | Q(tot__gte=today - timedelta(days=1)),
            plan__dossier__in=[dossier.pk for dossier in dossiers],
            plan__gestopt_op__isnull=True,
            plan__gepauzeerd_op__isnull=True,
            volgende_controle__lte=today + SOON,
        )
        .select_related("plan")
        .order_by("volgende_controle", "pk")
    )
    found = defaultdict(list)
    for row in rows:
        found[row.plan.dossier_id].append(row)
    return found


def referrals_due(dossiers):
    """{dossier id: [referrals to look at again, the one that waits longest first]}. Two queries."""
    rows = (
        Doorverwijzing.objects.lopend()
        .filter(dossier__in=[dossier.pk for dossier in dossiers], volgende_controle__lte=clock.today())
        .select_related("soort")
        .prefetch_related("voor")
        .order_by("volgende_controle", "pk")
    )
    found = defaultdict(list)
    for row in rows:
        found[row.dossier_id].append(row)
    return found


def most_urgent_first(dossiers):
    """`dossiers`, each with `te_doen` (agreements) and `wacht_op` (referrals), by the soonest day among these."""
    checks, referrals = checks_due(dossiers), referrals_due(dossiers)
    for dossier in dossiers:
        dossier.te_doen, dossier.wacht_op = checks[dossier.pk], referrals[dossier.pk]
        dossier.dagen = [row.volgende_controle for row in (*dossier.te_doen, *dossier.wacht_op)]
    return sorted(dossiers, key=lambda dossier: min(dossier.dagen, default=date.max))


@require_http_methods(["GET", "HEAD", "POST"])
def werk(request):
    """Dossiers with something late come first."""
    if request.user.rol in HOME:
        return redirect(HOME[request.user.rol])
    dossiers = list(with_names(own_or_shared(request.user)).order_by("-created_at", "-pk"))
    for dossier in dossiers:
        dossier.keuze_label = ", ".join(str(p) for p in dossier.gezin if p.is_justitiabele) or dossier.kenmerk
    posted = request.POST if request.method == "POST" else None
    form = SnelleNotitieForm(posted, houder=None, bronnen={"dossiers": dossiers})
    if posted is not None and form.is_valid():
        try:
            add_notitie(form.cleaned_data["dossier"], form.values(), by=request.user)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Genoteerd bij {form.cleaned_data['dossier'].keuze_label}.")
            return redirect("werk")
    return render(request, "stap5/werk.html", {"dossiers": most_urgent_first(dossiers), "form": form})
