"""An old version with today's shielding over it: what had to be kept secret since is not read in it any more.

Pure functions over data of the present schema. `today` is what `today_as_data` returns, or the whole plan of today.
"""

import re

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
    secrets = set().union(*(_secrets(known, people, shielded, homes, today) for known in (data, *beside)))
    raw, data = data["personen"], dict(_without(_any_of(secrets), data))
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

NUMBER = re.compile(r"\+?\d(?:[\d./()-]| (?=[\d(]))+\d")
SIGNS = r"[\s./()-]*"
LEAST_DIGITS = 7


def _secrets(data, people, shielded, homes, today):
    """{patterns} of the numbers and addresses of shielded people, and of the places where `homes` stay, that stand in
    `data` and no longer today."""
    numbers, places = set(), set()
    for persoon in data["personen"]:
        now = people.get(persoon["sleutel"])
        if now and now["sleutel"] in shielded:
            numbers |= _digits(persoon["telefoon"]) - _digits(now["telefoon"])
            places |= _parts(persoon["adres"]) - _parts(now["adres"])
    for row in data["verblijven"]:
        if _concerns(row, homes) and not _is_known_today(row, today):
            places |= _parts(row["plek"])
    found = {rf"(?:(?:\+|00){SIGNS}32{SIGNS}|0)?{SIGNS.join(digits)}" for digits in numbers}
    return found | {r"\s+".join(map(re.escape, place.split())) for place in places}


def _any_of(patterns):
    """One pattern for all, the longest first; None for none."""
    alternatives = "|".join(sorted(patterns, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE) if patterns else None


def _digits(telefoon):
    """The numbers in a phone field, each from its area code on: `0470 12 34 56` and `+32 470 12 34 56` are the same."""
    found = {re.sub(r"\(0\)|\D", "", number) for number in NUMBER.findall(telefoon)}
    national = {re.sub(r"^(?:0032|32(?=\d{8})|0)", "", digits) for digits in found}
    return {digits for digits in national if len(digits) >= LEAST_DIGITS}


def _parts(address):
    """The parts of an address or place that give it away by themselves: with a house number or postcode, or a name."""
    found = set()
    for part in re.split(r"[,;\n]", address):
        words, street = part.split(), re.match(r"\D*[^\W\d]\D*\d+\w?", part)
        is_name = len(words) > 1 and part != part.lower()
        found |= {" ".join(words).casefold()} if is_name or re.search(r"\d", part) else set()
        found |= {" ".join(street[0].split()).casefold()} if street else set()
    return found


def _without(secrets, value):
    """`value` (JSON) with `(afgeschermd)` instead of what the pattern `secrets` finds in its texts."""
    if secrets is None:
        return value
    if isinstance(value, dict):
        return {name: inner if name == "sleutel" else _without(secrets, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without(secrets, inner) for inner in value]
    return secrets.sub(WITHHELD, value) if isinstance(value, str) else value
