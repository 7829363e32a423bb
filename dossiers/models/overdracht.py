"""Handing a dossier over: offered, and then accepted, refused or withdrawn."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Team
from dossiers.models.dossier import Dossier
from dossiers.models.rij import Rij, RijQuerySet, stop_constraint


class OverdrachtQuerySet(RijQuerySet):
    def wachtend(self):
        """Offers that were not withdrawn and wait for an answer."""
        return self.lopend().filter(aanvaard_op__isnull=True, geweigerd_op__isnull=True)

    def met_mensen(self):
        """With everybody whom an offer names."""
        people = ("van", "created_by", "naar", "aanvaard_door", "nieuwe_eigenaar", "geweigerd_door")
        return self.select_related(*people, "naar_team__huis")


class Overdracht(Rij):
    """An offer to hand the dossier over: to a colleague of the house, or to a team of another house.

    `van` is the owner who would be relieved, `van_team` the team. Its state is a fact, never typed: withdrawn is
    `gestopt_op`, answered is `aanvaard_op` (by whom, and who owns the dossier from then on) or `geweigerd_op`.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="overdrachten")
    van = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    van_team = models.ForeignKey(Team, models.PROTECT, related_name="+", editable=False)
    naar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="overdrachten"
    )
    naar_team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="overdrachten")
    reden = models.TextField()
    boodschap = models.TextField(blank=True)
    aanvaard_op = models.DateTimeField(null=True, editable=False)
    aanvaard_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    nieuwe_eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    geweigerd_op = models.DateTimeField(null=True, editable=False)
    geweigerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    geweigerd_reden = models.TextField(blank=True, editable=False)

    objects = OverdrachtQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel tot overdracht"
        verbose_name_plural = "voorstellen tot overdracht"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(gestopt_op__isnull=True, aanvaard_op__isnull=True, geweigerd_op__isnull=True),
                name="overdracht_een_wachtende",
            ),
            models.CheckConstraint(
                condition=Q(naar__isnull=True, naar_team__isnull=False) | Q(naar__isnull=False, naar_team__isnull=True),
                name="overdracht_aan_collega_of_team",
                violation_error_message="Kies een collega of een team, niet allebei.",
            ),
            models.CheckConstraint(
                condition=Q(aanvaard_op__isnull=True, aanvaard_door__isnull=True, nieuwe_eigenaar__isnull=True)
                | Q(aanvaard_op__isnull=False, aanvaard_door__isnull=False, nieuwe_eigenaar__isnull=False),
                name="overdracht_aanvaard_volledig",
            ),
            models.CheckConstraint(
                condition=Q(geweigerd_op__isnull=True, geweigerd_door__isnull=True, geweigerd_reden="")
                | (Q(geweigerd_op__isnull=False, geweigerd_door__isnull=False) & ~Q(geweigerd_reden="")),
                name="overdracht_geweigerd_met_reden",
            ),
            models.CheckConstraint(
                condition=Q(aanvaard_op__isnull=True, geweigerd_op__isnull=True)
                | Q(aanvaard_op__isnull=True, gestopt_op__isnull=True)
                | Q(geweigerd_op__isnull=True, gestopt_op__isnull=True),
                name="overdracht_een_antwoord",
            ),
            stop_constraint("overdracht"),
        ]

    def __str__(self):
        return f"aan {self.ontvanger}"

    @property
    def ontvanger(self):
        """The colleague, or the team with its house, to whom it is offered. May query."""
        return self.naar or self.naar_team.keuze_label

    @property
    def wacht(self):
        return not (self.gestopt_op or self.aanvaard_op or self.geweigerd_op)

    def beschrijf(self, names=()):
        return f"{self}. Reden: {self.reden}" if "reden" in names else str(self)
