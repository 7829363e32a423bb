"""What every row that people edit has in common, and what every row that nobody may edit has in common."""

import uuid
from functools import reduce

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts import clock


class RijQuerySet(models.QuerySet):
    def lopend(self):
        """Rows that were not stopped or struck out."""
        return self.filter(gestopt_op__isnull=True)


class Rij(models.Model):
    """An editable row. `sleutel` is the only identifier that leaves the database; `versie` counts its saves.

    HOUDER names the foreign key to what holds the row: the dossier, the plan, or another row. Nothing is deleted:
    a row stops, with a date and a reason.
    """

    HOUDER = "dossier"
    MELDING = "wijziging"  # the kind of Notitie that reports a change to it
    KEEPS_REVISIES = True  # what it held before a change is kept

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    gestopt_op = models.DateField(null=True, blank=True, editable=False)
    gestopt_reden = models.TextField(blank=True, editable=False)

    objects = RijQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def houder(self):
        return getattr(self, self.HOUDER)

    def in_dossier(self):
        """The dossier this row belongs to. May query."""
        houder = self.houder
        return houder if self.HOUDER == "dossier" else houder.in_dossier()

    @property
    def is_past(self):
        """Is it over by itself, without having been stopped?"""
        return False

    def beschrijf(self, names=()):
        """One readable Dutch line for the journal, about the fields `names` where they changed; "" keeps the row out of
        the journal."""
        return str(self)


def stop_constraint(model_name):
    """A stopped row has a date and a reason, a running one has neither."""
    return models.CheckConstraint(
        condition=Q(gestopt_op__isnull=True, gestopt_reden="") | (Q(gestopt_op__isnull=False) & ~Q(gestopt_reden="")),
        name=f"{model_name}_gestopt_met_reden",
        violation_error_message="Geef een datum en een reden.",
    )


class AppendOnly(models.Model):
    """A row that the database itself keeps from being changed or deleted (see dossiers/triggers.py)."""

    class Meta:
        abstract = True


class Gewist(AppendOnly):
    """An append-only row with a text: emptying `tekst` and stamping `gewist_op` is the one change let through.

    DOSSIER is the way from a row to its dossier, as a lookup.
    """

    DOSSIER = "dossier"

    tekst = models.TextField(blank=True)
    gewist_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def in_dossier(self):
        """The dossier this row belongs to. May query."""
        return reduce(getattr, self.DOSSIER.split("__"), self)
