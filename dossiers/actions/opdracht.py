"""What happens to a mandate, and who gets access."""

from accounts.rules import NotAllowed
from accounts.transactions import action
from dossiers.actions.lock import afresh, lock
from dossiers.actions.rijen import create_row, record_fields, set_facts
from dossiers.models import Deelname, Opdrachtwijziging, Uitsluiting, Wijzigingsoort
from dossiers.rules import check_can_manage_open


@action
def change_opdracht(opdracht, data, *, by):
    """Extend, suspend, resume or revoke; an extension also moves the mandate's end."""
    lock(opdracht)
    current = afresh(opdracht)
    wijziging = create_row(Opdrachtwijziging, current, data | {"vorig_einde": current.einde}, by=by)
    if wijziging.soort == Wijzigingsoort.VERLENGD:
        facts = {"einde": wijziging.nieuw_einde, "zonder_einddatum": False}
        set_facts(current, facts, by=by, report=record_fields)
    return wijziging


def _of_house(dossier, gebruiker):
    if gebruiker.huis_id != dossier.team.huis_id or not gebruiker.is_active or not gebruiker.has_dossierrol:
        raise NotAllowed("Deze collega werkt niet op dossiers van dit justitiehuis.")


@action
def add_deelname(dossier, data, *, by, check=check_can_manage_open):
    """A colleague of the house takes part for a time."""
    dossier = lock(dossier)
    _of_house(dossier, data["gebruiker"])
    if Uitsluiting.objects.lopend().filter(dossier=dossier, gebruiker=data["gebruiker"]).exists():
        raise NotAllowed("Deze collega is uitgesloten van dit dossier.")
    return create_row(Deelname, dossier, data, by=by, check=check)


@action
def add_uitsluiting(dossier, data, *, by):
    """Keep a colleague out; the owner cannot be kept out of her own dossier, it must be handed over first."""
    dossier = lock(dossier)
    if data["gebruiker"].pk == dossier.eigenaar_id:
        raise NotAllowed("Dit is de eigenaar van het dossier. Draag het dossier eerst over.")
    return create_row(Uitsluiting, dossier, data, by=by, check=check_can_manage_open)
