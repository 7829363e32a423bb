"""Before a visit: what stands on the page and on the sheet. Pure functions over what `visit_as_data` returns.

What may stand there is decided in stap5/meelezen.py. Left out altogether: what children want or told, what somebody is
worried about, how people see it, who saw that an agreement was kept, referrals, consults, and what the assistant felt.
"""

from datetime import timedelta

from dossiers.names import and_list
from dossiers.papier import render_pdf
from stap5.meelezen import meelezers
from stap5.models import shorten
from stap5.rules import as_date, repeated, running, signs_to_weigh
from stap5.vragen import all_due, as_sentence, children_to_see, due, questions

LONG = 160  # characters of a row of the plan


def visit(data):
    """What the page shows, and nothing besides: each part is empty where there is nothing that may stand there."""
    lees, since = meelezers(data), as_date(data["sinds"])
    named = people(data, lees)
    after = since + timedelta(days=1)  # on the day itself it was told
    again = [row for row in repeated(data, after) if lees.may_tell(row["uitzondering"])]
    ended, pause = data["plan"]["einde"], data["plan"]["pauze"]
    return {
        "op": data["op"],
        "sinds": data["sinds"],
        "verlaten_op": ended and ended["op"],
        "rust": pause and {name: pause[name] for name in ("van", "hervat_op")},
        "gezin_van": next(persoon["voornaam"] for persoon in data["personen"] if persoon["is_justitiabele"]),
        "verboden": [_ban(ban, lees) for ban in data["verboden"] if ban["geldt"]],
        "apart": [zin for moment in data["contacten"] for zin in moment["apart"] if lees.may_say(zin)],
        "aandacht": data["aandacht"] if lees.may_say(data["aandacht"]) else "",
        "aandacht_elders": not lees.may_say(data["aandacht"]),
        "contact": next_contact(data, lees, named),
        "mensen": named,
        "zien": [] if lees.apart else [kind["voornaam"] for kind in children_to_see(data)],
        "veranderd": changes(data, lees, since, {row["uitzondering"]["sleutel"] for row in again}),
        "wie_veranderde": data["journaal"],
        "anderen_noteerden": any(row["wie"] != "jij" for row in data["journaal"]),
        "signalen": len(signs_to_weigh(data)),  # on screen only, and nothing but how many
        "afspraken_elders": not (ended or pause) and any(not lees.may_tell(row) for row in all_due(data)),
        "afgesproken": [] if ended or pause else [_agreement(row, data) for row in _meteen_first(data, lees)],
        "herhaald": [
            {"tekst": shorten(row["uitzondering"]["moment"], LONG), "keren": row["keren"], "laatst": row["laatst"]}
            for row in again
        ],
        "vragen": questions(data, lees),
    }


def _ban(ban, lees):
    inhoud, door = (ban[name] if lees.may_say(ban[name]) else "" for name in ("inhoud", "opgelegd_door"))
    others = [persoon for persoon in ban["tegenover"] if lees.may_name(persoon)]
    return ban | {"tegenover": others, "inhoud": inhoud, "opgelegd_door": door}


def people(data, lees):
    """The parents and children, and those of the network whom the parents know of, each with how to reach them safely
    where that may be known: [{"naam", "rol", "is_justitiabele", "leeftijd", "relatie", "taal", "tolk", "telefoon",
    "contact"}]."""
    network = {lid["persoon"]["sleutel"] for lid in running(data["netwerk"]) if lees.may_tell(lid)}
    return [
        _person(persoon, lees)
        for persoon in data["personen"]
        if not persoon["gestopt_op"]
        and lees.may_name(persoon)
        and (persoon["rol"] in ("ouder", "kind") or persoon["sleutel"] in network)
    ]


def _person(persoon, lees):
    rules = [persoon["contact_hoe"], persoon["contact_wanneer"]]
    message = {"ja": "bericht nalaten mag", "nee": "nooit een bericht nalaten"}
    found = {
        "telefoon": persoon["telefoon"],
        "contact": ", ".join(rule for rule in (*rules, message.get(persoon["bericht_toegelaten"])) if rule),
    }
    known = lees.may_find(persoon) and lees.may_say(" ".join(found.values()))
    return {
        "sleutel": persoon["sleutel"],
        "naam": persoon["voornaam"],
        "rol": persoon["rol"],
        "is_justitiabele": persoon["is_justitiabele"],
        "leeftijd": persoon["leeftijd"],
        "relatie": shorten(persoon["relatie"], 60) if lees.may_say(persoon["relatie"]) else "",
        "taal": persoon["taal"],
        "tolk": persoon["tolk"],
    } | (found if known else dict.fromkeys(found, ""))


