"""`verify_gebeurtenissen` passes on a real history and finds every way of tampering with it."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError
from django.db import transaction

from dossiers.actions import close_dossier, erase_text
from dossiers.audit import record, verify
from dossiers.models import Gebeurtenis, Ketting, Soort
from tests import factories
from tests.architecture.source import ROOT
from tests.dossiers.kettingen import bare_dossier, cover, make_note, run

pytestmark = [pytest.mark.both, pytest.mark.quick]


@pytest.fixture
def dossier(assistent):
    return bare_dossier(assistent)


@pytest.fixture
def history(dossier, assistent, collega):
    """Notes, reads, a refusal. The entries of the dossier's chain, oldest first."""
    for _ in range(4):
        record(Soort.GELEZEN, "inzage", by=assistent, dossier=dossier)
        cover(make_note(dossier, assistent), by=assistent)
    record(Soort.GEWEIGERD, "dossier", by=collega, sleutel=dossier.kenmerk)
    record(Soort.BEHEER, "iets zonder dossier", by=None)
    return list(Gebeurtenis.objects.filter(dossier=dossier).order_by("volgnummer"))


@pytest.fixture
def tampering(without_triggers):
    with without_triggers():
        yield


def broken_at(entry=None):
    code, out = run()
    assert code == 1
    if entry is not None:
        assert f"gebeurtenis {entry.pk}:" in out
    return out


def test_a_history_verifies(history):
    code, out = run()
    assert (code, out.split()[0]) == (0, str(Gebeurtenis.objects.count()))
    assert "0 teksten gewist" in out
    assert len(history) > 8


def test_an_empty_database_verifies(db):
    assert run()[0] == 0


def test_an_altered_text_is_found(history, tampering):
    Gebeurtenis.objects.filter(pk=history[4].pk).update(tekst="iets anders")
    assert "tekst" in broken_at(history[4])


def test_a_text_emptied_without_the_stamp_of_erasure_is_found(history, tampering):
    Gebeurtenis.objects.filter(pk=history[4].pk).update(tekst="")
    broken_at(history[4])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("soort", "geweigerd"),
        ("model", "betrokkene2"),
        ("sleutel", "x"),
        ("tekst_digest", "0" * 64),
        ("inhoud", ""),
        ("inhoud", "[]"),
        ("schakel", "0" * 64),
        ("created_by_id", None),
        ("dossier_id", None),
    ],
)
def test_an_altered_column_is_found(history, tampering, column, value):
    Gebeurtenis.objects.filter(pk=history[4].pk).update(**{column: value})
    broken_at(history[4])


def test_an_altered_author_is_found(history, tampering, collega):
    Gebeurtenis.objects.filter(pk=history[4].pk).update(created_by=collega)
    broken_at(history[4])


def test_an_altered_moment_is_found(history, tampering):
    moment = history[4].created_at.replace(year=2020)
    Gebeurtenis.objects.filter(pk=history[4].pk).update(created_at=moment)
    broken_at(history[4])


def test_every_column_of_an_entry_is_sealed_or_known_not_to_be():
    """A new column has to enter the link, or this list with its reason."""
    sealed = {
        "volgnummer",
        "dossier",
        "created_at",
        "created_by",
        "soort",
        "model",
        "sleutel",
        "tekst_digest",
        "inhoud",
        "schakel",
    }
    otherwise = {"id", "ketting", "tekst", "gewist_op"}  # by the order, the chain's name, the digest, the triggers
    assert {field.name for field in Gebeurtenis._meta.concrete_fields} == sealed | otherwise


def test_a_removed_entry_is_found(history, tampering):
    Gebeurtenis.objects.filter(pk=history[4].pk).delete()
    assert "ontbreekt" in broken_at(history[5])


def test_a_removed_entry_with_the_rest_renumbered_is_found(history, tampering):
    Gebeurtenis.objects.filter(pk=history[4].pk).delete()
    for entry in history[5:]:
        Gebeurtenis.objects.filter(pk=entry.pk).update(volgnummer=entry.volgnummer - 1)
    broken_at(history[5])


def test_an_inserted_entry_is_found(history, tampering):
    forged = history[-1]
    forged.pk, forged.volgnummer = None, forged.volgnummer + 1
    forged.save(force_insert=True)
    Ketting.objects.filter(pk=forged.ketting_id).update(lengte=forged.volgnummer, kop=forged.schakel)
    broken_at(forged)


def test_reordered_entries_are_found(history, tampering):
    first, second = history[3].volgnummer, history[4].volgnummer
    Gebeurtenis.objects.filter(pk=history[3].pk).update(volgnummer=99_999)
    Gebeurtenis.objects.filter(pk=history[4].pk).update(volgnummer=first)
    Gebeurtenis.objects.filter(pk=history[3].pk).update(volgnummer=second)
    broken_at(history[4])


