"""Who looked, in sentences, and the toezichthouder's way to it."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Rol
from dossiers.access import get_inzage_or_404
from dossiers.forms.dossier import KenmerkForm
from dossiers.models import Gebeurtenis, Soort

PAGE_SIZE = 100


@require_safe
def inzage(request, kenmerk):
    """What happened to this dossier, newest first, without any content; refused attempts to open it too."""
    dossier = get_inzage_or_404(request.user, kenmerk)
    events = Gebeurtenis.objects.filter(
        Q(dossier=dossier) | Q(soort=Soort.GEWEIGERD, sleutel=dossier.kenmerk)
    ).select_related("created_by")
    before = request.GET.get("voor", "")
    if before:
        if not before.isdecimal() or len(before) > 18:
            raise Http404
        events = events.filter(pk__lt=int(before))
    rows = list(events.order_by("-pk")[: PAGE_SIZE + 1])
    context = {
        "dossier": dossier,
        "gebeurtenissen": rows[:PAGE_SIZE],
        "meer": rows[PAGE_SIZE - 1].pk if len(rows) > PAGE_SIZE else None,
    }
    return render(request, "dossiers/inzage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def toezicht(request):
    """The toezichthouder types the kenmerk from a question or complaint."""
    if request.user.rol != Rol.TOEZICHTHOUDER:
        raise Http404
    form = KenmerkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("dossiers:inzage", form.cleaned_data["kenmerk"].strip().lower())
    return render(request, "dossiers/toezicht.html", {"form": form})
