"""The list of dossiers, opening one, its page, and what the whole of it says as plain text."""

from django.contrib import messages
from django.db.models import Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import refusal
from dossiers import rubrieken
from dossiers.access import get_dossier_or_404, visible_to, with_names
from dossiers.actions import open_dossier
from dossiers.deel import delen
from dossiers.forms.dossier import NieuwDossierForm, ZoekForm
from dossiers.models import Contactmoment, Opdracht, Opdrachtsoort, Ouderschap, Verblijf
from dossiers.names import name_lookup
from dossiers.rules import check_can_close, check_can_manage, check_can_open_dossier, check_can_reopen, check_can_write
from dossiers.views.eenmalig import answer, attempt
from dossiers.views.pagina import people_of, render_dossier

PAGE_SIZE = 30
SEARCH = "dossiers_zoek"


def search(dossiers, zoek):
    """Those of `dossiers` that a name, a kenmerk or a SIPAR number points to."""
    lookup = name_lookup(zoek, "betrokkenen__")
    names = Q(**lookup) if lookup else Q(pk__in=[])
    found = dossiers.filter(names | Q(kenmerk=zoek.strip().lower()) | Q(sipar_nummer=zoek.strip())).values("pk")
    return dossiers.filter(pk__in=found)


def page_after(dossiers, cursor):
    """One page of `dossiers`, newest first, after the one whose kenmerk is `cursor`: (rows, next cursor or "")."""
    rows = dossiers.order_by("-created_at", "-pk")
    if cursor:
        last = dossiers.filter(kenmerk=cursor).first() if cursor.isalnum() else None  # PostgreSQL refuses a NUL
        if last is None:
            raise Http404
        rows = rows.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk))
    rows = list(with_names(rows)[: PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    return rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].kenmerk if more else ""


@require_safe
def index(request):
    """What this user may see, one page at a time; the search terms wait in the session."""
    terms = request.session.get(SEARCH, {})
    dossiers = visible_to(request.user)
    if not terms.get("gesloten"):
        dossiers = dossiers.open()
    if terms.get("zoek"):
        dossiers = search(dossiers, terms["zoek"])
    rows, more = page_after(dossiers, request.GET.get("na", ""))
    context = {
        "rijen": rows,
        "meer": more,
        "zoekform": ZoekForm(initial=terms),
        "zoekt": bool(terms.get("zoek")),
        "nieuw_refusal": refusal(check_can_open_dossier, request.user),
    }
    return render(request, "dossiers/index.html", context)


@require_POST
def zoek(request):
    form = ZoekForm(request.POST)
    request.session[SEARCH] = form.cleaned_data if form.is_valid() else {}
    return redirect("dossiers:index")


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request):
    check_can_open_dossier(request.user)
    form = NieuwDossierForm(request.POST if request.method == "POST" else None, houder=None)
    done = attempt(request, form, lambda: open_dossier(form.values(), by=request.user), _opened)
    return done.response or render(request, "dossiers/nieuw.html", {"form": form}, status=done.status)


def _opened(dossier):
    told = ["Het dossier is geopend. Wie hoort nog bij dit gezin?"]
    if dossier.opdrachten.filter(soort=Opdrachtsoort.THV).exists():
        ban = "Noteer straks ook het huisverbod zelf, bij ‘Verboden’: voor wie, tegenover wie."
        told.append((messages.WARNING, ban))
    return answer(reverse("dossiers:betrokkenen", args=[dossier.kenmerk]), *told)


@require_safe
def detail(request, kenmerk):
    """Who is who, under which mandate, what the plan says, and the last notes."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="dossier")
    user, mensen = request.user, people_of(dossier)
    prefetch_related_objects(mensen, "afgeschermd_voor")
    context = {
        "opdrachten": Opdracht.objects.lopend().filter(dossier=dossier).prefetch_related("wijzigingen"),
        "verblijven": Verblijf.objects.lopend().filter(dossier=dossier).select_related("wie", "bij"),
        "ouderschappen": Ouderschap.objects.lopend().filter(dossier=dossier).select_related("ouder", "kind"),
        "mensen": mensen,
        "volgend_contact": Contactmoment.objects.komend().filter(dossier=dossier).first(),
        "panelen": [paneel for paneel in (deel.paneel(dossier) for deel in delen()) if paneel],
        "schrijf_refusal": refusal(check_can_write, user, dossier),
        "sluit_refusal": refusal(check_can_close, user, dossier),
        "heropen_refusal": refusal(check_can_reopen, user, dossier),
        "beheer_refusal": refusal(check_can_manage, user, dossier),
        "rubrieken": rubrieken.RUBRIEKEN,
    }
    return render_dossier(request, dossier, "dossiers/detail.html", context)
