"""An old version with today's shielding over it: what had to be kept secret since is not read in it any more.

Pure functions over data of the present schema. `today` is what `today_as_data` returns, or the whole plan of today.
"""

import re

from partners.herkennen import Geheimen, phone_numbers, place_names, postcodes
from stap5.plandata.bron import EEN_KIND, KIND_VERTELDE, seen_by, told_by_child, without_child

CONTACT = ("telefoon", "adres", "contact_hoe", "contact_wanneer", "bericht_toegelaten", "afgeschermd_voor")
WITHHELD = "(afgeschermd)"
NO_STAY = {"soort": "", "soort_label": "verblijf afgeschermd", "bij": None, "plek": "", "verdeling": ""}
PLACE = ("soort", "bij", "plek", "verdeling")


def as_read_today(data, today):
    """`data` as a page or a paper may show it: shielded, with the bans of today and what parents may not know today."""
    hidden = {row["sleutel"] for row in today["wensen"] if row["ouder_mag_weten"] == "nee"}
    wensen = [row | {"ouder_mag_weten": "nee"} if row["sleutel"] in hidden else row for row in data["wensen"]]
    return shield(data | {"wensen": wensen}, today) | {"verboden": today["verboden"]}


def shield(data, today, *beside):
    """`data` with the numbers, addresses and contact rules of today; without older ones of who is shielded today, also
    where a text holds them; and with no child named as the source of anything. What `beside` (data too: what it is
    compared with) knows of older ones is left out of its texts as well."""
    people = {persoon["sleutel"]: persoon for persoon in today["personen"]}
    shielded = {key for key, persoon in people.items() if persoon["afgeschermd_voor"]}
    homes = shielded | _children_of(shielded, data)
    raw, secret = data["personen"], _secret((data, *beside), shielded, homes, today)
    data = dict(_without(secret, data) if secret else data)
    data |= {"verblijven": [_stay(row, homes, today) for row in data["verblijven"]]}
    data |= {"personen": [_contact(row, people, was) for row, was in zip(data["personen"], raw, strict=True)]}
    data |= {"netwerk": [_number(row, people) for row in data["netwerk"]]}
    data |= {"zorgen": [_worry(row, data) for row in data["zorgen"]]}
    data |= {"afspraken": [row | seen_by(row, data) for row in data["afspraken"]]}
    return data | {"uitzonderingen": [_exception(row, data) for row in data["uitzonderingen"]]}


def _contact(persoon, people, raw):
    """With what holds today; and, to compare by, with the rules of `toen`, and a digest of what may be secret."""
    now = people.get(persoon["sleutel"])
    then = {name: persoon[name] for name in CONTACT} | {name: hash(raw[name]) for name in ("telefoon", "adres")}
    return persoon | ({name: now[name] for name in CONTACT} if now else dict.fromkeys(CONTACT, "")) | {"toen": then}


def _number(lid, people):
    now = people.get(lid["persoon"]["sleutel"])
    return lid | {"telefoon": now["telefoon"] if now else ""}


def _worry(row, data):
    """Of what a child told, nobody is named; who typed a name may have typed that of a child."""
    row = row | seen_by(row, data)
    if told_by_child(row, data):
        return row | {"bron": "kind", "bron_label": KIND_VERTELDE, "bron_persoon": None, "bron_naam": ""}
    return row | {"bron_naam": without_child(row["bron_naam"], data)}


def _exception(row, data):
    row = row | seen_by(row, data)
    if told_by_child(row, data):
        return row | {"verteld_door": row["verteld_door"] | {"naam": EEN_KIND}}
    return row


# Where somebody stays


def _children_of(people, data):
    """Where a child is, its parent may be too; of a child without a noted parent, anybody."""
    if not people:
        return set()
    parents = {}
    for link in data["ouderschap"]:
        parents.setdefault(link["kind"]["sleutel"], set()).add(link["ouder"]["sleutel"])
    children = {persoon["sleutel"] for persoon in data["personen"] if persoon["rol"] == "kind"}
    return {child for child in children if child not in parents or parents[child] & people}


def _concerns(row, homes):
    """Does this stay say where one of these people is?"""
    return any(who and who["sleutel"] in homes for who in (row["wie"], row["bij"]))


def _place(row):
    return [row["bij"] and row["bij"]["sleutel"] if name == "bij" else row[name] for name in PLACE]


def _is_known_today(row, today):
    return any(now["sleutel"] == row["sleutel"] and _place(now) == _place(row) for now in today["verblijven"])


def _stay(row, homes, today):
    """Withheld, unless the same stands in the dossier today."""
    return row | NO_STAY if _concerns(row, homes) and not _is_known_today(row, today) else row


# Old numbers and addresses inside a text

# No texts: choices, keys, and what the file is called by. A place may be called like one of them.
FIXED = {
    "sleutel", "kenmerk", "sipar_nummer", "eigenaar", "team", "huis", "door_gebruiker", "soort", "stand", "status",
    "rol", "geboorte", "bron", "route", "onveilig", "uitkomst", "antwoord", "visie", "ouder_mag_weten",
    "bericht_toegelaten", "weet_van_opdracht", "weet_van_zorg", "springt_bij",
}  # fmt: skip
_KEY_OR_DAY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d")


def _secret(known, shielded, homes, today):
    """The Geheimen of old: numbers and addresses of shielded people, and places where `homes` stayed, that stand in one
    of `known` and no longer today. A street, a town or a house where somebody is today is no secret, unless with the
    number of the old one."""
    now = {persoon["sleutel"]: persoon for persoon in today["personen"]}
    old = [persoon for data in known for persoon in data["personen"] if persoon["sleutel"] in shielded]
    stays = [
        row["plek"]
        for data in known
        for row in data["verblijven"]
        if _concerns(row, homes) and not _is_known_today(row, today)
    ]
    numbers, places = set(), place_names(*stays)
    for persoon in old:
        numbers |= phone_numbers(persoon["telefoon"]) - phone_numbers(now[persoon["sleutel"]]["telefoon"])
        places |= place_names(persoon["adres"]) - place_names(now[persoon["sleutel"]]["adres"])
    said = [persoon["adres"] for persoon in today["personen"]] + [row["plek"] for row in today["verblijven"]]
    places -= {place for place in place_names(*said) if not re.search(r"\d", place)}
    codes = postcodes(*stays, *(persoon["adres"] for persoon in old)) - postcodes(*said)
    return Geheimen(plaatsen=places, nummers=numbers | codes)


def _without(secret, value, name=""):
    """`value` (JSON, that stands under `name`) with `(afgeschermd)` instead of what is `secret` in its texts."""
    if isinstance(value, dict):
        return {key: _without(secret, inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(secret, inner, name) for inner in value]
    if not isinstance(value, str) or name in FIXED or name.endswith("_label") or _KEY_OR_DAY.fullmatch(value):
        return value
    return secret.without(value, WITHHELD)
