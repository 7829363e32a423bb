"""The generic views: a list of rows with the form to add one, changing a row, and one act upon a row or its holder."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.rules import refusal
from dossiers.access import candidates_for, colleagues_of, get_dossier_or_404, get_row_or_404
from dossiers.actions import afresh
from dossiers.views.eenmalig import answer, attempt
from dossiers.views.pagina import people_of, render_dossier, teams_elsewhere, way_back


class Bronnen:
    """Rows to choose among, by kind, read when a form first asks for them."""

    def __init__(self, dossier, houder, extra=None):
        self.dossier, self.houder, self.known = dossier, houder, {}
        own = {"betrokkenen": people_of, "collegas": colleagues_of, "teams": teams_elsewhere}
        self.readers = own | {"overnemers": candidates_for} | (extra or {})

    def get(self, soort, default=None):
        if soort not in self.known:
            read = self.readers.get(soort)
            self.known[soort] = list(read(self.dossier) if read else getattr(top_of(self.houder), soort).lopend())
        return self.known[soort]


def top_of(houder):
    """The plan (or dossier) in which a row lies, however deep."""
    while getattr(houder, "HOUDER", "dossier") != "dossier":
        houder = houder.houder
    return houder


def _form(form_class, request, houder, bronnen, *, instance=None, initial=None):
    return form_class(
        request.POST if request.method == "POST" else None,
        houder=houder,
        bronnen=bronnen,
        instance=instance,
        user=request.user,
        initial=initial,
    )


def _afterwards(request, dossier, route):
    """The address to go on to: the declared page one came from, else the one of this route."""
    back = way_back(request, dossier)
    return back["adres"] if back else reverse(route, args=[dossier.kenmerk])


def read_versie(request):
    """The version that stood on the screen when this form was filled in; 0 when it says none."""
    value = request.POST.get("versie", "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


@require_http_methods(["GET", "HEAD", "POST"])
def lijst(request, kenmerk, rubriek):
    """All rows of a rubriek, and the form to add one."""
    dossier = get_dossier_or_404(request.user, kenmerk, page=rubriek.titel.lower())
    if rubriek.check_read and refusal(rubriek.check_read, request.user, dossier):
        raise Http404
    houder = rubriek.houder(dossier)
    bronnen = Bronnen(dossier, houder, rubriek.bronnen)
    form = _form(rubriek.form, request, houder, bronnen, initial=rubriek.initial_from(request.GET))
    done = attempt(
        request,
        form,
        lambda: rubriek.add(houder, form, by=request.user),
        lambda row: answer(_afterwards(request, dossier, rubriek.route), form.done()),
    )
    return done.response or _list_page(request, dossier, rubriek, houder, form, done.status)


def _list_page(request, dossier, rubriek, houder, form, status):
    rows = list(rubriek.queryset(houder))
    context = {
        "rubriek": rubriek,
        "houder": houder,
        "rijen": [row for row in rows if row.gestopt_op is None and not row.is_past],
        "gestopt": [row for row in rows if row.gestopt_op or row.is_past],
        "form": form,
        "refusal": refusal(rubriek.check, request.user, houder),
    }
    context |= rubriek.context(dossier, houder)
    return render_dossier(request, dossier, rubriek.pagina, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rij(request, kenmerk, rubriek, sleutel, handeling=None):
    """One act upon one row: changing it, a check, a view of a parent, an end."""
    act = rubriek.handeling(handeling) if handeling else rubriek.wijzigen
    dossier = get_dossier_or_404(request.user, kenmerk, page=rubriek.titel.lower())
    if rubriek.check_read and refusal(rubriek.check_read, request.user, dossier):
        raise Http404
    houder = rubriek.houder(dossier)
    row = get_row_or_404(rubriek.queryset(houder), sleutel)
    setattr(row, row.HOUDER, houder)  # known already, with its dossier and who may do what there
    if not act.offered(row) and request.method != "POST":  # what was typed meets its refusal under the lock
        messages.error(request, f"‘{act.titel}’ kan hier niet, of niet meer.")
        return redirect(rubriek.route, kenmerk)
    return act_on(request, dossier, act, row, terug=_afterwards(request, dossier, rubriek.route), rubriek=rubriek)


@require_http_methods(["GET", "HEAD", "POST"])
def handeling(request, kenmerk, handeling, terug):
    """One act upon the dossier or its plan; afterwards the page whose route is `terug`, or where one came from."""
    dossier = get_dossier_or_404(request.user, kenmerk, page=handeling.titel.lower())
    return act_on(request, dossier, handeling, handeling.houder(dossier), terug=_afterwards(request, dossier, terug))


def act_on(
    request, dossier, act, houder, *, terug, daarna="", rubriek=None, item="", bronnen=None, initial=None, pad=()
):
    """The page of an act. Who saves second sees what the other wrote, and keeps her own text.

    `terug`: the address one came from; `daarna`: where it goes on once it is done, if not there. Without a `rubriek`:
    `item` (a template) shows what it is about, `bronnen` are rows to choose among, `pad` is [(title, address)] of the
    pages between the dossier and this one; `initial`: what a link filled in.
    """
    holder = houder.houder if act.edits else houder
    bronnen = Bronnen(dossier, houder, rubriek.bronnen if rubriek else bronnen)
    form = _form(act.form, request, holder, bronnen, instance=copy(houder) if act.edits else None, initial=initial)
    versie = read_versie(request) if request.method == "POST" else houder.versie
    do = partial(act.do, houder, form, by=request.user, versie=versie)
    row = partial(afresh, houder) if act.edits else None
    done = attempt(request, form, do, lambda result: answer(daarna or terug, act.klaar), row=row)
    if done.response:
        return done.response
    item = rubriek.item if rubriek and not act.edits else item
    context = {"item": item, "rubriek": rubriek, "terug": terug, "pad": pad}
    context |= _act_context(act, houder, form, versie, done) | {"refusal": refusal(act.check, request.user, houder)}
    return render_dossier(request, dossier, "dossiers/handeling.html", context, status=done.status)


def _act_context(act, houder, form, versie, done):
    """The act, what it is upon, and both texts where the row was saved meanwhile, by somebody else or by oneself."""
    current = done.conflict
    return {
        "al_bewaard": done.own,
        "handeling": act,
        "rij": houder,
        "form": form,
        "versie": current.versie if current else versie,
        "conflict": current and _differences(form, act.form, current),
        "waarschuwingen": act.waarschuwingen(houder),
    }


def _differences(form, form_class, current):
    """[(label, what stands there now, what was typed)] for the fields that differ from the row as it is now."""
    theirs = form_class(None, houder=form.houder, bronnen=form.bronnen, instance=current, user=form.user)
    rows = []
    for name, field in form.fields.items():
        if field.widget.is_hidden:
            continue
        now, typed = (_readable(field, bound[name].value()) for bound in (theirs, form))
        if now != typed:
            rows.append((field.label, now, typed))
    return rows


def _readable(field, value):
    """A bound field's value as its reader knows it: labels for choices, dd/mm/jjjj for dates."""
    value = field.prepare_value(value)
    if isinstance(value, list | tuple):
        labels = dict(field.choices)
        return ", ".join(sorted(str(labels.get(str(item), item)) for item in value))
    if value is True or value is False:
        return "ja" if value else "nee"
    if value in (None, ""):
        return ""
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(str(value), value))
    return str(field.widget.format_value(value) or "")
