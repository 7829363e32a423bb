"""Locks held and watched from outside, so that a test about waiting needs no luck and no clock of its own."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import OperationalError, connection

from tests.samen.browser import own_connection

PATIENCE = 30  # seconds after which something that should happen is said never to happen


def until(condition):
    """The first true value of `condition()`."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError("It never happened.")


class Holder:
    """A colleague in the middle of a transaction of her own: a connection that holds rows until it lets go. On SQLite
    it holds the whole database, as every writer there does."""

    def __init__(self):
        self.connection = connection.copy()
        self.connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        self.pid = self.execute("SELECT pg_backend_pid()") if connection.vendor == "postgresql" else None
        self.pool = ThreadPoolExecutor(8)

    def execute(self, sql):
        """The first value of what it answers, if it answers something."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql)
            row = cursor.fetchone() if cursor.description else None
        return row and row[0]

    def hold(self, *models, nowait=""):
        """Every row of these models, as an action of ours locks one."""
        if connection.vendor == "postgresql":
            for model in models:
                self.execute(f'SELECT 1 FROM "{model._meta.db_table}" FOR NO KEY UPDATE {nowait}')

    def can_hold(self, *models):
        """Hold these rows, unless somebody else holds one of them."""
        try:
            self.hold(*models, nowait="NOWAIT")
        except OperationalError:
            self.let_go()
            return False
        return True

    def meanwhile(self, act):
        """`act`, begun in a thread with a connection of its own while these rows are held: a Future."""
        return self.pool.submit(own_connection, act)

    def let_go(self):
        self.connection.rollback()

    def close(self):
        self.connection.rollback()
        self.connection.close()
        self.pool.shutdown()


@contextmanager
def holding(*models):
    """Rows of these models held by somebody else, until she lets go or the end; what was begun meanwhile then ends."""
    holder = Holder()
    try:
        holder.hold(*models)
        yield holder
    finally:
        holder.close()


def waiting_for(pid):
    """{pid: the moment its transaction began} of the connections that wait for a lock which `pid` holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, xact_start FROM pg_stat_activity"
            " WHERE datname = current_database() AND %s = ANY(pg_blocking_pids(pid))",
            [pid],
        )
        return dict(cursor.fetchall())
