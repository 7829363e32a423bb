"""Every page of a dossier is made here: people, contact rules and bans are read once and shown by all of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.rules import refusal
from dossiers.deel import delen
from dossiers.overdrachtregels import answering_teams
from dossiers.papier import PaperUnavailable
from dossiers.rules import check_can_manage_open, toegang_of


def people_of(dossier):
    """The people still involved, the justitiabele first."""
    return [persoon for persoon in dossier.mensen() if persoon.gestopt_op is None]


def justitiabele_of(dossier):
    return next((persoon for persoon in people_of(dossier) if persoon.is_justitiabele), None)


def teams_elsewhere(dossier):
    """Teams of other houses to which the dossier may be offered. Queries."""
    return answering_teams().exclude(huis=dossier.team.huis_id).select_related("huis")


def way_back(request, dossier):
    """{"adres", "naam", "vraag"}: the page that `?terug=` names, if one was declared (Deel.terug); else None. The
    question stays in the address of the page, so a form that sends to its own page keeps it."""
    word = request.GET.get("terug", "")
    for deel in delen():
        if word in deel.terug:
            naam, route = deel.terug[word]
            return {"adres": reverse(route, args=[dossier.kenmerk]), "naam": naam, "vraag": f"?terug={word}"}
    return None


def render_dossier(request, dossier, template, context=None, *, status=200):
    """A page of this dossier with what every page of it shows."""
    shared = {
        "dossier": dossier,
        "justitiabele": justitiabele_of(dossier),
        "kinderen": [persoon for persoon in people_of(dossier) if persoon.rol == "kind"],
        "verboden": dossier.lopende_verboden(),
        "toegang": {reason.name for reason in toegang_of(request.user, dossier)},
        "delen": delen(),
        "beheer_refusal": refusal(check_can_manage_open, request.user, dossier),
        "terugweg": way_back(request, dossier),
        "knoppen": [knop for knop in (deel.knop(dossier) for deel in delen()) if knop],
    }
    return render(request, template, shared | (context or {}), status=status)


def paper_page(request, dossier, naam, make, *, kopie=""):
    """The PDF that `make()` gives, named `naam`; or 503 with what to install where the libraries lack, and where the
    same can be copied as text (`kopie`)."""
    try:
        content = make()
    except PaperUnavailable as error:
        context = {"fout": str(error), "kopie": kopie}
        return render_dossier(request, dossier, "dossiers/geen_papier.html", context, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{naam}.pdf"'
    return response
