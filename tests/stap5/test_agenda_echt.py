"""A real calendar reads it: vdirsyncer fetches the own calendar from a running server, khal lists what it fetched."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from accounts import clock
from accounts.models import Agenda
from stap5 import actions
from stap5.actions.herinnering import create_agenda
from tests import factories
from tests.stap5.post import add_due

VDIRSYNCER = """
[general]
status_path = "{home}/status"

[pair stap5]
a = "online"
b = "here"
collections = null
conflict_resolution = "a wins"

[storage online]
type = "http"
url = "{url}"

[storage here]
type = "filesystem"
path = "{home}/events"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[stap5]]
path = {home}/events

[locale]
timeformat = %H:%M
dateformat = %d/%m/%Y
longdateformat = %d/%m/%Y
datetimeformat = %d/%m/%Y %H:%M
longdatetimeformat = %d/%m/%Y %H:%M

[sqlite]
path = {home}/khal.db
"""


class Telefoon:
    """A calendar that knows one address; everything it keeps is in `home`."""

    def __init__(self, home, url):
        self.home = home
        (home / "events").mkdir()
        (home / "vdirsyncer").write_text(VDIRSYNCER.format(home=home, url=url))
        (home / "khal").write_text(KHAL.format(home=home))
        self.run("vdirsyncer", "-c", home / "vdirsyncer", "discover")

    def run(self, program, *arguments):
        """What the program says; it fails when it does."""
        places = {name: str(self.home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        done = subprocess.run(
            [Path(sys.executable).parent / program, *arguments],
            cwd=self.home,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "Europe/Brussels"} | places,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sync(self):
        self.run("vdirsyncer", "-c", self.home / "vdirsyncer", "sync")

    def listed(self):
        """["24/11/2026 Een afspraak nakijken"] of the coming hundred days."""
        start = f"{clock.today():%d/%m/%Y}"
        how = ["--day-format", "", "--format", "{start-date} {title}"]
        return self.run("khal", "-c", self.home / "khal", "list", *how, start, "100d").splitlines()


@pytest.fixture
def telefoon(live_server, assistent, tmp_path):
    return Telefoon(tmp_path, f"{live_server.url}/agenda/{create_agenda(by=assistent)}.ics")


def test_a_real_calendar_shows_the_days_and_follows_what_changes(dossier, gezin, assistent, telefoon):
    today = clock.today()
    days = {number: f"{today + timedelta(days=number):%d/%m/%Y}" for number in (3, 20, 50)}
    row = add_due(dossier, by=assistent, dag=today + timedelta(days=3), wat="Oma haalt Lina; op 'vrijdag', van school.")
    add_due(dossier, by=assistent, dag=today + timedelta(days=20))
    add_due(factories.make_dossier(assistent), by=assistent, dag=today + timedelta(days=20))
    telefoon.sync()
    shown = [f"{days[3]} Een afspraak nakijken", f"{days[20]} 2 afspraken nakijken"]
    assert telefoon.listed() == shown
    telefoon.sync()
    assert telefoon.listed() == shown

    moved = {"datum": today, "uitkomst": "deels", "gezien_door": "oma", "volgende": today + timedelta(days=50)}
    actions.add_controle(row, moved, by=assistent)
    telefoon.sync()
    assert telefoon.listed() == [f"{days[20]} 2 afspraken nakijken", f"{days[50]} Een afspraak nakijken"]
    assert Agenda.objects.get().used_on == today


def test_a_real_calendar_reads_an_empty_one(assistent, telefoon):
    telefoon.sync()
    assert telefoon.listed() == []


def test_a_real_calendar_keeps_nothing_that_names_the_family(dossier, gezin, assistent, telefoon):
    add_due(dossier, by=assistent)
    telefoon.sync()
    kept = [path.read_text() for path in (telefoon.home / "events").iterdir()]
    assert kept
    names = ("Wesley", "Peeters", "Lina", "Assistent", "school", dossier.kenmerk)
    assert [name for name in names if name.lower() in " ".join(kept).lower()] == []
