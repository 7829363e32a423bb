"""The people of the plan: where they live, under which mandate and ban, what they answered and how they were seen."""

from collections import defaultdict

from dossiers.rules import opdracht_status
from stap5.plandata.reader import iso


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
    """Per person (None: the assistant) the scores in the order of their dates."""
    per_person = defaultdict(list)
    for row in read.plan.schaal.lopend():
        per_person[row.persoon_id].append(
            {
                "score": row.score,
                "datum": iso(row.datum),
                "waarom_niet_lager": row.waarom_niet_lager,
                "een_hoger": row.een_hoger,
            }
        )
    return [{"persoon": read.who(pk), "scores": scores} for pk, scores in per_person.items()]
