"""One settings file, one example file: every variable that is read is explained, and no other."""

import ast
import os
import re
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT, python_files, tree

pytestmark = pytest.mark.quick

READERS = ("env_str", "env_bool", "env_int", "env_list", "_key")
EXAMPLE = (ROOT / ".env.example").read_text()


def variables_read():
    return {
        node.args[0].value
        for node in ast.walk(tree(ROOT / "config" / "settings.py"))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in READERS
        if isinstance(node.args[0], ast.Constant)
    }


def test_the_example_lists_every_variable_and_no_other():
    assert set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == variables_read()


def test_the_example_explains_each_variable():
    lines = EXAMPLE.splitlines()
    assert [
        line for number, line in enumerate(lines) if re.match("[A-Z_]+=", line) and lines[number - 1][:1] != "#"
    ] == []


def test_nothing_else_reads_the_environment():
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert readers == {"config/env.py", "config/wsgi.py"}


GOOD = {"SECRET_KEY": "s" * 50, "AUDIT_KEY": "a" * 50, "FIELD_KEYS": "f" * 50, "PATH": os.environ["PATH"]}


def load(**environment):
    """What loading the settings in another process says: "" or its last line."""
    code = "import config.settings as s; print(s.DEBUG, s.HTTPS, s.ALLOWED_HOSTS)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def test_production_is_the_default():
    assert load(**GOOD) == "False True []"


@pytest.mark.parametrize("name", ["SECRET_KEY", "AUDIT_KEY", "FIELD_KEYS"])
def test_a_key_that_is_missing_stops_the_program(name):
    assert f"{name} is not set" in load(**GOOD | {name: ""})


@pytest.mark.parametrize("name", ["AUDIT_KEY", "FIELD_KEYS"])
def test_a_key_that_is_used_twice_stops_the_program(name):
    assert "must differ" in load(**GOOD | {name: GOOD["SECRET_KEY"]})


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", "yes"), ("DEMO", "1"), ("HTTPS", "True"), ("SESSION_HOURS", "-1"), ("DATABASE_URL", "mysql://x/y")],
)
def test_a_value_that_means_nothing_stops_the_program(name, value):
    assert "ImproperlyConfigured" in load(**GOOD | {name: value})


def test_the_demonstration_needs_no_keys_of_its_own():
    environment = {"SECRET_KEY": GOOD["SECRET_KEY"], "DEMO": "true", "PATH": GOOD["PATH"]}
    assert load(**environment) == "False False ['127.0.0.1', 'localhost']"
