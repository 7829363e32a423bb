from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PartnersConfig(AppConfig):
    name = "partners"

    def ready(self):
        post_migrate.connect(complete_reference_rows, sender=self)


def complete_reference_rows(sender, using, **kwargs):
    from partners.reference import load_gemeenten, load_lijnen, load_partnersoorten

    load_partnersoorten(sender.apps, using)
    load_gemeenten(sender.apps, using)
    load_lijnen(sender.apps, using)
