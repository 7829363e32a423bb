"""`manage.py check` says when an append-only table is unprotected."""

from django.core.checks import Error, register
from django.db import Error as DatabaseError

from dossiers.triggers import missing_triggers


@register
def check_triggers(app_configs, **kwargs):
    """No complaint while there is no database to ask."""
    try:
        tables = missing_triggers()
    except DatabaseError:
        return []
    return [
        Error(
            f"The table {table} lacks a trigger that keeps it append-only.",
            hint="Run manage.py migrate.",
            id="dossiers.E001",
        )
        for table in tables
    ]
