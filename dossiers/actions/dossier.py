"""Opening, changing, closing and reopening a dossier."""

from accounts import clock
from accounts.transactions import action
from dossiers.actions.journaal import tell
from dossiers.actions.lock import lock
from dossiers.actions.rijen import create_row, set_facts, stop_row, telling
from dossiers.actions.vervanging import cover_dossier, lock_stand_ins
from dossiers.models import Betrokkene, Betrokkenheid, Deelname, Deelnamesoort, Dossier, Opdracht, Overdracht, Soort
from dossiers.rules import check_can_close, check_can_open_dossier, check_can_reopen


@action
def open_dossier(data, *, by, kenmerk=None):
    """A new dossier of `by`, with its justitiabele (a parent unless said otherwise) and first mandate.

    `data`: voornaam, achternaam, sipar_nummer, and the fields of Opdracht. `kenmerk` is for invented files only.
    """
    check_can_open_dossier(by)
    away = lock_stand_ins(by.pk)
    dossier = Dossier(eigenaar=by, team_id=by.team_id, sipar_nummer=data.get("sipar_nummer", ""), created_by=by)
    if kenmerk:
        dossier.kenmerk = kenmerk
    dossier.save(force_insert=True)
    tell(dossier, dossier, Soort.GEMAAKT, "dossier", by=by, note="Dossier geopend.")
    persoon = {"voornaam": data["voornaam"], "achternaam": data.get("achternaam", ""), "rol": Betrokkenheid.OUDER}
    create_row(Betrokkene, dossier, persoon | {"is_justitiabele": True}, by=by)
    create_row(Opdracht, dossier, data, by=by)
    cover_dossier(dossier, away, by=by)
    return dossier


@action
def close_dossier(dossier, data, *, by):
    """Close for `data["reden"]`; what is still open was shown on the form and does not block. An offer to hand the
    dossier over is withdrawn, and who came in only to review the plan reads it no longer."""
    dossier = lock(dossier)
    check_can_close(by, dossier)
    offers = Overdracht.objects.wachtend().filter(dossier=dossier)
    reviewers = Deelname.objects.filter(dossier=dossier, soort=Deelnamesoort.NAZICHT, gestopt_op=None)
    for row in (*offers, *reviewers):
        stop = {"datum": clock.today(), "reden": "Het dossier werd afgesloten."}
        stop_row(row, stop, by=by, check=check_can_close)
    facts = {"closed_at": clock.now(), "closed_by": by, "closed_reden": data["reden"]}
    report = telling(Soort.AFGESLOTEN, "dossier", note=f"Dossier afgesloten. Reden: {data['reden']}")
    return set_facts(dossier, facts, by=by, check=check_can_close, report=report)


@action
def reopen_dossier(dossier, data, *, by):
    """Open it again for `data["reden"]`."""
    away = lock_stand_ins(dossier.eigenaar_id)  # a closed dossier does not change hands
    facts = {"closed_at": None, "closed_by": None, "closed_reden": ""}
    report = telling(Soort.HEROPEND, "dossier", note=f"Dossier heropend. Reden: {data['reden']}")
    dossier = set_facts(dossier, facts, by=by, check=check_can_reopen, report=report)
    cover_dossier(dossier, away, by=by)
    return dossier
