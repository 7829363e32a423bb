"""Taking the directory along as a file, and putting a file in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.rules import NotAllowed
from dossiers.models import Gebeurtenis
from partners.actions import confirm_invoer, import_partners, keep_invoer
from partners.actions.invoer import BATCH
from partners.demo import create_demo_partners
from partners.models import Contactpunt, Partner, Partnerinvoer
from partners.tabel import COLUMNS
from tests.partners.kantoren import as_file, content, make_partner, make_partners, row


@pytest.fixture
def client(client_for, beheerder):
    return client_for(beheerder)


def state():
    """Everything a file can change, pks and moments aside."""
    partners = Partner.objects.order_by("sleutel").values_list("sleutel", "versie", "naam", "straat", "plaats__code",
        "heel_gebied", "website", "toelichting", "bron", "nagekeken_op", "gestopt_op", "soort__code")  # fmt: skip
    points = Contactpunt.objects.order_by("partner__sleutel", "functie")
    served = Partner.werkgebied.through.objects.order_by("partner__sleutel", "postcode_id")
    return (
        list(partners),
        list(points.values_list("partner__sleutel", "functie", "telefoon", "email", "uren", "toelichting")),
        list(served.values_list("partner__sleutel", "postcode_id")),
    )


def upload(client, data, name="partners.csv"):
    return client.post("/partners/import/", {"bestand": SimpleUploadedFile(name, data)}, follow=True)


def confirm(client, response, *ticked):
    """Press the button under the dry run, with these boxes ticked."""
    address = f"/partners/import/{response.context['invoer'].sleutel}/bevestigen/"
    return client.post(address, {"stand": response.context["plan"].stand, "contact": ticked}, follow=True)


def exported(client):
    return client.get("/partners/uitvoer.csv").content


# Out


def test_the_file_opens_in_a_spreadsheet(client, beheerder):
    response = client.get("/partners/uitvoer.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="partners.csv"' in response["Content-Disposition"]
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeffsleutel;soort;naam;")
    assert "0800 13 500" in text
    assert Gebeurtenis.objects.filter(soort="uitgevoerd", tekst="partners", created_by=beheerder).count() == 1


def test_what_leaves_comes_back_the_same(client):
    create_demo_partners()
    make_partner("=1+1", toelichting='-\n\'=x;"y"', website="https://voorbeeld.invalid", gestopt_op="2026-01-02")
    make_partner("'t Huis", contact={"crisis": {"telefoon": "+32 15 00 00 01", "email": "a@b.be", "uren": "altijd"}})
    before, data = state(), exported(client)
    response = upload(client, data)
    assert response.context["plan"].doet_iets is False
    assert (response.context["plan"].fouten, response.context["plan"].ongewijzigd) == ([], 17)
    Contactpunt.objects.all().delete()
    Partner.werkgebied.through.objects.all().delete()
    Partner.objects.all().delete()
    confirm(client, upload(client, data))
    assert state() == before


def test_no_cell_of_the_file_is_a_formula(client):
    make_partner("=HYPERLINK(1)", toelichting="@x", straat="+1", contact={"algemeen": {"telefoon": "+32 15"}})
    cells = [cell.strip('"') for line in exported(client).decode("utf-8-sig").splitlines() for cell in line.split(";")]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []


# In


def test_nothing_is_written_before_it_is_confirmed(client):
    make_partner()
    before = state()
    response = upload(client, content(row(naam="Nieuw"), row(postcode="2800", algemeen_telefoon="015 00 00 02")))
    assert response.status_code == 200
    assert "1 nieuw, 1 gewijzigd, 0 ongewijzigd" in response.content.decode()
    assert state() == before


def test_confirmed_it_is_written_with_its_record_and_a_second_time_changes_nothing(client, beheerder):
    data = content(
        row(naam="Nieuw", postcode="2800", werkgebied="mechelen; 2500", algemeen_telefoon="015 00 00 02",
            algemeen_uren="werkdagen 9-17", consult_email="a@b.be", nagekeken_op="2026-01-31")
    )  # fmt: skip
    response = confirm(client, upload(client, data))
    assert "Ingevoerd: 1 nieuw, 0 gewijzigd." in response.content.decode()
    made = Partner.objects.get(naam="Nieuw")
    assert (made.zoeknaam, str(made.plaats), str(made.nagekeken_op)) == ("nieuw", "2800 Mechelen", "2026-01-31")
    assert made.contactpunten.get(functie="algemeen").uren == "ma-vr 9.00-17.00"
    entry = Gebeurtenis.objects.filter(soort="beheer", created_by=beheerder).latest("pk")
    assert entry.tekst == "partners ingevoerd: 1 nieuw, 0 gewijzigd, 0 contactgegevens bevestigd"
    before = state()
    response = upload(client, data)
    assert "Alles in dit bestand staat er al" in response.content.decode()
    assert state() == before


def test_a_phone_or_email_changes_only_where_it_is_ticked(client):
    one = make_partner("Een", contact={"algemeen": {"telefoon": "015 00 00 01", "email": "oud@b.be"}})
    make_partner("Twee", nagekeken_op=None)
    data = content(
        row(naam="Een", postcode="2800", website="https://nieuw.be", algemeen_telefoon="015 00 00 09",
            algemeen_email="nieuw@b.be"),
        row(naam="Twee", postcode="2800", algemeen_telefoon="015 00 00 08"),
    )  # fmt: skip
    response = upload(client, data)
    html = response.content.decode()
    assert html.count('type="checkbox"') == 3
    assert "checked" not in html
    assert html.index("oud@b.be") < html.index("nieuw@b.be")
    confirm(client, response, f"{one.sleutel}/algemeen_telefoon")
    one.refresh_from_db()
    assert one.website == "https://nieuw.be"
    assert one.contactpunten.values_list("telefoon", "email").get() == ("015 00 00 09", "oud@b.be")
    assert Contactpunt.objects.get(partner__naam="Twee").telefoon == "015 00 00 01"
    assert Partner.objects.get(naam="Twee").versie == 1
    assert len(upload(client, data).context["contact"]) == 2  # what was not ticked is asked again


def test_a_number_that_goes_or_comes_is_ticked_too(client):
    partner = make_partner(contact={"consult": {"telefoon": "015 00 00 01", "uren": "altijd"}})
    data = content(row(postcode="2800", crisis_telefoon="015 00 00 09", crisis_uren="altijd"))
    response = upload(client, data)
    assert [change.column for change in response.context["contact"]] == ["consult_telefoon", "crisis_telefoon"]
    confirm(client, response)
    assert partner.contactpunten.get().functie == "consult"
    confirm(client, upload(client, data), *(change.teken for change in response.context["contact"]))
    assert partner.contactpunten.get().functie == "crisis"


def test_what_is_not_in_the_file_stays(client):
    make_partner("Blijft")
    confirm(client, upload(client, content(row(naam="Nieuw"))))
    assert Partner.objects.filter(naam="Blijft").exists()


def test_a_sleutel_says_which_office_it_is(client):
    partner = make_partner("Oude naam")
    data = content(row(sleutel=str(partner.sleutel), naam="Nieuwe naam", algemeen_telefoon="015 00 00 01"))
    confirm(client, upload(client, data))
    partner.refresh_from_db()
    assert (partner.naam, partner.plaats, partner.versie) == ("Nieuwe naam", None, 2)
    assert Partner.objects.filter(heel_gebied=False).count() == 1


def test_when_somebody_changed_the_directory_meanwhile_it_is_shown_again(client):
    partner = make_partner()
    response = upload(client, content(row(postcode="2800", algemeen_telefoon="015 00 00 02")))
    Partner.objects.filter(pk=partner.pk).update(website="https://intussen.be")
    before = state()
    answer = confirm(client, response, f"{partner.sleutel}/algemeen_telefoon")
    assert "Intussen wijzigde iemand de partners" in answer.content.decode()
    assert answer.context["plan"].doet_iets
    assert state() == before


def test_a_file_is_confirmed_once(client):
    response = upload(client, content(row()))
    assert confirm(client, response).status_code == 200
    assert confirm(client, response).status_code == 404
    assert Partner.objects.filter(naam="CAW Testlei").count() == 1
    assert Partnerinvoer.objects.get().tekst == ""


def test_another_file_takes_its_place_and_nobody_else_sees_it(client, client_for, assistent, beheerder):
    first = upload(client, content(row()))
    second = upload(client, content(row(naam="Tweede")))
    assert client.get(f"/partners/import/{first.context['invoer'].sleutel}/").status_code == 404
    address = f"/partners/import/{second.context['invoer'].sleutel}/"
    assert client.get(address).status_code == 200
    assert client_for(assistent).get(address).status_code == 404
    assert client_for(assistent).post(f"{address}bevestigen/").status_code == 404
    other = type(beheerder).objects.create_user("tweede", rol="beheerder")
    assert client_for(other).get(address).status_code == 404


@pytest.mark.parametrize("role", ["assistent", "teamverantwoordelijke", "toezichthouder"])
def test_only_the_beheerder_puts_a_file_in(request, client_for, beheerder, role):
    user = request.getfixturevalue(role)
    kept = keep_invoer(as_file(row()), by=beheerder)
    before = state()
    assert upload(client_for(user), content(row())).status_code == 404
    for act in (
        lambda: keep_invoer(as_file(row()), by=user),
        lambda: confirm_invoer(kept, stand="", confirmed=(), by=user),
        lambda: import_partners(as_file(row()), confirmed=(), by=user),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert state() == before


# Files that cannot be


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Dit bestand is leeg"),
        (content(), "Er staan geen partners in dit bestand"),
        (content(row(naam="Één")).decode("utf-8-sig").encode("cp1252"), "niet in UTF-8"),
        (content(row()).decode("utf-8-sig").encode("utf-16"), "niet in UTF-8"),
        (content(row()).replace(b";", b","), "gescheiden door een puntkomma"),
        (content(row()).replace(b"bron;", b"bronnen;", 1), "kolommen ontbreken: bron"),
        (content(row()).replace(b"sleutel;", b"sleutel;extra;", 1), "kennen we niet: extra"),
        (content(row()).replace(b"sleutel;", b"sleutel;naam;", 1), "twee keer"),
        (b"PK\x03\x04\x00\x00", "geen CSV-bestand"),
        (content(row(naam='x"y')).replace(b'"x""y"', b'"x"y'), "niet als CSV te lezen"),
        (content(row(toelichting="x" * 200_000)), "niet als CSV te lezen"),
        (content(row()) + b"x" * 5 * 1024 * 1024, "groter dan 5 MB"),
    ],
    ids=[
        "empty",
        "no rows",
        "cp1252",
        "utf-16",
        "commas",
        "missing",
        "unknown",
        "twice",
        "zip",
        "quote",
        "cell",
        "size",
    ],
)
def test_a_file_that_cannot_be_read_says_why(client, data, says):
    before = state()
    response = upload(client, data)
    assert says in response.content.decode()
    assert "bestand" in response.context["form"].errors
    assert (state(), Partnerinvoer.objects.count()) == (before, 0)


def test_a_form_without_a_file_says_so(client):
    assert "Kies een bestand." in client.post("/partners/import/").content.decode()


def test_with_one_bad_row_nothing_is_written(client):
    before = state()
    response = upload(client, content(row(naam="Goed"), row(naam="Slecht", postcode="9999")))
    html = response.content.decode()
    assert "<strong>Rij 3:</strong> postcode ‘9999’ ligt niet in Vlaanderen of Brussel" in html
    assert "Invoeren</button>" not in html
    confirm(client, response)
    assert state() == before


def test_columns_may_stand_in_another_order(client):
    lines = [";".join(reversed(COLUMNS)), ";".join(reversed(list(row().values())))]
    confirm(client, upload(client, "\r\n".join(lines).encode()))
    assert Partner.objects.filter(naam="CAW Testlei").exists()


def test_more_rows_than_are_written_at_once(client):
    number = 2 * BATCH + 1
    rows = [row(naam=f"Dienst {count}", postcode="2800", werkgebied="Mechelen", algemeen_telefoon=f"015 {count:06}",
                algemeen_uren="ma-vr 9-17") for count in range(number)]  # fmt: skip
    response = upload(client, content(*rows))
    assert f"{number} nieuw" in response.content.decode()
    confirm(client, response)
    assert Partner.objects.filter(heel_gebied=False).count() == Contactpunt.objects.count() - 3 == number


def test_more_changes_than_a_browser_may_send_come_in_parts(client):
    make_partners(300)
    data = exported(client).replace(b"015 00 00 01", b"015 00 00 02")
    response = upload(client, data)
    assert len(response.context["plan"].contact) == 600
    assert response.content.decode().count('type="checkbox"') == 500
    confirm(client, response, *(change.teken for change in response.context["contact"]))
    assert len(upload(client, data).context["contact"]) == 100