def test_an_entry_moved_to_another_chain_is_found(history, tampering):
    other = Ketting.objects.exclude(pk=history[0].ketting_id).first()
    Gebeurtenis.objects.filter(pk=history[-1].pk).update(ketting=other, volgnummer=other.lengte + 1)
    broken_at()


def test_a_truncated_tail_is_found(history, tampering):
    Gebeurtenis.objects.filter(pk=history[-1].pk).delete()
    assert f"{len(history)} gebeurtenissen verwacht, {len(history) - 1} gevonden" in broken_at()


def cut_tail(history):
    """The last entry gone and the head adjusted: no chain can show this by itself."""
    Gebeurtenis.objects.filter(pk=history[-1].pk).delete()
    before = history[-2]
    Ketting.objects.filter(pk=before.ketting_id).update(lengte=before.volgnummer, kop=before.schakel)


def make_anchor(tmp_path):
    anchor = tmp_path / "anker.json"
    assert run("--anker", anchor, "--nieuw-anker")[0] == 0
    return anchor


def test_a_truncated_tail_with_its_head_adjusted_is_found_by_the_anchor(
    dossier, assistent, collega, without_triggers, tmp_path
):
    record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    history = [*dossier.gebeurtenissen.all()]
    anchor = make_anchor(tmp_path)
    with without_triggers():
        cut_tail(history)
    assert run()[0] == 0
    kept = anchor.read_text()
    code, out = run("--anker", anchor)
    assert (code, f"het anker bij gebeurtenis {len(history)} klopt niet meer" in out) == (1, True)
    assert anchor.read_text() == kept


def test_a_chain_that_was_cut_and_grew_again_is_found_by_the_anchor(dossier, assistent, without_triggers, tmp_path):
    record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    history = [*dossier.gebeurtenissen.all()]
    anchor = make_anchor(tmp_path)
    with without_triggers():
        cut_tail(history)
    for _ in range(3):
        record(Soort.GELEZEN, "inzage", by=assistent, dossier=dossier)
    assert run()[0] == 0
    assert run("--anker", anchor)[0] == 1


def test_the_anchor_is_renewed_only_when_all_is_whole(history, assistent, dossier, without_triggers, tmp_path):
    anchor = make_anchor(tmp_path)
    before = json.loads(anchor.read_text())
    record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    with without_triggers():
        assert run("--anker", anchor)[0] == 1
    assert json.loads(anchor.read_text()) == before
    assert run("--anker", anchor)[0] == 0
    name = f"dossier/{dossier.kenmerk}"
    assert json.loads(anchor.read_text())[name][0] == before[name][0] + 1


@pytest.mark.parametrize("content", ["geen json", "[1]", "7", '{"systeem": 3}', '{"systeem": ["x", "y"]}'])
def test_an_anchor_that_cannot_be_read_is_said_as_could_not_run(db, tmp_path, content):
    anchor = tmp_path / "anker.json"
    anchor.write_text(content)
    with pytest.raises(CommandError) as error:
        run("--anker", anchor)
    assert error.value.returncode == 2


def test_an_anchor_that_is_not_there_is_never_made_unasked(history, tmp_path):
    anchor = tmp_path / "anker.json"
    with pytest.raises(CommandError) as error:
        run("--anker", anchor)
    assert (error.value.returncode, anchor.exists()) == (2, False)
    make_anchor(tmp_path)
    kept = anchor.read_text()
    for arguments in (("--anker", anchor, "--nieuw-anker"), ("--nieuw-anker",)):
        with pytest.raises(CommandError) as error:
            run(*arguments)
        assert error.value.returncode == 2
    assert anchor.read_text() == kept


def test_an_anchor_that_cannot_be_written_is_said_as_could_not_run(db, tmp_path):
    with pytest.raises(CommandError) as error:
        run("--anker", tmp_path / "nergens" / "anker.json", "--nieuw-anker")
    assert error.value.returncode == 2


