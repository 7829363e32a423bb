"""Remarks: made on an item or on the whole, answered by who writes, resolved by who reviews, open until then."""

import pytest

from accounts.rules import NotAllowed
from dossiers.actions import change_row
from dossiers.models import Gebeurtenis, Notitie, Revisie
from stap5 import actions
from stap5.actions.nazicht import (
    add_opmerking,
    answer_opmerking,
    approve_nazicht,
    ask_nazicht,
    resolve_opmerking,
    send_back_nazicht,
)
from stap5.models import Opmerking
from stap5.plandata.verschil import Onderdeel
from tests import factories
from tests.stap5.versies import address, of_remark, versions

LONG = "a" * 2001


@pytest.fixture
def tweede(team):
    """A second teamverantwoordelijke of the same team."""
    return factories.make_leader("tweede", team)


@pytest.fixture
def opmerking(nazicht, teamverantwoordelijke):
    return add_opmerking(nazicht, {"tekst": "Wie ziet dat?"}, by=teamverantwoordelijke)


def test_a_remark_is_answered_resolved_and_stays_on_its_version(
    opmerking, nazicht, assistent, teamverantwoordelijke, get_post, client_for
):
    assert get_post(assistent, of_remark(opmerking, "beantwoorden"), {"antwoord": "De juf."}).status_code == 302
    opmerking.refresh_from_db()
    assert (opmerking.antwoord, opmerking.antwoord_door, opmerking.versie) == ("De juf.", assistent, 2)
    client = client_for(teamverantwoordelijke)
    assert client.post(of_remark(opmerking, "oplossen"), {}).status_code == 302
    opmerking.refresh_from_db()
    assert opmerking.opgelost_door == teamverantwoordelijke
    html = client.get(address(nazicht)).content.decode()
    assert "De juf." in html
    assert "opgelost" in html
    kinds = Gebeurtenis.objects.filter(model="opmerking").order_by("id").values_list("soort", "tekst")
    assert list(kinds) == [
        ("gemaakt", "opmerking"), ("gewijzigd", "opmerking: antwoord"), ("gewijzigd", "opmerking: opgelost"),
    ]  # fmt: skip
    lines = Notitie.objects.filter(tekst__startswith="Opmerking").order_by("id").values_list("tekst", flat=True)
    assert list(lines) == [
        "Opmerking bij het nazicht van versie 1, over: het plan als geheel",
        "Opmerking van het nazicht beantwoord, over: het plan als geheel",
        "Opmerking van het nazicht opgelost, over: het plan als geheel",
    ]


def test_a_remark_stays_open_with_the_next_version_and_stands_at_its_item(
    nazicht, plan, rijen, assistent, teamverantwoordelijke, client_for
):
    client = client_for(teamverantwoordelijke)
    sent = {"over": str(rijen.afspraak.sleutel), "tekst": "Hoe laat precies?"}
    client.post(address(nazicht, "opmerking"), sent)
    remark = Opmerking.objects.get()
    assert (remark.over, str(remark)) == (rijen.afspraak.sleutel, "Afspraak")
    send_back_nazicht(nazicht, {}, by=teamverantwoordelijke)
    actions.change_item(rijen.afspraak, {"wat": "Oma haalt Lina om 16 uur."}, versie=1, by=assistent)
    second = ask_nazicht(plan, {}, by=assistent)
    response = client.get(address(second))
    ((titel, ((change, remarks),)),) = response.context["groepen"]
    assert (titel, change.sleutel, remarks) == ("Gewijzigd", str(rijen.afspraak.sleutel), [remark])
    assert response.context["los"] == []
    resolve_opmerking(remark, {}, by=teamverantwoordelijke)
    ((_, ((_, remarks),)),) = client.get(address(second)).context["groepen"]
    assert remarks == []
    first = client.get(address(nazicht)).context
    assert any(remark in found for _, pairs in first["groepen"] for _, found in pairs)


def test_an_open_remark_on_what_did_not_change_stands_apart(
    nazicht, plan, rijen, assistent, teamverantwoordelijke, client_for
):
    item = Onderdeel(sleutel=str(rijen.wens.sleutel), wat="Wens", titel="niet bewaard")
    remark = add_opmerking(nazicht, {"over": item, "tekst": "Vroeg je het aan Milan?"}, by=teamverantwoordelijke)
    send_back_nazicht(nazicht, {}, by=teamverantwoordelijke)
    context = client_for(teamverantwoordelijke).get(address(ask_nazicht(plan, {}, by=assistent))).context
    assert (context["groepen"], context["los"]) == ([], [remark])


def test_who_writes_answers_and_who_reviews_resolves(opmerking, assistent, teamverantwoordelijke, tweede, unchanged):
    with unchanged(), pytest.raises(NotAllowed):
        answer_opmerking(opmerking, {"antwoord": "x"}, versie=1, by=teamverantwoordelijke)
    with unchanged(), pytest.raises(NotAllowed):
        resolve_opmerking(opmerking, {}, by=assistent)
    resolve_opmerking(opmerking, {}, by=tweede)
    with unchanged(), pytest.raises(NotAllowed, match="Tweede Verzonnen zette deze opmerking op opgelost"):
        resolve_opmerking(opmerking, {}, by=teamverantwoordelijke)
    with unchanged(), pytest.raises(NotAllowed, match="op opgelost"):
        answer_opmerking(opmerking, {"antwoord": "x"}, versie=1, by=assistent)


