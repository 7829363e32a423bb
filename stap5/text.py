"""The plan as plain text, to paste into the official dossier."""

from stap5.models import in_words
from stap5.rules import as_date, running, threads


def _date(value):
    return f"{as_date(value):%d/%m/%Y}" if value else ""


def _names(people):
    return ", ".join(persoon["naam"] for persoon in people)


def _section(title, lines):
    lines = [line for line in lines if line]
    return [title, "-" * len(title), *lines, ""] if lines else []


def plan_as_text(data, *, merkteken=""):
    """Every fact of the plan in lines of text; empty sections are left out. `merkteken`: the mark of the entry that
    says it was taken along."""
    plan = data["plan"]
    lines = [f"Stappenplan stap 5 - {data['kenmerk']} - stand op {_date(data['op'])}", ""]
    lines += _section("Instap", _entry(data, plan))
    for number, thread in enumerate(threads(data)[0], start=1):
        lines += _section(f"Zorg {number}", _thread(thread))
    loose = threads(data)[1]
    lines += _section(
        "Andere uitzonderingen",
        [line for row in loose["uitzonderingen"] for line in _exception(f"- {row['moment']}", row)],
    )
    lines += _section("Andere afspraken", [line for row in loose["afspraken"] for line in _agreement(row)])
    lines += _section(
        "Wat het gezin wil", [f"- {row['wie']['naam']}: “{row['woorden']}”" for row in running(data["wensen"])]
    )
    lines += _section("Netwerk", [_network(row) for row in running(data["netwerk"])])
    lines += _section("Hulp", [_help(row) for row in running(data["hulp"])])
    lines += _section(
        "Grenzen",
        [f"- {_date(row['datum'])}: {row['uitkomst_label']} {row['uitleg']}".rstrip() for row in data["grenzen"]],
    )
    lines += _section("Einde van stap 5", _end(plan["einde"]) if plan["einde"] else [])
    lines += [f"Merkteken {merkteken}"] if merkteken else []
    return "\n".join(lines).rstrip() + "\n"


def _entry(data, plan):
    yield (
        f"Onveilig: {plan['onveilig_label']}, besloten met {plan['besluit_met']} {_date(plan['besluit_op'])}".rstrip()
        if plan["onveilig"]
        else ""
    )
    for row in data["bereidheid"]:
        words = f": “{row['woorden']}”" if row["woorden"] else ""
        yield f"Bereidheid {row['ouder']['naam']}: {row['antwoord_label']}{words}"
    yield f"Route: {plan['route_label']}. Reden: {plan['route_reden']}" if plan["route"] else ""


def _thread(thread):
    zorg = thread["zorg"]
    yield zorg["wat"]
    facts = [
        ("Over", _names(zorg["kinderen"]) or "nog niet duidelijk"),
        ("Wanneer", zorg["wanneer"]),
        ("Hoe vaak", zorg["hoe_vaak"]),
        ("Waar", zorg["waar"]),
        ("Bron", ", ".join(part for part in (zorg["bron_label"], zorg["bron_naam"]) if part)),
        ("Effect", zorg["effect"]),
        ("Stand", zorg["stand_label"]),
    ]
    yield from (f"{label}: {value}" for label, value in facts if value)
    for row in zorg["vaststellingen"]:
        yield f"{_date(row['datum'])} {row['stand_label']}, vastgesteld door {row['door']}: {row['blijkt_uit']}"
    yield from _views(zorg)
    for row in thread["uitzonderingen"]:
        yield from _exception(f"Lukt wel: {row['moment']}", row)
    for row in thread["afspraken"]:
        yield from _agreement(row)


def _exception(line, row):
    yield line
    for again in row["herhalingen"]:
        more = f": {again['toelichting']}" if again["toelichting"] else ""
        yield f"  {_date(again['datum'])} lukte opnieuw, gezien door {again['gezien_door']}{more}"


def _views(row):
    for view in row["standpunten"]:
        words = f": “{view['woorden']}”" if view["woorden"] else ""
        yield f"{view['persoon']['naam']} {view['visie_label']} ({_date(view['datum'])}){words}"


def _agreement(row):
    who = _names(row["wie"]) or row["wie_anders"]
    if_then = in_words(row["als"], row["wat"])
    yield f"Afspraak ({row['stand']}): {if_then} - {who}; volgende controle {_date(row['volgende_controle'])}"
    for check in row["controles"]:
        more = f": {check['toelichting']}" if check["toelichting"] else ""
        yield f"  {_date(check['datum'])} {check['uitkomst_label']}, gezien door {check['gezien_door']}{more}"
    yield from (f"  {line}" for line in _views(row))


def _network(row):
    safe = [link["kind"]["naam"] for link in row["veiligheidsmensen"]]
    parts = [f"veiligheidsmens voor {', '.join(safe)}" if safe else ""]
    if row["springt_bij"]:
        parts.append(f"springt bij als de verzorger {' of '.join(row['springt_bij'])} is")
    parts.append(row["opmerking"])
    return f"- {row['persoon']['naam']} ({row['relatie']}): " + "; ".join(part for part in parts if part)


def _help(row):
    whom = f"voor {_names(row['voor'])}"
    return f"- {row['soort_label']} {row['naam']} {whom}: {row['stand_label']} {row['waarvoor']}".rstrip()


def _end(einde):
    why = f"Reden: {einde['reden'].rstrip(' .')}. Besloten met {einde['met']}."
    yield f"{_date(einde['op'])}: {einde['uitkomst_label']}. {why}"
    if einde["door"]:
        yield f"Vastgesteld door {einde['door']}, uit: {einde['blijkt_uit']}"
