"""`plan_as_data`: everything a plan says, as plain data. The overview, the paper and later versions all read this.

Values are JSON values: dates are ISO text, people are {"sleutel", "naam"}, other rows their sleutel as text. Every
row has "sleutel", "gestopt_op", and, where the model has them, "lezers" (sleutels of who may read it on paper).
"""

from accounts import clock
from stap5.plandata import gezin, rijen
from stap5.plandata.reader import Reader, iso

__all__ = ["SCHEMA", "follow_up_as_data", "plan_as_data", "scale_as_data", "today_as_data"]


SCHEMA = 1


def plan_as_data(plan, op=None):
    """The plan on the date `op` (today), a dict with "schema": 1. Reads; a fixed number of queries."""
    op = op or clock.today()
    read = Reader(plan, op)
    dossier = plan.dossier
    zorgen = list(plan.zorgen.select_related("created_by"))
    views = list(plan.standpunten.all())
    return {
        "schema": SCHEMA,
        "op": op.isoformat(),
        "kenmerk": dossier.kenmerk,
        "sipar_nummer": dossier.sipar_nummer,
        "eigenaar": str(dossier.eigenaar),
        "team": str(dossier.team),
        "huis": str(dossier.team.huis),
        "plan": plan_facts(plan),
        "personen": [read.persoon(persoon) for persoon in read.people.values()],
        "verblijven": gezin.verblijven(read),
        "ouderschap": gezin.ouderschap(read),
        "opdrachten": gezin.opdrachten(read),
        "verboden": gezin.verboden(read),
        "bereidheid": gezin.bereidheid(read),
        "zorgen": rijen.zorgen(read, zorgen, views),
        "uitzonderingen": rijen.uitzonderingen(read, zorgen),
        "wensen": rijen.wensen(read, zorgen),
        "netwerk": rijen.netwerk(read),
        "afspraken": rijen.afspraken(read, zorgen, views),
        "grenzen": rijen.grenzen(read),
        "hulp": rijen.hulp(read),
        "kindcontacten": gezin.kindcontacten(read),
        "schaal": gezin.schaal(read),
    } | gezin.gesprekken(read)


def follow_up_as_data(plan, op=None):
    """Of `plan_as_data` what the page of following up shows, in few queries."""
    read = Reader(plan, op or clock.today())
    return {
        "op": read.op.isoformat(),
        "plan": plan_facts(plan),
        "kindcontacten": gezin.kindcontacten(read),
        "schaal": gezin.schaal(read),
    } | gezin.gesprekken(read)


def scale_as_data(plan, op=None):
    """Of `plan_as_data` what the picture of the scale is drawn from, in few queries; the agreements without what
    links them to worries and views."""
    read = Reader(plan, op or clock.today())
    return {
        "op": read.op.isoformat(),
        "plan": plan_facts(plan),
        "personen": [read.persoon(persoon) for persoon in read.people.values()],
        "afspraken": rijen.afspraken(read, [], []),
        "schaal": gezin.schaal(read),
    }


def today_as_data(plan):
    """What of today goes over an older version: people, where they stay, bans, and which wishes parents may know of.
    Reads; a fixed number of queries."""
    read = Reader(plan, clock.today())
    return {
        "personen": [read.persoon(persoon) for persoon in read.people.values()],
        "verblijven": gezin.verblijven(read),
        "verboden": gezin.verboden(read),
        "wensen": [
            {"sleutel": str(sleutel), "ouder_mag_weten": answer}
            for sleutel, answer in plan.wensen.values_list("sleutel", "ouder_mag_weten")
        ],
    }


def plan_facts(plan):
    """The plan's own facts, its pause and its end."""
    return {
        "sleutel": str(plan.sleutel),
        "begonnen_op": clock.local(plan.created_at).date().isoformat(),
        "onveilig": plan.onveilig,
        "onveilig_label": plan.get_onveilig_display(),
        "besluit_op": iso(plan.besluit_op),
        "besluit_met": plan.besluit_met,
        "besluit_uitleg": plan.besluit_uitleg,
        "route": plan.route,
        "route_label": plan.get_route_display(),
        "route_reden": plan.route_reden,
        "gespreksritme": plan.gespreksritme,
        "pauze": plan.gepauzeerd_op
        and {"van": iso(plan.gepauzeerd_op), "hervat_op": iso(plan.hervat_op), "reden": plan.pauze_reden},
        "einde": plan.gestopt_op
        and {
            "op": iso(plan.gestopt_op),
            "uitkomst": plan.uitkomst,
            "uitkomst_label": plan.get_uitkomst_display(),
            "reden": plan.gestopt_reden,
            "met": plan.uitkomst_met,
            "door": plan.uitkomst_door,
            "blijkt_uit": plan.uitkomst_blijkt_uit,
        },
    }
