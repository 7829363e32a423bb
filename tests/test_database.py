"""The suite runs on the database it was asked to run on."""

import os

import pytest
from django.db import connection

from dossiers.models import Dossier, Gebeurtenis
from dossiers.triggers import drop_triggers, missing_triggers
from partners.models import Partnersoort, Postcode
from tests import database

pytestmark = [pytest.mark.both, pytest.mark.quick]


def test_the_suite_runs_on_the_database_of_its_address(db):
    address = os.environ["DATABASE_URL"]
    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[address.partition(":")[0]]


def test_every_append_only_table_is_protected_in_tests_too(db):
    assert missing_triggers() == []


def test_the_real_reference_rows_are_there(huis, ander_huis):
    assert huis.ovo_code != ander_huis.ovo_code


def test_a_dossier_can_be_made_through_the_actions(rijen, dossier):
    assert dossier.plannen.get().zorgen.get() == rijen.zorg


def reference():
    return [list(model.objects.order_by("pk").values()) for model in (Partnersoort, Postcode)]


def test_what_a_test_committed_is_gone_after_it(transactional_db, dossier, django_db_setup):
    """Rows of reference that were changed or deleted are back as they were, and so are the triggers."""
    before = reference()
    Partnersoort.objects.update(naam="x")
    Postcode.objects.filter(code__startswith="28").delete()
    drop_triggers()
    django_db_setup.renew()
    assert not Dossier.objects.exists()
    assert not Gebeurtenis.objects.exists()
    assert missing_triggers() == []
    assert reference() == before


def test_another_migration_asks_for_another_blank_database(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "ROOT", tmp_path)
    (tmp_path / "requirements.lock").touch()
    migration = tmp_path / "accounts" / "migrations" / "0001_begin.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("one")
    first = database.fingerprint()
    assert database.fingerprint() == first
    migration.write_text("two")
    assert database.fingerprint() != first
