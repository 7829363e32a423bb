"""Rows that the actions do not make: users and teams, and rows in bulk for counting queries."""

from datetime import timedelta

from accounts import clock
from accounts.models import Gebruiker, Rol, Team, Teamverantwoordelijkheid
from dossiers.actions import create_row, open_dossier
from dossiers.models import Betrokkene, Notitie

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
