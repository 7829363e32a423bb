"""The people of a dossier, where they live, who is whose parent, and who may not meet whom."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace

from accounts import clock
from dossiers.ages import Geboorte, describe_age
from dossiers.fields import EncryptedTextField
from dossiers.models.dossier import Dossier
from dossiers.models.rij import Rij, stop_constraint
from dossiers.names import fold


class Betrokkenheid(models.TextChoices):
    KIND = "kind", "kind"
    OUDER = "ouder", "ouder of opvoeder"
    NETWERK = "netwerk", "familie of netwerk"
    PROFESSIONAL = "professional", "professional of dienst"


class JaNeeOnbekend(models.TextChoices):
    JA = "ja", "ja"
    NEE = "nee", "nee"
    ONBEKEND = "onbekend", "nog niet bekend"


class Betrokkene(Rij):
    """A person (or, for a professional, a service) of the dossier. `afgeschermd_voor`: who may never learn the phone
    number, the address or the whereabouts of this person, on screen beside them nor on paper. `ook_gevolgd_door`: the
    assistant and house that follow this parent too, in a dossier of their own."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="betrokkenen")
    rol = models.CharField("wie is dit", max_length=20, choices=Betrokkenheid)
    is_justitiabele = models.BooleanField(default=False, editable=False)
    voornaam = models.CharField(max_length=80)
    achternaam = models.CharField(max_length=80, blank=True)
    zoeknaam = models.CharField(max_length=180, editable=False, db_index=True)
    zoekletters = models.GeneratedField(
        expression=Replace("zoeknaam", Value(" ")), output_field=models.CharField(max_length=180), db_persist=True
    )
    relatie = models.CharField("relatie tot het gezin", max_length=120, blank=True)
    geboortedatum = models.DateField(null=True, blank=True)
    geboorte = models.CharField(max_length=10, choices=Geboorte, default=Geboorte.EXACT)
    taal = models.CharField("taal", max_length=60, blank=True)
    tolk = models.BooleanField("tolk nodig", default=False)
    telefoon = EncryptedTextField(blank=True)
    adres = EncryptedTextField(blank=True)
    contact_hoe = models.CharField("hoe contacteren", max_length=200, blank=True)
    contact_wanneer = models.CharField("wanneer contacteren", max_length=200, blank=True)
    bericht_toegelaten = models.CharField(
        "mag je een bericht nalaten", max_length=10, choices=JaNeeOnbekend, default=JaNeeOnbekend.ONBEKEND
    )
    ook_gevolgd_door = models.CharField("ook gevolgd door", max_length=200, blank=True)
    afgeschermd_voor = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="afgeschermde")

    class Meta:
        verbose_name_plural = "betrokkenen"
        ordering = ["-is_justitiabele", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(is_justitiabele=True), name="betrokkene_een_justitiabele"
            ),
            models.CheckConstraint(
                condition=Q(is_justitiabele=False) | (~Q(rol=Betrokkenheid.KIND) & Q(gestopt_op__isnull=True)),
                name="betrokkene_justitiabele_volwassen_en_betrokken",
                violation_error_message="De justitiabele blijft betrokken en is geen kind in dit dossier.",
            ),
            stop_constraint("betrokkene"),
        ]

    def __str__(self):
        return f"{self.voornaam} {self.achternaam}".strip()

    def save(self, *args, **kwargs):
        self.zoeknaam = fold(str(self))[:180]
        super().save(*args, **kwargs)

    def beschrijf(self, names=()):
        return f"{self} ({self.relatie or self.get_rol_display()})"

    @property
    def leeftijd(self):
        """Age in words on the clock's today, "" when unknown."""
        return describe_age(self.geboortedatum, self.geboorte, clock.today())

    @property
    def keuze_label(self):
        return f"{self.voornaam} ({self.leeftijd})" if self.leeftijd and self.rol == Betrokkenheid.KIND else str(self)


