"""Consults: the list, the sheet with what is still to be replaced, and the sheet on paper."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import NotAllowed, refusal
from dossiers.access import get_dossier_or_404, get_row_or_404
from dossiers.actions import Conflict
from dossiers.models import Soort
from dossiers.rules import check_can_write
from dossiers.teksten import teksten_of
from dossiers.views.pagina import render_dossier
from partners.actions import overleg as actions
from partners.feiten import facts_of, general_lines
from partners.forms.overleg import BladForm, GevoerdOverlegForm, NieuwOverlegForm, read_choices
from partners.models import Partnersoort
from partners.models.overleg import Overlegstatus
from partners.overleg import OVERLEG
from partners.overlegregels import check_can_finish, check_nobody_named, open_groups

MOST = 150  # marked words on one page; the next ones come when these are done
CONFLICT = "Intussen bewaarde iemand anders dit blad. Kijk wat er nu staat, en doe het opnieuw."


@require_safe
def lijst(request, kenmerk):
    """The consults of a dossier."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="overleg")
    rows = list(OVERLEG.queryset(dossier))
    context = {
        "rubriek": OVERLEG,
        "rijen": [row for row in rows if row.gestopt_op is None],
        "gestopt": [row for row in rows if row.gestopt_op],
        "refusal": refusal(check_can_write, request.user, dossier),
    }
    return render_dossier(request, dossier, "partners/overleg.html", context)


