"""Who told it. A child is never named as the source: paper comes home in a lawyer's bag, a screen is read along."""

from dossiers.models import Bron
from dossiers.names import fold

EEN_KIND = "een kind"
KIND_VERTELDE = "een kind vertelde het"


def is_child(who, data):
    """Is `who` ({"sleutel"} or None) a child among the people of `data`?"""
    return who is not None and any(p["sleutel"] == who["sleutel"] and p["rol"] == "kind" for p in data["personen"])


def told_by_child(row, data):
    """Did a child tell this worry or this exception?"""
    return row.get("bron") == Bron.KIND or is_child(row.get("bron_persoon") or row.get("verteld_door"), data)


def without_child(text, data):
    """Who told it, as somebody typed it; a text with the first name of a child in it becomes `een kind`."""
    words = f" {fold(text)} "
    named = any(f" {fold(p['voornaam'])} " in words for p in data["personen"] if p["rol"] == "kind")
    return EEN_KIND if named else text


SEEN = {"herhalingen": "gezien_door", "controles": "gezien_door", "vaststellingen": "door"}


def seen_by(row, data):
    """What was seen afterwards of a row ({list: [...]}), with no child named as who saw it."""
    return {
        name: [found | {who: without_child(found[who], data)} for found in row[name]]
        for name, who in SEEN.items()
        if name in row
    }


def readers(row, data):
    """First names of who may read the row on paper; of what a child told, the children among them are left out."""
    told = told_by_child(row, data)
    people = [p for p in data["personen"] if p["sleutel"] in row["lezers"]]
    return [p["voornaam"] for p in people if not (told and p["rol"] == "kind")]
