from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Medewerkers"

    def ready(self):
        post_migrate.connect(complete_reference_rows, sender=self)


def complete_reference_rows(sender, using, **kwargs):
    """After every migrate (and test flush): the cache table and the houses are there."""
    from django.core.management import call_command

    from accounts.reference import load_justitiehuizen

    call_command("createcachetable", database=using, verbosity=0)
    load_justitiehuizen(sender.apps, using)
