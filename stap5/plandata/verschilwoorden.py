"""How the facts of a plan read in a comparison: one value, one line of a list, how a row ended. Pure.

Every function takes (value, row, data) and gives text; what says how a row ended takes the row.
"""

from datetime import date

from dossiers.models import JaNeeOnbekend
from dossiers.names import and_list
from stap5.plandata.bron import readers

# How a value reads: (value, row, data) -> text


def tekst(value, row, data):
    return str(value) if value not in (None, False) else ""


def datum(value, row=None, data=None):
    return f"{date.fromisoformat(value):%d/%m/%Y}" if value else ""


def ja(value, row, data):
    return "ja" if value else ""


def ja_nee(value, row, data):
    return JaNeeOnbekend(value).label


def wie(value, row, data):
    return value["naam"] if value else ""


def mensen(value, row, data):
    return and_list(persoon["naam"] for persoon in value)


def lezers(value, row, data):
    return and_list(readers(row, data)) or "niemand van het gezin"


def woorden(value, row, data):
    return and_list(value)


def label(naam):
    """The label that stands beside a choice in the data."""
    return lambda value, row, data: row[f"{naam}_label"] if value else ""


def rij(naam):
    """The beginning of the text of another row, out of the list `naam`."""
    return lambda value, row, data: next((other["kort"] for other in data[naam] if other["sleutel"] == value), "")


def rijen(naam):
    one = rij(naam)
    return lambda value, row, data: "\n".join(filter(None, (one(key, row, data) for key in value)))


# How a row ended: text, or ""


def gestopt(row):
    return f"beëindigd op {datum(row['gestopt_op'])}: {row['gestopt_reden']}" if row["gestopt_op"] else ""


def never(row):
    return ""


def afspraak_einde(row):
    return gestopt(row) or (f"afgelopen op {datum(row['tot'])}" if row["stand"] == "afgelopen" else "")


def hulp_einde(row):
    return gestopt(row) or (row["stand_label"] if row["stand"] == "gestopt" else "")


def opdracht_einde(row):
    return row["status"] if row["status"] in ("afgelopen", "herroepen") else ""


def verbod_einde(row):
    return "" if row["geldt"] else "geldt niet meer"


def plan_einde(row):
    einde = row["einde"]
    return (einde and f"stap 5 verlaten op {datum(einde['op'])}: {einde['uitkomst_label']}. {einde['reden']}") or ""


def persoon_einde(row):
    return f"niet meer betrokken sinds {datum(row['gestopt_op'])}" if row["gestopt_op"] else ""


# Lines

VIEW = ("sleutel", "visie", "visie_label", "woorden", "datum")


def _quoted(words):
    return f": “{words}”" if words else ""


def standpunt(view, row, data):
    return f"{datum(view['datum'])}: {view['persoon']['naam']} {view['visie_label']}{_quoted(view['woorden'])}"


def all_views(row):
    """Every view on a worry or an agreement, the older ones too, each with its person."""
    return [
        {"persoon": newest["persoon"], **{name: view[name] for name in VIEW}}
        for newest in row["standpunten"]
        for view in (*newest["eerder"], newest)
    ]


def vaststelling(found, row, data):
    return f"{datum(found['datum'])}: {found['stand_label']}, vastgesteld door {found['door']}: {found['blijkt_uit']}"


def controle(check, row, data):
    more = f": {check['toelichting']}" if check["toelichting"] else ""
    return f"{datum(check['datum'])}: {check['uitkomst_label']}, gezien door {check['gezien_door']}{more}"


def herhaling(again, row, data):
    more = f": {again['toelichting']}" if again["toelichting"] else ""
    return f"{datum(again['datum'])}, gezien door {again['gezien_door']}{more}"


def veiligheidsmens(link, row, data):
    facts = [link["hoe"], link["wanneer"], "ook ’s nachts" if link["ook_s_nachts"] else ""]
    if link["afgesproken_op"]:
        facts.append(f"afgesproken op {datum(link['afgesproken_op'])}")
    if link["verteld_op"]:
        facts.append(f"aan {link['kind']['naam']} verteld op {datum(link['verteld_op'])}")
    known = ", ".join(fact for fact in facts if fact)
    return f"voor {link['kind']['naam']}{': ' if known else ''}{known}"


def score(score, row, data):
    lower = f", niet lager want {score['waarom_niet_lager']}" if score["waarom_niet_lager"] else ""
    higher = f", één punt hoger: {score['een_hoger']}" if score["een_hoger"] else ""
    return f"{datum(score['datum'])}: {score['score']}{lower}{higher}"


def grens(check, row, data):
    more = f", {check['uitleg']}" if check["uitleg"] else ""
    return f"{datum(check['datum'])}: {check['uitkomst_label']}{more}"


def wijziging(change, row, data):
    einde = f" tot en met {datum(change['nieuw_einde'])}" if change["nieuw_einde"] else ""
    reden = f": {change['reden']}" if change["reden"] else ""
    return f"{datum(change['datum'])}: {change['soort_label']}{einde}{reden}"


def pauze(value, row, data):
    return f"van {datum(value['van'])} tot {datum(value['hervat_op'])}: {value['reden']}" if value else ""


def weken(value, row, data):
    return f"om de {value} weken" if value else ""


def einde_opdracht(value, row, data):
    return datum(value) or "zonder einddatum"


def bron(value, row, data):
    precies = ", ".join(part for part in (wie(row["bron_persoon"], row, data), row["bron_naam"]) if part)
    return ": ".join(part for part in (row["bron_label"], precies) if part)


def mag_weten(value, row, data):
    return {"gevraagd": "nog te vragen"}.get(value, value)


def ouderschap(link, row, data):
    return f"{link['soort_label']} van {link['kind']['naam']}"
