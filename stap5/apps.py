from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Stap5Config(AppConfig):
    name = "stap5"

    def ready(self):
        post_migrate.connect(complete_reference_rows, sender=self)


def complete_reference_rows(sender, using, **kwargs):
    from stap5.reference import load_leidraad

    load_leidraad(sender.apps, using)