class Verblijfsoort(models.TextChoices):
    THUIS = "thuis", "thuis"
    ANDERE_OUDER = "andere_ouder", "bij de andere ouder"
    FAMILIE = "familie", "bij familie of vrienden"
    PLEEGGEZIN = "pleeggezin", "pleeggezin"
    VOORZIENING = "voorziening", "voorziening of opvang"
    ZIEKENHUIS = "ziekenhuis", "ziekenhuis of opname"
    GEVANGENIS = "gevangenis", "gevangenis"
    ANDERE = "andere", "andere"


class Verblijf(Rij):
    """Where a person lives, and when; a child with two homes has two rows."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="verblijven")
    wie = models.ForeignKey(Betrokkene, models.PROTECT, related_name="verblijven")
    soort = models.CharField(max_length=20, choices=Verblijfsoort)
    bij = models.ForeignKey(Betrokkene, models.PROTECT, null=True, blank=True, related_name="huisvest")
    plek = EncryptedTextField("waar", blank=True)
    verdeling = models.CharField("wanneer (week om week, weekend …)", max_length=200, blank=True)
    van = models.DateField(null=True, blank=True)
    tot = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name_plural = "verblijven"
        ordering = ["wie_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(van__isnull=True) | Q(tot__gte=F("van")),
                name="verblijf_tot_na_van",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            stop_constraint("verblijf"),
        ]

    def __str__(self):
        return f"{self.get_soort_display()}{f' bij {self.bij}' if self.bij_id else ''}"

    def beschrijf(self, names=()):
        return f"{self.wie} verblijft: {self}{f', {self.verdeling}' if self.verdeling else ''}"


class Ouderschapsoort(models.TextChoices):
    OUDER = "ouder", "ouder"
    PLUSOUDER = "plusouder", "plusouder"
    PLEEGOUDER = "pleegouder", "pleegouder"
    VOOGD = "voogd", "voogd"


class Ouderschap(Rij):
    """Who raises which child, and as what; half-siblings follow from it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="ouderschappen")
    ouder = models.ForeignKey(Betrokkene, models.PROTECT, related_name="ouder_van")
    kind = models.ForeignKey(Betrokkene, models.PROTECT, related_name="kind_van")
    soort = models.CharField("als", max_length=20, choices=Ouderschapsoort, default=Ouderschapsoort.OUDER)

    class Meta:
        verbose_name_plural = "ouderschappen"
        ordering = ["kind_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ouder", "kind"],
                condition=Q(gestopt_op__isnull=True),
                name="ouderschap_uniek",
                violation_error_message="Dit ouderschap staat er al.",
            ),
            models.CheckConstraint(
                condition=~Q(ouder=F("kind")),
                name="ouderschap_niet_van_zichzelf",
                violation_error_message="Kies twee verschillende mensen.",
            ),
            stop_constraint("ouderschap"),
        ]

    def __str__(self):
        return f"{self.ouder}: {self.get_soort_display()} van {self.kind}"


class Verbodsoort(models.TextChoices):
    CONTACTVERBOD = "contactverbod", "contactverbod"
    HUISVERBOD = "huisverbod", "huisverbod"
    PLAATSVERBOD = "plaatsverbod", "plaatsverbod"


class Verbod(Rij):
    """Who may not meet or reach whom, until when, and who decided it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="verboden")
    soort = models.CharField(max_length=20, choices=Verbodsoort)
    wie = models.ForeignKey(Betrokkene, models.PROTECT, related_name="+")
    tegenover = models.ManyToManyField(Betrokkene, related_name="+", blank=True)
    van = models.DateField(null=True, blank=True)
    tot = models.DateField("tot en met", null=True, blank=True)
    opgelegd_door = models.CharField(max_length=200, blank=True)
    inhoud = models.TextField("wat mag niet", blank=True)

    class Meta:
        verbose_name_plural = "verboden"
        ordering = ["tot", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(van__isnull=True) | Q(tot__gte=F("van")),
                name="verbod_tot_na_van",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            stop_constraint("verbod"),
        ]

    def __str__(self):
        return f"{self.get_soort_display()} voor {self.wie}"

    @property
    def is_past(self):
        return self.tot is not None and self.tot < clock.today()
