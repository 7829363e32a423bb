"""The facts from which `stap5/punten.py` works out what asks attention, for any number of dossiers at once."""

from collections import defaultdict
from dataclasses import replace

from django.db.models import Count, DateField, IntegerField, Max, Q, Value
from django.db.models.functions import Cast, TruncDate

from accounts import clock
from dossiers.access import own_or_shared, with_names
from dossiers.ages import Geboorte
from dossiers.models import Contactmoment, Notitie, Notitiesoort
from dossiers.rules import is_minor, last_end
from partners.models import Doorverwijzing
from stap5.models import Afspraak, Kindcontact, Nazicht, Stappenplan, Veiligheidsmens
from stap5.punten import (
    Contactfeit,
    Feiten,
    Hulpfeit,
    Kindfeit,
    Nazichtfeit,
    Planfeiten,
    Signaalfeit,
    agreement_fact,
    points,
)
from stap5.rules import afspraak_stand, next_talk, sign_is_weighed


def points_of(dossiers):
    """{id of a dossier: [Punt]} today. `dossiers`: a list with what `with_names` adds to them."""
    return {pk: points(facts, clock.today()) for pk, facts in read_feiten(dossiers).items()}


def points_for(user):
    """[Punt] today of all dossiers that `user` works on. A fixed number of queries."""
    found = points_of(list(with_names(own_or_shared(user))))
    return [punt for punten in found.values() for punt in punten]


def read_feiten(dossiers):
    """{id of a dossier: Feiten} today. A fixed number of queries."""
    op, ids = clock.today(), [dossier.pk for dossier in dossiers]
    plans = {plan.dossier_id: plan for plan in Stappenplan.objects.lopend().filter(dossier__in=ids)}
    agreements, helping, known = _agreements(ids, op), _helping(ids), _dates_and_numbers(ids)
    planned, signs, answers = _contacts(ids), _signs(plans), _answers(plans)
    return {
        dossier.pk: Feiten(
            kenmerk=dossier.kenmerk,
            plan=replace(
                _plan(dossier, plans[dossier.pk], agreements[dossier.pk], known),
                signalen=tuple(signs[dossier.pk]),
                nazicht=answers.get(dossier.pk),
            )
            if dossier.pk in plans
            else None,
            hulp=tuple(helping[dossier.pk]),
            einde=last_end(dossier.opdrachten_lijst, op),
            contacten=tuple(planned[dossier.pk]),
        )
        for dossier in dossiers
    }


def _plan(dossier, plan, agreements, known):
    began = clock.local(plan.created_at).date()
    op = clock.today()
    children = [kind for kind in dossier.gezin if is_minor(kind, op) and kind.geboorte != Geboorte.VERWACHT]
    return Planfeiten(
        begonnen=began,
        pauze_tot=plan.hervat_op,
        gesprek=next_talk(plan.gespreksritme, known["gesprek"].get(dossier.pk), began),
        afspraken=tuple(agreements),
        kinderen=tuple(
            Kindfeit(
                naam=kind.voornaam,
                gezien=known["gezien"].get(kind.pk),
                veiligheidsmensen=known["veilig"].get(kind.pk, 0),
            )
            for kind in children
        ),
        genoteerd=known["genoteerd"].get(dossier.pk),
    )


def _agreements(ids, op):
    """{dossier id: [Afspraakfeit]}: those that run, or will, or ended unchecked."""
    rows = Afspraak.objects.lopend().filter(plan__dossier__in=ids, plan__gestopt_op__isnull=True)
    found = defaultdict(list)
    for row in rows.select_related("plan").order_by("volgende_controle", "pk"):
        stand = afspraak_stand(van=row.van, tot=row.tot, gestopt_op=None, op=op)
        fact = agreement_fact(str(row.sleutel), row.keuze_label, row.volgende_controle, row.tot, stand)
        if fact:
            found[row.plan.dossier_id].append(fact)
    return found


def _helping(ids):
    """{dossier id: [Hulpfeit]} of the referrals and the help that are not over."""
    rows = Doorverwijzing.objects.lopend().filter(dossier__in=ids).select_related("soort").prefetch_related("voor")
    found = defaultdict(list)
    for row in rows.order_by("volgende_controle", "pk"):
        fact = Hulpfeit(
            sleutel=str(row.sleutel),
            naar=str(row),
            status=row.status,
            sinds=row.status_op,
            controle=row.volgende_controle,
        )
        found[row.dossier_id].append(fact)
    return found


