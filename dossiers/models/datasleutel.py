"""The keys that encrypt columns, themselves wrapped."""

import secrets

from django.db import models

from accounts import clock


def make_name():
    return secrets.token_hex(4)


class Datasleutel(models.Model):
    """A data key: `verpakt` is the key under a key of FIELD_KEYS. Tokens name it by `naam`, append-only ones too, so a
    row is never deleted; the newest encrypts. Made and wrapped in dossiers/keys.py."""

    naam = models.CharField(max_length=8, unique=True, default=make_name, editable=False)
    verpakt = models.TextField(editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name_plural = "datasleutels"
        ordering = ["id"]

    def __str__(self):
        return self.naam
