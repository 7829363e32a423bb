"""The worklist: my dossiers with what asks attention, and the note that takes a minute."""

from datetime import date

from django.db.models import OuterRef
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.models import Rol
from dossiers.access import journal_read_at, own_and_visible, standing_in, with_names
from dossiers.actions import add_notitie
from dossiers.forms.journaal import SnelleNotitieForm
from dossiers.views.eenmalig import answer, attempt
from stap5.access import name_waiting, waiting_for
from stap5.feiten import changes_by_others, read_feiten
from stap5.punten import points, shown

NOTHING = (True, (9, date.max))  # the order of a dossier that was only changed
HOME = {Rol.TOEZICHTHOUDER: "dossiers:toezicht", Rol.BEHEERDER: "beheer:index"}


def _order(punt):
    return not punt.wacht, punt.order


def what_asks(dossiers, user, vervangt):
    """{"vragend", "rustig", "groepen"}: `dossiers` with what asks attention (`punten`) or was changed by others
    (`anderen`), what a colleague waits for and the most urgent first; those where nothing does; and apart,
    [(stand-in, {"vragend", "rustig"})], those of colleagues who are away today. Each knows whether it is `in_stap_5`.
    Queries."""
    facts, anderen = read_feiten(dossiers), changes_by_others(dossiers, user)
    for dossier in dossiers:
        dossier.punten = sorted(shown(points(facts[dossier.pk], clock.today())), key=_order)
        dossier.anderen, dossier.in_stap_5 = anderen[dossier.pk], facts[dossier.pk].plan is not None
    by_owner = {row.voor_id: (row, []) for row in vervangt if row.van <= clock.today()}
    rest = []
    for dossier in dossiers:
        by_owner.get(dossier.eigenaar_id, (None, rest))[1].append(dossier)
    return _in_order(rest) | {"groepen": [(row, _in_order(hers)) for row, hers in by_owner.values() if hers]}


def _in_order(dossiers):
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
    mine, visible = own_and_visible(request.user)
    mine = mine.annotate(gelezen_op=journal_read_at(request.user, OuterRef("pk")))
    dossiers, vervangt = list(with_names(mine).order_by("-created_at", "-pk")), list(standing_in(request.user))
    for dossier in dossiers:
        dossier.keuze_label = ", ".join(str(p) for p in dossier.gezin if p.is_justitiabele) or dossier.kenmerk
    posted = request.POST if request.method == "POST" else None
    form = SnelleNotitieForm(posted, houder=None, bronnen={"dossiers": dossiers})
    done = attempt(
        request,
        form,
        lambda: add_notitie(form.cleaned_data["dossier"], form.values(), by=request.user),
        lambda notitie: answer(request.path, f"Genoteerd bij {form.cleaned_data['dossier'].keuze_label}."),
    )
    if done.response:
        return done.response
    known = {dossier.pk: dossier.keuze_label for dossier in dossiers}
    waiting = name_waiting(waiting_for(request.user, visible), known, request.user)
    context = {"form": form, "wacht": waiting, "vervangt": vervangt}
    context |= what_asks(dossiers, request.user, vervangt)
    return render(request, "stap5/werk.html", context, status=done.status)
