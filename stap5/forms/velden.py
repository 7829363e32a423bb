"""What the forms of the parts share."""

from dossiers.forms.velden import RijenKeuze
from dossiers.models import Betrokkenheid

LEZERS_NIEUW = "Wie van het gezin mag dit later op papier lezen? Kies je niemand, dan alleen wie het zelf zei of doet."


LEZERS = "Wie van het gezin mag dit op papier lezen?"


def is_family(persoon):
    return persoon.rol in (Betrokkenheid.KIND, Betrokkenheid.OUDER, Betrokkenheid.NETWERK)


def is_parent(persoon):
    return persoon.rol == Betrokkenheid.OUDER


def choices_of(model, name, empty="Kies …"):
    """The choices of a model field, with an empty one first."""
    return [("", empty), *model._meta.get_field(name).choices]


def lezers_veld():
    return RijenKeuze(label="Wie mag dit lezen?", required=False, keep=is_family, help_text=LEZERS_NIEUW)


class MetLezers:
    """Mixin: says under the field who reads it when nobody is chosen."""

    def prepare(self):
        super().prepare()
        if self.instance.pk:
            self.fields["lezers"].help_text = LEZERS
