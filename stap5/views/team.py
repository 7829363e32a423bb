"""A team at a glance: numbers, the dossiers behind each number, and the same as CSV."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dossiers.models import Soort
from stap5.access import get_team_or_404, members_of
from stap5.team import list_table, tables_as_csv, team_tables


@require_safe
def team(request):
    """The caseload per colleague, what asks attention, and how step 5 ended."""
    items = get_team_or_404(request.user, page="team")
    return render(request, "stap5/team.html", team_tables(items, members_of(request.user)))


@require_safe
def team_csv(request):
    items = get_team_or_404(request.user, page="team als bestand", soort=Soort.UITGEVOERD)
    return _csv([*team_tables(items, members_of(request.user)).values()], "team")


def _of_colleague(items, sleutel):
    """(the items of the colleague with this sleutel, who that is); all and None without a sleutel."""
    if sleutel is None:
        return items, None
    own = [item for item in items if item.dossier.eigenaar.sleutel == sleutel]
    if not own:
        raise Http404
    return own, own[0].dossier.eigenaar


@require_safe
def lijst(request, lijst, sleutel=None):
    """The dossiers behind a number: of the whole team, or of one colleague."""
    items, wie = _of_colleague(get_team_or_404(request.user, page=f"teamlijst {lijst.slug}"), sleutel)
    context = {"lijst": lijst, "wie": wie, "tabel": list_table(lijst, items)}
    return render(request, "stap5/teamlijst.html", context)


@require_safe
def lijst_csv(request, lijst, sleutel=None):
    items = get_team_or_404(request.user, page=f"teamlijst {lijst.slug} als bestand", soort=Soort.UITGEVOERD)
    return _csv([list_table(lijst, _of_colleague(items, sleutel)[0])], lijst.slug)


def _csv(tabellen, naam):
    """A file that spreadsheets open as it is: they ask for the mark in front."""
    response = HttpResponse(tables_as_csv(tabellen).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{naam}.csv"'
    return response
