"""Three questions to ask a parent today, built from what the plan still lacks. Pure functions over plan data.

They are read aloud in the kitchen, so they hold no words of a child, nothing that somebody told, and nothing that is
kept from who may be listening (see stap5/meelezen.py). Source: bron stap 5, its example questions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from dossiers.ages import Geboorte
from dossiers.names import and_list
from stap5.models import in_words, shorten
from stap5.rules import SOON, as_date, children, running, safety_people, threads

SEE_AGAIN = timedelta(weeks=4)  # after this a child is to be seen again
ASK_AGAIN = timedelta(weeks=6)  # and the scale question is asked again
NAMED = 3  # more children than this are called "de kinderen"


@dataclass(frozen=True)
class Gat:
    """Something the plan lacks, and what to ask about it: `vraag(facts)` is "" where nothing lacks. `bij_verbod`: may
    it be asked of somebody who may not meet the family? Earlier ones come first, one per theme."""

    thema: str
    vraag: Callable
    bij_verbod: bool = False


def questions(data, lees, most=3):
    """[{"thema", "vraag"}]: what to ask today, each about another theme; never fewer than three where `most` allows it.

    `data`: what plan_as_data returns, and "contacten" where the visit knows with whom it is planned; `lees`: its
    Meelezers, who may be listening. A plan that rests or has ended lacks nothing: then the questions that are always
    good.
    """
    facts = _Facts(data, lees)
    still = bool(data["plan"]["einde"] or data["plan"]["pauze"])
    asked = {}
    for gap in (*(() if still else GAPS), *ALWAYS):
        if len(asked) == most:
            break
        if gap.thema in asked or (lees.apart and not gap.bij_verbod):
            continue
        question = gap.vraag(facts)
        if question:
            asked[gap.thema] = question
    return [{"thema": thema, "vraag": question} for thema, question in asked.items()]


def children_to_see(data):
    """Children who are born and were not seen for weeks, or never. A talk does not count here: that a child is not on
    the list would tell that somebody spoke with it."""
    op = as_date(data["op"])
    contacts = [row for row in data["kindcontacten"] if row["hoe"] == "gezien"]
    seen = {row["kind"]["sleutel"]: as_date(row["datum"]) for row in contacts}
    return [kind for kind in _born(data) if kind["sleutel"] not in seen or op - seen[kind["sleutel"]] > SEE_AGAIN]


def due(data, lees):
    """Running agreements that may stand on the sheet and whose check is past or within a week, the soonest first."""
    return [row for row in all_due(data) if lees.may_tell(row)]


def all_due(data):
    """Running agreements whose check is past or within a week, the soonest first."""
    last = as_date(data["op"]) + SOON
    rows = [row for row in data["afspraken"] if row["stand"] == "loopt" and as_date(row["volgende_controle"]) <= last]
    return sorted(rows, key=lambda row: row["volgende_controle"])


def as_sentence(row, length):
    """An agreement on one line: `Als Kim ziek is, dan neemt Sofie Juno`."""
    return shorten(in_words(row["als"], row["wat"]), length)


def _born(data):
    return [kind for kind in children(data) if kind["geboorte"] != Geboorte.VERWACHT]


class _Facts:
    """The plan, its day, and who may be listening."""

    def __init__(self, data, lees):
        self.data, self.lees, self.op = data, lees, as_date(data["op"])

    def say(self, kinderen):
        """`Lina en Milan`; `de kinderen` where there are many, or where naming one may tell something."""
        return and_list(kind["voornaam"] for kind in kinderen) if self.names_fit(kinderen) else "de kinderen"

    def names_fit(self, kinderen):
        return 0 < len(kinderen) <= NAMED and not self.lees.gevreesd


# What lacks, and what to ask about it


def _tonight(facts):
    if not _born(facts.data) or any(row["soort"] == "meteen" for row in facts.data["afspraken"]):
        return ""
    return "Waar slapen de kinderen vannacht, en wie is er dan bij hen?"


def _agreed(facts):
    for row in due(facts.data, facts.lees):
        if row["soort"] != "meteen":
            agreed = as_sentence(row, 110).rstrip(".")
            return f"Hoe ging het met wat we afspraken: “{agreed}”? Wat maakte dat het lukte, of net niet?"
    return ""


def _when_it_works(facts):
    """An open worry without an exception. Which children it is about stays open where a child told it."""
    for thread in threads(facts.data)[0]:
        zorg = thread["zorg"]
        if zorg["stand"] not in ("open", "minder") or thread["uitzonderingen"]:
            continue
        keys = {kind["sleutel"] for kind in zorg["kinderen"]}
        about = [kind for kind in _born(facts.data) if kind["sleutel"] in keys]
        whom = f" met {facts.say(about)}" if about and not _child_told(zorg, facts) else ""
        return f"Wanneer lukte het deze week wel{whom}? Wat deed je toen?"
    return ""


def _child_told(zorg, facts):
    teller = zorg["bron_persoon"]
    return zorg["bron"] == "kind" or (teller is not None and teller["sleutel"] in facts.lees.kinderen)


def _more_often(facts):
    """A moment that went well, and nobody noted yet what would help to have it more often."""
    for row in running(facts.data["uitzonderingen"]):
        if not row["vaker"] and facts.lees.may_tell(row):
            return (
                f"Soms lukt het: “{shorten(row['moment'], 110).rstrip('.')}”. Wat kan je helpen om dat vaker te doen?"
            )
    return ""


def _safety(facts):
    few = [kind for kind in _born(facts.data) if len(safety_people(facts.data, kind["sleutel"])) < 2]
    if few:
        verb = "kan" if len(few) == 1 and facts.names_fit(few) else "kunnen"
        return f"Bij wie {verb} {facts.say(few)} terecht als er iets is? En wie nog?"
    return ""


def _at_night(facts):
    links = [link for lid in running(facts.data["netwerk"]) for link in lid["veiligheidsmensen"]]
    if _born(facts.data) and not any(link["ook_s_nachts"] for link in links):
        return "Wie kan je 's nachts bellen als het moeilijk wordt?"
    return ""


def _stand_in(facts):
    if not any(lid["springt_bij"] for lid in running(facts.data["netwerk"])):
        return "Wie kan bijspringen als je ziek of gespannen bent, of er niet bent?"
    return ""


def _own_wish(facts):
    wished = {row["wie"]["sleutel"] for row in running(facts.data["wensen"])}
    if facts.lees.ouders <= wished:
        return ""
    return WISH_APART if facts.lees.apart else WISH


def _needed(facts):
    wishes = [row for row in running(facts.data["wensen"]) if not row["is_kind"]]
    if any(not row["nodig"] for row in wishes):
        return "Wat heb je nodig om te bereiken wat je zelf wil, en wie kan je daarbij helpen?"
    return ""


def _see_children(facts):
    unseen = children_to_see(facts.data)
    return f"Mag ik {facts.say(unseen)} vandaag even zien?" if unseen else ""


def _as_parent(facts):
    talk = as_date(facts.data["volgend_gesprek"])
    return PARENT if talk is None or talk <= facts.op + SOON else ""


def _scale(facts):
    days = [as_date(score["datum"]) for row in facts.data["schaal"] for score in row["scores"]]
    return "" if days and facts.op - max(days) <= ASK_AGAIN else SAFE


WISH = "Wat zou je zelf willen veranderen om het thuis beter te maken? Wie kan je daarbij helpen?"
WISH_APART = "Wat wil je zelf anders doen, en wie kan je daarbij helpen?"
PARENT = "Hoe gaat het met jou als ouder? Wat loopt goed, en wat is moeilijk?"
SAFE = "Van 0 tot 10: hoe veilig is het nu thuis? Waarom niet lager, en hoe ziet één punt hoger eruit?"

LUKT, AFSPRAAK, KINDEREN, NETWERK = "wat lukt", "afspraken", "de kinderen", "wie kan helpen"
WENS, OUDER, SCHAAL = "wat je wil", "ouder zijn", "hoe veilig"
GAPS = (
    Gat(KINDEREN, _tonight),
    Gat(AFSPRAAK, _agreed, bij_verbod=True),
    Gat(LUKT, _when_it_works),
    Gat(NETWERK, _safety),
    Gat(WENS, _own_wish, bij_verbod=True),
    Gat(KINDEREN, _see_children),
    Gat(LUKT, _more_often, bij_verbod=True),
    Gat(OUDER, _as_parent, bij_verbod=True),
    Gat(SCHAAL, _scale),
    Gat(NETWERK, _at_night),
    Gat(NETWERK, _stand_in),
    Gat(WENS, _needed),
)


def _always(thema, vraag, **kwargs):
    return Gat(thema, lambda facts: vraag, **kwargs)


# Good on any day. The last ones fit whoever is kept away from home.
ALWAYS = (
    _always(LUKT, "Wanneer ging het de voorbije weken goed? Wat maakte dat het toen lukte?", bij_verbod=True),
    _always(SCHAAL, SAFE),
    _always(WENS, WISH),
    _always(OUDER, PARENT, bij_verbod=True),
    _always(WENS, WISH_APART, bij_verbod=True),
    _always(
        SCHAAL,
        "Van 0 tot 10: hoe goed lukt het om je aan de afspraken te houden? Waarom niet lager, en hoe ziet één punt "
        "hoger eruit?",
        bij_verbod=True,
    ),
)
