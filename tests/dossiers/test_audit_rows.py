"""The chain of a dossier covers its notes, older contents, versions and steps: an altered one is found."""

import json
from datetime import date, datetime
from threading import Event, Thread
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dossiers.actions import erase_text
from dossiers.audit import record, verify
from dossiers.fields import EncryptedTextField
from dossiers.models import Gebeurtenis, Notitie, NotitieAfscherming, Revisie, Soort
from dossiers.seal import ERASABLE, Stored, read_inhoud
from partners.models import Doorverwijzingstap
from stap5.models import Planversie, Stappenplan
from tests.dossiers.kettingen import COVERED, bare_dossier, cover, make_covered, make_note, make_rows, run

pytestmark = pytest.mark.both

BY_KIND = pytest.mark.parametrize("model", COVERED, ids=lambda model: model.__name__)
COLUMNS = [
    pytest.param(model, field, id=f"{model.__name__}.{field.name}")
    for model in COVERED
    for field in model._meta.concrete_fields
    if field.name not in (*ERASABLE, "id")
]


@pytest.fixture
def dossier(assistent):
    return bare_dossier(assistent)


@pytest.fixture
def rows(dossier, assistent):
    return make_covered(dossier, assistent)


@pytest.fixture
def tampering(without_triggers):
    with without_triggers():
        yield


