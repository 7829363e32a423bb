"""Help for the people of a dossier: asked of a partner, or there already, and everything that became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts import clock
from dossiers.models import Betrokkene, Dossier, Gewist, Rij, stop_constraint
from dossiers.names import and_list
from partners.models.partner import Partner
from partners.models.soort import Partnersoort


class Status(models.TextChoices):
    VOORBEREID = "voorbereid", "voorbereid, nog niet verstuurd"
    VERSTUURD = "verstuurd", "verstuurd, nog geen antwoord"
    WACHTLIJST = "wachtlijst", "op de wachtlijst"
    AANVAARD = "aanvaard", "aanvaard"
    LOOPT = "loopt", "loopt"
    AFGEROND = "afgerond", "afgerond"
    GEWEIGERD = "geweigerd", "geweigerd"
    INGETROKKEN = "ingetrokken", "ingetrokken"
    VERLOPEN = "verlopen", "verlopen"
    AL_BETROKKEN = "al_betrokken", "al betrokken"


UNSENT = (Status.VOORBEREID, Status.INGETROKKEN)
ENDED = (Status.AFGEROND, Status.GEWEIGERD, Status.INGETROKKEN, Status.VERLOPEN)
WATCHED = (Status.VERSTUURD, Status.WACHTLIJST, Status.AANVAARD, Status.LOOPT)


class Hoe(models.TextChoices):
    SAMEN = "samen", "we bellen samen"
    OUDER = "ouder", "de ouder belt zelf"
    BRIEF = "brief", "met een brief"


class Akkoord(models.TextChoices):
    JA = "ja", "ja, akkoord"
    GEINFORMEERD = "geinformeerd", "alleen geïnformeerd, niet akkoord"
    NEE = "nee", "nee, ook niet geïnformeerd"


class Doorverwijzing(Rij):
    """A referral: for whom, to which partner, the question, and what the parent said. With `al_betrokken` it is help
    that was there already, and nobody was referred.

    `meegegeven` is a frozen copy of the texts that go along: [{"sleutel", "label", "tekst", "over": [sleutels]}].
    `status` and `status_op` are what the newest Doorverwijzingstap says (help that was
    there may have begun nobody knows when). A referral that ended is stopped.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="doorverwijzingen")
    soort = models.ForeignKey(Partnersoort, models.PROTECT, related_name="+", verbose_name="soort partner")
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="partner in de lijst"
    )
    partner_naam = models.CharField("welke dienst of persoon", max_length=200, blank=True)
    voor = models.ManyToManyField(Betrokkene, related_name="+", verbose_name="voor wie")
    vraag = models.TextField("vraag", blank=True)
    hoe = models.CharField("hoe", max_length=10, choices=Hoe, blank=True)
    meegegeven = models.JSONField("wat meegaat", default=list, blank=True)
    akkoord = models.CharField("akkoord van de ouder", max_length=15, choices=Akkoord, blank=True)
    akkoord_van = models.ForeignKey(
        Betrokkene, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wie gaf akkoord"
    )
    akkoord_op = models.DateField("gevraagd of verteld op", null=True, blank=True)
    akkoord_reden = models.TextField("waarom zonder akkoord", blank=True)
    al_betrokken = models.BooleanField(default=False, editable=False)
    status = models.CharField(max_length=15, choices=Status, default=Status.VOORBEREID, editable=False)
    status_op = models.DateField("sinds", null=True, blank=True)
    volgende_controle = models.DateField("volgende controle", null=True, blank=True, editable=False)
    link = None  # the Antwoordlink that runs, where `with_steps` read it

    class Meta:
        verbose_name_plural = "doorverwijzingen"
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["dossier", "volgende_controle"], name="doorverwijzing_op_controle", condition=Q(gestopt_op=None)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(al_betrokken=True, hoe="", status__in=[Status.AL_BETROKKEN, Status.AFGEROND])
                | (Q(al_betrokken=False) & ~Q(hoe="") & ~Q(vraag="") & ~Q(status=Status.AL_BETROKKEN)),
                name="doorverwijzing_vraag_en_hoe",
                violation_error_message="Schrijf de vraag op, en hoe je doorverwijst.",
            ),
            models.CheckConstraint(
                condition=Q(akkoord="")
                | Q(akkoord__in=[Akkoord.JA, Akkoord.GEINFORMEERD], akkoord_van__isnull=False, akkoord_op__isnull=False)
                | (Q(akkoord=Akkoord.NEE) & ~Q(akkoord_reden="")),
                name="doorverwijzing_ouder_weet_het_of_waarom_niet",
                violation_error_message="Noteer wie van de ouders het weet en sinds wanneer, of waarom niet.",
            ),
            models.CheckConstraint(
                condition=Q(al_betrokken=True) | Q(status__in=UNSENT) | ~Q(akkoord=""),
                name="doorverwijzing_niet_verstuurd_zonder_ouder",
                violation_error_message="Noteer eerst wat de ouder zei.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, gestopt_op__isnull=False)
                | (~Q(status__in=ENDED) & Q(gestopt_op__isnull=True)),
                name="doorverwijzing_einde_is_gestopt",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=WATCHED) | Q(volgende_controle__isnull=False),
                name="doorverwijzing_verstuurd_met_controle",
                violation_error_message="Wanneer kijk je of er een antwoord is?",
            ),
            stop_constraint("doorverwijzing"),
        ]

    def __str__(self):
        """Reads `voor` and `soort`."""
        return f"{self.naar} voor {and_list(persoon.voornaam for persoon in self.voor.all())}"

    @property
    def naar(self):
        """Kind and name of the partner. Needs `soort` read."""
        return f"{self.soort.naam}: {self.partner_naam}" if self.partner_naam else self.soort.naam

    def beschrijf(self, names=()):
        return f"{self}{f', {self.vraag}' if self.vraag else ''}"


