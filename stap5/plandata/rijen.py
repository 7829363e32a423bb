"""What the plan holds: worries, exceptions, wishes, network, agreements, limits and help."""

from collections import defaultdict

from accounts import clock
from stap5 import models
from stap5.models import shorten
from stap5.plandata.reader import iso
from stap5.rules import afspraak_stand, hulp_stand, zorg_stand


def zorgen(read, zorgen, views):
    findings = read.found[models.Vaststelling]
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


def uitzonderingen(read, zorgen):
    again = read.found[models.Herhaling]
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
            "herhalingen": again[row.pk],
        }
        for row in read.plan.uitzonderingen.select_related("created_by")
    ]


def wensen(read, zorgen):
    rows = [
        read.base(row)
        | {
            "wie": read.who(row.wie_id),
            "is_kind": read.people[row.wie_id].rol == "kind",
            "woorden": row.woorden,
            "nodig": row.nodig,
            "wie_helpt": row.wie_helpt,
            "datum": iso(row.datum),
            "ouder_mag_weten": row.ouder_mag_weten,
            "zorgen": read.keys(row, "zorgen", zorgen),
        }
        for row in read.plan.wensen.select_related("created_by")
    ]
    return sorted(rows, key=lambda row: row["is_kind"])


def netwerk(read):
    per_child = defaultdict(list)
    for row in models.Veiligheidsmens.objects.lopend().filter(netwerklid__plan=read.plan):
        per_child[row.netwerklid_id].append(
            {
                "kind": read.who(row.kind_id),
                "hoe": row.hoe,
                "wanneer": row.wanneer,
                "ook_s_nachts": row.ook_s_nachts,
                "afgesproken_op": iso(row.afgesproken_op),
                "verteld_op": iso(row.verteld_op),
            }
        )
    return [
        read.base(row)
        | {
            "persoon": read.who(row.persoon_id),
            "relatie": read.people[row.persoon_id].relatie,
            "telefoon": read.people[row.persoon_id].telefoon,
            "akkoord_op": iso(row.akkoord_op),
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


def afspraken(read, zorgen, views):
    checks = read.found[models.Controle]
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
            "kort": row.keuze_label,
            "wie": read.linked(row, "wie"),
            "wie_anders": row.wie_anders,
            "vervanging": read.linked(row, "vervanging"),
            "van": iso(row.van),
            "tot": iso(row.tot),
            "volgende_controle": iso(row.volgende_controle),
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


def grenzen(read):
    """Outcomes only: what the author felt is hers."""
    return [
        {
            "uitkomst": row.uitkomst,
            "uitkomst_label": row.get_uitkomst_display(),
            "uitleg": row.uitkomst_uitleg,
            "datum": clock.local(row.created_at).date().isoformat(),
            "door_gebruiker": str(row.created_by),
        }
        for row in read.plan.grenzen.lopend().select_related("created_by").defer("gevoel", "vraag")
    ]


def hulp(read):
    """Referrals of the dossier, and help that was there already, during this plan."""
    began, ended = clock.local(read.plan.created_at).date(), read.plan.gestopt_op
    rows = read.plan.dossier.doorverwijzingen.select_related("created_by", "soort")
    return [
        read.base(row)
        | {
            "soort": row.soort.code,
            "soort_label": row.soort.naam,
            "naam": row.partner_naam,
            "voor": read.linked(row, "voor"),
            "waarvoor": row.vraag,
            "stand": hulp_stand(row.status),
            "stand_label": row.get_status_display(),
            "status": row.status,
            "sinds": iso(row.status_op),
            "volgende_controle": iso(row.volgende_controle),
        }
        for row in rows
        if (not row.gestopt_op or row.gestopt_op >= began)
        and (not ended or clock.local(row.created_at).date() <= ended)
    ]
