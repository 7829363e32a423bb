"""What people paste, mistype and forge: refused in words, kept whole or escaped, and never half written."""

from datetime import timedelta

import pytest

from accounts import clock
from dossiers.actions import close_dossier
from dossiers.models import Betrokkene, Dossier, Notitie
from tests import factories

NEW = {"voornaam": "Wesley", "achternaam": "Peeters", "soort": "probatie", "start": "1/3/2026", "einde": "1/3/2027"}


@pytest.fixture
def base(dossier):
    return f"/dossiers/{dossier.kenmerk}/"


@pytest.fixture
def refused(get_post, unchanged, assistent):
    """Send it as the owner: not saved, nothing changed, the answer shows the error and what was typed."""

    def send(address, data, *errors, status=200):
        with unchanged():
            response = get_post(assistent, address, data)
        assert response.status_code == status
        form = response.context["form"]
        assert set(errors) <= set(form.errors), form.errors
        assert "foutenlijst" in response.content.decode()
        return response

    return send


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"start": "31/02/2026"}, "start"),
        ({"start": "2026-13-01"}, "start"),
        ({"start": "binnenkort"}, "start"),
        ({"start": "1/3/2026", "einde": "28/2/2026"}, "einde"),
        ({"einde": ""}, "einde"),
        ({"zonder_einddatum": "on"}, "einde"),
        ({"voornaam": ""}, "voornaam"),
        ({"voornaam": "<script>alert(1)</script>"}, "voornaam"),
        ({"voornaam": "Wes\x00ley"}, "voornaam"),
        ({"voornaam": "W" * 81}, "voornaam"),
        ({"soort": "bestaat_niet"}, "soort"),
        ({"sipar_nummer": "1" * 41}, "sipar_nummer"),
    ],
)
def test_a_new_dossier_that_makes_no_sense_is_not_opened(refused, data, field):
    before = Dossier.objects.count()
    refused("/dossiers/nieuw/", NEW | data, field)
    assert Dossier.objects.count() == before


def test_an_empty_form_is_refused_in_full(refused, db):
    """An empty POST must not look like a first visit."""
    refused("/dossiers/nieuw/", {"start": ""}, "voornaam", "soort", "start")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"geboortedatum": "31/02/2016"}, "geboortedatum"),
        ({"geboortedatum": "2016-13-01"}, "geboortedatum"),
        ({"geboorte": "verwacht", "geboortedatum": ""}, "geboortedatum"),
        ({"geboorte": "verwacht", "geboortedatum": "1/1/2016"}, "geboortedatum"),
        ({"voornaam": "<b>Lina</b>"}, "voornaam"),
        ({"voornaam": "{{ 7|add:7 }}"}, "voornaam"),
        ({"relatie": "<img src=x>"}, "relatie"),
        ({"telefoon": "0470\x00"}, "telefoon"),
        ({"rol": "buurman"}, "rol"),
        ({"rol": ""}, "rol"),
        ({"telefoon": "0" * 61}, "telefoon"),
    ],
)
def test_a_person_that_makes_no_sense_is_not_added(refused, base, data, field):
    refused(f"{base}betrokkenen/", {"voornaam": "Kim", "rol": "kind", "geboorte": "exact"} | data, field)


def test_a_birth_date_in_the_future_is_refused_and_says_what_to_choose(refused, base):
    tomorrow = f"{clock.today() + timedelta(days=1):%d/%m/%Y}"
    answer = refused(
        f"{base}betrokkenen/", {"voornaam": "Kim", "rol": "kind", "geboortedatum": tomorrow}, "geboortedatum"
    )
    assert "verwacht" in str(answer.context["form"].errors["geboortedatum"])


@pytest.mark.parametrize(
    "name",
    ["O'Neill-De Bruyn", "Şahin", "Łukasz", "Ćosić", "d'Hondt", "Jean-Pierre", "N'Golo", "李", "Mary Ann", "X Æ"],
)
def test_a_name_of_any_language_is_kept_as_it_is_written(base, dossier, assistent, get_post, client_for, name):
    sent = {"voornaam": name, "achternaam": name, "rol": "netwerk", "relatie": "oma"}
    assert get_post(assistent, f"{base}betrokkenen/", sent).status_code == 302
    person = dossier.betrokkenen.latest("pk")
    assert (person.voornaam, person.achternaam) == (name, name)
    page = client_for(assistent).get(f"{base}betrokkenen/").content.decode()
    assert name in page.replace("&#x27;", "'")


