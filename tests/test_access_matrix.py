"""Who gets which page: one table, route by role, compared with the live resolver. A new route needs a row."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.architecture.test_routes import PUBLIC, routes

pytestmark = pytest.mark.both

ROLES = (
    "assistent", "deelnemer", "collega", "vreemde", "teamverantwoordelijke", "toezichthouder", "beheerder",
    "uitgeslotene",
)  # fmt: skip
UNSEEN = ("collega", "vreemde", "toezichthouder", "beheerder", "uitgeslotene")


def _line(*statuses):
    return dict(zip(ROLES, statuses, strict=True))


#                eig  deel coll vrmd tver toez behe uitg
ALL = _line(200, 200, 200, 200, 200, 200, 200, 200)
READ = _line(200, 200, 404, 404, 200, 404, 404, 404)  # who may see the dossier
DONE = _line(302, 302, 404, 404, 302, 404, 404, 404)  # the same, and the answer leads elsewhere
MANAGE = _line(200, 404, 404, 404, 200, 404, 404, 404)  # the owner and the teamverantwoordelijke
INZAGE = _line(200, 404, 404, 404, 200, 200, 404, 404)
TEAM = _line(404, 404, 404, 404, 200, 404, 404, 404)  # who leads a team
OWN = _line(200, 200, 200, 200, 200, 404, 404, 200)  # reminders and calendar of who works on dossiers
SAVED = _line(302, 302, 302, 302, 302, 404, 404, 302)  # the same, and the answer leads elsewhere
GIDS = _line(200, 200, 200, 200, 200, 404, 200, 200)  # the directory of partners: who refers, who keeps it
KEEPS = _line(404, 404, 404, 404, 404, 404, 200, 404)
WORKS = _line(200, 200, 200, 200, 200, 404, 404, 200)  # who may work on dossiers
ASKED = _line(404, 404, 200, 404, 404, 404, 404, 404)  # the colleague to whom the dossier was offered
ABSENT = _line(404, 404, 200, 404, 200, 404, 404, 404)  # who is away, and the teamverantwoordelijke
NEVER = _line(404, 404, 404, 404, 404, 404, 404, 404)  # rows that are never changed

GET, POST = "get", "post"
# Steps of a referral that was sent; the one of the table was not.
LATER = "jongere wachtlijst aanvaard loopt afronden geweigerd verlopen terugkoppeling link link_intrekken"
ANSWERS = "aanvaarden wachtlijst begonnen afronden weigeren bericht"
ROWS = {
    "account_login": (GET, _line(*[302] * 8)),
    "account_inactive": (GET, ALL),
    "account_logout": (GET, ALL),
    "account_change_password": (GET, ALL),
    "account_reauthenticate": (GET, ALL),
    "gezond": (GET, ALL),
    "toegankelijkheid": (GET, ALL),
    "werk": (GET, _line(200, 200, 200, 200, 200, 302, 302, 200)),
    "dossiers:index": (GET, ALL),
    "dossiers:zoek": (POST, _line(*[302] * 8)),
    "dossiers:nieuw": (GET, _line(200, 200, 200, 200, 200, 403, 403, 200)),
    "dossiers:toezicht": (GET, _line(404, 404, 404, 404, 404, 200, 404, 404)),
    "dossiers:inzage": (GET, INZAGE),
    "dossiers:voortgang_filter": (POST, DONE),
    "dossiers:uitsluitingen": (GET, MANAGE),
    "dossiers:uitsluitingen_stoppen": (GET, MANAGE),
    "partners:index": (GET, GIDS),
    "partners:soorten": (GET, GIDS),
    "partners:kantoor": (GET, GIDS),
    "partners:zoek": (POST, _line(302, 302, 302, 302, 302, 404, 302, 302)),
    "partners:invoer": (GET, KEEPS),
    "partners:uitvoer": (GET, KEEPS),
    "partners:invoer_nakijken": (GET, NEVER),  # a file that nobody sent; tests/partners/test_csv.py sends one
    "partners:invoer_bevestigen": (POST, NEVER),
    "partners:overleg_tekst": (POST, READ),  # an empty text: told on the page
    "partners:overleg_vervangen": (POST, DONE),
    "partners:overleg_afwerken": (POST, DONE),
    "partners:overleg_heropenen": (POST, DONE),
    "partners:overleg_papier": (GET, DONE),  # a sheet that is not finished
    "partners:antwoord": (GET, NEVER),  # a link that never was; being signed in opens nothing
    "partners:antwoord_vernieuwen": (POST, ALL),
    "partners:antwoord_vraag": (GET, NEVER),
    "partners:antwoord_bedankt": (GET, ALL),
    "dossiers:overdrachten": (GET, WORKS),
    "dossiers:overdrachten_voorstel": (GET, ASKED),
    "dossiers:vervanging": (GET, WORKS),
    "dossiers:vervanging_stoppen": (GET, ABSENT),
    "dossiers:vervanging_aanvullen": (
        POST,
        {role: 302 if status == 200 else status for role, status in ABSENT.items()},
    ),
    "stap5:beginnen": (POST, DONE),
    "stap5:herinneringen": (GET, OWN),
    "stap5:herinneringen_aan": (POST, SAVED),
    "stap5:herinneringen_uit": (POST, SAVED),
    "stap5:agenda_maken": (POST, OWN),
    "stap5:agenda_intrekken": (POST, SAVED),
    "stap5:agenda": (GET, NEVER),  # an address that never was; being signed in opens nothing
    "stap5:team": (GET, TEAM),
    "stap5:team_csv": (GET, TEAM),
    "stap5:teamlijst": (GET, TEAM),
    "stap5:teamlijst_csv": (GET, TEAM),
    "stap5:teamlijst_van": (GET, TEAM),
    "stap5:teamlijst_van_csv": (GET, TEAM),
    "stap5:team_nazicht": (GET, TEAM),
}
# Every other page of a dossier: for who may see it.
SEEN = {
    "dossiers:detail", "dossiers:voortgang", "dossiers:verbeteren", "dossiers:afschermen", "dossiers:kopie",
    "dossiers:gegevens", "dossiers:sluiten", "dossiers:heropenen", "dossiers:betrokkenen",
    "dossiers:betrokkenen_wijzig", "dossiers:betrokkenen_stoppen", "dossiers:verblijven",
    "dossiers:verblijven_wijzig", "dossiers:verblijven_stoppen", "dossiers:ouderschap", "dossiers:ouderschap_wijzig",
    "dossiers:ouderschap_stoppen", "dossiers:verboden", "dossiers:verboden_wijzig", "dossiers:verboden_stoppen",
    "dossiers:opdrachten", "dossiers:opdrachten_wijzig", "dossiers:opdrachten_wijziging",
    "dossiers:opdrachten_stoppen", "dossiers:contactmomenten", "dossiers:contactmomenten_wijzig",
    "dossiers:contactmomenten_stoppen", "dossiers:deelnames", "dossiers:deelnames_stoppen", "stap5:overzicht",
    "stap5:eerder", "stap5:kopie", "stap5:stappenplan_pdf", "stap5:bezoek",
    "stap5:bezoek_pdf", "dossiers:overdracht",
    "dossiers:bundel_pdf", "dossiers:voorstellen", "dossiers:intrekken", "stap5:instap", "stap5:opvolging",
    "stap5:meteen",
    "stap5:besluit", "stap5:route", "stap5:ritme", "stap5:pauze", "stap5:hervatten", "stap5:verlaten", "stap5:zorgen",
    "stap5:zorgen_wijzig", "stap5:zorgen_standpunt", "stap5:zorgen_vaststelling", "stap5:zorgen_stoppen",
    "stap5:gesprek", "stap5:signaal",
    "stap5:uitzonderingen", "stap5:uitzonderingen_wijzig", "stap5:uitzonderingen_herhaling",
    "stap5:uitzonderingen_stoppen", "stap5:wensen",
    "stap5:wensen_wijzig", "stap5:wensen_stoppen", "stap5:netwerk", "stap5:netwerk_wijzig",
    "stap5:netwerk_kind", "stap5:netwerk_stoppen",
    "stap5:afspraken", "stap5:afspraken_wijzig", "stap5:afspraken_controle", "stap5:afspraken_standpunt",
    "stap5:afspraken_stoppen", "stap5:grenzen", "stap5:grenzen_besproken", "stap5:grenzen_stoppen", "stap5:hulp",
    "partners:doorverwijzingen",
    "partners:doorverwijzingen_voorbereiden", "partners:doorverwijzingen_meegeven",
    "partners:doorverwijzingen_versturen",
    "partners:doorverwijzingen_intrekken",
    "partners:brief_pdf", "partners:hulp", "partners:hulp_wijzig", "partners:hulp_stoppen",
    "partners:hulp_terugkoppeling",
    "partners:overleg", "partners:overleg_nieuw", "partners:overleg_noteren", "partners:overleg_blad",
    "partners:overleg_gesprek", "partners:overleg_stoppen",
    "stap5:bereidheid", "stap5:bereidheid_stoppen", "stap5:schaal", "stap5:schaal_stoppen",
    "stap5:kindcontacten", "stap5:kindcontacten_stoppen",
    "stap5:versies", "stap5:versie", "stap5:versie_pdf", "stap5:versie_sindsdien", "stap5:nazicht",
    "stap5:nazicht_opmerking", "stap5:nazicht_goedkeuren", "stap5:nazicht_terugsturen", "stap5:nazicht_intrekken",
    "stap5:opmerking_beantwoorden", "stap5:opmerking_oplossen",
}  # fmt: skip
TABLE = ROWS | dict.fromkeys(SEEN, (GET, READ))
TABLE |= {f"partners:doorverwijzingen_{step}": (GET, DONE) for step in LATER.split()}
KANTOOR = "b6b5b1f5-5c0f-4f7e-9d0a-0a6f0f3c0801"  # a line of the reference data
TABLE |= {f"partners:antwoord_{answer}": (POST, NEVER) for answer in ANSWERS.split()}
# The answers to an offer come last: an empty refusal is told on the page, and who takes the dossier over owns it.
TABLE |= {f"dossiers:overdrachten_{answer}": (POST, ASKED) for answer in ("weigeren", "aanvaarden")}
TABLE["dossiers:overdrachten_aanvaarden"] = (POST, ASKED | {"collega": 302})
NOTES = {"verbeteren", "afschermen", "kopie"}  # acts upon a note


def live():
    """{name: pattern} of every route but the admin's."""
    return {name: entry for name, _, entry in routes() if not name.startswith("beheer:")}


