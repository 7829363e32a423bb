"""A consult from the first word on its sheet to what was decided with the advice.

The sheet holds names until it is finished, so its text goes past `change_row`: no Revisie, no Notitie, no Gebeurtenis
ever repeats it. What is replaced is gone from the moment of saving.
"""

from accounts.rules import NotAllowed
from accounts.transactions import action
from dossiers.actions import Conflict, add_notitie, create_row, lock, set_facts, stop_row, telling
from dossiers.models import Notitiesoort, Soort
from dossiers.rules import check_can_write, check_nothing
from partners.anoniem import replace
from partners.feiten import facts_of
from partners.models import Overleg
from partners.models.overleg import Overlegstatus
from partners.overlegregels import (
    REFUSALS,
    check_can_finish,
    check_move,
    check_prepares,
    open_groups,
)

ABOUT = ("soort", "partner", "partner_naam", "anoniem", "met_naam_reden")
REPORT = ("gevoerd_op", "functie", "adviseur", "advies", "besluit")


def _pick(data, names):
    return {name: data[name] for name in names if name in data}


def _locked(overleg, by):
    """The consult as it stands now, with its dossier locked."""
    dossier = lock(overleg)
    check_can_write(by, dossier)
    current = Overleg.objects.select_related("soort").get(pk=overleg.pk)
    current.dossier = dossier
    return current


def _set(overleg, facts, what, *, by):
    """Overwrite these facts; the record says which, not what they hold."""
    report = telling(Soort.GEWIJZIGD, f"overleg: {what}")
    return set_facts(overleg, facts, by=by, check=check_nothing, report=report, touch=True)


def _at(overleg, versie):
    if overleg.versie != versie:
        raise Conflict(overleg)


def compose_sheet(data):
    """The first text of a sheet: the facts in general, what was taken over, and the question."""
    facts = "\n".join(f"- {line}" for line in data.get("feiten", []))
    taken = "\n\n".join(tekst.tekst for tekst in data.get("teksten", []))
    parts = [("Over wie het gaat", facts), ("Wat er speelt", taken), ("Wat ik wil vragen", data["vraag"])]
    return "\n\n".join(f"{title}\n{text}" for title, text in parts if text)


def prepare_overleg(dossier, data, *, by):
    """A consult with its sheet. `data`: soort, partner, partner_naam, anoniem, met_naam_reden, vraag, feiten (lines),
    teksten (each with a `tekst`)."""
    return create_row(Overleg, dossier, _pick(data, ABOUT) | {"blad": compose_sheet(data)}, by=by)


@action
def save_sheet(overleg, tekst, *, versie, by):
    """The text as it was typed, over version `versie`."""
    current = _locked(overleg, by)
    check_prepares(current)
    _at(current, versie)
    return _set(current, {"blad": tekst}, "blad", by=by)


@action
def apply_choices(overleg, choices, *, versie, by):
    """Replace or release what was marked on version `versie`: {digest: new text, or None for `is geen naam`}."""
    current = _locked(overleg, by)
    check_prepares(current)
    _at(current, versie)
    new, released = {}, dict(current.vrijgegeven)
    for key, groep in open_groups(current, facts_of(current.dossier)):
        if key not in choices:
            continue
        if choices[key] is None:
            released[key] = len(groep.plaatsen)
        else:
            new |= dict.fromkeys(groep.plaatsen, choices[key])
    facts = {"blad": replace(current.blad or "", new), "vrijgegeven": released}
    return _set(current, facts, "blad, vrijgegeven", by=by)


@action
def finish_sheet(overleg, *, versie, by):
    """The sheet may be used: on an anonymous one nothing is left that the dossier knows."""
    current = _locked(overleg, by)
    _at(current, versie)
    check_can_finish(by, current, open_groups(current, facts_of(current.dossier)))
    return _set(current, {"status": Overlegstatus.KLAAR}, "blad klaar", by=by)


@action
def reopen_sheet(overleg, *, by):
    """Back to preparing."""
    current = _locked(overleg, by)
    check_move(current, Overlegstatus.VOORBEREIDING)
    return _set(current, {"status": Overlegstatus.VOORBEREIDING}, "blad opnieuw in voorbereiding", by=by)


def _tell(overleg, by):
    """The consult as a note among the notes."""
    with_whom = ", ".join(part for part in (overleg.functie, overleg.adviseur) if part)
    lines = [
        f"Overleg {overleg.beschrijf()}.",
        f"Gesproken met: {with_whom}." if with_whom else "",
        f"Met naam: {overleg.met_naam_reden}" if not overleg.anoniem else "",
        f"Advies: {overleg.advies}",
        f"Wat we ermee doen: {overleg.besluit}",
    ]
    note = {"soort": Notitiesoort.ANDERE, "gebeurd_op": overleg.gevoerd_op}
    return add_notitie(overleg.dossier, note | {"tekst": "\n".join(line for line in lines if line)}, by=by)


@action
def report_overleg(overleg, data, *, by):
    """What came of it: `data` holds gevoerd_op, functie, adviseur, advies, besluit. A sheet that was not finished is
    not kept."""
    current = _locked(overleg, by)
    check_move(current, Overlegstatus.GEVOERD)
    facts = _pick(data, REPORT) | {"status": Overlegstatus.GEVOERD, "vrijgegeven": {}}
    if current.status != Overlegstatus.KLAAR:
        facts["blad"] = None
    current = _set(current, facts, ", ".join(REPORT), by=by)
    _tell(current, by)
    return current


@action
def note_overleg(dossier, data, *, by):
    """A consult that took place without a sheet."""
    values = _pick(data, ABOUT + REPORT) | {"status": Overlegstatus.GEVOERD}
    overleg = create_row(Overleg, dossier, values, by=by)
    _tell(overleg, by)
    return overleg


@action
def drop_overleg(overleg, data, *, by):
    """It did not take place: the sheet is erased, the line stays with its reason."""
    current = _locked(overleg, by)
    if current.status == Overlegstatus.GEVOERD:
        raise NotAllowed(REFUSALS[Overlegstatus.GEVOERD])
    return stop_row(current, data, by=by, blad=None, vrijgegeven={})
