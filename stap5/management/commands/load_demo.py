"""`manage.py load_demo [--dossiers N --seed S]`: the demonstration, in a database that holds nothing else."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import clock
from accounts.models import Justitiehuis
from dossiers.models import Dossier
from partners.demo import create_demo_partners
from stap5.demo import bulk, mensen
from stap5.demo.grens import Grens
from stap5.demo.huisverbod import Huisverbod
from stap5.demo.klein import VanCollega, VanVreemde
from stap5.demo.schoolpoort import Schoolpoort

CASUSSEN = {
    "schoolpoortdemo2": (Schoolpoort, "assistent"),
    "huisverboddemo22": (Huisverbod, "assistent"),
    "grensbereiktdemo": (Grens, "assistent"),
    "collegadossier22": (VanCollega, "collega"),
    "vreemdedossier22": (VanVreemde, "vreemde"),
}


class Command(BaseCommand):
    help = "Load the invented accounts and dossiers of the demonstration (DEMO=true only). Twice is as good as once."

    def add_arguments(self, parser):
        parser.add_argument("--dossiers", type=int, default=0, metavar="N", help="N extra dossiers, made in bulk.")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="The same on a day for the same seed.")

    def handle(self, *, dossiers, seed, **options):
        self._check()
        today = clock.today()
        with transaction.atomic():
            users = mensen.make_accounts(today)
            create_demo_partners()
            made = self._load_casussen(users, today)
            made += bulk.make_dossiers(dossiers, seed, today, users, self._report)
        self.stderr.write(f"Dossiers added: {made}." if made else "Everything was there already.")
        self.stdout.write(mensen.table([users[account.username] for account in mensen.ACCOUNTS]))
        self.stdout.write(f"\nwachtwoord van iedereen: {mensen.PASSWORD}")

    def _check(self):
        if not settings.DEMO:
            raise CommandError("load_demo needs DEMO=true: it invents people and dossiers.", returncode=2)
        if not Justitiehuis.objects.exists():
            raise CommandError("There are no houses of justice in this database: run manage.py migrate.", returncode=2)
        strangers = mensen.strangers().count()
        if strangers:
            raise CommandError(
                f"This database holds {strangers} user(s) who are not of the demonstration. Nothing was loaded.",
                returncode=2,
            )

    def _report(self, made):
        if made and made % 10_000 == 0:
            self.stderr.write(f"{made} dossiers made in bulk ...")

    def _load_casussen(self, users, today):
        """How many dossiers were made; those that are there stay as they are."""
        known = set(Dossier.objects.filter(kenmerk__in=CASUSSEN).values_list("kenmerk", flat=True))
        missing = [casus for casus in CASUSSEN if casus not in known]
        for kenmerk in missing:
            casus, username = CASUSSEN[kenmerk]
            typist = casus(kenmerk, users, username, today)
            typist.begin()
            typist.play()
        return len(missing)
