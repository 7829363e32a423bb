"""Who stands in for whom: arranging it, where it does not hold and why, and ending it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import DOSSIERROLLEN, Gebruiker
from dossiers.access import get_vervanging_or_404, named_to, standing_in, vervangingen_of
from dossiers.actions.vervanging import arrange_vervanging, complete_vervanging, stop_vervanging
from dossiers.forms.basis import RedenForm
from dossiers.forms.overdracht import VervangingForm
from dossiers.vervangingsregels import NOT_YET, clashes_of, gaps_of
from dossiers.views.eenmalig import answer, attempt, press


def _choices(user):
    """Who may be away (this user, and the people of the teams she leads) and among whom the stand-in is chosen: who
    arranges it for nobody but herself is not among them."""
    people = Gebruiker.objects.filter(rol__in=DOSSIERROLLEN)
    led = list(people.filter(team__in=user.led_team_ids(), is_active=True).exclude(pk=user.pk))
    house = people.filter(huis=user.huis_id)
    return {"voor": [user, *led], "door": list(house if led else house.exclude(pk=user.pk))}


def _report(user):
    """[{"vervanging", "botst", "gaten", "ongezien", "kan_nog"}] of what this user arranges: in how many dossiers it
    holds (`aantal`), [(justitiabele, why not)] where it does not, how many of those she may not see, whether some can
    still be arranged, and where a stand-in is away herself (`botst`)."""
    rows = list(vervangingen_of(user).met_aantal())
    gaps, clashes = gaps_of(rows), clashes_of(rows)
    seen = named_to(user, [pk for _, pk, _ in gaps])
    found = []
    for row in rows:
        mine = [(pk, why) for vervanging, pk, why in gaps if vervanging == row]
        found.append(
            {
                "vervanging": row,
                "botst": clashes[row.pk],
                "gaten": [(seen[pk], why) for pk, why in mine if pk in seen],
                "ongezien": sum(pk not in seen for pk, _ in mine),
                "kan_nog": any(pk in seen and why == NOT_YET for pk, why in mine),
            }
        )
    return found


def _arranged(user, row):
    """That it was arranged, and what must still be looked at."""
    told = ["De vervanging is geregeld."]
    if gaps_of([row]):
        told.append((messages.WARNING, "Niet in elk dossier kon het. Hieronder zie je waar, en waarom niet."))
    told += [(messages.WARNING, sentence) for sentence in clashes_of(vervangingen_of(user))[row.pk]]
    return answer(reverse("dossiers:vervanging"), *told)


@require_http_methods(["GET", "HEAD", "POST"])
def vervanging(request):
    """The form, what runs or is to come with its report, and for whom this user stands in."""
    user = request.user
    if not user.has_dossierrol:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = VervangingForm(posted, houder=None, bronnen=_choices(user), user=user)
    done = attempt(request, form, lambda: arrange_vervanging(form.values(), by=user), lambda row: _arranged(user, row))
    if done.response:
        return done.response
    context = {"form": form, "verslag": _report(user), "vervangt": standing_in(user)}
    return render(request, "dossiers/vervanging.html", context, status=done.status)


def _completed(number):
    more = "1 dossier" if number == 1 else f"{number} dossiers"
    told = f"Geregeld in nog {more}." if number else "Er kwam geen dossier bij."
    return answer(reverse("dossiers:vervanging"), told)


@require_POST
def aanvullen(request, sleutel):
    """Also in the dossiers that came since."""
    row = get_vervanging_or_404(request.user, sleutel)
    return press(request, lambda: complete_vervanging(row, by=request.user), _completed, back="dossiers:vervanging")


@require_http_methods(["GET", "HEAD", "POST"])
def stoppen(request, sleutel):
    """Back sooner than planned."""
    row = get_vervanging_or_404(request.user, sleutel, ended=request.method == "POST")
    form = RedenForm(request.POST if request.method == "POST" else None, houder=row, user=request.user)
    told = f"De vervanging is gestopt. {row.door} heeft vanaf nu geen toegang meer."
    done = attempt(
        request,
        form,
        lambda: stop_vervanging(row, form.values(), by=request.user),
        lambda row: answer(reverse("dossiers:vervanging"), told),
    )
    if done.response:
        return done.response
    context = {"vervanging": row, "form": form}
    return render(request, "dossiers/vervanging_stoppen.html", context, status=done.status)
