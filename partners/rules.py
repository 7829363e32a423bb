"""Who may see and keep the directory, what is out of date in it, and which office comes first. Nothing here writes.

Who refers sees it (justitieassistent, teamverantwoordelijke), and so does the beheerder who keeps it. A toezichthouder
looks into who read which dossier: the directory holds no dossier, and is not shown to her.
"""

from datetime import timedelta

from accounts.models import Rol
from accounts.rules import NotAllowed
from partners.plaatsen import proximity

TE_LANG_GELEDEN = timedelta(days=365)  # our own choice: a number that nobody looked at for a year may be dead


def check_can_see_partners(user):
    if not user.is_active or not (user.has_dossierrol or user.rol == Rol.BEHEERDER):
        raise NotAllowed("De partners zijn er voor wie doorverwijst.")


def check_can_manage_partners(user):
    if not user.is_active or user.rol != Rol.BEHEERDER:
        raise NotAllowed("Partners bijhouden doet de beheerder.")


def nakijken_sinds(nagekeken_op, today):
    """What must be said about when somebody last checked an entry; "" when that is less than a year ago."""
    if nagekeken_op is None:
        return "nog niet nagekeken"
    return "langer dan een jaar niet nagekeken" if today - nagekeken_op > TE_LANG_GELEDEN else ""


def nearest_first(partners, plaats):
    """`partners` in the order in which they are offered. Pure: give them with `plaats__gemeente` and `werkgebied` read.

    With a Plaats: who serves it, then who serves all of Flanders and Brussels, then the others, the nearest first in
    each; equal ones by name. With None by name only. For a family with anybody whose residence is afgeschermd the
    caller passes None, always: the nearest office gives the town away.
    """
    if plaats is None:
        return sorted(partners, key=lambda partner: (partner.zoeknaam, partner.pk))

    def key(partner):
        serves = any(postcode.pk in plaats.postcode_ids for postcode in partner.werkgebied.all())
        area = 0 if serves else 1 if partner.heel_gebied else 2
        return area, proximity(plaats, partner.plaats), partner.zoeknaam, partner.pk

    return sorted(partners, key=key)
