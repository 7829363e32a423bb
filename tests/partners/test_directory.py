"""The pages of the directory: finding an office, one office, the infofiches, and who gets to see them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.utils.html import escape

from accounts import clock
from dossiers.models import Gebeurtenis
from partners.demo import KANTOREN, create_demo_partners
from partners.models import Contactpunt, Partner, Partnersoort
from partners.reference import load_gemeenten, load_lijnen, load_partnersoorten
from partners.rules import nakijken_sinds
from tests.partners.kantoren import make_partner, make_partners

pytestmark = pytest.mark.both

LINES = ["0800 13 500", "078 150 100", "1712"]


@pytest.fixture
def client(client_for, assistent):
    return client_for(assistent)


def search(client, **terms):
    """The page after this search."""
    return client.post("/partners/zoeken/", terms, follow=True)


def found(response):
    return [partner.naam for partner in response.context["bedient"] + response.context["overige"]]


def test_the_confirmed_lines_are_there_with_their_source_and_say_that_nobody_checked_them(client):
    html = client.get("/partners/").content.decode()
    assert [number for number in LINES if number not in html] == []
    assert html.count("nog niet nagekeken") == len(LINES)
    assert Partner.objects.count() == len(LINES)
    assert not Partner.objects.filter(bron="").exists()


def test_every_number_can_be_tapped(client):
    make_partner(contact={"crisis": {"telefoon": "+32 (0)15 00 00 01"}})
    html = client.get("/partners/").content.decode()
    assert set(re.findall(r'href="tel:([^"]+)"', html)) >= {"112", "101", "080013500", "1712", "+3215000001"}


def test_finding_by_kind_place_and_name(client):
    make_partner("CAW Oost", plaats="9000")
    make_partner("CLB Oost", code="clb", plaats="9000")
    make_partner("CLB Mechelen", code="clb", plaats="2800")
    make_partner("CLB Gestopt", code="clb", plaats="2800", gestopt_op=clock.today())
    assert found(search(client, soort="clb", plaats="gent")) == ["CLB Oost", "CLB Mechelen"]
    assert found(search(client, soort="clb", naam="MÉCHELEN")) == ["CLB Mechelen"]
    assert found(search(client, soort="caw")) == ["CAW Oost"]
    assert found(search(client)) == ["CAW Oost", "CLB Mechelen", "CLB Oost"]


def test_who_serves_the_place_stands_apart(client):
    make_partner("Ver maar van hier", plaats="9000", werkgebied=["2800"])
    make_partner("Dicht", plaats="2820")
    response = search(client, plaats="2800")
    assert [partner.naam for partner in response.context["bedient"]] == ["Ver maar van hier"]
    assert [partner.naam for partner in response.context["overige"]] == ["Dicht"]
    assert "Werkt in 2800 Mechelen" in response.content.decode()


def test_what_one_looks_for_never_stands_in_an_address(client):
    response = search(client, plaats="Mechelen", naam="caw")
    assert response.redirect_chain == [("/partners/", 302)]
    assert not re.search(r'(?:href|action)="[^"]*mechelen', response.content.decode(), re.IGNORECASE)
    assert not Gebeurtenis.objects.filter(tekst__icontains="mechelen").exists()


@pytest.mark.parametrize("plaats", ["Atlantis", "beer", "9999", "<b>x</b>", "a" * 500, "2800\x00"])
def test_a_place_that_is_not_understood_is_said_at_the_field(client, plaats):
    response = search(client, plaats=plaats)
    assert response.status_code == 200
    assert "plaats" in response.context["form"].errors
    assert "<b>x</b>" not in response.content.decode()


@pytest.mark.parametrize(
    "terms", [{"soort": "bestaat_niet"}, {"naam": "%_\\'"}, {"naam": "\x00"}, {"soort": "1' or '1"}]
)
def test_bad_input_gives_a_page(client, terms):
    make_partner()
    assert search(client, **terms).status_code == 200


@pytest.mark.parametrize("cursor", ["x", "0" * 32, "00000000-0000-4000-8000-000000000000"])
@pytest.mark.parametrize("plaats", ["", "2800"])
def test_a_cursor_that_is_none_is_not_found(client, cursor, plaats):
    search(client, plaats=plaats)
    assert client.get("/partners/", {"na": cursor}).status_code == 404


def test_a_search_can_be_emptied(client):
    search(client, naam="bestaat niet")
    assert search(client).context["zoekt"] is False


@pytest.mark.parametrize("plaats", ["", "gent"])
def test_pages_hold_every_office_once(client, plaats):
    make_partners(50)
    response, seen = search(client, plaats=plaats), []
    while True:
        seen += found(response)
        if not response.context["meer"]:
            break
        response = client.get("/partners/", {"na": response.context["meer"]})
    assert len(seen) == len(set(seen)) == 50


def queries(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(15) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.parametrize("plaats", ["", "gent"])
def test_the_list_costs_the_same_number_of_queries_with_3_and_with_30(client, django_assert_max_num_queries, plaats):
    search(client, plaats=plaats)
    make_partners(3)
    few = queries(client, "/partners/", django_assert_max_num_queries)
    make_partners(27, start=3)
    assert queries(client, "/partners/", django_assert_max_num_queries) == few


def test_the_other_pages_cost_few_queries(client, django_assert_max_num_queries):
    partner = make_partner(werkgebied=["2800", "2801", "9000"])
    queries(client, f"/partners/{partner.sleutel}/", django_assert_max_num_queries)
    queries(client, "/partners/soorten/", django_assert_max_num_queries)


# One office


def test_an_office_shows_all_that_is_known_of_it(client):
    partner = make_partner(
        "Huis <De> Brug",
        straat="Kerkstraat 1",
        werkgebied=["2820"],
        website="https://voorbeeld.invalid",
        toelichting="Bel aan.",
        contact={
            "algemeen": {"telefoon": "015 00 00 01", "uren": "ma-vr 9.00-17.00"},
            "consult": {"email": "raad@voorbeeld.invalid", "toelichting": "voor hulpverleners"},
        },
    )
    with time_machine.travel("2026-11-23 10:00+01:00"):
        html = client.get(f"/partners/{partner.sleutel}/").content.decode()
    for text in [
        escape("Huis <De> Brug"), "Kerkstraat 1", "2800 Mechelen", "Bonheiden", "https://voorbeeld.invalid", "Bel aan.",
        "015 00 00 01", "nu open, tot 17.00 uur", "raad@voorbeeld.invalid", "Voor hulpverleners", "Maandag tot vrijdag",
    ]:  # fmt: skip
        assert text in html
    assert "<De>" not in html


def test_an_office_that_stopped_still_has_its_page(client):
    partner = make_partner(gestopt_op=clock.today())
    html = client.get(f"/partners/{partner.sleutel}/").content.decode()
    assert "Deze dienst is gestopt op" in html


def test_an_office_that_does_not_exist_is_not_found(client):
    assert client.get("/partners/00000000-0000-4000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize(
    ("days", "says"),
    [(None, "nog niet nagekeken"), (0, ""), (365, ""), (366, "langer dan een jaar niet nagekeken")],
)
def test_what_nobody_checked_for_a_year_says_so(client, days, says):
    day = None if days is None else clock.today() - timedelta(days=days)
    assert nakijken_sinds(day, clock.today()) == says
    make_partner("Testlei", nagekeken_op=day)
    html = search(client, naam="Testlei").content.decode()
    assert ("niet nagekeken" in html) is bool(says)


def test_the_infofiches_leave_out_what_nobody_confirmed(client):
    html = client.get("/partners/soorten/").content.decode()
    assert html.count("<article") == 7
    assert html.count("Wat biedt het") == Partnersoort.objects.exclude(aanbod="").count() == 5
    assert html.count('id="vk"') == 1


# Who


@pytest.mark.parametrize(
    ("role", "see", "keep"),
    [
        ("assistent", 200, 404), ("vreemde", 200, 404), ("teamverantwoordelijke", 200, 404), ("beheerder", 200, 200),
        ("toezichthouder", 404, 404),
    ],
)  # fmt: skip
def test_who_sees_the_directory_and_who_keeps_it(request, client_for, role, see, keep):
    client, partner = client_for(request.getfixturevalue(role)), make_partner()
    for address in ("/partners/", "/partners/soorten/", f"/partners/{partner.sleutel}/"):
        assert client.get(address).status_code == see
    for address in ("/partners/import/", "/partners/uitvoer.csv"):
        assert client.get(address).status_code == keep
    assert client.post("/partners/zoeken/").status_code == (302 if see == 200 else 404)


# What is kept


@pytest.mark.parametrize("load", [load_partnersoorten, load_gemeenten, load_lijnen])
def test_loading_reference_rows_twice_changes_nothing(db, load):
    from django.apps import apps

    Partner.objects.filter(naam="Kind en Gezin-Lijn").update(naam="Anders", bron="zelf nagekeken")
    Partnersoort.objects.filter(code="vk").update(aanbod="Eigen tekst.")
    tables = (Partner, Contactpunt, Partnersoort)
    before = [list(model.objects.order_by("pk").values()) for model in tables]
    load(apps, "default")
    assert [list(model.objects.order_by("pk").values()) for model in tables] == before


def test_a_kind_from_before_there_were_infofiches_gets_its_own(db):
    from django.apps import apps

    Partnersoort.objects.filter(code="caw").update(
        naam="Mijn CAW", aanbod="", bereiken="", doorverwijzen="", wanneer_niet="", bron=""
    )
    load_partnersoorten(apps, "default")
    caw = Partnersoort.objects.get(code="caw")
    assert caw.naam == "Mijn CAW"
    assert caw.aanbod


def test_the_invented_offices_say_so_and_are_made_once(db):
    assert create_demo_partners() == len(KANTOREN) == 12
    assert create_demo_partners() == 0
    made = Partner.objects.filter(heel_gebied=False)
    assert all(partner.naam.endswith("(verzonnen)") for partner in made)
    numbers = Contactpunt.objects.filter(partner__in=made).values_list("telefoon", flat=True)
    assert all(number.startswith("0400 00 00 ") for number in numbers)


@pytest.mark.parametrize("values", [{"telefoon": "", "email": ""}, {"functie": "algemeen", "telefoon": "1"}])
def test_the_database_refuses_a_contact_point_without_use(db, values):
    partner = make_partner()
    with pytest.raises(IntegrityError):
        Contactpunt.objects.create(**{"partner": partner, "functie": "crisis"} | values)


# The beheerder's own page


def admin_data(client, partner):
    """What the beheerder's page of an office holds, to send again."""
    form = client.get(f"/beheer/partners/partner/{partner.pk}/change/").context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    point = partner.contactpunten.get()
    inline = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 1, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 4}
    inline |= {"0-id": point.pk, "0-partner": partner.pk, "0-functie": "algemeen", "0-telefoon": point.telefoon}
    data |= {f"contactpunten-{name}": value for name, value in inline.items()}
    return {name: "" if value is None else value for name, value in data.items() if value is not False}


