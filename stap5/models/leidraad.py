"""The guidance that stands with each part: the beheerder's text."""

from django.db import models


class Leidraad(models.Model):
    slug = models.SlugField("onderdeel", unique=True, editable=False)
    titel = models.CharField(max_length=200)
    tekst = models.TextField(help_text="Een lege regel begint een nieuwe alinea.")
    vragen = models.TextField(blank=True, help_text="Eén vraag per regel.")
    goed = models.TextField("goed voorbeeld", blank=True)
    minder_goed = models.TextField("minder goed voorbeeld", blank=True)
    motto = models.TextField(blank=True)

    class Meta:
        verbose_name = "leidraad"
        verbose_name_plural = "leidraad"
        ordering = ["id"]

    def __str__(self):
        return self.titel
