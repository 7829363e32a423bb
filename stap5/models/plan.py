"""The plan of step 5 of one dossier, its entry, and the views that people take on it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts import clock
from dossiers.fields import EncryptedTextField
from dossiers.models import Betrokkene, Dossier, Rij, stop_constraint
from dossiers.names import and_list


class Route(models.TextChoices):
    ZELF = "zelf", "zelf aan de slag"
    SAMEN = "samen", "samen met een partner"
    OVERDRAGEN = "overdragen", "overdragen aan een partner"
    STAP_6 = "stap_6", "naar stap 6 (VK of OCJ)"


class Uitkomst(models.TextChoices):
    VEILIG = "voldoende_veilig", "voldoende veilig"
    STAP_6 = "stap_6", "naar stap 6"
    STAP_4 = "stap_4", "terug naar stap 4 (nieuwe feiten)"
    OVERGEDRAGEN = "overgedragen", "warm overgedragen aan een partner"
    GESTOPT = "gestopt", "gestopt zonder overname"


class Onveilig(models.TextChoices):
    JA = "ja", "ja, de thuissituatie is onveilig"
    NEE = "nee", "nee"
    ONDUIDELIJK = "onduidelijk", "nog niet duidelijk"


class Stappenplan(Rij):
    """One passage through step 5; a dossier has at most one that runs."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="plannen")
    onveilig = models.CharField("is het thuis onveilig", max_length=20, choices=Onveilig, blank=True)
    besluit_op = models.DateField("besloten op", null=True, blank=True)
    besluit_met = models.CharField("besloten met", max_length=300, blank=True)
    besluit_uitleg = models.TextField("waarop steunt dat", blank=True)
    decided_at = models.DateTimeField(
        "besluit van stap 4", null=True, editable=False
    )  # until when it knew what was noted
    route = models.CharField(max_length=20, choices=Route, blank=True)
    route_reden = models.TextField("reden van de route", blank=True)
    gespreksritme = models.PositiveSmallIntegerField("weken tussen gesprekken over ouderschap", null=True, blank=True)
    gepauzeerd_op = models.DateField(null=True, blank=True)
    hervat_op = models.DateField("hervatten op", null=True, blank=True)
    pauze_reden = models.TextField("reden van de pauze", blank=True)
    uitkomst = models.CharField(max_length=20, choices=Uitkomst, blank=True, editable=False)
    uitkomst_met = models.CharField(max_length=300, blank=True, editable=False)
    uitkomst_door = models.CharField(max_length=300, blank=True, editable=False)
    uitkomst_blijkt_uit = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = "stappenplan"
        verbose_name_plural = "stappenplannen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(gestopt_op__isnull=True), name="stappenplan_een_lopend"
            ),
            models.CheckConstraint(
                condition=Q(gestopt_op__isnull=True, uitkomst="") | (Q(gestopt_op__isnull=False) & ~Q(uitkomst="")),
                name="stappenplan_uitkomst_bij_einde",
            ),
            models.CheckConstraint(
                condition=Q(gepauzeerd_op__isnull=True, hervat_op__isnull=True, pauze_reden="")
                | (Q(hervat_op__gte=F("gepauzeerd_op")) & ~Q(pauze_reden="")),
                name="stappenplan_pauze_volledig",
                violation_error_message="Een pauze heeft een begin, een dag om te hervatten daarna, en een reden.",
            ),
            stop_constraint("stappenplan"),
        ]

    def __str__(self):
        return f"stappenplan van {clock.local(self.created_at):%d/%m/%Y}"

    def beschrijf(self, names=()):
        parts = {
            "onveilig": self.onveilig and f"thuissituatie onveilig: {self.get_onveilig_display()}",
            "besluit_met": self.besluit_met and f"besloten met {self.besluit_met}",
            "besluit_op": self.besluit_op and f"besloten op {self.besluit_op:%d/%m/%Y}",
            "besluit_uitleg": self.besluit_uitleg,
            "decided_at": set(names) == {"decided_at"} and "het besluit van stap 4 is opnieuw bekeken en blijft gelden",
            "route": self.route and f"route: {self.get_route_display()}",
            "route_reden": self.route_reden and f"want {self.route_reden}",
            "gespreksritme": self.gespreksritme and f"gesprek over ouderschap om de {self.gespreksritme} weken",
            "gepauzeerd_op": "het plan loopt weer"
            if self.gepauzeerd_op is None
            else f"pauze vanaf {self.gepauzeerd_op:%d/%m/%Y} tot {self.hervat_op:%d/%m/%Y}: {self.pauze_reden}",
        }
        return (
            "; ".join(text.rstrip(" .") for name, text in parts.items() if name in names and text) or "stap 5 begonnen"
        )


class PlanRij(Rij):
    """A row of the plan. `lezers`: the people of the family who may read it on paper; default only who said it."""

    HOUDER = "plan"

    class Meta:
        abstract = True


class Antwoord(models.TextChoices):
    JA = "ja", "ja"
    DEELS = "deels", "deels"
    NEE = "nee", "nee"
    ONBEKEND = "onbekend", "nog niet bekend"
    NIET_BEREIKT = "niet_bereikt", "niet bereikt"
    GEEN_CONTACT = "geen_contact", "mag niet gecontacteerd worden"


