"""A key of FIELD_KEYS can be retired: only the wraps of the data keys change, and everything still reads."""

import json
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from dossiers import keys
from dossiers.actions import change_row
from dossiers.fields import decrypt, encrypt
from dossiers.keys import Unreadable, ensure_data_key, make_data_key, rewrap_data_keys
from dossiers.models import Betrokkene, Datasleutel, Revisie, Rij, Verblijf
from dossiers.triggers import drop_triggers
from partners.actions.overleg import save_sheet
from stap5.actions.nazicht import ask_nazicht, withdraw_nazicht
from stap5.models import Grenzencheck
from tests.dossiers.test_concurrency import errors, together
from tests.tokens import contents, encrypted_fields, read_tokens

pytestmark = pytest.mark.both

OLD = list(django_settings.FIELD_KEYS)
BOTH = ["nieuw", *OLD]


@pytest.fixture(autouse=True)
def _opened_by_no_test_before():
    keys.forget()
    yield
    keys.forget()


@pytest.fixture
def only(settings):
    """`only("nieuw")`: a process that starts with these FIELD_KEYS."""

    def start(*field_keys):
        settings.FIELD_KEYS = list(field_keys)
        keys.forget()

    return start


def rotate(**options):
    """(what the command prints, what it says)."""
    out, talk = StringIO(), StringIO()
    call_command("rotate_field_keys", stdout=out, stderr=talk, **options)
    return out.getvalue().strip(), talk.getvalue()


def change(person, number, by):
    row = Betrokkene.objects.get(pk=person.pk)
    return change_row(row, {"telefoon": number}, versie=row.versie, by=by)


@pytest.fixture
def written(alles, plan, nazicht, assistent):
    """A known text in each encrypted field, saved twice through its own action so that an older version holds one too,
    under two data keys; and a version of the plan."""
    rows = {Betrokkene: alles["betrokkenen"], Verblijf: alles["verblijven"], Grenzencheck: alles["grenzen"]}
    for when in ("eerst", "nu"):
        for model, row in rows.items():
            data = {name: f"{when} {name}" for owner, name in encrypted_fields() if owner is model}
            rows[model] = change_row(row, data, versie=row.versie, by=assistent)
        make_data_key()
    save_sheet(alles["overleg"], "nu blad", versie=1, by=assistent)
    withdraw_nazicht(nazicht, {"reden": "Toch niet."}, by=assistent)
    ask_nazicht(plan, {}, by=assistent)


def known(model, name):
    """A text that one row of each encrypted field holds, read through its model."""
    texts = [text for text in model._base_manager.values_list(name, flat=True) if text]
    if not issubclass(model, Rij):  # a version of the plan: everything in one text
        return any("nu telefoon" in text and json.loads(text) for text in texts)
    return f"nu {name}" in texts


# The old key goes


def test_after_a_rotation_every_model_reads_without_the_old_key(written, only):
    fields = encrypted_fields()
    assert [field for field in fields if not known(*field)] == []
    only(*BOTH)
    assert rotate()[0] == "3"
    only("nieuw")
    assert [field for field in fields if not known(*field)] == []
    only(*OLD)
    for model, name in fields:
        with pytest.raises(Unreadable, match="No key of FIELD_KEYS"):
            known(model, name)


def test_every_token_in_the_database_reads_and_nothing_but_the_wraps_changed(written, only):
    only(*BOTH)
    before = contents()
    texts = read_tokens(before)
    columns = {(model._meta.db_table, model._meta.get_field(name).column) for model, name in encrypted_fields()}
    assert set(texts) == columns | {(Revisie._meta.db_table, "tekst")}
    rotate()
    only("nieuw")
    after = contents()
    assert read_tokens(after) == texts
    wraps = before.pop("dossiers_datasleutel"), after.pop("dossiers_datasleutel")
    assert after == before
    for was, now in zip(*wraps, strict=True):
        assert was.pop("verpakt") != now.pop("verpakt")
        assert was == now


def test_an_older_version_holds_what_was_written_first(written, only):
    only(*BOTH)
    rotate()
    only("nieuw")
    older = read_tokens(contents())[Revisie._meta.db_table, "tekst"]
    of_rows = [name for model, name in encrypted_fields() if issubclass(model, Rij)]
    expected = {f"eerst {name}" for name in of_rows if name != "blad"}  # a sheet is kept in no older version
    assert expected <= set(older)
    assert not [text for text in older if "blad" in text]


def test_a_second_run_finds_nothing_to_do(written, only):
    only(*BOTH)
    rotate()
    before = contents()
    printed, talk = rotate()
    assert printed == "0"
    assert "0 of 3 data keys" in talk
    assert contents() == before


def test_halfway_everything_reads_with_both_keys_and_a_second_run_finishes(written, only):
    only(*BOTH)
    texts = read_tokens(contents())
    steps = rewrap_data_keys()
    next(steps)
    steps.close()
    keys.forget()
    assert read_tokens(contents()) == texts
    for one in ("nieuw", *OLD):
        only(one)
        with pytest.raises(Unreadable):
            read_tokens(contents())
    only(*BOTH)
    assert rotate()[0] == "2"
    only("nieuw")
    assert read_tokens(contents()) == texts