def change(row, **values):
    """Past the ORM's own conversions of an encrypted text."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        for column, value in values.items():
            cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [value, row.pk])


def fault_of(row):
    """What the first line of the command says of this row."""
    code, out = run()
    where = f"dossier/{row.in_dossier().kenmerk}: {row._meta.model_name} {row.pk}: "
    assert (code, out[: len(where)]) == (1, where)
    return out.splitlines()[0].removeprefix(where)


def test_these_rows_are_covered():
    assert set(COVERED) == {Notitie, NotitieAfscherming, Revisie, Planversie, Doorverwijzingstap}


def test_rows_that_are_what_they_were_verify(rows):
    code, out = run()
    assert (code, out.split()[0]) == (0, str(Gebeurtenis.objects.count()))


@BY_KIND
def test_a_row_that_no_entry_covers_is_found(dossier, assistent, model):
    rows = make_rows(dossier, assistent)
    row = rows.pop(model)
    cover(*rows.values(), rows[NotitieAfscherming].notitie if NotitieAfscherming in rows else row.notitie, by=assistent)
    assert fault_of(row) == "staat niet in de ketting"


@BY_KIND
def test_an_altered_text_is_found(rows, model, tampering):
    change(rows[model], tekst="iets anders")
    assert fault_of(rows[model]) == "de tekst werd gewijzigd"


@BY_KIND
def test_an_emptied_text_is_found(rows, model, tampering):
    change(rows[model], tekst="")
    assert fault_of(rows[model]) == "de tekst werd gewijzigd"


def _other_row(field, row):
    """Another one that a row of this kind could point to, covered itself."""
    other = bare_dossier(row.created_by)
    if field.name == "plan":
        return Stappenplan.objects.create(dossier=other, created_by=row.created_by)
    rows = make_covered(other, row.created_by)
    others = {"dossier": other, "doorverwijzing": rows[Doorverwijzingstap].doorverwijzing}
    return others.get(field.name, rows[Notitie])


def other_value(field, row, collega):
    """Something else that this column could hold."""
    if field.is_relation:
        return collega.pk if field.name == "created_by" else _other_row(field, row).pk
    value = getattr(row, field.name)
    if isinstance(value, datetime | date):
        return value.replace(year=2020)
    if isinstance(value, UUID):
        return UUID(int=7).hex if connection.vendor == "sqlite" else str(UUID(int=7))
    return value + 1 if isinstance(value, int) else f"{value}x"[-8:]


@pytest.mark.parametrize(("model", "field"), COLUMNS)
def test_an_altered_column_is_found(rows, collega, tampering, model, field):
    row = rows[model]
    values = {field.column: other_value(field, row, collega)}
    if field.name == "door":
        values = {"created_by_id": None} | values
        with connection.constraint_checks_disabled() if connection.vendor == "sqlite" else transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**values)
    else:
        change(row, **values)
    assert f": {row._meta.model_name} {row.pk}: " in verify().fault


@BY_KIND
def test_a_row_that_went_is_found(rows, model, tampering):
    row = rows[model]
    model._base_manager.filter(pk=row.pk)._raw_delete(using="default")
    assert fault_of(row) == "ontbreekt"


def test_a_digest_altered_in_the_entry_breaks_its_link(rows, dossier, tampering):
    entry = dossier.gebeurtenissen.last()
    seals = read_inhoud(entry.inhoud)
    seals[0][3] = "0" * 64
    Gebeurtenis.objects.filter(pk=entry.pk).update(inhoud=json.dumps(seals))
    assert verify().fault.endswith(f"gebeurtenis {entry.pk}: de schakel klopt niet")


def test_a_row_is_covered_by_the_chain_of_its_own_dossier(dossier, assistent):
    note = make_note(bare_dossier(assistent), assistent)
    for elsewhere in (dossier, None):
        with pytest.raises(ValueError, match="own dossier"), transaction.atomic():
            record(Soort.GEMAAKT, "notitie", by=assistent, dossier=elsewhere, inhoud=[note])


def test_the_first_entry_about_a_row_is_the_one_that_counts(rows, assistent, tampering):
    change(rows[Notitie], tekst="iets anders")
    cover(rows[Notitie], by=assistent)
    assert fault_of(rows[Notitie]) == "de tekst werd gewijzigd"


def test_no_word_of_a_text_stands_in_the_chain(rows, dossier):
    for entry in dossier.gebeurtenissen.all():
        assert "Sara" not in entry.inhoud
        assert "Elders" not in entry.inhoud


def test_equal_texts_do_not_show(dossier, assistent):
    entry = cover(make_note(dossier, assistent, "Zelfde."), make_note(dossier, assistent, "Zelfde."), by=assistent)
    one, other = read_inhoud(entry.inhoud)
    assert one[3] != other[3]


def test_a_column_that_comes_later_leaves_older_digests_as_they_are():
    row = Stored(1, "notitie", 1, {"soort": "telefoon", "bron": "", "corrigeert_id": None}, "x", None)
    assert row.columns_digest == row._replace(columns={"soort": "telefoon", "later": ""}).columns_digest
    assert row.columns_digest != row._replace(columns={"soort": "telefoon", "later": "ja"}).columns_digest


# Encrypted texts count as what is stored


def test_other_keys_change_nothing(rows, settings):
    settings.FIELD_KEYS = ["een-heel-andere-sleutel"]
    assert run()[0] == 0


def test_a_version_encrypted_anew_is_another_row(rows, tampering):
    """The same words under another token: only somebody who goes past the triggers writes that."""
    assert isinstance(Planversie._meta.get_field("tekst"), EncryptedTextField)
    Planversie.objects.filter(pk=rows[Planversie].pk).update(tekst="{}")
    assert fault_of(rows[Planversie]) == "de tekst werd gewijzigd"


# Erasure


@BY_KIND
def test_an_erased_text_leaves_all_whole_and_is_counted(rows, model, assistent):
    assert erase_text(rows[model], reden="bewaartermijn", by=assistent)
    code, out = run()
    assert (code, "1 teksten gewist" in out) == (0, True)
    entry = Gebeurtenis.objects.latest("pk")
    assert (entry.soort, entry.model, entry.sleutel) == (Soort.GEWIST, model._meta.model_name, str(rows[model].pk))
    assert (entry.created_by, entry.tekst, entry.dossier) == (assistent, "bewaartermijn", rows[model].in_dossier())


@BY_KIND
def test_a_text_blanked_through_the_triggers_is_found(rows, model):
    assert model._base_manager.filter(pk=rows[model].pk).update(tekst="", gewist_op=timezone.now()) == 1
    assert "zegt niet wie hem wiste en waarom" in fault_of(rows[model])


def name_erasure(row, dossier, by, *, tekst="bewaartermijn"):
    record(Soort.GEWIST, tekst, by=by, dossier=dossier, what=row, sleutel=str(row.pk))


def blank(row):
    type(row)._base_manager.filter(pk=row.pk).update(tekst="", gewist_op=timezone.now())


def test_an_erasure_without_a_reason_does_not_count(rows, dossier, assistent):
    with pytest.raises(ValueError, match="why"), transaction.atomic():
        erase_text(rows[Notitie], reden=" ")
    blank(rows[Notitie])
    name_erasure(rows[Notitie], dossier, assistent, tekst="")
    assert "waarom" in fault_of(rows[Notitie])


def test_an_erasure_in_another_chain_does_not_count(rows, assistent):
    blank(rows[Notitie])
    name_erasure(rows[Notitie], bare_dossier(assistent), assistent)
    assert "waarom" in fault_of(rows[Notitie])


def test_an_erasure_from_before_the_row_does_not_count(dossier, assistent):
    note = make_note(dossier, assistent)
    name_erasure(note, dossier, assistent)
    cover(note, by=assistent)
    blank(note)
    assert "waarom" in fault_of(note)


def test_an_erasure_of_another_row_does_not_count(rows, dossier, assistent):
    blank(rows[Notitie])
    name_erasure(rows[NotitieAfscherming].notitie, dossier, assistent)
    assert run()[0] == 1


@BY_KIND
def test_after_erasure_the_other_columns_still_count(rows, model, collega, without_triggers):
    erase_text(rows[model], reden="bewaartermijn")
    with without_triggers():
        change(rows[model], created_by_id=collega.pk)
    assert fault_of(rows[model]) == "werd gewijzigd"


@BY_KIND
def test_a_text_put_back_after_erasure_is_found(rows, model, without_triggers):
    before = rows[model]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT tekst FROM "{model._meta.db_table}" WHERE id = %s', [before.pk])
        (tekst,) = cursor.fetchone()
    erase_text(before, reden="bewaartermijn")
    with without_triggers():
        change(before, tekst=tekst, gewist_op=None)
    assert fault_of(before) == "de ketting zegt dat de tekst gewist is, en hij staat er nog"


def test_a_text_put_back_beside_its_stamp_of_erasure_is_found(rows, without_triggers):
    erase_text(rows[Notitie], reden="bewaartermijn")
    with without_triggers():
        change(rows[Notitie], tekst="Gebeld met Sara.")
    assert fault_of(rows[Notitie]) == "de tekst werd gewijzigd"


# What it costs


def queries_of(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_verifying_asks_as_much_of_many_notes_and_dossiers_as_of_few(rows, dossier, assistent):
    few = queries_of(verify)
    cover(*[make_note(dossier, assistent) for _ in range(30)], by=assistent)
    for _ in range(12):
        make_covered(bare_dossier(assistent), assistent)
    assert queries_of(verify) == few
    assert run()[0] == 0


def test_an_entry_is_added_in_three_queries_the_lock_first(rows, dossier, assistent):
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    assert [query["sql"].split()[0] for query in queries] == ["SELECT", "INSERT", "UPDATE"]
    if connection.vendor == "postgresql":
        assert queries[0]["sql"].endswith("FOR NO KEY UPDATE")


def test_rows_are_read_back_before_the_lock(dossier, assistent):
    note = make_note(dossier, assistent)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        cover(note, by=assistent)
    tables = [
        table for query in queries for table in ("notitie", "ketting") if f'FROM "dossiers_{table}"' in query["sql"]
    ]
    assert tables == ["notitie", "ketting"]


@pytest.mark.django_db(transaction=True)
def test_a_fault_leaves_the_connection_as_it_was(dossier, assistent, without_triggers):
    """Outside any transaction of ours: the one of the look is over, with all that it still had to read."""
    make_note(dossier, assistent)
    assert "staat niet in de ketting" in run()[1]
    with without_triggers():
        Gebeurtenis.objects.update(tekst="x")
        assert "gewijzigd" in run()[1]
    record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    assert dossier.gebeurtenissen.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_chain_that_grows_meanwhile_is_not_told_as_broken(dossier, assistent):
    stop, wrong = Event(), []

    def look():
        while not stop.is_set():
            wrong.append(verify().fault)
        connections.close_all()

    looking = Thread(target=look)
    looking.start()
    try:
        for number in range(60):
            with transaction.atomic():
                cover(make_note(dossier, assistent, f"Notitie {number}"), by=assistent)
    finally:
        stop.set()
        looking.join(timeout=60)
    assert not looking.is_alive()
    assert len(wrong) > 1
    assert set(wrong) == {""}
    assert run()[0] == 0
