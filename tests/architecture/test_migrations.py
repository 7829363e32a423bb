"""Migrations are frozen: what a database has applied stays what it was (ADR 0018)."""

import shutil
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

LIST, FIRST, SCRIPT = "docs/migrations.sha256", "accounts/migrations/0001_begin.py", "scripts/freeze_migrations.py"


def run(root, *arguments):
    """(exit code, what it says) of the check in the checkout `root`."""
    done = subprocess.run(
        [sys.executable, root / SCRIPT, *arguments], capture_output=True, text=True, check=False, cwd=root
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def checkout(tmp_path):
    """A checkout with two migrations, both frozen."""
    for path in (SCRIPT, LIST, FIRST):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / SCRIPT, tmp_path / SCRIPT)
    for name in ("__init__", "0001_begin", "0002_meer"):
        (tmp_path / FIRST).with_stem(name).write_text(f"# {name}\n")
    assert run(tmp_path, "--add") == (0, "2 frozen migrations, as they were.\n")
    return tmp_path


def test_every_migration_is_frozen_and_as_it_was():
    code, said = run(ROOT)
    assert code == 0, said


def test_a_changed_migration_is_refused_also_when_it_is_listed_again(checkout):
    before = (checkout / LIST).read_text()
    (checkout / FIRST).write_text("# otherwise\n")
    again = f"{run(checkout, '--add')[1]}"
    code, said = run(checkout)
    assert (code, said) == (1, again)
    assert said.startswith(f"{FIRST} was changed")
    assert (checkout / LIST).read_text() == before
    digest = subprocess.check_output(["sha256sum", FIRST], cwd=checkout, text=True)
    (checkout / LIST).write_text(before + digest)
    assert run(checkout) == (1, said)


def test_a_removed_migration_is_refused(checkout):
    (checkout / FIRST).unlink()
    code, said = run(checkout)
    assert (code, said.splitlines()) == (1, [f"{FIRST} is gone, but databases have applied it: put it back."])


def test_a_new_migration_asks_for_one_command_that_only_adds(checkout):
    before, new = (checkout / LIST).read_text(), (checkout / FIRST).with_stem("0000_eerst")
    new.write_text("# new\n")
    code, said = run(checkout)
    assert code == 1
    assert said.startswith("accounts/migrations/0000_eerst.py is not frozen yet: run `make freeze`")
    assert run(checkout, "--add")[0] == 0
    assert (checkout / LIST).read_text().startswith(before)
    assert (checkout / LIST).read_text().count("\n") == 3
