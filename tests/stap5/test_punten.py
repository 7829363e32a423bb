"""What asks attention and by when: table-tested on facts, then read from the database for many dossiers at once."""

from datetime import date, time, timedelta

import pytest
from django.db.models import OuterRef

from accounts import clock
from dossiers.access import journal_read_at, visible_to, with_names
from dossiers.actions import add_notitie, correct_notitie, create_row
from dossiers.actions.opdracht import add_deelname, change_opdracht
from dossiers.models import Contactmoment, Dossier, Gebeurtenis, Notitie, Opdracht
from partners.models.doorverwijzing import Status
from stap5 import actions
from stap5.actions.nazicht import approve_nazicht, ask_nazicht, send_back_nazicht
from stap5.feiten import changes_by_others, points_for, points_of
from stap5.models import Afspraak, Kindcontact
from stap5.punten import Afspraakfeit, Feiten, Hulpfeit, Kindfeit, Planfeiten, Termijnen, points, shown
from tests import factories

pytestmark = [pytest.mark.both, pytest.mark.quick]

OP = date(2026, 11, 24)
TERMS = Termijnen(stilte=30, kind=42)


def day(number):
    return OP + timedelta(days=number)


def plan(**facts):
    return Planfeiten(**{"begonnen": day(-5), "genoteerd": OP} | facts)


def of(**facts):
    """[(kind, day, state)] of the points that are shown for these facts."""
    found = shown(points(Feiten(kenmerk="a" * 16, **facts), OP, TERMS))
    return [(punt.soort.slug, punt.dag, punt.stand) for punt in found]


def agreement(number, **more):
    return Afspraakfeit(sleutel="s", kort="Oma haalt op", controle=day(number), **more)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(-1, ["laat"]), (0, ["dra"]), (7, ["dra"]), (8, [])],
)
def test_what_is_past_is_late_and_what_comes_within_a_week_is_near(number, expected):
    assert [stand for _, _, stand in of(plan=plan(afspraken=(agreement(number),)))] == expected
    assert [stand for _, _, stand in of(plan=plan(gesprek=day(number)))] == expected
    assert [stand for _, _, stand in of(plan=plan(genoteerd=day(number - 30)))] == expected
    child = Kindfeit(naam="Lina", gezien=day(number - 42))
    assert [stand for _, _, stand in of(plan=plan(kinderen=(child,)))] == expected


def test_an_agreement_that_is_only_planned_is_not_checked_yet():
    assert of(plan=plan(afspraken=(agreement(-1, loopt=False),))) == []


def test_a_child_never_seen_counts_from_the_beginning_of_the_plan():
    never = (Kindfeit(naam="Lina"), Kindfeit(naam="Milan"), Kindfeit(naam="Juno", gezien=OP))
    found = shown(points(Feiten(kenmerk="a" * 16, plan=plan(begonnen=day(-50), kinderen=never)), OP, TERMS))
    assert [(punt.tekst, punt.dag, punt.aantal) for punt in found] == [
        ("Lina en Milan nog niet gezien of gesproken", day(-8), 2)
    ]


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (-1, "De opdracht is voorbij, het plan loopt nog"),
        (10, "De opdracht eindigt, het plan loopt tot 24/12/2026"),
        (41, "De opdracht eindigt, stap 5 loopt nog"),
        (42, None),
    ],
)
def test_the_scope_clock_holds_the_mandate_against_the_open_ends_of_the_plan(end, sentence):
    facts = Feiten(kenmerk="a" * 16, plan=plan(afspraken=(agreement(30),)), einde=day(end))
    found = [punt.tekst for punt in shown(points(facts, OP, TERMS)) if punt.soort.slug == "opdracht"]
    assert found == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    "open_end", [{"gesprek": day(120)}, {"afspraken": (agreement(30, tot=day(120)),)}, {"hulp": day(120)}]
)
def test_a_talk_an_agreement_and_a_referral_are_open_ends(open_end):
    planned = open_end.pop("hulp", None)
    help_ = (Hulpfeit(sleutel="s", naar="CAW", status=Status.VERSTUURD, sinds=OP, controle=planned),) if planned else ()
    facts = Feiten(kenmerk="a" * 16, plan=plan(**open_end), hulp=help_, einde=day(100))
    found = [punt.tekst for punt in shown(points(facts, OP, TERMS)) if punt.soort.slug == "opdracht"]
    assert found == ["De opdracht eindigt, het plan loopt tot 24/03/2027"]