def test_a_remark_is_resolved_after_the_answer_too(opmerking, nazicht, teamverantwoordelijke):
    approve_nazicht(nazicht, {}, by=teamverantwoordelijke)
    assert resolve_opmerking(opmerking, {}, by=teamverantwoordelijke).opgelost_op


def test_a_name_that_changed_since_is_not_a_remark_on_somebody_else(nazicht, gezin, assistent, client_for):
    """People are known by their sleutel: a corrected name shows as that, once."""
    change_row(gezin.oma, {"voornaam": "Rita-Maria"}, versie=1, by=assistent)
    html = client_for(assistent).get(address(nazicht).replace("nazicht/", "sindsdien/")).content.decode()
    assert "Rita-Maria" in html
    assert html.count('class="onderdeel"') == 1


def test_two_who_answer_one_remark_see_both_texts(opmerking, assistent, deelnemer, client_for):
    """In two browsers; the second is told, and what the first wrote goes to Revisie once she saves all the same."""
    place = of_remark(opmerking, "beantwoorden")
    hers, theirs = client_for(assistent), client_for(deelnemer)
    assert theirs.post(place, {"antwoord": "De juf ziet dat.", "versie": "1"}).status_code == 302
    response = hers.post(place, {"antwoord": "Oma ziet dat.", "versie": "1"})
    assert response.status_code == 409
    html = response.content.decode()
    assert "De juf ziet dat." in html
    assert "Oma ziet dat." in html
    assert hers.post(place, {"antwoord": "Oma ziet dat.", "versie": "2"}).status_code == 302
    opmerking.refresh_from_db()
    assert (opmerking.antwoord, opmerking.versie) == ("Oma ziet dat.", 3)
    assert "De juf ziet dat." in Revisie.objects.filter(model="opmerking").latest("id").tekst


@pytest.mark.parametrize(
    ("act", "field"), [("opmerking", "tekst"), ("goedkeuren", "toelichting"), ("terugsturen", "toelichting")]
)
def test_a_text_that_is_too_long_is_told_and_kept(act, field, nazicht, teamverantwoordelijke, client_for, unchanged):
    with unchanged():
        response = client_for(teamverantwoordelijke).post(address(nazicht, act), {field: LONG})
    html = response.content.decode()
    assert "Deze tekst is te lang: 2001 tekens, er passen er 2000." in html
    assert LONG in html


def test_a_question_and_a_reason_that_are_too_long_are_told_and_kept(
    nazicht, opmerking, plan, assistent, client_for, unchanged
):
    client, places = client_for(assistent), {
        address(nazicht, "intrekken"): "reden",
        of_remark(opmerking, "beantwoorden"): "antwoord",
        versions(plan.dossier): "vraag",
    }  # fmt: skip
    with unchanged():
        for place, field in places.items():
            html = client.post(place, {field: LONG, "versie": "1"}).content.decode()
            assert "Deze tekst is te lang" in html
            assert LONG in html


@pytest.mark.parametrize("act", ["opmerking", "intrekken"])
def test_an_empty_text_is_told(act, request, nazicht, assistent, teamverantwoordelijke, client_for, unchanged):
    user = assistent if act == "intrekken" else teamverantwoordelijke
    with unchanged():
        response = client_for(user).post(address(nazicht, act), {"tekst": "  ", "reden": ""})
    assert "Vul dit in." in response.content.decode()


def test_markup_is_shown_as_it_was_typed(nazicht, plan, assistent, teamverantwoordelijke, client_for):
    evil = "<script>alert(1)</script>{{ dossier }}"
    client = client_for(teamverantwoordelijke)
    client.post(address(nazicht, "opmerking"), {"tekst": evil})
    client.post(address(nazicht, "terugsturen"), {"toelichting": evil})
    for place in (address(nazicht), versions(plan.dossier)):
        html = client.get(place).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ dossier }}" in html


@pytest.mark.parametrize("over", ["x", "00000000-0000-0000-0000-000000000000", "<b>"])
def test_an_item_that_is_not_in_the_version_is_refused(over, nazicht, teamverantwoordelijke, client_for, unchanged):
    client, place = client_for(teamverantwoordelijke), address(nazicht, "opmerking")
    assert client.get(f"{place}?over={over}").status_code == 200
    with unchanged():
        response = client.post(place, {"over": over, "tekst": "x"})
    assert response.status_code == 200
    assert "Deze keuze kan niet meer. Kies opnieuw." in response.content.decode()


def test_a_link_to_a_remark_begins_with_its_item(nazicht, rijen, teamverantwoordelijke, client_for):
    client = client_for(teamverantwoordelijke)
    page = client.get(address(nazicht)).content.decode()
    link = f"{address(nazicht, 'opmerking')}?over={rijen.afspraak.sleutel}"
    assert link in page
    form = client.get(link).context["form"]
    assert form["over"].value() == str(rijen.afspraak.sleutel)
    labels = [label for _, label in form.fields["over"].choices]
    assert labels[0] == "Het plan als geheel"
    assert "Afspraak: Oma haalt Lina op vrijdag van school." in labels
