"""Worries, the moments it did go well, and what the family wants."""

from django.db import models
from django.db.models import Q

from accounts import clock
from dossiers.models import Betrokkene, Bron, stop_constraint
from stap5.models.plan import PlanRij, Stappenplan


def shorten(text, length=90):
    """The first words of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + " …"


class Zorg(PlanRij):
    """One concrete worry: what somebody saw or heard. `door`: by whose doing or not doing; such a person does not
    check the agreements about it. `kinderen` empty with `kind_onduidelijk`: not clear yet which child."""

    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="zorgen")
    wat = models.TextField("wat werd er gezien of gehoord")
    kinderen = models.ManyToManyField(Betrokkene, related_name="+", blank=True)
    kind_onduidelijk = models.BooleanField("nog niet duidelijk welk kind", default=False)
    wanneer = models.CharField(max_length=200, blank=True)
    hoe_vaak = models.CharField(max_length=200, blank=True)
    waar = models.CharField(max_length=200, blank=True)
    bron = models.CharField("wie zag of vertelde het", max_length=10, choices=Bron, blank=True)
    bron_persoon = models.ForeignKey(Betrokkene, models.PROTECT, null=True, blank=True, related_name="+")
    bron_naam = models.CharField("wie precies", max_length=120, blank=True)
    effect = models.TextField("wat doet dit met het kind", blank=True)
    door = models.ManyToManyField(Betrokkene, related_name="+", blank=True)
    lezers = models.ManyToManyField(Betrokkene, related_name="+", blank=True)

    class Meta:
        verbose_name = "zorg"
        verbose_name_plural = "zorgen"
        ordering = ["id"]
        constraints = [stop_constraint("zorg")]

    def __str__(self):
        return self.wat

    @property
    def keuze_label(self):
        return shorten(self.wat)


class Vaststelling(PlanRij):
    """On a date the worry was less, solved, refuted, or there again: who found so, and what shows it."""

    HOUDER = "zorg"

    zorg = models.ForeignKey(Zorg, models.PROTECT, related_name="vaststellingen")
    stand = models.CharField(
        "hoe staat het ermee",
        max_length=10,
        choices=[("minder", "minder"), ("opgelost", "opgelost"), ("ontkracht", "ontkracht"), ("open", "opnieuw open")],
    )
    datum = models.DateField(default=clock.today)
    door = models.CharField("vastgesteld door", max_length=200)
    blijkt_uit = models.TextField("waaruit blijkt dat")

    class Meta:
        verbose_name = "vaststelling"
        verbose_name_plural = "vaststellingen"
        ordering = ["datum", "id"]
        constraints = [stop_constraint("vaststelling")]

    def __str__(self):
        return (
            f"{self.get_stand_display()} op {self.datum:%d/%m/%Y}, vastgesteld door {self.door}: {self.blijkt_uit} "
            f"(zorg: {shorten(self.zorg.wat)})"
        )


class Uitzondering(PlanRij):
    """A moment it did go well, and why."""

    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="uitzonderingen")
    moment = models.TextField("wanneer lukte het wel")
    wat_anders = models.TextField("wat was er anders", blank=True)
    wie_deed_wat = models.TextField("wie deed wat", blank=True)
    wat_hielp = models.TextField("wat hielp", blank=True)
    wat_merkte_kind = models.TextField("wat merkte het kind", blank=True)
    vaker = models.TextField("wat helpt om dit vaker te doen", blank=True)
    zorgen = models.ManyToManyField(Zorg, related_name="uitzonderingen", blank=True)
    kinderen = models.ManyToManyField(Betrokkene, related_name="+", blank=True)
    verteld_door = models.ForeignKey(Betrokkene, models.PROTECT, null=True, blank=True, related_name="+")
    lezers = models.ManyToManyField(Betrokkene, related_name="+", blank=True)

    class Meta:
        verbose_name = "uitzondering"
        verbose_name_plural = "uitzonderingen"
        ordering = ["id"]
        constraints = [stop_constraint("uitzondering")]

    def __str__(self):
        return self.moment

    @property
    def keuze_label(self):
        return shorten(self.moment)


class Herhaling(PlanRij):
    """On a date the moment of an exception came again: it did go well once more, and somebody saw it."""

    HOUDER = "uitzondering"

    uitzondering = models.ForeignKey(Uitzondering, models.PROTECT, related_name="herhalingen")
    datum = models.DateField(default=clock.today)
    gezien_door = models.CharField("wie zag dat", max_length=200)
    toelichting = models.TextField(blank=True)

    class Meta:
        verbose_name = "herhaling"
        verbose_name_plural = "herhalingen"
        ordering = ["datum", "id"]
        constraints = [stop_constraint("herhaling")]

    def __str__(self):
        toelichting = f": {self.toelichting}" if self.toelichting else ""
        return (
            f"lukte opnieuw op {self.datum:%d/%m/%Y}, gezien door {self.gezien_door}{toelichting} "
            f"(uitzondering: {shorten(self.uitzondering.moment)})"
        )


class Wens(PlanRij):
    """What somebody of the family wants, in the own words."""

    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="wensen")
    wie = models.ForeignKey(Betrokkene, models.PROTECT, related_name="+")
    woorden = models.TextField("eigen woorden")
    nodig = models.TextField("wat is daarvoor nodig", blank=True)
    wie_helpt = models.TextField("wie kan helpen", blank=True)
    datum = models.DateField("gezegd op", default=clock.today)
    ouder_mag_weten = models.CharField(
        "mag de ouder dit weten",
        max_length=10,
        blank=True,
        choices=[("ja", "ja"), ("nee", "nee"), ("gevraagd", "nog te vragen")],
    )
    zorgen = models.ManyToManyField(Zorg, related_name="wensen", blank=True)
    lezers = models.ManyToManyField(Betrokkene, related_name="+", blank=True)

    class Meta:
        verbose_name = "wens"
        verbose_name_plural = "wensen"
        ordering = ["id"]
        constraints = [stop_constraint("wens")]

    def __str__(self):
        return f"{self.wie.voornaam}: “{self.woorden}”"


AKKOORD = {"zo": "gaat akkoord", "anders": "gaat niet akkoord", "weet_niet": "weet het niet"}


class Standpunt(PlanRij):
    """How a person sees a worry or an agreement, on the date it was discussed. The newest per person counts."""

    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="standpunten")
    zorg = models.ForeignKey(Zorg, models.PROTECT, null=True, related_name="standpunten", editable=False)
    afspraak = models.ForeignKey(
        "stap5.Afspraak", models.PROTECT, null=True, related_name="standpunten", editable=False
    )
    persoon = models.ForeignKey(Betrokkene, models.PROTECT, related_name="+")
    datum = models.DateField("besproken op", default=clock.today)
    visie = models.CharField(
        "hoe ziet die het",
        max_length=10,
        choices=[("zo", "ziet het zo"), ("anders", "ziet het anders"), ("weet_niet", "weet het niet")],
    )
    woorden = models.TextField("eigen woorden", blank=True)

    class Meta:
        verbose_name = "standpunt"
        verbose_name_plural = "standpunten"
        ordering = ["datum", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(zorg__isnull=True, afspraak__isnull=False) | Q(zorg__isnull=False, afspraak__isnull=True),
                name="standpunt_over_een_ding",
            ),
            stop_constraint("standpunt"),
        ]

    def __str__(self):
        over = self.zorg.wat if self.zorg_id else self.afspraak.wat
        woorden = f": “{self.woorden}”" if self.woorden else ""
        return f"{self.persoon.voornaam} {self.visie_label}{woorden} (over: {shorten(over)})"

    @property
    def visie_label(self):
        """How this person stands towards a worry or, in other words, an agreement."""
        return AKKOORD[self.visie] if self.afspraak_id else self.get_visie_display()
