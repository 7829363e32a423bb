"""The pages of a hand-over: what who is asked sees before she decides, and what nobody sees afterwards."""

from datetime import timedelta

import pytest
import time_machine

from accounts import clock
from accounts.rules import refusal
from dossiers.actions import change_row, close_dossier
from dossiers.actions.opdracht import add_uitsluiting
from dossiers.actions.overdracht import accept_overdracht, refuse_overdracht, withdraw_overdracht
from dossiers.models import Dossier, Gebeurtenis, Overdracht, Soort
from dossiers.overdrachtregels import check_can_read_refusal_reason
from tests import factories
from tests.client import Client
from tests.factories import make_overdracht
from tests.test_access_matrix import TABLE, address, of_a_dossier, without_token

UNREAL = "b6b5b1f5-5c0f-4f7e-9d0a-0a6f0f3c0801"


@pytest.fixture
def offer(dossier, gezin, rijen, assistent, collega):
    boodschap = "Bel me gerust."
    return make_overdracht(dossier, collega, by=assistent, reden="Ik ga halftijds.", boodschap=boodschap)


@pytest.fixture
def page(offer):
    return f"/overdrachten/{offer.sleutel}/"


def text(response):
    return response.content.decode()


def owner(dossier):
    return Dossier.objects.get(pk=dossier.pk).eigenaar


# Before the answer


def test_who_is_asked_sees_what_it_takes_to_decide(page, collega, dossier, client_for):
    html = text(client_for(collega).get(page))
    for fact in (
        "De vraag van Assistent Verzonnen", "Ik ga halftijds.", "Bel me gerust.", "Wesley Peeters", "Sara",
        "2 kinderen: 9 en ongeveer 7 jaar", "Probatie", "Stap 5 loopt, met 1 zorg en 1 afspraak", "Team Noord",
    ):  # fmt: skip
        assert fact.replace("'", "&#x27;") in html, fact
    assert f"{dossier.opdrachten.get().einde:%d/%m/%Y}" in html


def test_she_reads_before_she_answers_what_a_yes_does(dossier, page, assistent, collega, team, client_for):
    says = "Neem je over, dan volg jij het dossier meteen"
    assert f"{says} en ziet Assistent Verzonnen het niet meer." in text(client_for(collega).get(page))
    boss = factories.make_leader("baas", team)
    hers = make_overdracht(factories.make_dossier(boss), collega, by=boss)
    html = text(client_for(collega).get(f"/overdrachten/{hers.sleutel}/"))
    assert f"{says}." in html
    assert "niet meer" not in html


def test_she_sees_no_worry_no_number_no_address_and_no_name_of_a_child(page, collega, dossier, client_for):
    html = text(client_for(collega).get(page))
    for secret in ("op de trap", "0470", "Kerkstraat", "Lina", "Milan", "Rita", "Oma", "stil is", dossier.kenmerk):
        assert secret not in html, secret


def test_her_reading_stands_in_the_record_of_the_dossier(page, collega, dossier, client_for):
    client_for(collega).get(page)
    entry = Gebeurtenis.objects.filter(dossier=dossier, created_by=collega).get()
    assert (entry.soort, entry.tekst) == (Soort.GELEZEN, "voorstel tot overdracht")


def test_the_list_names_nobody_whom_the_reader_may_not_see(offer, collega, assistent, client_for):
    hers, mine = (text(client_for(user).get("/overdrachten/")) for user in (collega, assistent))
    assert "Assistent Verzonnen vraagt of jij een dossier wil overnemen" in hers
    assert "Wesley" not in hers
    assert "Wesley Peeters" in mine
    assert "wacht op een antwoord" in mine


@pytest.mark.parametrize(
    "who", ["assistent", "deelnemer", "vreemde", "teamverantwoordelijke", "toezichthouder", "beheerder", "uitgeslotene"]
)
def test_for_anybody_else_an_offer_that_exists_and_one_that_does_not_are_the_same(
    request, offer, page, client_for, unchanged, who
):
    user = request.getfixturevalue(who)
    client = client_for(user)
    with unchanged():
        for method, end in (("get", ""), ("post", "aanvaarden/"), ("post", "weigeren/")):
            real = getattr(client, method)(f"{page}{end}", {"reden": "x"})
            unreal = getattr(client, method)(f"/overdrachten/{UNREAL}/{end}", {"reden": "x"})
            assert real.status_code == unreal.status_code == 404
            assert without_token(real) == without_token(unreal)
    assert Client().get(page)["Location"].startswith("/aanmelden/")


