"""The whole directory as a CSV file on stdout."""

from django.core.management.base import BaseCommand

from partners.kantoorcellen import Naslag, all_cells
from partners.tabel import write_table


class Command(BaseCommand):
    help = "Schrijft alle partners als CSV-bestand (UTF-8), ook die gestopt zijn."

    def handle(self, **options):
        self.stdout.write("\ufeff" + write_table(cells for _, cells in all_cells(Naslag())), ending="")
