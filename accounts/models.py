"""Who works here: houses of justice, teams and the people of them."""

import uuid

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q

from accounts import clock


class Justitiehuis(models.Model):
    naam = models.CharField(max_length=100, unique=True)
    ovo_code = models.CharField("OVO-code", max_length=12, unique=True, null=True, blank=True)
    plaats = models.CharField(max_length=100)
    noodinstructie = models.TextField(
        "instructie bij acuut gevaar",
        blank=True,
        help_text="Wat doet een justitieassistent bij acuut gevaar? Staat op elke bladzijde, één klik ver.",
    )

    class Meta:
        verbose_name_plural = "justitiehuizen"
        ordering = ["naam"]

    def __str__(self):
        return self.naam


class Team(models.Model):
    huis = models.ForeignKey(Justitiehuis, models.PROTECT, related_name="teams")
    naam = models.CharField(max_length=100)
    teamverantwoordelijken = models.ManyToManyField(
        "Gebruiker", through="Teamverantwoordelijkheid", related_name="geleide_teams"
    )

    class Meta:
        ordering = ["huis__naam", "naam"]
        constraints = [models.UniqueConstraint(fields=["huis", "naam"], name="team_naam_uniek_per_huis")]

    def __str__(self):
        return self.naam

    @property
    def sleutel(self):
        """What stands for this team in forms; a team says nothing about anybody."""
        return str(self.pk)

    @property
    def keuze_label(self):
        """`Justitiehuis Gent, Team Leie`. Reads `huis`."""
        return f"{self.huis.naam}, {self.naam}"


class Rol(models.TextChoices):
    JUSTITIEASSISTENT = "justitieassistent", "justitieassistent"
    TEAMVERANTWOORDELIJKE = "teamverantwoordelijke", "teamverantwoordelijke"
    TOEZICHTHOUDER = "toezichthouder", "toezichthouder"
    BEHEERDER = "beheerder", "beheerder"


DOSSIERROLLEN = (Rol.JUSTITIEASSISTENT, Rol.TEAMVERANTWOORDELIJKE)


class GebruikerManager(UserManager):
    """The signed-in user comes with her house in one query: every page shows its instruction for acute danger."""

    def get_queryset(self):
        return super().get_queryset().select_related("huis")


class Gebruiker(AbstractUser):
    """A colleague. `huis` follows from the team where there is one; a toezichthouder has a house and no team. `sleutel`
    stands for her in forms and addresses, `username` in exports. `herinnerd_op`: the day for which a reminder left."""

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rol = models.CharField(max_length=30, choices=Rol.choices, default=Rol.JUSTITIEASSISTENT)
    huis = models.ForeignKey(Justitiehuis, models.PROTECT, null=True, blank=True, related_name="gebruikers")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="leden")
    herinneringen = models.BooleanField("herinneringen per e-mail", default=True)
    herinnerd_op = models.DateField("laatst herinnerd op", null=True, blank=True, editable=False)

    objects = GebruikerManager()

    class Meta:
        verbose_name = "gebruiker"
        ordering = ["last_name", "first_name", "username"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(rol__in=DOSSIERROLLEN) | Q(team__isnull=False),
                name="gebruiker_dossierrol_heeft_team",
                violation_error_message="Kies een team: wie dossiers volgt of nakijkt, hoort bij een team.",
            ),
            models.CheckConstraint(
                condition=~Q(rol=Rol.TOEZICHTHOUDER) | Q(huis__isnull=False),
                name="gebruiker_toezichthouder_heeft_huis",
                violation_error_message="Kies het justitiehuis waarop deze persoon toezicht houdt.",
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    def clean(self):
        super().clean()
        if self.team_id:
            self.huis_id = self.team.huis_id

    def save(self, *args, **kwargs):
        if self.team_id:
            self.huis_id = self.team.huis_id
        super().save(*args, **kwargs)

    @property
    def keuze_label(self):
        return str(self)

    @property
    def has_dossierrol(self):
        return self.rol in DOSSIERROLLEN

    def led_team_ids(self):
        """Ids of the teams this person leads today. Queries."""
        if self.rol != Rol.TEAMVERANTWOORDELIJKE:
            return []
        return list(Teamverantwoordelijkheid.objects.lopend().filter(gebruiker=self).values_list("team_id", flat=True))


class Agenda(models.Model):
    """The secret address at which somebody's own calendar is fetched: one at most, of which the database knows only a
    keyed digest. `used_on`: the last day on which it was fetched."""

    gebruiker = models.OneToOneField(Gebruiker, models.PROTECT, related_name="agenda")
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    used_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "agenda's"

    def __str__(self):
        return f"Agenda van {self.gebruiker}"


class PeriodeQuerySet(models.QuerySet):
    """Rows with `van` (date) and `tot` (date, included, or none)."""

    def lopend(self, op=None):
        op = op or clock.today()
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=op), van__lte=op)


class Teamverantwoordelijkheid(models.Model):
    team = models.ForeignKey(Team, models.PROTECT)
    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT)
    van = models.DateField(default=clock.today)
    tot = models.DateField("tot en met", null=True, blank=True)

    objects = PeriodeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "teamverantwoordelijkheden"
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                name="teamverantwoordelijkheid_tot_na_van",
                violation_error_message="De einddatum ligt voor de begindatum.",
            )
        ]

    def __str__(self):
        return f"{self.gebruiker}: {self.team}"
