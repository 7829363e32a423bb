"""The one way in which rows come to be, change and stop; each act leaves its whole trace or nothing."""

import json

import pytest
from django.db import DatabaseError, connection

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions import Conflict, change_row, close_dossier, create_row, stop_row
from dossiers.audit import verify
from dossiers.models import Betrokkene, Gebeurtenis, Notitie, Opdracht, Revisie, Soort, Verbod
from stap5.models import Zorg

pytestmark = [pytest.mark.both, pytest.mark.quick]

NEW = {"voornaam": "Jef", "rol": "netwerk", "relatie": "buurman"}


def last_entry():
    return Gebeurtenis.objects.order_by("-pk").first()


def last_note():
    return Notitie.objects.order_by("-pk").first()


def test_a_new_row_leaves_a_note_and_an_entry(dossier, assistent):
    row = create_row(Betrokkene, dossier, NEW, by=assistent)
    assert (row.versie, row.created_by) == (1, assistent)
    assert last_note().tekst == "Betrokkene toegevoegd: Jef (buurman)"
    entry = last_entry()
    assert (entry.soort, entry.model, entry.sleutel) == (Soort.GEMAAKT, "betrokkene", str(row.sleutel))
    assert not Revisie.objects.exists()


def test_a_change_keeps_what_stood_there(gezin, assistent):
    row = change_row(gezin.oma, {"voornaam": "Rita-Marie", "relatie": "grootmoeder"}, versie=1, by=assistent)
    assert (row.versie, row.voornaam, row.zoeknaam) == (2, "Rita-Marie", "rita marie")
    old = Revisie.objects.get()
    content = json.loads(old.tekst)
    assert (old.model, old.sleutel, old.versie) == ("betrokkene", str(row.sleutel), 1)
    assert (content["voornaam"], content["relatie"]) == ("Rita", "oma")
    assert "relatie" in last_entry().tekst
    assert last_entry().soort == Soort.GEWIJZIGD


def test_the_older_version_names_people_by_their_sleutel(gezin, assistent):
    change_row(gezin.sara, {"afgeschermd_voor": []}, versie=1, by=assistent)
    assert json.loads(Revisie.objects.get().tekst)["afgeschermd_voor"] == [str(gezin.wesley.sleutel)]
    assert list(Betrokkene.objects.get(pk=gezin.sara.pk).afgeschermd_voor.all()) == []


@pytest.mark.parametrize("data", [{"voornaam": "Rita"}, {"voornaam": "Rita", "afgeschermd_voor": []}, {}])
def test_a_save_without_a_change_writes_nothing(gezin, assistent, unchanged, data):
    with unchanged():
        assert change_row(gezin.oma, data, versie=1, by=assistent).versie == 1


def test_a_save_over_another_version_is_a_conflict_that_shows_what_stands_there(gezin, assistent, unchanged):
    change_row(gezin.oma, {"relatie": "grootmoeder"}, versie=1, by=assistent)
    with unchanged(), pytest.raises(Conflict) as conflict:
        change_row(gezin.oma, {"relatie": "tante"}, versie=1, by=assistent)
    assert (conflict.value.row.relatie, conflict.value.row.versie) == ("grootmoeder", 2)


def test_stopping_keeps_the_row_with_its_day_and_reason(gezin, assistent):
    row = stop_row(gezin.oma, {"datum": clock.today(), "reden": "Verhuisd naar Spanje."}, by=assistent)
    assert Betrokkene.objects.get(pk=row.pk).gestopt_reden == "Verhuisd naar Spanje."
    assert row not in Betrokkene.objects.lopend()
    assert "beëindigd" in last_note().tekst
    assert "Verhuisd naar Spanje." in last_note().tekst
    assert last_entry().soort == Soort.GESTOPT


def test_stopping_twice_is_refused(gezin, assistent, unchanged):
    stop_row(gezin.oma, {"datum": clock.today(), "reden": "Verhuisd."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="intussen beëindigd"):
        stop_row(gezin.oma, {"datum": clock.today(), "reden": "Andere reden."}, by=assistent)


def test_who_still_has_the_page_from_before_the_stop_is_refused(gezin, assistent, unchanged):
    stop_row(gezin.oma, {"datum": clock.today(), "reden": "Verhuisd."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="intussen beëindigd"):
        change_row(gezin.oma, {"relatie": "tante"}, versie=1, by=assistent)


def create(rijen, gezin, by):
    create_row(Verbod, gezin.wesley.dossier, {"soort": "contactverbod", "wie": gezin.wesley}, by=by)


def change(rijen, gezin, by):
    change_row(rijen.zorg, {"wat": "Iets anders.", "kinderen": [gezin.milan]}, versie=1, by=by)


def stop(rijen, gezin, by):
    stop_row(rijen.zorg, {"datum": clock.today(), "reden": "Vergissing."}, by=by)


@pytest.fixture
def the_record_fails(db):
    """The database refuses the entry that says what was done; what came before it in the act may not stay."""

    def shut():
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(
                    "CREATE TRIGGER geen_gebeurtenis BEFORE INSERT ON dossiers_gebeurtenis "
                    "BEGIN SELECT RAISE(ABORT, 'dicht'); END"
                )
            else:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("ALTER TABLE dossiers_gebeurtenis ADD CONSTRAINT dicht CHECK (false) NOT VALID")

    return shut


@pytest.mark.parametrize("act", [create, change, stop])
def test_a_failing_record_leaves_nothing(rijen, gezin, assistent, unchanged, the_record_fails, act):
    the_record_fails()
    with unchanged(), pytest.raises(DatabaseError):
        act(rijen, gezin, assistent)


@pytest.mark.parametrize("act", [create, change, stop])
@pytest.mark.parametrize("role", ["collega", "teamverantwoordelijke", "vreemde", "beheerder", "toezichthouder"])
def test_who_may_not_write_changes_nothing(request, rijen, gezin, unchanged, act, role):
    user = request.getfixturevalue(role)
    with unchanged(), pytest.raises(NotAllowed):
        act(rijen, gezin, user)


@pytest.mark.parametrize("act", [create, change, stop])
def test_who_takes_part_writes_like_the_owner(rijen, gezin, deelnemer, act):
    act(rijen, gezin, deelnemer)
    assert last_entry().created_by == deelnemer


@pytest.mark.parametrize("act", [create, change, stop])
def test_nothing_is_written_in_a_closed_dossier(rijen, gezin, dossier, assistent, unchanged, act):
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="afgesloten"):
        act(rijen, gezin, assistent)


def test_the_database_refuses_a_stop_without_a_reason(rijen):
    with pytest.raises(DatabaseError, match="zorg_gestopt_met_reden"):
        Zorg.objects.filter(pk=rijen.zorg.pk).update(gestopt_op=clock.today())


def test_the_database_refuses_a_mandate_that_ends_before_it_begins(dossier):
    with pytest.raises(DatabaseError, match="opdracht_einde_na_start"):
        Opdracht.objects.filter(dossier=dossier).update(einde="2000-01-01")


def test_a_dossier_has_one_justitiabele(dossier, gezin):
    with pytest.raises(DatabaseError):
        Betrokkene.objects.filter(pk=gezin.sara.pk).update(is_justitiabele=True)


def test_a_history_of_many_acts_verifies(rijen, gezin, dossier, assistent):
    for act in (create, change):
        act(rijen, gezin, assistent)
    change_row(rijen.zorg, {"waar": "in de gang"}, versie=2, by=assistent)
    stop(rijen, gezin, assistent)
    assert verify()[2] == ""
    assert [row.versie for row in Revisie.objects.filter(model="zorg")] == [1, 2, 3]
