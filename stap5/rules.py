"""What follows from the facts of a plan. Pure functions over values and over what `plan_as_data` returns."""

from datetime import date, timedelta

from accounts import clock
from accounts.models import Rol
from accounts.rules import NotAllowed
from dossiers.ages import Geboorte, age_in_years
from dossiers.rules import check_can_write, check_open, toegang_of
from partners.advies import Vraag
from partners.verwijsregels import ASKED, THERE

SOON = timedelta(days=7)
MAX_AGE = 25  # whom the advice still counts as a child


def check_can_write_plan(user, plan):
    """The owner and who takes part, in an open dossier, in a plan that runs."""
    check_can_write(user, plan)
    plan = plan_of(plan)
    if plan.gestopt_op:
        raise NotAllowed(
            f"Stap 5 is afgesloten op {plan.gestopt_op:%d/%m/%Y}. Begin stap 5 opnieuw om verder te noteren."
        )


def check_can_see_team(user):
    if not user.is_active or user.rol != Rol.TEAMVERANTWOORDELIJKE:
        raise NotAllowed("Deze bladzijde is er voor wie een team leidt.")


def check_can_be_reminded(user):
    if not user.is_active or not user.has_dossierrol:
        raise NotAllowed("Herinneringen en een agenda zijn er voor wie dossiers volgt.")


def check_can_discuss(user, check):
    """That a check of limits was talked about: noted by its author or by who was asked, while they see the dossier."""
    dossier = check.in_dossier()
    if user.pk not in (check.created_by_id, check.overleg_met_id) or not toegang_of(user, dossier):
        raise NotAllowed("Dit noteert wie de vraag stelde, of wie gevraagd werd.")
    check_open(dossier)


def check_can_ask(earlier):
    """Asking a colleague to look along: not again while a question waits. `earlier`: one's own Grenzencheck about the
    same plan in which the same colleague was asked and that still waits, or None."""
    if earlier:
        raise NotAllowed(
            f"Je vraag aan {earlier.overleg_met} van {clock.local(earlier.created_at):%d/%m/%Y} wacht nog. "
            "Noteer daar eerst ‘Besproken’, of haal ze door."
        )


def may_read_question(user, check):
    """Who asked, and who was asked."""
    return user.pk in (check.created_by_id, check.overleg_met_id)


def plan_of(houder):
    """The plan that holds this row, however deep."""
    while getattr(houder, "HOUDER", "dossier") != "dossier":
        houder = houder.houder
    return houder


def may_read_feelings(user, check):
    """The author of a Grenzencheck, and whom she chose. Reads `gedeeld_met`."""
    return check.created_by_id == user.pk or user in check.gedeeld_met.all()


def as_date(value):
    """A date from what plan_as_data holds (ISO text or None)."""
    return date.fromisoformat(value) if value else None


def zorg_stand(vaststellingen):
    """`open`, `minder`, `opgelost` or `ontkracht`: what the newest finding says."""
    return vaststellingen[-1]["stand"] if vaststellingen else "open"


def afspraak_stand(*, van, tot, gestopt_op, op):
    """`gestopt`, `gepland`, `afgelopen` or `loopt` on the date `op`; all dates or None."""
    if gestopt_op:
        return "gestopt"
    if van and van > op:
        return "gepland"
    if tot and tot < op:
        return "afgelopen"
    return "loopt"


def sign_is_weighed(*, gebeurd_op, noted_at, began_at, besluit_op, decided_at):
    """Did the decision of step 4 weigh this sign? Not one that was noted after it was saved, nor one of a later day.

    `besluit_op` and `decided_at` are None before there is a decision: then what was noted before the plan began counts
    as weighed. Of an older decision only the day is known.
    """
    if besluit_op is None and decided_at is None:
        return noted_at <= began_at
    known = decided_at is None or noted_at <= decided_at
    return known and (besluit_op is None or gebeurd_op <= besluit_op)


