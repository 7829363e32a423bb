"""How a write becomes one transaction, and what happens when the database is busy.

Locks are taken in one order: a one-time key, then colleagues and their stand-ins, then dossiers by number, then rows,
then the head of an audit chain. Every lock is `no_key`: it stops who would change the same row, never a foreign key
that points to it.
"""

from contextlib import closing, contextmanager
from contextvars import ContextVar
from functools import wraps

from django.conf import settings
from django.db import OperationalError, connection, transaction

BUSY = {"40001", "40P01", "55P03", "57014"}  # PostgreSQL: serialization, deadlock, lock not available, time is up
BUSY_SQLITE = {5, 6}  # busy, locked

_held = ContextVar("held", default=None)  # {(model, pk): row} that the outermost action locked; None outside one
_asks_key = ContextVar("asks_key", default=False)


class WithoutKey(RuntimeError):
    """A form was carried out without its one-time key: the page that sent it must go through views/eenmalig.py."""


def is_busy(error):
    """Did the database refuse because somebody else was first, or because it took too long?"""
    cause = error.__cause__
    if getattr(cause, "pgcode", None):
        return cause.pgcode in BUSY
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF in BUSY_SQLITE


def action(write=None, *, key=True):
    """Let `write` be one transaction. Within another action it is a part of it, that can be undone by itself.

    The outermost one is tried a second time when the database chose it to give way (`is_busy`); after that its
    OperationalError goes on. While a form is answered it needs a one-time key, but with `key=False`.
    """
    if write is None:
        return lambda function: action(function, key=key)

    @wraps(write)
    def run(*args, **kwargs):
        if _held.get() is not None:
            return _within(write, args, kwargs)
        if key and _asks_key.get():
            raise WithoutKey(write.__qualname__)
        try:
            return _outermost(write, args, kwargs)
        except OperationalError as error:
            if connection.in_atomic_block or not is_busy(error):
                raise
        return _outermost(write, args, kwargs)

    return run


def _outermost(write, args, kwargs):
    token = _held.set({})
    try:
        with transaction.atomic():
            return write(*args, **kwargs)
    finally:
        _held.reset(token)


def _within(write, args, kwargs):
    """A lock that was taken within goes with what is undone."""
    before = dict(_held.get())
    try:
        with transaction.atomic():
            return write(*args, **kwargs)
    except BaseException:
        _held.set(before)
        raise


def held(model, pk, read):
    """The row of `model` that this action locked already, else what `read()` locks now."""
    known = _held.get()
    if known is None:
        return read()
    if (model, pk) not in known:
        known[model, pk] = read()
    return known[model, pk]


@contextmanager
def asking_for_key():
    """While a form is answered: no action without its one-time key."""
    token = _asks_key.set(True)
    try:
        yield
    finally:
        _asks_key.reset(token)


def be_patient():
    """A request waits so long for a lock, and for one statement; what a command does takes as long as it takes. Said
    once for each connection."""
    connection.ensure_connection()
    if connection.__dict__.get("_patient") is connection.connection:
        return
    wait, statement = settings.WACHT_SECONDEN * 1000, settings.VRAAG_SECONDEN * 1000
    with closing(connection.connection.cursor()) as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false)",
                [str(wait), str(statement)],
            )
        else:
            cursor.execute(f"PRAGMA busy_timeout = {wait}")
    connection.__dict__["_patient"] = connection.connection
