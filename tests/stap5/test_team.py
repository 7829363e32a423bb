"""The team: numbers and the dossiers behind them, as a page and as a file, for who leads it and nobody else."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import Teamverantwoordelijkheid
from dossiers.actions import close_dossier
from dossiers.actions.opdracht import add_uitsluiting
from dossiers.models import Gebeurtenis
from partners.tabel import FORMULA
from stap5 import actions
from stap5.access import get_team_or_404
from stap5.models import Afspraak
from stap5.team import LIJSTEN, Cel, Tabel, caseload, list_table, table_as_csv
from tests import factories


def rows(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def numbers(user):
    """{colleague: {list: number}} of the caseload, zeros left out."""
    table = caseload(get_team_or_404(user, page="team"), [])
    return {
        row[0].tekst: {head: cell.tekst for head, cell in zip(table.kolommen[1:], row[1:], strict=True) if cell.doel}
        for row in table.rijen
    }


def behind(user, slug):
    table = list_table(LIJSTEN[slug], get_team_or_404(user, page="team"))
    return [row[0].tekst for row in table.rijen]


def test_every_number_opens_as_many_dossiers_as_it_says(dossier, rijen, team, assistent, teamverantwoordelijke):
    other = factories.make_dossier(assistent, voornaam="Tom", achternaam="Zonder")
    found = numbers(teamverantwoordelijke)
    assert found["Assistent Verzonnen"]["Open dossiers"] == "2"
    assert found["Samen"]["In stap 5"] == "1"
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
    table = client.get("/team/").context["caseload"]
    assert rows(client.get("/team/csv/")) == [
        list(table.kolommen), *([cell.tekst for cell in row] for row in table.rijen)
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+32", "-2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "\n=1"])
def test_no_cell_of_the_file_runs_as_a_formula(text):
    table = Tabel(kolommen=(text,), rijen=((Cel(regels=(text,)),),))
    for row in csv.reader(io.StringIO(table_as_csv(table), newline=""), delimiter=";"):
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
