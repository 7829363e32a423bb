"""The plan on paper, for the file: what `plan_as_data` says, put in the order in which it is read, and set as PDF."""

from accounts import clock
from dossiers.papier import PaperUnavailable, render_pdf
from stap5 import rules
from stap5.aandacht import to_look_at
from stap5.plandata.bron import EEN_KIND, KIND_VERTELDE, readers, seen_by, told_by_child, without_child
from stap5.schaalbeeld import PAPIER, scale_picture

__all__ = ["PaperUnavailable", "paper_context", "render_dossier_pdf"]


def render_dossier_pdf(data, versie=None, *, merkteken=""):
    """The whole plan as a tagged A4 PDF (PDF/UA-1), as bytes. For who may see the dossier, never for the family.

    `data` is what plan_as_data returns, or what is read of a Planversie: then `versie` is that one, and the paper says
    so. `merkteken`: the mark of the entry that says it was printed. PaperUnavailable when this machine cannot make a
    PDF.
    """
    context = paper_context(data) | {"versie": versie, "vandaag": clock.today(), "merkteken": merkteken}
    return render_pdf("pdf/dossier.html", context, css="pdf/stappenplan.css")


# What stands where


def paper_context(data):
    """What the sheets show, in their order. Every row of the plan stands on paper once in full; where it belongs to a
    second worry too, it is named there with its number. What stopped, or is over, comes at the end."""
    data = data | {name: [_prepared(row, data) for row in data[name]] for name in PREPARED}
    threads, loose = rules.threads(data)
    place = _Places(data)
    meteen = [row for row in data["afspraken"] if _is_meteen(row) and _is_live(row)]
    return {
        "data": data,
        "plan": data["plan"],
        "justitiabele": next(persoon for persoon in data["personen"] if persoon["is_justitiabele"]),
        "kinderen": rules.children(data),
        "verboden": [row for row in data["verboden"] if row["geldt"]],
        "mensen": _people(data),
        "opdrachten": sorted(data["opdrachten"], key=lambda row: OPDRACHT_ORDER.index(row["status"])),
        "dagen_over": rules.days_left(data["opdrachten"], rules.as_date(data["op"])),
        "meteen": place.agreements(meteen),
        "meteen_voorbij": any(_is_meteen(row) for row in data["afspraken"]),
        "bereidheid": _willingness(data),
        "wensen": [row | {"bij": place.worries(row)} for row in rules.running(data["wensen"])],
        "kolommen": rules.COLUMNS,
        "matrix": rules.matrix(data),
        "draden": [_thread(thread, place) for thread in threads],
        "los": {
            "uitzonderingen": place.exceptions(loose["uitzonderingen"]),
            "afspraken": place.agreements(row for row in loose["afspraken"] if _is_here(row) and row not in meteen),
        },
        "veiligheid": _safety(data),
        "netwerk": rules.running(data["netwerk"]),
        "hulp": rules.running(data["hulp"]),
        "schaal": data["schaal"],
        "kindcontacten": _child_contacts(data),
        "te_bekijken": to_look_at(data),
        "niet_meer": _over(data, place),
        "beeld": scale_picture(data, PAPIER, place.afspraak),  # now that each agreement has its number
    }


PREPARED = ("zorgen", "uitzonderingen", "wensen", "netwerk", "afspraken")
OPDRACHT_ORDER = ("loopt", "opgeschort", "nog niet begonnen", "afgelopen", "herroepen")
ROLES = ("ouder", "kind", "netwerk", "professional")
FREE_TEXTS = (
    *("wat", "als", "effect", "hoe_zichtbaar", "moment", "wat_anders", "wie_deed_wat", "wat_hielp"),
    *("wat_merkte_kind", "vaker", "woorden", "nodig", "wie_helpt"),
)
LINE = 90  # characters on one line of paper
WHOLE, TOGETHER = 14, 20  # a row, and a thread, of fewer lines is not broken over two pages


