"""`manage.py rotate_field_keys [--new-data-key]`: afterwards the first key of FIELD_KEYS reads everything."""

from django.core.management.base import BaseCommand, CommandError

from dossiers.keys import Unreadable, make_data_key, rewrap_data_keys


class Command(BaseCommand):
    help = (
        "Wrap every data key with the first key of FIELD_KEYS, so that the other keys may go. Prints how many were "
        "wrapped by another. Safe to interrupt, to repeat and to run while people work. Exit 2, and nothing changed, "
        "when a data key fits none of FIELD_KEYS."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--new-data-key",
            action="store_true",
            help="Also make a new data key. What a process writes once it was restarted is encrypted with it.",
        )

    def handle(self, *, new_data_key, **options):
        try:
            wrapped = dict(rewrap_data_keys())
        except Unreadable as error:
            raise CommandError(f"{error} Put it back, behind the new one. Nothing was changed.", returncode=2) from None
        if not wrapped:
            raise CommandError("There is no data key in this database: run manage.py migrate.", returncode=2)
        if new_data_key:
            make_data_key()
            self.stderr.write("A new data key was made: restart the application to write with it.")
        again = sum(wrapped.values())
        self.stderr.write(
            f"{again} of {len(wrapped)} data keys wrapped anew. The first key of FIELD_KEYS now reads everything, the "
            "others may go; backups made before still need them."
        )
        self.stdout.write(str(again))
