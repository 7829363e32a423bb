"""`manage.py verify_gebeurtenissen [--anker FILE]`: is the audit record whole?"""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from dossiers.triggers import missing_triggers
from dossiers.verify import verify


class Command(BaseCommand):
    help = (
        "Exit 0 and a count when every chain, and every row it covers, is whole; exit 1 and the first broken one on "
        "stdout when not, missing triggers too; exit 2 when it could not run."
    )
    requires_system_checks = []  # a missing trigger is an answer here, not a reason not to look

    def add_arguments(self, parser):
        parser.add_argument(
            "--anker",
            type=Path,
            metavar="FILE",
            help="Heads of an earlier run, kept outside the database: compared first, written anew when whole.",
        )
        parser.add_argument("--nieuw-anker", action="store_true", help="With --anker: make the first one.")

    def handle(self, *, anker=None, nieuw_anker=False, **options):
        anchors = self._read(anker, nieuw_anker)
        try:
            verdict, missing = verify(anchors), missing_triggers()
        except DatabaseError as error:
            raise CommandError(f"Cannot read the audit record: {error}", returncode=2) from error
        if verdict.fault:
            self.stdout.write(verdict.fault)
        for name in missing:
            self.stdout.write(f"de trigger {name} ontbreekt: migrate zet hem terug")
        if verdict.fault or missing:
            sys.exit(1)
        if anker:
            self._write(anker, verdict.heads)
        self.stdout.write(
            f"{verdict.count} gebeurtenissen in {len(verdict.heads)} kettingen, "
            f"{verdict.erased} teksten gewist, alles heel"
        )

    def _read(self, anker, nieuw_anker):
        """{name of a chain: [length, link]} of an earlier run; None where none is asked for or it is the first."""
        if nieuw_anker and (anker is None or anker.exists()):
            raise CommandError("--nieuw-anker needs --anker with a file that is not there yet.", returncode=2)
        if anker is None or nieuw_anker:
            return None
        try:
            heads = json.loads(anker.read_text())
            return {naam: (int(length), str(kop)) for naam, (length, kop) in heads.items()}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise CommandError(f"Cannot read {anker}: {error}", returncode=2) from error

    def _write(self, anker, heads):
        try:
            anker.write_text(json.dumps(heads, indent=1) + "\n")
        except OSError as error:
            raise CommandError(f"Cannot write {anker}: {error}", returncode=2) from error