def test_without_an_end_or_without_a_plan_there_is_no_scope_clock():
    assert of(plan=plan()) == []
    assert of(einde=day(1)) == []


LATE = {
    "afspraken": (agreement(-9),),
    "gesprek": day(-9),
    "kinderen": (Kindfeit(naam="Lina"),),
    "genoteerd": day(-90),
    "begonnen": day(-90),
}
REFERRAL = Hulpfeit(sleutel="s", naar="CAW", status=Status.VERSTUURD, sinds=day(-12), controle=day(-2))


def test_everything_late_stands_in_the_order_of_its_day():
    found = of(plan=plan(**LATE), hulp=(REFERRAL,), einde=day(-1))
    assert [slug for slug, _, _ in found] == ["stilte", "kind", "controle", "gesprek", "doorverwijzing", "opdracht"]
    assert {stand for _, _, stand in found} == {"laat"}


def test_a_plan_that_rests_asks_nothing_until_the_day_on_which_it_is_taken_up_again():
    assert of(plan=plan(pauze_tot=day(1), **LATE), hulp=(REFERRAL,), einde=day(-1)) == []
    assert of(plan=plan(pauze_tot=OP, **LATE), hulp=(REFERRAL,)) == [("hervatten", OP, "dra")]
    assert of(plan=plan(pauze_tot=day(-3), **LATE)) == [("hervatten", day(-3), "laat")]


def test_a_referral_says_how_long_it_waits_also_where_no_plan_runs():
    found = shown(points(Feiten(kenmerk="a" * 16, hulp=(REFERRAL,)), OP, TERMS))
    assert [punt.tekst for punt in found] == ["Nog geen antwoord op de doorverwijzing naar CAW, al 12 dagen"]


def test_a_referral_that_was_prepared_asks_to_be_sent_and_help_that_is_there_asks_nothing():
    prepared = Hulpfeit(sleutel="s", naar="CAW", status=Status.VOORBEREID, sinds=OP, controle=None)
    there = Hulpfeit(sleutel="s", naar="CLB", status=Status.AL_BETROKKEN, sinds=None, controle=None)
    assert of(hulp=(prepared, there)) == [("doorverwijzing", None, "")]


def test_what_comes_later_is_known_but_not_shown():
    found = points(Feiten(kenmerk="a" * 16, plan=plan(afspraken=(agreement(20),))), OP, TERMS)
    assert [punt.dag for punt in found if not punt.toon and punt.soort.slug == "controle"] == [day(20)]


# Read from the database


def read(user):
    dossiers = list(with_names(visible_to(user).order_by("pk")))
    found = points_of(dossiers)
    return {dossier.pk: [punt.soort.slug for punt in shown(found[dossier.pk])] for dossier in dossiers}


def test_the_facts_of_a_dossier_are_read_as_they_were_noted(dossier, plan, rijen, gezin, assistent):
    later = clock.now() + timedelta(days=50)
    assert read(assistent) == {dossier.pk: []}
    with clock.set_to(later):
        assert read(assistent) == {dossier.pk: ["controle", "stilte", "kind"]}
        actions.add_item(Kindcontact, plan, {"kind": gezin.lina, "hoe": "gezien", "door": ""}, by=assistent)
        assert read(assistent) == {dossier.pk: ["controle", "kind"]}  # Milan; and now something is noted
        actions.add_item(Kindcontact, plan, {"kind": gezin.milan, "hoe": "gezien", "door": ""}, by=assistent)
        today = clock.today()
        check = {"datum": today, "uitkomst": "nagekomen", "gezien_door": "oma", "volgende": today + timedelta(days=30)}
        actions.add_controle(rijen.afspraak, check, by=assistent)
        assert read(assistent) == {dossier.pk: []}