def test_markup_in_a_text_is_shown_as_text(base, assistent, get_post, client_for):
    markup = "<script>alert('x')</script> & <b>vet</b>"
    get_post(assistent, f"{base}voortgang/", {"soort": "andere", "tekst": markup})
    page = client_for(assistent).get(f"{base}voortgang/").content.decode()
    assert "<script>alert" not in page
    assert "<b>vet" not in page
    assert "&lt;script&gt;alert" in page
    assert Notitie.objects.latest("pk").tekst == markup


@pytest.mark.parametrize(
    "text",
    [
        "😀 zei Lina 👨‍👩‍👧",
        "regel één\r\n\r\nregel twee",
        "  - lijstje\n  - nog iets",
        "50% & meer; \"citaat\" '…'",
        "É" * 50,
    ],
)
def test_a_note_is_kept_as_it_was_typed(base, assistent, get_post, client_for, text):
    assert get_post(assistent, f"{base}voortgang/", {"soort": "andere", "tekst": text}).status_code == 302
    assert Notitie.objects.latest("pk").tekst.replace("\r\n", "\n") == text.strip().replace("\r\n", "\n")
    assert client_for(assistent).get(f"{base}voortgang/").status_code == 200


def test_what_kind_of_note_it_is_is_chosen(refused, base):
    refused(f"{base}voortgang/", {"tekst": "Thuis geweest."}, "soort")


def test_a_note_of_ten_thousand_characters_is_kept_whole(base, assistent, get_post):
    text = "Lang verhaal. " * 720
    assert get_post(assistent, f"{base}voortgang/", {"soort": "andere", "tekst": text[:10_000]}).status_code == 302
    assert Notitie.objects.latest("pk").tekst == text[:10_000].strip()


def test_a_note_of_thirty_thousand_characters_is_refused_and_stays_in_the_form(refused, base):
    text = "Nog langer. " * 2500
    answer = refused(f"{base}voortgang/", {"tekst": text}, "tekst")
    assert "20000" in str(answer.context["form"].errors["tekst"]).replace(".", "")
    assert text.strip() in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"tekst": ""}, "tekst"),
        ({"tekst": "   \n "}, "tekst"),
        ({"tekst": "Ge\x00beld."}, "tekst"),
        ({"tekst": "x", "gebeurd_op": "31/02/2026"}, "gebeurd_op"),
        ({"tekst": "x", "soort": "wijziging"}, "soort"),
        ({"tekst": "x", "bron": "hond"}, "bron"),
        ({"tekst": "x", "over": ["00000000-0000-4000-8000-000000000000"]}, "over"),
        ({"tekst": "x", "over": ["1"]}, "over"),
    ],
)
def test_a_note_that_makes_no_sense_is_not_noted(refused, base, gezin, data, field):
    refused(f"{base}voortgang/", data, field)


def test_a_note_of_tomorrow_is_not_noted(refused, base):
    tomorrow = f"{clock.today() + timedelta(days=1):%d/%m/%Y}"
    refused(f"{base}voortgang/", {"tekst": "x", "gebeurd_op": tomorrow}, "gebeurd_op")


@pytest.fixture
def stranger(assistent):
    """A person of another dossier of the same owner."""
    other = factories.make_dossier(assistent, voornaam="Tom")
    return factories.make_person(other, "Noor", "kind", by=assistent)


@pytest.mark.parametrize(
    ("page", "data", "field"),
    [
        ("voortgang/", {"tekst": "x", "over": "{stranger}"}, "over"),
        ("betrokkenen/", {"voornaam": "Kim", "rol": "kind", "afgeschermd_voor": "{stranger}"}, "afgeschermd_voor"),
        ("verblijven/", {"wie": "{stranger}", "soort": "thuis"}, "wie"),
        ("verblijven/", {"wie": "{lina}", "soort": "familie", "bij": "{stranger}"}, "bij"),
        ("ouderschap/", {"ouder": "{sara}", "kind": "{stranger}", "soort": "ouder"}, "kind"),
        ("verboden/", {"soort": "contactverbod", "wie": "{wesley}", "tegenover": "{stranger}"}, "tegenover"),
    ],
)
def test_a_person_of_another_dossier_is_not_accepted(refused, base, gezin, stranger, page, data, field):
    people = vars(gezin) | {"stranger": stranger}
    filled = {
        name: str(people[value[1:-1]].sleutel) if value.startswith("{") else value for name, value in data.items()
    }
    refused(f"{base}{page}", filled, field)


def test_a_colleague_of_another_house_is_not_accepted(refused, base, vreemde):
    sent = {"gebruiker": vreemde.sleutel, "soort": "meewerken", "tot": f"{clock.today():%d/%m/%Y}"}
    refused(f"{base}deelnames/", sent, "gebruiker")


