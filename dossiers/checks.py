"""`manage.py check` says when an append-only table is unprotected."""

from django.core.checks import Error, register
from django.db import Error as DatabaseError

from dossiers.triggers import missing_triggers


@register
def check_triggers(app_configs, **kwargs):
    """No complaint while there is no database to ask."""
    try:
        names = missing_triggers()
    except DatabaseError:
        return []
    return [
        Error(
            f"The trigger {name}, which keeps its table append-only, is missing.",
            hint="Run manage.py migrate.",
            id="dossiers.E001",
        )
        for name in names
    ]
