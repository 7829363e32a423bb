"""The suite runs on the database it was asked to run on."""

import os

import pytest
from django.db import connection

from dossiers.triggers import missing_triggers

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


def test_a_transactional_test_can_be_flushed(transactional_db, assistent, dossier):
    """Its teardown empties the append-only tables; the next test finds the triggers again."""
    assert missing_triggers() == []
