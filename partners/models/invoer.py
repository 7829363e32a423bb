"""A file of partners that somebody sent, waiting until it is confirmed."""

import uuid

from django.conf import settings
from django.db import models

from accounts import clock


class Partnerinvoer(models.Model):
    """The text of the file is kept only until it is confirmed or another file takes its place."""

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    tekst = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "partnerinvoeren"

    def __str__(self):
        return f"invoer {self.sleutel}"
