"""`manage.py advise_partner`: questions as JSON lines on stdin, advice as JSON lines on stdout."""

import codecs
import json
import sys

from django.core.management.base import BaseCommand, CommandError

from partners.advies import advise, as_dict, read_vraag


class Command(BaseCommand):
    help = (
        'One question per line in, one answer per line out, both in UTF-8: {"eerst", "advies", "niet"}, or {"fout"} '
        "for a line that is no good question. Exit 1 when there was such a line, 2 when stdin or stdout fails."
    )
    requires_system_checks = []  # a table of rules needs neither database nor addresses

    def handle(self, **options):
        if sys.stdin is None:
            raise CommandError("There is no stdin to read questions from.", returncode=2)
        if hasattr(self.stdout, "reconfigure"):
            self.stdout.reconfigure(encoding="utf-8")  # whatever the locale says
        try:
            faults = self._answer_all(sys.stdin.buffer)
        except OSError as error:
            raise CommandError(f"Cannot read or write: {error.strerror}", returncode=2) from error
        if faults:
            sys.exit(1)

    def _answer_all(self, lines):
        """How many lines were no good question; each answer is out before the next line is read."""
        faults = 0
        for line in lines:
            try:
                answer = as_dict(advise(read_vraag(parse(line))))
            except ValueError as error:
                answer = {"fout": str(error)}
                faults += 1
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            self.stdout.flush()
        return faults


def parse(line):
    """What stands in one line of bytes; ValueError with a sentence for the user when it is not JSON."""
    try:
        text = line.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        raise ValueError("Deze regel is geen UTF-8.") from None
    if not text.strip():
        raise ValueError("Deze regel is leeg.")
    try:
        return json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ValueError("Deze regel is geen geldige JSON, of er staat iets twee keer in.") from None


def _without_doubles(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands there twice")
    return dict(pairs)


def _refuse(constant):
    raise ValueError(f"{constant} is not JSON")
