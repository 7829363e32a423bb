"""The database of the first frozen version comes along: it migrates, verifies, opens and prints (ADR 0018)."""

import json
import lzma
import os
import shutil
import subprocess
import sys
import uuid
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.db import connection

from tests.architecture.source import LAYERS, ROOT
from tests.opwaarderen.schema import schema
from tests.test_access_matrix import GET, POST, TABLE

pytestmark = pytest.mark.both

STORED = Path(__file__).parent
FROZEN = ROOT / "docs" / "migrations.sha256"


def unpacked(name):
    return lzma.decompress((STORED / name).read_bytes())


def _execute(address, sql):
    with closing(psycopg2.connect(address)) as server:
        server.autocommit = True
        server.cursor().execute(sql)


@contextmanager
def stored_database(tmp_path):
    """The address of a copy of the stored database, on the kind of server that the suite runs on."""
    if connection.vendor == "sqlite":
        (tmp_path / "stored.sqlite3").write_bytes(unpacked("databank.sqlite3.xz"))
        yield f"sqlite:///{tmp_path}/stored.sqlite3"
        return
    server, name = os.environ["DATABASE_URL"], f"stored_{uuid.uuid4().hex}"
    address = urlsplit(server)._replace(path=f"/{name}").geturl()
    _execute(server, f"CREATE DATABASE {name}")
    try:
        _execute(address, unpacked("databank.sql.xz").decode())
        yield address
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def visited(address, anchor):
    """What tests/opwaarderen/visit.py saw."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.opwaarderen.visit", anchor],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def migrations_of(lines):
    """`app.name` of each line of the list."""
    paths = [Path(line.split()[1]) for line in lines.splitlines()]
    return [f"{path.parts[0]}.{path.stem}" for path in paths]


# Pages that no link of the demonstration leads to: of somebody who is not signed in, of a partner with a link ...
OUTSIDE = {"account_inactive", "account_login", "account_reauthenticate", "gezond", "stap5:agenda"}
OUTSIDE |= {"partners:antwoord", "partners:antwoord_bedankt", "partners:antwoord_vraag", "partners:invoer_nakijken"}
# ... and acts upon what is not in it, or not in that state.
REFERRAL = ("afronden", "jongere", "link_intrekken", "loopt", "meegeven", "versturen", "voorbereiden")
LACKING = {f"partners:doorverwijzingen_{act}" for act in REFERRAL}
LACKING |= {f"dossiers:{what}_stoppen" for what in ("deelnames", "uitsluitingen", "vervanging")}
LACKING |= {"partners:overleg_gesprek", "partners:overleg_stoppen", "stap5:eerder", "stap5:grenzen_besproken"}
LACKING |= {"stap5:hervatten", "stap5:versie_sindsdien", "dossiers:heropenen"}


def went_well(name, status, length):
    """A page with something on it, a way to another one, or what may only be sent."""
    return (status == 200 and length) or status == 302 or (status == 405 and TABLE[name][0] == POST)


def test_the_stored_database_upgrades_and_everything_in_it_opens(db, tmp_path):
    anchor = tmp_path / "anker.json"
    shutil.copy(STORED / f"{connection.vendor}.anker.json", anchor)
    with stored_database(tmp_path) as address:
        report = visited(address, anchor)
    own = [name for name in report["applied"] if name.partition(".")[0] in LAYERS]
    assert sorted(own) == sorted(migrations_of((STORED / "migrations.sha256").read_text()))
    assert set(report["schema"]) ^ set(schema(connection)) == set()
    pages = [page for of_user in report["seen"].values() for page in of_user]
    assert [page for page in pages if not went_well(page[0], *page[2:])] == []
    opened = {name for name, _, status, _ in pages if status == 200}
    assert {name for name, (method, _) in TABLE.items() if method == GET} - opened - OUTSIDE - LACKING == set()


def test_the_list_of_frozen_migrations_only_grew():
    assert FROZEN.read_text().startswith((STORED / "migrations.sha256").read_text())