def test_who_is_eighteen_is_no_child_to_be_seen(dossier, plan, assistent):
    for name, years in (("Groot", 19), ("Klein", 3)):
        born = clock.today() - timedelta(days=years * 366)
        factories.make_person(dossier, name, "kind", by=assistent, geboortedatum=born)
    with clock.set_to(clock.now() + timedelta(days=50)):
        [punt] = [punt for punt in points_for(assistent) if punt.soort.slug == "kind"]
        assert punt.tekst.startswith("Klein nog niet gezien")


def test_a_talk_about_parenthood_moves_the_next_one(dossier, plan, assistent):
    actions.change_plan(plan, {"gespreksritme": 2}, versie=plan.versie, by=assistent)
    with clock.set_to(clock.now() + timedelta(days=15)):
        assert read(assistent) == {dossier.pk: ["gesprek"]}
        add_notitie(
            dossier, {"soort": "ouderschapsgesprek", "gebeurd_op": clock.today(), "tekst": "Gepraat."}, by=assistent
        )
        assert read(assistent) == {dossier.pk: []}


def test_an_agreement_that_ended_before_anybody_checked_it_still_asks(dossier, plan, gezin, assistent):
    today = clock.today()
    data = {"zorgt": "Oma", "slapen": "bij oma", "wie": [gezin.oma], "kinderen": [gezin.lina], "tot": today}
    actions.add_meteen(plan, data, by=assistent)
    with clock.set_to(clock.now() + timedelta(days=2)):
        assert read(assistent) == {dossier.pk: ["controle"]}


def test_a_mandate_that_was_revoked_ended_on_that_day(dossier, plan, assistent, client_for):
    today, opdracht = clock.today(), dossier.opdrachten.get()
    revoked = {"soort": "herroepen", "datum": today - timedelta(days=3), "nieuw_einde": None, "reden": "Nieuwe feiten."}
    change_opdracht(opdracht, revoked, by=assistent)
    [punt] = shown(points_of(list(with_names(visible_to(assistent))))[dossier.pk])
    assert (punt.soort.slug, punt.dag, punt.stand) == ("opdracht", today - timedelta(days=3), "laat")
    assert "De opdracht is voorbij, het plan loopt nog" in client_for(assistent).get("/").content.decode()
    plan_page = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/stap-5/").content.decode()
    assert "De opdracht is voorbij, het plan loopt nog" in plan_page


def test_a_mandate_without_an_end_beside_one_that_is_over_has_no_clock(dossier, plan, assistent):
    today = clock.today()
    dossier.opdrachten.update(einde=today - timedelta(days=1), start=today - timedelta(days=9), zonder_einddatum=False)
    assert read(assistent) == {dossier.pk: ["opdracht"]}
    data = {"soort": "probatie", "start": today, "einde": None, "zonder_einddatum": True}
    create_row(Opdracht, dossier, data, by=assistent)
    assert read(assistent) == {dossier.pk: []}


# What others changed


def changes(dossier, user):
    found = Dossier.objects.annotate(gelezen_op=journal_read_at(user, OuterRef("pk"))).get(pk=dossier.pk)
    return [(row["wie"], row["aantal"]) for row in changes_by_others([found], user)[found.pk]]