def test_the_owner_reads_in_inzage_who_tried_an_offer_of_hers(dossier, page, vreemde, assistent, client_for):
    client_for(vreemde).get(page)
    seen = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/inzage/").context["gebeurtenissen"]
    assert (vreemde, "geweigerd", "voorstel tot overdracht") in [(e.created_by, e.soort, e.tekst) for e in seen]


def test_before_the_answer_the_dossier_stays_closed_to_the_receiver(dossier, offer, alles_of, collega, client_for):
    assert alles_of(collega) == {404}


@pytest.fixture
def alles_of(dossier, rijen):
    """`alles_of(user)`: the statuses of every page and every post of this dossier (405: the page takes no post)."""
    client, rows = Client(), _AnyRow()

    def ask(user):
        client.force_login(user)
        found = set()
        for name in of_a_dossier():
            place = address(name, dossier.kenmerk, rows)
            asked = {method: getattr(client, method)(place, {}).status_code for method in ("get", "post")}
            found |= {asked.pop(TABLE[name][0]), *(status for status in asked.values() if status != 405)}
        return found

    return ask


class _AnyRow:
    """Whatever row a route asks for: the door stands before it."""

    sleutel = UNREAL

    def __getitem__(self, name):
        return self


# Answering on the page


def test_accepting_opens_the_dossier_and_closes_it_to_the_former_owner_on_every_route(
    dossier, page, assistent, collega, client_for, alles_of
):
    client, former = client_for(collega), client_for(assistent)
    response = client.post(f"{page}aanvaarden/", follow=True)
    assert response.redirect_chain[-1][0] == f"/dossiers/{dossier.kenmerk}/"
    assert "Het dossier is overgenomen." in text(response)
    assert owner(dossier) == collega
    assert alles_of(assistent) == {404}
    listed = text(former.get("/overdrachten/"))
    assert "overgedragen" in listed
    assert dossier.kenmerk in listed
    assert "Wesley" not in listed
    assert "Wesley" not in text(former.get("/"))
    assert "Wesley" not in text(former.get("/dossiers/"))


