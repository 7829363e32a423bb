"""Who told it. A child is never named as the source: paper comes home in a lawyer's bag, a screen is read along."""

import re

from dossiers.models import Bron
from dossiers.names import fold

EEN_KIND = "een kind"
KIND_VERTELDE = "een kind vertelde het"
# `de juf van Milan` is no child; `de broer van Milan` may be one, and so may whoever has no such word before the name.
_GROWN_UP = (
    "leerkracht|leraar|lerares|juf|juffrouw|meester|directeur|directrice|coordinator|begeleider|begeleidster|opvoeder|"
    "opvoedster|trainer|trainster|coach|brugfiguur|arts|dokter|verpleegkundige|psycholoog|psychologe|therapeute?|"
    "logopediste?|kinesiste?|consulente?|ouders?|moeder|mama|vader|papa|oma|opa|tante|nonkel|oom|meter|peter"
)


def is_child(who, data):
    """Is `who` ({"sleutel"} or None) a child among the people of `data`?"""
    return who is not None and any(p["sleutel"] == who["sleutel"] and p["rol"] == "kind" for p in data["personen"])


def told_by_child(row, data):
    """Did a child tell this worry or this exception?"""
    return row.get("bron") == Bron.KIND or is_child(row.get("bron_persoon") or row.get("verteld_door"), data)


def without_child(text, data):
    """Who told it, as somebody typed it; a text that names a child as who it was becomes `een kind`."""
    names = [fold(p["voornaam"]) for p in data["personen"] if p["rol"] == "kind" and p["voornaam"]]
    parts = [f" {fold(part)} " for part in re.split(r"[,;:.()/]", text)]
    return EEN_KIND if any(_may_be(name, part) for name in names for part in parts) else text


def _may_be(name, words):
    """May the child of this name be meant, or only a grown-up of hers?"""
    return f" {name} " in re.sub(rf"(?:{_GROWN_UP}) van {re.escape(name)}(?= )", "", words)


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
