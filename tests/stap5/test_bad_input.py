"""Step 5 through the browser's eyes: what makes no sense is refused in words, nothing typed is lost."""

from datetime import timedelta

import pytest

from accounts import clock
from dossiers.actions import close_dossier
from stap5.actions import leave_step, start_plan
from stap5.models import Afspraak, Controle, Netwerklid, Stappenplan, Veiligheidsmens, Zorg
from tests import factories


def shown(days):
    return f"{clock.today() + timedelta(days=days):%d/%m/%Y}"


@pytest.fixture
def base(dossier, plan):
    return f"/dossiers/{dossier.kenmerk}/stap-5/"


@pytest.fixture
def fill(gezin, rijen, assistent):
    """Put sleutels and days in a form: "{lina}" a person, "{zorg}" a row, "{+3}" a day from now."""
    other = factories.make_dossier(assistent, voornaam="Tom")
    noor = factories.make_person(other, "Noor", "kind", by=assistent)
    known = vars(gezin) | vars(rijen) | {"noor": noor}

    def value(text):
        if not text.startswith("{"):
            return text
        name = text[1:-1]
        return shown(int(name)) if name[0] in "+-" else str(known[name].sleutel)

    return lambda data: {name: value(text) for name, text in data.items()}


@pytest.fixture
def refused(get_post, unchanged, assistent, base, fill):
    """Send it as the owner: not saved, nothing changed, the error is shown."""

    def send(page, data, *errors):
        with unchanged():
            response = get_post(assistent, base + page, fill(data))
        assert response.status_code == 200
        assert set(errors) <= set(response.context["form"].errors), response.context["form"].errors
        assert "foutenlijst" in response.content.decode()
        return response

    return send


