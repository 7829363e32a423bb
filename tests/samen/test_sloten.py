"""The order of locks: users, stand-ins, the dossier, then its rows and the head of its chain; each so weak that whoever
reads the dossier does not wait. Others hold the locks here, so nothing depends on luck."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.apps import apps

from accounts import clock
from accounts.models import Gebruiker
from dossiers.audit import verify
from dossiers.models import Dossier, Ketting, Notitie, Rij, Vervanging
from stap5.models import Leidraad, Zorg
from tests import factories
from tests.samen.browser import Browser
from tests.samen.sloten import holding, until, waiting_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]

# The order in which locks are asked. A row is safe behind its dossier, so among rows and chain the order is free.
ORDER = {"gebruikers": 0, "vervangingen": 1, "dossier": 2, "rijen": 3, "ketting": 3}
ROWS = [model for model in apps.get_models() if issubclass(model, Rij) and model is not Dossier]
LEVELS = {"gebruikers": [Gebruiker], "vervangingen": [Vervanging], "dossier": [Dossier], "rijen": ROWS}


def locks_asked(holders, act):
    """(the levels for which `act` waits, one after the other, its answer). Each of `holders` ({level: Holder}) holds
    its level and lets go once the act waits for it; the chain from the first wait on: the door writes there first."""
    for name, models in LEVELS.items():
        holders[name].hold(*models)
    answer, asked = holders["gebruikers"].meanwhile(act), []

    def waits():
        return answer.done() or next((name for name, holder in holders.items() if waiting_for(holder.pid)), "")

    while (found := until(waits)) is not True:
        if not asked and not holders["ketting"].can_hold(Ketting):
            asked.append("ketting")  # it holds the chain already, and waits for what comes before
        asked.append(found)
        holders[found].let_go()
        until(lambda: not waiting_for(holders[found].pid))
    for holder in holders.values():
        holder.let_go()
    return asked, answer.result()


@pytest.fixture
def acts(base, rijen, gezin, nazicht, uncovered, assistent, collega, deelnemer, tweede, team):
    """{what is done: (by whom, address, button, what is filled in)}, in an order in which all can be done."""
    rijen_base, soon = f"{base}stap-5/", f"{clock.today() + timedelta(days=9):%d/%m/%Y}"
    offer = factories.make_overdracht(factories.make_dossier(collega), assistent, by=collega)
    away = factories.make_vervanging(assistent, factories.make_user("inval", team=team), by=assistent)
    closed = uncovered(closed=True)
    uncovered()
    factories.make_dossier(collega)
    lina, why = str(gezin.lina.sleutel), {"reden": "Daarom."}
    versie = f"{rijen_base}versies/{nazicht.planversie.sleutel}/nazicht/"
    return {
        "note": (deelnemer, f"{base}voortgang/", "Noteren", {"soort": "telefoon", "tekst": "Gebeld."}),
        "worry": (deelnemer, f"{rijen_base}zorgen/", "Zorg bewaren", {"wat": "Alleen thuis.", "kinderen": [lina]}),
        "change": (assistent, f"{rijen_base}zorgen/{rijen.zorg.sleutel}/", "Zorg bewaren", {"wat": "Anders."}),
        "check": (
            assistent,
            f"{rijen_base}afspraken/{rijen.afspraak.sleutel}/controle/",
            "Bewaren",
            {"uitkomst": "deels", "gezien_door": "oma"},
        ),
        "end": (assistent, f"{base}betrokkenen/{gezin.milan.sleutel}/stoppen/", "Niet meer betrokken", why),
        "review": (tweede, f"{versie}goedkeuren/", "Goedkeuren", {}),
        "accept": (assistent, f"/overdrachten/{offer.sleutel}/", "Dossier overnemen", {}),
        "reopen": (assistent, f"/dossiers/{closed.kenmerk}/heropenen/", "Dossier heropenen", why),
        "open": (
            assistent,
            "/dossiers/nieuw/",
            "Dossier openen",
            {"voornaam": "Sam", "soort": "probatie", "zonder_einddatum": "on"},
        ),
        "complete": (assistent, "/vervanging/", "Ook daar regelen", {}),
        "stop": (assistent, f"/vervanging/{away.sleutel}/stoppen/", "Vervanging stoppen", why),
        "arrange": (
            collega,
            "/vervanging/",
            "Vervanging regelen",
            {"door": str(deelnemer.sleutel), "tot": soon},
        ),
        "close": (assistent, f"{base}sluiten/", "Dossier afsluiten", why),
    }


def test_every_act_asks_its_locks_in_the_same_order(postgresql, acts, broken):
    wrong, browsers = {}, {user: Browser(user) for user, *_ in acts.values()}
    with ExitStack() as stack:
        holders = {name: stack.enter_context(holding()) for name in ORDER}
        for name, (user, address, knop, data) in acts.items():
            screen = browsers[user].open(address, knop)
            asked, answer = locks_asked(holders, lambda screen=screen, data=data: screen.send(**data))
            ranks = [ORDER[level] for level in asked]
            if ranks != sorted(ranks) or answer.status_code != 302:
                wrong[name] = (asked, answer.status_code)
    assert broken == []
    assert wrong == {}
    assert verify()[2] == ""


@pytest.fixture
def pages(base, rijen):
    return [base, f"{base}stap-5/", f"{base}stap-5/afspraken/", "/"]


def check_nobody_waits(reading, pid):
    """`reading` (a Future of statuses) ends while the connection `pid` goes on holding what it holds."""
    waits = until(lambda: reading.done() or waiting_for(pid))
    assert waits is True, "whoever reads waits for whoever writes"
    assert set(reading.result()) == {200}


def read_all(user, pages):
    browser = Browser(user)
    return lambda: [browser.get(page).status_code for page in pages]


def test_who_reads_does_not_wait_for_whoever_holds_the_dossier(postgresql, pages, teamverantwoordelijke, broken):
    look = read_all(teamverantwoordelijke, pages)
    with holding(Dossier) as other:
        check_nobody_waits(other.meanwhile(look), other.pid)
    assert broken == []


def test_who_reads_does_not_wait_for_a_save_that_waits(
    postgresql, base, pages, rijen, assistent, teamverantwoordelijke
):
    """A save in the middle, with its dossier locked, kept up by somebody who holds the row."""
    look = read_all(teamverantwoordelijke, pages)
    screen = Browser(assistent).open(f"{base}stap-5/zorgen/{rijen.zorg.sleutel}/", "Zorg bewaren")
    with holding(Zorg) as other:
        save = other.meanwhile(lambda: screen.send(wat="Zo hoorde ik het."))
        [saving] = until(lambda: waiting_for(other.pid))
        check_nobody_waits(other.meanwhile(look), saving)
        other.let_go()
        assert save.result().status_code == 302


def test_who_reads_does_not_wait_for_a_page_that_is_still_being_made(
    postgresql, base, rijen, assistent, teamverantwoordelijke
):
    """Being on record takes the insert of one row, not the making of the page."""
    slow, look = read_all(assistent, [f"{base}stap-5/zorgen/"]), read_all(teamverantwoordelijke, [f"{base}voortgang/"])
    with holding() as other:
        other.execute(f"LOCK TABLE {Leidraad._meta.db_table} IN ACCESS EXCLUSIVE MODE")
        page = other.meanwhile(slow)
        [making] = until(lambda: waiting_for(other.pid))
        check_nobody_waits(other.meanwhile(look), making)
        other.let_go()
        assert page.result() == [200]


def test_work_in_another_dossier_does_not_wait(postgresql, base, dossier, assistent):
    elsewhere = f"/dossiers/{factories.make_dossier(assistent).kenmerk}/voortgang/"
    screen = Browser(assistent).open(elsewhere, "Noteren")
    with holding() as other:
        for model, names in ((Dossier, "kenmerk"), (Ketting, "naam")):
            table = model._meta.db_table
            other.execute(f"SELECT 1 FROM {table} WHERE {names} LIKE '%{dossier.kenmerk}' FOR NO KEY UPDATE")
        save = other.meanwhile(lambda: screen.send(soort="telefoon", tekst="Elders gebeld."))
        assert until(lambda: save.done() or waiting_for(other.pid)) is True
        assert save.result().status_code == 302


def test_the_victim_of_a_deadlock_is_tried_again_and_saves_once(postgresql, base, rijen, assistent, broken):
    """Somebody holds the row and asks for its dossier, against the order: the save, which has the dossier, is the one
    that PostgreSQL gives up. The user sees nothing of it."""
    screen = Browser(assistent).open(f"{base}stap-5/zorgen/{rijen.zorg.sleutel}/", "Zorg bewaren")
    with holding(Zorg) as other:
        if other.execute("SHOW is_superuser") != "on":
            pytest.skip("This user of PostgreSQL may not choose who gives up.")
        other.execute("SET LOCAL deadlock_timeout = '1min'")  # whoever finds out gives up: not this connection
        save = other.meanwhile(lambda: screen.send(wat="Zo hoorde ik het."))
        until(lambda: waiting_for(other.pid))
        other.hold(Dossier)
        other.let_go()
        answer = save.result()
    assert broken == []
    assert answer.status_code == 302
    rijen.zorg.refresh_from_db()
    assert (rijen.zorg.wat, rijen.zorg.versie) == ("Zo hoorde ik het.", 2)
    assert Notitie.objects.filter(tekst__contains="Zo hoorde ik het.").count() == 1
    assert verify()[2] == ""