def test_a_refusal_needs_a_reason_that_the_owner_reads(dossier, page, offer, assistent, collega, client_for, unchanged):
    client = client_for(collega)
    with unchanged():
        response = client.post(f"{page}weigeren/", {"reden": "  "})
    assert response.status_code == 200
    assert "Nog niet geweigerd" in text(response)
    assert "<title>Nog niet bewaard" in text(response)
    client.post(f"{page}weigeren/", {"reden": "De moeder is mijn buurvrouw."})
    for place in ("/overdrachten/", f"/dossiers/{dossier.kenmerk}/overdracht/"):
        assert "De moeder is mijn buurvrouw." in text(client_for(assistent).get(place))
    assert "buurvrouw" not in text(client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/voortgang/"))


def test_who_works_along_does_not_read_why_a_colleague_refused(
    dossier, offer, assistent, collega, deelnemer, client_for
):
    refuse_overdracht(offer, {"reden": "De moeder is mijn buurvrouw."}, by=collega)
    html = text(client_for(deelnemer).get(f"/dossiers/{dossier.kenmerk}/overdracht/"))
    assert "weigerde dit voorstel" in html
    assert "buurvrouw" not in html


def test_once_answered_or_withdrawn_the_offer_tells_only_what_became_of_it(
    dossier, offer, page, assistent, collega, client_for, unchanged
):
    client = client_for(collega)
    withdraw_overdracht(dossier, {"reden": "Toch niet."}, by=assistent)
    with unchanged():
        for response in (client.get(page), client.post(f"{page}aanvaarden/"), client.post(f"{page}weigeren/", {})):
            assert "Dit voorstel is ingetrokken" in text(response)
            assert "Wesley" not in text(response)
            assert "halftijds" not in text(response)
    assert owner(dossier) == assistent


def test_two_leaders_one_team_the_second_is_told_who_was_first(dossier, assistent, ander_huis, client_for, unchanged):
    team = factories.make_team(ander_huis, "Team West")
    first, second = (factories.make_leader(name, team) for name in ("eerste", "tweede"))
    offer = make_overdracht(dossier, team, by=assistent)
    page = f"/overdrachten/{offer.sleutel}/"
    late = client_for(second)
    assert late.get(page).status_code == 200
    response = client_for(first).post(f"{page}aanvaarden/", {"eigenaar": second.sleutel})
    assert response.status_code == 302
    with unchanged():
        response = late.post(f"{page}weigeren/", {"reden": "Geen plaats."})
    assert response.status_code == 403
    assert "Eerste Verzonnen aanvaardde dit voorstel op" in text(response)
    assert "Geen plaats." in text(response)
    assert owner(dossier) == second


def test_a_leader_chooses_among_her_team_and_herself(dossier, assistent, ander_huis, vreemde, client_for, unchanged):
    team = factories.make_team(ander_huis, "Team West")
    leader, tom = factories.make_leader("leider", team), factories.make_user("tom", team=team)
    gone, kin = factories.make_user("weg", team=team, is_active=False), factories.make_user("neef", team=team)
    add_uitsluiting(dossier, {"gebruiker": kin, "reden": "Familie."}, by=assistent)
    page = f"/overdrachten/{make_overdracht(dossier, team, by=assistent).sleutel}/"
    client = client_for(leader)
    offered = [user for user, _ in client.get(page).context["aanvaarden"].fields["eigenaar"].choices]
    assert set(offered) == {"", str(leader.sleutel), str(tom.sleutel)}
    for wrong, status, sentence in (
        ("", 200, "Maak een keuze."),
        (vreemde.sleutel, 200, "Deze keuze kan niet meer. Kies opnieuw."),
        ("x" * 10_001, 200, "Deze keuze kan niet meer. Kies opnieuw."),
        (gone.sleutel, 403, "Het account van Weg Verzonnen is uitgeschakeld. Kies iemand anders."),
        (kin.sleutel, 403, "Neef Verzonnen krijgt geen toegang tot dit dossier. Kies iemand anders."),
    ):
        with unchanged():
            response = client.post(f"{page}aanvaarden/", {"eigenaar": wrong})
        assert response.status_code == status
        assert sentence in text(response)
    assert client.post(f"{page}aanvaarden/", {"eigenaar": tom.sleutel}).status_code == 302
    assert owner(dossier) == tom


def test_who_was_kept_out_meanwhile_finds_nothing_and_the_owner_reads_why_it_waits(
    dossier, page, assistent, collega, client_for, unchanged
):
    add_uitsluiting(dossier, {"gebruiker": collega, "reden": "Kent de moeder."}, by=assistent)
    client = client_for(collega)
    with unchanged():
        assert [client.get(page).status_code, client.post(f"{page}aanvaarden/").status_code] == [404, 404]
    assert "een dossier wil overnemen" not in text(client.get("/overdrachten/"))
    html = text(client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overdracht/"))
    assert "Dit voorstel kan niet meer aanvaard worden. Collega Verzonnen krijgt geen toegang" in html


def test_who_was_switched_off_meanwhile_does_not_get_in_and_the_owner_reads_why_it_waits(
    dossier, page, assistent, collega, client_for, unchanged
):
    client = client_for(collega)
    collega.is_active = False
    collega.save()
    with unchanged():
        assert client.post(f"{page}aanvaarden/")["Location"].startswith("/aanmelden/")
    html = text(client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overdracht/"))
    assert "Dit voorstel kan niet meer aanvaard worden. Het account van Collega Verzonnen is uitgeschakeld." in html


def test_an_answer_is_told_for_a_month(dossier, offer, assistent, collega, client_for):
    refuse_overdracht(offer, {"reden": "Geen plaats."}, by=collega)
    for days, told in ((29, True), (31, False)):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            assert ("Geen plaats." in text(client_for(assistent).get("/overdrachten/"))) is told


# The form


@pytest.fixture
def send(dossier, get_post, assistent):
    def send(data, user=assistent):
        return get_post(user, f"/dossiers/{dossier.kenmerk}/overdracht/voorstellen/", data)

    return send


def test_the_form_offers_colleagues_of_the_house_and_teams_elsewhere(
    dossier, assistent, collega, vreemde, deelnemer, teamverantwoordelijke, client_for
):
    factories.make_leader("leidt", vreemde.team)
    form = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overdracht/").context["form"]
    assert {label for _, label in form.fields["naar"].choices} == {
        "Kies …", "Collega Verzonnen", "Deelnemer Verzonnen", "Teamverantwoordelijke Verzonnen",
    }  # fmt: skip
    assert [label for _, label in form.fields["naar_team"].choices] == ["Kies …", vreemde.team.keuze_label]


def test_who_is_kept_out_is_not_offered_and_a_form_that_was_open_says_why_not(
    dossier, send, collega, deelnemer, assistent, client_for, unchanged
):
    add_uitsluiting(dossier, {"gebruiker": collega, "reden": "Kent de moeder."}, by=assistent)
    deelnemer.is_active = False
    deelnemer.save()
    form = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overdracht/").context["form"]
    assert not {str(collega.sleutel), str(deelnemer.sleutel)} & {value for value, _ in form.fields["naar"].choices}
    for naar, sentence in (
        (collega, "Collega Verzonnen krijgt geen toegang tot dit dossier. Kies iemand anders."),
        (deelnemer, "Het account van Deelnemer Verzonnen is uitgeschakeld. Kies iemand anders."),
    ):
        with unchanged():
            response = send({"naar": naar.sleutel, "reden": "Halftijds."})
        assert response.status_code == 403
        assert sentence in text(response)
        assert response.context["form"]["reden"].value() == "Halftijds."


def test_where_no_other_house_can_answer_only_a_colleague_is_asked_for(
    dossier, send, collega, assistent, client_for, unchanged
):
    html = text(client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overdracht/"))
    assert "Aan welke collega?" in html
    assert "ander justitiehuis" not in html
    with unchanged():
        assert "naar" in send({"reden": "Halftijds."}).context["form"].errors
    assert send({"naar": collega.sleutel, "reden": "Halftijds."}).status_code == 302


def test_offering_by_the_form_waits_and_tells_so(dossier, send, collega, assistent, client_for):
    assert send({"naar": collega.sleutel, "reden": "Halftijds."}).status_code == 302
    html = text(client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overdracht/"))
    assert "Voorgesteld <strong>aan Collega Verzonnen</strong>" in html
    assert "Voorstel intrekken" in html


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"reden": "x"}, "naar"),
        ({"naar": "bestaat-niet", "reden": "x"}, "naar"),
        ({"naar": "collega"}, "reden"),
        ({"naar": "collega", "naar_team": "team", "reden": "x"}, "naar_team"),
        ({"naar": "collega", "reden": "x" * 2001}, "reden"),
        ({"naar": "collega", "reden": "x", "boodschap": "x" * 10_001}, "boodschap"),
        ({"naar": "vreemde", "reden": "x"}, "naar"),
    ],
)
def test_a_form_that_makes_no_sense_is_refused_and_keeps_what_was_typed(send, collega, vreemde, unchanged, data, field):
    people = {"collega": collega.sleutel, "vreemde": vreemde.sleutel}
    factories.make_leader("leidt", vreemde.team)
    people["team"] = vreemde.team.sleutel
    sent = {name: people.get(value, value) for name, value in data.items()}
    with unchanged():
        response = send(sent)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert response.context["form"]["reden"].value() == sent.get("reden")


def test_markup_in_a_message_is_shown_as_it_was_typed(dossier, collega, assistent, client_for):
    boodschap = "<b>x</b> {{ 7|add:7 }}"
    page = make_overdracht(dossier, collega, by=assistent, boodschap=boodschap)
    assert "&lt;b&gt;x&lt;/b&gt; {{ 7|add:7 }}" in text(client_for(collega).get(f"/overdrachten/{page.sleutel}/"))


def test_who_works_along_reads_the_bundle_and_does_not_offer(dossier, deelnemer, collega, send, client_for, unchanged):
    html = text(client_for(deelnemer).get(f"/dossiers/{dossier.kenmerk}/overdracht/"))
    assert "Dit kan alleen de eigenaar van het dossier of de teamverantwoordelijke." in html
    assert "Aan welke collega?" not in html
    with unchanged():
        response = client_for(deelnemer).post(
            f"/dossiers/{dossier.kenmerk}/overdracht/voorstellen/", {"naar": collega.sleutel, "reden": "x"}
        )
    assert response.status_code == 403


def test_withdrawing_on_the_page(dossier, offer, get_post, assistent, collega, client_for):
    response = get_post(assistent, f"/dossiers/{dossier.kenmerk}/overdracht/intrekken/", {"reden": "Toch niet."})
    assert response.status_code == 302
    html = text(client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overdracht/"))
    assert "Dit voorstel is ingetrokken" in html
    assert "Aan welke collega?" in html


def test_closing_tells_nothing_is_left_to_accept(dossier, offer, page, assistent, collega, client_for):
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    assert "Dit voorstel is ingetrokken" in text(client_for(collega).get(page))
    html = text(client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overdracht/"))
    assert "Aan welke collega?" not in html


def test_the_former_teamverantwoordelijke_is_told_that_a_dossier_left_her_team(
    dossier, offer, collega, ander_team, teamverantwoordelijke, client_for
):
    collega.team = ander_team
    collega.save()
    accept_overdracht(offer, {}, by=collega)
    client = client_for(teamverantwoordelijke)
    assert client.get(f"/dossiers/{dossier.kenmerk}/").status_code == 404
    html = text(client.get("/overdrachten/"))
    assert "overgedragen" in html
    assert dossier.kenmerk in html
    assert "Wesley" not in html


def test_who_asked_recognises_by_her_own_words_what_was_taken_over(
    dossier, offer, assistent, collega, teamverantwoordelijke, ander_team, client_for
):
    assert "Jouw reden" not in text(client_for(assistent).get("/overdrachten/"))
    collega.team = ander_team
    collega.save()
    accept_overdracht(offer, {}, by=collega)
    today = f"{clock.today():%d/%m/%Y}"
    html = text(client_for(assistent).get("/overdrachten/"))
    assert f"Voorgesteld op {today} door jou. Jouw reden: Ik ga halftijds." in html
    assert "Wesley" not in html
    led = text(client_for(teamverantwoordelijke).get("/overdrachten/"))
    assert f"Voorgesteld op {today} door Assistent Verzonnen." in led
    assert "halftijds" not in led


def test_why_somebody_refused_is_read_by_the_owner_and_the_teamverantwoordelijke_only(
    dossier, offer, assistent, collega, deelnemer, teamverantwoordelijke, client_for
):
    refuse_overdracht(offer, {"reden": "Ik ken de moeder."}, by=collega)
    for user, reads in ((assistent, True), (teamverantwoordelijke, True), (deelnemer, False)):
        html = text(client_for(user).get(f"/dossiers/{dossier.kenmerk}/overdracht/"))
        assert ("Ik ken de moeder." in html) is reads, user
        assert bool(refusal(check_can_read_refusal_reason, user, dossier)) is not reads
        assert "Collega Verzonnen weigerde dit voorstel" in html


def test_who_is_kept_out_afterwards_is_told_nothing_of_it(dossier, offer, assistent, collega, client_for):
    accept_overdracht(offer, {}, by=collega)
    now = Dossier.objects.get(pk=dossier.pk)
    add_uitsluiting(now, {"gebruiker": assistent, "reden": "Afgesproken."}, by=collega)
    assert dossier.kenmerk not in text(client_for(assistent).get("/overdrachten/"))


def test_both_sides_find_their_way_from_the_menu(assistent, client_for):
    html = text(client_for(assistent).get("/"))
    assert 'href="/overdrachten/"' in html
    assert 'href="/vervanging/"' in html


def test_the_new_owner_sees_who_follows_the_other_parent(dossier, gezin, offer, assistent, collega, client_for):
    change_row(gezin.sara, {"ook_gevolgd_door": "Els Maes, Justitiehuis Gent"}, versie=1, by=assistent)
    accept_overdracht(offer, {}, by=collega)
    for place in ("", "overdracht/", "stap-5/", "betrokkenen/"):
        assert "Ook gevolgd door Els Maes, Justitiehuis Gent" in text(
            client_for(collega).get(f"/dossiers/{dossier.kenmerk}/{place}")
        )


def test_who_follows_a_parent_too_is_not_noted_at_a_child(gezin, dossier, get_post, assistent, unchanged):
    place = f"/dossiers/{dossier.kenmerk}/betrokkenen/{gezin.lina.sleutel}/"
    with unchanged():
        response = get_post(assistent, place, {"ook_gevolgd_door": "Els Maes"})
    assert "ook_gevolgd_door" in response.context["form"].errors
    place = f"/dossiers/{dossier.kenmerk}/betrokkenen/{gezin.sara.sleutel}/"
    assert get_post(assistent, place, {"ook_gevolgd_door": "Els Maes"}).status_code == 302


def test_offers_wait_and_are_found_by_the_one_queryset(offer, collega, assistent):
    assert list(Overdracht.objects.wachtend()) == [offer]
