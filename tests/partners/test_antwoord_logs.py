"""The token of a link stands in no log, whichever logger, handler and format."""

import io
import logging
import os
import subprocess
import sys

import pytest

from config.log import Formatter, Record, redact
from tests.architecture.source import ROOT
from tests.client import Client

TOKEN = "Zq3_-t0kenT0kenT0kenT0kenT0kenT0kenT0kenT0k"
LINES = [
    f"Not Found: /antwoord/{TOKEN}/",
    f"Method Not Allowed (PUT): /antwoord/{TOKEN}/vernieuwen/",
    f'127.0.0.1 - - "GET /antwoord/{TOKEN}/ HTTP/1.1" 200 512 "-" "curl"',
    f'"POST /antwoord/{TOKEN} HTTP/1.1" 301 0 "https://huis.example/antwoord/{TOKEN}/"',
    f"https://huis.example/aanmelden/?next=%2Fantwoord%2F{TOKEN}%2F",
    f"/antwoord/ {TOKEN}/"[:10] + f"{TOKEN} x/",
    f"Invalid HTTP_HOST header on '/antwoord/{TOKEN}/'",
    f"/ANTWOORD/{TOKEN}/",
]


@pytest.mark.parametrize("line", LINES)
def test_a_token_is_masked_wherever_it_stands(line):
    assert TOKEN not in redact(line)
    assert "***" in redact(line)


@pytest.mark.parametrize(
    "line", ["GET /dossiers/abc/ HTTP/1.1", 'GET /antwoord/ HTTP/1.1" 200', "Het antwoord/de vraag", "", "/antwoorden/"]
)
def test_other_lines_stay_as_they_are(line):
    assert redact(line) == line


def caught(name, *, message, args=(), error=None):
    """What a handler of somebody else, with a format of its own, writes of one record."""
    out, logger = io.StringIO(), logging.getLogger(name)
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger.addHandler(handler)
    try:
        logger.error(message, *args, exc_info=error)
    finally:
        logger.removeHandler(handler)
    return out.getvalue()


def test_every_logger_and_every_format_gets_a_masked_record():
    assert logging.getLogRecordFactory() is Record
    text = caught("gunicorn.error", message="Error handling request %s", args=(f"/antwoord/{TOKEN}/",))
    assert "Error handling request /antwoord/***/" in text
    atoms = {"r": f"GET /antwoord/{TOKEN}/ HTTP/1.1", "f": f"https://huis/antwoord/{TOKEN}/", "s": 200}
    text = caught("gunicorn.access", message='"%(r)s" %(s)s "%(f)s"', args=(atoms,))
    assert TOKEN not in text
    assert "200" in text


def test_a_traceback_is_masked_too():
    try:
        raise ValueError(f"boom at /antwoord/{TOKEN}/")
    except ValueError as error:
        text = caught("anything", message="boom", error=error)
    assert TOKEN not in text
    assert "ValueError: boom at /antwoord/***/" in text
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, f"/antwoord/{TOKEN}/", (), None)
    assert Formatter("%(message)s").format(record) == "/antwoord/***/"


@pytest.mark.filterwarnings("ignore")
def test_a_record_that_cannot_be_formatted_is_left_to_its_handler():
    assert Record("x", logging.INFO, "x.py", 1, "%s %s", ("one",), None).args == ("one",)


def test_what_django_logs_of_these_pages_holds_no_token(db, caplog):
    for method in ("get", "post", "put"):
        getattr(Client(), method)(f"/antwoord/{TOKEN}/")
        getattr(Client(), method)(f"/antwoord/{TOKEN}/vernieuwen/")
    Client(enforce_csrf_checks=True).post(f"/antwoord/{TOKEN}/")
    assert [record.getMessage() for record in caplog.records]
    assert TOKEN not in caplog.text


CODE = """
import logging, sys
import django
django.setup()
from gunicorn.config import Config
from gunicorn.glogging import Logger
config = Config()
config.set("accesslog", "-")
config.set("errorlog", "-")
logger = Logger(config)
logger.error("Error handling request %s", "/antwoord/TOKEN/")
logger.access_log.info("%(r)s", {"r": "GET /antwoord/TOKEN/ HTTP/1.1"})
"""


def test_gunicorn_s_own_logs_hold_no_token():
    keys = {name: os.environ[name] for name in ("SECRET_KEY", "AUDIT_KEY", "FIELD_KEYS", "PATH", "DATABASE_URL")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CODE.replace("TOKEN", TOKEN)],
        cwd=ROOT,
        env=keys | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    output = done.stdout + done.stderr
    assert output.count("/antwoord/***/") == 2
    assert TOKEN not in output


@pytest.mark.parametrize(
    ("environment", "backend"),
    [
        ({"DEMO": "true"}, "console"),
        ({"DEBUG": "true"}, "console"),
        ({"AUDIT_KEY": "a" * 50, "FIELD_KEYS": "f" * 50}, "smtp"),
    ],
)
def test_invented_mail_goes_to_the_console_and_real_mail_out(environment, backend):
    assert f"backends.{backend}.EmailBackend" in settings_with(environment)


@pytest.mark.parametrize(
    "wrong",
    [
        {"EMAIL_PORT": "smtp"},
        {"EMAIL_USE_TLS": "yes"},
        {"EMAIL_FROM": "huis"},
        {"EMAIL_TIMEOUT": "-1"},
        {"EMAIL_USE_TLS": "true", "EMAIL_USE_SSL": "true"},
    ],
)
def test_a_wrong_setting_of_the_mail_stops_the_program(wrong):
    assert "ImproperlyConfigured" in settings_with({"DEMO": "true"} | wrong)


def settings_with(environment):
    code = "import config.settings as s; print(s.EMAIL_BACKEND)"
    env = {"SECRET_KEY": "s" * 50, "PATH": os.environ["PATH"]} | environment
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