def test_what_others_changed_shows_until_the_journal_is_read(dossier, plan, assistent, deelnemer, client_for):
    client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/voortgang/")
    assert changes(dossier, assistent) == []
    for text in ("Gebeld.", "Nog eens gebeld."):
        data = {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": text}
        add_notitie(dossier, data, by=deelnemer)
    add_notitie(dossier, data | {"tekst": "Zelf gebeld."}, by=assistent)
    assert changes(dossier, assistent) == [("Deelnemer Verzonnen", 2)]
    client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/stap-5/zorgen/")
    html = client_for(assistent).get("/").content.decode()
    assert "2 meldingen van Deelnemer Verzonnen" in html
    with clock.set_to(clock.now() + timedelta(hours=1)):
        for _ in range(2):  # loading it again hides nothing
            page = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/voortgang/").content.decode()
            assert page.count("nieuw voor jou") == 2
        assert changes(dossier, assistent) == []
    with clock.set_to(clock.now() + timedelta(hours=2)):
        assert (
            "nieuw voor jou"
            not in client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/voortgang/").content.decode()
        )


def test_reading_by_another_does_not_count_as_ones_own_visit(dossier, plan, assistent, deelnemer, client_for):
    client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/voortgang/")
    add_notitie(dossier, {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": "x"}, by=deelnemer)
    client_for(deelnemer).get(f"/dossiers/{dossier.kenmerk}/voortgang/")
    assert changes(dossier, assistent) == [("Deelnemer Verzonnen", 1)]


def test_who_never_opened_it_sees_what_stands_there_already(dossier, assistent, collega):
    assert Gebeurtenis.objects.filter(created_by=collega).count() == 0
    assert changes(dossier, collega) == [("Assistent Verzonnen", Notitie.objects.filter(dossier=dossier).count())]


def test_the_worklist_puts_the_dossier_with_the_oldest_late_point_first(dossier, plan, rijen, assistent, client_for):
    other = factories.make_dossier(assistent, voornaam="Tom", achternaam="Later")
    later = actions.start_plan(other, by=assistent)
    person = factories.make_person(other, "Buur", "netwerk", by=assistent)
    due = {"wat": "Buur kijkt", "wie": [person], "volgende_controle": clock.today() - timedelta(days=3), "lezers": []}
    actions.add_item(Afspraak, later, due, by=assistent)
    html = client_for(assistent).get("/").content.decode()
    assert html.index("Tom Later") < html.index("Wesley Peeters")
    assert "te laat" in html


# What others noted, planned and answered


def test_a_sign_that_nobody_weighed_asks_to_look_at_step_4_again_also_while_the_plan_rests(
    dossier, plan, assistent, deelnemer
):
    data = {"soort": "signaal", "gebeurd_op": clock.today(), "tekst": "De buurvrouw hoorde roepen."}
    add_notitie(dossier, data, by=deelnemer)
    [punt] = shown(points_of(list(with_names(visible_to(assistent))))[dossier.pk])
    assert punt.tekst == "Signaal, genoteerd door Deelnemer Verzonnen: kijk opnieuw naar stap 4"
    pause = {"gepauzeerd_op": clock.today(), "hervat_op": clock.today() + timedelta(days=9), "pauze_reden": "Opname."}
    plan = actions.pause_plan(plan, pause, by=assistent)
    assert read(assistent) == {dossier.pk: ["signaal"]}
    weighed = {"onveilig": "ja", "besluit_op": clock.today(), "besluit_met": "het team", "besluit_uitleg": ""}
    actions.change_plan(plan, weighed, versie=plan.versie, by=assistent)
    assert read(assistent) == {dossier.pk: []}


def test_a_new_sign_does_not_make_an_old_one_look_fresh(dossier, plan, assistent, deelnemer):
    for days, by in ((9, assistent), (0, deelnemer)):
        day = clock.today() - timedelta(days=days)
        add_notitie(dossier, {"soort": "signaal", "gebeurd_op": day, "tekst": "Blauwe plek."}, by=by)
    [punt] = shown(points_of(list(with_names(visible_to(assistent))))[dossier.pk])
    assert (punt.dag, punt.stand, punt.aantal) == (clock.today() - timedelta(days=9), "laat", 2)
    assert punt.tekst == "2 signalen, het laatste van Deelnemer Verzonnen: kijk opnieuw naar stap 4"
    assert punt.zin.endswith(", nog niet gewogen")


def test_what_the_dossier_is_administered_with_does_not_break_the_silence(
    dossier, plan, assistent, collega, teamverantwoordelijke
):
    with clock.set_to(clock.now() + timedelta(days=40)):
        assert "stilte" in read(assistent)[dossier.pk]
        add_deelname(dossier, {"gebruiker": collega, "soort": "meewerken", "tot": clock.today()}, by=assistent)
        approve_nazicht(ask_nazicht(plan, {}, by=assistent), {}, by=teamverantwoordelijke)
        assert "stilte" in read(assistent)[dossier.pk]
        add_notitie(dossier, {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": "Gebeld."}, by=assistent)
        assert "stilte" not in read(assistent)[dossier.pk]


def test_a_talk_that_was_corrected_to_a_call_moves_nothing(dossier, plan, assistent):
    actions.change_plan(plan, {"gespreksritme": 2}, versie=plan.versie, by=assistent)
    with clock.set_to(clock.now() + timedelta(days=15)):
        talk = {"soort": "ouderschapsgesprek", "gebeurd_op": clock.today(), "tekst": "Gepraat."}
        correct_notitie(add_notitie(dossier, talk, by=assistent), talk | {"soort": "telefoon"}, by=assistent)
        assert read(assistent) == {dossier.pk: ["gesprek"]}


def test_a_review_that_stays_without_an_answer_asks_attention(dossier, plan, assistent, nazicht):
    assert read(assistent) == {dossier.pk: []}
    with clock.set_to(clock.now() + timedelta(days=15)):
        [punt] = [punt for punt in points_for(assistent) if punt.soort.slug == "wacht"]
        assert (punt.stand, punt.toon) == ("laat", True)
        assert punt.tekst.endswith("nog geen antwoord")


def test_a_planned_contact_shows_a_week_ahead_and_no_longer_once_it_is_past(dossier, plan, assistent):
    day = clock.today() + timedelta(days=9)
    create_row(Contactmoment, dossier, {"soort": "huisbezoek", "datum": day, "uur": time(9, 30)}, by=assistent)
    assert read(assistent) == {dossier.pk: []}
    with clock.set_to(clock.now() + timedelta(days=3)):
        [punt] = shown(points_of(list(with_names(visible_to(assistent))))[dossier.pk])
        assert (punt.tekst, punt.dag, punt.stand) == ("Huisbezoek om 9.30 uur", day, "dra")
    with clock.set_to(clock.now() + timedelta(days=10)):
        assert read(assistent) == {dossier.pk: []}


def test_an_answered_review_shows_until_it_is_taken_up(nazicht, dossier, plan, assistent, teamverantwoordelijke):
    assert read(assistent) == {dossier.pk: []}
    send_back_nazicht(nazicht, {"toelichting": "Wie ziet dat?"}, by=teamverantwoordelijke)
    with clock.set_to(clock.now() + timedelta(days=8)):
        assert "nazicht" in read(assistent)[dossier.pk]
    again = ask_nazicht(plan, {"vraag": ""}, by=assistent)
    assert read(assistent) == {dossier.pk: []}
    approve_nazicht(again, {"toelichting": ""}, by=teamverantwoordelijke)
    assert read(assistent) == {dossier.pk: ["nazicht"]}
    with clock.set_to(clock.now() + timedelta(days=8)):
        assert "nazicht" not in read(assistent)[dossier.pk]


def test_the_worklist_says_what_colleagues_asked(
    nazicht, dossier, assistent, collega, teamverantwoordelijke, client_for
):
    factories.make_overdracht(dossier, collega, by=assistent)
    assert "Assistent Verzonnen wil je een dossier overdragen" in client_for(collega).get("/").content.decode()
    html = client_for(teamverantwoordelijke).get("/").content.decode()
    assert "Assistent Verzonnen vraagt je nazicht van het plan van Wesley Peeters, versie 1" in html
    html = client_for(assistent).get("/").content.decode()
    assert "Wacht op jou" not in html
