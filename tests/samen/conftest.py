"""What several people need who work in one dossier at the same moment."""

import pytest
from django.db import connection

from dossiers.actions import close_dossier
from dossiers.models import Dossier
from tests import factories
from tests.samen.browser import crashes


@pytest.fixture(autouse=True)
def _patient(settings):
    """A busy machine is no fault: only what is tested to give up does so soon."""
    settings.WACHT_SECONDEN, settings.VRAAG_SECONDEN = 60, 120


@pytest.fixture
def broken():
    """What broke during the test, in any thread: each must say that it is empty."""
    with crashes() as found:
        yield found


@pytest.fixture
def tweede(team):
    """Leads the team of the dossier as well."""
    return factories.make_leader("tweede", team)


@pytest.fixture
def base(dossier):
    return f"/dossiers/{dossier.kenmerk}/"


@pytest.fixture
def postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and no locks on rows; its busy wait is in test_wachten.py")


@pytest.fixture
def uncovered(assistent, collega):
    """`uncovered()`: a dossier that came to `assistent` past her stand-in, so that nobody stands in there yet."""

    def make(*, closed=False):
        dossier = factories.make_dossier(collega)
        if closed:
            close_dossier(dossier, {"reden": "Klaar."}, by=collega)
        Dossier.objects.filter(pk=dossier.pk).update(eigenaar=assistent)
        return dossier

    return make