def test_a_new_data_key_encrypts_from_then_on_and_the_old_ones_read(gezin, only):
    old = encrypt("oud")
    only(*BOTH)
    rotate(new_data_key=True)
    only("nieuw")
    new = encrypt("nieuw")
    assert new[:8] != old[:8]
    assert new[:8] == Datasleutel.objects.last().naam
    assert (decrypt(old), decrypt(new)) == ("oud", "nieuw")


# What is wrong is said


@pytest.mark.parametrize("options", [{}, {"new_data_key": True}])
def test_a_wrap_that_fits_no_key_stops_before_anything_changes(written, only, options):
    make = Datasleutel.objects.create
    row = make(verpakt=keys._wrapper(("weg",)).encrypt(b"x").decode())
    only(*BOTH)
    before = contents()
    with pytest.raises(CommandError, match=rf"opens data key {row.naam}.*Nothing was changed") as refused:
        rotate(**options)
    assert refused.value.returncode == 2
    assert contents() == before


def test_without_a_data_key_the_command_says_to_migrate(db):
    Datasleutel.objects.all().delete()
    with pytest.raises(CommandError, match=r"manage\.py migrate") as refused:
        rotate(new_data_key=True)
    assert refused.value.returncode == 2
    with pytest.raises(Unreadable, match=r"manage\.py migrate"):
        encrypt("x")


def test_a_page_without_the_key_is_our_fault_and_the_log_says_why_without_secrets(
    gezin, dossier, assistent, client_for, only, caplog
):
    client = client_for(assistent)
    client.raise_request_exception = False
    address = f"/dossiers/{dossier.kenmerk}/betrokkenen/"
    assert client.get(address).status_code == 200
    only("verkeerde sleutel")
    response = client.get(address)
    assert response.status_code == 500
    assert "Dit ligt aan ons" in response.content.decode()
    assert "No key of FIELD_KEYS opens data key" in caplog.text
    for secret in ("verkeerde sleutel", *OLD, "0470", "gAAAAA", Datasleutel.objects.get().verpakt):
        assert secret not in caplog.text


# One process and another


def test_a_process_learns_of_a_data_key_that_another_made(db, settings, monkeypatch, django_assert_num_queries):
    stale = keys.ring()
    make_data_key()
    token = encrypt("van elders")
    monkeypatch.setitem(keys._rings, tuple(settings.FIELD_KEYS), stale)
    with django_assert_num_queries(1):
        assert decrypt(token) == "van elders"
    with django_assert_num_queries(0):
        assert decrypt(token) == "van elders"
        assert encrypt("hier")[:8] == token[:8]


def test_a_process_asks_for_the_keys_once(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        token = encrypt("x")
        assert decrypt(token) == decrypt(encrypt("x")) == "x"


def test_migrate_makes_a_data_key_once_and_forgets_what_was_opened(db, settings, monkeypatch):
    (name,) = Datasleutel.objects.values_list("naam", flat=True)
    gone = keys.Ring("0f0f0f0f", {"0f0f0f0f": keys.ring().ciphers[name]})
    monkeypatch.setitem(keys._rings, tuple(settings.FIELD_KEYS), gone)
    call_command("migrate", verbosity=0)
    assert Datasleutel.objects.get().naam == name
    assert encrypt("x")[:8] == name


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_has_another_data_key():
    old = encrypt("x")
    drop_triggers()
    call_command("flush", interactive=False, verbosity=0)
    new = encrypt("x")
    assert new[:8] == Datasleutel.objects.get().naam != old[:8]
    with pytest.raises(Unreadable, match="names no data key"):
        decrypt(old)


@pytest.mark.django_db(transaction=True)
def test_two_migrates_at_once_leave_a_database_that_reads():
    Datasleutel.objects.all().delete()
    results = together(*[lambda: ensure_data_key("default")] * 2)
    assert errors(results) == []
    assert Datasleutel.objects.exists()
    assert decrypt(encrypt("x")) == "x"


@pytest.mark.django_db(transaction=True)
def test_people_write_while_keys_rotate(gezin, assistent, only):
    only(*BOTH)

    def write(person):
        for number in range(15):
            change(person, f"0470 {number}", assistent)

    def turn():
        return [rotate(new_data_key=True)[0] for _ in range(3)]

    results = together(lambda: write(gezin.sara), lambda: write(gezin.oma), turn, turn)
    assert errors(results) == []
    only("nieuw")
    read = read_tokens(contents())
    assert len(Datasleutel.objects.all()) == 7
    assert read["dossiers_betrokkene", "telefoon"] == ["0470 14"] * 2
    older = [text for text in read["dossiers_revisie", "tekst"] if text.startswith("0470 ") and len(text) < 8]
    assert sorted(older) == sorted(f"0470 {number}" for number in [*range(14)] * 2)
