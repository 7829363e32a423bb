"""Nog te bekijken: what the facts of a plan say is missing. A reminder, never a gate. Pure functions over plan data."""

from dossiers.ages import Geboorte
from dossiers.names import and_list
from partners.verwijsregels import reminder
from stap5.rules import (
    as_date,
    children,
    days_late,
    plan_horizon,
    running,
    safety_people,
    signs_to_weigh,
    threads,
)


def to_look_at(data):
    """[{"tekst", "onderdeel", "laat": bool}]: Dutch sentences, each with the part where it is mended."""
    if data["plan"]["einde"] or data["plan"]["pauze"]:
        return []
    op = as_date(data["op"])
    return [
        {"tekst": tekst, "onderdeel": onderdeel, "laat": laat}
        for part in PARTS
        for tekst, onderdeel, laat in part(data, op)
    ]


def _against_ban(data, op):
    """Running agreements in which somebody takes part who has a running ban towards a child or a parent."""
    for ban in data["verboden"]:
        if not ban["geldt"] or (ban["van"] and as_date(ban["van"]) > op):
            continue
        for row in data["afspraken"]:
            taking_part = [persoon["sleutel"] for persoon in [*row["wie"], *row["vervanging"]]]
            if row["stand"] in ("loopt", "gepland") and ban["wie"]["sleutel"] in taking_part:
                who = ban["wie"]["naam"]
                yield (
                    f"Kijk na: voor {who} geldt een {ban['soort_label']}, en “{row['kort']}” rekent op {who}",
                    "afspraken",
                    True,
                )


def new_signs(data):
    """The sentence about the signs that the decision of step 4 does not know yet, or ""."""
    signs = signs_to_weigh(data)
    if not signs:
        return ""
    newest = f"{as_date(signs[0]['datum']):%d/%m/%Y}"
    which = (
        f"Nieuw signaal van {newest}" if len(signs) == 1 else f"{len(signs)} nieuwe signalen, het laatste van {newest}"
    )
    return f"{which}: kijk opnieuw naar stap 4"


def _about_signs(data, op):
    sentence = new_signs(data)
    if sentence:
        yield sentence, "instap", False


def _due(data, op):
    for row in data["afspraken"]:
        check = as_date(row["volgende_controle"])
        if row["stand"] == "loopt" and check < op:
            days = days_late(check, op)
            yield f"Controle van “{row['kort']}” is {days} {'dag' if days == 1 else 'dagen'} te laat", "afspraken", True
    talk = as_date(data["volgend_gesprek"])
    if talk and talk < op:
        yield f"Gesprek over ouderschap was voorzien op {talk:%d/%m/%Y}", "opvolging", True


def _about_help(data, op):
    for row in data["hulp"]:
        name = f"{row['naam'] or row['soort_label']} voor {and_list(who['naam'] for who in row['voor'])}"
        found = reminder(name, row["status"], as_date(row["sinds"]), as_date(row["volgende_controle"]), op)
        if found:
            yield found[0], "hulp", found[1]


def _about_entry(data, op):
    plan = data["plan"]
    if not plan["onveilig"]:
        yield "Nog niet genoteerd of het thuis onveilig is, en met wie dat besloten werd", "instap", False
    if not plan["route"]:
        yield "Nog geen route gekozen", "instap", False
    if not any(row["soort"] == "meteen" for row in data["afspraken"]):
        yield "Wie zorgt er voor de kinderen tot jullie volgende contact?", "instap", False
    if not plan["gespreksritme"]:
        yield "Nog niet afgesproken hoe vaak je over ouderschap praat", "opvolging", False


def _about_worries(data, op):
    if not running(data["zorgen"]):
        yield "Nog geen enkele zorg concreet gemaakt", "zorgen", False
    for thread in threads(data)[0]:
        zorg = thread["zorg"]
        if zorg["stand"] not in ("open", "minder"):
            continue
        if not thread["uitzonderingen"]:
            yield f"Wanneer lukt het wel? Nog geen uitzondering bij “{zorg['kort']}”", "uitzonderingen", False
        if not [row for row in thread["afspraken"] if row["stand"] in ("loopt", "gepland")]:
            yield f"Nog geen afspraak bij “{zorg['kort']}”", "afspraken", False
        if not zorg["standpunten"]:
            yield f"Nog niet besproken met de ouders: “{zorg['kort']}”", "zorgen", False
        if not zorg["kinderen"]:
            yield f"Om welk kind gaat het bij “{zorg['kort']}”?", "zorgen", False
    for row in data["afspraken"]:
        if row["stand"] in ("loopt", "gepland") and not row["wie"] and not row["wie_anders"]:
            yield f"Niemand doet “{row['kort']}”", "afspraken", False


def _about_parents(data, op):
    asked = {row["ouder"]["sleutel"]: row["antwoord"] for row in data["bereidheid"]}
    for persoon in data["personen"]:
        if persoon["rol"] != "ouder" or persoon["gestopt_op"]:
            continue
        if persoon["sleutel"] not in asked:
            yield f"Nog niet gevraagd: wil {persoon['voornaam']} meewerken?", "instap", False
        elif asked[persoon["sleutel"]] == "niet_bereikt":
            yield f"{persoon['voornaam']} is nog niet bereikt", "instap", False


def _about_children(data, op):
    seen = {row["kind"]["sleutel"] for row in data["kindcontacten"]}
    at_night = any(link["ook_s_nachts"] for lid in running(data["netwerk"]) for link in lid["veiligheidsmensen"])
    for have in ("nog geen veiligheidsmens", "maar één veiligheidsmens"):
        wanted = 0 if have.startswith("nog") else 1
        names = [kind["voornaam"] for kind in children(data) if len(safety_people(data, kind["sleutel"])) == wanted]
        if names:
            yield f"Wie let op {and_list(names)} als er iets is? {have.capitalize()}", "netwerk", False
    unseen = [
        kind["voornaam"]
        for kind in children(data)
        if kind["sleutel"] not in seen and kind["geboorte"] != Geboorte.VERWACHT
    ]
    if unseen:
        yield f"{and_list(unseen)} nog niet gezien of gesproken", "opvolging", False
    if children(data) and not at_night:
        yield "'s Nachts is er nog niemand te bereiken", "netwerk", False


def _about_mandate(data, op):
    ends = [as_date(row["einde"]) for row in data["opdrachten"] if row["einde"] and row["status"] != "herroepen"]
    if not ends or any(row["zonder_einddatum"] for row in data["opdrachten"]):
        return
    last = plan_horizon(data)
    if max(ends) < op:
        yield f"De opdracht liep af op {max(ends):%d/%m/%Y}, het plan loopt nog", "opvolging", True
    elif last and max(ends) < last:
        yield f"De opdracht eindigt op {max(ends):%d/%m/%Y}, het plan loopt tot {last:%d/%m/%Y}", "opvolging", False


PARTS = (
    _against_ban, _about_signs, _due, _about_help, _about_entry, _about_worries, _about_parents, _about_children,
    _about_mandate,
)  # fmt: skip
