"""What of a plan may go along with a referral: worries, how it goes well, wishes, agreements, and how people see them.

Left out: what a child told and no parent knows of yet, and what a child wants unless the parents may know it. What an
assistant felt (Grenzencheck) is never among it, nor whom a child can turn to.
"""

from accounts import clock
from dossiers.models import Bron
from dossiers.teksten import Tekst
from stap5.access import current_plan
from stap5.plandata import rijen
from stap5.plandata.reader import Reader
from stap5.rules import running


def teksten(dossier):
    """[Tekst] of the plan that runs, or of the last one. A fixed number of queries."""
    plan = current_plan(dossier)
    if plan is None:
        return []
    read = Reader(plan, clock.today())
    zorgen, views = list(plan.zorgen.select_related("created_by")), list(plan.standpunten.all())
    data = {
        "zorgen": running(rijen.zorgen(read, zorgen, views)),
        "uitzonderingen": running(rijen.uitzonderingen(read, zorgen)),
        "wensen": running(rijen.wensen(read, zorgen)),
        "afspraken": running(rijen.afspraken(read, zorgen, views)),
    }
    parents = {str(persoon.sleutel) for persoon in read.people.values() if persoon.rol == "ouder"}
    children = {str(persoon.sleutel) for persoon in read.people.values() if persoon.rol == "kind"}
    worries = [zorg for zorg in data["zorgen"] if _parents_know(zorg, parents, children)]
    return [
        *(_zorg(zorg) for zorg in worries),
        *(_standpunt(zorg, view, parents) for zorg in worries for view in _said(zorg, children)),
        *(_uitzondering(row) for row in data["uitzonderingen"] if not _by_child(row["verteld_door"], children)),
        *(_wens(row) for row in data["wensen"] if not row["is_kind"] or row["ouder_mag_weten"] == "ja"),
        *(_afspraak(row) for row in data["afspraken"] if row["stand"] in ("loopt", "gepland")),
    ]


def _keys(*groups):
    """Sleutels of people, each once."""
    return tuple(dict.fromkeys(persoon["sleutel"] for people in groups for persoon in people if persoon))


def _by_child(persoon, children):
    return persoon is not None and persoon["sleutel"] in children


def _parents_know(zorg, parents, children):
    """A worry that a child told goes along once a parent was spoken with about it."""
    told = zorg["bron"] == Bron.KIND or _by_child(zorg["bron_persoon"], children)
    return not told or any(view["persoon"]["sleutel"] in parents for view in zorg["standpunten"])


def _said(zorg, children):
    """The views with words of who is no child."""
    return [view for view in zorg["standpunten"] if view["woorden"] and not _by_child(view["persoon"], children)]


def _line(*parts):
    return " ".join(part for part in parts if part)


def _zorg(zorg):
    when = ", ".join(part for part in (zorg["wanneer"], zorg["hoe_vaak"]) if part)
    effect = f"Wat dit met het kind doet: {zorg['effect']}" if zorg["effect"] else ""
    return Tekst(
        sleutel=zorg["sleutel"],
        label="Zorg",
        tekst=_line(zorg["wat"], f"({when})" if when else "", effect),
        over=_keys(zorg["kinderen"], zorg["door"], [zorg["bron_persoon"]]),
    )


def _standpunt(zorg, view, parents):
    who = view["persoon"]
    return Tekst(
        sleutel=view["sleutel"],
        label=f"Hoe {who['naam']} het ziet",
        tekst=f"“{view['woorden']}” (over: {zorg['kort']})",
        over=_keys([who], zorg["kinderen"], zorg["door"], [zorg["bron_persoon"]]),
    )


def _uitzondering(row):
    helped = f"Wat hielp: {row['wat_hielp']}" if row["wat_hielp"] else ""
    return Tekst(
        sleutel=row["sleutel"],
        label="Wanneer het wel lukt",
        tekst=_line(row["moment"], helped),
        over=_keys(row["kinderen"], [row["verteld_door"]]),
    )


def _wens(row):
    return Tekst(
        sleutel=row["sleutel"],
        label=f"Wat {row['wie']['naam']} wil",
        tekst=f"“{row['woorden']}”",
        over=_keys([row["wie"]]),
    )


def _afspraak(row):
    who = ", ".join(persoon["naam"] for persoon in row["wie"]) or row["wie_anders"]
    return Tekst(
        sleutel=row["sleutel"],
        label="Afspraak",
        tekst=_line(f"Als {row['als']}, dan" if row["als"] else "", row["wat"], f"({who})" if who else ""),
        over=_keys(row["wie"], row["kinderen"]),
    )
