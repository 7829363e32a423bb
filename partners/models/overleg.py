"""Advice asked of somebody outside, anonymous or not. The asker keeps the case and decides."""

from django.db import models
from django.db.models import Q

from dossiers.fields import EncryptedTextField
from dossiers.models import Dossier, Rij, stop_constraint
from partners.models.partner import Partner
from partners.models.soort import Partnersoort


class Overlegstatus(models.TextChoices):
    VOORBEREIDING = "voorbereiding", "in voorbereiding"
    KLAAR = "klaar", "blad klaar"
    GEVOERD = "gevoerd", "gevoerd"


class Overleg(Rij):
    """A consult. `blad` is the sheet one has at hand while calling: encrypted, overwritten at each step and never
    kept in an older version, for until it is finished it may hold names. `vrijgegeven` holds keyed digests of the
    words that are no name after all, with how often each stood there: {digest: number}. Never a Doorverwijzing, and
    on no paper of the family.
    """

    KEEPS_REVISIES = False

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="overleggen")
    soort = models.ForeignKey(Partnersoort, models.PROTECT, related_name="+", verbose_name="soort partner")
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="partner in de lijst"
    )
    partner_naam = models.CharField("welke dienst of persoon", max_length=200, blank=True)
    anoniem = models.BooleanField("zonder namen")
    met_naam_reden = models.TextField("wie stemde in, of waarom met naam", blank=True)
    status = models.CharField(max_length=15, choices=Overlegstatus, default=Overlegstatus.VOORBEREIDING, editable=False)
    blad = EncryptedTextField(null=True, blank=True)
    vrijgegeven = models.JSONField(default=dict, editable=False)
    gevoerd_op = models.DateField("gevoerd op", null=True, blank=True)
    functie = models.CharField("functie van wie advies gaf", max_length=120, blank=True)
    adviseur = models.CharField("naam van wie advies gaf", max_length=120, blank=True)
    advies = models.TextField("advies", blank=True)
    besluit = models.TextField("wat ermee gedaan wordt", blank=True)

    class Meta:
        verbose_name_plural = "overleggen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(anoniem=True) | ~Q(met_naam_reden=""),
                name="overleg_met_naam_en_reden",
                violation_error_message="Noteer wie instemde, of waarom het met naam moet.",
            ),
            models.CheckConstraint(
                condition=(Q(status="gevoerd", gevoerd_op__isnull=False) & ~Q(advies="") & ~Q(besluit=""))
                | (~Q(status="gevoerd") & Q(gevoerd_op__isnull=True, advies="", besluit="")),
                name="overleg_gevoerd_met_advies_en_besluit",
                violation_error_message="Noteer wanneer, het advies en wat je ermee doet.",
            ),
            models.CheckConstraint(
                condition=Q(gestopt_op__isnull=True) | (Q(blad__isnull=True) & ~Q(status="gevoerd")),
                name="overleg_gestopt_zonder_blad",
            ),
            stop_constraint("overleg"),
        ]

    def __str__(self):
        return f"Overleg met {self.met_wie}"

    @property
    def met_wie(self):
        """Kind and name of the partner. Needs `soort` read."""
        return f"{self.soort.naam}: {self.partner_naam}" if self.partner_naam else self.soort.naam

    def beschrijf(self, names=()):
        return f"met {self.met_wie}, {'zonder namen' if self.anoniem else 'met naam'}"