@pytest.mark.parametrize(
    ("page", "data", "field"),
    [
        ("zorgen/", {"wat": "", "kind_onduidelijk": "on"}, "wat"),
        ("zorgen/", {"wat": "x"}, "kinderen"),
        ("zorgen/", {"wat": "x", "kinderen": "{lina}", "kind_onduidelijk": "on"}, "kind_onduidelijk"),
        ("zorgen/", {"wat": "x", "kinderen": "{sara}"}, "kinderen"),
        ("zorgen/", {"wat": "x", "kinderen": "{noor}"}, "kinderen"),
        ("zorgen/", {"wat": "x", "kinderen": "{lina}", "bron_persoon": "{noor}"}, "bron_persoon"),
        ("zorgen/", {"wat": "x", "kinderen": "{lina}", "lezers": "{noor}"}, "lezers"),
        ("zorgen/", {"wat": "x\x00", "kinderen": "{lina}"}, "wat"),
        ("zorgen/", {"wat": "x" * 5001, "kinderen": "{lina}"}, "wat"),
        ("zorgen/", {"wat": "x", "kinderen": "{lina}", "waar": "x" * 201}, "waar"),
        ("uitzonderingen/", {"moment": ""}, "moment"),
        ("uitzonderingen/", {"moment": "x", "zorgen": "{afspraak}"}, "zorgen"),
        ("uitzonderingen/", {"moment": "x", "verteld_door": "{noor}"}, "verteld_door"),
        ("wensen/", {"wie": "", "woorden": "x"}, "wie"),
        ("wensen/", {"wie": "{noor}", "woorden": "x"}, "wie"),
        ("wensen/", {"wie": "{lina}", "woorden": "x", "ouder_mag_weten": "nee", "lezers": "{sara}"}, "lezers"),
        ("wensen/", {"wie": "{lina}", "woorden": "x", "datum": "{+1}"}, "datum"),
        ("netwerk/", {"voornaam": "", "relatie": ""}, "voornaam"),
        ("netwerk/", {"voornaam": "Jef", "relatie": ""}, "relatie"),
        ("netwerk/", {"voornaam": "<i>Jef</i>", "relatie": "buur"}, "voornaam"),
        ("netwerk/", {"persoon": "{sara}", "voornaam": "Jef", "relatie": "buur"}, "voornaam"),
        ("netwerk/", {"persoon": "{lina}"}, "persoon"),
        ("netwerk/", {"persoon": "{noor}"}, "persoon"),
        ("netwerk/", {"voornaam": "Jef", "relatie": "buur", "veiligheid_voor": "{noor}"}, "veiligheid_voor"),
        ("netwerk/", {"voornaam": "Jef", "relatie": "buur", "springt_bij_voor": "{lina}"}, "springt_bij_voor"),
        ("netwerk/", {"voornaam": "Jef", "relatie": "buur", "akkoord_op": "{+2}"}, "akkoord_op"),
        ("netwerk/", {"persoon": "{oma}"}, "__all__"),
        ("afspraken/", {"wat": "x", "volgende_controle": "{+9}"}, "wie"),
        ("afspraken/", {"wat": "x", "wie": "{oma}"}, "volgende_controle"),
        ("afspraken/", {"wat": "x", "wie": "{oma}", "volgende_controle": "31/02/2027"}, "volgende_controle"),
        ("afspraken/", {"wat": "x", "wie": "{oma}", "volgende_controle": "{+1}", "van": "{+5}"}, "volgende_controle"),
        ("afspraken/", {"wat": "x", "wie": "{noor}", "volgende_controle": "{+9}"}, "wie"),
        (
            "afspraken/",
            {"wat": "x", "wie": "{oma}", "volgende_controle": "{+9}", "van": "{+5}", "tot": "{+4}"},
            "__all__",
        ),
        (
            "afspraken/",
            {"wat": "x", "wie": "{oma}", "volgende_controle": "{+9}", "controle_door": "{oma}"},
            "controle_door",
        ),
        (
            "afspraken/",
            {"wat": "x", "wie": "{oma}", "volgende_controle": "{+9}", "controle_door": "{lina}"},
            "controle_door",
        ),
        (
            "afspraken/",
            {"wat": "x", "wie": "{oma}", "volgende_controle": "{+9}", "zorgen": "{zorg}", "controle_door": "{wesley}"},
            "controle_door",
        ),
        ("bereidheid/", {"ouder": "{lina}", "antwoord": "ja"}, "ouder"),
        ("bereidheid/", {"ouder": "{sara}", "antwoord": "misschien"}, "antwoord"),
        ("bereidheid/", {"ouder": "{sara}", "antwoord": "ja", "datum": "{+1}"}, "datum"),
        ("schaal/", {"score": "11"}, "score"),
        ("schaal/", {"score": "-1"}, "score"),
        ("schaal/", {"score": "vijf"}, "score"),
        ("schaal/", {"score": "4,5"}, "score"),
        ("schaal/", {"score": "5"}, "persoon"),  # a choice that was forgotten is nobody's number
        ("schaal/", {"score": "5", "persoon": "niemand"}, "persoon"),
        ("kindcontacten/", {"kinderen": "{sara}", "hoe": "gezien"}, "kinderen"),
        ("kindcontacten/", {"hoe": "gezien"}, "kinderen"),
        ("kindcontacten/", {"kinderen": "{lina}", "hoe": ""}, "hoe"),
        ("kindcontacten/", {"kinderen": "{lina}", "hoe": "gezien", "datum": "{+1}"}, "datum"),
        ("grenzen/", {"uitkomst": ""}, "uitkomst"),
        ("grenzen/", {"uitkomst": "overleg", "gedeeld_met": "niemand"}, "gedeeld_met"),
        ("instap/meteen/", {"slapen": "", "zorgt": "oma", "tot": "{+3}"}, "slapen"),
        ("instap/meteen/", {"slapen": "thuis", "zorgt": "oma", "tot": "{-1}"}, "tot"),
        ("instap/besluit/", {"onveilig": "ja", "besluit_met": ""}, "besluit_met"),
        ("instap/besluit/", {"onveilig": "ja", "besluit_met": "team", "besluit_op": "{+1}"}, "besluit_op"),
        ("instap/route/", {"route": "zelf", "route_reden": ""}, "route_reden"),
        ("instap/route/", {"route": "elders", "route_reden": "x"}, "route"),
        ("opvolging/ritme/", {"gespreksritme": "0"}, "gespreksritme"),
        ("opvolging/ritme/", {"gespreksritme": "53"}, "gespreksritme"),
        ("opvolging/gesprek/", {"tekst": ""}, "tekst"),
        ("opvolging/gesprek/", {"tekst": "x", "gebeurd_op": "{+1}"}, "gebeurd_op"),
        ("opvolging/gesprek/", {"tekst": "x" * 20_001}, "tekst"),
        ("opvolging/gesprek/", {"tekst": "x", "over": "{noor}"}, "over"),
        ("opvolging/signaal/", {"tekst": "x\x00"}, "tekst"),
        ("opvolging/signaal/", {"tekst": "x", "gebeurd_op": "{+1}"}, "gebeurd_op"),
        ("opvolging/signaal/", {"tekst": "x", "bron": "radio"}, "bron"),
        ("opvolging/signaal/", {"tekst": "x", "over": "{sara}"}, "over"),
        ("opvolging/pauze/", {"hervat_op": "{-1}", "pauze_reden": "x"}, "hervat_op"),
        ("opvolging/pauze/", {"hervat_op": "{+9}", "pauze_reden": ""}, "pauze_reden"),
        ("opvolging/verlaten/", {"uitkomst": "stap_6", "reden": "", "met": "team"}, "reden"),
        ("opvolging/verlaten/", {"uitkomst": "stap_6", "reden": "x", "met": ""}, "met"),
        ("opvolging/verlaten/", {"uitkomst": "voldoende_veilig", "reden": "x", "met": "team"}, "door"),
        (
            "opvolging/verlaten/",
            {"uitkomst": "voldoende_veilig", "reden": "x", "met": "team", "door": "ik"},
            "blijkt_uit",
        ),
        ("opvolging/verlaten/", {"uitkomst": "stap_6", "reden": "x", "met": "team", "datum": "{+1}"}, "datum"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(refused, page, data, field):
    refused(page, data, field)


@pytest.mark.parametrize(
    ("act", "data", "field"),
    [
        ("standpunt", {"persoon": "", "visie": "zo"}, "persoon"),
        ("standpunt", {"persoon": "{noor}", "visie": "zo"}, "persoon"),
        ("standpunt", {"persoon": "{sara}", "visie": ""}, "visie"),
        ("standpunt", {"persoon": "{sara}", "visie": "zo", "datum": "{+1}"}, "datum"),
        ("vaststelling", {"stand": "weg", "door": "ik", "blijkt_uit": "x"}, "stand"),
        ("vaststelling", {"stand": "minder", "door": "", "blijkt_uit": "x"}, "door"),
        ("vaststelling", {"stand": "minder", "door": "ik", "blijkt_uit": ""}, "blijkt_uit"),
        ("vaststelling", {"stand": "minder", "door": "ik", "blijkt_uit": "x", "datum": "{+1}"}, "datum"),
        ("stoppen", {"reden": ""}, "reden"),
        ("stoppen", {"reden": "x", "datum": "{+1}"}, "datum"),
        ("stoppen", {"reden": "x" * 1001}, "reden"),
    ],
)
def test_an_act_upon_a_worry_that_makes_no_sense_is_refused(refused, rijen, act, data, field):
    refused(f"zorgen/{rijen.zorg.sleutel}/{act}/", data, field)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"uitkomst": "", "gezien_door": "oma", "volgende": "{+9}"}, "uitkomst"),
        ({"uitkomst": "deels", "gezien_door": "", "volgende": "{+9}"}, "gezien_door"),
        ({"uitkomst": "deels", "gezien_door": "oma", "volgende": ""}, "volgende"),
        ({"uitkomst": "deels", "gezien_door": "oma", "volgende": "{-1}"}, "volgende"),
        ({"uitkomst": "deels", "gezien_door": "oma", "volgende": "{+9}", "datum": "{+1}"}, "datum"),
    ],
)
def test_a_check_that_makes_no_sense_is_not_noted(refused, rijen, data, field):
    refused(f"afspraken/{rijen.afspraak.sleutel}/controle/", data, field)


