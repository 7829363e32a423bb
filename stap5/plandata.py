"""`plan_as_data`: everything a plan says, as plain data. The overview, the paper and later versions all read this.

Values are JSON values: dates are ISO text, people are {"sleutel", "naam"}, other rows their sleutel as text. Every
row has "sleutel", "gestopt_op", and, where the model has them, "lezers" (sleutels of who may read it on paper).
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Max, Value

from accounts import clock
from dossiers.models import Notitiesoort
from dossiers.rules import opdracht_status
from stap5 import models
from stap5.models import shorten
from stap5.rules import afspraak_stand, zorg_stand

SCHEMA = 1

LINKED = {
    models.Zorg: ("kinderen", "door", "lezers"),
    models.Uitzondering: ("zorgen", "kinderen", "lezers"),
    models.Wens: ("zorgen", "lezers"),
    models.Netwerklid: ("springt_bij_voor", "lezers"),
    models.Afspraak: ("wie", "vervanging", "zorgen", "kinderen", "lezers"),
    models.Hulp: ("voor",),
}


def _iso(value):
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
    found = defaultdict(lambda: defaultdict(list))
    for label, source_id, target_id in queries[0].union(*queries[1:], all=True):
        found[label][source_id].append(target_id)
    return found


class _Reader:
    """Turns the rows of one plan into data; holds the people and links they point to."""

    def __init__(self, plan, op):
        self.plan, self.op = plan, op
        self.people = {persoon.pk: persoon for persoon in plan.dossier.mensen()}
        self.links = _links(plan)

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
            "gestopt_op": _iso(row.gestopt_op),
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
            "geboortedatum": _iso(persoon.geboortedatum),
            "geboorte": persoon.geboorte,
            "leeftijd": persoon.leeftijd,
            "taal": persoon.taal,
            "tolk": persoon.tolk,
            "telefoon": persoon.telefoon,
            "adres": persoon.adres,
            "contact_hoe": persoon.contact_hoe,
            "contact_wanneer": persoon.contact_wanneer,
            "bericht_toegelaten": persoon.bericht_toegelaten,
            "afgeschermd_voor": self.linked(persoon, "afgeschermd_voor"),
            "gestopt_op": _iso(persoon.gestopt_op),
        }

    def standpunten(self, rows, **about):
        """The newest view per person about one worry or agreement."""
        newest = {}
        for row in rows:
            if all(getattr(row, name) == pk for name, pk in about.items()) and not row.gestopt_op:
                newest[row.persoon_id] = row
        agreement = "afspraak_id" in about
        return [
            {
                "persoon": self.who(row.persoon_id),
                "visie": row.visie,
                "visie_label": AGREES[row.visie] if agreement else row.get_visie_display(),
                "woorden": row.woorden,
                "datum": _iso(row.datum),
            }
            for row in newest.values()
        ]


AGREES = {"zo": "gaat akkoord", "anders": "gaat niet akkoord", "weet_niet": "weet het niet"}


def plan_as_data(plan, op=None):
    """The plan on the date `op` (today), a dict with "schema": 1. Reads; a fixed number of queries."""
    op = op or clock.today()
    read = _Reader(plan, op)
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
        "plan": _plan(plan),
        "personen": [read.persoon(persoon) for persoon in read.people.values()],
        "verblijven": _verblijven(read),
        "ouderschap": _ouderschap(read),
        "opdrachten": _opdrachten(read),
        "verboden": _verboden(read),
        "bereidheid": _bereidheid(read),
        "zorgen": _zorgen(read, zorgen, views),
        "uitzonderingen": _uitzonderingen(read, zorgen),
        "wensen": _wensen(read, zorgen),
        "netwerk": _netwerk(read),
        "afspraken": _afspraken(read, zorgen, views),
        "grenzen": _grenzen(read),
        "hulp": _hulp(read),
        "kindcontacten": _kindcontacten(read),
        "schaal": _schaal(read),
    } | _gesprekken(plan)


def _plan(plan):
    return {
        "sleutel": str(plan.sleutel),
        "begonnen_op": clock.local(plan.created_at).date().isoformat(),
        "onveilig": plan.onveilig,
        "onveilig_label": plan.get_onveilig_display(),
        "besluit_op": _iso(plan.besluit_op),
        "besluit_met": plan.besluit_met,
        "besluit_uitleg": plan.besluit_uitleg,
        "route": plan.route,
        "route_label": plan.get_route_display(),
        "route_reden": plan.route_reden,
        "gespreksritme": plan.gespreksritme,
        "pauze": plan.gepauzeerd_op
        and {"van": _iso(plan.gepauzeerd_op), "hervat_op": _iso(plan.hervat_op), "reden": plan.pauze_reden},
        "einde": plan.gestopt_op
        and {
            "op": _iso(plan.gestopt_op),
            "uitkomst": plan.uitkomst,
            "uitkomst_label": plan.get_uitkomst_display(),
            "reden": plan.gestopt_reden,
            "met": plan.uitkomst_met,
            "door": plan.uitkomst_door,
            "blijkt_uit": plan.uitkomst_blijkt_uit,
        },
    }


def _verblijven(read):
    return [
        {
            "sleutel": str(row.sleutel),
            "wie": read.who(row.wie_id),
            "soort": row.soort,
            "soort_label": row.get_soort_display(),
            "bij": read.who(row.bij_id),
            "plek": row.plek,
            "verdeling": row.verdeling,
            "van": _iso(row.van),
            "tot": _iso(row.tot),
            "gestopt_op": _iso(row.gestopt_op),
        }
        for row in read.plan.dossier.verblijven.lopend()
    ]


def _ouderschap(read):
    return [
        {
            "ouder": read.who(row.ouder_id),
            "kind": read.who(row.kind_id),
            "soort": row.soort,
            "soort_label": row.get_soort_display(),
        }
        for row in read.plan.dossier.ouderschappen.lopend()
    ]


def _opdrachten(read):
    return [
        {
            "soort": row.soort,
            "soort_label": row.get_soort_display(),
            "opdrachtgever": row.opdrachtgever,
            "reikwijdte": row.reikwijdte,
            "start": _iso(row.start),
            "einde": _iso(row.einde),
            "zonder_einddatum": row.zonder_einddatum,
            "status": opdracht_status(row, list(row.wijzigingen.all()), read.op),
            "wijzigingen": [
                {
                    "soort_label": change.get_soort_display(),
                    "datum": _iso(change.datum),
                    "nieuw_einde": _iso(change.nieuw_einde),
                    "reden": change.reden,
                }
                for change in row.wijzigingen.all()
            ],
        }
        for row in read.plan.dossier.opdrachten.lopend().prefetch_related("wijzigingen")
    ]


def _verboden(read):
    return [
        {
            "sleutel": str(row.sleutel),
            "soort": row.soort,
            "soort_label": row.get_soort_display(),
            "wie": read.who(row.wie_id),
            "tegenover": read.linked(row, "tegenover"),
            "van": _iso(row.van),
            "tot": _iso(row.tot),
            "opgelegd_door": row.opgelegd_door,
            "inhoud": row.inhoud,
            "geldt": row.gestopt_op is None and (row.tot is None or row.tot >= read.op),
        }
        for row in read.plan.dossier.verboden.all()
    ]


def _bereidheid(read):
    newest = {row.ouder_id: row for row in read.plan.bereidheden.lopend()}
    return [
        {
            "ouder": read.who(row.ouder_id),
            "antwoord": row.antwoord,
            "antwoord_label": row.get_antwoord_display(),
            "woorden": row.woorden,
            "datum": _iso(row.datum),
        }
        for row in newest.values()
    ]


def _zorgen(read, zorgen, views):
    findings = defaultdict(list)
    for row in models.Vaststelling.objects.lopend().filter(zorg__plan=read.plan):
        findings[row.zorg_id].append(
            {
                "stand": row.stand,
                "stand_label": row.get_stand_display(),
                "datum": _iso(row.datum),
                "door": row.door,
                "blijkt_uit": row.blijkt_uit,
            }
        )
    return [
        read.base(row)
        | {
            "wat": row.wat,
            "kort": shorten(row.wat, 60),
            "kinderen": read.linked(row, "kinderen"),
            "kind_onduidelijk": row.kind_onduidelijk,
            "wanneer": row.wanneer,
            "hoe_vaak": row.hoe_vaak,
            "waar": row.waar,
            "bron": row.bron,
            "bron_label": row.get_bron_display(),
            "bron_persoon": read.who(row.bron_persoon_id),
            "bron_naam": row.bron_naam,
            "effect": row.effect,
            "door": read.linked(row, "door"),
            "vaststellingen": findings[row.pk],
            "stand": zorg_stand(findings[row.pk]),
            "stand_label": findings[row.pk][-1]["stand_label"] if findings[row.pk] else "open",
            "standpunten": read.standpunten(views, zorg_id=row.pk),
        }
        for row in zorgen
    ]


def _uitzonderingen(read, zorgen):
    return [
        read.base(row)
        | {
            "moment": row.moment,
            "kort": shorten(row.moment, 60),
            "wat_anders": row.wat_anders,
            "wie_deed_wat": row.wie_deed_wat,
            "wat_hielp": row.wat_hielp,
            "wat_merkte_kind": row.wat_merkte_kind,
            "vaker": row.vaker,
            "verteld_door": read.who(row.verteld_door_id),
            "zorgen": read.keys(row, "zorgen", zorgen),
            "kinderen": read.linked(row, "kinderen"),
        }
        for row in read.plan.uitzonderingen.select_related("created_by")
    ]


def _wensen(read, zorgen):
    rows = [
        read.base(row)
        | {
            "wie": read.who(row.wie_id),
            "is_kind": read.people[row.wie_id].rol == "kind",
            "woorden": row.woorden,
            "nodig": row.nodig,
            "wie_helpt": row.wie_helpt,
            "datum": _iso(row.datum),
            "ouder_mag_weten": row.ouder_mag_weten,
            "zorgen": read.keys(row, "zorgen", zorgen),
        }
        for row in read.plan.wensen.select_related("created_by")
    ]
    return sorted(rows, key=lambda row: row["is_kind"])


def _netwerk(read):
    per_child = defaultdict(list)
    for row in models.Veiligheidsmens.objects.lopend().filter(netwerklid__plan=read.plan):
        per_child[row.netwerklid_id].append(
            {
                "kind": read.who(row.kind_id),
                "hoe": row.hoe,
                "wanneer": row.wanneer,
                "ook_s_nachts": row.ook_s_nachts,
                "afgesproken_op": _iso(row.afgesproken_op),
                "verteld_op": _iso(row.verteld_op),
            }
        )
    return [
        read.base(row)
        | {
            "persoon": read.who(row.persoon_id),
            "relatie": read.people[row.persoon_id].relatie,
            "telefoon": read.people[row.persoon_id].telefoon,
            "akkoord_op": _iso(row.akkoord_op),
            "akkoord_van": row.akkoord_van,
            "weet_van_opdracht": row.weet_van_opdracht,
            "weet_van_zorg": row.weet_van_zorg,
            "springt_bij": row.momenten,
            "springt_bij_voor": read.linked(row, "springt_bij_voor"),
            "opmerking": row.opmerking,
            "veiligheidsmensen": per_child[row.pk],
        }
        for row in read.plan.netwerk.select_related("created_by")
    ]


def _afspraken(read, zorgen, views):
    checks = defaultdict(list)
    for row in models.Controle.objects.lopend().filter(afspraak__plan=read.plan):
        checks[row.afspraak_id].append(
            {
                "datum": _iso(row.datum),
                "uitkomst": row.uitkomst,
                "uitkomst_label": row.get_uitkomst_display(),
                "gezien_door": row.gezien_door,
                "toelichting": row.toelichting,
            }
        )
    exceptions = {}
    rows = list(read.plan.afspraken.select_related("created_by", "uit_uitzondering"))
    for row in rows:
        if row.uit_uitzondering_id:
            exceptions[row.pk] = str(row.uit_uitzondering.sleutel)
    return [
        read.base(row)
        | {
            "soort": row.soort,
            "soort_label": row.get_soort_display(),
            "als": row.als,
            "wat": row.wat,
            "kort": shorten(row.wat, 60),
            "wie": read.linked(row, "wie"),
            "wie_anders": row.wie_anders,
            "vervanging": read.linked(row, "vervanging"),
            "van": _iso(row.van),
            "tot": _iso(row.tot),
            "volgende_controle": _iso(row.volgende_controle),
            "hoe_zichtbaar": row.hoe_zichtbaar,
            "controle_door": read.who(row.controle_door_id),
            "controle_anders": row.controle_anders,
            "uit_uitzondering": exceptions.get(row.pk),
            "zorgen": read.keys(row, "zorgen", zorgen),
            "kinderen": read.linked(row, "kinderen"),
            "stand": afspraak_stand(van=row.van, tot=row.tot, gestopt_op=row.gestopt_op, op=read.op),
            "controles": checks[row.pk],
            "standpunten": read.standpunten(views, afspraak_id=row.pk),
        }
        for row in rows
    ]


def _grenzen(read):
    """Outcomes only: what the author felt is hers."""
    return [
        {
            "uitkomst": row.uitkomst,
            "uitkomst_label": row.get_uitkomst_display(),
            "uitleg": row.uitkomst_uitleg,
            "datum": clock.local(row.created_at).date().isoformat(),
            "door_gebruiker": str(row.created_by),
        }
        for row in read.plan.grenzen.lopend().select_related("created_by").defer("gevoel")
    ]


def _hulp(read):
    return [
        read.base(row)
        | {
            "soort": row.soort.code,
            "soort_label": row.soort.naam,
            "naam": row.naam,
            "voor": read.linked(row, "voor"),
            "waarvoor": row.waarvoor,
            "stand": row.stand,
            "stand_label": row.get_stand_display(),
            "sinds": _iso(row.sinds),
        }
        for row in read.plan.hulp.select_related("created_by", "soort")
    ]


def _kindcontacten(read):
    """The newest contact per child."""
    newest = {row.kind_id: row for row in read.plan.kindcontacten.lopend()}
    return [
        {"kind": read.who(row.kind_id), "hoe": row.hoe, "datum": _iso(row.datum), "door": row.door}
        for row in newest.values()
    ]


def _schaal(read):
    """Per person (None: the assistant) the scores in the order of their dates."""
    per_person = defaultdict(list)
    for row in read.plan.schaal.lopend():
        per_person[row.persoon_id].append(
            {
                "score": row.score,
                "datum": _iso(row.datum),
                "waarom_niet_lager": row.waarom_niet_lager,
                "een_hoger": row.een_hoger,
            }
        )
    return [{"persoon": read.who(pk), "scores": scores} for pk, scores in per_person.items()]


def _gesprekken(plan):
    """When the last talk about parenthood was, and when the next one is due by the plan's rhythm."""
    last = plan.dossier.notities.filter(soort=Notitiesoort.OUDERSCHAP, afscherming__isnull=True).aggregate(
        last=Max("gebeurd_op")
    )["last"]
    start = last or clock.local(plan.created_at).date()
    following = plan.gespreksritme and start + timedelta(weeks=plan.gespreksritme)
    return {"laatste_gesprek": _iso(last), "volgend_gesprek": _iso(following)}
