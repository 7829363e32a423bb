"""Asking review and answering it: who may, what it leaves behind, and what a refusal leaves alone."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import Rol, Teamverantwoordelijkheid
from accounts.rules import NotAllowed
from dossiers.access import own_or_shared, visible_to
from dossiers.actions import add_notitie, close_dossier, create_row, stop_row
from dossiers.actions.opdracht import add_deelname, add_uitsluiting, change_opdracht
from dossiers.actions.vervanging import arrange_vervanging
from dossiers.models import Deelname, Deelnamesoort, Gebeurtenis, Notitie, Soort, Verbod
from stap5 import actions
from stap5.actions.nazicht import (
    add_opmerking,
    approve_nazicht,
    ask_nazicht,
    send_back_nazicht,
    withdraw_nazicht,
)
from stap5.deel import open_ends
from stap5.models import Nazicht, Opmerking, Planversie, Zorg
from stap5.nazichtregels import reviewers, writers
from tests import factories
from tests.stap5.versies import address, versions


@pytest.fixture
def tweede(team):
    """A second teamverantwoordelijke of the same team."""
    return factories.make_leader("tweede", team)


@pytest.fixture
def andere(ander_team):
    """The teamverantwoordelijke of another team of the house."""
    return factories.make_leader("andere", ander_team)


@pytest.fixture
def eigen(teamverantwoordelijke):
    """A dossier that the teamverantwoordelijke follows herself, with its plan."""
    dossier = factories.make_dossier(teamverantwoordelijke, voornaam="Tom")
    return actions.start_plan(dossier, by=teamverantwoordelijke)


# Asking


def test_who_writes_the_plan_asks_review_and_a_version_is_kept(
    dossier, rijen, assistent, teamverantwoordelijke, get_post
):
    response = get_post(assistent, versions(dossier), {"vraag": "Klopt het?"})
    assert response.status_code == 302
    nazicht = Nazicht.objects.get()
    assert (nazicht.stand, nazicht.vraag, nazicht.created_by) == ("wacht", "Klopt het?", assistent)
    assert (nazicht.planversie.nummer, nazicht.gevraagd_aan) == (1, None)
    assert Notitie.objects.latest("id").tekst == "Nazicht gevraagd van versie 1 van het stappenplan. Vraag: Klopt het?"
    entry = Gebeurtenis.objects.filter(model="nazicht").get()
    assert (entry.soort, entry.sleutel) == (Soort.GEMAAKT, str(nazicht.sleutel))


def test_who_takes_part_asks_too(dossier, rijen, deelnemer, teamverantwoordelijke, get_post):
    assert get_post(deelnemer, versions(dossier), {"vraag": ""}).status_code == 302
    assert Nazicht.objects.get().created_by == deelnemer


def test_the_teamverantwoordelijke_does_not_ask(dossier, plan, teamverantwoordelijke, client_for, unchanged):
    client = client_for(teamverantwoordelijke)
    assert "Dat doet wie het dossier volgt." in client.get(versions(dossier)).content.decode()
    with unchanged():
        assert client.post(versions(dossier), {"vraag": "Mag ik?"}).status_code == 403


def test_a_second_version_is_not_asked_while_one_waits(nazicht, dossier, assistent, client_for, unchanged):
    client = client_for(assistent)
    page = client.get(versions(dossier)).content.decode()
    assert "Versie 1 wacht op " in page
    with unchanged():
        response = client.post(versions(dossier), {"vraag": "En nu?"})
    assert response.status_code == 403
    assert "Versie 1 wacht nog op nazicht." in response.content.decode()
    assert "En nu?" in response.content.decode()


def test_a_plan_that_was_left_is_not_asked_about(dossier, plan, assistent, teamverantwoordelijke, unchanged):
    end = {"uitkomst": "stap_6", "datum": clock.today(), "reden": "Het lukt niet.", "met": "team"}
    actions.leave_step(plan, end, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="Stap 5 is afgesloten"):
        ask_nazicht(plan, {}, by=assistent)


def test_the_work_goes_on_while_a_version_waits(nazicht, plan, rijen, assistent, teamverantwoordelijke, client_for):
    actions.change_item(rijen.afspraak, {"wat": "Oma haalt ook Milan."}, versie=1, by=assistent)
    actions.add_item(Zorg, plan, {"wat": "Iets nieuws.", "lezers": []}, by=assistent)
    client = client_for(teamverantwoordelijke)
    assert "2 onderdelen veranderden sinds deze versie." in client.get(address(nazicht)).content.decode()
    since = client.get(address(nazicht).replace("nazicht/", "sindsdien/")).content.decode()
    assert "Iets nieuws." in since
    assert (
        "2 onderdelen veranderden sindsdien"
        in client.get(versions(plan.dossier).replace("versies/", "")).content.decode()
    )


# Who reviews


def test_the_teamverantwoordelijke_of_the_team_reviews(plan, assistent, teamverantwoordelijke, tweede, andere):
    assert reviewers(plan, assistent) == ([teamverantwoordelijke, tweede], [andere])


def test_who_does_not_lead_today_is_kept_out_or_is_not_active_does_not_review(
    plan, dossier, team, huis, ander_huis, assistent, teamverantwoordelijke
):
    today = clock.today()
    factories.make_leader("vroeger", team, van=today - timedelta(days=9), tot=today - timedelta(days=1))
    factories.make_leader("later", team, van=today + timedelta(days=1))
    factories.make_leader("buiten", factories.make_team(ander_huis, "Elders"))
    gone = factories.make_leader("weg", team)
    gone.is_active = False
    gone.save()
    kept_out = factories.make_leader("buurvrouw", team)
    add_uitsluiting(dossier, {"gebruiker": kept_out, "reden": "Buurvrouw."}, by=assistent)
    other_role = factories.make_user("assistent2", team=team)
    Teamverantwoordelijkheid.objects.create(team=team, gebruiker=other_role)
    assert reviewers(plan, assistent) == ([teamverantwoordelijke], [])


WROTE = "Je schreef zelf mee aan dit plan."


def _takes_part(dossier, user, by):
    data = {"gebruiker": user, "soort": "vervanging", "tot": clock.today() + timedelta(days=9)}
    add_deelname(dossier, data, by=by)


@pytest.mark.parametrize("what", ["made", "changed", "ended", "checked", "referred", "banned", "extended"])
def test_who_wrote_anything_in_the_plan_does_not_review_it(
    what, plan, rijen, dossier, assistent, teamverantwoordelijke, tweede, unchanged
):
    """She stood in for the assistant, and made, changed, ended or checked one row, or of what the version
    tells of the family."""
    _takes_part(dossier, tweede, assistent)
    if what == "made":
        actions.add_item(Zorg, plan, {"wat": "Het was laat.", "lezers": []}, by=tweede)
    elif what == "changed":
        actions.change_item(rijen.wens, {"nodig": "Rust."}, versie=1, by=tweede)
    elif what == "ended":
        actions.stop_item(rijen.uitzondering, {"datum": clock.today(), "reden": "Dubbel."}, by=tweede)
    elif what == "referred":
        factories.make_doorverwijzing(dossier, voor=[], by=tweede)
    elif what == "banned":
        ban = {"soort": "contactverbod", "wie": dossier.betrokkenen.first(), "tegenover": []}
        create_row(Verbod, dossier, ban, by=tweede)
    elif what == "extended":
        longer = {"soort": "verlengd", "datum": clock.today(), "nieuw_einde": clock.today() + timedelta(days=400)}
        change_opdracht(dossier.opdrachten.get(), longer | {"reden": "Nodig."}, by=tweede)
    else:
        check = {"datum": clock.today(), "uitkomst": "deels", "gezien_door": "oma", "volgende": clock.today()}
        actions.add_controle(rijen.afspraak, check, by=tweede)
    assert writers([plan.pk], [tweede.pk, teamverantwoordelijke.pk]) == {(plan.pk, tweede.pk)}
    nazicht = ask_nazicht(plan, {}, by=assistent)
    for act in (approve_nazicht, send_back_nazicht):
        with unchanged(), pytest.raises(NotAllowed, match=WROTE):
            act(nazicht, {"toelichting": "Goed."}, by=tweede)
    with unchanged(), pytest.raises(NotAllowed, match=WROTE):
        add_opmerking(nazicht, {"tekst": "x"}, by=tweede)
    assert approve_nazicht(nazicht, {}, by=teamverantwoordelijke).stand == "goedgekeurd"


def test_what_she_wrote_in_an_earlier_plan_or_in_the_journal_does_not_matter(
    plan, dossier, assistent, teamverantwoordelijke
):
    _takes_part(dossier, teamverantwoordelijke, assistent)
    row = actions.add_item(Zorg, plan, {"wat": "Vroeger.", "lezers": []}, by=teamverantwoordelijke)
    actions.change_item(row, {"wat": "Toen."}, versie=1, by=teamverantwoordelijke)
    end = {"uitkomst": "stap_4", "datum": clock.today(), "reden": "Nieuwe feiten.", "met": "team"}
    actions.leave_step(plan, end, by=assistent)
    new = actions.start_plan(dossier, by=assistent)
    note = {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": "Gebeld.", "over": []}
    add_notitie(dossier, note, by=teamverantwoordelijke)
    assert writers([new.pk, plan.pk], [teamverantwoordelijke.pk]) == {(plan.pk, teamverantwoordelijke.pk)}
    assert approve_nazicht(ask_nazicht(new, {}, by=assistent), {}, by=teamverantwoordelijke).besluit == "goedgekeurd"


def test_a_teamverantwoordelijke_who_asked_does_not_answer(
    plan, dossier, assistent, teamverantwoordelijke, tweede, unchanged
):
    _takes_part(dossier, teamverantwoordelijke, assistent)
    nazicht = ask_nazicht(plan, {}, by=teamverantwoordelijke)
    with unchanged(), pytest.raises(NotAllowed, match="Je vroeg dit nazicht zelf"):
        approve_nazicht(nazicht, {}, by=teamverantwoordelijke)
    assert approve_nazicht(nazicht, {}, by=tweede).stand == "goedgekeurd"


def test_nobody_reviews_her_own_dossier(eigen, teamverantwoordelijke, tweede, unchanged):
    """A colleague who takes part asked; the owner leads the team and still may not."""
    _takes_part(eigen.dossier, tweede, teamverantwoordelijke)
    nazicht = ask_nazicht(eigen, {"gevraagd_aan": None}, by=teamverantwoordelijke)
    with unchanged(), pytest.raises(NotAllowed, match="Dit is je eigen dossier"):
        approve_nazicht(nazicht, {}, by=teamverantwoordelijke)
    assert approve_nazicht(nazicht, {}, by=tweede).stand == "goedgekeurd"


@pytest.mark.parametrize("who", ["assistent", "deelnemer"])
@pytest.mark.parametrize("act", ["goedkeuren", "terugsturen", "opmerking"])
def test_who_writes_the_plan_gives_no_answer(request, who, act, nazicht, client_for, unchanged):
    client = client_for(request.getfixturevalue(who))
    assert "Nakijken doet de teamverantwoordelijke van het team." in client.get(address(nazicht, act)).content.decode()
    with unchanged():
        response = client.post(address(nazicht, act), {"tekst": "Goed.", "toelichting": "Goed."})
    assert response.status_code == 403


# A dossier of the teamverantwoordelijke herself


def test_her_own_dossier_is_reviewed_by_one_of_another_team(
    eigen, teamverantwoordelijke, andere, client_for, get_post, dossier
):
    """She chooses; that colleague reads the whole dossier, writes nothing in it, answers, and is out again."""
    page = client_for(teamverantwoordelijke).get(versions(eigen.dossier)).content.decode()
    assert "Andere Verzonnen" in page
    sent = {"vraag": "Wil jij kijken?", "gevraagd_aan": str(andere.sleutel)}
    assert get_post(teamverantwoordelijke, versions(eigen.dossier), sent).status_code == 302
    nazicht = Nazicht.objects.get()
    deelname = Deelname.objects.get()
    assert (deelname.gebruiker, deelname.soort) == (andere, Deelnamesoort.NAZICHT)
    assert deelname.tot == clock.today() + timedelta(days=30)

    client = client_for(andere)
    assert "Tom" in client.get("/team/nazicht/").content.decode()
    for place in (f"/dossiers/{eigen.dossier.kenmerk}/", address(nazicht), versions(eigen.dossier)):
        assert client.get(place).status_code == 200
    assert eigen.dossier in visible_to(andere)
    assert eigen.dossier not in own_or_shared(andere)
    response = client.post(address(nazicht, "goedkeuren"), {"toelichting": "Mooi werk."}, follow=True)
    assert response.redirect_chain[-1][0] == "/team/nazicht/"
    assert "De versie is goedgekeurd." in response.content.decode()
    nazicht.refresh_from_db()
    assert (nazicht.stand, nazicht.besluit_door, nazicht.toelichting) == ("goedgekeurd", andere, "Mooi werk.")
    assert client.get(address(nazicht)).status_code == 404
    assert Deelname.objects.get().gestopt_reden == "Het nazicht is beantwoord."


def test_who_reads_along_for_a_review_writes_nothing(eigen, teamverantwoordelijke, andere, client_for, unchanged):
    ask_nazicht(eigen, {"gevraagd_aan": andere}, by=teamverantwoordelijke)
    base, client = f"/dossiers/{eigen.dossier.kenmerk}/", client_for(andere)
    sentence = "Je leest dit dossier voor een nazicht. Je maakt er opmerkingen bij, maar schrijft er niet in."
    assert sentence in client.get(f"{base}voortgang/").content.decode()
    note = {"soort": "telefoon", "gebeurd_op": "1/1/2026", "tekst": "Gebeld."}
    with unchanged():
        assert client.post(f"{base}voortgang/", note).status_code == 403
        assert client.post(f"{base}stap-5/zorgen/", {"wat": "x", "kind_onduidelijk": "on"}).status_code == 403
        assert client.post(f"{base}stap-5/versies/", {"vraag": "x"}).status_code == 403
        client.post(f"{base}sluiten/", {"reden": "x"})
        client.post(f"{base}deelnames/", {"gebruiker": str(andere.sleutel), "soort": "meewerken"})
    assert client.get(f"{base}inzage/").status_code == 404
    assert client.get(f"{base}uitsluitingen/").status_code == 404


def test_the_access_ends_by_itself_when_the_question_is_withdrawn_or_time_is_up(
    eigen, teamverantwoordelijke, andere, client_for
):
    nazicht = ask_nazicht(eigen, {"gevraagd_aan": andere}, by=teamverantwoordelijke)
    with clock.set_to(clock.now() + timedelta(days=31)):
        assert eigen.dossier not in visible_to(andere)
        html = client_for(teamverantwoordelijke).get(address(nazicht)).content.decode()
        assert "Niemand kan dit nu nakijken." in html
    withdraw_nazicht(nazicht, {"reden": "Toch niet."}, by=teamverantwoordelijke)
    assert eigen.dossier not in visible_to(andere)


def test_while_the_only_teamverantwoordelijke_is_away_one_of_another_team_can_be_asked(
    plan, assistent, teamverantwoordelijke, team
):
    assert reviewers(plan, assistent) == ([teamverantwoordelijke], [])
    away = {"voor": teamverantwoordelijke, "van": clock.today(), "tot": clock.today() + timedelta(days=9)}
    arrange_vervanging(
        away | {"door": factories.make_user("invaller", team=team), "reden": ""}, by=teamverantwoordelijke
    )
    plan.__dict__.pop("_reviewers")
    assert reviewers(plan, assistent) == ([teamverantwoordelijke], [])
    west = factories.make_leader("west", factories.make_team(team.huis, "Team West"))
    plan.__dict__.pop("_reviewers")
    assert reviewers(plan, assistent) == ([], [west])
    assert ask_nazicht(plan, {"gevraagd_aan": west}, by=assistent).gevraagd_aan == west


@pytest.mark.parametrize("why", ["excluded", "deactivated", "other house", "assistant", "own team wrote", "nobody"])
def test_only_who_may_can_be_asked(
    why, eigen, teamverantwoordelijke, andere, vreemde, collega, team, ander_huis, unchanged
):
    asked = andere
    if why == "excluded":
        add_uitsluiting(eigen.dossier, {"gebruiker": andere, "reden": "Familie."}, by=teamverantwoordelijke)
    elif why == "deactivated":
        andere.is_active = False
        andere.save()
    elif why == "other house":
        asked = factories.make_leader("elders", factories.make_team(ander_huis, "Elders"))
    elif why == "assistant":
        asked = collega
    elif why == "own team wrote":
        asked = factories.make_leader("schreef", factories.make_team(team.huis, "Team West"))
        _takes_part(eigen.dossier, asked, teamverantwoordelijke)
        actions.add_item(Zorg, eigen, {"wat": "x", "lezers": []}, by=asked)
    else:
        asked = None
    with unchanged(), pytest.raises(NotAllowed):
        ask_nazicht(eigen, {"gevraagd_aan": asked}, by=teamverantwoordelijke)


def test_a_choice_that_is_not_offered_is_refused_by_the_form(
    eigen, teamverantwoordelijke, andere, vreemde, client_for, unchanged
):
    with unchanged():
        response = client_for(teamverantwoordelijke).post(
            versions(eigen.dossier), {"vraag": "x", "gevraagd_aan": str(vreemde.sleutel)}
        )
    assert response.status_code == 200
    assert "Deze keuze kan niet meer. Kies opnieuw." in response.content.decode()


def test_who_is_kept_out_after_being_asked_can_no_longer_answer(
    eigen, teamverantwoordelijke, andere, client_for, unchanged
):
    nazicht = ask_nazicht(eigen, {"gevraagd_aan": andere}, by=teamverantwoordelijke)
    add_uitsluiting(eigen.dossier, {"gebruiker": andere, "reden": "Familie."}, by=teamverantwoordelijke)
    with unchanged(), pytest.raises(NotAllowed):
        approve_nazicht(nazicht, {}, by=andere)
    assert client_for(andere).get(address(nazicht)).status_code == 404
    assert "Niemand kan dit nu nakijken." in client_for(teamverantwoordelijke).get(address(nazicht)).content.decode()


def test_who_stopped_leading_after_being_asked_can_no_longer_answer(eigen, teamverantwoordelijke, andere, unchanged):
    nazicht = ask_nazicht(eigen, {"gevraagd_aan": andere}, by=teamverantwoordelijke)
    Teamverantwoordelijkheid.objects.filter(gebruiker=andere).update(
        tot=clock.today() - timedelta(days=1), van="2020-01-01"
    )
    with unchanged(), pytest.raises(NotAllowed):
        approve_nazicht(nazicht, {}, by=andere)
    andere.rol = Rol.JUSTITIEASSISTENT
    with unchanged(), pytest.raises(NotAllowed):
        approve_nazicht(nazicht, {}, by=andere)


def test_a_house_without_anybody_who_may_review_says_so(eigen, teamverantwoordelijke, client_for, unchanged):
    client = client_for(teamverantwoordelijke)
    assert (
        "geen teamverantwoordelijke die dit plan kan nakijken" in client.get(versions(eigen.dossier)).content.decode()
    )
    with unchanged():
        response = client.post(versions(eigen.dossier), {"vraag": "x"})
    assert response.status_code == 403
    assert "geen teamverantwoordelijke die dit plan kan nakijken" in response.content.decode()


def test_reading_along_for_a_review_is_not_something_one_chooses(dossier, assistent, collega, client_for, unchanged):
    client = client_for(assistent)
    assert "nazicht (alleen lezen)" not in client.get(f"/dossiers/{dossier.kenmerk}/deelnames/").content.decode()
    sent = {"gebruiker": str(collega.sleutel), "soort": "nazicht", "van": "1/1/2026", "tot": "1/1/2027"}
    with unchanged():
        client.post(f"/dossiers/{dossier.kenmerk}/deelnames/", sent)


# Answering


def test_a_version_is_approved(nazicht, teamverantwoordelijke, assistent, get_post, client_for):
    response = get_post(teamverantwoordelijke, address(nazicht, "goedkeuren"), {"toelichting": "Doe zo voort."})
    assert response.status_code == 302
    nazicht.refresh_from_db()
    assert (nazicht.stand, nazicht.besluit_door, nazicht.versie) == ("goedgekeurd", teamverantwoordelijke, 2)
    line = "Versie 1 van het stappenplan nagekeken: goedgekeurd. Doe zo voort."
    assert Notitie.objects.latest("id").tekst == line
    entry = Gebeurtenis.objects.filter(model="nazicht").latest("id")
    assert (entry.soort, entry.tekst, entry.created_by) == (
        Soort.GEWIJZIGD,
        "nazicht: goedgekeurd",
        teamverantwoordelijke,
    )
    html = client_for(assistent).get(versions(nazicht.plan.dossier)).content.decode()
    assert "Goedgekeurd door Teamverantwoordelijke Verzonnen" in html
    assert "Doe zo voort." in html
    assert "Nazicht vragen" in html


def test_sending_back_says_what_is_to_be_mended(nazicht, teamverantwoordelijke, unchanged):
    with unchanged(), pytest.raises(NotAllowed, match="Zeg wat er anders moet"):
        send_back_nazicht(nazicht, {"toelichting": ""}, by=teamverantwoordelijke)
    add_opmerking(nazicht, {"tekst": "Te vaag."}, by=teamverantwoordelijke)
    assert send_back_nazicht(nazicht, {"toelichting": ""}, by=teamverantwoordelijke).stand == "teruggestuurd"


def test_words_alone_are_enough_to_send_back(nazicht, teamverantwoordelijke):
    assert send_back_nazicht(nazicht, {"toelichting": "Vraag het aan Lina."}, by=teamverantwoordelijke).besluit


def test_the_second_teamverantwoordelijke_hears_what_the_first_decided(
    nazicht, teamverantwoordelijke, tweede, client_for, unchanged
):
    """Both have the page open; the second types an answer all the same."""
    send_back_nazicht(nazicht, {"toelichting": "Te vaag."}, by=teamverantwoordelijke)
    with unchanged():
        response = client_for(tweede).post(address(nazicht, "goedkeuren"), {"toelichting": "Voor mij is dit goed."})
    assert response.status_code == 403
    html = response.content.decode()
    assert "Teamverantwoordelijke Verzonnen stuurde versie 1 al terug op" in html
    assert "Voor mij is dit goed." in html


@pytest.mark.parametrize("act", [approve_nazicht, send_back_nazicht])
def test_a_withdrawn_version_gets_no_answer(act, nazicht, teamverantwoordelijke, assistent, unchanged):
    withdraw_nazicht(nazicht, {"reden": "Te vroeg."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match=r"ingetrokken op \d\d/\d\d/\d{4}: Te vroeg\."):
        act(nazicht, {"toelichting": "Goed."}, by=teamverantwoordelijke)
    with unchanged(), pytest.raises(NotAllowed, match="ingetrokken"):
        add_opmerking(nazicht, {"tekst": "x"}, by=teamverantwoordelijke)


def test_a_closed_dossier_gets_no_answer_and_closing_says_so(
    nazicht, dossier, assistent, teamverantwoordelijke, unchanged
):
    assert any("wacht nog een versie op nazicht" in sentence for sentence in open_ends(dossier))
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="Dit dossier is afgesloten"):
        approve_nazicht(nazicht, {}, by=teamverantwoordelijke)


# What it is compared with


def test_a_version_is_compared_with_the_last_one_that_was_answered(
    nazicht, plan, rijen, assistent, teamverantwoordelijke, client_for
):
    """Nobody read what was withdrawn: what changed before it is told as well."""
    client = client_for(teamverantwoordelijke)
    assert client.get(address(nazicht)).context["vorige"] is None
    approve_nazicht(nazicht, {}, by=teamverantwoordelijke)
    actions.change_item(rijen.afspraak, {"wat": "Oma haalt ook Milan."}, versie=1, by=assistent)
    withdrawn = ask_nazicht(plan, {}, by=assistent)
    withdraw_nazicht(withdrawn, {"reden": "Te vroeg."}, by=assistent)
    actions.change_item(rijen.wens, {"nodig": "Een slot."}, versie=1, by=assistent)
    third = ask_nazicht(plan, {}, by=assistent)
    context = client.get(address(third)).context
    assert context["vorige"] == nazicht.planversie
    assert [change.wat for _, pairs in context["groepen"] for change, _ in pairs] == ["Wens", "Afspraak"]
    assert "Wat er veranderde sinds versie 1" in client.get(address(third)).content.decode()


def test_the_versions_of_an_earlier_passage_stay_readable_and_are_not_compared_with(
    nazicht, plan, dossier, assistent, teamverantwoordelijke, client_for
):
    approve_nazicht(nazicht, {}, by=teamverantwoordelijke)
    end = {"uitkomst": "stap_4", "datum": clock.today(), "reden": "Nieuwe feiten.", "met": "team"}
    actions.leave_step(plan, end, by=assistent)
    again = ask_nazicht(actions.start_plan(dossier, by=assistent), {}, by=assistent)
    client = client_for(assistent)
    html = client.get(versions(dossier)).content.decode()
    assert "Versies van een eerder stappenplan" in html
    assert str(nazicht.planversie.sleutel) in html
    for version in (nazicht, again):
        assert version.planversie.nummer == 1
        context = client.get(address(version)).context
        assert (context["vorige"], context["eerste"]) == (None, True)


# Withdrawing


def test_a_question_is_withdrawn_with_its_reason_and_the_version_stays(nazicht, assistent, get_post, client_for):
    assert get_post(assistent, address(nazicht, "intrekken"), {"reden": "Ik vergat iets."}).status_code == 302
    nazicht.refresh_from_db()
    assert (nazicht.stand, nazicht.gestopt_reden) == ("ingetrokken", "Ik vergat iets.")
    assert "ingetrokken. Reden: Ik vergat iets." in Notitie.objects.latest("id").tekst
    assert "Ingetrokken op" in client_for(assistent).get(address(nazicht)).content.decode()
    assert Planversie.objects.get().tekst


@pytest.mark.parametrize("who", ["teamverantwoordelijke", "tweede"])
def test_who_reviews_does_not_withdraw(request, who, nazicht, unchanged):
    with unchanged(), pytest.raises(NotAllowed):
        withdraw_nazicht(nazicht, {"reden": "x"}, by=request.getfixturevalue(who))


def test_what_was_answered_or_withdrawn_is_not_withdrawn(nazicht, assistent, teamverantwoordelijke, unchanged):
    approve_nazicht(nazicht, {}, by=teamverantwoordelijke)
    with unchanged(), pytest.raises(NotAllowed, match="keurde versie 1 al goed"):
        withdraw_nazicht(nazicht, {"reden": "x"}, by=assistent)


# The list of the team


def test_the_list_of_the_team_holds_what_waits_and_what_was_answered_lately(
    nazicht, teamverantwoordelijke, tweede, andere, client_for, assistent, plan
):
    def lists(user):
        response = client_for(user).get("/team/nazicht/")
        return response.context["wachtend"], response.context["beantwoord"]

    assert lists(tweede) == ([nazicht], [])
    assert lists(andere) == ([], [])
    approve_nazicht(nazicht, {}, by=teamverantwoordelijke)
    assert lists(tweede) == ([], [nazicht])
    with clock.set_to(clock.now() + timedelta(days=31)):
        assert lists(tweede) == ([], [])


def test_what_she_may_not_answer_does_not_wait_for_her(
    nazicht, plan, dossier, assistent, teamverantwoordelijke, tweede, client_for
):
    _takes_part(dossier, tweede, assistent)
    actions.add_item(Zorg, plan, {"wat": "x", "lezers": []}, by=tweede)
    assert client_for(tweede).get("/team/nazicht/").context["wachtend"] == []
    add_uitsluiting(dossier, {"gebruiker": teamverantwoordelijke, "reden": "Familie."}, by=assistent)
    assert client_for(teamverantwoordelijke).get("/team/nazicht/").context["wachtend"] == []
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)


def test_a_review_by_hand_stopped_access_is_told_on_the_page(eigen, teamverantwoordelijke, andere, client_for):
    nazicht = ask_nazicht(eigen, {"gevraagd_aan": andere}, by=teamverantwoordelijke)
    html = client_for(teamverantwoordelijke).get(address(nazicht)).content.decode()
    assert "Wacht op Andere Verzonnen." in html
    stop_row(Deelname.objects.get(), {"datum": clock.today(), "reden": "Fout."}, by=teamverantwoordelijke)
    html = client_for(teamverantwoordelijke).get(address(nazicht)).content.decode()
    assert "Niemand kan dit nu nakijken." in html


@pytest.mark.both
def test_the_database_keeps_one_waiting_review_and_whole_decisions(nazicht, plan, assistent, db):
    from django.db import IntegrityError, transaction

    versie = Planversie.objects.create(
        dossier=plan.dossier, plan=plan, nummer=2, schema=1, tekst="{}", created_by=assistent
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Nazicht.objects.create(plan=plan, planversie=versie, created_by=assistent)
    for broken in ({"besluit": "goedgekeurd"}, {"besluit_op": clock.now()}, {"gestopt_op": clock.today()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Nazicht.objects.filter(pk=nazicht.pk).update(**broken)
    assert not Opmerking.objects.exists()


def test_an_unknown_version_or_remark_is_not_found(dossier, nazicht, rijen, assistent, client_for):
    client = client_for(assistent)
    base = f"/dossiers/{dossier.kenmerk}/stap-5/"
    other = rijen.zorg.sleutel
    for place in (f"versies/{other}/", f"versies/{other}/nazicht/", f"opmerkingen/{other}/oplossen/"):
        assert client.get(base + place).status_code == 404


def test_a_version_of_another_dossier_is_not_found_through_this_one(nazicht, assistent, client_for):
    other = factories.make_dossier(assistent, voornaam="Tom")
    found = client_for(assistent).get(f"{versions(other)}{nazicht.planversie.sleutel}/nazicht/")
    assert found.status_code == 404


def test_who_came_in_to_review_reads_a_dossier_no_longer_once_it_is_closed(eigen, andere, teamverantwoordelijke):
    ask_nazicht(eigen, {"vraag": "", "gevraagd_aan": andere}, by=teamverantwoordelijke)
    assert visible_to(andere).filter(pk=eigen.dossier.pk).exists()
    close_dossier(eigen.dossier, {"reden": "Klaar."}, by=teamverantwoordelijke)
    assert not visible_to(andere).filter(pk=eigen.dossier.pk).exists()
