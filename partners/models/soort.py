"""The kinds of partner of step 5, each with its infofiche."""

from django.db import models
from django.db.models import F, Q


class Soortcode(models.TextChoices):
    """The codes are fixed; names and texts are the beheerder's."""

    HUISARTS = "huisarts", "huisarts"
    CAW = "caw", "CAW"
    CLB = "clb", "CLB"
    KIND_EN_GEZIN = "kind_en_gezin", "Kind en Gezin"
    VK = "vk", "Vertrouwenscentrum Kindermishandeling"
    OCJ = "ocj", "Ondersteuningscentrum Jeugdzorg"
    ANDERE = "andere", "andere"


class Partnersoort(models.Model):
    """A kind of partner. An empty text means that nobody confirmed it yet: the page leaves it out.

    `leeftijd_van` is included and `leeftijd_tot` is not: 0 and 3 is "until the third birthday". None: no limit.
    """

    code = models.CharField(max_length=20, choices=Soortcode, unique=True, editable=False)
    volgorde = models.PositiveSmallIntegerField(default=0)
    naam = models.CharField(max_length=100)
    kort = models.TextField("wat en voor wie")
    wanneer = models.TextField("wanneer kies je dit", blank=True)
    wanneer_niet = models.TextField("wanneer kies je iets anders", blank=True)
    aanbod = models.TextField("wat biedt het", blank=True)
    bereiken = models.TextField("hoe bereik je het", blank=True)
    doorverwijzen = models.TextField("wat vraagt een doorverwijzing", blank=True)
    leeftijden = models.CharField(max_length=100, blank=True)
    leeftijd_van = models.DecimalField("leeftijd van", max_digits=4, decimal_places=1, null=True, blank=True)
    leeftijd_tot = models.DecimalField("leeftijd tot", max_digits=4, decimal_places=1, null=True, blank=True)
    zwangerschap = models.BooleanField("ook tijdens een zwangerschap", default=False)
    anoniem_overleg = models.CharField(
        "anoniem overleg",
        max_length=10,
        choices=[("ja", "ja"), ("nee", "nee"), ("onbekend", "niet bekend")],
        default="onbekend",
    )
    bron = models.TextField(blank=True)

    class Meta:
        verbose_name = "soort partner"
        verbose_name_plural = "soorten partners"
        ordering = ["volgorde", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(leeftijd_van__isnull=True)
                | Q(leeftijd_tot__isnull=True)
                | Q(leeftijd_tot__gt=F("leeftijd_van")),
                name="partnersoort_leeftijd_tot_na_van",
                violation_error_message="De leeftijd tot ligt niet na de leeftijd van.",
            )
        ]

    def __str__(self):
        return self.naam

    @property
    def sleutel(self):
        return self.code

    @property
    def keuze_label(self):
        return self.naam
