"""The worklist and the team cost in a house with 6,000 dossiers at most 1.5 times what they cost with 200, measured in
one run: the same caseload, the same team. The best of many rounds counts: other work on the machine does not."""

import time
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Gebruiker
from tests.client import Client

ROUNDS = 15
PAGES = {
    "worklist": ("assistent", "/"),
    "dossiers": ("assistent", "/dossiers/"),
    "team": ("teamverantwoordelijke", "/team/"),
    "team list": ("teamverantwoordelijke", "/team/te-laat/"),
    "reviews": ("teamverantwoordelijke", "/team/nazicht/"),
    "handovers": ("teamverantwoordelijke", "/overdrachten/"),
}


def load(number):
    call_command("load_demo", dossiers=number, stdout=StringIO(), stderr=StringIO())


def cost(username, address):
    """The page's best time in milliseconds."""
    client, times = Client(), []
    client.force_login(Gebruiker.objects.get(username=username))
    for _ in range(ROUNDS):
        started = time.perf_counter()
        assert client.get(address).status_code == 200
        times.append(time.perf_counter() - started)
    return min(times) * 1000


def measure():
    return {name: cost(*page) for name, page in PAGES.items()}


@pytest.mark.bench
@pytest.mark.django_db
def test_a_large_house_costs_what_a_small_one_costs(settings):
    settings.DEMO = True
    load(200)
    measure()  # warm
    few = measure()
    load(6000)
    many = measure()
    ratios = {name: round(many[name] / few[name], 2) for name in PAGES}
    print({name: (round(few[name], 1), round(many[name], 1), ratios[name]) for name in PAGES})  # noqa: T201
    assert max(ratios.values()) <= 1.5
