"""What may be done with a consult, and whether its sheet still tells who it is about. Nothing here writes."""

import json

from accounts.rules import NotAllowed
from accounts.tokens import digest as keyed_digest
from dossiers.rules import check_can_write
from partners.anoniem import find_identifiers, group
from partners.models.overleg import Overlegstatus

TRANSITIONS = {
    Overlegstatus.VOORBEREIDING: {Overlegstatus.KLAAR, Overlegstatus.GEVOERD},
    Overlegstatus.KLAAR: {Overlegstatus.VOORBEREIDING, Overlegstatus.GEVOERD},
    Overlegstatus.GEVOERD: set(),
}
REFUSALS = {
    Overlegstatus.VOORBEREIDING: "Dit blad wordt nog voorbereid. Werk het eerst af.",
    Overlegstatus.KLAAR: "Dit blad is al afgewerkt. Kies eerst ‘Blad wijzigen’.",
    Overlegstatus.GEVOERD: "Dit overleg is al genoteerd. Schrijf een notitie als er iets bij komt.",
}
STOPPED = "Dit overleg ging niet door: het blad is gewist."


def check_move(overleg, naar):
    if overleg.gestopt_op:
        raise NotAllowed(STOPPED)
    if naar not in TRANSITIONS[Overlegstatus(overleg.status)]:
        raise NotAllowed(REFUSALS[Overlegstatus(overleg.status)])


def check_prepares(overleg):
    """The text of a sheet changes while it is prepared, not after."""
    if overleg.gestopt_op:
        raise NotAllowed(STOPPED)
    if overleg.status != Overlegstatus.VOORBEREIDING:
        raise NotAllowed(REFUSALS[Overlegstatus(overleg.status)])


def can_be_reported(overleg):
    return overleg.gestopt_op is None and overleg.status != Overlegstatus.GEVOERD


def digest(overleg, groep):
    """Names a word of a sheet without saying it: keyed, and another for each sheet."""
    message = json.dumps([str(overleg.sleutel), groep.soort, groep.woord])
    return keyed_digest("partners.overleg.vrijgave", message)[:32]


def open_groups(overleg, facts):
    """[(digest, Groep)] of what is neither replaced nor released. A word that stands there more often than when it was
    released is asked again."""
    if not overleg.anoniem:
        return []
    keyed = [(digest(overleg, groep), groep) for groep in group(find_identifiers(overleg.blad or "", facts))]
    return [(key, groep) for key, groep in keyed if len(groep.plaatsen) > overleg.vrijgegeven.get(key, 0)]


def check_nobody_named(groups):
    if groups:
        places = sum(len(groep.plaatsen) for _, groep in groups)
        what = "staat nog 1 plaats" if places == 1 else f"staan nog {places} plaatsen"
        raise NotAllowed(f"Er {what} op het blad waaraan men het gezin kan herkennen. Vervang ze, of geef ze vrij.")


def check_can_finish(user, overleg, groups):
    """May this sheet be used as it stands? `groups`: what `open_groups` found."""
    check_can_write(user, overleg)
    check_move(overleg, Overlegstatus.KLAAR)
    if not (overleg.blad or "").strip():
        raise NotAllowed("Het blad is nog leeg.")
    check_nobody_named(groups)
