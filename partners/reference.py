"""Kinds of partner, places and confirmed lines, kept complete after every migrate. What a beheerder changed stays."""

import json
from pathlib import Path

from dossiers.names import fold

FOLDER = Path(__file__).parent / "referentie"
INFOFICHE = ("aanbod", "bereiken", "doorverwijzen", "wanneer_niet", "bron")


def _rows(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def load_partnersoorten(apps, using):
    """Add the kinds that are missing; a kind from before there were infofiches gets its own."""
    soorten = apps.get_model("partners", "Partnersoort").objects.using(using)
    known = {soort.code: soort for soort in soorten.all()}
    for volgorde, row in enumerate(_rows("partnersoorten.json"), start=1):
        soort = known.get(row["code"])
        if soort is None:
            soorten.create(volgorde=volgorde, **row)
        elif any(row[name] for name in INFOFICHE) and not any(getattr(soort, name) for name in INFOFICHE):
            names = [*INFOFICHE, "leeftijd_van", "leeftijd_tot", "zwangerschap"]
            soorten.filter(pk=soort.pk).update(**{name: row[name] for name in names})


def load_gemeenten(apps, using):
    """Add the municipalities and postcodes that are missing; those that were merged away stay."""
    gemeenten = apps.get_model("partners", "Gemeente").objects.using(using)
    postcodes = apps.get_model("partners", "Postcode").objects.using(using)
    rows = _rows("gemeenten.json")
    names = ("nis", "naam", "naam_frans", "provincie")
    known = set(gemeenten.values_list("nis", flat=True))
    gemeenten.bulk_create(
        [gemeenten.model(**{name: row[name] for name in names}) for row in rows if row["nis"] not in known]
    )
    ids = dict(gemeenten.values_list("nis", "pk"))
    there = set(postcodes.values_list("code", "gemeente_id"))
    postcodes.bulk_create(
        [
            postcodes.model(code=code, gemeente_id=ids[row["nis"]], breedte=breedte, lengte=lengte)
            for row in rows
            for code, breedte, lengte in row["postcodes"]
            if (code, ids[row["nis"]]) not in there
        ]
    )


def load_lijnen(apps, using):
    """Add the confirmed lines that are missing, by their sleutel; each serves all of Flanders and Brussels."""
    partners = apps.get_model("partners", "Partner").objects.using(using)
    contactpunten = apps.get_model("partners", "Contactpunt").objects.using(using)
    soorten = dict(apps.get_model("partners", "Partnersoort").objects.using(using).values_list("code", "pk"))
    known = {str(sleutel) for sleutel in partners.values_list("sleutel", flat=True)}
    for row in _rows("lijnen.json"):
        if row["sleutel"] in known:
            continue
        texts = {name: row[name] for name in ("sleutel", "naam", "website", "toelichting", "bron")}
        partner = partners.create(soort_id=soorten[row["soort"]], zoeknaam=fold(row["naam"]), heel_gebied=True, **texts)
        contactpunten.create(partner=partner, functie="algemeen", **row["contact"])
