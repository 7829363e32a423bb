"""A migrated database is made once and copied: for each worker, and again after each test that commits.

The blank one is named by what it is made of, so that nothing stale is used: on PostgreSQL it stays as long as its
server, on SQLite in var/ for a day.
"""

import fcntl
import hashlib
import re
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from dossiers.triggers import drop_triggers, install_triggers

ROOT = Path(__file__).parent.parent
APPS = ("config", "accounts", "dossiers", "partners", "stap5")
A_DAY = 24 * 3600


def fingerprint():
    """Of the code and data of the apps, the packages and the keys: whatever migrate may look at."""
    files = [path for app in APPS for path in (ROOT / app).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    digest = hashlib.sha256(repr((settings.SECRET_KEY, settings.AUDIT_KEY, settings.FIELD_KEYS)).encode())
    for path in sorted([*files, ROOT / "requirements.lock"]):
        digest.update(f"{path.relative_to(ROOT)} {path.stat().st_size} ".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def one_at_a_time():
    """Workers start together; the first one migrates and the others wait for it."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "test.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def use(name):
    """Every new connection, of every thread, is to this database."""
    connection.close()
    connection.settings_dict["NAME"] = str(name)


class Database:
    """`blank` is migrated, `copy` is what this worker's tests run on."""

    def begin(self):
        with one_at_a_time():
            if not self.is_there():
                self.drop_old()
                self.drop(self.unfinished)
                self.make()
        self.make_copy()

    def migrate(self):
        use(self.unfinished)
        call_command("migrate", verbosity=0, interactive=False)

    def make_copy(self):
        connection.close()
        self.drop(self.copy)
        self.copy_blank()
        use(self.copy)

    def end(self):
        connection.close()
        self.drop(self.copy)


class PostgreSQL(Database):
    def __init__(self, worker):
        self.prefix = f"test_{connection.settings_dict['NAME']}_"
        self.blank, self.copy = self.prefix + fingerprint(), self.prefix + worker
        self.unfinished = f"{self.blank}_unfinished"

    def run(self, statement, *names):
        """A statement outside the databases of the tests: the rows it gives, if any."""
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement.format(*map(connection.ops.quote_name, names)))
            return cursor.fetchall() if cursor.description else []

    def names(self):
        return [name for (name,) in self.run("SELECT datname FROM pg_database")]

    def is_there(self):
        return self.blank in self.names()

    def drop(self, name):
        self.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def drop_old(self):
        for name in self.names():
            if re.fullmatch(re.escape(self.prefix) + "[0-9a-f]{12}", name):
                self.drop(name)

    def make(self):
        self.run("CREATE DATABASE {}", self.unfinished)
        self.migrate()
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA blank")
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'CREATE TABLE blank."{table}" AS TABLE "{table}"')
        connection.close()
        self.run("ALTER DATABASE {} RENAME TO {}", self.unfinished, self.blank)

    def copy_blank(self):
        self.run("CREATE DATABASE {} TEMPLATE {}", self.copy, self.blank)

    def renew(self):
        """As it was in the beginning, row by row: emptying every table, or a new copy, takes the server a second."""
        connection.close()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            drop_triggers()
            tables = connection.introspection.table_names(cursor)
            gone = [
                f'DELETE FROM "{table}" t WHERE t::text NOT IN (SELECT b::text FROM blank."{table}" b)'
                for table in tables
            ]
            back = [f'INSERT INTO "{table}" TABLE blank."{table}" EXCEPT TABLE "{table}"' for table in tables]
            cursor.execute("; ".join([*gone, *back, "SET CONSTRAINTS ALL IMMEDIATE"]))
            install_triggers()


class SQLite(Database):
    """On a file, as in production: several connections, WAL, real locks."""

    def __init__(self, folder):
        self.blank, self.copy = ROOT / "var" / f"test-{fingerprint()}.sqlite3", folder / "test.sqlite3"
        self.unfinished = self.blank.with_suffix(".unfinished")

    def is_there(self):
        return self.blank.exists()

    def drop(self, path):
        for part in ("", "-wal", "-shm"):
            Path(f"{path}{part}").unlink(missing_ok=True)

    def drop_old(self):
        """Not those of today: another run may still be copying one."""
        for path in self.blank.parent.glob("test-*.sqlite3"):
            if path.stat().st_mtime < time.time() - A_DAY:
                self.drop(path)

    def make(self):
        self.migrate()
        connection.close()
        self.unfinished.replace(self.blank)

    def copy_blank(self):
        shutil.copyfile(self.blank, self.copy)

    renew = Database.make_copy
