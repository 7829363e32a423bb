"""What the page before a visit reads: the parts of the plan's data that it needs, and what happened since last time."""

from datetime import timedelta

from django.db.models import Count, Max, Q

from accounts import clock
from dossiers.models import CONTACTEN, MENSELIJK, Contactmoment, Notitie
from dossiers.rules import kept_apart
from stap5.plandata import gezin, plan_facts, rijen
from stap5.plandata.reader import Reader


def visit_as_data(plan, *, by):
    """As plan_as_data, without mandates, limits and help; and `aandacht`, `contacten` (planned, the soonest first),
    `sinds` (the day of the last contact before today, or on which the plan began) and `journaal` (who changed what
    since, for the reader `by`). A fixed number of queries."""
    op, dossier = clock.today(), plan.dossier
    read = Reader(plan, op)
    zorgen, views = list(plan.zorgen.select_related("created_by")), list(plan.standpunten.all())
    since = _last_contact(dossier, op) or clock.local(plan.created_at).date()
    return {
        "op": op.isoformat(),
        "plan": plan_facts(plan),
        "personen": [read.persoon(persoon) for persoon in read.people.values()],
        "verblijven": gezin.verblijven(read),
        "ouderschap": gezin.ouderschap(read),
        "verboden": gezin.verboden(read),
        "zorgen": rijen.zorgen(read, zorgen, views),
        "uitzonderingen": rijen.uitzonderingen(read, zorgen),
        "wensen": rijen.wensen(read, zorgen),
        "netwerk": rijen.netwerk(read),
        "afspraken": rijen.afspraken(read, zorgen, views),
        "kindcontacten": gezin.kindcontacten(read),
        "schaal": gezin.schaal(read),
        "aandacht": dossier.aandacht_bij_huisbezoek,
        "contacten": _planned(dossier, read),
        "sinds": since.isoformat(),
        "journaal": _journal(dossier, since, by),
    } | gezin.gesprekken(read)


def _planned(dossier, read):
    """The planned contacts with whom they are, in one query."""
    planned = Contactmoment.objects.komend(read.op).filter(dossier=dossier).met_wie()
    return [_contact(moment, ids, dossier, read) for moment, ids in planned]


def _contact(moment, ids, dossier, read):
    met = [persoon for persoon in read.people.values() if persoon.pk in ids]
    return {
        "soort_label": moment.get_soort_display(),
        "wanneer": moment.wanneer,
        "met": [read.who(persoon.pk) for persoon in met],
        "apart": list(kept_apart(moment, met, dossier.lopende_verboden())),
    }


def _last_contact(dossier, op):
    """The day of the last contact before `op`, or None. Hidden notes and those that were corrected do not count."""
    notes = Notitie.objects.geldig().filter(dossier=dossier, soort__in=CONTACTEN)
    return notes.filter(gebeurd_op__lt=op).aggregate(last=Max("gebeurd_op"))["last"]


def _journal(dossier, since, by):
    """[{"wie", "wijzigingen", "notities", "laatst"}] of who wrote since that day, the others first. Notes count only
    where somebody else wrote them, one's own changes from the day after; hidden and erased texts do not count."""
    change = ~Q(soort__in=MENSELIJK)
    own_then = Q(created_by=by) & (~change | Q(created_at__lt=clock.start_of(since + timedelta(days=1))))
    rows = (
        Notitie.objects.leesbaar()
        .filter(dossier=dossier, created_at__gte=clock.start_of(since))
        .exclude(own_then)
        .order_by()
        .values("created_by", "created_by__first_name", "created_by__last_name", "created_by__username")
        .annotate(
            wijzigingen=Count("pk", filter=change), notities=Count("pk", filter=~change), laatst=Max("created_at")
        )
    )
    return [
        {
            "wie": "jij" if row["created_by"] == by.pk else _name(row),
            "wijzigingen": row["wijzigingen"],
            "notities": row["notities"],
            "laatst": clock.local(row["laatst"]).date().isoformat(),
        }
        for row in sorted(rows, key=lambda row: (row["created_by"] == by.pk, -row["laatst"].timestamp()))
    ]


def _name(row):
    return f"{row['created_by__first_name']} {row['created_by__last_name']}".strip() or row["created_by__username"]
