"""Text that the database holds encrypted: a token `<name of its data key>:<Fernet token>` (see dossiers/keys.py)."""

from cryptography.fernet import InvalidToken
from django.db import models

from dossiers.keys import Unreadable, ring


def encrypt(text):
    """Token of a text; an empty text stays empty."""
    if not text:
        return ""
    newest, ciphers = ring()
    return f"{newest}:{ciphers[newest].encrypt(text.encode()).decode()}"


def decrypt(token):
    """Text of a token made by `encrypt`; Unreadable when it names no data key of this database, or does not fit it."""
    if not token:
        return ""
    name, _, sealed = token.partition(":")
    cipher = ring().ciphers.get(name) or ring(afresh=True).ciphers.get(name)
    if cipher is None:  # the name is not said: what is no token may be somebody's address
        raise Unreadable("A text names no data key of this database.")
    try:
        return cipher.decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable(f"A text does not fit data key {name}.") from None


class EncryptedTextField(models.TextField):
    """A TextField whose column holds a token. It cannot be searched or ordered by."""

    def from_db_value(self, value, expression, connection):
        return value if value is None else decrypt(value)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value is None else encrypt(value)

    def get_lookup(self, lookup_name):
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