def _contacts(ids):
    """{dossier id: [Contactfeit]} of what is still to come, the soonest first."""
    found = defaultdict(list)
    for row in Contactmoment.objects.komend().filter(dossier__in=ids):
        found[row.dossier_id].append(Contactfeit(wat=row.wat, datum=row.datum))
    return found


def _signs(plans):
    """{dossier id: [Signaalfeit]} of the signs that stand and that the decision of the running plan did not weigh."""
    rows = Notitie.objects.leesbaar().filter(dossier__in=plans, soort=Notitiesoort.SIGNAAL)
    found = defaultdict(list)
    for row in rows.select_related("created_by").defer("tekst").order_by("pk"):
        plan = plans[row.dossier_id]
        weighed = sign_is_weighed(
            gebeurd_op=row.gebeurd_op,
            noted_at=row.created_at,
            began_at=plan.created_at,
            besluit_op=plan.besluit_op,
            decided_at=plan.decided_at,
        )
        if not weighed:
            found[row.dossier_id].append(Signaalfeit(datum=row.gebeurd_op, door=str(row.created_by)))
    return found


def _answers(plans):
    """{dossier id: Nazichtfeit} of the newest review of the running plan."""
    rows = Nazicht.objects.lopend().filter(plan__in=[plan.pk for plan in plans.values()]).order_by("pk")
    found = {}
    for row in rows.values("plan__dossier", "planversie__sleutel", "besluit", "besluit_op", "created_at"):
        found[row["plan__dossier"]] = Nazichtfeit(
            sleutel=str(row["planversie__sleutel"]),
            besluit=row["besluit"],
            op=clock.local(row["besluit_op"] or row["created_at"]).date(),
        )
    return found


def _dates_and_numbers(ids):
    """{kind: {id: date or number}}: `gesprek` (the last talk about parenthood) and `genoteerd` (the last note about the
    family) per dossier, `gezien` (the last contact) and `veilig` (how many veiligheidsmensen) per child. One query."""
    notes = Notitie.objects.filter(dossier__in=ids).order_by()
    contacts = Kindcontact.objects.lopend().filter(plan__dossier__in=ids, plan__gestopt_op__isnull=True).order_by()
    links = Veiligheidsmens.objects.lopend().filter(
        netwerklid__plan__dossier__in=ids,
        netwerklid__plan__gestopt_op__isnull=True,
        netwerklid__gestopt_op__isnull=True,
    )
    no_date, no_number = Cast(None, DateField()), Cast(None, IntegerField())  # PostgreSQL asks what kind of nothing

    def grouped(rows, kind, by, dag=no_date, aantal=no_number):
        rows = rows.values(by).annotate(kind=Value(kind), dag=dag, aantal=aantal)
        return rows.values_list("kind", by, "dag", "aantal")

    talks = notes.geldig().filter(soort=Notitiesoort.OUDERSCHAP)
    queries = [
        grouped(talks, "gesprek", "dossier", dag=Max("gebeurd_op")),
        grouped(notes.exclude(soort=Notitiesoort.BEHEER), "genoteerd", "dossier", dag=Max(TruncDate("created_at"))),
        grouped(contacts, "gezien", "kind_id", dag=Max("datum")),
        grouped(links.order_by(), "veilig", "kind_id", aantal=Count("pk")),
    ]
    found = {"gesprek": {}, "genoteerd": {}, "gezien": {}, "veilig": {}}
    for kind, pk, dag, aantal in queries[0].union(*queries[1:], all=True):
        found[kind][pk] = aantal if dag is None else dag
    return found


def changes_by_others(dossiers, user):
    """{dossier id: [{"wie", "aantal", "sinds"}]}: how much each colleague noted or changed there since `user` last read
    its journal (`sinds`; None: never). `dossiers`: each with `gelezen_op`, see `journal_read_at`. One query."""
    since = {dossier.pk: dossier.gelezen_op for dossier in dossiers}
    new = Q(dossier__in=[pk for pk, moment in since.items() if moment is None])
    for pk, moment in since.items():
        new |= Q(dossier=pk, created_at__gt=moment) if moment else Q()
    names = ("created_by__first_name", "created_by__last_name", "created_by__username")
    rows = Notitie.objects.filter(new).exclude(created_by=user).order_by().values("dossier", *names)
    found = defaultdict(list)
    for row in rows.annotate(aantal=Count("pk"), laatst=Max("created_at")).order_by("-laatst"):
        name = f"{row['created_by__first_name']} {row['created_by__last_name']}".strip() or row["created_by__username"]
        found[row["dossier"]].append({"wie": name, "aantal": row["aantal"], "sinds": since[row["dossier"]]})
    return found