class Bereidheid(PlanRij):
    """Is this parent willing to work on safety, when asked, in whose words. The newest per parent counts."""

    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="bereidheden")
    ouder = models.ForeignKey(Betrokkene, models.PROTECT, related_name="+")
    antwoord = models.CharField(max_length=20, choices=Antwoord)
    woorden = models.TextField("eigen woorden", blank=True)
    datum = models.DateField("gevraagd op", default=clock.today)

    class Meta:
        verbose_name = "bereidheid"
        verbose_name_plural = "bereidheid"
        ordering = ["datum", "id"]
        constraints = [stop_constraint("bereidheid")]

    def __str__(self):
        woorden = f": “{self.woorden}”" if self.woorden else ""
        return f"{self.ouder.voornaam}: {self.get_antwoord_display()}{woorden}"


class Schaalscore(PlanRij):
    """How safe is it at home from 0 to 10, according to one person (nobody: the assistant) on one date."""

    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="schaal")
    persoon = models.ForeignKey(Betrokkene, models.PROTECT, null=True, blank=True, related_name="+")
    score = models.PositiveSmallIntegerField("cijfer")
    datum = models.DateField(default=clock.today)
    waarom_niet_lager = models.TextField(blank=True)
    een_hoger = models.TextField("wat is één punt hoger", blank=True)

    class Meta:
        verbose_name = "schaalvraag"
        verbose_name_plural = "schaalvragen"
        ordering = ["datum", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__lte=10),
                name="schaalscore_0_tot_10",
                violation_error_message="Geef een cijfer van 0 tot 10.",
            ),
            stop_constraint("schaalscore"),
        ]

    def __str__(self):
        wie = self.persoon.voornaam if self.persoon_id else "justitieassistent"
        return f"{wie} geeft {self.score} op {self.datum:%d/%m/%Y}"


class Kindcontact(PlanRij):
    """A child was seen or spoken with."""

    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="kindcontacten")
    kind = models.ForeignKey(Betrokkene, models.PROTECT, related_name="+")
    datum = models.DateField(default=clock.today)
    hoe = models.CharField(max_length=10, choices=[("gezien", "gezien"), ("gesproken", "gesproken")])
    door = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "contact met kind"
        verbose_name_plural = "contacten met kinderen"
        ordering = ["datum", "id"]
        constraints = [stop_constraint("kindcontact")]

    def __str__(self):
        return self.told_of([self.kind])

    def told_of(self, kinderen):
        """`Lina en Milan gezien op 23/11/2026 door de juf`: this contact, of all the children who were there."""
        door = f" door {self.door}" if self.door else ""
        return f"{and_list(kind.voornaam for kind in kinderen)} {self.hoe} op {self.datum:%d/%m/%Y}{door}"


class Twijfel(models.TextChoices):
    OK = "ok", "dat zit goed"
    TWIJFEL = "twijfel", "ik twijfel"
    NEE = "nee", "dat lukt niet"


class Grensuitkomst(models.TextChoices):
    VERDER = "verder", "ik ga verder"
    OVERLEG = "overleg", "ik overleg met een collega"
    PARTNER = "partner", "ik vraag er een partner bij"
    OVERDRAGEN = "overdragen", "iemand anders neemt over"


class Grenzencheck(PlanRij):
    """Can I do this, and may I? The text is for the author and whom she chooses; only the outcome goes further.
    `overleg_met` was asked to talk about it, reads `vraag`, and finds it on her worklist until `besproken_op`."""

    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="grenzen")
    mandaat = models.CharField("binnen mijn opdracht", max_length=10, choices=Twijfel, blank=True)
    tijd = models.CharField("binnen de tijd", max_length=10, choices=Twijfel, blank=True)
    expertise = models.CharField("ik ben hier bekwaam voor", max_length=10, choices=Twijfel, blank=True)
    normen = models.CharField("mijn eigen normen spelen niet te veel mee", max_length=10, choices=Twijfel, blank=True)
    veiligheid = models.CharField("ik voel me veilig", max_length=10, choices=Twijfel, blank=True)
    gevoel = EncryptedTextField(blank=True)
    gedeeld_met = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    uitkomst = models.CharField(max_length=20, choices=Grensuitkomst)
    uitkomst_uitleg = models.CharField("wie of wat", max_length=300, blank=True)
    overleg_met = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    vraag = EncryptedTextField(blank=True)
    besproken_op = models.DateField(null=True, blank=True, editable=False)

    PRIVATE = ("mandaat", "tijd", "expertise", "normen", "veiligheid", "gevoel")

    class Meta:
        verbose_name = "grenzencheck"
        verbose_name_plural = "grenzenchecks"
        ordering = ["-id"]
        constraints = [stop_constraint("grenzencheck")]

    def __str__(self):
        uitleg = f" ({self.uitkomst_uitleg})" if self.uitkomst_uitleg else ""
        return f"{self.get_uitkomst_display()}{uitleg}"

    @property
    def waits(self):
        """Is somebody asked who did not look along yet?"""
        return self.overleg_met_id is not None and self.besproken_op is None and self.gestopt_op is None

    @property
    def holds_private(self):
        """Did the author write something for herself?"""
        return any(getattr(self, name) for name in self.PRIVATE)
