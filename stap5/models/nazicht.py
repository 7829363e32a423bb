"""The plan as it stood when review was asked, what was decided about it, and the remarks made on it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts import clock
from dossiers.fields import EncryptedTextField
from dossiers.models import Dossier, Gewist, Rij, stop_constraint
from dossiers.models.rij import RijQuerySet
from stap5.models.plan import Stappenplan
from stap5.models.zorg import shorten


class Planversie(Gewist):
    """The whole plan at one moment: what `plan_as_data` said then, as JSON in `tekst`. It holds numbers and addresses,
    so it is read only through `stap5.plandata.versie`, which lets today's shielding win."""

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="planversies")
    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="versies")
    nummer = models.PositiveIntegerField()
    schema = models.PositiveSmallIntegerField()
    tekst = EncryptedTextField(blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name_plural = "planversies"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["plan", "nummer"], name="planversie_nummer_uniek")]

    def __str__(self):
        return f"versie {self.nummer}"


class Besluit(models.TextChoices):
    GOEDGEKEURD = "goedgekeurd", "goedgekeurd"
    TERUGGESTUURD = "teruggestuurd", "teruggestuurd"


WAITS = Q(besluit="", gestopt_op__isnull=True)


class NazichtQuerySet(RijQuerySet):
    def wachtend(self):
        """Asked, and neither answered nor withdrawn."""
        return self.filter(WAITS)

    def beantwoord(self):
        return self.exclude(besluit="")

    def met_versie(self):
        """With what a line about a review shows; the text of the version stays where it is."""
        people = ("created_by", "besluit_door", "gevraagd_aan")
        return self.select_related("planversie", *people).defer("planversie__tekst")


class Nazicht(Rij):
    """Review of one version. `gevraagd_aan`: a teamverantwoordelijke of another team, where nobody of the own team can
    review it. Nothing waits for it: the plan goes on while its version is read."""

    HOUDER = "plan"

    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="nazichten")
    planversie = models.OneToOneField(Planversie, models.PROTECT, related_name="nazicht")
    vraag = models.TextField(blank=True)
    gevraagd_aan = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    besluit = models.CharField(max_length=20, choices=Besluit, blank=True)
    besluit_op = models.DateTimeField(null=True)
    besluit_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    toelichting = models.TextField(blank=True)

    objects = NazichtQuerySet.as_manager()

    class Meta:
        verbose_name = "nazicht"
        verbose_name_plural = "nazichten"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=WAITS, name="nazicht_een_wachtend"),
            models.CheckConstraint(
                condition=Q(besluit="", besluit_op__isnull=True, besluit_door__isnull=True, toelichting="")
                | (Q(besluit_op__isnull=False, besluit_door__isnull=False, gestopt_op__isnull=True) & ~Q(besluit="")),
                name="nazicht_besluit_volledig",
            ),
            stop_constraint("nazicht"),
        ]

    def __str__(self):
        return f"nazicht van {self.planversie}"

    def beschrijf(self, names=()):
        """Its acts write their own line."""
        return ""

    @property
    def stand(self):
        """`wacht`, `ingetrokken`, `goedgekeurd` or `teruggestuurd`."""
        return "ingetrokken" if self.gestopt_op else self.besluit or "wacht"


class OpmerkingQuerySet(RijQuerySet):
    def open(self):
        return self.filter(opgelost_op__isnull=True)


class Opmerking(Rij):
    """What a reviewer remarks on one item of a version (`over`; `wat`: of which kind) or on the whole; it stays open,
    also with later versions, until it is resolved. Which item it is, its version says (`stap5.nazicht.name_items`):
    there today's shielding wins."""

    HOUDER = "nazicht"
    titel = wijzig = ""  # put there by stap5.nazicht: which item it is, and the route that changes that item

    nazicht = models.ForeignKey(Nazicht, models.PROTECT, related_name="opmerkingen")
    over = models.UUIDField(null=True)
    wat = models.CharField(max_length=60, blank=True)
    tekst = models.TextField()
    antwoord = models.TextField(blank=True)
    antwoord_op = models.DateTimeField(null=True, editable=False)
    antwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    opgelost_op = models.DateTimeField(null=True, editable=False)
    opgelost_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = OpmerkingQuerySet.as_manager()

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(antwoord="", antwoord_op__isnull=True, antwoord_door__isnull=True)
                | (Q(antwoord_op__isnull=False, antwoord_door__isnull=False) & ~Q(antwoord="")),
                name="opmerking_antwoord_volledig",
            ),
            models.CheckConstraint(
                condition=Q(opgelost_op__isnull=True, opgelost_door__isnull=True)
                | Q(opgelost_op__isnull=False, opgelost_door__isnull=False),
                name="opmerking_opgelost_door",
            ),
            stop_constraint("opmerking"),
        ]

    def __str__(self):
        return ": ".join(part for part in (self.wat, self.titel) if part) or "het plan als geheel"

    @property
    def keuze_label(self):
        answer = f"Antwoord: {shorten(self.antwoord, 200)}" if self.antwoord else "Nog geen antwoord."
        return f"{shorten(self.tekst, 200)} ({self}) {answer}"

    def beschrijf(self, names=()):
        """Its acts write their own line."""
        return ""
