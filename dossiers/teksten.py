"""Texts of a dossier that may be copied to somebody outside it: a referral offers them to be ticked.

What is offered is the whole choice: who writes an offering leaves out what a child told in confidence, what was
hidden or erased, and what belongs to its author alone.
"""

from dataclasses import dataclass

from dossiers.deel import delen
from dossiers.models import MENSELIJK, Bron, Notitie

NEWEST = 20  # notes that are offered; an older one is copied by hand
SHOWN = 800  # characters of a text beside its box


@dataclass(frozen=True, kw_only=True)
class Tekst:
    """A text that may go along. `sleutel`: of its row; `over`: sleutels of the people whom it is about or quotes."""

    sleutel: str
    label: str
    tekst: str
    over: tuple = ()

    @property
    def keuze_label(self):
        line = " ".join(self.tekst.split())
        return f"{self.label}: {line if len(line) <= SHOWN else line[: SHOWN - 1] + '…'}"


def teksten_of(dossier):
    """Everything that may be ticked: what the apps above offer, then the newest notes. Reads."""
    return [tekst for deel in delen() for tekst in deel.teksten(dossier)] + notities(dossier)


def notities(dossier):
    """What people wrote, but for what was hidden, erased or corrected since, and what a child told."""
    notes = (
        Notitie.objects.leesbaar()
        .filter(dossier=dossier, soort__in=MENSELIJK)
        .exclude(bron=Bron.KIND)
        .prefetch_related("over")[:NEWEST]
    )
    return [
        Tekst(
            sleutel=str(note.sleutel),
            label=f"Notitie van {note.gebeurd_op:%d/%m/%Y} ({note.get_soort_display()})",
            tekst=note.tekst,
            over=tuple(str(persoon.sleutel) for persoon in note.over.all()),
        )
        for note in notes
    ]
