"""The data keys: they encrypt what columns hold, and are kept wrapped by FIELD_KEYS (ADR 0007).

A token names its data key, so what was written is never written again: when a key of FIELD_KEYS goes, only the wraps
change. A process opens the wraps once, and again when a token names a data key that it does not know yet.
"""

import base64
import hashlib
from functools import lru_cache
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.db import connections, transaction


class Unreadable(Exception):
    """A token or a data key that cannot be opened. The message names data keys, never what anything holds."""


class Ring(NamedTuple):
    newest: str  # the name of the data key that encrypts
    ciphers: dict  # {name: Fernet}


_rings = {}  # {FIELD_KEYS as a tuple: Ring}


def _rows(using="default"):
    return apps.get_model("dossiers", "Datasleutel").objects.using(using).order_by("pk")


@lru_cache
def _wrapper(field_keys):
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in field_keys])


def _unwrap(row, field_keys):
    try:
        return _wrapper(field_keys).decrypt(row.verpakt)
    except InvalidToken:
        raise Unreadable(f"No key of FIELD_KEYS opens data key {row.naam}: which key went too early?") from None


def _read(field_keys):
    ciphers = {row.naam: Fernet(_unwrap(row, field_keys)) for row in _rows()}
    if not ciphers:
        raise Unreadable("There is no data key in this database: run manage.py migrate.")
    return Ring(list(ciphers)[-1], ciphers)


def ring(*, afresh=False):
    """Every data key, opened. `afresh` reads the table again: another process may have made one."""
    field_keys = tuple(settings.FIELD_KEYS)
    opened = None if afresh else _rings.get(field_keys)  # looked up once: another thread may forget meanwhile
    if opened is None:
        opened = _rings[field_keys] = _read(field_keys)
    return opened


def forget():
    """The table is read again at the next use."""
    _rings.clear()


def make_data_key(using="default"):
    """A new data key, wrapped by the first key of FIELD_KEYS. It encrypts what is written from now on."""
    _rows(using).create(verpakt=_wrapper(tuple(settings.FIELD_KEYS)).encrypt(Fernet.generate_key()).decode())
    forget()


def ensure_data_key(using):
    """After every migrate (and every test flush) there is one. Two migrates at once may make two: both read."""
    forget()
    if _rows().model._meta.db_table in connections[using].introspection.table_names() and not _rows(using).exists():
        make_data_key(using)


def rewrap_data_keys():
    """Wrap each data key with the first key of FIELD_KEYS, each in its own short transaction: yields (name, was it
    wrapped by another). Unreadable, and nothing changed, when one fits none of FIELD_KEYS."""
    field_keys = tuple(settings.FIELD_KEYS)
    rows = list(_rows())
    for row in rows:
        _unwrap(row, field_keys)
    for row in rows:
        yield row.naam, _rewrap(row.pk, field_keys)


@transaction.atomic
def _rewrap(pk, field_keys):
    row = _rows().select_for_update(no_key=True).get(pk=pk)
    try:
        _unwrap(row, field_keys[:1])
    except Unreadable:
        row.verpakt = _wrapper(field_keys).encrypt(_unwrap(row, field_keys)).decode()
        row.save(update_fields=["verpakt"])
        return True
    return False
