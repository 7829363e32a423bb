"""Standing in for a colleague who is away: who may arrange it, and where it does not hold. Reads, never writes."""

from django.db.models import Q

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


def check_present(door, van, tot):
    """Who stands in works in those days herself: no stand-in for a stand-in, and no circle."""
    away = Vervanging.objects.niet_voorbij().filter(voor=door, van__lte=tot, tot__gte=van).select_related("door")
    for row in away:
        raise NotAllowed(
            f"{door} wordt zelf vervangen door {row.door} {row.periode}. Kies iemand anders, of kies andere dagen."
        )


def check_period(voor, van, tot):
    """From today on, in order, and one stand-in at a time."""
    if tot < van:
        raise NotAllowed("De einddatum ligt voor de begindatum.")
    if van < clock.today():
        raise NotAllowed("Een vervanging begint ten vroegste vandaag.")
    other = Vervanging.objects.niet_voorbij().filter(voor=voor, van__lte=tot, tot__gte=van).select_related("door")
    for row in other:
        raise NotAllowed(
            f"{row.door} vervangt {voor} al {row.periode}. Stop die vervanging eerst, of kies andere dagen."
        )


def check_not_over(vervanging):
    if vervanging.gestopt_op or vervanging.tot < clock.today():
        raise NotAllowed("Deze vervanging is al voorbij.")


def clashes_of(vervangingen):
    """{pk: [sentence]}: whoever stands in is away herself in some of those days. Told where her absence was arranged,
    and where she stands in. What is not among `vervangingen` somebody else arranges. One query."""
    vervangingen = list(vervangingen)
    voor, door = {row.voor_id for row in vervangingen}, {row.door_id for row in vervangingen}
    others = Vervanging.objects.niet_voorbij().filter(Q(door__in=voor) | Q(voor__in=door))
    others = list(others.select_related("voor", "door"))
    found = {row.pk: [] for row in vervangingen}
    for row in vervangingen:
        for other in others:
            if other.tot < row.van or other.van > row.tot:
                continue
            if other.door_id == row.voor_id:
                what = "regel daar iemand anders"
                if other.pk not in found:
                    what = f"vraag {other.voor} of de teamverantwoordelijke om daar iemand anders te regelen"
                found[row.pk].append(f"{row.voor} vervangt zelf {other.voor} {other.periode}: {what}.")
            if other.voor_id == row.door_id:
                found[row.pk].append(
                    f"{row.door} is zelf afwezig {other.periode}. Stop deze vervanging en kies iemand anders."
                )
    return found


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
