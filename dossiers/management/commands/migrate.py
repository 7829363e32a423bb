"""`manage.py migrate`: Django's, but it leaves a database of another version alone, and puts triggers back that were
missing."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.checks import registry
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from dossiers.checks import check_triggers
from dossiers.triggers import missing_triggers


def unknown_migrations(connection):
    """`app.name` of the migrations of our own apps that were applied here and that this code does not have."""
    loader = MigrationLoader(connection)
    own = {config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}
    unknown = loader.applied_migrations.keys() - loader.disk_migrations.keys()
    return sorted(f"{app}.{name}" for app, name in unknown if app in own)


class Command(migrate.Command):
    """It looks before anything else does. The system checks may ask for tables that are not there, and `pre_migrate` is
    sent only after Django compared the history of the database with the code, and stopped there with a traceback."""

    def execute(self, *args, **options):
        unknown = unknown_migrations(connections[options["database"]])
        if unknown:
            raise CommandError(
                f"Deze databank is van een andere versie (ze kent {unknown[0]}, deze code niet) en er is niets aan "
                "veranderd: gebruik de versie waarmee ze gemaakt is, of begin met een lege databank.",
                returncode=3,
            )
        return super().execute(*args, **options)

    def check(self, *args, **kwargs):
        """Every check but the one that would refuse to run what it asks for."""
        checks = registry.registry.registered_checks
        checks.remove(check_triggers)
        try:
            super().check(*args, **kwargs)
        finally:
            checks.add(check_triggers)

    def handle(self, *args, **options):
        missing = missing_triggers(options["database"])
        super().handle(*args, **options)
        back = sorted(set(missing) - set(missing_triggers(options["database"])))
        if back:
            self.stderr.write(f"Triggers that were missing, and are back: {', '.join(back)}")
