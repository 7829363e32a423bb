"""Consults: the list, the sheet with what is still to be replaced, and the sheet on paper."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import refusal
from dossiers.access import get_dossier_or_404, get_row_or_404
from dossiers.models import Soort
from dossiers.rules import check_can_write
from dossiers.teksten import teksten_of
from dossiers.views.eenmalig import answer, attempt, press
from dossiers.views.pagina import render_dossier
from dossiers.views.rijen import read_versie
from partners.actions import overleg as actions
from partners.feiten import facts_of, general_lines
from partners.forms.overleg import BladForm, GevoerdOverlegForm, KeuzesForm, NieuwOverlegForm, read_choices
from partners.models import Partnersoort
from partners.models.overleg import Overlegstatus
from partners.overleg import OVERLEG
from partners.overlegregels import check_can_finish, check_nobody_named, open_groups

MOST = 150  # marked words on one page; the next ones come when these are done
UNCLEAR = "Vul in wat er in de plaats komt (hoogstens 200 tekens), of kies ‘is geen …’."
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


def _begin(request, kenmerk, form_class, bronnen, act, template, answer_of):
    """A form that makes a consult."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="overleg")
    form = form_class(request.POST if request.method == "POST" else None, houder=dossier, bronnen=bronnen(dossier))
    done = attempt(request, form, lambda: act(dossier, form.values(), by=request.user), answer_of)
    if done.response:
        return done.response
    context = {"form": form, "refusal": refusal(check_can_write, request.user, dossier)}
    return render_dossier(request, dossier, template, context, status=done.status)


def _soorten(dossier):
    return {"partnersoorten": list(Partnersoort.objects.all())}


def _sources(dossier):
    return _soorten(dossier) | {"teksten": teksten_of(dossier), "feiten": general_lines(dossier)}


def _to_sheet(overleg, *told):
    return answer(reverse("partners:overleg_blad", args=[overleg.dossier.kenmerk, overleg.sleutel]), *told)


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request, kenmerk):
    """With whom, what to ask, and what of the dossier comes on the sheet."""
    template = "partners/overleg_nieuw.html"
    return _begin(request, kenmerk, NieuwOverlegForm, _sources, actions.prepare_overleg, template, _to_sheet)


@require_http_methods(["GET", "HEAD", "POST"])
def noteren(request, kenmerk):
    """A consult that already took place."""

    def noted(overleg):
        return answer(reverse("partners:overleg", args=[kenmerk]), "Genoteerd, ook in de voortgang.")

    template = "partners/overleg_noteren.html"
    return _begin(request, kenmerk, GevoerdOverlegForm, _soorten, actions.note_overleg, template, noted)


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


def _offered(groups, posted):
    """[(digest, Groep, what comes instead, the choice or "")] of the first groups, as they were filled in where they
    were sent before."""
    return [
        (key, groep, posted.get(f"door-{key}", groep.voorstel), posted.get(f"keuze-{key}", ""))
        for key, groep in groups[:MOST]
    ]


def _sheet(request, overleg, form=None, *, keuzes=None, status=200):
    """The page of one consult: its sheet while it is prepared, and what came of it after. `keuzes`: the choices that
    could not be carried out."""
    dossier, user = overleg.dossier, request.user
    prepares = overleg.status == Overlegstatus.VOORBEREIDING and not overleg.gestopt_op
    asks = overleg.status != Overlegstatus.GEVOERD and overleg.blad
    groups = open_groups(overleg, facts_of(dossier)) if asks else []
    context = {
        "overleg": overleg,
        "rubriek": OVERLEG,
        "form": form or BladForm(None, houder=dossier, initial={"tekst": overleg.blad}),
        "prepares": prepares,
        "groepen": _offered(groups, keuzes.data if keuzes else {}),
        "keuzes": keuzes,
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
    overleg, versie = _find(request, kenmerk, sleutel), read_versie(request)
    form = BladForm(request.POST, houder=overleg.dossier)

    def save():
        return actions.save_sheet(overleg, form.cleaned_data["tekst"], versie=versie, by=request.user)

    done = attempt(request, form, save, _to_sheet)
    if done.response:
        return done.response
    if done.conflict:
        form.add_error(None, f"{CONFLICT} Wat jij typte, staat nog in het veld.")
    return _sheet(request, overleg, form, status=done.status)


def _press(request, overleg, act, *told):
    """One button on a sheet; a refusal or a conflict is told on the page that follows."""
    back = _to_sheet(overleg)["adres"]
    return press(request, act, lambda row: _to_sheet(overleg, *told), back=back, conflict=CONFLICT)


@require_POST
def vervangen(request, kenmerk, sleutel):
    """Replace or release what was marked, all in one go."""
    overleg, versie = _find(request, kenmerk, sleutel), read_versie(request)
    keys = [name.removeprefix("keuze-") for name in request.POST if name.startswith("keuze-")]
    choices, unclear = read_choices(request.POST, keys[: MOST + 1])
    told = [(messages.WARNING, UNCLEAR)] if unclear else []
    act = partial(actions.apply_choices, overleg, choices, versie=versie, by=request.user)
    form = KeuzesForm(request.POST, houder=overleg.dossier)
    done = attempt(request, form, act, lambda row: _to_sheet(overleg, *told))
    if done.response:
        return done.response
    if done.conflict:
        form.add_error(None, f"{CONFLICT} Wat jij invulde, staat er nog.")
    return _sheet(request, done.conflict or overleg, keuzes=form, status=done.status)


@require_POST
def afwerken(request, kenmerk, sleutel):
    overleg, versie = _find(request, kenmerk, sleutel), read_versie(request)
    done = "Het blad is klaar. Hou het bij de hand als je belt."
    act = partial(actions.finish_sheet, overleg, versie=versie, by=request.user)
    return _press(request, overleg, act, done)


@require_POST
def heropenen(request, kenmerk, sleutel):
    overleg = _find(request, kenmerk, sleutel)
    return _press(request, overleg, partial(actions.reopen_sheet, overleg, by=request.user))


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
