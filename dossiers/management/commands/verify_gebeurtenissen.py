"""`manage.py verify_gebeurtenissen [--anker FILE]`: is the audit record whole?"""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from dossiers.audit import verify


class Command(BaseCommand):
    help = "Exit 0 and a count when every chain is whole; exit 1 and the first broken entry on stdout when not."

    def add_arguments(self, parser):
        parser.add_argument(
            "--anker",
            type=Path,
            metavar="FILE",
            help="Heads of an earlier run, kept outside the database: compared first, written anew when whole.",
        )

    def handle(self, *, anker=None, **options):
        try:
            anchors = json.loads(anker.read_text()) if anker and anker.exists() else None
        except (OSError, ValueError) as error:
            raise CommandError(f"Cannot read {anker}: {error}", returncode=2) from error
        count, heads, fault = verify(anchors)
        if fault:
            self.stdout.write(fault)
            sys.exit(1)
        if anker:
            anker.write_text(json.dumps(heads, indent=1) + "\n")
        self.stdout.write(f"{count} gebeurtenissen in {len(heads)} kettingen, alles heel")