@pytest.mark.parametrize(
    ("page", "data", "field"),
    [
        ("verblijven/", {"wie": "{lina}", "soort": "thuis", "van": "2/3/2026", "tot": "1/3/2026"}, None),
        ("verboden/", {"soort": "huisverbod", "wie": "{wesley}", "tegenover": "{sara}", "van": "2/3/2026",
                       "tot": "1/3/2026"}, None),
        ("verboden/", {"soort": "huisverbod", "wie": "{wesley}", "tegenover": "{wesley}"}, "tegenover"),
        ("ouderschap/", {"ouder": "{lina}", "kind": "{milan}", "soort": "ouder"}, "ouder"),
        ("ouderschap/", {"ouder": "{sara}", "kind": "{lina}", "soort": "ouder"}, None),
        ("opdrachten/", {"soort": "probatie", "start": "2/3/2026", "einde": "1/3/2026"}, None),
        ("opdrachten/", {"soort": "probatie", "start": "2/3/2026"}, None),
    ],
)  # fmt: skip
def test_what_the_database_would_refuse_is_refused_in_words(refused, base, gezin, page, data, field):
    filled = {
        name: str(getattr(gezin, value[1:-1]).sleutel) if value.startswith("{") else value
        for name, value in data.items()
    }
    response = refused(f"{base}{page}", filled, *([field] if field else []))
    assert "constraint" not in str(response.context["form"].errors).lower()


@pytest.mark.parametrize("page", ["betrokkenen/", "voortgang/", "opdrachten/", "verblijven/", "gegevens/"])
def test_a_closed_dossier_is_not_written_to_and_what_was_typed_stays(
    base, dossier, gezin, assistent, client_for, unchanged, page
):
    close_dossier(dossier, {"reden": "Opdracht afgelopen."}, by=assistent)
    typed = "Een hele alinea die niemand opnieuw wil typen."
    sent = {
        "voornaam": "Kim", "rol": "kind", "geboorte": "exact", "bericht_toegelaten": "onbekend", "relatie": typed,
        "tekst": typed, "soort": "telefoon", "gebeurd_op": "1/3/2026", "versie": "1", "aandacht_bij_huisbezoek": typed,
        "start": "1/3/2026", "zonder_einddatum": "on", "reikwijdte": typed,
        "wie": str(gezin.lina.sleutel), "verdeling": typed,
    }  # fmt: skip
    sent["soort"] = {"opdrachten/": "probatie", "verblijven/": "thuis"}.get(page, "telefoon")
    with unchanged():
        response = client_for(assistent).post(f"{base}{page}", sent)
    html = response.content.decode()
    assert response.status_code == 403, response.context["form"].errors
    assert "Dit dossier is afgesloten op" in html
    assert typed in html


def test_who_may_only_read_gets_the_sentence_and_keeps_the_text(
    base, gezin, teamverantwoordelijke, client_for, unchanged
):
    sent = {"tekst": "Een lange opmerking.", "soort": "telefoon", "gebeurd_op": "1/3/2026"}
    with unchanged():
        response = client_for(teamverantwoordelijke).post(f"{base}voortgang/", sent)
    assert response.status_code == 403
    assert "niet in schrijven" in response.content.decode()
    assert "Een lange opmerking." in response.content.decode()


def test_two_tabs_saving_one_person(base, gezin, assistent, client_for):
    address = f"{base}betrokkenen/{gezin.oma.sleutel}/"
    client = client_for(assistent)
    sent = {"voornaam": "Rita", "rol": "netwerk", "geboorte": "exact", "bericht_toegelaten": "onbekend", "versie": "1"}
    assert client.post(address, sent | {"relatie": "grootmoeder"}).status_code == 302
    second = client.post(address, sent | {"relatie": "oma langs moederskant"})
    html = second.content.decode()
    assert second.status_code == 409
    assert "grootmoeder" in html
    assert "oma langs moederskant" in html
    assert Betrokkene.objects.get(pk=gezin.oma.pk).relatie == "grootmoeder"
    again = sent | {"relatie": "oma langs moederskant", "versie": second.context["versie"]}
    assert client.post(address, again).status_code == 302
    assert Betrokkene.objects.get(pk=gezin.oma.pk).relatie == "oma langs moederskant"


@pytest.mark.parametrize("versie", ["", "0", "2", "-1", "een", "9" * 30, None])
def test_a_version_that_was_never_on_the_screen_is_a_conflict(base, gezin, assistent, client_for, unchanged, versie):
    sent = {"voornaam": "Anders", "rol": "netwerk", "geboorte": "exact", "bericht_toegelaten": "onbekend"}
    if versie is not None:
        sent["versie"] = versie
    with unchanged():
        response = client_for(assistent).post(f"{base}betrokkenen/{gezin.oma.sleutel}/", sent)
    assert response.status_code == 409