def test_what_was_typed_stays_when_a_date_is_wrong(refused):
    sent = {"wat": "Een lange afspraak die niemand opnieuw typt.", "wie": "{oma}", "volgende_controle": "31/02/2027"}
    html = refused("afspraken/", sent, "volgende_controle").content.decode()
    assert "Een lange afspraak die niemand opnieuw typt." in html
    assert "31/02/2027" in html


def test_an_unknown_part_is_not_found(base, assistent, client_for):
    for page in ("bestaat-niet/", "zorgen/bestaat-niet/", "zorgen/1/", "eerder/1/", "instap/bestaat-niet/"):
        assert client_for(assistent).get(base + page).status_code == 404


def test_the_parts_are_not_there_before_step_5_has_begun(dossier, assistent, client_for, unchanged):
    client = client_for(assistent)
    for page in ("zorgen/", "instap/", "opvolging/", "instap/meteen/", "stappenplan.pdf", "kopie/"):
        with unchanged():
            assert client.get(f"/dossiers/{dossier.kenmerk}/stap-5/{page}").status_code == 404
    assert client.get(f"/dossiers/{dossier.kenmerk}/stap-5/").status_code == 200


def test_a_row_of_another_dossier_is_not_reached_through_this_one(dossier, rijen, assistent, client_for, unchanged):
    other = factories.make_dossier(assistent, voornaam="Tom")
    start_plan(other, by=assistent)
    client = client_for(assistent)
    for act in ("", "standpunt/", "vaststelling/", "stoppen/"):
        address = f"/dossiers/{other.kenmerk}/stap-5/zorgen/{rijen.zorg.sleutel}/{act}"
        with unchanged():
            assert client.get(address).status_code == 404
            assert client.post(address, {"reden": "x", "datum": "1/1/2026", "versie": "1"}).status_code == 404


