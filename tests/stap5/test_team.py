"""The team: numbers and the dossiers behind them, as a page and as a file, for who leads it and nobody else."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import Teamverantwoordelijkheid
from dossiers.actions import close_dossier
from dossiers.actions.opdracht import add_uitsluiting
from dossiers.models import Gebeurtenis
from partners.actions.doorverwijzing import move_doorverwijzing
from partners.tabel import FORMULA
from stap5 import actions
from stap5.access import get_team_or_404
from stap5.models import Afspraak
from stap5.team import LIJSTEN, Cel, Tabel, list_table, tables_as_csv, team_tables
from tests import factories


def rows(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def numbers(user):
    """{colleague: {list: number}} of the caseload, zeros left out."""
    return nonzero(team_tables(get_team_or_404(user, page="team"), [])["werklast"])


def nonzero(table):
    return {
        row[0].tekst: {head: cell.tekst for head, cell in zip(table.kolommen[1:], row[1:], strict=True) if cell.href}
        for row in table.rijen
    }


def asking(user):
    """{what: (dossiers it asks attention in, dossiers where it is late)}, what asks nothing left out."""
    table = team_tables(get_team_or_404(user, page="team"), [])["aandacht"]
    found = {row[0].tekst: (int(row[1].tekst), int(row[2].tekst)) for row in table.rijen}
    return {what: numbers for what, numbers in found.items() if any(numbers)}


def lines(user, slug):
    """The last column of a list."""
    return [row[-1].regels for row in list_table(LIJSTEN[slug], get_team_or_404(user, page="team")).rijen]


def behind(user, slug):
    table = list_table(LIJSTEN[slug], get_team_or_404(user, page="team"))
    return [row[0].tekst for row in table.rijen]


def test_every_number_opens_as_many_dossiers_as_it_says(dossier, rijen, team, assistent, teamverantwoordelijke):
    other = factories.make_dossier(assistent, voornaam="Tom", achternaam="Zonder")
    found = numbers(teamverantwoordelijke)
    assert found["Assistent Verzonnen"]["Open dossiers"] == "2"
    assert found["Samen"]["Dossiers in stap 5"] == "1"
    assert sorted(behind(teamverantwoordelijke, "dossiers")) == ["Tom Zonder", "Wesley Peeters"]
    assert behind(teamverantwoordelijke, "stap-5") == ["Wesley Peeters"]
    close_dossier(other, {"reden": "Klaar."}, by=assistent)
    assert behind(teamverantwoordelijke, "dossiers") == ["Wesley Peeters"]


def test_children_without_a_veiligheidsmens_are_counted_one_by_one(dossier, rijen, teamverantwoordelijke):
    """Oma is there for Lina; Milan has nobody."""
    assert numbers(teamverantwoordelijke)["Samen"]["Kinderen zonder veiligheidsmens"] == "1"
    items = get_team_or_404(teamverantwoordelijke, page="team")
    assert list_table(LIJSTEN["zonder-veiligheidsmens"], items).rijen[0][-1].regels == ("Milan",)


def test_silence_and_what_is_late_show_once_their_day_is_past(dossier, rijen, teamverantwoordelijke):
    assert behind(teamverantwoordelijke, "stil") == behind(teamverantwoordelijke, "te-laat") == []
    with clock.set_to(clock.now() + timedelta(days=31)):
        assert behind(teamverantwoordelijke, "stil") == ["Wesley Peeters"]
        assert behind(teamverantwoordelijke, "te-laat-controle") == ["Wesley Peeters"]
        assert behind(teamverantwoordelijke, "te-laat-kind") == []


def test_how_step_5_ended_is_counted_for_a_year_also_where_the_dossier_is_closed(
    dossier, plan, assistent, teamverantwoordelijke
):
    left = {"uitkomst": "stap_6", "reden": "Geen ouder wil.", "met": "het team", "datum": clock.today()}
    actions.leave_step(plan, left, by=assistent)
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    assert behind(teamverantwoordelijke, "verlaten-stap-6") == ["Wesley Peeters"]
    assert behind(teamverantwoordelijke, "verlaten-voldoende-veilig") == []
    assert behind(teamverantwoordelijke, "dossiers") == []
    with clock.set_to(clock.now() + timedelta(days=366)):
        assert behind(teamverantwoordelijke, "verlaten-stap-6") == []


def test_a_supervisor_sees_the_teams_she_leads_today_and_no_other(dossier, plan, ander_team, teamverantwoordelijke):
    stranger = factories.make_user("zuid", team=ander_team)
    factories.make_dossier(stranger, voornaam="Van", achternaam="Elders")
    assert behind(teamverantwoordelijke, "dossiers") == ["Wesley Peeters"]
    lead = Teamverantwoordelijkheid.objects.get(gebruiker=teamverantwoordelijke)
    lead.van, lead.tot = clock.today() - timedelta(days=9), clock.today() - timedelta(days=1)
    lead.save()
    assert behind(teamverantwoordelijke, "dossiers") == []


def test_who_is_kept_out_of_a_dossier_does_not_find_it_behind_a_number(dossier, plan, assistent, teamverantwoordelijke):
    add_uitsluiting(dossier, {"gebruiker": teamverantwoordelijke, "reden": "Familie."}, by=assistent)
    assert behind(teamverantwoordelijke, "dossiers") == []
    assert numbers(teamverantwoordelijke) == {"Samen": {}}


def test_a_dossier_of_somebody_who_left_is_not_lost_from_sight(dossier, assistent, teamverantwoordelijke):
    assistent.is_active = False
    assistent.save()
    assert numbers(teamverantwoordelijke)["Assistent Verzonnen (niet meer actief)"]["Open dossiers"] == "1"


@pytest.fixture
def send(dossier, gezin, assistent):
    """A referral for somebody that was sent today."""

    def send(persoon, naam="CAW Oost"):
        agreed = {"akkoord": "ja", "akkoord_van": gezin.sara, "akkoord_op": clock.today(), "akkoord_reden": ""}
        row = factories.make_doorverwijzing(dossier, voor=[persoon], by=assistent, partner_naam=naam, **agreed)
        return move_doorverwijzing(row, "verstuurd", {"datum": clock.today()}, by=assistent)

    return send


def test_what_waits_for_a_partner_says_for_which_one_and_how_long(gezin, send, assistent, teamverantwoordelijke):
    send(gezin.oma, "CAW Oost")
    with clock.set_to(clock.now() + timedelta(days=20)):
        listed = send(gezin.sara, "CAW West")
        move_doorverwijzing(listed, "wachtlijst", {"datum": clock.today()}, by=assistent)
        ((first, other),) = lines(teamverantwoordelijke, "wacht-op-partner")
    assert "CAW Oost voor Rita: verstuurd, nog geen antwoord, al 20 dagen (antwoord verwacht tegen " in first
    assert first.endswith(", te laat)")
    assert "CAW West voor Sara: op de wachtlijst, sinds vandaag (op te volgen tegen " in other
    assert "te laat" not in other


def test_a_sign_of_today_asks_attention_and_is_late_tomorrow(dossier, plan, teamverantwoordelijke):
    factories.make_notes(dossier, 1, by=dossier.eigenaar, soort="signaal")
    assert asking(teamverantwoordelijke)["signalen om te wegen"] == (1, 0)
    assert behind(teamverantwoordelijke, "aandacht-signaal") == ["Wesley Peeters"]
    with clock.set_to(clock.now() + timedelta(days=1)):
        assert asking(teamverantwoordelijke)["signalen om te wegen"] == (1, 1)


def test_a_list_of_one_kind_shows_what_it_is_about_and_what_its_day_is(gezin, rijen, send, teamverantwoordelijke):
    send(gezin.oma)
    with clock.set_to(clock.now() + timedelta(days=31)):
        ((found,),) = lines(teamverantwoordelijke, "te-laat-doorverwijzing")
        day = f"{clock.today() - timedelta(days=17):%d/%m/%Y}"
        assert lines(teamverantwoordelijke, "te-laat-controle") == [
            (f"Controle van “Oma haalt Lina op vrijdag van school.” (voorzien op {day}, te laat)",)
        ]
    assert "al 31 dagen (op te volgen tegen " in found
    assert found.endswith(", te laat)")


def test_a_grown_up_child_does_not_stand_among_the_children(dossier, gezin, teamverantwoordelijke):
    today = clock.today()
    for naam, born in (("Noor", date(today.year - 19, 1, 1)), ("Aya", date(today.year - 17, 1, 1)), ("Ines", None)):
        factories.make_person(dossier, naam, "kind", by=dossier.eigenaar, geboortedatum=born)
    ((_, children, *_),) = list_table(LIJSTEN["dossiers"], get_team_or_404(teamverantwoordelijke, page="team")).rijen
    assert [child.split()[0] for child in children.regels] == ["Lina", "Milan", "Aya", "Ines"]


@pytest.mark.parametrize("address", ["/team/", "/team/csv/", "/team/stil/", "/team/stil/csv/"])
@pytest.mark.parametrize("role", ["assistent", "toezichthouder", "beheerder"])
def test_for_others_there_is_no_team(request, dossier, client_for, role, address):
    assert client_for(request.getfixturevalue(role)).get(address).status_code == 404


def test_a_list_that_does_not_exist_and_a_colleague_of_another_team_are_not_found(
    dossier, vreemde, teamverantwoordelijke, client_for
):
    client = client_for(teamverantwoordelijke)
    assert client.get("/team/onbestaand/").status_code == 404
    assert client.get(f"/team/dossiers/{vreemde.sleutel}/").status_code == 404
    assert client.get(f"/team/dossiers/{dossier.eigenaar.sleutel}/").status_code == 200


def test_the_file_holds_what_stands_on_the_screen(dossier, rijen, assistent, teamverantwoordelijke, client_for):
    client = client_for(teamverantwoordelijke)
    for page, file in (("/team/dossiers/", "/team/dossiers/csv/"), (f"/team/dossiers/{assistent.sleutel}/",) * 2):
        screen = client.get(page).context["tabel"]
        file = file if file.endswith("csv/") else f"{file}csv/"
        assert rows(client.get(file)) == [
            list(screen.kolommen),
            *([cell.tekst for cell in row] for row in screen.rijen),
        ]


def test_the_file_of_the_team_holds_its_three_tables(dossier, rijen, teamverantwoordelijke, client_for):
    client = client_for(teamverantwoordelijke)
    page = client.get("/team/")
    tables = [page.context[name] for name in ("werklast", "aandacht", "uitkomsten")]
    expected = []
    for table in tables:
        expected += [[table.titel], list(table.kolommen), *([cell.tekst for cell in row] for row in table.rijen), []]
        assert page.content.decode().count(f">{table.titel}</h2>") == 1
    assert rows(client.get("/team/csv/")) == expected[:-1]


def test_every_number_on_the_page_is_the_one_its_list_says(gezin, rijen, send, teamverantwoordelijke, client_for):
    """And each that counts something else than dossiers says so."""
    client = client_for(teamverantwoordelijke)
    send(gezin.oma)
    send(gezin.sara)
    with clock.set_to(clock.now() + timedelta(days=61)):
        page, seen = client.get("/team/"), set()
        for name in ("werklast", "aandacht", "uitkomsten"):
            for row in page.context[name].rijen:
                for cell in row[1:]:
                    if cell.href:
                        heading = client.get(cell.href).context["tabel"].titel
                        assert heading.split()[0] == cell.tekst
                        seen.add(heading)
    assert {"1 dossier", "1 kind in 1 dossier", "2 doorverwijzingen in 1 dossier"} <= seen


@pytest.mark.parametrize("text", ["=1+1", "+32", "-2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "\n=1"])
def test_no_cell_of_the_file_runs_as_a_formula(text):
    table = Tabel(titel=text, kolommen=(text,), rijen=((Cel(regels=(text,)),),))
    found = [row for row in csv.reader(io.StringIO(tables_as_csv([table, table]), newline=""), delimiter=";") if row]
    assert len(found) == 6
    for row in found:
        assert row[0].startswith("'")
        assert FORMULA.match(row[0])


def test_a_name_that_begins_as_a_formula_reaches_the_file_harmless(assistent, teamverantwoordelijke, client_for):
    factories.make_dossier(assistent, voornaam="=HYPERLINK(1)", achternaam="x")
    assert rows(client_for(teamverantwoordelijke).get("/team/dossiers/csv/"))[1][0] == "'=HYPERLINK(1) x"


def test_looking_and_taking_along_are_on_record(dossier, teamverantwoordelijke, client_for):
    client = client_for(teamverantwoordelijke)
    client.get("/team/stil/")
    client.get("/team/stil/csv/")
    found = Gebeurtenis.objects.filter(created_by=teamverantwoordelijke, tekst__startswith="teamlijst")
    assert list(found.values_list("soort", "tekst")) == [
        ("gelezen", "teamlijst stil"),
        ("uitgevoerd", "teamlijst stil als bestand"),
    ]


@pytest.mark.both
def test_a_large_team_costs_as_many_queries_as_a_small_one(team, teamverantwoordelijke, client_for):
    client, counts = client_for(teamverantwoordelijke), []

    def colleague(number):
        user = factories.make_user(f"lid{number}", team=team)
        for count in range(3):
            dossier = factories.make_dossier(user, voornaam=f"Tom {count}")
            child = factories.make_person(dossier, "Kind", "kind", by=user)
            plan = actions.start_plan(dossier, by=user)
            due = {"wat": "x", "wie": [child], "volgende_controle": clock.today(), "lezers": []}
            actions.add_item(Afspraak, plan, due, by=user)
            factories.make_doorverwijzing(dossier, voor=[child], by=user)

    for numbers_of_people in (range(1), range(1, 8)):
        for number in numbers_of_people:
            colleague(number)
        for address in ("/team/", "/team/dossiers/", "/team/dossiers/csv/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert counts[:3] == counts[3:], counts
    assert max(counts) <= 21, counts


def test_an_empty_team_says_so(teamverantwoordelijke, client_for):
    client = client_for(teamverantwoordelijke)
    assert "Samen" in client.get("/team/").content.decode()
    assert "Nergens is het stil." in client.get("/team/stil/").content.decode()
