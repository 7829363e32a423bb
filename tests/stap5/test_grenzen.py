"""The own limits: a normal button that leads to somebody, whom one asked to look along, and what stays private."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions import close_dossier
from dossiers.actions.opdracht import add_deelname, add_uitsluiting
from dossiers.models import Gebeurtenis, Notitie
from stap5 import actions
from stap5.access import overleg_asked_of
from stap5.bundel import bundel
from stap5.models import Grenzencheck
from stap5.plandata import plan_as_data
from tests import factories

pytestmark = pytest.mark.quick


@pytest.fixture
def page(dossier, plan):
    return f"/dossiers/{dossier.kenmerk}/stap-5/grenzen/"


@pytest.fixture
def ask(plan, assistent):
    def add(user, **data):
        facts = {"uitkomst": "overleg", "overleg_met": user, "gevoel": "Ik lig er wakker van."} | data
        return actions.add_item(Grenzencheck, plan, facts, by=assistent)

    return add


def text(response):
    return response.content.decode()


def proposals(response):
    """The section with who can come in."""
    return text(response).partition('id="erbij"')[2].partition("</section>")[0]


def test_the_page_proposes_a_colleague_the_teamverantwoordelijke_a_partner_and_handing_over(
    page, dossier, assistent, collega, teamverantwoordelijke, deelnemer, uitgeslotene, client_for
):
    html = proposals(client_for(assistent).get(page))
    base = f"/dossiers/{dossier.kenmerk}"
    assert f'href="?overleg_met={teamverantwoordelijke.sleutel}#nieuw"' in html
    assert f'href="?overleg_met={deelnemer.sleutel}#nieuw"' in html
    assert f'href="{base}/deelnames/?gebruiker={collega.sleutel}"' in html
    for place in (f"{base}/stap-5/hulp/", f"{base}/overleg/", f"{base}/overdracht/"):
        assert f'href="{place}"' in html
    assert "Uitgeslotene" not in html
    assert "Assistent" not in html


def test_every_page_of_step_5_leads_to_it_in_plain_words(dossier, plan, assistent, client_for):
    html = text(client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/stap-5/zorgen/"))
    assert f'href="/dossiers/{dossier.kenmerk}/stap-5/grenzen/">Ik wil er iemand bij</a>' in html


def test_the_links_fill_in_the_form_they_lead_to(page, dossier, assistent, collega, teamverantwoordelijke, client_for):
    client = client_for(assistent)
    form = client.get(f"{page}?overleg_met={teamverantwoordelijke.sleutel}").context["form"]
    assert form["overleg_met"].value() == str(teamverantwoordelijke.sleutel)
    assert form["uitkomst"].value() == "overleg"
    assert (
        "optioneel"
        not in text(client.get(f"{page}?overleg_met={teamverantwoordelijke.sleutel}"))
        .partition("Wat wil je samen bekijken?")[2]
        .partition("<textarea")[0]
    )
    html = text(client.get(f"/dossiers/{dossier.kenmerk}/deelnames/?gebruiker={collega.sleutel}"))
    assert f'<option value="{collega.sleutel}" selected>' in html


@pytest.mark.parametrize("key", ["bestaat-niet", "x" * 5000, "<script>"])
def test_a_link_to_nobody_fills_in_nothing(page, assistent, client_for, key):
    response = client_for(assistent).get(page, {"overleg_met": key})
    assert response.status_code == 200
    assert " selected" not in text(response).partition("overleg_met")[2].partition("</select>")[0]
    assert "<script>alert" not in text(response)


def test_a_teamverantwoordelijke_who_works_along_adds_a_colleague_herself(
    page, dossier, assistent, collega, teamverantwoordelijke, client_for
):
    period = {"soort": "meewerken", "van": clock.today(), "tot": clock.today() + timedelta(days=9)}
    add_deelname(dossier, {"gebruiker": teamverantwoordelijke} | period, by=assistent)
    html = proposals(client_for(teamverantwoordelijke).get(page))
    assert f"?gebruiker={collega.sleutel}" in html
    assert "Dat regelt" not in html


def test_who_works_along_is_told_who_may_add_a_colleague(page, deelnemer, client_for):
    html = proposals(client_for(deelnemer).get(page))
    assert "Dat regelt Assistent Verzonnen, de eigenaar van het dossier." in html
    assert "?gebruiker=" not in html


def test_only_who_sees_the_dossier_can_be_asked(page, assistent, collega, vreemde, uitgeslotene, get_post, unchanged):
    for user in (collega, vreemde, uitgeslotene, assistent):
        with unchanged():
            response = get_post(assistent, page, {"uitkomst": "overleg", "overleg_met": user.sleutel})
        assert "overleg_met" in response.context["form"].errors


def test_who_was_asked_finds_it_until_it_was_talked_about(
    dossier, page, plan, ask, assistent, teamverantwoordelijke, get_post, client_for
):
    check = ask(teamverantwoordelijke)
    assert list(overleg_asked_of(teamverantwoordelijke)) == [check]
    assert list(overleg_asked_of(assistent)) == []
    html = text(client_for(teamverantwoordelijke).get(page))
    assert "gevraagd aan Teamverantwoordelijke Verzonnen" in html
    assert "Samen bekeken: noteer de dag" in html
    assert "wakker" not in html
    response = get_post(teamverantwoordelijke, f"{page}{check.sleutel}/besproken/", {})
    assert response.status_code == 302
    check.refresh_from_db()
    assert check.besproken_op == clock.today()
    assert list(overleg_asked_of(teamverantwoordelijke)) == []
    entry = Gebeurtenis.objects.filter(dossier=dossier, model="grenzencheck").order_by("-pk").first()
    assert (entry.tekst, entry.created_by) == ("grenzencheck: besproken op", teamverantwoordelijke)


def test_the_journal_the_plan_and_the_paper_hold_the_outcome_only(dossier, plan, ask, teamverantwoordelijke, assistent):
    check = ask(teamverantwoordelijke)
    actions.discuss_grenzencheck(check, {"besproken_op": clock.today()}, by=assistent)
    said = " ".join(Notitie.objects.values_list("tekst", flat=True)) + str(plan_as_data(plan))
    assert "ik overleg met een collega" in said
    for secret in ("wakker", "Teamverantwoordelijke", "besproken"):
        assert secret not in said


@pytest.mark.parametrize("who", ["deelnemer", "collega", "vreemde"])
def test_nobody_else_notes_that_it_was_talked_about(request, ask, teamverantwoordelijke, unchanged, who):
    user, check = request.getfixturevalue(who), ask(teamverantwoordelijke)
    with unchanged(), pytest.raises(NotAllowed, match="wie de vraag stelde, of wie gevraagd werd"):
        actions.discuss_grenzencheck(check, {"besproken_op": clock.today()}, by=user)


def test_who_lost_access_is_no_longer_asked(dossier, ask, assistent, deelnemer, unchanged):
    check = ask(deelnemer)
    add_uitsluiting(dossier, {"gebruiker": deelnemer, "reden": "Familie."}, by=assistent)
    assert list(overleg_asked_of(deelnemer)) == []
    with unchanged(), pytest.raises(NotAllowed):
        actions.discuss_grenzencheck(check, {"besproken_op": clock.today()}, by=deelnemer)


def test_a_closed_dossier_asks_nobody(dossier, ask, assistent, teamverantwoordelijke, unchanged):
    check = ask(teamverantwoordelijke)
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    assert list(overleg_asked_of(teamverantwoordelijke)) == []
    with unchanged(), pytest.raises(NotAllowed, match="afgesloten"):
        actions.discuss_grenzencheck(check, {"besproken_op": clock.today()}, by=teamverantwoordelijke)


def test_it_is_not_talked_about_tomorrow(page, ask, teamverantwoordelijke, get_post, unchanged):
    check, tomorrow = ask(teamverantwoordelijke), clock.today() + timedelta(days=1)
    with unchanged():
        response = get_post(teamverantwoordelijke, f"{page}{check.sleutel}/besproken/", {"besproken_op": tomorrow})
    assert "besproken_op" in response.context["form"].errors


def test_with_nobody_left_in_the_team_the_page_still_leads_somewhere(page, dossier, assistent, client_for):
    html = proposals(client_for(assistent).get(page))
    assert "Niemand anders ziet dit dossier nu." in html
    assert f'href="/dossiers/{dossier.kenmerk}/deelnames/">Kies een collega van je justitiehuis</a>' in html


@pytest.mark.both
def test_a_team_that_grows_costs_no_more_queries(page, dossier, assistent, team, client_for, django_assert_num_queries):
    client = client_for(assistent)
    today = clock.today()

    def grow(number):
        for count in range(number, number + 3):
            factories.make_user(f"nieuw{count}", team=team)
            user = factories.make_user(f"mee{count}", team=team)
            add_deelname(dossier, {"gebruiker": user, "soort": "meewerken", "van": today, "tot": today}, by=assistent)

    grow(0)
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    grow(3)
    with django_assert_num_queries(len(queries)):
        client.get(page)


# The question


QUESTION = "Zien we dezelfde zorg bij het ophalen?"


def question_to(user, **data):
    return {"uitkomst": "overleg", "overleg_met": user.sleutel, "vraag": QUESTION} | data


def test_who_was_asked_reads_the_question_first_and_nobody_else_does(
    page, assistent, teamverantwoordelijke, deelnemer, client_for
):
    client = client_for(assistent)
    answer = client.post(page, question_to(teamverantwoordelijke), follow=True)
    assert "Teamverantwoordelijke Verzonnen vindt je vraag bij ‘Mijn werk’." in text(answer)
    assert QUESTION in text(answer)
    check = Grenzencheck.objects.get()
    leader = client_for(teamverantwoordelijke)
    assert f'href="{page}#vraag-{check.sleutel}"' in text(leader.get("/"))
    html = text(leader.get(page)).partition("<main")[2]
    assert html.index("De vraag van Assistent Verzonnen</h2>") < html.index(QUESTION) < html.index('id="genoteerd"')
    assert QUESTION in text(leader.get(f"{page}{check.sleutel}/besproken/"))
    other = text(client_for(deelnemer).get(page))
    assert "gevraagd aan Teamverantwoordelijke Verzonnen" in other
    assert "De vraag van" not in other
    assert QUESTION not in other


def test_once_talked_about_the_question_is_no_longer_on_top(page, ask, assistent, teamverantwoordelijke, client_for):
    check = ask(teamverantwoordelijke, vraag=QUESTION)
    actions.discuss_grenzencheck(check, {"besproken_op": clock.today()}, by=assistent)
    html = text(client_for(teamverantwoordelijke).get(page))
    assert "De vraag van" not in html
    assert QUESTION in html


def test_the_question_stays_out_of_journal_record_plan_and_paper(dossier, plan, ask, teamverantwoordelijke):
    ask(teamverantwoordelijke, vraag=QUESTION)
    texts = [row.tekst for row in [*Notitie.objects.all(), *Gebeurtenis.objects.all()]]
    assert QUESTION not in " ".join(texts) + str(plan_as_data(plan)) + str(bundel(dossier))


@pytest.mark.parametrize(("left_out", "says"), [("vraag", "samen wilt bekijken"), ("overleg_met", "Kies wie")])
def test_a_question_needs_words_and_somebody(
    page, assistent, teamverantwoordelijke, client_for, unchanged, left_out, says
):
    with unchanged():
        response = client_for(assistent).post(page, question_to(teamverantwoordelijke) | {left_out: ""})
    assert says in response.context["form"].errors[left_out][0]


def test_without_a_question_it_is_just_saved(page, assistent, client_for):
    assert "Bewaard." in text(client_for(assistent).post(page, {"uitkomst": "verder"}, follow=True))


def test_a_second_question_waits_for_the_first(page, assistent, teamverantwoordelijke, client_for, unchanged):
    client = client_for(assistent)
    client.post(page, question_to(teamverantwoordelijke))
    with unchanged():
        response = client.post(page, question_to(teamverantwoordelijke, vraag="Nog iets."))
    assert response.status_code == 403
    first = f"Je vraag aan Teamverantwoordelijke Verzonnen van {clock.today():%d/%m/%Y} wacht nog."
    assert first in text(response)
    assert "Nog iets." in text(response)  # what was typed stays
    assert len(overleg_asked_of(teamverantwoordelijke)) == 1


@pytest.mark.parametrize("how", ["talked about", "struck out", "somebody else", "by somebody else"])
def test_another_question_may_be_asked(ask, plan, assistent, deelnemer, teamverantwoordelijke, how):
    first, by, asked = ask(teamverantwoordelijke), assistent, teamverantwoordelijke
    if how == "talked about":
        actions.discuss_grenzencheck(first, {"besproken_op": clock.today()}, by=assistent)
    elif how == "struck out":
        actions.stop_item(first, {"datum": clock.today(), "reden": "Niet meer nodig."}, by=assistent)
    elif how == "somebody else":
        asked = deelnemer
    else:
        by = deelnemer
    second = actions.add_grenzencheck(plan, {"uitkomst": "overleg", "overleg_met": asked, "vraag": QUESTION}, by=by)
    assert second in overleg_asked_of(asked)


def test_only_who_wrote_for_herself_is_told_that_she_alone_reads_it(page, ask, assistent, deelnemer, client_for):
    alone = "Wat je voor jezelf schreef, lees alleen jij."
    ask(deelnemer, gevoel="", vraag=QUESTION)
    html = text(client_for(assistent).get(page))
    assert alone not in html
    assert "Alleen jij leest dit" not in html
    ask(None, tijd="nee", gevoel="")
    html = text(client_for(assistent).get(page))
    assert alone not in html
    assert html.count("Deze antwoorden lees alleen jij.") == 1
    ask(None)
    assert text(client_for(assistent).get(page)).count(alone) == 1
    ask(None, gedeeld_met=[deelnemer])
    html = text(client_for(deelnemer).get(page))
    assert alone not in html
    assert "Gedeeld met Deelnemer Verzonnen." in html
