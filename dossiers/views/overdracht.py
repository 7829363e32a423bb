"""Handing over: the bundle with its offer, on screen and on paper, and the answers of who is asked."""

from datetime import timedelta

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.models import DOSSIERROLLEN, Gebruiker
from accounts.rules import refusal
from dossiers.access import (
    get_dossier_or_404,
    get_overdracht_or_404,
    named_to,
    offers_told_to,
    open_offers_for,
    with_uitgesloten,
)
from dossiers.actions.overdracht import accept_overdracht, refuse_overdracht
from dossiers.audit import mark
from dossiers.bundel import bundel_of, in_short, render_bundel_pdf
from dossiers.forms.overdracht import AanvaardForm, VoorstelForm, WeigerForm
from dossiers.models import Soort
from dossiers.overdrachtregels import (
    answer_of,
    check_can_answer,
    check_can_be_offered,
    check_can_read_refusal_reason,
    offers_of,
    still_sees,
)
from dossiers.rules import check_can_manage_open
from dossiers.views.eenmalig import answer, attempt
from dossiers.views.pagina import paper_page, render_dossier
from dossiers.views.rijen import Bronnen

RECENT = timedelta(days=30)  # answers that are still told to who asked
PAGE = "voorstel tot overdracht"


@require_safe
def overdracht(request, kenmerk):
    """What the next colleague must know, the offer that waits, and the form to make one."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="overdracht")
    offers = list(offers_of(dossier))
    waiting = next((offer for offer in offers if offer.wacht), None)
    manage_refusal = refusal(check_can_manage_open, request.user, dossier)
    why = not refusal(check_can_read_refusal_reason, request.user, dossier)
    context = bundel_of(dossier) | {
        "voorstel": waiting,
        "eerder": [(row, answer_of(row), row.geweigerd_reden if why else "") for row in offers if not row.wacht],
        "lukt_niet": refusal(check_can_be_offered, dossier, waiting.naar, waiting.naar_team) if waiting else "",
    }
    if not waiting and not manage_refusal:
        bronnen = Bronnen(dossier, dossier)
        context["form"] = VoorstelForm(houder=dossier, bronnen=bronnen, user=request.user, naam="voorstellen")
    return render_dossier(request, dossier, "dossiers/overdracht.html", context)


@require_safe
def bundel_pdf(request, kenmerk):
    """The bundle on paper: A4, tagged."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="overdrachtsbundel", soort=Soort.UITGEVOERD)
    merkteken = mark(dossier.opname)
    return paper_page(
        request, dossier, f"overdracht-{dossier.kenmerk}", lambda: render_bundel_pdf(dossier, merkteken=merkteken)
    )


# Who is asked


@require_safe
def overdrachten(request):
    """What waits for my answer, what I asked that waits, and what became of it lately. A dossier is named where this
    user may see it; else her own words tell her which one it was."""
    user = request.user
    if not user.has_dossierrol:
        raise Http404
    since = clock.now() - RECENT
    asked = [row for row in offers_told_to(user) if row.wacht or (row.aanvaard_op or row.geweigerd_op) >= since]
    seen = named_to(user, [row.dossier_id for row in asked])
    own_words = {row.pk: row.reden for row in asked if row.created_by == user}
    context = {
        "te_beantwoorden": open_offers_for(user),
        "gevraagd": [(row, answer_of(row), seen.get(row.dossier_id), own_words.get(row.pk, "")) for row in asked],
    }
    return render(request, "dossiers/overdrachten.html", context)


@require_safe
def voorstel(request, sleutel):
    """What it takes to decide, and the two answers. Once answered or withdrawn: only what became of it."""
    offer = get_overdracht_or_404(request.user, sleutel, page=PAGE)
    return _offer_page(request, offer)


def _members(offer, user):
    """Among whom the owner is chosen when a team was asked: its people, and who answers."""
    if not offer.naar_team_id:
        return []
    team = Gebruiker.objects.filter(Q(team=offer.naar_team_id) | Q(pk=user.pk), rol__in=DOSSIERROLLEN)
    return list(with_uitgesloten(team, offer.dossier))


def _form(form_class, request, offer, naam, *, bound=False):
    bronnen = {"leden": _members(offer, request.user)} if form_class is AanvaardForm else {}
    return form_class(request.POST if bound else None, houder=offer, bronnen=bronnen, user=request.user, naam=naam)


def _offer_page(request, offer, *, aanvaarden=None, weigeren=None, status=200):
    typed = weigeren["reden"].value() if weigeren else ""  # also where the offer was answered or withdrawn meanwhile
    context = {"voorstel": offer, "antwoord": answer_of(offer), "getypt": typed or ""}
    if offer.wacht:
        context |= in_short(offer.dossier) | {
            "refusal": refusal(check_can_answer, request.user, offer),
            "van_blijft": still_sees(offer, request.user),
            "aanvaarden": aanvaarden or _form(AanvaardForm, request, offer, "aanvaarden"),
            "weigeren": weigeren or _form(WeigerForm, request, offer, "weigeren"),
            "fout": bool((aanvaarden or weigeren) and (aanvaarden or weigeren).errors),
        }
    return render(request, "dossiers/voorstel.html", context, status=status)


def _answer(request, sleutel, naam, form_class, action, answer_of):
    """The answer tried: where it leads, or the page with what is wrong."""
    offer = get_overdracht_or_404(request.user, sleutel, page=PAGE)
    form = _form(form_class, request, offer, naam, bound=True)
    done = attempt(request, form, lambda: action(offer, form.values(), by=request.user), answer_of)
    if done.response:
        return done.response
    offer.refresh_from_db()
    return _offer_page(request, offer, **{naam: form}, status=done.status)


@require_POST
def aanvaarden(request, sleutel):
    told = "Het dossier is overgenomen. Wat nog openstaat, vind je bij ‘Overdragen’."

    def taken(dossier):
        return answer(reverse("dossiers:detail", args=[dossier.kenmerk]), told)

    return _answer(request, sleutel, "aanvaarden", AanvaardForm, accept_overdracht, taken)


@require_POST
def weigeren(request, sleutel):
    told = "Je antwoord is genoteerd. Het dossier blijft bij wie het nu volgt."

    def refused(offer):
        return answer(reverse("dossiers:overdrachten"), told)

    return _answer(request, sleutel, "weigeren", WeigerForm, refuse_overdracht, refused)
