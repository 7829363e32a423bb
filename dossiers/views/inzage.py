"""Who looked, in sentences, whether a mark on paper still holds, and the toezichthouder's way to it."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Rol
from dossiers.access import get_inzage_or_404
from dossiers.audit import entry_of_mark
from dossiers.forms.dossier import KenmerkForm, MerktekenForm
from dossiers.models import Gebeurtenis, Soort

PAGE_SIZE = 100


def _events(dossier):
    """What happened to this dossier; refused attempts to open it too."""
    about = Q(dossier=dossier) | Q(soort=Soort.GEWEIGERD, sleutel=dossier.kenmerk)
    return Gebeurtenis.objects.filter(about).select_related("created_by")


def _page(request, dossier, events, form, **more):
    rows = list(events.order_by("-pk")[: PAGE_SIZE + 1])
    context = {
        "dossier": dossier,
        "gebeurtenissen": rows[:PAGE_SIZE],
        "meer": rows[PAGE_SIZE - 1].pk if len(rows) > PAGE_SIZE else None,
        "form": form,
        "nagekeken": "",
        "afdruk": None,
    }
    return render(request, "dossiers/inzage.html", context | more)


@require_safe
def inzage(request, kenmerk):
    """What happened to this dossier, newest first, without any content."""
    dossier = get_inzage_or_404(request.user, kenmerk)
    events, before = _events(dossier), request.GET.get("voor", "")
    if before:
        if not before.isdecimal() or len(before) > 18:
            raise Http404
        events = events.filter(pk__lt=int(before))
    return _page(request, dossier, events, MerktekenForm())


@require_POST
def merkteken(request, kenmerk):
    """Does the mark on a sheet of paper still hold? Looks it up, and changes nothing."""
    dossier = get_inzage_or_404(request.user, kenmerk)
    form = MerktekenForm(request.POST)
    if not form.is_valid():
        return _page(request, dossier, _events(dossier), form)
    found = form.cleaned_data["merkteken"]
    return _page(request, dossier, _events(dossier), form, nagekeken=found, afdruk=entry_of_mark(dossier, found))


@require_http_methods(["GET", "HEAD", "POST"])
def toezicht(request):
    """The toezichthouder types the kenmerk from a question or complaint."""
    if request.user.rol != Rol.TOEZICHTHOUDER:
        raise Http404
    form = KenmerkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("dossiers:inzage", form.cleaned_data["kenmerk"].strip().lower())
    return render(request, "dossiers/toezicht.html", {"form": form})