def _prepared(row, data):
    """A row with how it stands on paper: who told it, who may read it, and whether it stays whole on one page."""
    child_told = told_by_child(row, data)
    lines = _lines(row)
    return (
        row
        | seen_by(row, data)
        | {
            "bron_tekst": _source(row, data, child_told=child_told),
            "lezers_wie": readers(row, data),
            "noem_lezers": not child_told,
            "zonder_woorden": _without_words(row.get("standpunten", ())),
            "regels": lines,
            "heel": lines < WHOLE,
        }
    )


def _lines(row):
    """About how many lines a row of the plan takes on paper."""
    views = [view["woorden"] for view in row.get("standpunten", ()) if view["woorden"]]
    texts = [row[name] for name in FREE_TEXTS if row.get(name)] + views
    texts += [check["toelichting"] for check in (*row.get("controles", ()), *row.get("herhalingen", ()))]
    texts += [finding["blijkt_uit"] for finding in row.get("vaststellingen", ())]
    return 3 + len(views) + sum(1 + len(text) // LINE + text.count("\n") for text in texts)


def _without_words(views):
    """Views that came without words, taken together per view and day: [{"visie_label", "datum", "personen"}]."""
    groups = {}
    for view in views:
        if not view["woorden"]:
            groups.setdefault((view["visie_label"], view["datum"]), []).append(view["persoon"])
    return [{"visie_label": label, "datum": day, "personen": people} for (label, day), people in groups.items()]


def _source(row, data, *, child_told):
    """Who saw or told it."""
    if child_told:
        return KIND_VERTELDE if "bron" in row else EEN_KIND
    persoon = row.get("bron_persoon") or row.get("verteld_door")
    more = row.get("bron_naam", "")
    named = ", ".join(part for part in (persoon and persoon["naam"], without_child(more, data)) if part)
    return ": ".join(part for part in (row.get("bron_label"), named) if part)


def _is_live(row):
    return row["stand"] in ("loopt", "gepland")


def _is_meteen(row):
    return row["soort"] == "meteen"


def _is_here(row):
    """Does this agreement stand among the running things? One that reached its last day does: what was tried shows.
    A stopped one and an old `meteen` stand at the end."""
    return row["stand"] != "gestopt" and (_is_live(row) or not _is_meteen(row))


class _Places:
    """Gives worries and agreements their numbers, and remembers what already stands on paper in full."""

    def __init__(self, data):
        self.data = data
        threads = rules.threads(data)[0]
        self.zorg = {thread["zorg"]["sleutel"]: number for number, thread in enumerate(threads, start=1)}
        self.uitzondering = {row["sleutel"]: row for row in data["uitzonderingen"]}
        self.afspraak, self.seen = {}, set()
        self.still = bool(data["plan"]["einde"] or data["plan"]["pauze"])

    def worries(self, row):
        """The numbers of the worries that a row is about."""
        return sorted(self.zorg[sleutel] for sleutel in row["zorgen"] if sleutel in self.zorg)

    def _first(self, row):
        first = row["sleutel"] not in self.seen
        self.seen.add(row["sleutel"])
        return first

    def exceptions(self, rows):
        return [row | {"voluit": self._first(row), "bij": self.worries(row)} for row in rows]

    def agreements(self, rows):
        return [self._agreement(row) for row in rows]

    def _agreement(self, row):
        number = self.afspraak.setdefault(row["sleutel"], len(self.afspraak) + 1)
        from_exception = self.uitzondering.get(row["uit_uitzondering"])
        return row | {
            "nummer": number,
            "voluit": self._first(row),
            "bij": self.worries(row),
            "komt_uit": from_exception["kort"] if from_exception else "",
            "dagen_te_laat": self._days_late(row),
        }

    def _days_late(self, row):
        if self.still or row["stand"] != "loopt":
            return 0
        return max(rules.days_late(rules.as_date(row["volgende_controle"]), rules.as_date(self.data["op"])), 0)


def _thread(thread, place):
    zorg, stopped = thread["zorg"], [row for row in thread["afspraken"] if not _is_here(row)]
    uitzonderingen = place.exceptions(thread["uitzonderingen"])
    afspraken = place.agreements(row for row in thread["afspraken"] if _is_here(row))
    return {
        "nummer": place.zorg[zorg["sleutel"]],
        "zorg": zorg,
        "uitzonderingen": uitzonderingen,
        "afspraken": afspraken,
        "gestopt": len(stopped),
        "loopt": any(_is_live(row) for row in afspraken),
        "heel": sum(row["regels"] for row in (zorg, *uitzonderingen, *afspraken)) < TOGETHER,
    }


def _people(data):
    """Everyone involved now, the justitiabele first, each with what one must know before calling."""
    op = data["op"]
    order = sorted(
        (persoon for persoon in data["personen"] if not persoon["gestopt_op"]),
        key=lambda persoon: (not persoon["is_justitiabele"], ROLES.index(persoon["rol"])),
    )
    return [
        persoon
        | {
            "leeftijd_tekst": _age(persoon["leeftijd"]),
            "ouder_van": _raises(persoon, data),
            "verblijven": [
                row
                for row in data["verblijven"]
                if row["wie"]["sleutel"] == persoon["sleutel"] and (not row["tot"] or row["tot"] >= op)
            ],
            "verboden": [
                row for row in data["verboden"] if row["geldt"] and row["wie"]["sleutel"] == persoon["sleutel"]
            ],
        }
        for persoon in order
    ]


def _age(words):
    """`9` -> `9 jaar`; `7 maanden` and `ongeboren, verwacht in maart 2027` say it already."""
    return f"{words} jaar" if words.removeprefix("ongeveer ").isdecimal() else words


def _raises(persoon, data):
    """[("plusouder", [children])] of one adult."""
    kinds = {}
    for row in data["ouderschap"]:
        if row["ouder"]["sleutel"] == persoon["sleutel"]:
            kinds.setdefault(row["soort_label"], []).append(row["kind"])
    return list(kinds.items())


def _willingness(data):
    """[(person, the newest answer or None)] of every parent, and of who was asked besides."""
    answers = {row["ouder"]["sleutel"]: row for row in data["bereidheid"]}
    return [
        (persoon, answers.get(persoon["sleutel"]))
        for persoon in data["personen"]
        if persoon["sleutel"] in answers or (persoon["rol"] == "ouder" and not persoon["gestopt_op"])
    ]


def _safety(data):
    """[{"kind", "mensen", "s_nachts"}]: per child its veiligheidsmensen, each with the person behind the number."""
    people = {persoon["sleutel"]: persoon for persoon in data["personen"]}
    found = []
    for kind in rules.children(data):
        links = [
            link | {"persoon": people[lid["persoon"]["sleutel"]]}
            for lid in rules.running(data["netwerk"])
            for link in lid["veiligheidsmensen"]
            if link["kind"]["sleutel"] == kind["sleutel"]
        ]
        found.append({"kind": kind, "mensen": links, "s_nachts": any(link["ook_s_nachts"] for link in links)})
    return found


def _child_contacts(data):
    """[(child, when it was last seen or spoken with, or None)]"""
    newest = {row["kind"]["sleutel"]: row for row in data["kindcontacten"]}
    return [(kind, newest.get(kind["sleutel"])) for kind in rules.children(data)]


def _stopped(rows):
    return [row for row in rows if row["gestopt_op"]]


def _over(data, place):
    """What stopped, was struck out or is past, by kind; an empty dict when there is nothing of it."""
    over = {
        "zorgen": _stopped(data["zorgen"]),
        "uitzonderingen": place.exceptions(_stopped(data["uitzonderingen"])),
        "afspraken": place.agreements(row for row in data["afspraken"] if not _is_here(row)),
        "wensen": [row | {"bij": place.worries(row)} for row in _stopped(data["wensen"])],
        "netwerk": _stopped(data["netwerk"]),
        "hulp": _stopped(data["hulp"]),
        "personen": _stopped(data["personen"]),
        "verblijven": [row for row in data["verblijven"] if row["tot"] and row["tot"] < data["op"]],
        "verboden": [row for row in data["verboden"] if not row["geldt"]],
    }
    return over if any(over.values()) else {}
