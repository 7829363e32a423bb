"""`verify_gebeurtenissen` passes on a real history and finds every way of tampering with it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dossiers.actions import close_dossier, erase_text
from dossiers.audit import record, verify
from dossiers.models import Gebeurtenis, Ketting, Soort

pytestmark = pytest.mark.both


def run(*args):
    """(exit code, what stands on stdout) of the command."""
    out = StringIO()
    try:
        call_command("verify_gebeurtenissen", *args, stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def history(dossier, rijen, assistent, collega, client_for):
    """Real work: a plan, a read, a refusal, an export. The entries of the dossier's chain, oldest first."""
    client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/inzage/")
    client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/stap-5/kopie/")
    client_for(collega).get(f"/dossiers/{dossier.kenmerk}/")
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


def test_a_real_history_verifies(history):
    code, out = run()
    assert (code, out.split()[0]) == (0, str(Gebeurtenis.objects.count()))
    assert len(history) > 10


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


def test_a_truncated_tail_with_its_head_adjusted_is_found_by_the_anchor(history, tampering, tmp_path):
    anchor = tmp_path / "anker.json"
    assert run("--anker", anchor)[0] == 0
    cut_tail(history)
    assert run()[0] == 0
    kept = anchor.read_text()
    code, out = run("--anker", anchor)
    assert (code, "anker" in out) == (1, True)
    assert anchor.read_text() == kept


def test_the_anchor_is_renewed_only_when_all_is_whole(history, assistent, dossier, tmp_path):
    anchor = tmp_path / "anker.json"
    run("--anker", anchor)
    before = json.loads(anchor.read_text())
    record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    assert run("--anker", anchor)[0] == 0
    name = f"dossier/{dossier.kenmerk}"
    assert json.loads(anchor.read_text())[name][0] == before[name][0] + 1


def test_an_anchor_that_cannot_be_read_is_said_as_could_not_run(db, tmp_path):
    anchor = tmp_path / "anker.json"
    anchor.write_text("geen json")
    with pytest.raises(CommandError) as error:
        run("--anker", anchor)
    assert error.value.returncode == 2


def test_a_whole_chain_removed_is_found_without_an_anchor(history, tampering, dossier):
    Gebeurtenis.objects.filter(dossier=dossier).delete()
    Ketting.objects.filter(naam=f"dossier/{dossier.kenmerk}").delete()
    assert "de ketting ontbreekt" in broken_at()


def test_a_whole_chain_emptied_with_its_head_is_found(history, tampering, dossier):
    Gebeurtenis.objects.filter(dossier=dossier).delete()
    Ketting.objects.filter(naam=f"dossier/{dossier.kenmerk}").update(lengte=0, kop="")
    assert "de ketting ontbreekt" in broken_at()


def test_the_chain_of_a_user_removed_is_found_by_the_anchor(history, tampering, collega, tmp_path):
    anchor = tmp_path / "anker.json"
    run("--anker", anchor)
    chain = Ketting.objects.get(naam=f"gebruiker/{collega.pk}")
    chain.gebeurtenissen.all().delete()
    chain.delete()
    assert run("--anker", anchor)[0] == 1


def test_another_key_does_not_verify(history, settings):
    settings.AUDIT_KEY = "een andere sleutel"
    broken_at(history[0])


def test_an_erased_text_leaves_the_chain_whole(history, dossier):
    assert erase_text(history[4])
    entry = Gebeurtenis.objects.get(pk=history[4].pk)
    assert (entry.tekst, entry.gewist_op is None) == ("", False)
    assert Gebeurtenis.objects.filter(dossier=dossier, soort=Soort.GEWIST).exists()
    assert run()[0] == 0
    assert not erase_text(history[4])


def test_each_dossier_has_a_chain_of_its_own_that_counts_from_one(history, dossier):
    assert [entry.volgnummer for entry in history] == list(range(1, len(history) + 1))
    assert {entry.ketting.naam for entry in history} == {f"dossier/{dossier.kenmerk}"}


def test_closing_enters_the_chain(dossier, assistent):
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    assert Gebeurtenis.objects.filter(dossier=dossier).last().soort == Soort.AFGESLOTEN
    assert verify()[2] == ""
