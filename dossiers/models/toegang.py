"""Who besides the owner may work on a dossier, and who may not."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q

from accounts import clock
from accounts.models import PeriodeQuerySet
from dossiers.models.dossier import Dossier
from dossiers.models.rij import Rij, stop_constraint


class DeelnameQuerySet(PeriodeQuerySet):
    def lopend(self, op=None):
        return super().lopend(op).filter(gestopt_op__isnull=True)

    def niet_voorbij(self):
        """Rows that run or are still to begin."""
        return self.filter(gestopt_op__isnull=True, tot__gte=clock.today())


class VervangingQuerySet(DeelnameQuerySet):
    def met_aantal(self):
        """With `aantal`: in how many open dossiers it holds."""
        holds = Q(deelnames__gestopt_op__isnull=True, deelnames__dossier__closed_at__isnull=True)
        return self.annotate(aantal=Count("deelnames", filter=holds))


class Vervanging(models.Model):
    """`door` stands in for `voor` for a time in every dossier that `voor` owns: in each of them by a Deelname."""

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    voor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="vervangen_door")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="vervangt")
    van = models.DateField(default=clock.today)
    tot = models.DateField("tot en met")
    reden = models.CharField(max_length=300, blank=True)
    gestopt_op = models.DateField(null=True, blank=True, editable=False)
    gestopt_reden = models.TextField(blank=True, editable=False)

    objects = VervangingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "vervangingen"
        ordering = ["van", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__gte=F("van")),
                name="vervanging_tot_na_van",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            models.CheckConstraint(condition=~Q(voor=F("door")), name="vervanging_door_iemand_anders"),
            stop_constraint("vervanging"),
        ]

    def __str__(self):
        return f"{self.door} vervangt {self.voor} {self.periode}"

    @property
    def periode(self):
        """`van 01/12/2026 tot en met 08/12/2026`"""
        return f"van {self.van:%d/%m/%Y} tot en met {self.tot:%d/%m/%Y}"


class Deelnamesoort(models.TextChoices):
    MEEWERKEN = "meewerken", "meewerken"
    VERVANGING = "vervanging", "vervanging"
    NAZICHT = "nazicht", "nazicht (alleen lezen)"


TO_WORK = (Deelnamesoort.MEEWERKEN, Deelnamesoort.VERVANGING)  # those that one chooses; the rest follows from an act


class DeelnameInHuisQuerySet(DeelnameQuerySet):
    def geldend(self):
        """Rows that give access today: who moved to another house since, takes part no longer."""
        return self.lopend().filter(dossier__team__huis=F("gebruiker__huis"))


class Deelname(Rij):
    """A colleague of the same house who works on this dossier for a time, or reads it to review the plan. `vervanging`:
    the one it belongs to."""

    MELDING = "beheer"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="deelnames")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deelnames")
    soort = models.CharField(max_length=20, choices=Deelnamesoort)
    van = models.DateField(default=clock.today)
    tot = models.DateField("tot en met")
    reden = models.CharField(max_length=300, blank=True)
    vervanging = models.ForeignKey(
        Vervanging, models.PROTECT, null=True, blank=True, related_name="deelnames", editable=False
    )

    objects = DeelnameInHuisQuerySet.as_manager()

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

    @property
    def is_past(self):
        return self.tot < clock.today()


class Uitsluiting(Rij):
    """A colleague who may not see this dossier, whatever else would let her in."""

    MELDING = "beheer"

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
