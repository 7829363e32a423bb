"""Opening, changing, closing and reopening a dossier."""

from django.db import transaction

from accounts import clock
from dossiers.actions.journaal import note
from dossiers.actions.rijen import create_row, lock, stop_row
from dossiers.actions.vervanging import cover_dossier
from dossiers.audit import record
from dossiers.models import Betrokkene, Betrokkenheid, Deelname, Deelnamesoort, Dossier, Opdracht, Overdracht, Soort
from dossiers.rules import check_can_close, check_can_open_dossier, check_can_reopen


@transaction.atomic
def open_dossier(data, *, by, kenmerk=None):
    """A new dossier of `by`, with its justitiabele (a parent unless said otherwise) and first mandate.

    `data`: voornaam, achternaam, sipar_nummer, and the fields of Opdracht. `kenmerk` is for invented files only.
    """
    check_can_open_dossier(by)
    dossier = Dossier(eigenaar=by, team_id=by.team_id, sipar_nummer=data.get("sipar_nummer", ""), created_by=by)
    if kenmerk:
        dossier.kenmerk = kenmerk
    dossier.save(force_insert=True)
    record(Soort.GEMAAKT, "dossier", by=by, dossier=dossier, what=dossier)
    note(dossier, "Dossier geopend.", by=by)
    persoon = {"voornaam": data["voornaam"], "achternaam": data.get("achternaam", ""), "rol": Betrokkenheid.OUDER}
    create_row(Betrokkene, dossier, persoon | {"is_justitiabele": True}, by=by)
    create_row(Opdracht, dossier, data, by=by)
    cover_dossier(dossier, by=by)
    return dossier


@transaction.atomic
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
    dossier.closed_at, dossier.closed_by, dossier.closed_reden = clock.now(), by, data["reden"]
    dossier.save(update_fields=["closed_at", "closed_by", "closed_reden"])
    note(dossier, f"Dossier afgesloten. Reden: {data['reden']}", by=by)
    record(Soort.AFGESLOTEN, "dossier", by=by, dossier=dossier, what=dossier)
    return dossier


@transaction.atomic
def reopen_dossier(dossier, data, *, by):
    dossier = lock(dossier)
    check_can_reopen(by, dossier)
    dossier.closed_at, dossier.closed_by, dossier.closed_reden = None, None, ""
    dossier.save(update_fields=["closed_at", "closed_by", "closed_reden"])
    note(dossier, f"Dossier heropend. Reden: {data['reden']}", by=by)
    record(Soort.HEROPEND, "dossier", by=by, dossier=dossier, what=dossier)
    cover_dossier(dossier, by=by)
    return dossier
