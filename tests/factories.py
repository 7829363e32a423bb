"""Rows that the actions do not make: users and teams, and rows in bulk for counting queries."""

from datetime import timedelta

from accounts import clock
from accounts.models import Gebruiker, Rol, Team, Teamverantwoordelijkheid
from dossiers.actions import create_row, open_dossier
from dossiers.actions.overdracht import offer_overdracht
from dossiers.actions.vervanging import arrange_vervanging
from dossiers.models import Betrokkene, Notitie
from partners.actions.doorverwijzing import create_doorverwijzing
from partners.actions.overleg import prepare_overleg
from partners.models import Partnersoort

PASSWORD = "een-verzonnen-wachtwoord"


def make_team(huis, naam):
    return Team.objects.create(huis=huis, naam=naam)


def make_user(username, *, rol=Rol.JUSTITIEASSISTENT, team=None, huis=None, **kwargs):
    """A user with PASSWORD; `huis` only where there is no team."""
    names = {"first_name": username.capitalize(), "last_name": "Verzonnen"}
    return Gebruiker.objects.create_user(
        username=username, password=PASSWORD, rol=rol, team=team, huis=huis, **names | kwargs
    )


def make_leader(username, team, *, of=None, **period):
    """A teamverantwoordelijke in `team` who leads `of` (that team unless said otherwise)."""
    user = make_user(username, rol=Rol.TEAMVERANTWOORDELIJKE, team=team)
    Teamverantwoordelijkheid.objects.create(team=of or team, gebruiker=user, **period)
    return user


def dossier_data(voornaam="Wesley", achternaam="Peeters", **kwargs):
    """What the form for a new dossier hands over."""
    today = clock.today()
    return {
        "voornaam": voornaam,
        "achternaam": achternaam,
        "sipar_nummer": "",
        "soort": "probatie",
        "start": today - timedelta(days=60),
        "einde": today + timedelta(days=300),
        "zonder_einddatum": False,
        "opdrachtgever": "probatiecommissie",
        "reikwijdte": "",
    } | kwargs


def make_dossier(by, **kwargs):
    return open_dossier(dossier_data(**kwargs), by=by)


def make_person(dossier, voornaam, rol, *, by, **kwargs):
    dossier.__dict__.pop("_mensen", None)  # what a request remembers; a test outlives it
    return create_row(Betrokkene, dossier, {"voornaam": voornaam, "rol": rol} | kwargs, by=by)


def make_notes(dossier, number, *, by, soort="telefoon"):
    """`number` notes at once, on as many days."""
    today = clock.today()
    Notitie.objects.bulk_create(
        [
            Notitie(
                dossier=dossier,
                soort=soort,
                gebeurd_op=today - timedelta(days=count),
                tekst=f"Notitie {count}",
                created_by=by,
            )
            for count in range(number)
        ]
    )


def a_partnersoort():
    return Partnersoort.objects.first()


def make_doorverwijzing(dossier, *, voor, by, soort="caw", **kwargs):
    """A prepared referral; without `akkoord` the parent is still to be asked."""
    data = {
        "soort": Partnersoort.objects.get(code=soort),
        "partner_naam": "",
        "voor": voor,
        "vraag": "Wilt u mee kijken?",
        "hoe": "brief",
        "akkoord": "",
    }
    return create_doorverwijzing(dossier, data | kwargs, by=by)


def make_overleg(dossier, *, by, soort="vk", **kwargs):
    """A consult without names, with its sheet in preparation."""
    data = {
        "soort": Partnersoort.objects.get(code=soort),
        "partner_naam": "",
        "anoniem": True,
        "met_naam_reden": "",
        "vraag": "Lina sliep zondag bij oma.",
    }
    return prepare_overleg(dossier, data | kwargs, by=by)


def make_overdracht(dossier, naar, *, by, **kwargs):
    """An offer that waits: to a colleague, or to a team."""
    to = {"naar_team": naar} if isinstance(naar, Team) else {"naar": naar}
    return offer_overdracht(dossier, to | {"reden": "Ik verander van werk.", "boodschap": ""} | kwargs, by=by)


def make_vervanging(voor, door, *, by, start=0, end=14, **kwargs):
    """`door` stands in for `voor`, so many days from today."""
    today = clock.today()
    data = {"voor": voor, "door": door, "van": today + timedelta(days=start), "tot": today + timedelta(days=end)}
    return arrange_vervanging(data | kwargs, by=by)
