"""`manage.py migrate`: Django's own, which puts the append-only triggers back and says which were missing."""

from django.core.checks import registry
from django.core.management.commands import migrate

from dossiers.checks import check_triggers
from dossiers.triggers import missing_triggers


class Command(migrate.Command):
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
