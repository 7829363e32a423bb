"""The append-only tables, kept so by the database itself.

Installed after every migrate (SQLite rebuilds tables and drops their triggers without a word) and idempotent. The
one UPDATE let through is erasure: `tekst` emptied and `gewist_op` set, once, and nothing else changed. An entry that
says what was erased is never erased itself.
"""

from django.apps import apps
from django.db import connections

from dossiers.models import AppendOnly, Gewist, Soort

MESSAGE = "append-only: this table takes new rows only"


def append_only_models():
    """Every concrete model that may not be changed or deleted."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


SUFFIXES = {
    "sqlite": ("no_update", "no_delete", "no_replace"),
    "postgresql": ("no_update", "no_delete", "no_truncate"),
}


def _names(vendor, table):
    return [f"{table}_{suffix}" for suffix in SUFFIXES[vendor]]


def _same(column):
    return f'NEW."{column}" IS OLD."{column}"'


def _sqlite(model):
    table = model._meta.db_table
    update, delete, replace = _names("sqlite", table)
    stop = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    columns = [field.column for field in model._meta.concrete_fields]
    erasure = "0"
    if issubclass(model, Gewist):
        kept = " AND ".join(_same(column) for column in columns if column not in ("tekst", "gewist_op"))
        erasure = f"{kept} AND NEW.tekst = '' AND NEW.gewist_op IS NOT NULL AND OLD.gewist_op IS NULL"
        if "soort" in columns:  # only a Gebeurtenis has this one
            erasure += f" AND OLD.soort <> '{Soort.GEWIST}'"
    unique = [field.column for field in model._meta.concrete_fields if field.unique]
    clash = " OR ".join(f'"{column}" = NEW."{column}"' for column in unique)
    for constraint in model._meta.total_unique_constraints:
        together = [model._meta.get_field(name).column for name in constraint.fields]
        clash += " OR (" + " AND ".join(f'"{column}" = NEW."{column}"' for column in together) + ")"
    return [
        f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" WHEN NOT ({erasure}) {stop}',
        f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" {stop}',
        f'CREATE TRIGGER "{replace}" BEFORE INSERT ON "{table}" '
        f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {clash}) {stop}',
    ]


def _postgresql(model):
    table = model._meta.db_table
    update, delete, truncate = _names("postgresql", table)
    erasable = "erasable" if issubclass(model, Gewist) else "never"
    return [
        f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION dossiers_append_only('{erasable}')",
        f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION dossiers_append_only('never')",
        f'CREATE TRIGGER "{truncate}" BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION dossiers_append_only('never')",
    ]


POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION dossiers_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_ARGV[0] = 'erasable' THEN
        IF NEW.tekst = '' AND NEW.gewist_op IS NOT NULL AND OLD.gewist_op IS NULL
           AND to_jsonb(OLD) ->> 'soort' IS DISTINCT FROM '{Soort.GEWIST}'
           AND to_jsonb(NEW) - 'tekst' - 'gewist_op' = to_jsonb(OLD) - 'tekst' - 'gewist_op' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation';
END
$body$
"""


def _statements(connection, model):
    return _sqlite(model) if connection.vendor == "sqlite" else _postgresql(model)


def _drop(connection, cursor, model):
    table = model._meta.db_table
    target = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    for name in _names(connection.vendor, table):
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{target}')


def install_triggers(using="default"):
    """Put every trigger in place anew, on the tables that exist."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for model in append_only_models():
            if model._meta.db_table in tables:
                _drop(connection, cursor, model)
                for statement in _statements(connection, model):
                    cursor.execute(statement)


def drop_triggers(using="default"):
    """Take every trigger away; for a test's flush only."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in append_only_models():
            _drop(connection, cursor, model)


def missing_triggers(using="default"):
    """Names of the triggers that the tables that exist lack, sorted."""
    connection = connections[using]
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
    }[connection.vendor]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        cursor.execute(catalogue)
        present = {name for (name,) in cursor.fetchall()}
    wanted = {model._meta.db_table for model in append_only_models()} & tables
    return sorted({name for table in wanted for name in _names(connection.vendor, table)} - present)