def hulp_stand(status):
    """`loopt` for help that is there, `gevraagd` once a partner was asked, `voorbereid`, or `gestopt`."""
    if status in THERE:
        return "loopt"
    if status in ASKED:
        return "gevraagd"
    return "voorbereid" if status == "voorbereid" else "gestopt"


def urgency(datum, op):
    """`laat` for a date before `op`, `dra` within seven days, otherwise ""."""
    if datum is None:
        return ""
    if datum < op:
        return "laat"
    return "dra" if datum <= op + SOON else ""


def days_late(datum, op):
    return (op - datum).days


def next_check(*, planned, since, op):
    """When to check an agreement again, in its rhythm until now: as long after `op` as `planned` came after `since`
    (the check before, or its beginning), and never on `op` itself."""
    return op + max(planned - since, timedelta(days=1))


def next_talk(ritme, last, began):
    """When the next talk about parenthood is due: `ritme` weeks (None: no rhythm) after the last, or the beginning."""
    return (last or began) + timedelta(weeks=ritme) if ritme else None


# The route that the instap proposes, with its reason

WEEKS_NEEDED = 6  # shorter than this and agreements cannot be seen to hold; the proposal says so, the human decides


def propose_route(*, antwoorden, grensuitkomst, onveilig, dagen_over):
    """(route or "", reason): what the facts point to. `antwoorden`: the newest answer per parent; `dagen_over`: days
    left in the mandate, None without an end date. Source: bron stap 5, entry and limits."""
    willing = [antwoord for antwoord in antwoorden if antwoord in ("ja", "deels")]
    refusing = [antwoord for antwoord in antwoorden if antwoord == "nee"]
    if onveilig == "nee":
        return "", "Je noteerde dat het thuis niet onveilig is. Dan is stap 5 nog niet nodig."
    if not antwoorden or (not willing and not refusing):
        return "", "We weten nog van geen enkele ouder of die wil meewerken. Vraag dat eerst."
    if not willing:
        return (
            "stap_6",
            "Geen enkele ouder wil meewerken. Zonder een ouder die wil, herstel je de veiligheid niet vrijwillig.",
        )
    if grensuitkomst == "overdragen":
        return "overdragen", "In de grenzencheck koos je ervoor dat iemand anders overneemt."
    if dagen_over is not None and dagen_over < WEEKS_NEEDED * 7:
        when = "De opdracht is voorbij." if dagen_over < 0 else f"De opdracht loopt nog {dagen_over} dagen."
        return (
            "samen",
            f"{when} Dat is te kort om te zien of afspraken standhouden. Zoek nu al een partner die verdergaat.",
        )
    if grensuitkomst in ("partner", "overleg"):
        return "samen", "In de grenzencheck gaf je aan dat je er iemand bij wilt."
    if refusing:
        return "zelf", "Eén ouder wil meewerken. Daarmee kan je beginnen; de andere ouder kan later aansluiten."
    return "zelf", "De ouders willen meewerken en je hebt er de tijd en de opdracht voor."


def mandate_end(opdrachten):
    """The day on which the last of these mandates ends, or was revoked; None when one has no end or none is known."""
    ends = [as_date(_revoked_on(row) or row["einde"]) for row in opdrachten]
    return None if None in ends else max(ends, default=None)


def _revoked_on(opdracht):
    """The day, as ISO text; "" when it stands."""
    if opdracht["status"] != "herroepen":
        return ""
    return min(row["datum"] for row in opdracht["wijzigingen"] if row["soort_label"] == "herroepen")


def days_left(opdrachten, op):
    """Days until the last running mandate ends; None when one has no end date or none is known."""
    end = mandate_end(opdrachten)
    return (end - op).days if end else None


# The partner advice, asked with what the dossier knows


