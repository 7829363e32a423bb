"""Who besides the owner may work on a dossier, and who may not."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts import clock
from accounts.models import PeriodeQuerySet
from dossiers.models.dossier import Dossier
from dossiers.models.rij import Rij, stop_constraint


class DeelnameQuerySet(PeriodeQuerySet):
    def lopend(self, op=None):
        return super().lopend(op).filter(gestopt_op__isnull=True)


class Deelnamesoort(models.TextChoices):
    MEEWERKEN = "meewerken", "meewerken"
    VERVANGING = "vervanging", "vervanging"
    NAZICHT = "nazicht", "nazicht (alleen lezen)"


TO_WORK = (Deelnamesoort.MEEWERKEN, Deelnamesoort.VERVANGING)  # those that one chooses; the rest follows from an act


class Deelname(Rij):
    """A colleague of the same house who works on this dossier for a time, or reads it to review the plan."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="deelnames")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deelnames")
    soort = models.CharField(max_length=20, choices=Deelnamesoort)
    van = models.DateField(default=clock.today)
    tot = models.DateField("tot en met")
    reden = models.CharField(max_length=300, blank=True)

    objects = DeelnameQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deelnames"
        ordering = ["-tot", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__gte=F("van")),
                name="deelname_tot_na_van",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            stop_constraint("deelname"),
        ]

    def __str__(self):
        return f"{self.gebruiker} ({self.get_soort_display()}, {self.van:%d/%m/%Y} tot {self.tot:%d/%m/%Y})"


class Uitsluiting(Rij):
    """A colleague who may not see this dossier, whatever else would let her in."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="uitsluitingen")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uitsluitingen")
    reden = models.TextField()

    class Meta:
        verbose_name_plural = "uitsluitingen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "gebruiker"],
                condition=Q(gestopt_op__isnull=True),
                name="uitsluiting_uniek",
                violation_error_message="Deze collega is al uitgesloten.",
            ),
            stop_constraint("uitsluiting"),
        ]

    def __str__(self):
        return str(self.gebruiker)

    def beschrijf(self, names=()):
        return ""
