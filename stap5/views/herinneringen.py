"""Reminders by e-mail on or off, the address of one's own calendar, and that calendar itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.models import Agenda
from dossiers.views.eenmalig import answer, press
from stap5.access import get_agenda_or_404, reminded_or_404
from stap5.actions.herinnering import create_agenda, set_herinneringen, stop_agenda
from stap5.agenda import UNUSED, as_ics, is_alive
from stap5.feiten import points_for

SHOWN_ONCE = "Het adres is gemaakt en één keer getoond. Heb je het niet meer? Maak dan een nieuw."


def _page():
    return reverse("stap5:herinneringen")


@require_safe
def herinneringen(request):
    reminded_or_404(request.user)
    agenda = Agenda.objects.filter(gebruiker=request.user).first()
    context = {
        "agenda": agenda,
        "werkt": agenda is not None and is_alive(agenda, clock.today()),
        "dagen": UNUSED.days,
    }
    return render(request, "stap5/herinneringen.html", context)


@require_POST
def mail(request, aan):
    """Reminders on or off."""
    reminded_or_404(request.user)
    told = "Je krijgt herinneringen." if aan else "Je krijgt geen herinneringen meer."
    return press(
        request, lambda: set_herinneringen(aan, by=request.user), lambda done: answer(_page(), told), back=_page()
    )


@require_POST
def maken(request):
    """A new address, shown this once."""
    reminded_or_404(request.user)

    def show(token):
        adres = request.build_absolute_uri(reverse("stap5:agenda", args=[token]))
        return render(request, "stap5/agenda_adres.html", {"adres": adres, "dagen": UNUSED.days})

    return press(
        request,
        lambda: create_agenda(by=request.user),
        lambda token: answer(_page(), SHOWN_ONCE),
        back=_page(),
        show=show,
    )


@require_POST
def intrekken(request):
    reminded_or_404(request.user)
    return press(
        request,
        lambda: stop_agenda(by=request.user),
        lambda done: answer(_page(), "Het adres werkt niet meer."),
        back=_page(),
    )


@login_not_required
@require_safe
def agenda(request, token):
    """The calendar, for a phone or a computer that knows the address and signs in nowhere."""
    user = get_agenda_or_404(token)
    return HttpResponse(as_ics(user, points_for(user)), content_type="text/calendar; charset=utf-8")
