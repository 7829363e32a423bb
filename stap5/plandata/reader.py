"""Reads the rows of one plan with the people and links they point to, in a fixed number of queries."""

from collections import defaultdict
from functools import cached_property

from django.db.models import F, Value

from accounts import clock
from partners.models import Doorverwijzing
from stap5 import models

LINKED = {
    models.Zorg: ("kinderen", "door", "lezers"),
    models.Uitzondering: ("zorgen", "kinderen", "lezers"),
    models.Wens: ("zorgen", "lezers"),
    models.Netwerklid: ("springt_bij_voor", "lezers"),
    models.Afspraak: ("wie", "vervanging", "zorgen", "kinderen", "lezers"),
}
# What somebody found on a day about another row: that row, who saw it, in which words, with which outcome.
FOUND = {
    models.Vaststelling: ("zorg", "door", "blijkt_uit", "stand"),
    models.Herhaling: ("uitzondering", "gezien_door", "toelichting", None),
    models.Controle: ("afspraak", "gezien_door", "toelichting", "uitkomst"),
}


def iso(value):
    return value.isoformat() if value else None


def _links(plan):
    """{(model name, field): {row id: [linked ids]}} for every many-to-many field of the plan and of its people and
    bans. One query."""
    queries = []
    for model, names in LINKED.items():
        for name in names:
            through = model._meta.get_field(name).remote_field.through
            source, target = (
                model._meta.get_field(name).m2m_field_name(),
                model._meta.get_field(name).m2m_reverse_field_name(),
            )
            label = Value(f"{model._meta.model_name}.{name}")
            rows = through.objects.filter(**{f"{source}__plan": plan})
            queries.append(rows.values_list(label, f"{source}_id", f"{target}_id").order_by())
    verbod = plan.dossier.verboden.model
    queries.append(
        verbod.tegenover.through.objects.filter(verbod__dossier=plan.dossier)
        .values_list(Value("verbod.tegenover"), "verbod_id", "betrokkene_id")
        .order_by()
    )
    shielded = plan.dossier.betrokkenen.model.afgeschermd_voor.through
    queries.append(
        shielded.objects.filter(from_betrokkene__dossier=plan.dossier)
        .values_list(Value("betrokkene.afgeschermd_voor"), "from_betrokkene_id", "to_betrokkene_id")
        .order_by()
    )
    queries.append(
        Doorverwijzing.voor.through.objects.filter(doorverwijzing__dossier=plan.dossier)
        .values_list(Value("doorverwijzing.voor"), "doorverwijzing_id", "betrokkene_id")
        .order_by()
    )
    found = defaultdict(lambda: defaultdict(list))
    for label, source_id, target_id in queries[0].union(*queries[1:], all=True):
        found[label][source_id].append(target_id)
    return found


def _found(plan):
    """{model: {id of the row it is about: [what was found, in the order of the days]}} for FOUND. One query."""
    queries = [
        model.objects.lopend()
        .filter(**{f"{about}__plan": plan})
        .values_list(
            Value(model._meta.model_name),
            f"{about}_id",
            "datum",
            "id",
            who,
            words,
            F(outcome) if outcome else Value(""),
        )
        .order_by()
        for model, (about, who, words, outcome) in FOUND.items()
    ]
    rows = {model._meta.model_name: model for model in FOUND}
    found = {model: defaultdict(list) for model in FOUND}
    for label, about_id, datum, _, seen_by, text, code in sorted(queries[0].union(*queries[1:], all=True)):
        model = rows[label]
        _, who, words, outcome = FOUND[model]
        row = {"datum": iso(datum), who: seen_by, words: text}
        if outcome:
            row |= {outcome: code, f"{outcome}_label": dict(model._meta.get_field(outcome).choices)[code]}
        found[model][about_id].append(row)
    return found


class Reader:
    """Turns the rows of one plan into data; holds the people and links they point to."""

    def __init__(self, plan, op):
        self.plan, self.op = plan, op
        self.people = {persoon.pk: persoon for persoon in plan.dossier.mensen()}

    @cached_property
    def links(self):
        return _links(self.plan)

    @cached_property
    def found(self):
        return _found(self.plan)

    def who(self, persoon_id):
        persoon = self.people.get(persoon_id)
        return persoon and {"sleutel": str(persoon.sleutel), "naam": persoon.voornaam}

    def linked(self, row, name):
        """People behind a many-to-many field, in the order of the family."""
        ids = set(self.links[f"{row._meta.model_name}.{name}"][row.pk])
        return [self.who(pk) for pk in self.people if pk in ids]

    def keys(self, row, name, rows):
        """Sleutels of other rows of the plan behind a many-to-many field."""
        ids = set(self.links[f"{row._meta.model_name}.{name}"][row.pk])
        return [str(other.sleutel) for other in rows if other.pk in ids]

    def base(self, row):
        data = {
            "sleutel": str(row.sleutel),
            "versie": row.versie,
            "door_gebruiker": str(row.created_by),
            "genoteerd_op": clock.local(row.created_at).date().isoformat(),
            "gestopt_op": iso(row.gestopt_op),
            "gestopt_reden": row.gestopt_reden,
        }
        if type(row) in LINKED and "lezers" in LINKED[type(row)]:
            data["lezers"] = [persoon["sleutel"] for persoon in self.linked(row, "lezers")]
        return data

    def persoon(self, persoon):
        return {
            "sleutel": str(persoon.sleutel),
            "naam": str(persoon),
            "voornaam": persoon.voornaam,
            "rol": persoon.rol,
            "rol_label": persoon.get_rol_display(),
            "is_justitiabele": persoon.is_justitiabele,
            "relatie": persoon.relatie,
            "geboortedatum": iso(persoon.geboortedatum),
            "geboorte": persoon.geboorte,
            "leeftijd": persoon.leeftijd,
            "taal": persoon.taal,
            "tolk": persoon.tolk,
            "telefoon": persoon.telefoon,
            "adres": persoon.adres,
            "contact_hoe": persoon.contact_hoe,
            "contact_wanneer": persoon.contact_wanneer,
            "bericht_toegelaten": persoon.bericht_toegelaten,
            "ook_gevolgd_door": persoon.ook_gevolgd_door,
            "afgeschermd_voor": self.linked(persoon, "afgeschermd_voor"),
            "gestopt_op": iso(persoon.gestopt_op),
        }

    def standpunten(self, rows, **about):
        """The newest view per person about one worry or agreement, with the ones before it under "eerder"."""
        per_person = defaultdict(list)
        for row in rows:
            if all(getattr(row, name) == pk for name, pk in about.items()) and not row.gestopt_op:
                per_person[row.persoon_id].append(
                    {
                        "sleutel": str(row.sleutel),
                        "visie": row.visie,
                        "visie_label": row.visie_label,
                        "woorden": row.woorden,
                        "datum": iso(row.datum),
                    }
                )
        return [{"persoon": self.who(pk)} | views[-1] | {"eerder": views[:-1]} for pk, views in per_person.items()]
