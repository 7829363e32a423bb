"""The file of one justitiabele."""

import base64
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts import clock
from accounts.models import Team


def make_kenmerk():
    """80 random bits as 16 lower-case letters and digits; the name of a dossier in addresses."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


class DossierQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)


class Dossier(models.Model):
    kenmerk = models.CharField(max_length=16, unique=True, default=make_kenmerk, editable=False)
    eigenaar = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="eigen_dossiers")
    team = models.ForeignKey(Team, models.PROTECT, related_name="dossiers")
    sipar_nummer = models.CharField("SIPAR-nummer", max_length=40, blank=True, db_index=True)
    aandacht_bij_huisbezoek = models.TextField(blank=True)
    versie = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    closed_reden = models.TextField(blank=True, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["eigenaar", "-created_at", "-id"], name="dossier_eigenaar_nieuwste"),
            models.Index(fields=["team", "-created_at", "-id"], name="dossier_team_nieuwste"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, closed_reden="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closed_reden="")),
                name="dossier_gesloten_door_met_reden",
            )
        ]

    def __str__(self):
        return self.kenmerk

    @property
    def is_open(self):
        return self.closed_at is None

    MELDING = "wijziging"  # as of a Rij
    KEEPS_REVISIES = True

    @property
    def houder(self):
        return self

    @property
    def sleutel(self):
        return self.kenmerk

    def in_dossier(self):
        return self

    def mensen(self):
        """Everyone ever involved: justitiabele, parents, children, network, professionals. One query, remembered."""
        if "_mensen" not in self.__dict__:
            order = {"ouder": 0, "kind": 1, "netwerk": 2, "professional": 3}
            self._mensen = sorted(
                self.betrokkenen.all(),
                key=lambda persoon: (not persoon.is_justitiabele, order[persoon.rol], persoon.pk),
            )
        return self._mensen

    def lopende_verboden(self):
        """Bans that hold or are still to come, each with `personen`: whom it protects. One query, remembered."""
        if "_verboden" not in self.__dict__:
            self._verboden = self._read_verboden()
        return self._verboden

    def _read_verboden(self):
        links = (
            self.verboden.model.tegenover.through.objects.filter(verbod__dossier=self, verbod__gestopt_op__isnull=True)
            .select_related("verbod__wie", "betrokkene")
            .order_by("verbod_id", "betrokkene_id")
        )
        bans = {}
        for link in links:
            if link.verbod.tot is None or link.verbod.tot >= clock.today():
                ban = bans.setdefault(link.verbod_id, link.verbod)
                ban.__dict__.setdefault("personen", []).append(link.betrokkene)
        return list(bans.values())

    def beschrijf(self, names=()):
        return "Gegevens van het dossier"
