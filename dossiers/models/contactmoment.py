"""What is planned with the family: a house visit, a talk at the office, a call."""

from collections import defaultdict

from django.db import models
from django.db.models import F
from django.utils.formats import date_format

from accounts import clock
from dossiers.models.dossier import Dossier
from dossiers.models.gezin import Betrokkene
from dossiers.models.journaal import CONTACTEN
from dossiers.models.rij import Rij, RijQuerySet, stop_constraint
from dossiers.names import and_list


class ContactmomentQuerySet(RijQuerySet):
    def komend(self, op=None):
        """What was not called off and lies on the day `op` (today) or later, the soonest first."""
        return self.lopend().filter(datum__gte=op or clock.today())

    def met_wie(self):
        """[(Contactmoment, {ids of whom it is with})], in one query."""
        moments, met = {}, defaultdict(set)
        for pk, soort, datum, uur, persoon_id in self.values_list("pk", "soort", "datum", "uur", "met"):
            moments[pk] = Contactmoment(soort=soort, datum=datum, uur=uur)
            met[pk] |= {persoon_id}
        return [(moment, met[pk]) for pk, moment in moments.items()]


def show_hour(uur):
    """`9.30 uur`, `14 uur`, "" for None."""
    if uur is None:
        return ""
    return f"{uur.hour}.{uur.minute:02} uur" if uur.minute else f"{uur.hour} uur"


class Contactmoment(Rij):
    """A planned contact, with an hour or without; what it brought is a Notitie."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="contactmomenten")
    soort = models.CharField(max_length=20, choices=[(soort.value, soort.label) for soort in CONTACTEN])
    datum = models.DateField()
    uur = models.TimeField(null=True, blank=True)
    met = models.ManyToManyField(Betrokkene, related_name="+", blank=True)
    opmerking = models.TextField(blank=True)

    objects = ContactmomentQuerySet.as_manager()

    class Meta:
        verbose_name = "gepland contact"
        verbose_name_plural = "geplande contacten"
        ordering = ["datum", F("uur").asc(nulls_first=True), "id"]
        constraints = [stop_constraint("contactmoment")]

    def __str__(self):
        return f"{self.get_soort_display()} op {self.wanneer}"

    def beschrijf(self, names=()):
        met = [persoon.voornaam for persoon in self.met.all()]
        return f"{self} met {and_list(met)}" if met else str(self)

    @property
    def wat(self):
        """`Huisbezoek om 9.30 uur`"""
        return f"{self.get_soort_display().capitalize()}{self._hour}"

    @property
    def wanneer(self):
        """`vrijdag 27/11/2026 om 9.30 uur`"""
        return f"{date_format(self.datum, 'l')} {self.datum:%d/%m/%Y}{self._hour}"

    @property
    def _hour(self):
        return f" om {show_hour(self.uur)}" if self.uur else ""

    @property
    def is_past(self):
        return self.datum < clock.today()
