"""What the plan adds to the hand-over of a dossier: dates, the people of the network, and where limits were met."""

from collections import defaultdict

from django.db.models import Max, Q

from accounts import clock
from dossiers.deel import Bundel
from dossiers.models import Notitiesoort
from dossiers.names import and_list
from stap5.access import current_plan
from stap5.models import Veiligheidsmens
from stap5.rules import next_talk, safety_groups


def bundel(dossier):
    """Of the running plan, or of the last one; empty before step 5 began. A fixed number of queries."""
    plan = current_plan(dossier)
    if plan is None:
        return Bundel()
    return Bundel(komt_eraan=_dates(plan), rollen=_roles(plan), stukken=[*_about(plan), *_limits(plan)])


def _dates(plan):
    """A plan that was left asks nothing, one that rests only to be taken up again."""
    if plan.gestopt_op:
        return []
    if plan.gepauzeerd_op:
        return [(plan.hervat_op, f"Het stappenplan hervatten, het rust sinds {plan.gepauzeerd_op:%d/%m/%Y}")]
    live = plan.afspraken.lopend().filter(Q(tot__isnull=True) | Q(tot__gte=clock.today()))
    found = []
    for row in live:
        found.append((row.volgende_controle, f"Controle van “{row.keuze_label}”"))
        if row.tot:
            found.append((row.tot, f"Laatste dag van “{row.keuze_label}”"))
    talks = plan.dossier.notities.geldig().filter(soort=Notitiesoort.OUDERSCHAP)
    last = talks.aggregate(last=Max("gebeurd_op"))["last"]
    talk = next_talk(plan.gespreksritme, last, clock.local(plan.created_at).date())
    return found + ([(talk, "Gesprek over ouderschap")] if talk else [])


def _roles(plan):
    links = defaultdict(list)
    running = Veiligheidsmens.objects.lopend().filter(netwerklid__plan=plan, netwerklid__gestopt_op=None)
    for row in running.select_related("kind"):
        names = ("hoe", "wanneer", "ook_s_nachts")
        links[row.netwerklid_id].append({name: getattr(row, name) for name in names} | {"kind": row.kind.voornaam})
    return {lid.persoon_id: _of_person(lid, links[lid.pk]) for lid in plan.netwerk.lopend()}


def _of_person(lid, links):
    """What this person does, and what one must know before calling."""
    phrases = []
    for group in safety_groups(links):
        reach = (group["hoe"], group["wanneer"], "ook 's nachts" if group["ook_s_nachts"] else "")
        details = ", ".join(part for part in reach if part)
        phrases.append(f"veiligheidsmens voor {and_list(group['kinderen'])}{f' ({details})' if details else ''}")
    if lid.momenten:
        phrases.append(f"springt bij als de verzorger {' of '.join(lid.momenten)} is")
    knows = (("de opdracht", lid.weet_van_opdracht), ("de zorgen", lid.weet_van_zorg))
    unknown = [what for what, known in knows if known == "nee"]
    if unknown:
        phrases.append(f"weet niet van {' en '.join(unknown)}")
    if not lid.akkoord_op:
        phrases.append("nog geen akkoord van de ouder genoteerd om contact op te nemen")
    return phrases + ([lid.opmerking] if lid.opmerking else [])


def _about(plan):
    began = f"Begonnen op {clock.local(plan.created_at):%d/%m/%Y}."
    lines = [began]
    if plan.route:
        lines.append(f"Route: {plan.get_route_display()}. {plan.route_reden}".strip())
    if plan.gestopt_op:
        lines.append(f"Verlaten op {plan.gestopt_op:%d/%m/%Y}: {plan.get_uitkomst_display()}. {plan.gestopt_reden}")
    return [("Stap 5", lines)]


def _limits(plan):
    """Outcomes only: what somebody felt stays with her."""
    rows = plan.grenzen.lopend().select_related("created_by").defer("gevoel", "vraag")
    lines = [f"{clock.local(row.created_at):%d/%m/%Y}, {row.created_by}: {row}" for row in rows]
    return [("Grenzen", lines)] if lines else []


def omvang(dossier):
    """How much of a plan runs, without a word of it."""
    plan = current_plan(dossier)
    if plan is None:
        return ["Stap 5 is nog niet begonnen"]
    if plan.gestopt_op:
        return [f"Stap 5 is verlaten: {plan.get_uitkomst_display()}"]
    counts = ((plan.aantal_zorgen, "zorg", "zorgen"), (plan.aantal_afspraken, "afspraak", "afspraken"))
    said = [f"{number} {one if number == 1 else many}" for number, one, many in counts if number]
    return [f"Stap 5 loopt{f', met {and_list(said)}' if said else ''}"]
