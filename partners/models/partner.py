"""An office that can help, and how it is reached for what."""

import uuid
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Replace

from accounts import clock
from dossiers.names import fold
from partners.models.plaats import Postcode
from partners.models.soort import Partnersoort
from partners.uren import format_uren, parse_uren
from partners.validators import check_telefoon, check_uren, check_website


def fold_naam(naam):
    """What `zoeknaam` holds of a name."""
    return fold(naam)[:200]


class PartnerQuerySet(models.QuerySet):
    def actief(self):
        """Offices that did not stop."""
        return self.filter(gestopt_op__isnull=True)

    def met_contact(self):
        """With what a line of a list shows."""
        return self.select_related("soort", "plaats__gemeente").prefetch_related("contactpunten")


class Partner(models.Model):
    """One office or line. It is never deleted: it stops. Where it came from and when somebody last checked it belong to
    it; what nobody checked says so.

    `werkgebied` is the area served: postcodes, or none when nobody noted it; `heel_gebied` is all of Flanders and
    Brussels.
    """

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    soort = models.ForeignKey(Partnersoort, models.PROTECT, related_name="partners")
    naam = models.CharField(max_length=150)
    zoeknaam = models.CharField(max_length=200, editable=False)
    zoekletters = models.GeneratedField(
        expression=Replace("zoeknaam", Value(" ")), output_field=models.CharField(max_length=200), db_persist=True
    )
    straat = models.CharField("straat en nummer", max_length=150, blank=True)
    plaats = models.ForeignKey(
        Postcode, models.PROTECT, verbose_name="postcode en gemeente", null=True, blank=True, related_name="partners"
    )
    heel_gebied = models.BooleanField("werkt in heel Vlaanderen en Brussel", default=False)
    werkgebied = models.ManyToManyField(Postcode, related_name="bediend_door", blank=True)
    website = models.CharField(max_length=200, blank=True, validators=[check_website])
    toelichting = models.TextField(blank=True, max_length=2000)
    bron = models.CharField(max_length=300, help_text="Waar komen deze gegevens vandaan?")
    nagekeken_op = models.DateField("nagekeken op", null=True, blank=True)
    gestopt_op = models.DateField("gestopt op", null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "partners"
        ordering = ["zoeknaam", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(straat="") | Q(plaats__isnull=False),
                name="partner_straat_met_plaats",
                violation_error_message="Zet bij de straat ook de postcode en de gemeente.",
            ),
        ]
        indexes = [
            models.Index(fields=["zoeknaam", "id"], name="partner_op_naam", condition=Q(gestopt_op=None)),
            models.Index(fields=["soort", "zoeknaam", "id"], name="partner_op_soort", condition=Q(gestopt_op=None)),
            models.Index(fields=["plaats", "soort"], name="partner_op_plaats", condition=Q(gestopt_op=None)),
        ]

    def __str__(self):
        return self.naam

    def save(self, *args, **kwargs):
        self.zoeknaam = fold_naam(self.naam)
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        today = clock.today()
        if self.nagekeken_op and self.nagekeken_op > today:
            raise ValidationError({"nagekeken_op": "Deze datum ligt in de toekomst."})

    @property
    def keuze_label(self):
        return self.naam


class Functie(models.TextChoices):
    """What one contacts an office for."""

    ALGEMEEN = "algemeen", "Algemeen"
    AANMELDING = "aanmelding", "Aanmelden"
    CONSULT = "consult", "Overleg"
    CRISIS = "crisis", "Crisis"


FUNCTIE_ORDER = models.Case(
    *[models.When(functie=functie, then=place) for place, functie in enumerate(Functie)],
    output_field=models.SmallIntegerField(),
)


class Contactpunt(models.Model):
    """How an office is reached for one function, and when. `uren` is text in the form of `partners/uren.py`."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="contactpunten")
    functie = models.CharField(max_length=20, choices=Functie, default=Functie.ALGEMEEN)
    telefoon = models.CharField(max_length=40, blank=True, validators=[check_telefoon])
    email = models.EmailField("e-mail", blank=True)
    uren = models.CharField(
        "openingsuren",
        max_length=300,
        blank=True,
        validators=[check_uren],
        help_text="Bijvoorbeeld: ma-vr 9.00-12.00 13.00-17.00, za 10.00-12.00; of: altijd. Niet bekend: leeg.",
    )
    toelichting = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "contactpunten"
        ordering = [FUNCTIE_ORDER]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "functie"],
                name="contactpunt_functie_eenmaal",
                violation_error_message="Er is al een contactpunt met deze functie.",
            ),
            models.CheckConstraint(
                condition=~Q(telefoon="", email=""),
                name="contactpunt_telefoon_of_email",
                violation_error_message="Geef een telefoonnummer of een e-mailadres.",
            ),
        ]

    def __str__(self):
        return f"{self.get_functie_display()}: {self.telefoon or self.email}"

    def clean(self):
        """The hours in their one way of writing; what is wrong with them `check_uren` says."""
        super().clean()
        with suppress(ValueError):
            self.uren = format_uren(parse_uren(self.uren))

    @property
    def bel(self):
        """What a `tel:` link dials."""
        return "".join(sign for sign in self.telefoon.replace("(0)", "") if sign.isdigit() or sign == "+")
