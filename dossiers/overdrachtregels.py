"""Handing over: who may offer a dossier, who may take it, and who may answer. Reads, never writes."""

from accounts import clock
from accounts.models import Rol, Team, Teamverantwoordelijkheid
from accounts.rules import NotAllowed
from dossiers.models import Overdracht, Uitsluiting
from dossiers.rules import Toegang, check_can_manage_open, toegang_of


def offers_of(dossier):
    """Every offer of this dossier, the newest first."""
    return Overdracht.objects.filter(dossier=dossier).met_mensen()


def answering_teams():
    """The teams that have a teamverantwoordelijke today."""
    leads = Teamverantwoordelijkheid.objects.lopend().filter(gebruiker__is_active=True)
    return Team.objects.filter(pk__in=leads.filter(gebruiker__rol=Rol.TEAMVERANTWOORDELIJKE).values("team"))


def answer_of(offer):
    """What became of an offer that waits no longer, as a sentence; "" while it waits."""
    for moment, who, verb in (
        (offer.aanvaard_op, offer.aanvaard_door, "aanvaardde"),
        (offer.geweigerd_op, offer.geweigerd_door, "weigerde"),
    ):
        if moment:
            return f"{who} {verb} dit voorstel op {clock.local(moment):%d/%m/%Y om %H.%M} uur."
    return f"Dit voorstel is ingetrokken op {offer.gestopt_op:%d/%m/%Y}." if offer.gestopt_op else ""


def check_can_read_refusal_reason(user, dossier):
    """The owner and the teamverantwoordelijke: it may be about the own life of who refused (ADR 0013)."""
    if not toegang_of(user, dossier) & {Toegang.EIGENAAR, Toegang.TEAM}:
        raise NotAllowed("Waarom iemand weigerde, lezen alleen de eigenaar en de teamverantwoordelijke.")


def check_can_offer(user, dossier):
    """The owner or the teamverantwoordelijke, one offer at a time."""
    check_can_manage_open(user, dossier)
    waiting = offers_of(dossier).wachtend().first()
    if waiting:
        raise NotAllowed(f"Er wacht al een voorstel {waiting} op een antwoord. Trek dat eerst in.")


def check_can_withdraw(user, dossier):
    """Whoever may offer, while nobody answered. Who comes too late reads who was first."""
    newest = offers_of(dossier).first()
    if newest is None or not newest.wacht:
        raise NotAllowed(answer_of(newest) if newest else "Er is geen voorstel om in te trekken.")
    check_can_manage_open(user, dossier)


def check_can_receive(dossier, gebruiker):
    """May this colleague own `dossier`? The sentence is for whoever chooses somebody."""
    if not gebruiker.is_active:
        raise NotAllowed(f"Het account van {gebruiker} is uitgeschakeld. Kies iemand anders.")
    if not gebruiker.has_dossierrol:
        raise NotAllowed(f"{gebruiker} volgt geen dossiers. Kies iemand anders.")
    if gebruiker.pk == dossier.eigenaar_id:
        raise NotAllowed(f"{gebruiker} volgt dit dossier al.")
    if Uitsluiting.objects.lopend().filter(dossier=dossier, gebruiker=gebruiker).exists():
        raise NotAllowed(f"{gebruiker} krijgt geen toegang tot dit dossier. Kies iemand anders.")


def check_same_house(dossier, gebruiker):
    if gebruiker.huis_id != dossier.team.huis_id:
        raise NotAllowed(f"{gebruiker} werkt in een ander justitiehuis. Stel het dossier voor aan het team daar.")


def check_other_house(dossier, team):
    """A team of another house, with somebody who can answer."""
    if team.huis_id == dossier.team.huis_id:
        raise NotAllowed("Dit team hoort bij het justitiehuis van het dossier. Kies een collega.")
    if not answering_teams().filter(pk=team.pk).exists():
        raise NotAllowed(f"{team.keuze_label} heeft nu geen teamverantwoordelijke. Kies een ander team.")


def check_can_be_offered(dossier, naar, naar_team):
    """To one colleague of the house, or to one team elsewhere."""
    if bool(naar) == bool(naar_team):
        raise NotAllowed("Kies een collega van je justitiehuis, of een team van een ander justitiehuis.")
    if naar:
        check_same_house(dossier, naar)
        check_can_receive(dossier, naar)
    else:
        check_other_house(dossier, naar_team)


def check_can_answer(user, offer):
    """The colleague to whom it was offered, or a teamverantwoordelijke of the team. `offer` read under the lock."""
    if not offer.wacht:
        raise NotAllowed(answer_of(offer))
    if not offer.dossier.is_open:
        raise NotAllowed("Dit dossier is intussen afgesloten.")
    if offer.naar_id:
        mine = offer.naar_id == user.pk and offer.dossier.team.huis_id == user.huis_id
    else:
        mine = offer.naar_team_id in user.led_team_ids()
    excluded = Uitsluiting.objects.lopend().filter(dossier=offer.dossier, gebruiker=user).exists()
    if not mine or excluded or not user.is_active or not user.has_dossierrol:
        raise NotAllowed("Dit voorstel is niet aan jou gericht, of niet meer.")


def still_sees(offer, gebruiker):
    """Does the former owner lead the team in which the dossier comes when `gebruiker` says yes? May query."""
    return (offer.naar_team_id or gebruiker.team_id) in offer.van.led_team_ids()


def check_can_own(offer, gebruiker):
    """May this colleague become the owner when `offer` is accepted?"""
    check_can_receive(offer.dossier, gebruiker)
    if offer.naar_id:
        check_same_house(offer.dossier, gebruiker)
    elif gebruiker.team_id != offer.naar_team_id and offer.naar_team_id not in gebruiker.led_team_ids():
        raise NotAllowed(f"{gebruiker} hoort niet bij {offer.naar_team}. Kies iemand van dat team.")
