from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_migrate


class DossiersConfig(AppConfig):
    name = "dossiers"

    def ready(self):
        from dossiers import checks  # noqa: F401  registers itself

        post_migrate.connect(protect_tables, sender=self)
        post_migrate.connect(have_a_data_key, sender=self)
        user_logged_in.connect(signed_in)
        user_logged_out.connect(signed_out)
        user_login_failed.connect(sign_in_failed)


def protect_tables(using, **kwargs):
    """After every migrate (and every test flush) the append-only triggers are in place."""
    from dossiers.triggers import install_triggers

    install_triggers(using)


def have_a_data_key(using, **kwargs):
    """Never made inside an action: a rollback would take it away, and what it encrypted with it."""
    from dossiers.keys import ensure_data_key

    ensure_data_key(using)


def _record(soort, user):
    from dossiers.audit import record

    record(soort, "", by=user)


def signed_in(user, **kwargs):
    from dossiers.models import Soort

    _record(Soort.AANGEMELD, user)


def signed_out(user, **kwargs):
    from dossiers.models import Soort

    if user is not None:
        _record(Soort.AFGEMELD, user)


def sign_in_failed(credentials, **kwargs):
    from accounts.models import Gebruiker
    from dossiers.models import Soort

    _record(Soort.AANMELDEN_MISLUKT, Gebruiker.objects.filter(username=credentials.get("username") or "").first())
