"""What step 5 contributes to a dossier."""

from dossiers.deel import Deel
from stap5.access import current_plan, has_begun
from stap5.bundel import bundel, omvang
from stap5.teksten import teksten


def paneel(dossier):
    """The plan's panel on the dossier page."""
    return "stap5/_paneel.html", {"plan": current_plan(dossier)}


def open_ends(dossier):
    """What still runs, said before closing."""
    plan = current_plan(dossier)
    if plan is None or plan.gestopt_op:
        return []
    running = plan.aantal_afspraken
    sentences = ["Stap 5 loopt nog."]
    if plan.nazichten.wachtend().exists():
        sentences.append("Er wacht nog een versie op nazicht.")
    if running:
        sentences.append(
            f"Er {'loopt' if running == 1 else 'lopen'} nog {running} {'afspraak' if running == 1 else 'afspraken'}."
        )
    return sentences


def knop(dossier):
    """The limits of the assistant are one click away, once step 5 has begun."""
    return ("Ik wil er iemand bij", "stap5:grenzen") if has_begun(dossier) else None


DEEL = Deel(
    naam="Stappenplan",
    route="stap5:overzicht",
    paneel=paneel,
    open_ends=open_ends,
    knop=knop,
    teksten=teksten,
    bundel=bundel,
    omvang=omvang,
    terug={"bezoek": ("Voor je op bezoek gaat", "stap5:bezoek"), "opvolging": ("Opvolgen", "stap5:opvolging")},
)
