"""The file: the dossier, its people, mandates, access, journal and audit record."""

from dossiers.models.audit import Gebeurtenis, Ketting, Soort
from dossiers.models.contactmoment import Contactmoment
from dossiers.models.datasleutel import Datasleutel
from dossiers.models.dossier import Dossier, make_kenmerk
from dossiers.models.eenmalig import Eenmalig
from dossiers.models.gezin import (
    Betrokkene,
    Betrokkenheid,
    Geboorte,
    JaNeeOnbekend,
    Ouderschap,
    Ouderschapsoort,
    Verblijf,
    Verblijfsoort,
    Verbod,
    Verbodsoort,
)
from dossiers.models.journaal import (
    CONTACTEN,
    MENSELIJK,
    Bron,
    Notitie,
    NotitieAfscherming,
    NotitiePersoon,
    Notitiesoort,
    Revisie,
)
from dossiers.models.opdracht import Opdracht, Opdrachtsoort, Opdrachtwijziging, Wijzigingsoort
from dossiers.models.overdracht import Overdracht
from dossiers.models.rij import AppendOnly, Gewist, Rij, stop_constraint
from dossiers.models.toegang import TO_WORK, Deelname, Deelnamesoort, Uitsluiting, Vervanging

__all__ = [
    "CONTACTEN",
    "MENSELIJK",
    "TO_WORK",
    "AppendOnly",
    "Betrokkene",
    "Betrokkenheid",
    "Bron",
    "Contactmoment",
    "Datasleutel",
    "Deelname",
    "Deelnamesoort",
    "Dossier",
    "Eenmalig",
    "Gebeurtenis",
    "Geboorte",
    "Gewist",
    "JaNeeOnbekend",
    "Ketting",
    "Notitie",
    "NotitieAfscherming",
    "NotitiePersoon",
    "Notitiesoort",
    "Opdracht",
    "Opdrachtsoort",
    "Opdrachtwijziging",
    "Ouderschap",
    "Ouderschapsoort",
    "Overdracht",
    "Revisie",
    "Rij",
    "Soort",
    "Uitsluiting",
    "Verblijf",
    "Verblijfsoort",
    "Verbod",
    "Verbodsoort",
    "Vervanging",
    "Wijzigingsoort",
    "make_kenmerk",
    "stop_constraint",
]