def advice_question(*, kinderen, antwoorden, al_betrokken, themas, acuut_gevaar, op):
    """The Vraag for `partners.advies`: `kinderen` are people with a birth date or none; grown-up children stay out."""
    born = [kind for kind in kinderen if kind.geboortedatum and kind.geboorte != Geboorte.VERWACHT]
    ages = [max(age_in_years(kind.geboortedatum, op), 0) for kind in born]
    return Vraag(
        leeftijden=tuple(age for age in ages if age <= MAX_AGE),
        zwangerschap=any(kind.geboorte == Geboorte.VERWACHT for kind in kinderen),
        themas=frozenset(themas),
        ouders_bereid=not antwoorden or any(antwoord in ("ja", "deels") for antwoord in antwoorden),
        acuut_gevaar=acuut_gevaar,
        al_betrokken=frozenset(al_betrokken),
    )


# The question to begin a talk with


def question_to_ask(vragen, gesprekken):
    """One of the questions of a guidance text (a line each), another after each talk; "" when there is none. Those
    that are meant for somebody else begin with "Aan ..."."""
    lines = [line.strip() for line in vragen.splitlines() if line.strip() and not line.strip().startswith("Aan ")]
    return lines[gesprekken % len(lines)] if lines else ""


# Signs that ask to look at step 4 again, and what once went well and came again


def signs_to_weigh(data):
    """The signs that the decision of step 4 does not know yet, the newest first; none once step 5 was left."""
    return [] if data["plan"]["einde"] else [row for row in data["signalen"] if not row["gewogen"]]


def repeated(data, since=None):
    """The exceptions that came again on or after the date `since` (None: ever), the newest first:
    [{"uitzondering", "keren", "laatst": date}].

    A Herhaling counts, and so does each time that an agreement made out of the exception was found kept.
    """
    days = {row["sleutel"]: [again["datum"] for again in row["herhalingen"]] for row in running(data["uitzonderingen"])}
    for row in data["afspraken"]:
        kept = [check["datum"] for check in row["controles"] if check["uitkomst"] == "nagekomen"]
        days.get(row["uit_uitzondering"], []).extend(kept)
    found = []
    for row in running(data["uitzonderingen"]):
        counted = [day for day in map(as_date, days[row["sleutel"]]) if since is None or day >= since]
        if counted:
            found.append({"uitzondering": row, "keren": len(counted), "laatst": max(counted)})
    return sorted(found, key=lambda item: item["laatst"], reverse=True)


# Threads: a worry, when it does go well, what was agreed


def running(rows):
    return [row for row in rows if not row["gestopt_op"]]


def threads(data):
    """([{"zorg", "uitzonderingen", "afspraken"}], {"uitzonderingen", "afspraken"} that hang loose).

    Open worries first, then the ones that are less, then the closed ones. An agreement that comes from an exception
    belongs to that exception's worries too.
    """
    order = {"open": 0, "minder": 1, "opgelost": 2, "ontkracht": 3}
    zorgen = sorted(running(data["zorgen"]), key=lambda zorg: order[zorg["stand"]])
    uitzonderingen, afspraken = running(data["uitzonderingen"]), data["afspraken"]
    by_exception = {row["sleutel"]: row["zorgen"] for row in uitzonderingen}
    reach = {row["sleutel"]: {*row["zorgen"], *by_exception.get(row["uit_uitzondering"], ())} for row in afspraken}
    known = {zorg["sleutel"] for zorg in zorgen}
    found = [
        {
            "zorg": zorg,
            "uitzonderingen": [row for row in uitzonderingen if zorg["sleutel"] in row["zorgen"]],
            "afspraken": sorted_agreements(row for row in afspraken if zorg["sleutel"] in reach[row["sleutel"]]),
        }
        for zorg in zorgen
    ]
    loose = {
        "uitzonderingen": [row for row in uitzonderingen if not known & set(row["zorgen"])],
        "afspraken": sorted_agreements(row for row in afspraken if not known & reach[row["sleutel"]]),
    }
    return found, loose