def test_a_worry_of_the_earlier_plan_is_not_changed_through_the_new_one(
    dossier, base, plan, rijen, assistent, client_for, unchanged
):
    left = {"uitkomst": "stap_6", "datum": clock.today(), "reden": "x", "met": "team"}
    leave_step(plan, left, by=assistent)
    start_plan(dossier, by=assistent)
    with unchanged():
        address = f"{base}zorgen/{rijen.zorg.sleutel}/"
        assert client_for(assistent).post(address, {"wat": "x", "versie": "1"}).status_code == 404


TYPED = "Een alinea die niemand opnieuw wil typen."
PARTS = [
    ("zorgen/", {"wat": TYPED, "kinderen": "{lina}"}),
    ("uitzonderingen/", {"moment": TYPED}),
    ("wensen/", {"wie": "{lina}", "woorden": TYPED, "datum": "{-1}"}),
    ("netwerk/", {"voornaam": "Jef", "relatie": TYPED, "weet_van_opdracht": "nee", "weet_van_zorg": "nee"}),
    ("afspraken/", {"wat": TYPED, "wie": "{oma}", "volgende_controle": "{+9}", "soort": "andere"}),
    ("grenzen/", {"uitkomst": "verder", "gevoel": TYPED}),
    ("bereidheid/", {"ouder": "{sara}", "antwoord": "ja", "datum": "{-1}", "woorden": TYPED}),
    ("schaal/", {"persoon": "ik", "score": "5", "datum": "{-1}", "een_hoger": TYPED}),
    ("zorgen/{zorg}/standpunt/", {"persoon": "{sara}", "visie": "zo", "datum": "{-1}", "woorden": TYPED}),
    (
        "afspraken/{afspraak}/controle/",
        {"uitkomst": "deels", "datum": "{-1}", "gezien_door": "oma", "toelichting": TYPED, "volgende": "{+9}"},
    ),
    (
        "zorgen/{zorg}/vaststelling/",
        {"stand": "minder", "datum": "{-1}", "door": "school", "blijkt_uit": TYPED},
    ),
    ("zorgen/{zorg}/stoppen/", {"datum": "{-1}", "reden": TYPED}),
    ("uitzonderingen/{uitzondering}/herhaling/", {"datum": "{-1}", "gezien_door": "oma", "toelichting": TYPED}),
    ("opvolging/gesprek/", {"gebeurd_op": "{-1}", "tekst": TYPED}),
    ("opvolging/signaal/", {"gebeurd_op": "{-1}", "tekst": TYPED, "bron": "derde", "over": "{lina}"}),
    ("instap/route/", {"route": "zelf", "route_reden": TYPED, "versie": "1"}),
    ("opvolging/verlaten/", {"uitkomst": "stap_6", "datum": "{-1}", "reden": TYPED, "met": "team"}),
]


def send(client, base, page, data, fill, rijen):
    for name, row in vars(rijen).items():
        page = page.replace(f"{{{name}}}", str(row.sleutel))
    return client.post(base + page, fill(data))


@pytest.mark.parametrize(("page", "data"), PARTS, ids=[page for page, _ in PARTS])
def test_what_the_owner_sends_is_saved(base, fill, rijen, assistent, client_for, page, data):
    """The same forms as below, where they are refused: so that a refusal is never for another reason."""
    response = send(client_for(assistent), base, page, data, fill, rijen)
    assert response.status_code == 302, response.context["form"].errors


