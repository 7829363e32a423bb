"""Two people at once, with real threads and real connections, on the database as it runs in production."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from accounts import clock
from dossiers.actions import Conflict, add_notitie, change_row, close_dossier, stop_row
from dossiers.audit import record, verify
from dossiers.models import Betrokkene, Dossier, Gebeurtenis, Ketting, Notitie, Revisie, Soort
from stap5.actions import add_item, start_plan
from stap5.models import Stappenplan, Zorg

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def together(*acts):
    """Run each act in its own thread, all starting at the same moment: what each returned or raised."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            barrier.wait(timeout=10)
            results[number] = act()
        except Exception as error:  # the test judges it
            results[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not [thread for thread in threads if thread.is_alive()]
    return results


def errors(results):
    return [result for result in results if isinstance(result, Exception)]


def test_entries_at_the_same_time_keep_the_chain_whole(dossier, assistent, collega):
    before = Gebeurtenis.objects.count()

    def ten(user):
        for _ in range(10):
            record(Soort.GELEZEN, "dossier", by=user, dossier=dossier)

    results = together(*(lambda user=user: ten(user) for user in (assistent, collega, assistent, collega)))
    assert errors(results) == []
    assert Gebeurtenis.objects.count() == before + 40
    assert verify()[2] == ""


def test_the_first_entries_of_a_new_chain_at_the_same_time_make_one_chain(collega):
    results = together(*[lambda: record(Soort.GEWEIGERD, "dossier", by=collega, sleutel="x")] * 4)
    assert errors(results) == []
    assert Ketting.objects.get(naam=f"gebruiker/{collega.pk}").lengte == 4
    assert verify()[2] == ""


def test_of_two_saves_of_one_row_one_wins_and_the_other_is_a_conflict(gezin, assistent):
    def save(relatie):
        row = Betrokkene.objects.get(pk=gezin.oma.pk)
        return change_row(row, {"relatie": relatie}, versie=1, by=assistent)

    results = together(lambda: save("grootmoeder"), lambda: save("tante"))
    conflicts = errors(results)
    assert [type(error) for error in conflicts] == [Conflict]
    winner = next(result for result in results if not isinstance(result, Exception))
    row = Betrokkene.objects.get(pk=gezin.oma.pk)
    assert (row.relatie, row.versie) == (winner.relatie, 2)
    assert conflicts[0].row.relatie == winner.relatie
    assert Revisie.objects.count() == 1
    assert verify()[2] == ""


def test_two_people_who_begin_step_5_begin_one_plan(dossier, assistent):
    results = together(*[lambda: start_plan(Dossier.objects.get(pk=dossier.pk), by=assistent)] * 4)
    assert errors(results) == []
    assert Stappenplan.objects.count() == 1
    assert len({plan.pk for plan in results}) == 1


def test_two_who_stop_a_row_stop_it_once(gezin, assistent):
    def stop(reden):
        row = Betrokkene.objects.get(pk=gezin.oma.pk)
        return stop_row(row, {"datum": clock.today(), "reden": reden}, by=assistent)

    results = together(lambda: stop("Verhuisd."), lambda: stop("Overleden."))
    assert errors(results) == []
    assert Betrokkene.objects.get(pk=gezin.oma.pk).versie == 2
    assert Gebeurtenis.objects.filter(soort=Soort.GESTOPT).count() == 1


def test_writing_while_somebody_closes_either_counts_or_is_refused(dossier, plan, assistent):
    data = {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": "Op het nippertje."}

    def worry():
        fresh = Stappenplan.objects.get(pk=plan.pk)
        return add_item(Zorg, fresh, {"wat": "Op het nippertje.", "lezers": []}, by=assistent)

    results = together(
        lambda: close_dossier(Dossier.objects.get(pk=dossier.pk), {"reden": "Klaar."}, by=assistent),
        lambda: add_notitie(Dossier.objects.get(pk=dossier.pk), data, by=assistent),
        worry,
    )
    assert not isinstance(results[0], Exception)
    closed = Gebeurtenis.objects.get(soort=Soort.AFGESLOTEN)
    assert not Gebeurtenis.objects.filter(dossier=dossier, pk__gt=closed.pk, soort=Soort.GEMAAKT).exists()
    assert Notitie.objects.filter(tekst="Op het nippertje.").count() == (not isinstance(results[1], Exception))
    assert Zorg.objects.count() == (not isinstance(results[2], Exception))
    assert verify()[2] == ""


def test_work_on_different_dossiers_does_not_wait_for_one_lock(assistent):
    """Somebody holds one dossier locked; another dossier is written meanwhile."""
    from django.db import connection, transaction

    from tests import factories

    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    one, other = factories.make_dossier(assistent), factories.make_dossier(assistent)
    with transaction.atomic():
        record(Soort.GELEZEN, "dossier", by=assistent, dossier=one)
        results = together(lambda: record(Soort.GELEZEN, "dossier", by=assistent, dossier=other))
    assert errors(results) == []
    assert verify()[2] == ""
