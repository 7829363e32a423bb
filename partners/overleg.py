"""The consults of a dossier as a list, and the acts upon one of them that are a form each, declared."""

from dossiers.rubriek import Handeling, Rubriek, stop
from partners.actions.overleg import drop_overleg, report_overleg
from partners.forms.overleg import BladForm, GesprekForm
from partners.models import Overleg
from partners.models.overleg import Overlegstatus
from partners.overlegregels import can_be_reported


def _warn(overleg):
    if overleg.status == Overlegstatus.KLAAR:
        return []
    return ["Het blad is niet afgewerkt. De tekst ervan wordt gewist als je dit bewaart."]


OVERLEG = Rubriek(
    app="partners",
    slug="overleg",
    titel="Overleg",
    nieuw="Overleg voorbereiden",
    model=Overleg,
    form=BladForm,
    item="partners/_overleg.html",
    pagina="partners/overleg.html",
    leeg="Nog geen overleg.",
    rows=lambda rows: rows.select_related("soort", "created_by"),
    kan_wijzigen=False,
    handelingen=(
        Handeling(
            slug="gesprek",
            titel="Wat kwam er uit het overleg?",
            knop="Noteer het advies",
            form=GesprekForm,
            action=report_overleg,
            offered=can_be_reported,
            waarschuwingen=_warn,
            uitleg="Dit komt ook als notitie in de voortgang, en nooit op papier voor het gezin.",
        ),
        stop(
            "Gaat niet door",
            "Overleg gaat niet door",
            uitleg="Het blad wordt gewist. Dat je het voorbereidde en waarom het niet doorging, blijft staan.",
            action=drop_overleg,
            offered=can_be_reported,
        ),
    ),
)
