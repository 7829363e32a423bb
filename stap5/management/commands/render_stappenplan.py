"""`manage.py render_stappenplan KENMERK --voor dossier -o FILE`: the plan as the PDF that the page gives."""

import contextlib
import os
import sys

from django.core.management.base import BaseCommand, CommandError

from dossiers.audit import mark, record
from dossiers.models import Dossier, Soort
from stap5.access import current_plan
from stap5.pdf import PaperUnavailable, render_dossier_pdf
from stap5.plandata import plan_as_data


class Command(BaseCommand):
    help = "Write the plan of a dossier as PDF. Exit 2 when there is no such dossier or plan, or no PDF can be made."

    def add_arguments(self, parser):
        parser.add_argument("kenmerk", metavar="KENMERK")
        parser.add_argument("--voor", choices=["dossier", "gezin"], required=True, help="Who it is for.")
        parser.add_argument("--lezer", metavar="VOORNAAM", default="", help="With --voor gezin: whose copy it is.")
        parser.add_argument("-o", "--output", metavar="FILE", required=True, help="Where to, - for stdout.")

    def handle(self, *, kenmerk, voor, output, **options):
        if voor == "gezin":
            raise CommandError("--voor gezin is not available yet; only --voor dossier is.", returncode=2)
        dossier, data = self._read(kenmerk)
        printed = record(Soort.UITGEVOERD, "stappenplan op papier, met render_stappenplan", by=None, dossier=dossier)
        try:
            with contextlib.redirect_stdout(sys.stderr):  # stdout holds nothing but the PDF
                paper = render_dossier_pdf(data, merkteken=mark(printed))
        except PaperUnavailable as error:
            raise CommandError(f"No PDF can be made on this machine: {error}", returncode=2) from error
        self._write(paper, output)

    def _read(self, kenmerk):
        dossier = Dossier.objects.select_related("eigenaar", "team__huis").filter(kenmerk=kenmerk).first()
        if dossier is None:
            raise CommandError(f"No dossier {kenmerk}.", returncode=2)
        plan = current_plan(dossier)
        if plan is None:
            raise CommandError(f"Dossier {kenmerk} has no plan: step 5 has not begun.", returncode=2)
        return dossier, plan_as_data(plan)

    def _write(self, paper, output):
        """Only the owner of the file may read it: it holds shielded numbers and addresses."""
        if output == "-":
            sys.stdout.buffer.write(paper)
            sys.stdout.buffer.flush()
            return
        try:
            with open(output, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
                file.write(paper)
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}", returncode=2) from error
        self.stderr.write(f"{output}: {len(paper)} bytes")