@pytest.mark.parametrize(("page", "data"), PARTS, ids=[page for page, _ in PARTS])
def test_a_closed_dossier_refuses_with_the_sentence_and_the_text(
    dossier, base, fill, rijen, assistent, client_for, unchanged, page, data
):
    close_dossier(dossier, {"reden": "Opdracht afgelopen."}, by=assistent)
    with unchanged():
        response = send(client_for(assistent), base, page, data, fill, rijen)
    assert response.status_code == 403
    assert "Dit dossier is afgesloten op" in response.content.decode()
    assert TYPED in response.content.decode()


@pytest.mark.parametrize(("page", "data"), PARTS, ids=[page for page, _ in PARTS])
def test_a_plan_that_was_left_refuses_with_the_sentence_and_the_text(
    base, plan, fill, rijen, assistent, client_for, unchanged, page, data
):
    leave_step(plan, {"uitkomst": "stap_6", "datum": clock.today(), "reden": "x", "met": "team"}, by=assistent)
    with unchanged():
        response = send(client_for(assistent), base, page, data, fill, rijen)
    assert response.status_code == 403
    assert "Stap 5 is afgesloten op" in response.content.decode()
    assert TYPED in response.content.decode()


@pytest.mark.parametrize(("page", "data"), PARTS, ids=[page for page, _ in PARTS])
def test_who_leads_the_team_reads_and_does_not_write(
    base, fill, rijen, teamverantwoordelijke, client_for, unchanged, page, data
):
    with unchanged():
        response = send(client_for(teamverantwoordelijke), base, page, data, fill, rijen)
    assert response.status_code == 403
    assert TYPED in response.content.decode()


def test_two_tabs_saving_one_worry(base, rijen, gezin, assistent, client_for):
    client, address = client_for(assistent), f"{base}zorgen/{rijen.zorg.sleutel}/"
    sent = {"kinderen": str(gezin.lina.sleutel), "versie": "1"}
    assert client.post(address, sent | {"wat": "De tekst van de eerste tab."}).status_code == 302
    second = client.post(address, sent | {"wat": "De tekst van de tweede tab."})
    html = second.content.decode()
    assert second.status_code == 409
    assert "De tekst van de eerste tab." in html
    assert "De tekst van de tweede tab." in html
    assert 'name="versie" value="2"' in html
    assert Zorg.objects.get(pk=rijen.zorg.pk).wat == "De tekst van de eerste tab."
    again = client.post(address, sent | {"wat": "De tekst van de tweede tab.", "versie": "2"})
    assert again.status_code == 302
    row = Zorg.objects.get(pk=rijen.zorg.pk)
    assert (row.wat, row.versie) == ("De tekst van de tweede tab.", 3)


def test_two_tabs_saving_the_route(base, plan, assistent, client_for):
    client = client_for(assistent)
    sent = {"route": "zelf", "route_reden": "Eerste tab.", "versie": "1"}
    assert client.post(f"{base}instap/route/", sent).status_code == 302
    second = client.post(f"{base}instap/route/", sent | {"route": "samen", "route_reden": "Tweede tab."})
    assert second.status_code == 409
    assert "Eerste tab." in second.content.decode()
    assert Stappenplan.objects.get(pk=plan.pk).route == "zelf"


def test_beginning_twice_begins_once(dossier, gezin, assistent, client_for):
    client = client_for(assistent)
    for _ in range(2):
        assert client.post(f"/dossiers/{dossier.kenmerk}/stap-5/beginnen/").status_code == 302
    assert Stappenplan.objects.count() == 1


def test_beginning_with_a_link_begins_nothing(dossier, assistent, client_for, unchanged):
    with unchanged():
        assert client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/stap-5/beginnen/").status_code == 405


def test_stopping_an_agreement_again_with_another_reason_is_refused(base, rijen, assistent, client_for):
    client, address = client_for(assistent), f"{base}afspraken/{rijen.afspraak.sleutel}/stoppen/"
    assert client.post(address, {"datum": shown(0), "reden": "Niet meer nodig."}).status_code == 302
    assert client.post(address, {"datum": shown(0), "reden": "Nog eens."}).status_code == 403
    row = Afspraak.objects.get(pk=rijen.afspraak.pk)
    assert (row.gestopt_reden, row.versie) == ("Niet meer nodig.", 2)


