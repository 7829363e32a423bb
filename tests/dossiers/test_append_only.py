"""Append-only is held by the database itself, whoever asks and however."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction

from dossiers.actions import erase_text
from dossiers.audit import verify
from dossiers.checks import check_triggers
from dossiers.management.commands import verify_gebeurtenissen
from dossiers.models import (
    Betrokkene,
    Gebeurtenis,
    Gewist,
    Notitie,
    NotitieAfscherming,
    NotitiePersoon,
    Revisie,
)
from dossiers.triggers import append_only_models, install_triggers, missing_triggers
from tests.dossiers.kettingen import COVERED, bare_dossier, make_covered, run

pytestmark = pytest.mark.both

PROTECTED = append_only_models()
sqlite_only = pytest.mark.skipif("sqlite" not in connection.settings_dict["ENGINE"], reason="a statement of SQLite")
postgresql_only = pytest.mark.skipif("postgresql" not in connection.settings_dict["ENGINE"], reason="of PostgreSQL")


@pytest.fixture
def dossier(assistent):
    return bare_dossier(assistent)


@pytest.fixture
def rows(dossier, assistent):
    """{model: one row} of each append-only table."""
    rows = make_covered(dossier, assistent)
    lina = Betrokkene.objects.create(dossier=dossier, voornaam="Lina", rol="kind", created_by=assistent)
    about = NotitiePersoon.objects.create(notitie=rows[Notitie], betrokkene=lina)
    return rows | {NotitiePersoon: about, Gebeurtenis: dossier.gebeurtenissen.first()}


def refused(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def other_value(field):
    return "anders" if field.get_internal_type() in ("TextField", "CharField") else 99


def test_these_tables_are_append_only():
    assert {Gebeurtenis, NotitiePersoon, *COVERED} == set(PROTECTED)


@pytest.mark.parametrize("model", PROTECTED)
def test_no_row_is_updated_deleted_or_replaced(rows, model):
    row = rows[model]
    table, before = model._meta.db_table, model._base_manager.filter(pk=row.pk).values().get()
    refused(lambda: sql(f'UPDATE "{table}" SET id = id + 1000 WHERE id = %s', row.pk))
    refused(lambda: sql(f'UPDATE "{table}" SET id = id WHERE id = %s', row.pk))
    refused(lambda: sql(f'DELETE FROM "{table}" WHERE id = %s', row.pk))
    refused(lambda: model._base_manager.filter(pk=row.pk)._raw_delete(using="default"))
    refused(row.save)
    assert model._base_manager.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize("model", [Gebeurtenis, Notitie, NotitieAfscherming, Revisie])
def test_no_column_is_changed_through_the_orm(rows, model):
    row = rows[model]
    for field in model._meta.concrete_fields:
        if field.get_internal_type() in ("TextField", "CharField", "PositiveBigIntegerField", "PositiveIntegerField"):
            change = {field.name: other_value(field)}
            refused(lambda change=change: model._base_manager.filter(pk=row.pk).update(**change))


@sqlite_only
@pytest.mark.parametrize("model", PROTECTED)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_insert_or_replace_does_not_pass(rows, model, recursive):
    row = rows[model]
    columns = [field.column for field in model._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    sql(f"PRAGMA recursive_triggers={recursive}")
    try:
        refused(
            lambda: sql(
                f'INSERT OR REPLACE INTO "{model._meta.db_table}" ({names}) '
                f'SELECT {names} FROM "{model._meta.db_table}" WHERE id = {row.pk}'
            )
        )
    finally:
        sql("PRAGMA recursive_triggers=ON")


@sqlite_only
def test_insert_or_replace_on_another_unique_column_does_not_pass(rows):
    """REPLACE deletes whoever stands in the way, on any unique column."""
    row, values = rows[Notitie], Notitie.objects.filter(pk=rows[Notitie].pk).values().get()
    values |= {"id": row.pk + 1000, "sleutel": row.sleutel.hex, "tekst": "vervalst"}
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    refused(lambda: sql(f'INSERT OR REPLACE INTO "dossiers_notitie" ({names}) VALUES ({marks})', *values.values()))
    assert Notitie.objects.filter(sleutel=row.sleutel).get().tekst == "Gebeld met Sara."


@postgresql_only
@pytest.mark.parametrize("model", PROTECTED)
def test_no_table_is_truncated(rows, model):
    refused(lambda: sql(f'TRUNCATE "{model._meta.db_table}" CASCADE'))


@postgresql_only
def test_an_upsert_does_not_pass(rows):
    refused(
        lambda: sql(
            "INSERT INTO dossiers_revisie SELECT * FROM dossiers_revisie WHERE id = %s "
            "ON CONFLICT (id) DO UPDATE SET versie = 99",
            rows[Revisie].pk,
        )
    )


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("model", [Gebeurtenis, *COVERED])
def test_erasure_is_the_one_update_let_through(rows, model):
    row = rows[model]
    before = model._base_manager.filter(pk=row.pk).values().get()
    assert erase_text(row, reden="bewaartermijn")
    after = model._base_manager.filter(pk=row.pk).values().get()
    assert after["tekst"] == ""
    assert after["gewist_op"] is not None
    assert {name for name in before if before[name] != after[name]} == {"tekst", "gewist_op"}
    assert verify().fault == ""
    assert not erase_text(row, reden="bewaartermijn")


def test_an_entry_that_says_what_was_erased_is_never_erased(rows):
    erase_text(rows[Notitie], reden="bewaartermijn")
    entry = Gebeurtenis.objects.latest("pk")
    refused(lambda: Gebeurtenis.objects.filter(pk=entry.pk).update(tekst="", gewist_op=NOW))
    refused(lambda: erase_text(entry, reden="bewaartermijn"))
    assert Gebeurtenis.objects.get(pk=entry.pk).tekst == "bewaartermijn"


@pytest.mark.parametrize(
    "change",
    [
        {"tekst": ""},
        {"gewist_op": NOW},
        {"tekst": "iets anders", "gewist_op": NOW},
        {"tekst": "", "gewist_op": NOW, "soort": "huisbezoek"},
        {"tekst": "", "gewist_op": NOW, "gebeurd_op": "2020-01-01"},
    ],
)
def test_anything_but_plain_erasure_is_refused(rows, change):
    refused(lambda: Notitie.objects.filter(pk=rows[Notitie].pk).update(**change))


@pytest.mark.parametrize("change", [{"tekst": "terug", "gewist_op": None}, {"tekst": "", "gewist_op": NOW}])
def test_an_erased_row_does_not_change_again(rows, change):
    erase_text(rows[Notitie], reden="bewaartermijn")
    refused(lambda: Notitie.objects.filter(pk=rows[Notitie].pk).update(**change))


def test_erasure_is_only_for_tables_with_a_text():
    assert {model for model in PROTECTED if not issubclass(model, Gewist)} <= {NotitiePersoon}


SUFFIXES = {
    "sqlite": {"no_update", "no_delete", "no_replace"},
    "postgresql": {"no_update", "no_delete", "no_truncate"},
}[connection.vendor]
ALL = sorted(f"{model._meta.db_table}_{suffix}" for model in PROTECTED for suffix in SUFFIXES)


def migrate(**options):
    """What migrate says on stderr, with the checks that it runs from the command line."""
    err = StringIO()
    call_command("migrate", verbosity=0, stderr=err, skip_checks=False, **options)
    return err.getvalue()


def test_migrate_puts_back_what_is_missing_and_names_it(without_triggers):
    with without_triggers():
        assert missing_triggers() == ALL
        assert migrate() == f"Triggers that were missing, and are back: {', '.join(ALL)}\n"
        assert missing_triggers() == []
        assert migrate() == ""


def test_migrate_names_only_what_is_back(without_triggers):
    """A plan is only a plan."""
    with without_triggers():
        assert migrate(plan=True) == ""
        assert missing_triggers() == ALL


def test_after_migrate_a_check_still_says_what_is_missing(without_triggers):
    migrate()
    with without_triggers(), pytest.raises(SystemCheckError, match=ALL[0]):
        call_command("check")


def test_migrate_still_refuses_what_other_checks_refuse(db, settings):
    settings.ROOT_URLCONF = "bestaat.niet"
    with pytest.raises((SystemCheckError, ModuleNotFoundError)):
        migrate()


def test_verify_looks_at_the_chains_and_names_the_missing_triggers(rows, without_triggers):
    assert verify_gebeurtenissen.Command.requires_system_checks == []
    assert run()[0] == 0
    with without_triggers():
        code, out = run()
        assert (code, out.splitlines()) == (1, [f"de trigger {name} ontbreekt: migrate zet hem terug" for name in ALL])
        Notitie.objects.filter(pk=rows[Notitie].pk).update(tekst="anders")
        code, out = run()
    assert (code, len(out.splitlines())) == (1, 1 + len(ALL))
    assert out.splitlines()[0].endswith(f"notitie {rows[Notitie].pk}: de tekst werd gewijzigd")


def test_installing_twice_is_harmless(db):
    install_triggers()
    install_triggers()
    assert missing_triggers() == []


@pytest.mark.parametrize("model", PROTECTED)
def test_check_reports_each_missing_trigger(db, model):
    table = model._meta.db_table
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    sql(f'DROP TRIGGER "{table}_no_delete"{on}')
    assert [(error.id, f"{table}_no_delete" in error.msg) for error in check_triggers(None)] == [
        ("dossiers.E001", True)
    ]
    with pytest.raises(SystemCheckError, match=table):
        call_command("check")


@postgresql_only
def test_check_reports_a_trigger_that_is_switched_off(db):
    sql("ALTER TABLE dossiers_notitie DISABLE TRIGGER dossiers_notitie_no_update")
    assert missing_triggers() == ["dossiers_notitie_no_update"]


def test_check_has_no_complaint_when_all_is_well(db):
    assert check_triggers(None) == []