def test_the_beheerder_changes_an_office_and_the_record_says_so(client_for, beheerder):
    partner, client = make_partner(), client_for(beheerder)
    data = admin_data(client, partner) | {
        "naam": "CAW Nieuw",
        "gebied": "Lier, 2800",
        "contactpunten-0-uren": "ma 9-12",
    }
    response = client.post(f"/beheer/partners/partner/{partner.pk}/change/", data)
    assert response.status_code == 302
    partner.refresh_from_db()
    assert (partner.naam, partner.zoeknaam, partner.versie) == ("CAW Nieuw", "caw nieuw", 2)
    assert set(partner.werkgebied.values_list("code", flat=True)) >= {"2500", "2800"}
    assert partner.contactpunten.get().uren == "ma 9.00-12.00"
    assert Gebeurtenis.objects.filter(soort="beheer", tekst=f"partner {partner.pk} gewijzigd", created_by=beheerder)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"website": "javascript:alert(1)"}, "https://"),
        ({"gebied": "Atlantis"}, "kennen we niet"),
        ({"contactpunten-0-telefoon": "bel mij"}, "telefoonnummer"),
        ({"contactpunten-0-uren": "soms"}, "Schrijf de uren zo"),
        ({"plaats": "", "straat": "Kerkstraat 1"}, "postcode"),
        ({"nagekeken_op": "1/1/2090"}, "toekomst"),
        ({"geladen_versie": 7}, "Intussen wijzigde iemand"),
    ],
)
def test_what_is_wrong_with_an_office_is_said_and_nothing_is_saved(client_for, beheerder, sent, says):
    partner, client = make_partner(), client_for(beheerder)
    data = admin_data(client, partner) | {"naam": "CAW Anders"} | sent
    response = client.post(f"/beheer/partners/partner/{partner.pk}/change/", data)
    assert says in response.content.decode()
    partner.refresh_from_db()
    assert (partner.naam, partner.versie) == ("CAW Testlei", 1)
