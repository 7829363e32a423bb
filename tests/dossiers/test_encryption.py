"""What is encrypted cannot be read in the database, nor in the older versions kept of it; keys rotate."""

import pytest
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection

from dossiers.actions import change_row
from dossiers.fields import EncryptedTextField, decrypt, encrypt
from dossiers.models import Betrokkene, Revisie
from stap5.actions import add_item
from stap5.models import Grenzencheck

pytestmark = pytest.mark.both


def raw(model, pk, column):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}" WHERE id = %s', [pk])
        return cursor.fetchone()[0]


def test_these_fields_are_encrypted():
    found = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    }
    assert found >= {"betrokkene.telefoon", "betrokkene.adres", "verblijf.plek", "grenzencheck.gevoel"}


def test_the_column_holds_no_readable_text(gezin):
    for column, text in (("telefoon", "0470"), ("adres", "Kerkstraat")):
        assert text in getattr(Betrokkene.objects.get(pk=gezin.sara.pk), column)
        assert text not in raw(Betrokkene, gezin.sara.pk, column)


def test_what_somebody_felt_is_not_readable_in_the_column(plan, assistent):
    data = {"uitkomst": "overleg", "gevoel": "Ik ben bang voor hem.", "vraag": "Ga je mee naar hem?"}
    check = add_item(Grenzencheck, plan, data, by=assistent)
    assert "bang" not in raw(Grenzencheck, check.pk, "gevoel")
    assert "hem" not in raw(Grenzencheck, check.pk, "vraag")


def test_equal_texts_give_different_tokens():
    assert encrypt("0470 12 34 56") != encrypt("0470 12 34 56")


def test_an_empty_text_stays_empty(gezin):
    assert raw(Betrokkene, gezin.lina.pk, "telefoon") == ""


def test_the_older_version_keeps_the_token(gezin, assistent):
    change_row(gezin.sara, {"telefoon": "0499 99 99 99"}, versie=1, by=assistent)
    text = Revisie.objects.get(sleutel=gezin.sara.sleutel).tekst
    assert "0470" not in text
    assert "Kerkstraat" not in text
    assert "De Bruyn" in text


def test_the_journal_and_the_record_do_not_repeat_a_number(gezin, dossier, assistent):
    change_row(gezin.sara, {"telefoon": "0499 99 99 99"}, versie=1, by=assistent)
    texts = [row.tekst for row in [*dossier.notities.all(), *dossier.gebeurtenissen.all()]]
    assert not [text for text in texts if "0499" in text or "0470" in text]


def test_keys_rotate(gezin, settings):
    old = settings.FIELD_KEYS[0]
    settings.FIELD_KEYS = ["nieuw", old]
    assert Betrokkene.objects.get(pk=gezin.sara.pk).telefoon == "0470 12 34 56"
    Betrokkene.objects.get(pk=gezin.sara.pk).save()
    settings.FIELD_KEYS = ["nieuw"]
    assert Betrokkene.objects.get(pk=gezin.sara.pk).telefoon == "0470 12 34 56"
    with pytest.raises(InvalidToken):
        decrypt(raw(Betrokkene, gezin.oma.pk, "telefoon"))


def test_without_the_key_nothing_is_read(gezin, settings):
    settings.FIELD_KEYS = ["een andere"]
    with pytest.raises(InvalidToken):
        Betrokkene.objects.get(pk=gezin.sara.pk)


def test_an_encrypted_field_cannot_be_searched(gezin):
    with pytest.raises(FieldError):
        Betrokkene.objects.filter(telefoon="0470 12 34 56")
