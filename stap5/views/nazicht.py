"""Versions of the plan and their review: one version as a whole, what changed in it, and the acts upon it."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Rol
from accounts.rules import refusal
from dossiers.access import get_dossier_or_404
from dossiers.audit import mark
from dossiers.models import Soort
from dossiers.rules import check_can_write
from dossiers.views.pagina import paper_page, render_dossier
from dossiers.views.rijen import act_on
from stap5 import nazicht as acts
from stap5 import nazichtregels as rules
from stap5.access import get_remark_or_404, get_version_or_404, reviews_for, version_before
from stap5.models import Besluit, Opmerking
from stap5.onderdelen import menu
from stap5.pdf import render_dossier_pdf
from stap5.plandata import plan_as_data, today_as_data
from stap5.plandata.versie import as_recorded, differences, version_to_read
from stap5.rules import check_can_write_plan
from stap5.views.plan import plan_context

NO_ANSWER = {"te_beantwoorden": [], "opnieuw_vragen": False}
READ_ONLY = "Dit is een versie van toen. Er wordt niet in geschreven."


def _of_version(versie):
    return {"versie": versie, "nazicht": versie.nazicht, "plan": versie.plan, "menu": menu(versie.plan)}


@require_safe
def versie(request, kenmerk, sleutel):
    """One version as a whole, as the plan was; what must be kept secret is as today."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="versie van het stappenplan")
    found = get_version_or_404(dossier, sleutel)
    data = version_to_read(found, today_as_data(found.plan))
    context = _of_version(found) | {"data": data, "refusal": READ_ONLY}
    return render_dossier(request, dossier, "stap5/versie.html", context | (plan_context(data) if data else {}))


@require_safe
def versie_pdf(request, kenmerk, sleutel):
    """The same on paper, with its number and date."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="versie op papier", soort=Soort.UITGEVOERD)
    found = get_version_or_404(dossier, sleutel)
    data = version_to_read(found, today_as_data(found.plan))
    if data is None:
        raise Http404
    name, kopie = f"stappenplan-{kenmerk}-versie-{found.nummer}", reverse("stap5:kopie", args=[kenmerk])
    merkteken = mark(dossier.opname)
    return paper_page(request, dossier, name, lambda: render_dossier_pdf(data, found, merkteken=merkteken), kopie=kopie)


def _remarks(versie, today):
    """{sleutel of an item or "": [remarks]}: those made on this version, and those on earlier ones that are open."""
    rows = (
        Opmerking.objects.filter(Q(nazicht=versie.nazicht) | Q(opgelost_op__isnull=True), nazicht__plan=versie.plan)
        .filter(nazicht__planversie__nummer__lte=versie.nummer)
        .select_related("nazicht__planversie", "created_by", "antwoord_door", "opgelost_door")
        .defer("nazicht__planversie__tekst")
    )
    found = {}
    for row in acts.name_items(list(rows), versie.plan, today):
        found.setdefault(str(row.over or ""), []).append(row)
    return found


def _compared(versie, remarks, today):
    """What changed in this version since the one reviewed before, with its remarks, and what changed after it."""
    before, kept = version_before(versie), not versie.gewist_op
    changed = differences(before, versie, today) if kept else []
    found = [(change, remarks.pop(change.sleutel, [])) for change in changed]
    return {
        "vorige": before,
        "eerste": before is None,
        "groepen": _groups(found) if before else _by_kind(found),
        "los": [row for rows in remarks.values() for row in rows],
        "sindsdien": len(differences(versie, None, today)) if kept else 0,
    }


def _groups(found):
    """[(heading, [(change, remarks)])] of what there is: changed first, then new, then ended."""
    titles = {"gewijzigd": "Gewijzigd", "nieuw": "Nieuw", "beeindigd": "Beëindigd"}
    groups = [(title, [pair for pair in found if pair[0].soort == soort]) for soort, title in titles.items()]
    return [(title, pairs) for title, pairs in groups if pairs]


def _by_kind(found):
    """The same for a first version, in which all is new: by what kind of thing it is, in the order of the walk."""
    kinds = dict.fromkeys(change.wat for change, _ in found)
    return [(kind, [pair for pair in found if pair[0].wat == kind]) for kind in kinds]


def _may(user, nazicht):
    """Why this user may not do each of the things that the page of a review offers; "" where she may."""
    no_reviewer = refusal(rules.check_is_reviewer, user, nazicht)
    nakijk_refusal = no_reviewer or refusal(rules.check_waits, nazicht)
    return {
        "nakijk_refusal": nakijk_refusal,
        "mag_opmerken": not nakijk_refusal,
        "trekin_refusal": refusal(rules.check_can_withdraw, user, nazicht),
        "antwoord_refusal": refusal(check_can_write, user, nazicht),
        "oplos_refusal": no_reviewer,
        "wacht_op": rules.who_can_answer(nazicht) if nazicht.stand == "wacht" else [],
    }


def _to_answer(user, nazicht, remarks, today):
    """What who writes the plan does about a review, first on her page: the open remarks, which leave `remarks`, and
    whether to ask again: it was sent back, and nothing was asked since."""
    opened = [row for rows in remarks.values() for row in rows if not row.opgelost_op]
    for key, rows in remarks.items():
        remarks[key] = [row for row in rows if row.opgelost_op]
    if refusal(check_can_write_plan, user, nazicht.plan):
        return {"te_beantwoorden": opened, "opnieuw_vragen": False}
    newer = nazicht.plan.nazichten.lopend().filter(pk__gt=nazicht.pk)
    again = nazicht.besluit == Besluit.TERUGGESTUURD and not newer.exists()
    return {"te_beantwoorden": acts.link_items(opened, today), "opnieuw_vragen": again}


@require_safe
def nazicht(request, kenmerk, sleutel):
    """What changed in a version first, then remarks, and the decision; for who writes the plan, open remarks first."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="nazicht")
    found = get_version_or_404(dossier, sleutel)
    may, today = _may(request.user, found.nazicht), plan_as_data(found.plan)
    remarks = _remarks(found, today)
    context = _of_version(found) | may | NO_ANSWER
    if may["oplos_refusal"] and not may["antwoord_refusal"]:
        context |= _to_answer(request.user, found.nazicht, remarks, today)
    context |= _compared(found, remarks, today)
    return render_dossier(request, dossier, "stap5/nazicht.html", context)


