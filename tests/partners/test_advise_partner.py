"""`advise_partner`: JSON lines in, JSON lines out, one bad line never stops the others."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.architecture.source import ROOT
from tests.partners.test_advies import GOOD, VOORBEELDEN


@pytest.fixture
def run(monkeypatch):
    """(exit code, the answers) of the command on these bytes."""

    def run(given):
        out = io.StringIO()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        try:
            call_command("advise_partner", stdout=out)
        except SystemExit as stop:
            return stop.code, [json.loads(line) for line in out.getvalue().splitlines()]
        return 0, [json.loads(line) for line in out.getvalue().splitlines()]

    return run


def line(**changes):
    return json.dumps(GOOD | changes).encode() + b"\n"


def test_each_question_has_its_answer_in_order(run):
    questions = [row for row in VOORBEELDEN if "first" in row]
    code, answers = run(b"".join(line(**row["input"]) for row in questions))
    assert code == 0
    assert [answer["advies"][0]["partner"] for answer in answers] == [row["first"] for row in questions]
    assert [set(answer) for answer in answers] == [{"eerst", "advies", "niet"}] * len(questions)


def test_no_question_is_no_fault(run):
    assert run(b"") == (0, [])


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"\n", "Deze regel is leeg."),
        (b" \t\r\n", "Deze regel is leeg."),
        (b"{'leeftijden'\n", "geen geldige JSON"),
        (b"[" * 100_000 + b"\n", "geen geldige JSON"),
        (b'{"leeftijden": ' + b"9" * 5000 + b"}\n", "geen geldige JSON"),
        (b'{"leeftijden": NaN}\n', "geen geldige JSON"),
        (b'{"leeftijden": [1], "leeftijden": [9]}\n', "twee keer"),
        (b"\xff\xfe\n", "geen UTF-8"),
        (b"[]\n", "JSON-object"),
        (b"{}\n", "Dit ontbreekt: leeftijden, zwangerschap, themas, ouders_bereid en acuut_gevaar."),
        (line(themas=["\ud800 zoné"]), 'kan "? zoné" niet'),
        (line(leeftijden=[-3]), "kan -3 niet"),
    ],
    ids=[
        "empty", "blank", "broken", "deep", "long", "NaN", "doubles", "encoding", "list", "nothing", "surrogate", "age",
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_others_are_answered(run, bad, says):
    code, answers = run(line() + bad + line())
    assert code == 1
    assert [*answers[1]] == ["fout"]
    assert says in answers[1]["fout"]
    assert answers[0] == answers[2]
    assert answers[0]["advies"]


def test_a_last_line_without_an_end_and_a_first_with_a_byte_order_mark_count(run):
    code, answers = run(b"\xef\xbb\xbf" + line().replace(b"\n", b"\r\n") + line().rstrip())
    assert code == 0
    assert len(answers) == 2


def test_without_stdin_it_cannot_run(monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(CommandError) as refusal:
        call_command("advise_partner")
    assert refusal.value.returncode == 2


def test_a_stdin_that_fails_is_exit_2(monkeypatch):
    class Broken(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Broken())))
    with pytest.raises(CommandError, match="Input/output error") as refusal:
        call_command("advise_partner")
    assert refusal.value.returncode == 2


def test_it_answers_before_the_next_line_comes_and_in_utf8_whatever_the_locale():
    with subprocess.Popen(
        [sys.executable, ROOT / "manage.py", "advise_partner"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "LC_ALL": "C"},
    ) as process:
        for _ in range(2):
            process.stdin.write(line(themas=["partnergeweld"]))
            process.stdin.flush()
            assert "de één niet" in process.stdout.readline().decode()
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait() == 0
