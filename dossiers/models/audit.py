"""The machine's own record of every read, write, export and refusal (see dossiers/audit.py)."""

from django.conf import settings
from django.db import models

from dossiers.models.dossier import Dossier
from dossiers.models.rij import Gewist


class Soort(models.TextChoices):
    GELEZEN = "gelezen", "bekeek"
    GEMAAKT = "gemaakt", "voegde toe"
    GEWIJZIGD = "gewijzigd", "wijzigde"
    GESTOPT = "gestopt", "beëindigde"
    AFGESLOTEN = "afgesloten", "sloot af"
    HEROPEND = "heropend", "heropende"
    UITGEVOERD = "uitgevoerd", "nam mee op papier of als tekst"
    AFGESCHERMD = "afgeschermd", "schermde af"
    GEWIST = "gewist", "wiste volgens de bewaartermijn"
    GEWEIGERD = "geweigerd", "kreeg geen toegang"
    AANGEMELD = "aangemeld", "meldde zich aan"
    AFGEMELD = "afgemeld", "meldde zich af"
    AANMELDEN_MISLUKT = "aanmelden_mislukt", "kon zich niet aanmelden"
    BEHEER = "beheer", "deed beheer"


class Ketting(models.Model):
    """The head of one audit chain: how long it is and its last link. Locked while an entry is added.

    `naam` is `dossier/<kenmerk>`, `gebruiker/<id>` or `systeem`.
    """

    naam = models.CharField(max_length=40, unique=True)
    lengte = models.PositiveBigIntegerField(default=0)
    kop = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "kettingen"

    def __str__(self):
        return self.naam


class Gebeurtenis(Gewist):
    """One entry of a chain. `tekst` says what was done in ids and field names, never content. `inhoud` holds digests of
    the append-only rows that came with it (dossiers/seal.py)."""

    ketting = models.ForeignKey(Ketting, models.PROTECT, related_name="gebeurtenissen")
    volgnummer = models.PositiveBigIntegerField()
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="gebeurtenissen")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    soort = models.CharField(max_length=20, choices=Soort)
    model = models.CharField(max_length=60, blank=True)
    sleutel = models.CharField(max_length=36, blank=True, db_index=True)
    tekst_digest = models.CharField(max_length=64)
    inhoud = models.TextField(blank=True, editable=False)
    schakel = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "gebeurtenissen"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["ketting", "volgnummer"], name="gebeurtenis_volgnummer_uniek")]
        indexes = [models.Index(fields=["dossier", "-id"], name="gebeurtenis_dossier_nieuwste")]

    def __str__(self):
        return f"{self.created_at:%d/%m/%Y %H.%M} {self.get_soort_display()}"
