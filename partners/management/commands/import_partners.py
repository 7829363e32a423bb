"""Put a CSV file of partners in the directory, or say what it would change."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from partners.actions import import_partners
from partners.invoerplan import plan_import
from partners.tabel import BadFile, decode


class Command(BaseCommand):
    """Exit 0 done, 1 refused (a wrong row; a phone or e-mail that was not confirmed), 2 not readable."""

    help = "Voert een CSV-bestand van partners in. Alles of niets; een tweede keer hetzelfde bestand verandert niets."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="zeg alleen wat er zou veranderen")
        parser.add_argument(
            "--bevestig-contact",
            action="store_true",
            help="wijzig ook telefoonnummers en e-mailadressen die er al staan",
        )

    def handle(self, *, file, dry_run, bevestig_contact, **options):
        try:
            text = decode(file.read_bytes())
            plan = plan_import(text)
        except (OSError, BadFile) as error:
            raise CommandError(str(error), returncode=2) from error
        self.say(plan)
        if plan.fouten:
            raise SystemExit(1)
        if dry_run:
            self.stderr.write("Niets ingevoerd (--dry-run).")
            return
        confirmed = {wijziging.teken for wijziging in plan.contact} if bevestig_contact else set()
        new, changed = import_partners(text, confirmed=confirmed, by=None, stand=plan.stand)
        self.stderr.write(f"Ingevoerd: {new} nieuw, {changed} gewijzigd.")
        if plan.contact and not bevestig_contact:
            self.stderr.write(
                "De telefoonnummers en e-mailadressen zijn niet gewijzigd: bevestig met --bevestig-contact."
            )
            raise SystemExit(1)

    def say(self, plan):
        for nummer, redenen in plan.fouten:
            self.stdout.write(f"rij {nummer}: {'; '.join(redenen)}")
        for wijziging in plan.contact:
            oud, nieuw = wijziging.oud or "(leeg)", wijziging.nieuw or "(leeg)"
            self.stdout.write(f"{wijziging.naam}, {wijziging.wat}: {oud} -> {nieuw}")
        counts = f"{len(plan.nieuw)} nieuw, {len(plan.gewijzigd)} gewijzigd, {plan.ongewijzigd} ongewijzigd"
        self.stdout.write(f"{counts}, {len(plan.fouten)} fout")
