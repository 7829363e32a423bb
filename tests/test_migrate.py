"""`manage.py migrate` on a database of another version: one sentence, and nothing happens."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def applied():
    return set(MigrationRecorder(connection).migration_qs.values_list("app", "name"))


@pytest.fixture
def of_before(db):
    """As a database stands there whose migrations were squashed since: the admin's come after one that is gone."""
    rows = MigrationRecorder(connection).migration_qs
    rows.filter(app="accounts").delete()
    MigrationRecorder(connection).record_applied("accounts", "0001_van_voor")


@pytest.fixture
def of_later(db):
    """Everything this code has, and one more."""
    MigrationRecorder(connection).record_applied("stap5", "9999_van_later")


@pytest.mark.parametrize(
    ("kind", "name"), [("of_before", "accounts.0001_van_voor"), ("of_later", "stap5.9999_van_later")]
)
def test_a_database_of_another_version_is_left_alone(request, kind, name):
    request.getfixturevalue(kind)
    before = applied()
    with pytest.raises(CommandError, match=f"van een andere versie .*{name}.* niets aan veranderd") as refused:
        call_command("migrate", verbosity=0)
    assert refused.value.returncode == 3
    assert applied() == before


def test_a_migration_of_a_package_that_is_not_here_is_no_reason(db):
    MigrationRecorder(connection).record_applied("auth", "9999_van_later")
    call_command("migrate", verbosity=0)