def next_contact(data, lees, named):
    """The first planned contact that may be known: not one with somebody who may not be found, nor one of which it is
    not noted with whom where somebody may not be found. None when there is none."""
    names = {persoon["sleutel"]: persoon["naam"] for persoon in named}
    for moment in data["contacten"]:
        met = [persoon["sleutel"] for persoon in moment["met"]]
        if all(key in names and key not in lees.verborgen for key in met) and (met or not lees.verborgen):
            shown = {"soort_label": moment["soort_label"], "wanneer": moment["wanneer"]}
            return shown | {"met": [names[key] for key in met]}
    return None


def _meteen_first(data, lees):
    """Tonight's agreement, then those whose check is past or comes within a week."""
    running_now = [row for row in data["afspraken"] if row["soort"] == "meteen" and row["stand"] == "loopt"]
    meteen = [row for row in running_now if lees.may_tell(row)]
    return meteen + [row for row in due(data, lees) if row not in meteen]


def _agreement(row, data):
    return {
        "tekst": as_sentence(row, LONG),
        "wie": and_list([persoon["naam"] for persoon in row["wie"]] or [row["wie_anders"]]),
        "controle": row["volgende_controle"],
        "laat": row["volgende_controle"] < data["op"],
    }


def changes(data, lees, since, told=frozenset()):
    """[{"wat", "tekst", "wie", "datum"}]: agreements that were made, kept or stopped after the date `since`. That one
    was not kept is not said: somebody told so. `told`: exceptions (by sleutel) that say theirs was kept."""
    found = []
    for row in data["afspraken"]:
        if not lees.may_tell(row):
            continue
        kept = [check["datum"] for check in row["controles"] if check["uitkomst"] == "nagekomen"]
        facts = (
            ("nieuwe afspraak", row["genoteerd_op"], row["door_gebruiker"]),
            ("nagekomen", row["uit_uitzondering"] not in told and max(kept, default=None), ""),
            ("gestopt", row["gestopt_op"], ""),
        )
        found += [
            {"wat": wat, "tekst": as_sentence(row, LONG), "wie": wie, "datum": day}
            for wat, day, wie in facts
            if day and as_date(day) > since
        ]
    return sorted(found, key=lambda change: change["datum"], reverse=True)


# On paper

SHEET = {"verboden": 4, "apart": 2, "veranderd": 4, "wie_veranderde": 3, "afgesproken": 5, "herhaald": 3, "zien": 12}
ADULTS = 8
MOST = {"naam": 30, "relatie": 40, "taal": 30, "contact": 120, "wie": 60}  # characters


def render_bezoek_pdf(data):
    """The sheet for one's bag, as bytes: one page, two at the very most. PaperUnavailable where it cannot be made."""
    return render_pdf("pdf/bezoek.html", sheet(visit(data)), css="pdf/bezoek.css")


def sheet(found):
    """What of the page goes on paper: of every list the first ones, and long texts shortened."""
    mensen = [_fit(persoon) for persoon in found["mensen"]]
    adults = [persoon for persoon in mensen if persoon["rol"] != "kind" or persoon["telefoon"]]
    first = found | {name: found[name][:most] for name, most in SHEET.items()}
    return first | {
        "aandacht": _cut(found["aandacht"], 700),
        "verboden": [_fit_ban(ban) for ban in first["verboden"]],
        "afgesproken": [_fit(row) for row in first["afgesproken"]],
        "zien": [shorten(naam, MOST["naam"]) for naam in first["zien"]],
        "volwassenen": adults[:ADULTS],
        "kinderen": [persoon for persoon in mensen if persoon not in adults],
    }


def _fit(row):
    return row | {name: shorten(row[name], most) for name, most in MOST.items() if name in row}


def _fit_ban(ban):
    return ban | {
        "wie": _fit(ban["wie"]),
        "tegenover": [_fit(persoon) for persoon in ban["tegenover"]],
        "inhoud": _cut(ban["inhoud"], 200),
        "opgelegd_door": shorten(ban["opgelegd_door"], 60),
    }


def _cut(text, length):
    """A text with its lines; what is longer is read in the dossier."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " … (voluit in het dossier)"
