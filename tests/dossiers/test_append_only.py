"""Append-only is held by the database itself, whoever asks and however."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction

from dossiers.actions import erase_text, hide_notitie
from dossiers.actions.journaal import add_notitie
from dossiers.audit import verify
from dossiers.checks import check_triggers
from dossiers.models import Gebeurtenis, Gewist, Notitie, NotitieAfscherming, NotitiePersoon, Revisie
from dossiers.triggers import append_only_models, install_triggers, missing_triggers

pytestmark = pytest.mark.both

PROTECTED = append_only_models()
sqlite_only = pytest.mark.skipif("sqlite" not in connection.settings_dict["ENGINE"], reason="a statement of SQLite")
postgresql_only = pytest.mark.skipif("postgresql" not in connection.settings_dict["ENGINE"], reason="of PostgreSQL")


@pytest.fixture
def rows(dossier, gezin, assistent):
    """One row in each append-only table of the dossier."""
    today = dossier.created_at.date()
    data = {"soort": "telefoon", "gebeurd_op": today, "tekst": "Gebeld.", "over": [gezin.lina]}
    notitie = add_notitie(dossier, data, by=assistent)
    hide_notitie(notitie, {"reden": "Verkeerd dossier."}, by=assistent)
    revisie = {"model": "zorg", "sleutel": "x", "versie": 1, "tekst": "{}"}
    Revisie.objects.create(dossier=dossier, created_by=assistent, **revisie)
    return {model: model._base_manager.latest("pk") for model in PROTECTED if model._base_manager.exists()}


def refused(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def other_value(field):
    return "anders" if field.get_internal_type() in ("TextField", "CharField") else 99


def test_these_tables_are_append_only():
    assert {Gebeurtenis, Notitie, NotitieAfscherming, NotitiePersoon, Revisie} <= set(PROTECTED)


@pytest.mark.parametrize("model", [Gebeurtenis, Notitie, NotitieAfscherming, NotitiePersoon, Revisie])
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
@pytest.mark.parametrize("model", [Gebeurtenis, Notitie, NotitieAfscherming, NotitiePersoon, Revisie])
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
    assert Notitie.objects.filter(sleutel=row.sleutel).get().tekst == "Gebeld."


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


@pytest.mark.parametrize("model", [Gebeurtenis, Notitie, NotitieAfscherming, Revisie])
def test_erasure_is_the_one_update_let_through(rows, model):
    row = rows[model]
    before = model._base_manager.filter(pk=row.pk).values().get()
    assert (
        erase_text(row) if hasattr(row, "dossier") else model.objects.filter(pk=row.pk).update(tekst="", gewist_op=NOW)
    )
    after = model._base_manager.filter(pk=row.pk).values().get()
    assert after["tekst"] == ""
    assert after["gewist_op"] is not None
    assert {name for name in before if before[name] != after[name]} == {"tekst", "gewist_op"}
    assert verify()[2] == ""


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
    erase_text(rows[Notitie])
    refused(lambda: Notitie.objects.filter(pk=rows[Notitie].pk).update(**change))


def test_erasure_is_only_for_tables_with_a_text():
    assert {model for model in PROTECTED if not issubclass(model, Gewist)} <= {NotitiePersoon}


def test_the_triggers_are_there_after_another_migrate(without_triggers):
    """SQLite rebuilds a table without a word about its triggers: every migrate puts them back."""
    with without_triggers():
        assert set(missing_triggers()) == {model._meta.db_table for model in PROTECTED}
        call_command("migrate", verbosity=0)
        assert missing_triggers() == []


def test_installing_twice_is_harmless(db):
    install_triggers()
    install_triggers()
    assert missing_triggers() == []


@pytest.mark.parametrize("model", PROTECTED)
def test_check_reports_each_missing_trigger(db, model):
    table = model._meta.db_table
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    sql(f'DROP TRIGGER "{table}_no_delete"{on}')
    assert [(error.id, table in error.msg) for error in check_triggers(None)] == [("dossiers.E001", True)]
    with pytest.raises(SystemCheckError, match=table):
        call_command("check")


@postgresql_only
def test_check_reports_a_trigger_that_is_switched_off(db):
    sql("ALTER TABLE dossiers_notitie DISABLE TRIGGER dossiers_notitie_no_update")
    assert missing_triggers() == ["dossiers_notitie"]


def test_check_has_no_complaint_when_all_is_well(db):
    assert check_triggers(None) == []
