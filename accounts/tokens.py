"""Secrets in an address: made by chance, kept as a digest."""

import secrets

from django.utils.crypto import salted_hmac


def make_token():
    """What stands in the address: 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(purpose, value):
    """HMAC-SHA256, in hex, under a key made of SECRET_KEY for this purpose only."""
    return salted_hmac(purpose, value, algorithm="sha256").hexdigest()
