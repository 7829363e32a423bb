"""Who can help: kinds of partner, offices and where they are, referrals and consults."""

from partners.models.antwoordlink import Antwoordlink
from partners.models.doorverwijzing import Doorverwijzing, Doorverwijzingstap, Jongereantwoord
from partners.models.invoer import Partnerinvoer
from partners.models.overleg import Overleg, Overlegstatus
from partners.models.partner import Contactpunt, Functie, Partner, fold_naam
from partners.models.plaats import Gemeente, Postcode
from partners.models.soort import Partnersoort, Soortcode

__all__ = [
    "Antwoordlink",
    "Contactpunt",
    "Doorverwijzing",
    "Doorverwijzingstap",
    "Functie",
    "Gemeente",
    "Jongereantwoord",
    "Overleg",
    "Overlegstatus",
    "Partner",
    "Partnerinvoer",
    "Partnersoort",
    "Postcode",
    "Soortcode",
    "fold_naam",
]
