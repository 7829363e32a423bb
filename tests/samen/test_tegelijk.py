"""Two people who do opposite things to one dossier at the same moment: one is first, the other hears it, the text of
neither is lost, and the record is whole. Each a few times, for the one who is first differs."""

from datetime import timedelta

import pytest

from accounts import clock
from dossiers.actions import reopen_dossier
from dossiers.audit import verify
from dossiers.models import Betrokkene, Deelname, Dossier, Gebeurtenis, Notitie, Soort
from stap5.actions.nazicht import ask_nazicht
from stap5.models import Afspraak, Nazicht, Stappenplan, Zorg
from tests import factories
from tests.samen.browser import Browser, at_once, rounds, text_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


def pressed(*opened):
    """The answers to these forms ([(form on a screen, what is filled in)]), all sent at the same moment."""
    return at_once(*(lambda screen=screen, values=values: screen.send(**values) for screen, values in opened))


def check_refused(answer, text):
    """Told that it could not be done, with what was typed."""
    assert answer.status_code in (200, 403, 409)
    assert text in text_of(answer)


def check_saved_or_refused(answer, text, rows):
    """Saved once, or not at all and then told so."""
    assert rows.count() == (answer.status_code == 302)
    if answer.status_code != 302:
        check_refused(answer, text)


def test_accepting_while_it_is_withdrawn(assistent, collega, broken):
    owner, asked = Browser(assistent), Browser(collega)
    for number in range(rounds(3)):
        dossier = factories.make_dossier(assistent)
        offer = factories.make_overdracht(dossier, collega, by=assistent)
        address = f"/dossiers/{dossier.kenmerk}/overdracht/intrekken/"
        accepted, withdrawn = pressed(
            (asked.open(f"/overdrachten/{offer.sleutel}/", "Dossier overnemen"), {}),
            (owner.open(address, "Voorstel intrekken"), {"reden": f"Toch niet, {number}."}),
        )
        assert broken == []
        now, answered = fresh(dossier), fresh(offer)
        if accepted.status_code == 302:
            assert (now.eigenaar, answered.nieuwe_eigenaar, answered.gestopt_op) == (collega, collega, None)
            assert withdrawn.status_code in (403, 404)  # 404: the page itself was no longer hers
        else:
            assert (accepted.status_code, withdrawn.status_code) == (403, 302)
            assert (now.eigenaar, answered.aanvaard_op) == (assistent, None)
            assert "Dit voorstel is ingetrokken" in text_of(accepted)
    assert verify()[2] == ""


def test_closing_while_others_write(base, dossier, rijen, gezin, assistent, deelnemer, broken):
    owner, colleague = Browser(assistent), Browser(deelnemer)
    for number in range(rounds(3)):
        text, worry = f"Op het nippertje, {number}.", f"Net voor het sluiten, {number}."
        child = {"kinderen": [str(gezin.lina.sleutel)]}
        closed, noted, worried = pressed(
            (owner.open(f"{base}sluiten/", "Dossier afsluiten"), {"reden": "Klaar."}),
            (colleague.open(f"{base}voortgang/", "Noteren"), {"soort": "telefoon", "tekst": text}),
            (colleague.open(f"{base}stap-5/zorgen/", "Zorg bewaren"), {"wat": worry} | child),
        )
        assert broken == []
        assert closed.status_code == 302
        check_saved_or_refused(noted, text, Notitie.objects.filter(tekst=text))
        check_saved_or_refused(worried, worry, Zorg.objects.filter(wat=worry))
        end = Gebeurtenis.objects.filter(dossier=dossier, soort=Soort.AFGESLOTEN).latest("pk")
        assert not Gebeurtenis.objects.filter(dossier=dossier, pk__gt=end.pk, soort=Soort.GEMAAKT).exists()
        reopen_dossier(fresh(dossier), {"reden": "Verder."}, by=assistent)
    assert verify()[2] == ""


def test_two_reviews_answered_at_once(base, plan, nazicht, assistent, teamverantwoordelijke, tweede, broken):
    one, other = Browser(teamverantwoordelijke), Browser(tweede)
    for number in range(rounds(3)):
        waiting = nazicht if number == 0 else ask_nazicht(Stappenplan.objects.get(pk=plan.pk), {}, by=assistent)
        address = f"{base}stap-5/versies/{waiting.planversie.sleutel}/nazicht/"
        yes, no = f"Goed zo, {number}.", f"Nog te vaag, {number}."
        approved, returned = pressed(
            (one.open(f"{address}goedkeuren/", "Goedkeuren"), {"toelichting": yes}),
            (other.open(f"{address}terugsturen/", "Terugsturen"), {"toelichting": no}),
        )
        assert broken == []
        now = Nazicht.objects.get(pk=waiting.pk)
        if approved.status_code == 302:
            assert (now.besluit_door, now.toelichting, now.versie) == (teamverantwoordelijke, yes, 2)
            check_refused(returned, no)
        else:
            assert returned.status_code == 302
            assert (now.besluit_door, now.toelichting, now.versie) == (tweede, no, 2)
            check_refused(approved, yes)
    assert Notitie.objects.filter(tekst__contains="nagekeken").count() == rounds(3)
    assert verify()[2] == ""