def _begin(request, kenmerk, form_class, bronnen, act, template):
    """A form that makes a consult: (the consult once made, None) or (None, the page)."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="overleg")
    posted = request.POST if request.method == "POST" else None
    form = form_class(posted, houder=dossier, bronnen=bronnen(dossier))
    status = 200
    if posted is not None and form.is_valid():
        try:
            row = act(dossier, form.values(), by=request.user)
        except NotAllowed as error:
            form.add_error(None, str(error))
            status = 403
        else:
            return row, None
    context = {"form": form, "refusal": refusal(check_can_write, request.user, dossier)}
    return None, render_dossier(request, dossier, template, context, status=status)


def _soorten(dossier):
    return {"partnersoorten": list(Partnersoort.objects.all())}


def _sources(dossier):
    return _soorten(dossier) | {"teksten": teksten_of(dossier), "feiten": general_lines(dossier)}


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request, kenmerk):
    """With whom, what to ask, and what of the dossier comes on the sheet."""
    template = "partners/overleg_nieuw.html"
    row, page = _begin(request, kenmerk, NieuwOverlegForm, _sources, actions.prepare_overleg, template)
    return page or redirect("partners:overleg_blad", kenmerk, row.sleutel)


@require_http_methods(["GET", "HEAD", "POST"])
def noteren(request, kenmerk):
    """A consult that already took place."""
    template = "partners/overleg_noteren.html"
    _, page = _begin(request, kenmerk, GevoerdOverlegForm, _soorten, actions.note_overleg, template)
    if page is None:
        messages.success(request, "Genoteerd, ook in de voortgang.")
    return page or redirect("partners:overleg", kenmerk)


def _find(request, kenmerk, sleutel, *, page="blad voor overleg", soort=Soort.GELEZEN):
    dossier = get_dossier_or_404(request.user, kenmerk, page=page, soort=soort)
    overleg = get_row_or_404(OVERLEG.queryset(dossier), sleutel)
    overleg.dossier = dossier
    return overleg


def _pieces(text, groups):
    """The text cut into [(piece, number of its group or None)], for a rendering with the places marked."""
    places = [(place, number) for number, (_, groep) in enumerate(groups, start=1) for place in groep.plaatsen]
    pieces, done = [], 0
    for place, number in sorted(places):
        pieces += [(text[done : place.start], None), (place.woord, number)]
        done = place.end
    return [*pieces, (text[done:], None)]


def _sheet(request, overleg, form=None, *, status=200):
    """The page of one consult: its sheet while it is prepared, and what came of it after."""
    dossier, user = overleg.dossier, request.user
    prepares = overleg.status == Overlegstatus.VOORBEREIDING and not overleg.gestopt_op
    asks = overleg.status != Overlegstatus.GEVOERD and overleg.blad
    groups = open_groups(overleg, facts_of(dossier)) if asks else []
    context = {
        "overleg": overleg,
        "rubriek": OVERLEG,
        "form": form or BladForm(None, houder=dossier, initial={"tekst": overleg.blad}),
        "prepares": prepares,
        "groepen": groups[:MOST],
        "aantal": len(groups),
        "stukken": _pieces(overleg.blad or "", groups),
        "refusal": refusal(check_can_write, user, dossier),
        "klaar_refusal": refusal(check_can_finish, user, overleg, groups) if prepares else "",
        "named_refusal": refusal(check_nobody_named, groups),
    }
    return render_dossier(request, dossier, "partners/overleg_blad.html", context, status=status)


@require_safe
def blad(request, kenmerk, sleutel):
    return _sheet(request, _find(request, kenmerk, sleutel))


@require_POST
def tekst(request, kenmerk, sleutel):
    """Keep the text as it was typed; what is marked in it is shown next."""
    overleg = _find(request, kenmerk, sleutel)
    form = BladForm(request.POST, houder=overleg.dossier)
    if not form.is_valid():
        return _sheet(request, overleg, form)
    try:
        actions.save_sheet(overleg, form.cleaned_data["tekst"], versie=_versie(request), by=request.user)
    except NotAllowed as error:
        form.add_error(None, str(error))
        return _sheet(request, overleg, form, status=403)
    except Conflict:
        form.add_error(None, f"{CONFLICT} Wat jij typte, staat nog in het veld.")
        return _sheet(request, overleg, form, status=409)
    return redirect("partners:overleg_blad", kenmerk, sleutel)


def _versie(request):
    value = request.POST.get("versie", "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _press(request, act, done=""):
    """One button: a refusal or a conflict is told on the page that follows."""
    try:
        act()
    except NotAllowed as error:
        messages.error(request, str(error))
    except Conflict:
        messages.error(request, CONFLICT)
    else:
        if done:
            messages.success(request, done)


@require_POST
def vervangen(request, kenmerk, sleutel):
    """Replace or release what was marked, all in one go."""
    overleg, versie = _find(request, kenmerk, sleutel), _versie(request)
    keys = [name.removeprefix("keuze-") for name in request.POST if name.startswith("keuze-")]
    choices, unclear = read_choices(request.POST, keys[: MOST + 1])
    if unclear:
        messages.warning(request, "Vul in wat er in de plaats komt (hoogstens 200 tekens), of kies ‘is geen …’.")
    _press(request, lambda: actions.apply_choices(overleg, choices, versie=versie, by=request.user))
    return redirect("partners:overleg_blad", kenmerk, sleutel)


@require_POST
def afwerken(request, kenmerk, sleutel):
    overleg, versie = _find(request, kenmerk, sleutel), _versie(request)
    done = "Het blad is klaar. Hou het bij de hand als je belt."
    _press(request, lambda: actions.finish_sheet(overleg, versie=versie, by=request.user), done)
    return redirect("partners:overleg_blad", kenmerk, sleutel)


@require_POST
def heropenen(request, kenmerk, sleutel):
    overleg = _find(request, kenmerk, sleutel)
    _press(request, lambda: actions.reopen_sheet(overleg, by=request.user))
    return redirect("partners:overleg_blad", kenmerk, sleutel)


@require_safe
def papier(request, kenmerk, sleutel):
    """The finished sheet alone, to print or to copy: nothing of the dossier stands around it."""
    overleg = _find(request, kenmerk, sleutel, soort=Soort.UITGEVOERD)
    used = overleg.status != Overlegstatus.VOORBEREIDING and overleg.blad
    changed = refusal(check_nobody_named, open_groups(overleg, facts_of(overleg.dossier))) if used else ""
    if not used or (changed and overleg.status == Overlegstatus.KLAAR):
        messages.error(request, changed or "Er is geen afgewerkt blad.")
        return redirect("partners:overleg_blad", kenmerk, sleutel)
    return render(request, "partners/overleg_papier.html", {"overleg": overleg})
