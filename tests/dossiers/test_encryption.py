"""What is encrypted cannot be read in the database, nor in the older versions kept of it."""

import pytest
from django.core.exceptions import FieldError

from dossiers.actions import change_row
from dossiers.fields import decrypt, encrypt
from dossiers.keys import Unreadable
from dossiers.models import Betrokkene, Datasleutel, Revisie
from stap5.actions import add_item
from stap5.models import Grenzencheck
from tests.tokens import encrypted_fields, raw

pytestmark = [pytest.mark.both, pytest.mark.quick]


def test_these_fields_are_encrypted():
    found = {f"{model._meta.model_name}.{name}" for model, name in encrypted_fields()}
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


def test_equal_texts_give_different_tokens(db):
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


def test_a_token_names_its_data_key(gezin):
    naam, _, sealed = raw(Betrokkene, gezin.sara.pk, "telefoon").partition(":")
    assert naam == Datasleutel.objects.get().naam
    assert decrypt(f"{naam}:{sealed}") == "0470 12 34 56"


@pytest.mark.parametrize("text", ["Kerkstraat 1: links", "gAAAAABx", "0f0f0f0f:gAAAAABx", "0470"])
def test_what_names_no_data_key_is_said_and_not_repeated(db, text):
    with pytest.raises(Unreadable, match="names no data key") as refused:
        decrypt(text)
    assert text.partition(":")[0] not in str(refused.value)


def test_a_token_that_was_tampered_with_is_said_and_not_repeated(db):
    naam, _, sealed = encrypt("Kerkstraat 1").partition(":")
    for wrong in ("", "x", "é", sealed[:-8] + "AAAAAA=="):
        with pytest.raises(Unreadable, match=rf"^A text does not fit data key {naam}\.$"):
            decrypt(f"{naam}:{wrong}")


def test_without_the_key_nothing_is_read(gezin, settings):
    settings.FIELD_KEYS = ["een andere"]
    with pytest.raises(Unreadable, match="No key of FIELD_KEYS"):
        Betrokkene.objects.get(pk=gezin.sara.pk)


def test_an_encrypted_field_cannot_be_searched(gezin):
    with pytest.raises(FieldError):
        Betrokkene.objects.filter(telefoon="0470 12 34 56")
