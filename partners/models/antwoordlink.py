"""The link with which a partner answers on one referral without an account."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from dossiers.models import Rij, stop_constraint
from partners.models.doorverwijzing import Doorverwijzing

VALID = timedelta(days=8)
TRIES = 5
RENEWALS = 3


class Antwoordlink(Rij):
    """A link and the code that goes with it. The database knows neither: only keyed digests of them. At most one runs
    per referral; `email`, the address to which it may be renewed, stays as it is while it runs.

    What was opened with an older token is closed by a new one.
    """

    HOUDER = "doorverwijzing"

    doorverwijzing = models.ForeignKey(Doorverwijzing, models.PROTECT, related_name="antwoordlinks")
    email = models.EmailField("e-mailadres van de partner")
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    code_digest = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField(editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)  # wrong codes, over all its tokens
    renewals = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "link voor de partner"
        verbose_name_plural = "links voor de partner"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["doorverwijzing"], condition=Q(gestopt_op=None), name="antwoordlink_een_per_doorverwijzing"
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=TRIES, renewals__lte=RENEWALS), name="antwoordlink_binnen_de_grenzen"
            ),
            stop_constraint("antwoordlink"),
        ]

    def __str__(self):
        """Reads the referral and its `soort`."""
        return f"{self.doorverwijzing.naar}, om zelf te antwoorden"
