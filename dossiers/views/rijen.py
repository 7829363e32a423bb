"""The generic views: a list of rows with the form to add one, changing a row, and one act upon a row or its holder."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.rules import NotAllowed, refusal
from dossiers.access import get_dossier_or_404, get_row_or_404
from dossiers.actions import Conflict
from dossiers.views.pagina import colleagues_of, people_of, render_dossier


class Bronnen:
    """Rows to choose among, by kind, read when a form first asks for them."""

    def __init__(self, dossier, houder, extra=None):
        self.dossier, self.houder, self.known = dossier, houder, {}
        self.readers = {"betrokkenen": people_of, "collegas": colleagues_of} | (extra or {})

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


def _attempt(form, act):
    """Run `act` when the form is valid: (done, status, conflict). A refusal becomes an error of the form."""
    if not form.is_valid():
        return False, 200, None
    try:
        act()
    except NotAllowed as error:
        form.add_error(None, str(error))
        return False, 403, None
    except Conflict as error:
        return False, 409, error.row
    return True, 200, None


def _versie(request):
    value = request.POST.get("versie", "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


@require_http_methods(["GET", "HEAD", "POST"])
def lijst(request, kenmerk, rubriek):
    """All rows of a rubriek, and the form to add one."""
    dossier = get_dossier_or_404(request.user, kenmerk, page=rubriek.titel.lower())
    if rubriek.check_read and refusal(rubriek.check_read, request.user, dossier):
        raise Http404
    houder, status = rubriek.houder(dossier), 200
    bronnen = Bronnen(dossier, houder, rubriek.bronnen)
    form = _form(rubriek.form, request, houder, bronnen, initial=rubriek.initial_from(request.GET))
    if request.method == "POST":
        done, status, _ = _attempt(form, lambda: rubriek.add(houder, form, by=request.user))
        if done:
            messages.success(request, "Bewaard.")
            return redirect(rubriek.route, kenmerk)
    rows = list(rubriek.queryset(houder))
    context = {
        "rubriek": rubriek,
        "houder": houder,
        "rijen": [row for row in rows if row.gestopt_op is None],
        "gestopt": [row for row in rows if row.gestopt_op],
        "form": form,
        "refusal": refusal(rubriek.check, request.user, houder),
    }
    return render_dossier(request, dossier, rubriek.pagina, context | rubriek.context(dossier, houder), status=status)


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
    if not act.offered(row):
        messages.error(request, f"‘{act.titel}’ kan hier niet, of niet meer.")
        return redirect(rubriek.route, kenmerk)
    return _handeling(request, dossier, act, row, terug=rubriek.route, rubriek=rubriek)


@require_http_methods(["GET", "HEAD", "POST"])
def handeling(request, kenmerk, handeling, terug):
    """One act upon the dossier or its plan; afterwards the page whose route is `terug`."""
    dossier = get_dossier_or_404(request.user, kenmerk, page=handeling.titel.lower())
    return _handeling(request, dossier, handeling, handeling.houder(dossier), terug=terug)


def _handeling(request, dossier, act, houder, *, terug, rubriek=None):
    """The page of an act. Who saves second sees what the other wrote, and keeps her own text."""
    holder = houder.houder if act.edits else houder
    bronnen = Bronnen(dossier, houder, rubriek and rubriek.bronnen)
    form = _form(act.form, request, holder, bronnen, instance=houder if act.edits else None)
    versie, status, current = houder.versie, 200, None
    if request.method == "POST":
        versie = _versie(request)
        done, status, current = _attempt(form, lambda: act.do(houder, form, by=request.user, versie=versie))
        if done:
            messages.success(request, act.klaar)
            return redirect(terug, dossier.kenmerk)
    context = {
        "handeling": act,
        "rubriek": rubriek,
        "rij": houder if rubriek and not act.edits else None,
        "terug": terug,
        "form": form,
        "versie": current.versie if current else versie,
        "conflict": current and _differences(form, act.form, current),
        "refusal": refusal(act.check, request.user, houder),
        "waarschuwingen": act.waarschuwingen(houder),
    }
    return render_dossier(request, dossier, "dossiers/handeling.html", context, status=status)


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
