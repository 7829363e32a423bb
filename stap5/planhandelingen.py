"""The acts upon the plan itself, declared: what Instap decides, and what Opvolgen notes, rests, resumes and ends."""

from dossiers.rubriek import Handeling
from stap5 import actions
from stap5.aandacht import new_signs
from stap5.access import get_plan_or_404
from stap5.forms import opvolging
from stap5.forms.plan import (
    BesluitForm,
    HervatForm,
    MeteenForm,
    PauzeForm,
    RitmeForm,
    RouteForm,
    VerlatenForm,
)
from stap5.plandata import follow_up_as_data
from stap5.rules import check_can_write_plan


def _plan_act(slug, titel, knop, form, action, **kwargs):
    """An act on the plan itself."""
    return Handeling(
        slug=slug,
        titel=titel,
        knop=knop,
        form=form,
        action=action,
        check=check_can_write_plan,
        houder=get_plan_or_404,
        **kwargs,
    )


def _before_deciding(plan):
    """What to read before the decision of step 4 is taken again."""
    sentence = new_signs(follow_up_as_data(plan))
    return [f"{sentence}. Besluiten jullie opnieuw, zet er dan de nieuwe dag bij."] if sentence else []


METEEN = _plan_act(
    "instap/meteen", "Vannacht en tot jullie volgende contact", "Bewaren", MeteenForm, actions.add_meteen
)
BESLUIT = _plan_act(
    "instap/besluit",
    "Het besluit van stap 4",
    "Bewaren",
    BesluitForm,
    actions.decide,
    edits=True,
    waarschuwingen=_before_deciding,
)
ROUTE = _plan_act("instap/route", "De weg die je kiest", "Bewaren", RouteForm, actions.change_plan, edits=True)
RITME = _plan_act("opvolging/ritme", "Gesprek over ouderschap", "Bewaren", RitmeForm, actions.change_plan, edits=True)
GESPREK = _plan_act(
    "opvolging/gesprek",
    "Gesprek over ouderschap noteren",
    "Gesprek noteren",
    opvolging.GesprekForm,
    actions.add_gesprek,
    bevestig="Gesprek noteren",
    klaar="Het gesprek is genoteerd. De datum van het volgende staat hieronder.",
)
SIGNAAL = _plan_act(
    "opvolging/signaal",
    "Verontrustend signaal noteren",
    "Signaal noteren",
    opvolging.SignaalForm,
    actions.add_signaal,
    bevestig="Signaal noteren",
    uitleg="Is iemand nu in gevaar? Bel eerst 112 of 101.",
    klaar="Het signaal is genoteerd. Wat in stap 5 staat, blijft staan.",
)
PAUZE = _plan_act(
    "opvolging/pauze",
    "Stappenplan pauzeren",
    "Pauzeren",
    PauzeForm,
    actions.pause_plan,
    bevestig="Pauzeren",
    uitleg="Zolang het plan rust, herinnert het je nergens aan.",
)
HERVATTEN = _plan_act(
    "opvolging/hervatten", "Stappenplan hervatten", "Hervatten", HervatForm, actions.resume_plan, bevestig="Hervatten"
)
VERLATEN = _plan_act(
    "opvolging/verlaten",
    "Stap 5 verlaten",
    "Stap 5 verlaten",
    VerlatenForm,
    actions.leave_step,
    bevestig="Stap 5 verlaten",
    uitleg="Alles wat geprobeerd werd, blijft leesbaar. Je kunt stap 5 later opnieuw beginnen.",
    klaar="Stap 5 is verlaten.",
)
INSTAP_ACTS = (METEEN, BESLUIT, ROUTE)
OPVOLGING_ACTS = (GESPREK, SIGNAAL, RITME, PAUZE, HERVATTEN, VERLATEN)
