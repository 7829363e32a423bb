"""Standing in for a colleague who is away: who may arrange it, and where it does not hold. Reads, never writes."""

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.models import Deelname, Dossier, Uitsluiting, Vervanging

NOT_YET = "Hier is de vervanging nog niet geregeld."


def check_can_arrange(user, voor):
    """Oneself, or the teamverantwoordelijke of the team of who is away."""
    if user.pk == voor.pk and user.has_dossierrol:
        return
    if voor.team_id is None or voor.team_id not in user.led_team_ids():
        raise NotAllowed("Een vervanging regel je voor jezelf, of voor iemand van het team waarvoor je instaat.")


def check_can_stand_in(voor, door):
    if door.pk == voor.pk:
        raise NotAllowed("Kies iemand anders dan wie afwezig is.")
    if not door.is_active:
        raise NotAllowed(f"Het account van {door} is uitgeschakeld. Kies iemand anders.")
    if not door.has_dossierrol or door.huis_id != voor.huis_id:
        raise NotAllowed(f"{door} werkt niet op dossiers van dit justitiehuis. Kies iemand anders.")


def check_period(voor, van, tot):
    """From today on, in order, and one stand-in at a time."""
    if tot < van:
        raise NotAllowed("De einddatum ligt voor de begindatum.")
    if van < clock.today():
        raise NotAllowed("Een vervanging begint ten vroegste vandaag.")
    other = Vervanging.objects.niet_voorbij().filter(voor=voor, van__lte=tot, tot__gte=van).select_related("door")
    for row in other:
        raise NotAllowed(
            f"{row.door} vervangt {voor} al van {row.van:%d/%m/%Y} tot en met {row.tot:%d/%m/%Y}. "
            "Stop die vervanging eerst, of kies andere dagen."
        )


def check_not_over(vervanging):
    if vervanging.gestopt_op or vervanging.tot < clock.today():
        raise NotAllowed("Deze vervanging is al voorbij.")


def gaps_of(vervangingen):
    """[(vervanging, id of a dossier, sentence)]: the open dossiers of who is away in which the stand-in has no access,
    and why. A fixed number of queries."""
    vervangingen = list(vervangingen)
    rows = Deelname.objects.filter(vervanging__in=vervangingen)
    stand = {(row.vervanging_id, row.dossier_id): row.gestopt_op for row in rows}
    owned = Dossier.objects.open().filter(eigenaar__in=[row.voor_id for row in vervangingen])
    owned = list(owned.order_by("pk").values_list("eigenaar_id", "pk"))
    excluded = set(
        Uitsluiting.objects.lopend()
        .filter(gebruiker__in=[row.door_id for row in vervangingen])
        .values_list("gebruiker_id", "dossier_id")
    )
    found = []
    for vervanging in vervangingen:
        for eigenaar_id, pk in owned:
            if eigenaar_id == vervanging.voor_id:
                why = _why_not(vervanging, (vervanging.door_id, pk) in excluded, (vervanging.pk, pk), stand)
                if why:
                    found.append((vervanging, pk, why))
    return found


def _why_not(vervanging, excluded, place, stand):
    """Why the stand-in has no access there; "" where she has."""
    if excluded:
        return f"{vervanging.door} is uitgesloten van dit dossier."
    if place not in stand:
        return NOT_YET
    stopped = stand[place]
    return f"De toegang van {vervanging.door} is hier gestopt op {stopped:%d/%m/%Y}." if stopped else ""
