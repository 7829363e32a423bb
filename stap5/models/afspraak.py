"""The people around the family, and who does what."""

from django.db import models
from django.db.models import F, Q

from accounts import clock
from dossiers.models import Betrokkene, JaNeeOnbekend, stop_constraint
from stap5.models.plan import PlanRij, Stappenplan
from stap5.models.zorg import Uitzondering, Zorg, shorten

BIJSPRINGMOMENTEN = (("bij_ziek", "ziek"), ("bij_gespannen", "gespannen"), ("bij_afwezig", "niet beschikbaar"))


class Netwerklid(PlanRij):
    """A person around the family: what this person knows, and when she or he stands in for the carer."""

    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="netwerk")
    persoon = models.ForeignKey(Betrokkene, models.PROTECT, related_name="netwerkrollen")
    akkoord_op = models.DateField("ouder akkoord met contact op", null=True, blank=True)
    akkoord_van = models.CharField("akkoord van", max_length=120, blank=True)
    weet_van_opdracht = models.CharField(
        "weet van de opdracht", max_length=10, choices=JaNeeOnbekend, default=JaNeeOnbekend.ONBEKEND
    )
    weet_van_zorg = models.CharField(
        "weet van de zorgen", max_length=10, choices=JaNeeOnbekend, default=JaNeeOnbekend.ONBEKEND
    )
    bij_ziek = models.BooleanField("springt bij als de verzorger ziek is", default=False)
    bij_gespannen = models.BooleanField("springt bij als de verzorger gespannen is", default=False)
    bij_afwezig = models.BooleanField("springt bij als de verzorger er niet is", default=False)
    springt_bij_voor = models.ManyToManyField(Betrokkene, related_name="+", blank=True)
    opmerking = models.CharField("afspraken en beperkingen", max_length=300, blank=True)
    lezers = models.ManyToManyField(Betrokkene, related_name="+", blank=True)

    class Meta:
        verbose_name = "netwerklid"
        verbose_name_plural = "netwerk"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "persoon"],
                condition=Q(gestopt_op__isnull=True),
                name="netwerklid_uniek",
                violation_error_message="Deze persoon staat al in het netwerk.",
            ),
            stop_constraint("netwerklid"),
        ]

    def __str__(self):
        return f"{self.persoon.voornaam} ({self.persoon.relatie or 'netwerk'})"

    @property
    def momenten(self):
        """When this person stands in: words that follow "als de verzorger ... is"."""
        return [woord for naam, woord in BIJSPRINGMOMENTEN if getattr(self, naam)]


class Veiligheidsmens(PlanRij):
    """A person of the network whom one child can turn to: how, when, agreed on and told to the child on."""

    HOUDER = "netwerklid"

    netwerklid = models.ForeignKey(Netwerklid, models.PROTECT, related_name="veiligheidsmensen")
    kind = models.ForeignKey(Betrokkene, models.PROTECT, related_name="veiligheidsmensen")
    hoe = models.CharField("hoe bereikbaar", max_length=200, blank=True)
    wanneer = models.CharField("wanneer bereikbaar", max_length=200, blank=True)
    ook_s_nachts = models.BooleanField("ook 's nachts", default=False)
    afgesproken_op = models.DateField("afgesproken op", null=True, blank=True)
    verteld_op = models.DateField("aan het kind verteld op", null=True, blank=True)

    class Meta:
        verbose_name = "veiligheidsmens"
        verbose_name_plural = "veiligheidsmensen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["netwerklid", "kind"],
                condition=Q(gestopt_op__isnull=True),
                name="veiligheidsmens_uniek",
                violation_error_message="Dit is al een veiligheidsmens voor dit kind.",
            ),
            stop_constraint("veiligheidsmens"),
        ]

    def __str__(self):
        return f"{self.netwerklid.persoon.voornaam} voor {self.kind.voornaam}"


class Afspraaksoort(models.TextChoices):
    METEEN = "meteen", "meteen (tot ons volgende contact)"
    TOEZICHT = "toezicht", "toezicht"
    BIJSPRINGEN = "bijspringen", "bijspringen"
    ANDERE = "andere", "andere"


def in_words(als, wat):
    """`Als Kim ziek is, dan neemt Sofie Juno`"""
    return f"Als {als}, dan {wat}" if als else wat


class Afspraak(PlanRij):
    """Who does what, from when, and who sees whether it works. What it is worth follows from its Controles."""

    plan = models.ForeignKey(Stappenplan, models.PROTECT, related_name="afspraken")
    soort = models.CharField(max_length=20, choices=Afspraaksoort, default=Afspraaksoort.ANDERE)
    als = models.TextField("als ...", blank=True)
    wat = models.TextField("wat spreken we af")
    wie = models.ManyToManyField(Betrokkene, related_name="+", blank=True)
    wie_anders = models.CharField("iemand anders", max_length=120, blank=True)
    vervanging = models.ManyToManyField(Betrokkene, related_name="+", blank=True)
    van = models.DateField(null=True, blank=True)
    tot = models.DateField("tot en met", null=True, blank=True)
    volgende_controle = models.DateField("volgende controle")
    hoe_zichtbaar = models.TextField("hoe zien we dat het werkt", blank=True)
    controle_door = models.ForeignKey(
        Betrokkene, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wie controleert"
    )
    controle_anders = models.CharField("wie controleert, anders", max_length=120, blank=True)
    uit_uitzondering = models.ForeignKey(
        Uitzondering, models.PROTECT, null=True, blank=True, related_name="afspraken", verbose_name="komt uit"
    )
    zorgen = models.ManyToManyField(Zorg, related_name="afspraken", blank=True)
    kinderen = models.ManyToManyField(Betrokkene, related_name="+", blank=True)
    lezers = models.ManyToManyField(Betrokkene, related_name="+", blank=True)

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(van__isnull=True) | Q(tot__gte=F("van")),
                name="afspraak_tot_na_van",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            stop_constraint("afspraak"),
        ]

    def __str__(self):
        return in_words(self.als, self.wat)

    @property
    def keuze_label(self):
        return shorten(str(self))


class Controle(PlanRij):
    """On a date somebody saw whether an agreement was kept."""

    HOUDER = "afspraak"

    afspraak = models.ForeignKey(Afspraak, models.PROTECT, related_name="controles")
    datum = models.DateField(default=clock.today)
    uitkomst = models.CharField(
        "hoe ging het",
        max_length=12,
        choices=[("nagekomen", "nagekomen"), ("deels", "deels"), ("niet", "niet nagekomen")],
    )
    gezien_door = models.CharField("wie zag dat", max_length=200)
    toelichting = models.TextField(blank=True)

    class Meta:
        verbose_name = "controle"
        verbose_name_plural = "controles"
        ordering = ["datum", "id"]
        constraints = [stop_constraint("controle")]

    def __str__(self):
        toelichting = f": {self.toelichting}" if self.toelichting else ""
        return (
            f"{self.get_uitkomst_display()} op {self.datum:%d/%m/%Y}, gezien door {self.gezien_door}{toelichting} "
            f"(afspraak: {shorten(self.afspraak.wat)})"
        )
