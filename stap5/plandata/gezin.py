"""The people of the plan: where they live, under which mandate and ban, what they answered and how they were seen."""

from collections import defaultdict

from accounts import clock
from dossiers.models import Notitiesoort
from dossiers.rules import opdracht_status
from stap5.plandata.reader import iso
from stap5.rules import next_talk, sign_is_weighed


def verblijven(read):
    return [
        {
            "sleutel": str(row.sleutel),
            "wie": read.who(row.wie_id),
            "soort": row.soort,
            "soort_label": row.get_soort_display(),
            "bij": read.who(row.bij_id),
            "plek": row.plek,
            "verdeling": row.verdeling,
            "van": iso(row.van),
            "tot": iso(row.tot),
            "gestopt_op": iso(row.gestopt_op),
        }
        for row in read.plan.dossier.verblijven.lopend()
    ]


def ouderschap(read):
    return [
        {
            "ouder": read.who(row.ouder_id),
            "kind": read.who(row.kind_id),
            "soort": row.soort,
            "soort_label": row.get_soort_display(),
        }
        for row in read.plan.dossier.ouderschappen.lopend()
    ]


def opdrachten(read):
    return [
        {
            "sleutel": str(row.sleutel),
            "soort": row.soort,
            "soort_label": row.get_soort_display(),
            "opdrachtgever": row.opdrachtgever,
            "reikwijdte": row.reikwijdte,
            "start": iso(row.start),
            "einde": iso(row.einde),
            "zonder_einddatum": row.zonder_einddatum,
            "status": opdracht_status(row, list(row.wijzigingen.all()), read.op),
            "wijzigingen": [
                {
                    "soort_label": change.get_soort_display(),
                    "datum": iso(change.datum),
                    "nieuw_einde": iso(change.nieuw_einde),
                    "reden": change.reden,
                }
                for change in row.wijzigingen.all()
            ],
        }
        for row in read.plan.dossier.opdrachten.lopend().prefetch_related("wijzigingen")
    ]


def verboden(read):
    return [
        {
            "sleutel": str(row.sleutel),
            "soort": row.soort,
            "soort_label": row.get_soort_display(),
            "wie": read.who(row.wie_id),
            "tegenover": read.linked(row, "tegenover"),
            "van": iso(row.van),
            "tot": iso(row.tot),
            "opgelegd_door": row.opgelegd_door,
            "inhoud": row.inhoud,
            "geldt": row.gestopt_op is None and (row.tot is None or row.tot >= read.op),
        }
        for row in read.plan.dossier.verboden.all()
    ]


def bereidheid(read):
    """The newest answer per parent, with the ones before it under "eerder"."""
    per_parent = defaultdict(list)
    for row in read.plan.bereidheden.lopend():
        per_parent[row.ouder_id].append(
            {
                "antwoord": row.antwoord,
                "antwoord_label": row.get_antwoord_display(),
                "woorden": row.woorden,
                "datum": iso(row.datum),
            }
        )
    return [{"ouder": read.who(pk)} | answers[-1] | {"eerder": answers[:-1]} for pk, answers in per_parent.items()]


def kindcontacten(read):
    """The newest contact per child."""
    newest = {row.kind_id: row for row in read.plan.kindcontacten.lopend()}
    return [
        {"kind": read.who(row.kind_id), "hoe": row.hoe, "datum": iso(row.datum), "door": row.door}
        for row in newest.values()
    ]


def schaal(read):
    """Per person the scores in the order of their dates; the people in the order of the family, the assistant (None)
    last."""
    per_person = defaultdict(list)
    for row in read.plan.schaal.lopend().select_related("created_by"):
        per_person[row.persoon_id].append(
            {
                "sleutel": str(row.sleutel),
                "score": row.score,
                "datum": iso(row.datum),
                "waarom_niet_lager": row.waarom_niet_lager,
                "een_hoger": row.een_hoger,
                "door_gebruiker": str(row.created_by),
            }
        )
    order = [pk for pk in (*read.people, None) if pk in per_person]
    return [{"persoon": read.who(pk), "scores": per_person[pk]} for pk in order]


def gesprekken(read):
    """The talks about parenthood (how many, the last, the next by the plan's rhythm) and the signs, the newest first.

    Of notes that still stand: not corrected, not hidden, and a sign not erased. Their words stay in the journal.
    """
    plan = read.plan
    rows = list(
        plan.dossier.notities.geldig()
        .filter(soort__in=(Notitiesoort.OUDERSCHAP, Notitiesoort.SIGNAAL))
        .select_related("created_by")
        .defer("tekst")
    )
    talks = [row.gebeurd_op for row in rows if row.soort == Notitiesoort.OUDERSCHAP]
    last = max(talks, default=None)
    following = next_talk(plan.gespreksritme, last, clock.local(plan.created_at).date())
    signs = [row for row in rows if row.soort == Notitiesoort.SIGNAAL and row.gewist_op is None]
    return {
        "aantal_gesprekken": len(talks),
        "laatste_gesprek": iso(last),
        "volgend_gesprek": iso(following),
        "signalen": [_signaal(plan, row) for row in signs],
    }


def _signaal(plan, row):
    return {
        "sleutel": str(row.sleutel),
        "datum": iso(row.gebeurd_op),
        "genoteerd_op": clock.local(row.created_at).date().isoformat(),
        "door_gebruiker": str(row.created_by),
        "gewogen": sign_is_weighed(
            gebeurd_op=row.gebeurd_op,
            noted_at=row.created_at,
            began_at=plan.created_at,
            besluit_op=plan.besluit_op,
            decided_at=plan.decided_at,
        ),
    }
