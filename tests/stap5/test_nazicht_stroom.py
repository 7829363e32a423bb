"""The way of a review: who has to do something next finds it, with what she needs, on the page where she does it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions import stop_row
from dossiers.models import Gebeurtenis, Notitie
from stap5 import actions
from stap5.actions.nazicht import (
    add_opmerking,
    answer_opmerking,
    approve_nazicht,
    ask_nazicht,
    resolve_opmerking,
    send_back_nazicht,
    withdraw_nazicht,
)
from stap5.models import Grenzencheck, Opmerking
from stap5.plandata.verschil import Onderdeel
from tests import factories
from tests.stap5.versies import address, of_remark, versions


def _on(row, wat):
    return Onderdeel(sleutel=str(row.sleutel), wat=wat, titel="niet bewaard")


@pytest.fixture
def opmerkingen(nazicht, rijen, teamverantwoordelijke):
    """One on the agreement and one on the plan as a whole."""
    by = teamverantwoordelijke
    about = {"over": _on(rijen.afspraak, "Afspraak"), "tekst": "Hoe laat precies?"}
    return [add_opmerking(nazicht, about, by=by), add_opmerking(nazicht, {"tekst": "Wat vindt Sara?"}, by=by)]


# Asked


def test_who_asks_hears_with_whom_the_question_lies(dossier, rijen, assistent, teamverantwoordelijke, client_for):
    client, words = client_for(assistent), "Je vraag ligt bij Teamverantwoordelijke Verzonnen. Je werkt gewoon verder."
    html = client.post(versions(dossier), {"vraag": "Klopt het?"}, follow=True).content.decode()
    assert words in html
    assert "Bewaard." not in html


def test_a_colleague_of_another_team_who_is_asked_is_named(teamverantwoordelijke, ander_team, client_for):
    other = factories.make_leader("andere", ander_team)
    plan = actions.start_plan(factories.make_dossier(teamverantwoordelijke), by=teamverantwoordelijke)
    client = client_for(teamverantwoordelijke)
    html = client.post(versions(plan.dossier), {"gevraagd_aan": str(other.sleutel)}, follow=True).content.decode()
    assert "Je vraag ligt bij Andere Verzonnen." in html
    assert "Versie 1 wacht op Andere Verzonnen" in html


def test_while_a_version_waits_the_page_says_for_whom_and_not_what_is_refused(
    nazicht, dossier, assistent, teamverantwoordelijke, client_for
):
    hers = client_for(assistent).get(versions(dossier)).content.decode()
    theirs = client_for(teamverantwoordelijke).get(versions(dossier)).content.decode()
    for html in (hers, theirs):
        assert "Versie 1 wacht op Teamverantwoordelijke Verzonnen" in html
        assert "wacht nog op nazicht" not in html
    link = f'href="{address(nazicht, "intrekken")}">Vraag intrekken'
    assert link in hers
    assert link not in theirs


def test_who_asks_while_another_version_waits_is_told_and_keeps_what_she_typed(
    nazicht, dossier, assistent, client_for, unchanged
):
    with unchanged():
        response = client_for(assistent).post(versions(dossier), {"vraag": "En de zondag?"})
    assert response.status_code == 403
    html = response.content.decode()
    assert "Versie 1 wacht nog op nazicht." in html
    assert "En de zondag?" in html


# Sent back


def test_a_plan_that_was_sent_back_stands_first_on_the_worklist_as_waiting(
    nazicht, assistent, teamverantwoordelijke, client_for
):
    client = client_for(assistent)
    assert "wacht op jou" not in client.get("/").content.decode()
    send_back_nazicht(nazicht, {"toelichting": "Wie ziet dat?"}, by=teamverantwoordelijke)
    response = client.get("/")
    assert response.context["vragend"][0].punten[0].href == address(nazicht)
    assert response.content.decode().count("wacht op jou") == 1


def test_an_approved_plan_waits_for_nobody(nazicht, assistent, teamverantwoordelijke, client_for):
    approve_nazicht(nazicht, {}, by=teamverantwoordelijke)
    html = client_for(assistent).get("/").content.decode()
    assert "Nazicht beantwoord: goedgekeurd" in html
    assert "wacht op jou" not in html


def test_who_writes_finds_the_open_remarks_first_with_the_ways_to_answer_and_to_change(
    opmerkingen, nazicht, rijen, dossier, assistent, teamverantwoordelijke, client_for
):
    client = client_for(assistent)
    response = client.get(address(nazicht))
    assert response.context["te_beantwoorden"] == opmerkingen
    assert "Opnieuw nazicht vragen" not in response.content.decode()
    send_back_nazicht(nazicht, {}, by=teamverantwoordelijke)
    html = client.get(address(nazicht)).content.decode()
    assert 'Open opmerkingen <span class="n">2</span>' in html
    for remark in opmerkingen:
        assert html.count(f'id="opmerking-{remark.sleutel}"') == 1
        assert html.index(of_remark(remark, "beantwoorden")) < html.index("Eerste versie: alles is nieuw")
    assert html.count("Afspraak wijzigen") == 1
    link = f"/dossiers/{dossier.kenmerk}/stap-5/afspraken/{rijen.afspraak.sleutel}/"
    assert f'href="{link}"' in html
    assert client.get(link).status_code == 200
    assert f'href="{versions(dossier)}#nieuw">Opnieuw nazicht vragen' in html


@pytest.mark.parametrize("name", ["zorg", "uitzondering", "wens"])
def test_every_item_of_the_plan_that_can_be_changed_is_linked_until_it_ends(
    name, nazicht, rijen, dossier, assistent, teamverantwoordelijke, client_for
):
    row, client = getattr(rijen, name), client_for(assistent)
    add_opmerking(nazicht, {"over": _on(row, name.capitalize()), "tekst": "Klopt dit nog?"}, by=teamverantwoordelijke)
    link = f'href="/dossiers/{dossier.kenmerk}/stap-5/{row._meta.verbose_name_plural}/{row.sleutel}/"'
    assert link in client.get(address(nazicht)).content.decode()
    stop_row(row, {"datum": nazicht.created_at.date(), "reden": "Voorbij."}, by=assistent)
    html = client.get(address(nazicht)).content.decode()
    assert "Klopt dit nog?" in html
    assert link not in html


def test_asking_again_is_offered_where_a_version_was_sent_back_and_nothing_was_asked_since(
    nazicht, plan, assistent, teamverantwoordelijke, client_for
):
    client, words = client_for(assistent), "Opnieuw nazicht vragen"
    send_back_nazicht(nazicht, {"toelichting": "Te vaag."}, by=teamverantwoordelijke)
    assert words in client.get(address(nazicht)).content.decode()
    assert words not in client_for(teamverantwoordelijke).get(address(nazicht)).content.decode()
    second = ask_nazicht(plan, {}, by=assistent)
    for version in (nazicht, second):
        assert words not in client.get(address(version)).content.decode()


def test_who_reviews_keeps_the_remarks_at_their_items(opmerkingen, nazicht, teamverantwoordelijke, client_for):
    response = client_for(teamverantwoordelijke).get(address(nazicht))
    assert response.context["te_beantwoorden"] == []
    assert opmerkingen[0] in [row for _, pairs in response.context["groepen"] for _, rows in pairs for row in rows]
    assert "Afspraak wijzigen" not in response.content.decode()


def test_only_who_may_remark_is_told_where_to(nazicht, assistent, teamverantwoordelijke, client_for):
    words = "om er een opmerking bij te maken"
    assert words in client_for(teamverantwoordelijke).get(address(nazicht)).content.decode()
    assert words not in client_for(assistent).get(address(nazicht)).content.decode()


# Approved


@pytest.fixture
def beantwoord(opmerkingen, assistent):
    """The first was answered, the second was not."""
    answer_opmerking(opmerkingen[0], {"antwoord": "Om 16 uur."}, versie=1, by=assistent)
    return opmerkingen


def _sleutels(remarks):
    return [str(remark.sleutel) for remark in remarks]


def test_approving_offers_to_resolve_the_open_remarks_and_begins_with_those_that_were_answered(
    beantwoord, nazicht, teamverantwoordelijke, client_for
):
    response = client_for(teamverantwoordelijke).get(address(nazicht, "goedkeuren"))
    field = response.context["form"]["opgelost"]
    assert [sleutel for sleutel, _ in field.field.choices] == _sleutels(beantwoord)
    assert field.value() == _sleutels(beantwoord[:1])
    first, second = (label for _, label in field.field.choices)
    for words in ("Hoe laat precies?", "Afspraak: Oma haalt Lina op vrijdag van school.", "Antwoord: Om 16 uur."):
        assert words in first
    assert second == "Wat vindt Sara? (het plan als geheel) Nog geen antwoord."
    assert "Eén opmerking kreeg nog geen antwoord: die blijft open" in response.content.decode()


def test_what_is_ticked_is_resolved_with_the_approval_and_the_rest_stays_open(
    beantwoord, nazicht, teamverantwoordelijke, get_post
):
    sent = {"opgelost": _sleutels(beantwoord[:1]), "toelichting": "Goed zo."}
    assert get_post(teamverantwoordelijke, address(nazicht, "goedkeuren"), sent).status_code == 302
    nazicht.refresh_from_db()
    assert nazicht.stand == "goedgekeurd"
    assert list(Opmerking.objects.open()) == beantwoord[1:]
    beantwoord[0].refresh_from_db()
    assert (beantwoord[0].opgelost_door, beantwoord[0].versie) == (teamverantwoordelijke, 3)
    told = Notitie.objects.order_by("-id").values_list("tekst", flat=True)[:2]
    assert list(told) == [
        "Versie 1 van het stappenplan nagekeken: goedgekeurd. Goed zo.",
        "Opmerking van het nazicht opgelost, over: Afspraak",
    ]
    assert Gebeurtenis.objects.filter(model="opmerking", tekst="opmerking: opgelost").count() == 1


def test_a_remark_of_an_earlier_version_is_resolved_with_a_later_one(
    beantwoord, nazicht, plan, assistent, teamverantwoordelijke
):
    send_back_nazicht(nazicht, {}, by=teamverantwoordelijke)
    approve_nazicht(ask_nazicht(plan, {}, by=assistent), {"opgelost": beantwoord}, by=teamverantwoordelijke)
    assert not Opmerking.objects.open().exists()


def test_who_may_not_resolve_does_not_approve_either(beantwoord, nazicht, teamverantwoordelijke, assistent, unchanged):
    with unchanged(), pytest.raises(NotAllowed):
        approve_nazicht(nazicht, {"opgelost": beantwoord}, by=assistent)
    resolve_opmerking(beantwoord[0], {}, by=teamverantwoordelijke)
    with unchanged(), pytest.raises(NotAllowed, match="zette deze opmerking op opgelost"):
        approve_nazicht(nazicht, {"opgelost": beantwoord}, by=teamverantwoordelijke)


def test_a_remark_that_was_resolved_meanwhile_is_told_and_nothing_is_approved(
    beantwoord, nazicht, teamverantwoordelijke, client_for, unchanged
):
    client, sent = client_for(teamverantwoordelijke), {"opgelost": _sleutels(beantwoord[:1]), "toelichting": "Goed."}
    resolve_opmerking(beantwoord[0], {}, by=teamverantwoordelijke)
    with unchanged():
        html = client.post(address(nazicht, "goedkeuren"), sent).content.decode()
    assert "is intussen opgelost" in html
    assert "Goed." in html


def test_without_open_remarks_there_is_nothing_to_tick_and_nothing_to_warn_about(
    nazicht, teamverantwoordelijke, client_for
):
    response = client_for(teamverantwoordelijke).get(address(nazicht, "goedkeuren"))
    assert "opgelost" not in response.context["form"].fields
    assert len(response.context["waarschuwingen"]) == 1


# What one reads and where one is


def test_a_first_version_is_read_without_unfolding(nazicht, teamverantwoordelijke, client_for):
    html = client_for(teamverantwoordelijke).get(address(nazicht)).content.decode()
    assert html.count('<details class="klein-uitklap"') == html.count('<details class="klein-uitklap" open') > 5


def test_above_a_remark_stands_the_whole_item(nazicht, rijen, teamverantwoordelijke, client_for):
    client, whole = client_for(teamverantwoordelijke), "Wat spreken we af"
    place = address(nazicht, "opmerking")
    about = client.get(f"{place}?over={rijen.afspraak.sleutel}").content.decode()
    assert f"<dt>{whole}</dt><dd>Oma haalt Lina op vrijdag van school.</dd>" in about
    assert "<dt>Volgende controle</dt>" in about
    assert "{#" not in about
    assert "Klopt de afspraak met oma?" in client.get(place).content.decode()
    typed = client.post(place, {"over": str(rijen.afspraak.sleutel), "tekst": ""}).content.decode()
    assert f"<dt>{whole}</dt>" in typed


def test_the_way_back_from_an_act_goes_through_the_versions(
    opmerkingen, nazicht, dossier, assistent, teamverantwoordelijke, client_for
):
    lead, writer = client_for(teamverantwoordelijke), client_for(assistent)
    pages = [lead.get(address(nazicht, act)) for act in ("opmerking", "goedkeuren", "terugsturen")]
    pages += [writer.get(address(nazicht, "intrekken")), writer.get(of_remark(opmerkingen[0], "beantwoorden"))]
    pages += [lead.get(of_remark(opmerkingen[0], "oplossen"))]
    for page in pages:
        path = page.content.decode().partition('aria-label="Kruimelpad"')[2].partition("</nav>")[0]
        assert f'<a href="{versions(dossier)}">Versies en nazicht</a>' in path
        assert f'<a href="{address(nazicht)}">Nazicht van versie 1</a>' in path


def test_in_the_menu_the_list_of_reviews_is_the_one_current_page(teamverantwoordelijke, client_for):
    client = client_for(teamverantwoordelijke)
    for place, name in (("/team/nazicht/", "Nazicht"), ("/team/", "Team")):
        menu = client.get(place).content.decode().partition('aria-label="Hoofdmenu"')[2].partition("</nav>")[0]
        assert menu.count("aria-current") == 1
        assert f'<a href="{place}" aria-current="page">{name}</a>' in menu
    menu = client.get("/team/stil/").content.decode().partition('aria-label="Hoofdmenu"')[2].partition("</nav>")[0]
    assert '<a href="/team/" aria-current="true">Team</a>' in menu


@pytest.fixture
def said(nazicht, assistent, client_for):
    """What the screen and the paper of the version say."""

    def read():
        client, base = client_for(assistent), address(nazicht).replace("nazicht/", "")
        screen = client.get(base).content.decode()
        paper = PdfReader(BytesIO(client.get(f"{base}stappenplan.pdf").content))
        return screen, " ".join(" ".join(sheet.extract_text() for sheet in paper.pages[:2]).split())

    return read


@pytest.mark.parametrize(
    ("act", "who", "words"),
    [
        (None, "", "Nog niet nagekeken."),
        (approve_nazicht, "teamverantwoordelijke", "Goedgekeurd door Teamverantwoordelijke Verzonnen op {}."),
        (send_back_nazicht, "teamverantwoordelijke", "Teruggestuurd door Teamverantwoordelijke Verzonnen op {}."),
        (withdraw_nazicht, "assistent", "Ingetrokken op {}."),
    ],
)
def test_a_version_says_on_screen_and_on_paper_what_became_of_it(request, act, who, words, nazicht, said):
    if act:
        act(nazicht, {"toelichting": "Zo.", "reden": "Te vroeg."}, by=request.getfixturevalue(who))
    for text in said():
        assert words.format(f"{clock.today():%d/%m/%Y}") in text


# Waits for you


def test_what_waits_names_the_family(dossier, plan, nazicht, assistent, deelnemer, teamverantwoordelijke, client_for):
    asked = {"uitkomst": "overleg", "overleg_met": teamverantwoordelijke}
    actions.add_item(Grenzencheck, plan, asked, by=assistent)
    html = client_for(teamverantwoordelijke).get("/").content.decode()
    assert "Assistent Verzonnen vraagt je nazicht van het plan van Wesley Peeters, versie 1" in html
    assert "Assistent Verzonnen vraagt of je mee wilt kijken bij Wesley Peeters" in html
    factories.make_overdracht(dossier, deelnemer, by=assistent)
    assert "wil je het dossier van Wesley Peeters overdragen" in client_for(deelnemer).get("/").content.decode()


def test_what_she_may_not_see_yet_stays_without_a_name(dossier, assistent, collega, vreemde, client_for):
    factories.make_overdracht(dossier, collega, by=assistent)
    html = client_for(collega).get("/").content.decode()
    assert "Assistent Verzonnen wil je een dossier overdragen" in html
    assert "Peeters" not in html


def test_a_team_that_is_offered_a_dossier_of_another_house_does_not_read_its_name(
    dossier, assistent, ander_huis, client_for
):
    team = factories.make_team(ander_huis, "Elders")
    leader = factories.make_leader("elders", team)
    factories.make_overdracht(dossier, team, by=assistent)
    html = client_for(leader).get("/").content.decode()
    assert "wil je een dossier overdragen" in html
    assert "Peeters" not in html
