"""The progress of a dossier in words, and what texts were before they were changed."""

import uuid

from django.conf import settings
from django.db import models

from accounts import clock
from dossiers.models.dossier import Dossier
from dossiers.models.gezin import Betrokkene
from dossiers.models.rij import AppendOnly, Gewist


class Notitiesoort(models.TextChoices):
    TELEFOON = "telefoon", "telefoon"
    HUISBEZOEK = "huisbezoek", "huisbezoek"
    BUREAU = "bureau", "gesprek op bureau"
    NIET_BEREIKT = "niet_bereikt", "niet bereikt"
    OUDERSCHAP = "ouderschapsgesprek", "gesprek over ouderschap"
    SIGNAAL = "signaal", "verontrustend signaal"
    ANDERE = "andere", "andere"
    WIJZIGING = "wijziging", "wijziging in het dossier"
    BEHEER = "beheer", "beheer van het dossier"  # who may see it, who follows it, who reviewed it


MENSELIJK = [soort for soort in Notitiesoort if soort not in (Notitiesoort.WIJZIGING, Notitiesoort.BEHEER)]
CONTACTEN = (Notitiesoort.HUISBEZOEK, Notitiesoort.BUREAU, Notitiesoort.TELEFOON)  # somebody was met or spoken with


class Bron(models.TextChoices):
    ZELF = "zelf", "zelf gezien of gehoord"
    OUDER = "ouder", "een ouder vertelde het"
    KIND = "kind", "een kind vertelde het"
    DERDE = "derde", "iemand anders zag of vertelde het"


class NotitieQuerySet(models.QuerySet):
    def geldig(self):
        """Neither hidden nor corrected since."""
        return self.filter(afscherming=None, correcties=None)

    def leesbaar(self):
        """Those whose words still stand."""
        return self.geldig().filter(gewist_op=None)


class Notitie(Gewist):
    """What a person wrote, or what a change to the plan reports in words. A correction points to what it corrects."""

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="notities")
    soort = models.CharField(max_length=20, choices=Notitiesoort)
    gebeurd_op = models.DateField(default=clock.today)
    bron = models.CharField(max_length=10, choices=Bron, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    corrigeert = models.ForeignKey("self", models.PROTECT, null=True, related_name="correcties", editable=False)
    over = models.ManyToManyField(Betrokkene, through="NotitiePersoon", related_name="+", blank=True)

    objects = NotitieQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "notities"
        ordering = ["-gebeurd_op", "-id"]
        indexes = [models.Index(fields=["dossier", "-gebeurd_op", "-id"], name="notitie_dossier_nieuwste")]

    def __str__(self):
        return f"{self.get_soort_display()} {self.gebeurd_op:%d/%m/%Y}"


class NotitiePersoon(AppendOnly):
    """Whom a note is about."""

    notitie = models.ForeignKey(Notitie, models.PROTECT)
    betrokkene = models.ForeignKey(Betrokkene, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notitie", "betrokkene"], name="notitie_persoon_uniek")]


class NotitieAfscherming(Gewist):
    """A note written in the wrong file is hidden, with the reason in `tekst`; the note itself stays."""

    DOSSIER = "notitie__dossier"

    notitie = models.OneToOneField(Notitie, models.PROTECT, related_name="afscherming")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name_plural = "notitieafschermingen"


class Revisie(Gewist):
    """What an editable row held before a change, as JSON in `tekst` (encrypted fields stay encrypted). Without
    `created_by`: a partner without an account changed it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="revisies")
    model = models.CharField(max_length=60)
    sleutel = models.CharField(max_length=36)
    versie = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name_plural = "revisies"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["model", "sleutel", "versie"], name="revisie_uniek")]