def test_somebody_stopped_while_agreements_name_her(base, dossier, rijen, assistent, deelnemer, broken):
    owner, colleague = Browser(assistent), Browser(deelnemer)
    soon = f"{clock.today() + timedelta(days=9):%d/%m/%Y}"
    for number in range(rounds(3)):
        person = factories.make_person(dossier, f"Buur{'abc'[number]}", "netwerk", by=assistent)
        who, text = [str(person.sleutel)], f"De buur belt aan, {number}."
        stop = f"{base}betrokkenen/{person.sleutel}/stoppen/"
        changed = f"{base}stap-5/afspraken/{rijen.afspraak.sleutel}/"
        stopped, agreed, also = pressed(
            (owner.open(stop, "Niet meer betrokken"), {"reden": "Verhuisd."}),
            (
                colleague.open(f"{base}stap-5/afspraken/", "Afspraak bewaren"),
                {"wat": text, "wie": who, "volgende_controle": soon},
            ),
            (colleague.open(changed, "Afspraak bewaren"), {"wat": f"Anders, {number}.", "wie": who}),
        )
        assert broken == []
        assert stopped.status_code == 302
        assert Betrokkene.objects.get(pk=person.pk).versie == 2
        check_saved_or_refused(agreed, text, Afspraak.objects.filter(wat=text, wie=person))
        check_saved_or_refused(also, f"Anders, {number}.", Afspraak.objects.filter(wat=f"Anders, {number}."))
        assert Gebeurtenis.objects.filter(sleutel=str(person.sleutel), soort=Soort.GESTOPT).count() == 1
    assert verify()[2] == ""


@pytest.fixture
def away(assistent, team):
    """The owner is away: a colleague stands in for her, in the dossiers that she has by then."""
    stand_in = factories.make_user("inval", team=team)
    return factories.make_vervanging(assistent, stand_in, by=assistent)


@pytest.fixture
def come_to_her(uncovered, assistent, collega):
    """Two screens of the absent owner: a closed dossier is opened again, and one of a colleague is taken over. With
    what then must hold: `check()`."""

    browser = Browser(assistent)

    def prepare():
        closed = uncovered(closed=True)
        offer = factories.make_overdracht(factories.make_dossier(collega), assistent, by=collega)
        again = browser.open(f"/dossiers/{closed.kenmerk}/heropenen/", "Dossier heropenen")
        taken = browser.open(f"/overdrachten/{offer.sleutel}/", "Dossier overnemen")

        def check():
            assert fresh(closed).is_open
            assert fresh(offer).nieuwe_eigenaar == assistent

        return [(again, {"reden": "Verder."}), (taken, {})], check

    return prepare


def codes(answers):
    return {answer.status_code for answer in answers}


def test_a_stand_in_stopped_while_dossiers_come_to_the_absent_owner(dossier, away, come_to_her, assistent, broken):
    """Whoever was first: who stopped standing in keeps no access anywhere."""
    row, browser = away, Browser(assistent)
    for number in range(rounds(3)):
        row = row if number == 0 else factories.make_vervanging(assistent, away.door, by=assistent)
        screens, check = come_to_her()
        stop = browser.open(f"/vervanging/{row.sleutel}/stoppen/", "Vervanging stoppen")
        answers = pressed((stop, {"reden": "Terug."}), *screens)
        assert broken == []
        assert codes(answers) == {302}
        check()
        assert fresh(row).gestopt_op == clock.today()
        assert not Deelname.objects.niet_voorbij().filter(vervanging=row).exists()
    assert verify()[2] == ""


def test_a_stand_in_completed_while_dossiers_come_to_the_absent_owner(
    dossier, away, come_to_her, uncovered, assistent, broken
):
    """Whoever was first: she stands in everywhere, once."""
    browser = Browser(assistent)
    for _ in range(rounds(3)):
        screens, check = come_to_her()
        uncovered()
        more = [(browser.open("/vervanging/", "Ook daar regelen"), {}) for _ in range(2)]
        answers = pressed(*more, *screens)
        assert broken == []
        assert codes(answers) == {302}
        check()
        mine = Dossier.objects.open().filter(eigenaar=assistent).order_by("pk")
        covered = Deelname.objects.niet_voorbij().filter(vervanging=away).order_by("dossier")
        assert list(covered.values_list("dossier", flat=True)) == list(mine.values_list("pk", flat=True))
    assert verify()[2] == ""
