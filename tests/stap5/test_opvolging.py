"""Following up: talks about parenthood by a rhythm, signs that ask for step 4 again, and what went well again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions import add_notitie, close_dossier, correct_notitie, erase_text, hide_notitie, stop_row
from dossiers.models import Bron, Gebeurtenis, Notitie, Notitiesoort, Soort
from stap5 import actions, rules
from stap5.aandacht import new_signs, to_look_at
from stap5.models import Herhaling, Stappenplan
from stap5.plandata import plan_as_data
from tests import factories

WORDS = "De buurvrouw hoorde om 23 uur roepen, en daarna de deur."


@pytest.fixture
def base(dossier, plan):
    return f"/dossiers/{dossier.kenmerk}/stap-5/"


def data_of(plan):
    plan = Stappenplan.objects.select_related("dossier__team__huis", "dossier__eigenaar").get(pk=plan.pk)
    return plan_as_data(plan)


def show(day):
    return f"{day:%d/%m/%Y}"


# Talks about parenthood


def talk(**kwargs):
    return {"tekst": "Over bedtijd.", "gebeurd_op": clock.today(), "over": []} | kwargs


def test_a_talk_sets_the_date_of_the_next_one_and_the_page_says_it_at_once(
    base, plan, gezin, assistent, client_for, get_post
):
    actions.change_plan(plan, {"gespreksritme": 3}, versie=1, by=assistent)
    client, held = client_for(assistent), clock.today() - timedelta(days=2)
    sent = {"tekst": "Over bedtijd.", "gebeurd_op": show(held), "over": str(gezin.lina.sleutel)}
    answer = client.post(f"{base}opvolging/gesprek/", sent, follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"{base}opvolging/"
    assert f'<span class="deadline">{show(held + timedelta(weeks=3))}</span>' in html
    note = Notitie.objects.get(soort=Notitiesoort.OUDERSCHAP)
    assert (note.tekst, note.gebeurd_op, list(note.over.all())) == ("Over bedtijd.", held, [gezin.lina])
    assert Gebeurtenis.objects.filter(soort=Soort.GEMAAKT, sleutel=str(note.sleutel)).exists()


def test_the_newest_talk_counts_whatever_the_order_in_which_they_are_noted(plan, assistent):
    today = clock.today()
    for days in (3, 20):
        actions.add_gesprek(plan, talk(gebeurd_op=today - timedelta(days=days)), by=assistent)
    assert data_of(plan)["laatste_gesprek"] == (today - timedelta(days=3)).isoformat()


def test_a_talk_that_was_corrected_or_hidden_counts_no_more(plan, assistent):
    today = clock.today()
    wrong = actions.add_gesprek(plan, talk(gebeurd_op=today), by=assistent)
    right = {"soort": Notitiesoort.OUDERSCHAP} | talk(gebeurd_op=today - timedelta(days=30))
    correct_notitie(wrong, right, by=assistent)
    assert data_of(plan)["laatste_gesprek"] == (today - timedelta(days=30)).isoformat()
    hide_notitie(Notitie.objects.get(corrigeert=wrong), {"reden": "Verkeerd dossier."}, by=assistent)
    assert data_of(plan)["laatste_gesprek"] is None


def test_a_talk_that_is_due_is_late_in_words_but_not_in_a_plan_that_rests(base, plan, assistent, client_for):
    plan = actions.change_plan(plan, {"gespreksritme": 1}, versie=1, by=assistent)
    with clock.set_to(clock.now() + timedelta(days=8)):
        client = client_for(assistent)
        for page in ("", "opvolging/"):
            assert "te laat</span>" in client.get(base + page).content.decode()
        pause = {"gepauzeerd_op": clock.today(), "hervat_op": clock.today() + timedelta(days=9), "pauze_reden": "x"}
        actions.pause_plan(plan, pause, by=assistent)
        for page in ("", "opvolging/"):
            html = client.get(base + page).content.decode()
            assert "te laat</span>" not in html
            assert "het plan rust" in html


QUESTIONS = "Hoe was het?\n\n  Aan het netwerk: wat zag jij?\nWat lukte er?\nAan het kind: met wie?\n"


@pytest.mark.parametrize(
    ("vragen", "gesprekken", "question"),
    [
        (QUESTIONS, 0, "Hoe was het?"),
        (QUESTIONS, 1, "Wat lukte er?"),
        (QUESTIONS, 2, "Hoe was het?"),
        ("Aan het kind: met wie?", 0, ""),
        ("", 3, ""),
        (" \n ", 0, ""),
    ],
)
def test_each_talk_begins_with_the_next_question_for_a_parent(vragen, gesprekken, question):
    assert rules.question_to_ask(vragen, gesprekken) == question


def test_the_page_suggests_a_question_of_the_guidance(base, plan, assistent, client_for):
    client = client_for(assistent)
    first = client.get(f"{base}opvolging/").context["vraag"]
    actions.add_gesprek(plan, talk(), by=assistent)
    page = client.get(f"{base}opvolging/")
    assert first
    assert page.context["vraag"] != first
    assert page.context["vraag"] in page.content.decode()


# Signs


def sign(**kwargs):
    return {"tekst": WORDS, "gebeurd_op": clock.today(), "bron": Bron.DERDE, "over": []} | kwargs


def decide(plan, by, **kwargs):
    data = {"onveilig": "ja", "besluit_met": "het team", "besluit_op": clock.today(), "besluit_uitleg": ""} | kwargs
    return actions.decide(plan, data, versie=Stappenplan.objects.get(pk=plan.pk).versie, by=by)


@pytest.fixture
def besloten(plan, assistent):
    """The decision of step 4 was taken three days ago."""
    with clock.set_to(clock.now() - timedelta(days=3)):
        return decide(plan, assistent)


DAY = date(2026, 11, 12)


def at(hour, day=DAY):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gebeurd", "noted", "besluit", "decided", "weighed"),
    [
        (DAY, at(10), None, None, False),  # no decision yet, noted since the plan began
        (DAY, at(6), None, None, True),  # noted before: it led to the plan
        (DAY, at(10), DAY, at(9), False),  # decided that morning, before it was known
        (DAY, at(10), DAY, at(11), True),
        (DAY, at(10), DAY - timedelta(days=1), at(11), False),  # saved later, but taken the day before
        (DAY, at(10), DAY + timedelta(days=1), at(11, DAY + timedelta(days=1)), True),
        (
            DAY - timedelta(days=9),
            at(10),
            DAY - timedelta(days=2),
            at(9, DAY - timedelta(days=2)),
            False,
        ),  # learned late
        (DAY, at(10), None, at(11), True),  # the day of the decision was left empty
        (DAY, at(10), None, at(9), False),
        (DAY, at(10), DAY, None, True),  # a decision of before its moment was kept
        (DAY, at(10), DAY - timedelta(days=1), None, False),
    ],
)
def test_a_decision_weighs_what_was_known_and_not_what_came_later(gebeurd, noted, besluit, decided, weighed):
    found = rules.sign_is_weighed(
        gebeurd_op=gebeurd, noted_at=noted, began_at=at(7), besluit_op=besluit, decided_at=decided
    )
    assert found is weighed


def test_a_sign_asks_for_step_4_again_on_the_pages_of_step_5(base, besloten, rijen, gezin, assistent, client_for):
    client = client_for(assistent)
    sent = {"tekst": WORDS, "gebeurd_op": show(clock.today()), "bron": "kind", "over": str(gezin.lina.sleutel)}
    before = data_of(besloten)
    answer = client.post(f"{base}opvolging/signaal/", sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"{base}opvolging/"
    sentence = f"Signaal van {show(clock.today())}: kijk opnieuw naar stap 4"
    for page in (answer, client.get(base)):
        html = page.content.decode()
        assert f'<h2 id="nieuw-signaal-kop">{sentence}</h2>' in html
        for link in (f"{base}instap/besluit/", "/overleg/nieuw/", f"{base}opvolging/verlaten/"):
            assert f'{link}"' in html
    note = Notitie.objects.get(soort=Notitiesoort.SIGNAAL)
    assert (note.tekst, note.bron, list(note.over.all())) == (WORDS, "kind", [gezin.lina])
    after = data_of(besloten)
    assert {name for name in after if after[name] != before[name]} == {"signalen"}  # step 5 stays as it was
    assert to_look_at(after)[0]["tekst"] == sentence


def test_deciding_again_answers_the_sign_and_keeps_all_of_step_5(
    base, besloten, rijen, assistent, get_post, client_for
):
    actions.add_signaal(besloten, sign(), by=assistent)
    before = data_of(besloten)
    assert "zet er dan de nieuwe dag bij" in client_for(assistent).get(f"{base}instap/besluit/").content.decode()
    answer = get_post(assistent, f"{base}instap/besluit/", {"besluit_op": show(clock.today())})
    assert answer.status_code == 302
    after = data_of(besloten)
    assert new_signs(after) == ""
    assert "nieuwe dag" not in client_for(assistent).get(f"{base}instap/besluit/").content.decode()
    assert after["plan"]["besluit_op"] == clock.today().isoformat()
    kept = ("zorgen", "uitzonderingen", "wensen", "netwerk", "afspraken")
    assert [after[name] for name in kept] == [before[name] for name in kept]


def test_the_same_decision_on_the_same_day_is_a_decision_too(base, plan, assistent, get_post):
    decide(plan, assistent)
    actions.add_signaal(plan, sign(), by=assistent)
    assert new_signs(data_of(plan))
    assert get_post(assistent, f"{base}instap/besluit/", {}).status_code == 302
    assert new_signs(data_of(plan)) == ""
    assert "opnieuw bekeken en blijft gelden" in Notitie.objects.filter(soort="wijziging").first().tekst


def test_a_sign_that_comes_while_somebody_decides_was_not_weighed(base, plan, assistent, deelnemer, client_for):
    client = client_for(assistent)
    form = client.get(f"{base}instap/besluit/").context["form"]
    actions.add_signaal(plan, sign(), by=deelnemer)
    sent = {"onveilig": "ja", "besluit_met": "het team", "besluit_op": show(clock.today()), "versie": "1"}
    assert client.post(f"{base}instap/besluit/", sent | {"shown_at": form["shown_at"].value()}).status_code == 302
    assert new_signs(data_of(plan))


def test_the_page_with_two_decisions_shows_what_was_typed_and_no_moment(base, plan, assistent, client_for):
    client, sent = client_for(assistent), {"onveilig": "ja", "besluit_met": "het team", "versie": "1"}
    form = client.get(f"{base}instap/besluit/").context["form"]
    assert client.post(f"{base}instap/besluit/", sent).status_code == 302
    late = sent | {"besluit_met": "de teamverantwoordelijke", "shown_at": form["shown_at"].value()}
    answer = client.post(f"{base}instap/besluit/", late)
    assert answer.status_code == 409
    assert answer.context["conflict"] == [("Met wie besloten?", "het team", "de teamverantwoordelijke")]


@pytest.mark.parametrize(
    "shown_at", ["", "gisteren", "2026-13-45T99:00", "2026-01-01T00:00:00", "9999-01-01T00:00:00Z", "\x00"]
)
def test_a_moment_that_makes_no_sense_does_not_stop_the_decision(base, plan, assistent, client_for, shown_at):
    sent = {"onveilig": "ja", "besluit_met": "het team", "versie": "1", "shown_at": shown_at}
    answer = client_for(assistent).post(f"{base}instap/besluit/", sent)
    plan.refresh_from_db()
    if answer.status_code == 302:
        assert abs(plan.decided_at - clock.now()) < timedelta(minutes=1)
    else:
        assert (answer.status_code, plan.decided_at) == (200, None)


@pytest.mark.parametrize("undo", ["hide", "erase", "correct"])
def test_a_sign_that_no_longer_stands_asks_nothing(besloten, assistent, undo):
    note = actions.add_signaal(besloten, sign(), by=assistent)
    assert new_signs(data_of(besloten))
    if undo == "hide":
        hide_notitie(note, {"reden": "Verkeerd dossier."}, by=assistent)
    elif undo == "erase":
        erase_text(note, reden="bewaartermijn")
    else:
        correct_notitie(note, sign(soort=Notitiesoort.TELEFOON), by=assistent)
    assert data_of(besloten)["signalen"] == []
    assert new_signs(data_of(besloten)) == ""


def test_a_correction_that_is_a_sign_itself_asks_in_its_place(besloten, assistent):
    note = actions.add_signaal(besloten, sign(), by=assistent)
    day = clock.today() - timedelta(days=1)
    again = correct_notitie(note, sign(soort=Notitiesoort.SIGNAAL, gebeurd_op=day), by=assistent)
    (found,) = data_of(besloten)["signalen"]
    assert (found["sleutel"], found["datum"]) == (str(again.sleutel), day.isoformat())
    assert show(day) in new_signs(data_of(besloten))


def test_several_signs_are_one_question(besloten, assistent):
    for days in (2, 0, 1):
        actions.add_signaal(besloten, sign(gebeurd_op=clock.today() - timedelta(days=days)), by=assistent)
    expected = f"3 signalen, het laatste van {show(clock.today())}: kijk opnieuw naar stap 4"
    assert new_signs(data_of(besloten)) == expected
    assert [row["tekst"] for row in to_look_at(data_of(besloten))].count(expected) == 1


def test_a_sign_noted_in_the_journal_asks_the_same(besloten, dossier, deelnemer):
    add_notitie(dossier, sign(soort=Notitiesoort.SIGNAAL), by=deelnemer)
    (found,) = data_of(besloten)["signalen"]
    assert found["door_gebruiker"] == str(deelnemer)
    assert new_signs(data_of(besloten))


def test_a_child_who_told_it_is_nowhere_named_as_the_source(besloten, gezin, assistent):
    actions.add_signaal(besloten, sign(bron=Bron.KIND, over=[gezin.lina]), by=assistent)
    assert set(data_of(besloten)["signalen"][0]) == {"sleutel", "datum", "genoteerd_op", "door_gebruiker", "gewogen"}


def test_a_plan_that_was_left_asks_nothing_and_takes_no_sign(besloten, assistent, unchanged):
    actions.add_signaal(besloten, sign(), by=assistent)
    left = {"uitkomst": "stap_4", "datum": clock.today(), "reden": "Nieuwe feiten.", "met": "het team"}
    actions.leave_step(besloten, left, by=assistent)
    assert new_signs(data_of(besloten)) == ""
    with unchanged(), pytest.raises(NotAllowed, match="Stap 5 is afgesloten"):
        actions.add_signaal(besloten, sign(), by=assistent)


def test_signs_of_before_do_not_follow_into_a_new_passage(dossier, besloten, assistent):
    actions.add_signaal(besloten, sign(), by=assistent)
    left = {"uitkomst": "stap_4", "datum": clock.today(), "reden": "Nieuwe feiten.", "met": "het team"}
    actions.leave_step(besloten, left, by=assistent)
    again = actions.start_plan(dossier, by=assistent)
    assert new_signs(data_of(again)) == ""


def test_who_leads_the_team_reads_the_question_without_the_ways(
    base, besloten, assistent, teamverantwoordelijke, client_for
):
    actions.add_signaal(besloten, sign(), by=assistent)
    html = client_for(teamverantwoordelijke).get(base).content.decode()
    assert "kijk opnieuw naar stap 4</h2>" in html
    assert "instap/besluit/" not in html


# What went well again


def again(**kwargs):
    return {"datum": clock.today(), "gezien_door": "oma", "toelichting": ""} | kwargs


def test_what_went_well_again_is_noted_and_read_everywhere(base, rijen, assistent, get_post, client_for):
    address = f"{base}uitzonderingen/{rijen.uitzondering.sleutel}/herhaling/"
    sent = {"gezien_door": "de juf", "toelichting": "Lina zong op de fiets."}
    assert get_post(assistent, address, sent).status_code == 302
    client = client_for(assistent)
    for page in ("", "uitzonderingen/", "kopie/"):
        html = client.get(base + page).content.decode()
        assert "Lina zong op de fiets." in html
        assert "gezien door de juf" in html
    note = Notitie.objects.filter(soort="wijziging").first().tekst
    assert note.startswith(f"Herhaling toegevoegd: lukte opnieuw op {show(clock.today())}, gezien door de juf")


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"gezien_door": ""}, "gezien_door"), ({"gezien_door": "oma", "datum": "1/1/2999"}, "datum"),
     ({"gezien_door": "x" * 201}, "gezien_door"), ({"gezien_door": "oma", "toelichting": "x" * 5001}, "toelichting")],
)  # fmt: skip
def test_a_repeat_that_makes_no_sense_is_not_noted(base, rijen, assistent, get_post, unchanged, sent, field):
    with unchanged():
        answer = get_post(assistent, f"{base}uitzonderingen/{rijen.uitzondering.sleutel}/herhaling/", sent)
    assert field in answer.context["form"].errors


def test_an_exception_that_was_struck_out_does_not_come_again(rijen, assistent, unchanged):
    stop_row(rijen.uitzondering, {"datum": clock.today(), "reden": "Vergissing."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="intussen beëindigd"):
        actions.add_herhaling(rijen.uitzondering, again(), by=assistent)


def test_nothing_is_noted_in_a_closed_dossier(dossier, plan, rijen, assistent, unchanged):
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    with unchanged():
        for act in (
            lambda: actions.add_herhaling(rijen.uitzondering, again(), by=assistent),
            lambda: actions.add_gesprek(plan, talk(), by=assistent),
            lambda: actions.add_signaal(plan, sign(), by=assistent),
            lambda: decide(plan, assistent),
        ):
            with pytest.raises(NotAllowed):
                act()


@pytest.mark.parametrize("role", ["collega", "vreemde", "teamverantwoordelijke", "uitgeslotene"])
def test_who_does_not_follow_the_dossier_notes_nothing(request, plan, rijen, unchanged, role):
    user = request.getfixturevalue(role)
    plan = Stappenplan.objects.get(pk=plan.pk)
    with unchanged():
        for act in (actions.add_gesprek, actions.add_signaal):
            with pytest.raises(NotAllowed):
                act(plan, talk() if act is actions.add_gesprek else sign(), by=user)
        with pytest.raises(NotAllowed):
            actions.add_herhaling(rijen.uitzondering, again(), by=user)


def check(days, uitkomst="nagekomen"):
    day = clock.today() - timedelta(days=days)
    return {"datum": day, "uitkomst": uitkomst, "gezien_door": "oma", "volgende": clock.today() + timedelta(days=9)}


@pytest.fixture
def herhaald(plan, rijen, assistent):
    """Its repeats 1 and 10 days ago; the agreement made out of it was kept 3 and 20 days ago, and not 2 days ago."""
    actions.change_item(rijen.afspraak, {"uit_uitzondering": rijen.uitzondering}, versie=1, by=assistent)
    for days in (1, 10):
        actions.add_herhaling(rijen.uitzondering, again(datum=clock.today() - timedelta(days=days)), by=assistent)
    for days, uitkomst in ((20, "nagekomen"), (3, "nagekomen"), (2, "niet")):
        actions.add_controle(rijen.afspraak, check(days, uitkomst), by=assistent)
    return rijen.uitzondering


@pytest.mark.parametrize(
    ("since", "times", "last"), [(None, 4, 1), (30, 4, 1), (10, 3, 1), (9, 2, 1), (3, 2, 1), (1, 1, 1), (0, 0, None)]
)
def test_repeats_since_a_day_count_with_the_checks_that_were_kept(plan, herhaald, since, times, last):
    today = clock.today()
    found = rules.repeated(data_of(plan), None if since is None else today - timedelta(days=since))
    assert [(row["keren"], row["laatst"]) for row in found] == (
        [(times, today - timedelta(days=last))] if times else []
    )
    assert all(row["uitzondering"]["sleutel"] == str(herhaald.sleutel) for row in found)


def test_what_never_came_again_and_what_was_struck_out_are_no_repeats(plan, rijen, herhaald, assistent):
    actions.add_item(type(herhaald), plan, {"moment": "Eén keer.", "lezers": []}, by=assistent)
    assert [row["uitzondering"]["moment"] for row in rules.repeated(data_of(plan), None)] == [herhaald.moment]
    actions.stop_item(herhaald, {"datum": clock.today(), "reden": "Vergissing."}, by=assistent)
    assert rules.repeated(data_of(plan), None) == []


def test_a_repeat_that_was_struck_out_is_gone_from_the_plan(plan, rijen, assistent):
    row = actions.add_herhaling(rijen.uitzondering, again(), by=assistent)
    actions.stop_item(row, {"datum": clock.today(), "reden": "Vergissing."}, by=assistent)
    assert data_of(plan)["uitzonderingen"][0]["herhalingen"] == []
    assert Herhaling.objects.count() == 1


def test_an_exception_of_another_dossier_is_not_reached(dossier, plan, rijen, assistent, client_for, unchanged):
    other = factories.make_dossier(assistent, voornaam="Tom")
    actions.start_plan(other, by=assistent)
    address = f"/dossiers/{other.kenmerk}/stap-5/uitzonderingen/{rijen.uitzondering.sleutel}/herhaling/"
    with unchanged():
        assert client_for(assistent).post(address, {"gezien_door": "x", "datum": "1/1/2026"}).status_code == 404


# The next check, and whose number it is


@pytest.mark.parametrize(
    ("planned", "since", "days"), [(14, 0, 14), (9, 7, 2), (0, 0, 1), (-3, 2, 1), (0, -28, 28)]
)  # days from today
def test_the_next_check_keeps_the_rhythm(planned, since, days):
    op = clock.today()
    planned, since = op + timedelta(days=planned), op + timedelta(days=since)
    assert rules.next_check(planned=planned, since=since, op=op) == op + timedelta(days=days)


def test_after_a_check_the_next_one_is_proposed(base, rijen, assistent, client_for, get_post):
    """Two weeks after the beginning; then, after a check that asked to look again in five days, in five days."""
    address, client = f"{base}afspraken/{rijen.afspraak.sleutel}/controle/", client_for(assistent)
    today = clock.today()
    assert client.get(address).context["form"]["volgende"].value() == today + timedelta(days=14)
    sent = {"uitkomst": "deels", "gezien_door": "oma"}
    assert get_post(assistent, address, sent | {"volgende": show(today + timedelta(days=5))}).status_code == 302
    assert f'value="{show(today + timedelta(days=5))}"' in client.get(address).content.decode()
    assert get_post(assistent, address, sent).status_code == 302
    rijen.afspraak.refresh_from_db()
    assert rijen.afspraak.volgende_controle == today + timedelta(days=5)


def test_a_next_check_that_is_emptied_is_asked_in_words(base, rijen, assistent, get_post, unchanged):
    sent = {"uitkomst": "deels", "gezien_door": "oma", "volgende": ""}
    with unchanged():
        answer = get_post(assistent, f"{base}afspraken/{rijen.afspraak.sleutel}/controle/", sent)
    assert answer.context["form"].errors["volgende"] == ["Kies wanneer je opnieuw kijkt."]


def test_nobody_gives_a_number_until_somebody_is_chosen(base, gezin, plan, assistent, get_post, client_for):
    page = f"{base}schaal/"
    html = client_for(assistent).get(page).content.decode()
    assert (
        html.index("Kies …") < html.index("Ik, de justitieassistent</option>") < html.index(f"{gezin.wesley.sleutel}")
    )
    assert "optioneel" not in html.partition("Wie geeft het cijfer?")[2].partition("</select>")[0]
    answer = get_post(assistent, page, {"score": "7"})
    assert answer.context["form"].errors["persoon"] == ["Kies wie het cijfer geeft."]
    assert get_post(assistent, page, {"score": "7", "persoon": "ik"}).status_code == 302
    assert get_post(assistent, page, {"score": "4", "persoon": gezin.sara.sleutel}).status_code == 302
    assert list(plan.schaal.order_by("pk").values_list("persoon", "score")) == [(None, 7), (gezin.sara.pk, 4)]
