"""Who may read along, and what may then not stand there. Pure functions over plan data.

The page and the sheet for a visit come along to the kitchen table. Whoever reads them there may be whom the others
fear. So a text stands there only when a parent knows of it already, and so does everybody who is visited, who is
feared, or whom a worry is about. The number, the address and the whereabouts of who is shielded, or whom a ban
protects, never stand there, for nobody, and neither does what leads to them: who lives with them, and the name of the
service or the helper that is shielded. In doubt it is left out: everything can be read in the dossier.
"""

from dataclasses import dataclass

from dossiers.names import fold
from partners.anoniem import Persoon
from partners.herkennen import Geheimen, phone_numbers, place_names, postcodes
from stap5.rules import running

SPOKEN = ("als", "wat", "wie_anders", "moment", "relatie")  # the texts of a row that are read aloud from the sheet


@dataclass(frozen=True, kw_only=True)
class Meelezers:
    """Sleutels of people: `gevreesd` (somebody is shielded from them, or may not be met by them), `betrokken` (a worry
    is about what they do or do not do), `bezocht` (the parents with whom the visit is planned), `verborgen` (may not be
    found), `naamloos` (may not even be named). `apart`: is the visit to somebody who may not meet the family, or could
    it be (it is not noted with whom)? `geheim`: what no text may hold."""

    ouders: frozenset
    kinderen: frozenset
    gevreesd: frozenset
    betrokken: frozenset
    bezocht: frozenset
    apart: bool
    verborgen: frozenset
    naamloos: frozenset
    geheim: Geheimen

    def may_name(self, persoon):
        return persoon["sleutel"] not in self.naamloos

    def may_find(self, persoon):
        """May the number of this person stand there, and how and when to reach her or him?"""
        return persoon["sleutel"] not in self.verborgen

    def may_say(self, text):
        """May this text stand there as it was written? Not with a number, a place or a name that is kept back."""
        return not any(self.geheim.find(text))

    def may_tell(self, row):
        """May this agreement, exception or person of the network stand there in words?"""
        if self._child_told(row):
            return False
        knowing, must = _knowing(row), self.gevreesd
        if row.get("soort") != "meteen":  # tonight is agreed with whoever cares, and both parents live with it
            must |= self.betrokken | self.bezocht
            if not knowing & self.ouders:
                return False
        texts = " ".join(row[name] for name in SPOKEN if row.get(name))
        return must <= knowing and not _taking_part(row) & self.naamloos and self.may_say(texts)

    def _child_told(self, row):
        """A child is never the source: not by name, and not because only a child can have known it."""
        teller = row.get("verteld_door")
        if teller:
            return teller["sleutel"] in self.kinderen
        return "verteld_door" in row and bool(row["lezers"]) and set(row["lezers"]) <= self.kinderen


def _keys(people):
    return frozenset(persoon["sleutel"] for persoon in people if persoon)


def _taking_part(row):
    return _keys([*row.get("wie", ()), *row.get("vervanging", ()), row.get("persoon"), row.get("verteld_door")])


def _knowing(row):
    """Who knows of a row: who may read it, takes part in it, told it, or said how she or he sees it."""
    return _taking_part(row) | set(row["lezers"]) | _keys(view["persoon"] for view in row.get("standpunten", ()))


def meelezers(data):
    """Who may read along in this plan, and what is kept back from them."""
    people = data["personen"]
    kinderen = _keys(persoon for persoon in people if persoon["rol"] == "kind")
    shielded = _keys(persoon for persoon in people if persoon["afgeschermd_voor"])
    bans = [ban for ban in data["verboden"] if ban["geldt"]]
    banned, kept_away = _keys(ban["wie"] for ban in bans), _keys(other for ban in bans for other in ban["tegenover"])
    bezocht = visited(data)
    verborgen = _with_household(shielded | kept_away, data)
    own = _keys(row["ouder"] for row in data["ouderschap"] if row["soort"] == "ouder")
    own |= _keys(persoon for persoon in people if persoon["is_justitiabele"])
    naamloos = _with_household(shielded, data) - kinderen - own
    hidden = [persoon for persoon in people if persoon["sleutel"] in verborgen]
    where = [persoon["adres"] for persoon in hidden]
    where += [row["plek"] for row in data["verblijven"] if row["wie"]["sleutel"] in verborgen]
    return Meelezers(
        ouders=_parents(data),
        kinderen=kinderen,
        gevreesd=feared(data),
        betrokken=_about(data),
        bezocht=bezocht,
        apart=bool(banned and (not bezocht or bezocht & banned)),
        verborgen=verborgen,
        naamloos=naamloos,
        geheim=Geheimen(
            personen=[_named(persoon) for persoon in people if persoon["sleutel"] in naamloos],
            plaatsen=place_names(*where),
            nummers=postcodes(*where) | phone_numbers(*(persoon["telefoon"] for persoon in hidden)),
        ),
    )


def _parents(data):
    return _keys(persoon for persoon in data["personen"] if persoon["rol"] == "ouder" and not persoon["gestopt_op"])


def visited(data):
    """Sleutels of the parents with whom the next contact is planned; nobody where that is not known."""
    parents = _parents(data)
    met = (_keys(moment["met"]) & parents for moment in data.get("contacten", ()))
    return next((people for people in met if people), frozenset())


def feared(data):
    """Sleutels of those from whom somebody is shielded, or for whom a ban holds or is to come."""
    shielded_from = _keys(other for persoon in data["personen"] for other in persoon["afgeschermd_voor"])
    return shielded_from | _keys(ban["wie"] for ban in data["verboden"] if ban["geldt"])


def _about(data):
    live = [zorg for zorg in running(data["zorgen"]) if zorg["stand"] in ("open", "minder")]
    return _keys(persoon for zorg in live for persoon in zorg["door"])


def _with_household(people, data):
    """These people, and everybody who lives with them: through one of the household one finds the others. A child of
    whom nobody noted with whom it stays may be with them."""
    if not people:
        return people
    homes = [_keys([row["wie"], row["bij"]]) for row in data["verblijven"] if row["bij"]]
    homes.append(_keys(row["wie"] for row in data["verblijven"] if row["soort"] == "thuis"))
    homes += _same_place(data)
    placed = _keys(row["wie"] for row in data["verblijven"] if row["bij"] or row["soort"] == "thuis")
    people = people | (_keys(persoon for persoon in data["personen"] if persoon["rol"] == "kind") - placed)
    found, grown = None, people
    while grown != found:
        found, grown = grown, grown.union(*(home for home in homes if home & grown))
    return found


def _same_place(data):
    """The people, taken together by the address or place that was noted for them."""
    places = {}
    for persoon in data["personen"]:
        places.setdefault(fold(persoon["adres"]), set()).add(persoon["sleutel"])
    for row in data["verblijven"]:
        places.setdefault(fold(row["plek"]), set()).add(row["wie"]["sleutel"])
    return [frozenset(home) for place, home in places.items() if place]


def _named(persoon):
    return Persoon(persoon["voornaam"], "", persoon["naam"].removeprefix(persoon["voornaam"]).strip())