@require_safe
def sindsdien(request, kenmerk, sleutel):
    """What changed in the plan after this version was made."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="wijzigingen sinds een versie")
    found = get_version_or_404(dossier, sleutel)
    after = [] if found.gewist_op else differences(found, None, plan_as_data(found.plan))
    context = _of_version(found) | {"groepen": _groups([(change, []) for change in after])}
    return render_dossier(request, dossier, "stap5/sindsdien.html", context)


def _choices(versie):
    """What the forms about a review choose among: what may be remarked upon, and the open remarks."""
    return {
        "items": lambda dossier: as_recorded(versie, today_as_data(versie.plan)),
        "open_opmerkingen": lambda dossier: acts.name_items(list(acts.open_remarks(versie.plan)), versie.plan),
    }


def _path(kenmerk, versie):
    """The pages between a dossier and an act upon the review of this version."""
    return [
        ("Stap 5", reverse("stap5:overzicht", args=[kenmerk])),
        (acts.VERSIES.titel, reverse("stap5:versies", args=[kenmerk])),
        (f"Nazicht van {versie}", reverse("stap5:nazicht", args=[kenmerk, versie.sleutel])),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def over_nazicht(request, kenmerk, sleutel, act):
    """One act upon a review. Who decided goes on to the list of reviews: of another team, she does not see this dossier
    any more."""
    dossier = get_dossier_or_404(request.user, kenmerk, page=act.titel.lower())
    found = get_version_or_404(dossier, sleutel)
    addresses = {"terug": reverse("stap5:nazicht", args=[kenmerk, sleutel]), "pad": _path(kenmerk, found)}
    if act in (acts.GOEDKEUREN, acts.TERUGSTUREN):
        addresses["daarna"] = reverse("stap5:team_nazicht")
    start = {"over": request.GET.get("over", "")}
    item = "stap5/_waarover.html" if act is acts.OPMERKEN else "stap5/_vraag.html"
    show = {"item": item, "bronnen": _choices(found), "initial": start}
    return act_on(request, dossier, act, found.nazicht, **addresses, **show)


@require_http_methods(["GET", "HEAD", "POST"])
def over_opmerking(request, kenmerk, sleutel, act):
    """One act upon a remark; afterwards the review of the newest version, where every open remark stands."""
    dossier = get_dossier_or_404(request.user, kenmerk, page=act.titel.lower())
    remark = get_remark_or_404(dossier, sleutel)
    acts.name_items([remark], remark.nazicht.plan)
    newest = remark.nazicht.plan.versies.defer("tekst").first()
    address = f"{reverse('stap5:nazicht', args=[kenmerk, newest.sleutel])}#opmerking-{remark.sleutel}"
    return act_on(
        request, dossier, act, remark, terug=address, pad=_path(kenmerk, newest), item="stap5/_opmerking.html"
    )


@require_safe
def team_nazicht(request):
    """The reviews that wait for this teamverantwoordelijke, and those answered lately."""
    if request.user.rol != Rol.TEAMVERANTWOORDELIJKE:
        raise Http404
    waiting, answered = reviews_for(request.user)
    return render(request, "stap5/team_nazicht.html", {"wachtend": waiting, "beantwoord": answered})
