"""Nog te bekijken: what the facts of a plan say is missing. A reminder, never a gate. Pure functions over plan data."""

from django.urls import reverse

from dossiers.ages import Geboorte
from dossiers.names import and_list
from stap5.punten import Feiten, Hulpfeit, Kindfeit, Planfeiten, agreement_fact, points, shown
from stap5.rules import as_date, children, mandate_end, running, safety_people, signs_to_weigh, threads


def to_look_at(data):
    """[{"tekst", "href", "laat": bool}]: Dutch sentences, and where each is mended. What is due first, then gaps."""
    if data["plan"]["einde"]:
        return []
    op = as_date(data["op"])
    due = [
        {"tekst": punt.zin, "href": punt.href, "laat": punt.stand == "laat"} for punt in shown(points(_facts(data), op))
    ]
    if data["plan"]["pauze"]:
        return due
    return [
        *_lines(data, _against_ban(data, op)),
        *due,
        *(line for part in PARTS for line in _lines(data, part(data, op))),
    ]


def _lines(data, found):
    """Lines out of (sentence, slug of the part, is it late)."""
    return [
        {"tekst": tekst, "href": reverse(f"stap5:{onderdeel}", args=[data["kenmerk"]]), "laat": laat}
        for tekst, onderdeel, laat in found
    ]


def _facts(data):
    """The Feiten of the plan that `data` describes; what is not noted yet at all is a gap, not late."""
    plan, op = data["plan"], as_date(data["op"])
    seen = {row["kind"]["sleutel"]: as_date(row["datum"]) for row in data["kindcontacten"]}
    return Feiten(
        kenmerk=data["kenmerk"],
        einde=mandate_end(data["opdrachten"]),
        hulp=tuple(
            Hulpfeit(
                sleutel=row["sleutel"],
                naar=f"{row['naam'] or row['soort_label']} voor {and_list(who['naam'] for who in row['voor'])}",
                status=row["status"],
                sinds=as_date(row["sinds"]),
                controle=as_date(row["volgende_controle"]),
            )
            for row in running(data["hulp"])
        ),
        plan=Planfeiten(
            begonnen=as_date(plan["begonnen_op"]),
            pauze_tot=plan["pauze"] and as_date(plan["pauze"]["hervat_op"]),
            gesprek=as_date(data["volgend_gesprek"]),
            afspraken=tuple(_agreements(data)),
            kinderen=tuple(
                Kindfeit(naam=kind["voornaam"], gezien=seen[kind["sleutel"]])
                for kind in children(data)
                if kind["sleutel"] in seen
            ),
            genoteerd=op,
        ),
    )


def _agreements(data):
    for row in data["afspraken"]:
        check, until = as_date(row["volgende_controle"]), as_date(row["tot"])
        fact = agreement_fact(row["sleutel"], row["kort"], check, until, row["stand"])
        if fact:
            yield fact


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
    which = f"Signaal van {newest}" if len(signs) == 1 else f"{len(signs)} signalen, het laatste van {newest}"
    return f"{which}: kijk opnieuw naar stap 4"


def _about_signs(data, op):
    sentence = new_signs(data)
    if sentence:
        yield sentence, "instap", False


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


PARTS = (_about_signs, _about_entry, _about_worries, _about_parents, _about_children)