def test_an_act_upon_an_agreement_that_ended_changes_nothing(base, fill, rijen, assistent, client_for, unchanged):
    client = client_for(assistent)
    client.post(f"{base}afspraken/{rijen.afspraak.sleutel}/stoppen/", {"datum": shown(0), "reden": "Klaar."})
    page, data = next(part for part in PARTS if "controle" in part[0])
    with unchanged():
        send(client, base, page, data, fill, rijen)
    assert not Controle.objects.exists()


def test_the_same_person_does_not_join_the_network_twice(base, rijen, gezin, assistent, client_for, unchanged):
    sent = {"persoon": str(gezin.oma.sleutel), "weet_van_opdracht": "nee", "weet_van_zorg": "nee"}
    with unchanged():
        response = client_for(assistent).post(f"{base}netwerk/", sent)
    assert "staat al in het netwerk" in response.content.decode()


def test_one_form_makes_a_person_and_its_children(base, gezin, assistent, client_for):
    sent = {
        "voornaam": "Jef", "relatie": "buurman", "telefoon": "0472 11 11 11", "weet_van_opdracht": "nee",
        "weet_van_zorg": "ja", "veiligheid_voor": [str(gezin.lina.sleutel), str(gezin.milan.sleutel)], "hoe": "bellen",
        "ook_s_nachts": "on",
    }  # fmt: skip
    assert client_for(assistent).post(f"{base}netwerk/", sent).status_code == 302
    assert Netwerklid.objects.get().persoon.telefoon == "0472 11 11 11"
    assert Veiligheidsmens.objects.filter(ook_s_nachts=True).count() == 2


def test_two_tabs_saving_who_somebody_is_a_veiligheidsmens_for(base, rijen, gezin, assistent, client_for):
    client, address = client_for(assistent), f"{base}netwerk/{rijen.lid.sleutel}/"
    sent = {"bij_ziek": "on", "weet_van_opdracht": "onbekend", "weet_van_zorg": "onbekend", "hoe": "bellen"}
    sent |= {"lezers": str(gezin.oma.sleutel), "versie": "1"}
    both = [str(gezin.lina.sleutel), str(gezin.milan.sleutel)]
    assert client.post(address, sent | {"veiligheid_voor": both}).status_code == 302
    assert client.post(address, sent).status_code == 409
    assert Veiligheidsmens.objects.lopend().count() == 2


def test_markup_in_a_worry_is_text_on_every_page(base, dossier, rijen, gezin, assistent, client_for):
    client = client_for(assistent)
    markup = "<script>alert('x')</script>"
    sent = {"wat": markup, "waar": markup, "bron_naam": markup, "kinderen": str(gezin.lina.sleutel)}
    assert client.post(f"{base}zorgen/", sent).status_code == 302
    for page in ("", "zorgen/", "kopie/", "uitzonderingen/", "afspraken/", "instap/", "opvolging/"):
        html = client.get(base + page).content.decode()
        assert "<script>alert" not in html, page
    assert "<script>alert" not in client.get(f"/dossiers/{dossier.kenmerk}/voortgang/").content.decode()


def test_a_link_that_starts_a_form_from_nonsense_is_ignored(base, assistent, client_for):
    client = client_for(assistent)
    for query in ("zorgen=onzin", "uit_uitzondering=1", "zorgen=%00", "uit_uitzondering=x&uit_uitzondering=y"):
        assert client.get(f"{base}afspraken/?{query}").status_code == 200


def test_an_agreement_starts_from_the_exception_it_comes_from(base, rijen, assistent, client_for):
    page = client_for(assistent).get(f"{base}afspraken/?uit_uitzondering={rijen.uitzondering.sleutel}")
    form = page.context["form"]
    assert form["wat"].value() == "Zondag sliep iedereen bij oma."
    assert "Zondag sliep iedereen bij oma." in page.content.decode()


def test_the_worklist_notes_only_in_a_dossier_of_ones_own(dossier, vreemde, client_for, unchanged):
    sent = {"dossier": dossier.kenmerk, "soort": "telefoon", "tekst": "x", "gebeurd_op": shown(0)}
    with unchanged():
        response = client_for(vreemde).post("/", sent)
    assert set(response.context["form"].errors) == {"dossier"}


def test_the_worklist_notes_in_a_minute(dossier, assistent, client_for):
    sent = {"dossier": dossier.kenmerk, "soort": "telefoon", "tekst": "Gebeld.", "gebeurd_op": shown(0)}
    assert client_for(assistent).post("/", sent).status_code == 302
    assert dossier.notities.order_by("pk").last().tekst == "Gebeld."
