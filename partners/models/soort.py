"""The kinds of partner of step 5."""

from django.db import models


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
    code = models.CharField(max_length=20, choices=Soortcode, unique=True, editable=False)
    volgorde = models.PositiveSmallIntegerField(default=0)
    naam = models.CharField(max_length=100)
    kort = models.TextField("wat en voor wie")
    wanneer = models.TextField("wanneer kies je dit", blank=True)
    leeftijden = models.CharField(max_length=100, blank=True)
    anoniem_overleg = models.CharField(
        "anoniem overleg",
        max_length=10,
        choices=[("ja", "ja"), ("nee", "nee"), ("onbekend", "niet bekend")],
        default="onbekend",
    )

    class Meta:
        verbose_name = "soort partner"
        verbose_name_plural = "soorten partners"
        ordering = ["volgorde", "code"]

    def __str__(self):
        return self.naam

    @property
    def sleutel(self):
        return self.code

    @property
    def keuze_label(self):
        return self.naam