def test_a_database_without_tables_is_said_as_could_not_run(tmp_path):
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/leeg.sqlite3"}
    command = [sys.executable, "manage.py", "verify_gebeurtenissen"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_whole_chain_removed_is_found_without_an_anchor(history, tampering, dossier):
    Gebeurtenis.objects.filter(dossier=dossier).delete()
    Ketting.objects.filter(naam=f"dossier/{dossier.kenmerk}").delete()
    assert "de ketting ontbreekt" in broken_at()


def test_a_whole_chain_emptied_with_its_head_is_found(assistent, tampering, dossier):
    Gebeurtenis.objects.filter(dossier=dossier).delete()
    Ketting.objects.filter(naam=f"dossier/{dossier.kenmerk}").update(lengte=0, kop="")
    assert "de ketting ontbreekt" in broken_at()


def test_a_whole_chain_emptied_with_its_head_left_is_found(history, tampering, dossier):
    Gebeurtenis.objects.filter(dossier=dossier).delete()
    assert f"{len(history)} gebeurtenissen verwacht, 0 gevonden" in broken_at()


def test_the_chain_of_a_user_removed_is_found_by_the_anchor(history, without_triggers, collega, tmp_path):
    anchor = make_anchor(tmp_path)
    with without_triggers():
        chain = Ketting.objects.get(naam=f"gebruiker/{collega.pk}")
        chain.gebeurtenissen.all().delete()
        chain.delete()
    assert run("--anker", anchor)[0] == 1


# Another key


def test_a_wrong_key_is_named_as_a_possibility_and_not_as_tampering(history, settings):
    settings.AUDIT_KEY = "een andere sleutel"
    code, out = run()
    assert (code, "misschien is AUDIT_KEY niet de sleutel van toen" in out) == (1, True)
    assert "gewijzigd" not in out


def test_with_the_right_key_a_broken_first_entry_is_told_as_it_is(history, tampering):
    Gebeurtenis.objects.filter(pk=Gebeurtenis.objects.order_by("ketting_id", "volgnummer").first().pk).update(tekst="x")
    assert "AUDIT_KEY" not in broken_at()


def test_no_entries_at_all_say_nothing_of_the_key(history, tampering):
    Gebeurtenis.objects.all().delete()
    assert "AUDIT_KEY" not in broken_at()


# Erasure of an entry's text


def test_an_erased_text_leaves_the_chain_whole_and_is_counted(history, dossier, assistent):
    assert erase_text(history[4], reden="bewaartermijn", by=assistent)
    entry = Gebeurtenis.objects.get(pk=history[4].pk)
    assert (entry.tekst, entry.gewist_op is None) == ("", False)
    said = dossier.gebeurtenissen.last()
    named = (said.soort, said.model, said.sleutel, said.tekst, said.created_by)
    assert named == (Soort.GEWIST, "gebeurtenis", str(entry.pk), "bewaartermijn", assistent)
    code, out = run()
    assert (code, "1 teksten gewist" in out) == (0, True)
    assert not erase_text(history[4], reden="bewaartermijn")


def test_a_text_of_no_dossier_is_not_erased(history):
    entry = record(Soort.BEHEER, "iets zonder dossier", by=None)
    with pytest.raises(ValueError, match="dossier"), transaction.atomic():
        erase_text(entry, reden="bewaartermijn")
    assert run()[0] == 0


def test_entries_blanked_through_the_triggers_are_found(history):
    assert Gebeurtenis.objects.update(tekst="", gewist_op=history[0].created_at) == Gebeurtenis.objects.count()
    broken_at(Gebeurtenis.objects.order_by("ketting_id", "volgnummer").first())


@pytest.mark.parametrize("index", [0, 4, -1])
def test_one_entry_blanked_through_the_triggers_is_found(history, index):
    Gebeurtenis.objects.filter(pk=history[index].pk).update(tekst="", gewist_op=history[0].created_at)
    assert "zegt niet wie hem wiste en waarom" in broken_at(history[index])


def test_an_erasing_entry_that_was_erased_is_found(history, tampering):
    erase_text(history[4], reden="bewaartermijn")
    said = Gebeurtenis.objects.latest("pk")
    Gebeurtenis.objects.filter(pk=said.pk).update(tekst="", gewist_op=said.created_at)
    assert "werd zelf gewist" in broken_at(said)


def test_an_erasing_entry_counts_only_for_what_came_before_it(history, dossier, assistent):
    later = record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    record(Soort.GEWIST, "bewaartermijn", by=assistent, dossier=dossier, what=later, sleutel=str(later.pk + 2))
    after = record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    assert after.pk == later.pk + 2
    Gebeurtenis.objects.filter(pk=after.pk).update(tekst="", gewist_op=later.created_at)
    assert "zegt niet wie" in broken_at(after)


def test_a_text_put_back_after_erasure_is_found(history, without_triggers):
    erase_text(history[4], reden="bewaartermijn")
    with without_triggers():
        Gebeurtenis.objects.filter(pk=history[4].pk).update(tekst=history[4].tekst, gewist_op=None)
        assert "staat er nog" in broken_at(history[4])
        Gebeurtenis.objects.filter(pk=history[4].pk).update(gewist_op=history[4].created_at)
        assert "gewijzigd" in broken_at(history[4])


def test_closing_enters_the_chain(assistent):
    dossier = factories.make_dossier(assistent)
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    assert Gebeurtenis.objects.filter(dossier=dossier).last().soort == Soort.AFGESLOTEN
    assert verify().fault == ""


def test_each_dossier_has_a_chain_of_its_own_that_counts_from_one(history, dossier):
    assert [entry.volgnummer for entry in history] == list(range(1, len(history) + 1))
    assert {entry.ketting.naam for entry in history} == {f"dossier/{dossier.kenmerk}"}