def test_the_justitiabele_does_not_stop_being_involved(base, gezin, assistent, client_for, unchanged):
    address = f"{base}betrokkenen/{gezin.wesley.sleutel}/stoppen/"
    with unchanged():
        response = client_for(assistent).post(address, {"datum": "1/3/2026", "reden": "Weg."}, follow=True)
    assert "kan hier niet" in response.content.decode()


def test_the_justitiabele_does_not_become_a_child(refused, base, gezin):
    refused(f"{base}betrokkenen/{gezin.wesley.sleutel}/", {"rol": "kind"}, "rol")


def test_stopping_what_was_stopped_with_another_reason_is_refused_and_keeps_the_text(
    base, gezin, assistent, client_for
):
    client = client_for(assistent)
    address = f"{base}betrokkenen/{gezin.oma.sleutel}/stoppen/"
    assert client.post(address, {"datum": "1/3/2026", "reden": "Verhuisd."}).status_code == 302
    page = client.post(address, {"datum": "1/3/2026", "reden": "Nog eens."})
    assert page.status_code == 403
    assert "Nog eens." in page.content.decode()
    oma = Betrokkene.objects.get(pk=gezin.oma.pk)
    assert (oma.gestopt_reden, oma.versie) == ("Verhuisd.", 2)


def test_closing_twice_closes_once(base, dossier, assistent, client_for, unchanged):
    client = client_for(assistent)
    assert client.post(f"{base}sluiten/", {"reden": "Klaar."}).status_code == 302
    with unchanged():
        assert client.post(f"{base}sluiten/", {"reden": "Nog eens."}).status_code == 403
    assert Dossier.objects.get(pk=dossier.pk).closed_reden == "Klaar."


@pytest.mark.parametrize("address", ["ZZZZ", "a" * 15, "a" * 17, "0" * 16, "A" * 16, "1", "../x"])
def test_what_is_no_kenmerk_is_not_found(assistent, client_for, address):
    assert client_for(assistent).get(f"/dossiers/{address}/").status_code == 404


def test_an_unknown_page_of_a_dossier_is_not_found(base, assistent, client_for):
    for page in ("bestaat-niet/", "betrokkenen/1/", "betrokkenen/00000000-0000-4000-8000-000000000000/"):
        assert client_for(assistent).get(f"{base}{page}").status_code == 404


def test_the_list_refuses_a_cursor_it_did_not_give(dossier, vreemde, assistent, client_for):
    for cursor in ("onzin", "a" * 16, "\x00", dossier.kenmerk):
        assert client_for(vreemde).get("/dossiers/", {"na": cursor}).status_code == 404


@pytest.mark.parametrize("cursor", ["x", "-1", "1.5", "9" * 40, "²"])
def test_the_record_of_reads_refuses_a_cursor_that_is_no_number(base, assistent, client_for, cursor):
    assert client_for(assistent).get(f"{base}inzage/", {"voor": cursor}).status_code == 404


@pytest.mark.parametrize("words", ["%", "_", "'; DROP TABLE x; --", "😀", "\x00", "x" * 81, "(((", "\\"])
def test_searching_for_nonsense_finds_nothing_and_breaks_nothing(dossier, gezin, assistent, client_for, words):
    client = client_for(assistent)
    assert client.post("/dossiers/zoek/", {"zoek": words}).status_code == 302
    page = client.get("/dossiers/")
    assert page.status_code == 200


@pytest.mark.parametrize("words", ["oneill", "O'NEILL", "de bruyn", "Wesley", "PEETERS", "lin"])
def test_a_dossier_is_found_by_the_name_of_anyone_in_it(dossier, gezin, assistent, client_for, words):
    factories.make_dossier(assistent, voornaam="Tom", achternaam="Aerts")
    client = client_for(assistent)
    client.post("/dossiers/zoek/", {"zoek": words})
    assert client.get("/dossiers/").context["rijen"] == [dossier]


def test_a_page_that_was_posted_to_without_its_token_is_refused(base, assistent, unchanged):
    from tests.client import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(assistent)
    with unchanged():
        assert client.post(f"{base}voortgang/", {"tekst": "x", "soort": "telefoon"}).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_do_nothing(base, assistent, client_for, unchanged, method):
    with unchanged():
        assert getattr(client_for(assistent), method)(f"{base}voortgang/").status_code == 405
