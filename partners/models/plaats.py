"""Municipalities and postcodes of Flanders and Brussels: reference data, kept complete after every migrate."""

from django.db import models


class Gemeente(models.Model):
    nis = models.CharField("NIS-code", max_length=5, unique=True)
    naam = models.CharField(max_length=60)
    naam_frans = models.CharField("Franse naam", max_length=60, blank=True)
    provincie = models.CharField(max_length=30)

    class Meta:
        ordering = ["naam"]

    def __str__(self):
        return self.naam


class Postcode(models.Model):
    """One postcode in one municipality; two municipalities can share a code.

    `breedte` and `lengte` (degrees) are near enough to say which of two offices is nearer, not to give a distance.
    """

    code = models.CharField(max_length=4)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="postcodes")
    breedte = models.FloatField()
    lengte = models.FloatField()

    class Meta:
        ordering = ["code", "gemeente__naam"]
        constraints = [models.UniqueConstraint(fields=["code", "gemeente"], name="postcode_uniek_per_gemeente")]

    def __str__(self):
        return f"{self.code} {self.gemeente}"