class Doorverwijzingstap(Gewist):
    """One step of a referral, on a date: from which status to which (the same where the partner only let something
    know). `tekst`: the reason, or what was answered. `door`: the partner who said so, where no user did."""

    DOSSIER = "doorverwijzing__dossier"

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    doorverwijzing = models.ForeignKey(Doorverwijzing, models.PROTECT, related_name="stappen")
    van = models.CharField(max_length=15, choices=Status, blank=True)
    naar = models.CharField(max_length=15, choices=Status)
    datum = models.DateField()
    door = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name_plural = "doorverwijzingstappen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(created_by__isnull=False, door="") | (Q(created_by__isnull=True) & ~Q(door="")),
                name="doorverwijzingstap_door_een_van_beide",
            ),
            models.CheckConstraint(
                condition=Q(gewist_op__isnull=False)
                | ~Q(naar__in=[Status.GEWEIGERD, Status.INGETROKKEN, Status.VERLOPEN])
                | ~Q(tekst=""),
                name="doorverwijzingstap_einde_met_reden",
                violation_error_message="Geef de reden.",
            ),
        ]

    def __str__(self):
        return f"{self.get_naar_display()} op {self.datum:%d/%m/%Y}"


class Jongere(models.TextChoices):
    JA = "ja", "ja"
    NEE = "nee", "nee"
    JONGER = "jonger", "is nog geen 12 jaar"


class Jongereantwoord(Rij):
    """What a young person from 12 on said about a referral that concerns her or him; the newest counts. After a
    refusal `toch_reden` says why the referral goes on."""

    HOUDER = "doorverwijzing"

    doorverwijzing = models.ForeignKey(Doorverwijzing, models.PROTECT, related_name="antwoorden")
    jongere = models.ForeignKey(Betrokkene, models.PROTECT, related_name="+")
    antwoord = models.CharField(max_length=10, choices=Jongere)
    woorden = models.TextField("eigen woorden", blank=True)
    toch_reden = models.TextField("waarom toch", blank=True)
    datum = models.DateField("gevraagd op", default=clock.today)

    class Meta:
        verbose_name = "antwoord van een jongere"
        verbose_name_plural = "antwoorden van jongeren"
        ordering = ["id"]
        constraints = [stop_constraint("jongereantwoord")]

    def __str__(self):
        woorden = f": “{self.woorden}”" if self.woorden else ""
        toch = f" Toch doorverwezen, want {self.toch_reden}" if self.toch_reden else ""
        return f"{self.jongere.voornaam}: {self.get_antwoord_display()}{woorden}{toch}"
