"""The worklist: my dossiers with what asks attention, and the note that takes a minute."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.models import Rol
from accounts.rules import NotAllowed
from dossiers.access import own_or_shared, with_names
from dossiers.actions import add_notitie
from dossiers.forms.journaal import SnelleNotitieForm
from stap5.access import name_waiting, waiting_for
from stap5.feiten import changes_by_others, read_feiten
from stap5.punten import points, shown

NOTHING = (True, (9, date.max))  # the order of a dossier that was only changed
HOME = {Rol.TOEZICHTHOUDER: "dossiers:toezicht", Rol.BEHEERDER: "beheer:index"}


def _order(punt):
    return not punt.wacht, punt.order


def what_asks(dossiers, user):
    """{"vragend", "rustig"}: `dossiers` with what asks attention (`punten`) or was changed by others (`anderen`), what
    a colleague waits for and the most urgent first; and those where nothing does. Each knows whether it is
    `in_stap_5`. Queries."""
    facts, anderen = read_feiten(dossiers), changes_by_others(dossiers, user)
    for dossier in dossiers:
        dossier.punten = sorted(shown(points(facts[dossier.pk], clock.today())), key=_order)
        dossier.anderen, dossier.in_stap_5 = anderen[dossier.pk], facts[dossier.pk].plan is not None
    asking = [dossier for dossier in dossiers if dossier.punten or dossier.anderen]
    return {
        "vragend": sorted(asking, key=lambda dossier: _order(dossier.punten[0]) if dossier.punten else NOTHING),
        "rustig": [dossier for dossier in dossiers if dossier not in asking],
    }


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
    known = {dossier.pk: dossier.keuze_label for dossier in dossiers}
    waiting = name_waiting(waiting_for(request.user), known, request.user)
    return render(request, "stap5/werk.html", what_asks(dossiers, request.user) | {"form": form, "wacht": waiting})
