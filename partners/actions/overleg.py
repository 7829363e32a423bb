"""A consult from the first word on its sheet to what was decided with the advice.

The sheet holds names until it is finished, so its text goes past `change_row`: no Revisie, no Notitie, no Gebeurtenis
ever repeats it. What is replaced is gone from the moment of saving.
"""

from django.db import transaction

from accounts.rules import NotAllowed
from dossiers.actions import Conflict, add_notitie, create_row, lock, report_change
from dossiers.audit import record
from dossiers.models import Notitiesoort, Soort
from dossiers.rules import check_can_write
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


def _save(overleg, what, *, by, fields):
    """Overwrite these fields; the record says which, not what they hold."""
    overleg.versie += 1
    overleg.save(update_fields=[*fields, "versie"])
    record(Soort.GEWIJZIGD, f"overleg: {what}", by=by, dossier=overleg.dossier, what=overleg)
    return overleg


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


@transaction.atomic
def save_sheet(overleg, tekst, *, versie, by):
    """The text as it was typed, over version `versie`."""
    current = _locked(overleg, by)
    check_prepares(current)
    _at(current, versie)
    current.blad = tekst
    return _save(current, "blad", by=by, fields=["blad"])


@transaction.atomic
def apply_choices(overleg, choices, *, versie, by):
    """Replace or release what was marked on version `versie`: {digest: new text, or None for `is geen naam`}."""
    current = _locked(overleg, by)
    check_prepares(current)
    _at(current, versie)
    new = {}
    for key, groep in open_groups(current, facts_of(current.dossier)):
        if key not in choices:
            continue
        if choices[key] is None:
            current.vrijgegeven[key] = len(groep.plaatsen)
        else:
            new |= dict.fromkeys(groep.plaatsen, choices[key])
    current.blad = replace(current.blad or "", new)
    return _save(current, "blad, vrijgegeven", by=by, fields=["blad", "vrijgegeven"])


@transaction.atomic
def finish_sheet(overleg, *, versie, by):
    """The sheet may be used: on an anonymous one nothing is left that the dossier knows."""
    current = _locked(overleg, by)
    _at(current, versie)
    check_can_finish(by, current, open_groups(current, facts_of(current.dossier)))
    current.status = Overlegstatus.KLAAR
    return _save(current, "blad klaar", by=by, fields=["status"])


@transaction.atomic
def reopen_sheet(overleg, *, by):
    """Back to preparing."""
    current = _locked(overleg, by)
    check_move(current, Overlegstatus.VOORBEREIDING)
    current.status = Overlegstatus.VOORBEREIDING
    return _save(current, "blad opnieuw in voorbereiding", by=by, fields=["status"])


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


@transaction.atomic
def report_overleg(overleg, data, *, by):
    """What came of it: `data` holds gevoerd_op, functie, adviseur, advies, besluit. A sheet that was not finished is
    not kept."""
    current = _locked(overleg, by)
    check_move(current, Overlegstatus.GEVOERD)
    if current.status != Overlegstatus.KLAAR:
        current.blad = None
    for name, value in _pick(data, REPORT).items():
        setattr(current, name, value)
    current.status, current.vrijgegeven = Overlegstatus.GEVOERD, {}
    _save(current, ", ".join(REPORT), by=by, fields=[*REPORT, "status", "blad", "vrijgegeven"])
    _tell(current, by)
    return current


@transaction.atomic
def note_overleg(dossier, data, *, by):
    """A consult that took place without a sheet."""
    values = _pick(data, ABOUT + REPORT) | {"status": Overlegstatus.GEVOERD}
    overleg = create_row(Overleg, dossier, values, by=by)
    _tell(overleg, by)
    return overleg


@transaction.atomic
def drop_overleg(overleg, data, *, by):
    """It did not take place: the sheet is erased, the line stays with its reason."""
    current = _locked(overleg, by)
    if current.gestopt_op:
        return current
    if current.status == Overlegstatus.GEVOERD:
        raise NotAllowed(REFUSALS[Overlegstatus.GEVOERD])
    current.gestopt_op, current.gestopt_reden = data["datum"], data["reden"]
    current.blad, current.vrijgegeven = None, {}
    current.versie += 1
    current.save(update_fields=["gestopt_op", "gestopt_reden", "blad", "vrijgegeven", "versie"])
    report_change(current.dossier, current, Soort.GESTOPT, [], by=by, reden=data["reden"], op=data["datum"])
    return current