def address(name, kenmerk, rows):
    """The address of a route, with the row that belongs to it."""
    names = live()[name].pattern.converters
    local = name.partition(":")[2]
    kwargs = {"kenmerk": kenmerk} if "kenmerk" in names else {}
    if name in ("partners:kantoor", "partners:invoer_nakijken", "partners:invoer_bevestigen"):
        kwargs["sleutel"] = KANTOOR
    elif "sleutel" in names:
        local = "doorverwijzingen" if local == "brief_pdf" else local
        kwargs["sleutel"] = rows["voortgang" if local in NOTES else local.partition("_")[0]].sleutel
    if "lijst" in names:
        kwargs["lijst"] = "dossiers"
    if "token" in names:
        kwargs["token"] = "x" * 43
    return reverse(name, kwargs=kwargs)


def of_a_dossier():
    return [name for name, entry in live().items() if "kenmerk" in entry.pattern.converters]


def without_token(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_every_route_has_a_row_and_every_row_a_route():
    assert set(TABLE) == set(live())


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(request, dossier, alles, client_for, role):
    client = client_for(request.getfixturevalue(role))
    client.raise_request_exception = False
    wrong = {}
    for name, (method, statuses) in TABLE.items():
        status = getattr(client, method)(address(name, dossier.kenmerk, alles)).status_code
        if status != statuses[role]:
            wrong[name] = f"{status} instead of {statuses[role]}"
    assert wrong == {}


def test_who_has_not_signed_in_is_asked_to(dossier, alles):
    client, wrong = Client(), {}
    for name, (method, _) in TABLE.items():
        if name in PUBLIC:
            continue
        response = getattr(client, method)(address(name, dossier.kenmerk, alles))
        if response.status_code != 302 or not response["Location"].startswith("/aanmelden/"):
            wrong[name] = response.status_code
    assert wrong == {}


@pytest.mark.parametrize("role", UNSEEN)
def test_what_exists_and_what_does_not_give_the_same_answer(request, dossier, alles, client_for, role):
    """For every page of a dossier, read and sent: the same 404, byte for byte."""
    client, wrong = client_for(request.getfixturevalue(role)), {}
    for name in of_a_dossier():
        if TABLE[name][1][role] != 404:
            continue
        for method in (GET, POST):
            real = getattr(client, method)(address(name, dossier.kenmerk, alles))
            unreal = getattr(client, method)(address(name, "a" * 16, alles))
            if (real.status_code, without_token(real)) != (unreal.status_code, without_token(unreal)):
                wrong[f"{method} {name}"] = (real.status_code, unreal.status_code)
    assert wrong == {}


@pytest.mark.parametrize("role", UNSEEN)
def test_who_may_not_see_it_writes_nothing_by_sending(request, dossier, alles, client_for, unchanged, role):
    user = request.getfixturevalue(role)
    client, sent = client_for(user), {"reden": "x", "datum": "1/1/2026", "tekst": "x", "wat": "x", "versie": "1"}
    with unchanged():
        for name in of_a_dossier():
            client.post(address(name, dossier.kenmerk, alles), sent)


@pytest.mark.parametrize("role", ROLES)
def test_only_the_beheerder_gets_into_the_admin(request, client_for, assistent, role):
    client, wrong = client_for(request.getfixturevalue(role)), {}
    for name, path, _ in routes():
        if not name.startswith("beheer:") or "(?P" in path:
            continue
        filled = re.sub(r"<[^>]*>", str(assistent.pk), path)
        status = client.get(f"/{filled}").status_code
        opens = name == "beheer:index" or name.endswith("_changelist")
        if (role == "beheerder" and opens and status != 200) or (role != "beheerder" and status not in (302, 403, 404)):
            wrong[name] = status
    assert wrong == {}


def test_nobody_gets_into_the_admin_without_signing_in(db):
    response = Client().get("/beheer/", follow=True)
    assert response.redirect_chain[-1][0].partition("?")[0] == "/aanmelden/"


@pytest.mark.parametrize("model", ["dossiers/dossier", "dossiers/betrokkene", "stap5/zorg", "dossiers/gebeurtenis"])
def test_the_admin_knows_nothing_of_a_dossier(beheerder, client_for, model):
    assert client_for(beheerder).get(f"/beheer/{model}/").status_code == 404


def test_the_beheerder_deletes_nothing(beheerder, assistent, client_for):
    client = client_for(beheerder)
    address = f"/beheer/accounts/gebruiker/{assistent.pk}/delete/"
    assert client.post(address, {"post": "yes"}).status_code == 403
    assistent.refresh_from_db()


def test_nobody_changes_her_own_role(beheerder, client_for):
    sent = {"username": "beheerder", "rol": "justitieassistent", "first_name": "Anders", "is_active": "on"}
    client_for(beheerder).post(f"/beheer/accounts/gebruiker/{beheerder.pk}/change/", sent)
    beheerder.refresh_from_db()
    assert beheerder.rol == "beheerder"
