"""The people who work in the demonstration: six accounts in two houses of justice."""

from dataclasses import dataclass

from accounts.models import Gebruiker, Justitiehuis, Rol, Team, Teamverantwoordelijkheid
from stap5.demo import kalender

PASSWORD = "brug-Vlieger-48-kastanje"  # noqa: S105 everything it opens is invented

HUIS, TEAM = "OVO001917", "Team Leie"
ANDER_HUIS, ANDER_TEAM = "OVO001921", "Team Dijle"

NOODINSTRUCTIE = """\
Is er nu gevaar voor iemand? Bel 112. Heb je de politie nodig, bel 101.

Zorg eerst dat je zelf veilig bent. Ga weg als het moet.
Verwittig daarna je teamverantwoordelijke. Is die er niet, dan de permanentie van het huis.
Noteer dezelfde dag wat je zag, wie je belde en wat er afgesproken werd.

Dit is een verzonnen instructie voor de demo. Elk justitiehuis schrijft hier zijn eigen tekst."""


@dataclass(frozen=True, kw_only=True)
class Account:
    username: str
    voornaam: str
    achternaam: str
    rol: Rol
    plek: str = ""  # "team", "ander team" or "huis"


ACCOUNTS = (
    Account(username="assistent", voornaam="An", achternaam="Peeters", rol=Rol.JUSTITIEASSISTENT, plek="team"),
    Account(username="collega", voornaam="Bram", achternaam="Claes", rol=Rol.JUSTITIEASSISTENT, plek="team"),
    Account(username="vreemde", voornaam="Dorien", achternaam="Maes", rol=Rol.JUSTITIEASSISTENT, plek="ander team"),
    Account(
        username="teamverantwoordelijke",
        voornaam="Griet",
        achternaam="Vermeulen",
        rol=Rol.TEAMVERANTWOORDELIJKE,
        plek="team",
    ),
    Account(username="toezichthouder", voornaam="Luc", achternaam="Hermans", rol=Rol.TOEZICHTHOUDER, plek="huis"),
    Account(username="beheerder", voornaam="Nele", achternaam="Aerts", rol=Rol.BEHEERDER),
)


def make_teams():
    """{"team": ..., "ander team": ...}, in their houses, each with an instruction for acute danger."""
    teams = {}
    for plek, ovo_code, naam in (("team", HUIS, TEAM), ("ander team", ANDER_HUIS, ANDER_TEAM)):
        huis = Justitiehuis.objects.get(ovo_code=ovo_code)
        Justitiehuis.objects.filter(pk=huis.pk, noodinstructie="").update(noodinstructie=NOODINSTRUCTIE)
        teams[plek], _ = Team.objects.get_or_create(huis=huis, naam=naam)
    return teams


def make_accounts(today):
    """{username: Gebruiker}; who exists already stays as she is."""
    names = [account.username for account in ACCOUNTS]
    known = {user.username: user for user in Gebruiker.objects.select_related("team").filter(username__in=names)}
    if len(known) == len(ACCOUNTS):
        return known
    teams = make_teams()
    for account in ACCOUNTS:
        if account.username not in known:
            known[account.username] = Gebruiker.objects.create_user(
                username=account.username,
                password=PASSWORD,
                first_name=account.voornaam,
                last_name=account.achternaam,
                email=f"{account.username}@stap5.example",
                rol=account.rol,
                team=teams.get(account.plek),
                huis=teams["team"].huis if account.plek == "huis" else None,
                date_joined=kalender.at(today - kalender.days(400), 9),
            )
    Teamverantwoordelijkheid.objects.get_or_create(
        team=teams["team"],
        gebruiker=known["teamverantwoordelijke"],
        defaults={"van": kalender.months_later(today, -12)},
    )
    return known


def table(users):
    """The accounts as lines of text."""
    rows = [(user.username, str(user), user.get_rol_display(), str(user.team or user.huis or "")) for user in users]
    head = ("gebruikersnaam", "naam", "rol", "team of huis")
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows)]
    return "\n".join(line.rstrip() for line in lines)


BULK = r"^demo\d{5}$"


def bulk_username(number):
    """The name of an invented colleague who owns dossiers made in bulk and never signs in."""
    return f"demo{number:05}"


def strangers():
    """Users who are not of the demonstration."""
    names = [account.username for account in ACCOUNTS]
    return Gebruiker.objects.exclude(username__in=names).exclude(username__regex=BULK)
