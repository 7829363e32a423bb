"""The partner answers without an account, and the assistant makes the link for it."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.rules import refusal
from dossiers.access import get_dossier_or_404, get_row_or_404
from dossiers.views.eenmalig import answer, attempt
from dossiers.views.pagina import render_dossier
from partners.actions import antwoordlink as actions
from partners.antwoordregels import antwoorden_op, is_alive
from partners.antwoordtoegang import COOKIE, OPEN_FOR, find_antwoordlink, opened, read_vraag, seal
from partners.forms.antwoord import CodeForm, ToelichtingForm
from partners.models.antwoordlink import TRIES
from partners.openbaar import openbaar

SHOWN_ONCE = "De link is gemaakt; zijn code werd één keer getoond. Heb je ze niet meer? Maak dan een nieuwe link."


def _full_address(request):
    return lambda token: request.build_absolute_uri(reverse("partners:antwoord", args=[token]))


@openbaar(COOKIE)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request, token):
    """A field for the code, the same for every link that works; one and the same page for all that do not. Looking
    changes nothing: scanners of mail open every link."""
    if request.method == "POST":
        return _try(request, token)
    found = find_antwoordlink(token)
    if found is None or not is_alive(found, clock.now()):
        return _dead(request)
    return render(request, "partners/antwoord_code.html", {"form": CodeForm(None)})


def _dead(request):
    return render(request, "partners/antwoord_dood.html", status=404)


def _try(request, token):
    form = CodeForm(request.POST)
    found = find_antwoordlink(token)
    if found is None or not is_alive(found, clock.now()):
        return _dead(request)
    if not form.is_valid():
        return render(request, "partners/antwoord_code.html", {"form": form})
    found, fits = actions.try_code(token, form.cleaned_data["code"])
    if found is None or not is_alive(found, clock.now()):
        return _dead(request)
    if fits:
        return _let_in(found)
    left = TRIES - found.tries
    form.add_error("code", f"Deze code klopt niet. U kunt nog {left} keer proberen, daarna gaat de link dicht.")
    return render(request, "partners/antwoord_code.html", {"form": form})


def _let_in(found):
    """To the page without the token in its address, for half an hour."""
    response, (value, _) = redirect("partners:antwoord_vraag"), seal(found)
    response.set_cookie(
        COOKIE,
        value,
        max_age=OPEN_FOR,
        path=reverse("partners:antwoord_vraag"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


@openbaar(COOKIE)
@require_POST
def vernieuwen(request, token):
    """Whatever this token is: the same sentence. Only a genuine link that expired is sent anew."""
    actions.renew_antwoordlink(token, address=_full_address(request))
    return render(request, "partners/antwoord_gevraagd.html")


def _opened(request):
    return opened(request.COOKIES.get(COOKIE, ""))


def _closed(request):
    return render(request, "partners/antwoord_dicht.html", status=404)


@openbaar(COOKIE)
@require_safe
def vraag(request):
    """What was asked, and what one can answer."""
    found, until = _opened(request)
    return _vraag(request, found, until) if found else _closed(request)


def _vraag(request, found, until, form=None, gegeven=None, *, status=200):
    """`form`: the answer `gegeven` as it was sent, with why it cannot be."""
    items = antwoorden_op(found.doorverwijzing.status)
    items += [gegeven] if gegeven and gegeven not in items else []
    context = {
        "vraag": read_vraag(found),
        "antwoorden": [(item, form if item == gegeven else ToelichtingForm(None, antwoord=item)) for item in items],
        "gegeven": gegeven,
        "tot": clock.local(until),
    }
    return render(request, "partners/antwoord.html", context, status=status)


@openbaar(COOKIE)
@require_POST
def antwoorden(request, antwoord):
    """One answer, which is one step of the referral or a message."""
    found, _ = _opened(request)
    if found is None:
        return _closed(request)
    form = ToelichtingForm(request.POST, antwoord=antwoord)
    done = attempt(
        request,
        form,
        lambda: actions.answer(found, antwoord, form.cleaned_data["tekst"]),
        lambda step: answer(reverse("partners:antwoord_bedankt")),
        wie=f"link/{found.sleutel}",
    )
    return done.response or _not_answered(request, form, antwoord, done.status)


def _not_answered(request, form, antwoord, status):
    """The page again, as the referral stands now."""
    found, until = _opened(request)
    if found is None:
        return _closed(request)
    return _vraag(request, found, until, form, antwoord, status=status)


@openbaar(COOKIE)
@require_safe
def bedankt(request):
    return render(request, "partners/antwoord_bedankt.html", {"open": _opened(request)[0] is not None})


@require_http_methods(["GET", "HEAD", "POST"])
def maken(request, kenmerk, rubriek, sleutel, handeling):
    """A link and its code for a referral that was sent, shown this once."""
    act = rubriek.handeling(handeling)
    dossier = get_dossier_or_404(request.user, kenmerk, page="link voor de partner")
    row = get_row_or_404(rubriek.queryset(dossier), sleutel)
    if not act.offered(row) and request.method != "POST":  # what was typed meets its refusal under the lock
        messages.error(request, f"‘{act.titel}’ kan hier niet, of niet meer.")
        return redirect(rubriek.route, kenmerk)
    row.dossier = dossier
    form = act.form(request.POST if request.method == "POST" else None, houder=row, user=request.user)
    done = attempt(
        request,
        form,
        lambda: act.action(row, form.values(), by=request.user, address=_full_address(request)),
        lambda made: answer(reverse(rubriek.route, args=[kenmerk]), SHOWN_ONCE),
        show=lambda made: _new_link(request, row, rubriek, made, form.cleaned_data["mailen"]),
    )
    return done.response or _link_form(request, row, rubriek, act, form, done.status)


def _new_link(request, row, rubriek, made, mailen):
    context = {"nieuw": made, "rij": row, "rubriek": rubriek, "mailen": mailen}
    return render_dossier(request, row.dossier, "partners/antwoordlink.html", context)


def _link_form(request, row, rubriek, act, form, status):
    context = {
        "handeling": act,
        "rubriek": rubriek,
        "item": rubriek.item,
        "rij": row,
        "terug": reverse(rubriek.route, args=[row.dossier.kenmerk]),
        "form": form,
        "conflict": None,
        "refusal": refusal(act.check, request.user, row),
        "waarschuwingen": act.waarschuwingen(row),
    }
    return render_dossier(request, row.dossier, "dossiers/handeling.html", context, status=status)
