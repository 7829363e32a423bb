"""The plan of step 5 and its rows."""

from stap5.models.afspraak import Afspraak, Afspraaksoort, Controle, Netwerklid, Veiligheidsmens, in_words
from stap5.models.leidraad import Leidraad
from stap5.models.nazicht import Besluit, Nazicht, Opmerking, Planversie
from stap5.models.plan import (
    Antwoord,
    Bereidheid,
    Grensuitkomst,
    Grenzencheck,
    Kindcontact,
    Onveilig,
    PlanRij,
    Route,
    Schaalscore,
    Stappenplan,
    Twijfel,
    Uitkomst,
)
from stap5.models.zorg import Herhaling, Standpunt, Uitzondering, Vaststelling, Wens, Zorg, shorten

__all__ = [
    "Afspraak",
    "Afspraaksoort",
    "Antwoord",
    "Bereidheid",
    "Besluit",
    "Controle",
    "Grensuitkomst",
    "Grenzencheck",
    "Herhaling",
    "Kindcontact",
    "Leidraad",
    "Nazicht",
    "Netwerklid",
    "Onveilig",
    "Opmerking",
    "PlanRij",
    "Planversie",
    "Route",
    "Schaalscore",
    "Standpunt",
    "Stappenplan",
    "Twijfel",
    "Uitkomst",
    "Uitzondering",
    "Vaststelling",
    "Veiligheidsmens",
    "Wens",
    "Zorg",
    "in_words",
    "shorten",
]