def sorted_agreements(afspraken):
    """Running ones first, then planned, past and stopped ones; within each the soonest check first."""
    order = {"loopt": 0, "gepland": 1, "afgelopen": 2, "gestopt": 3}
    return sorted(afspraken, key=lambda row: (order[row["stand"]], row["volgende_controle"]))


def safety_groups(links):
    """Veiligheidsmens links of one person with the children for whom the same holds taken together:
    [{"kinderen", "hoe", "wanneer", "ook_s_nachts", "afgesproken_op", "verteld_op"}]."""
    groups = {}
    for link in links:
        facts = {name: value for name, value in link.items() if name != "kind"}
        group = groups.setdefault(tuple(facts.values()), facts | {"kinderen": []})
        group["kinderen"].append(link["kind"])
    return list(groups.values())


def views_in_short(standpunten):
    """The views that came without words, taken together per view: [{"label", "personen"}]."""
    groups = {}
    for row in standpunten:
        if not row["woorden"]:
            groups.setdefault(row["visie_label"], []).append(row["persoon"])
    return [{"label": label, "personen": people} for label, people in groups.items()]


# The children's matrix

COLUMNS = (
    ("zorg", "zorg", "zorgen"),
    ("uitzondering", "lukt wel", "uitzonderingen"),
    ("afspraak", "afspraak", "afspraken"),
    ("veiligheidsmens", "veiligheidsmens", "netwerk"),
    ("hulp", "hulp", "hulp"),
)


def children(data):
    return [persoon for persoon in data["personen"] if persoon["rol"] == "kind" and not persoon["gestopt_op"]]


def _about(rows, kind, field="kinderen"):
    return [row for row in rows if any(persoon["sleutel"] == kind for persoon in row[field])]


def _agreements_for(data, kind):
    """Running agreements about this child: named on the agreement, or through one of its worries."""
    about = {zorg["sleutel"] for zorg in _about(running(data["zorgen"]), kind)}
    live = [row for row in data["afspraken"] if row["stand"] in ("loopt", "gepland")]
    return [row for row in live if _about([row], kind) or (not row["kinderen"] and about & set(row["zorgen"]))]


def _exceptions_for(data, kind):
    about = {zorg["sleutel"] for zorg in _about(running(data["zorgen"]), kind)}
    return [
        row
        for row in running(data["uitzonderingen"])
        if _about([row], kind) or (not row["kinderen"] and about & set(row["zorgen"]))
    ]


def safety_people(data, kind):
    """The running veiligheidsmensen of one child (by sleutel)."""
    return [
        link for lid in running(data["netwerk"]) for link in lid["veiligheidsmensen"] if link["kind"]["sleutel"] == kind
    ]


def _help_for(data, kind, stand):
    return _about([row for row in data["hulp"] if row["stand"] == stand], kind, "voor")


def matrix(data):
    """One row per child: {"kind", "zorg", "uitzondering", "afspraak", "veiligheidsmens", "hulp"}, numbers; `hulp` is
    help that is there, `gevraagd` the help that a partner was asked for."""
    live = [zorg for zorg in running(data["zorgen"]) if zorg["stand"] in ("open", "minder")]
    return [
        {
            "kind": kind,
            "zorg": len(_about(live, kind["sleutel"])),
            "uitzondering": len(_exceptions_for(data, kind["sleutel"])),
            "afspraak": len(_agreements_for(data, kind["sleutel"])),
            "veiligheidsmens": len(safety_people(data, kind["sleutel"])),
            "hulp": len(_help_for(data, kind["sleutel"], "loopt")),
            "gevraagd": len(_help_for(data, kind["sleutel"], "gevraagd")),
        }
        for kind in children(data)
    ]


def plan_horizon(data):
    """The last date that a running agreement names, or None."""
    dates = [
        as_date(value)
        for row in data["afspraken"]
        if row["stand"] in ("loopt", "gepland")
        for value in (row["tot"], row["volgende_controle"])
        if value
    ]
    return max(dates, default=None)
