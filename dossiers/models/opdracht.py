"""The judicial mandates under which the justitiabele is followed."""

from django.db import models
from django.db.models import F, Q

from dossiers.models.dossier import Dossier
from dossiers.models.rij import Rij, stop_constraint


class Opdrachtsoort(models.TextChoices):
    """The official list of missions (Statistiek Vlaanderen, justitiehuizen), and the temporary home ban."""

    WERKSTRAF = "autonome_werkstraf", "autonome werkstraf"
    PROBATIESTRAF = "autonome_probatiestraf", "autonome probatiestraf"
    BEMIDDELING = "bemiddeling_en_maatregelen", "bemiddeling en maatregelen"
    BEPERKTE_DETENTIE = "beperkte_detentie", "beperkte detentie"
    ELEKTRONISCH_TOEZICHT = "elektronisch_toezicht", "elektronisch toezicht"
    INTERNERING = "internering", "internering"
    KETENAANPAK = "ketenaanpak_ifg", "ketenaanpak intrafamiliaal geweld"
    MAATSCHAPPELIJK_ONDERZOEK = "maatschappelijk_onderzoek", "maatschappelijk onderzoek"
    PROBATIE = "probatie", "probatie"
    SLACHTOFFERONTHAAL = "slachtofferonthaal", "slachtofferonthaal"
    TBS = "terbeschikkingstelling", "terbeschikkingstelling"
    THV = "tijdelijk_huisverbod", "tijdelijk huisverbod"
    VI = "voorwaardelijke_invrijheidstelling", "voorwaardelijke invrijheidstelling"
    VOV = "vrijheid_onder_voorwaarden", "vrijheid onder voorwaarden"
    ANDERE = "andere", "andere opdracht"


class Opdracht(Rij):
    """A mandate: from `start` until `einde` (included) or `zonder_einddatum`. Extensions are Opdrachtwijzigingen."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="opdrachten")
    soort = models.CharField(max_length=40, choices=Opdrachtsoort)
    opdrachtgever = models.CharField("opdrachtgever", max_length=200, blank=True)
    reikwijdte = models.TextField("voorwaarden en reikwijdte", blank=True)
    start = models.DateField("begin")
    einde = models.DateField("einde", null=True, blank=True)
    zonder_einddatum = models.BooleanField("zonder einddatum", default=False)

    class Meta:
        verbose_name_plural = "opdrachten"
        ordering = ["start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(einde__isnull=True, zonder_einddatum=True) | Q(einde__isnull=False, zonder_einddatum=False),
                name="opdracht_einde_of_zonder",
                violation_error_message="Geef een einddatum, of vink ‘zonder einddatum’ aan.",
            ),
            models.CheckConstraint(
                condition=Q(einde__isnull=True) | Q(einde__gte=F("start")),
                name="opdracht_einde_na_start",
                violation_error_message="Het einde ligt voor het begin.",
            ),
            stop_constraint("opdracht"),
        ]

    def __str__(self):
        return self.get_soort_display()

    def beschrijf(self, names=()):
        einde = "zonder einddatum" if self.zonder_einddatum else f"tot {self.einde:%d/%m/%Y}"
        return f"Opdracht {self} van {self.start:%d/%m/%Y} {einde}"


class Wijzigingsoort(models.TextChoices):
    VERLENGD = "verlengd", "verlengd"
    OPGESCHORT = "opgeschort", "opgeschort"
    HERVAT = "hervat", "hervat"
    HERROEPEN = "herroepen", "herroepen"


class Opdrachtwijziging(Rij):
    """What happened to a mandate on a date; an extension holds the new end and what the end was before."""

    HOUDER = "opdracht"

    opdracht = models.ForeignKey(Opdracht, models.PROTECT, related_name="wijzigingen")
    soort = models.CharField(max_length=20, choices=Wijzigingsoort)
    datum = models.DateField()
    nieuw_einde = models.DateField("nieuw einde", null=True, blank=True)
    vorig_einde = models.DateField(null=True, editable=False)
    reden = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "opdrachtwijzigingen"
        ordering = ["datum", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(soort="verlengd") | Q(nieuw_einde__isnull=False),
                name="opdrachtwijziging_verlenging_met_einde",
                violation_error_message="Geef het nieuwe einde van de opdracht.",
            ),
            stop_constraint("opdrachtwijziging"),
        ]

    def __str__(self):
        nieuw = f" tot {self.nieuw_einde:%d/%m/%Y}" if self.nieuw_einde else ""
        return f"{self.opdracht} {self.get_soort_display()}{nieuw} op {self.datum:%d/%m/%Y}"
