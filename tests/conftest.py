"""The fixed cast, a dossier and a plan made through the real actions, and the strictness of the suite."""

import sys
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection
from django.forms import Select
from django.template import engines
from django.test import TransactionTestCase
from whitenoise.middleware import WhiteNoiseMiddleware

from accounts import clock
from accounts.models import Justitiehuis, Rol
from dossiers.actions import add_notitie, create_row
from dossiers.actions.opdracht import add_deelname, add_uitsluiting
from dossiers.models import Contactmoment, Gebeurtenis, Notitie, Ouderschap, Revisie, Verblijf, Verbod
from dossiers.triggers import drop_triggers, install_triggers
from partners.actions.doorverwijzing import add_al_betrokken
from partners.models import Partnersoort
from stap5 import actions
from stap5.actions.nazicht import add_opmerking, ask_nazicht
from stap5.models import (
    Afspraak,
    Bereidheid,
    Grenzencheck,
    Kindcontact,
    Schaalscore,
    Uitzondering,
    Vaststelling,
    Wens,
    Zorg,
)
from tests import factories
from tests.client import Client
from tests.database import PostgreSQL, SQLite
from tests.made_once import made_once, order, prepare

TEMPLATES = Path(__file__).parent.parent / "templates"


def pytest_configure(config):
    """Hashing a password is not what is tested here."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Properties are about what holds, not about how busy the machine is.
    hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
    hypothesis.settings.load_profile("busy")


# The database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, worker_id, tmp_path_factory):
    """Instead of pytest-django's: a copy of a migrated database, and for a test that commits, a new copy after it."""
    on_postgresql = connection.vendor == "postgresql"
    copy = PostgreSQL(worker_id) if on_postgresql else SQLite(tmp_path_factory.mktemp("database"))
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: copy.renew())
        copy.begin()
        yield copy
        prepare([])
        copy.end()


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: order(item.fixturenames))


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    """Just before pytest-django begins the transaction of a test."""
    if fixturedef.argname == "_django_db_helper":
        marker, names = request.node.get_closest_marker("django_db"), request.fixturenames
        commits = (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(names)
        with request.getfixturevalue("django_db_blocker").unblock():
            prepare([] if commits else names)


@contextmanager
def _without_triggers():
    """For a test that tampers: the database lets everything through."""
    drop_triggers()
    try:
        yield
    finally:
        install_triggers()


@pytest.fixture
def without_triggers(db):
    return _without_triggers


# What every test would do again


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_walked_once():
    """Each test client makes its own middleware, and WhiteNoise's looks at a thousand files."""
    walk, known = WhiteNoiseMiddleware.update_files_dictionary, {}

    def walk_once(self, root, prefix):
        if (root, prefix) not in known:
            walk(self, root, prefix)
            known[root, prefix] = dict(self.files)
        self.files.update(known[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "update_files_dictionary", walk_once)
        yield


# Undefined template variables


class Undefined(str):
    """What an undefined variable becomes: an error in our own templates, nothing in those of packages."""

    def __bool__(self):
        return self._own_template() is not None

    def __contains__(self, item):
        return item == "%s"

    def __mod__(self, variable):
        raise AssertionError(f"Undefined template variable {variable} in {self._own_template()}")

    @staticmethod
    def _own_template():
        """The path of the template that asks, when it is one of ours."""
        frame = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_name == "render_annotated":
                origin = getattr(frame.f_locals.get("self"), "origin", None)
                name = Path(origin.name) if origin is not None else None
                return name if name and name.is_relative_to(TEMPLATES) else None
            frame = frame.f_back
        return None


@pytest.fixture(scope="session", autouse=True)
def _undefined_template_variables_fail():
    engines["django"].engine.string_if_invalid = Undefined()


# The cast


@made_once
def huis(db):
    return Justitiehuis.objects.order_by("naam")[0]


@pytest.fixture
def ander_huis(db):
    return Justitiehuis.objects.order_by("naam")[1]


@made_once
def team(huis):
    return factories.make_team(huis, "Team Noord")


@made_once
def assistent(team):
    """Owns the dossier."""
    return factories.make_user("assistent", team=team)


@pytest.fixture
def vreemde(ander_huis):
    """Of another house."""
    return factories.make_user("vreemde", team=factories.make_team(ander_huis, "Team Oost"))


@pytest.fixture
def toezichthouder(huis):
    return factories.make_user("toezichthouder", rol=Rol.TOEZICHTHOUDER, huis=huis)


@pytest.fixture
def beheerder(db):
    return factories.make_user("beheerder", rol=Rol.BEHEERDER)


@pytest.fixture
def client():
    """A browser in which nobody signed in."""
    return Client()


@pytest.fixture
def client_for(db):
    """A browser in which this user is signed in."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


# The family and its plan


@made_once
def dossier(assistent):
    return factories.make_dossier(assistent)


@made_once
def gezin(dossier, assistent):
    """wesley (justitiabele), sara, lina, milan and oma; Sara's number and address are kept from Wesley."""
    person, today = factories.make_person, clock.today()
    wesley = dossier.betrokkenen.get(is_justitiabele=True)
    sara = person(
        dossier,
        "Sara",
        "ouder",
        by=assistent,
        achternaam="O'Neill-De Bruyn",
        telefoon="0470 12 34 56",
        adres="Kerkstraat 1, Mechelen",
        afgeschermd_voor=[wesley],
    )
    lina = person(dossier, "Lina", "kind", by=assistent, geboortedatum=date(today.year - 10, 12, 31))
    born = {"geboortedatum": date(today.year - 7, 1, 1), "geboorte": "ongeveer"}
    milan = person(dossier, "Milan", "kind", by=assistent, **born)
    oma = person(dossier, "Rita", "netwerk", by=assistent, relatie="oma", telefoon="0471 00 00 00")
    create_row(Ouderschap, dossier, {"ouder": sara, "kind": lina, "soort": "ouder"}, by=assistent)
    dossier.__dict__.pop("_mensen", None)
    return SimpleNamespace(wesley=wesley, sara=sara, lina=lina, milan=milan, oma=oma)


@made_once
def plan(dossier, assistent):
    return actions.start_plan(dossier, by=assistent)


@made_once
def rijen(plan, gezin, assistent):
    """One row of the main kinds: a worry, when it did go well, a wish, an agreement, and a network with oma."""
    today = clock.today()
    zorg = actions.add_item(
        Zorg,
        plan,
        {
            "wat": "Lina zat vrijdag om 22 uur alleen op de trap.",
            "kinderen": [gezin.lina],
            "kind_onduidelijk": False,
            "bron": "ouder",
            "bron_persoon": gezin.sara,
            "door": [gezin.wesley],
            "lezers": [],
        },
        by=assistent,
    )
    uitzondering = actions.add_item(
        Uitzondering,
        plan,
        {"moment": "Zondag sliep iedereen bij oma.", "zorgen": [zorg], "verteld_door": gezin.lina, "lezers": []},
        by=assistent,
    )
    wens = actions.add_item(
        Wens, plan, {"wie": gezin.lina, "woorden": "Dat het stil is 's avonds.", "lezers": []}, by=assistent
    )
    afspraak = actions.add_item(
        Afspraak,
        plan,
        {
            "wat": "Oma haalt Lina op vrijdag van school.",
            "wie": [gezin.oma],
            "volgende_controle": today + timedelta(days=14),
            "zorgen": [zorg],
            "lezers": [],
        },
        by=assistent,
    )
    lid = actions.add_netwerklid(
        plan,
        {"persoon": gezin.oma, "bij_ziek": True, "veiligheid_voor": [gezin.lina], "hoe": "bellen", "lezers": []},
        by=assistent,
    )
    return SimpleNamespace(zorg=zorg, uitzondering=uitzondering, wens=wens, afspraak=afspraak, lid=lid)


@made_once
def teamverantwoordelijke(team):
    """Leads the team of the dossier."""
    return factories.make_leader("teamverantwoordelijke", team)


@made_once
def nazicht(rijen, plan, assistent, teamverantwoordelijke):
    """The assistant asked review of the first version of the plan; the teamverantwoordelijke has to answer."""
    return ask_nazicht(plan, {"vraag": "Klopt de afspraak met oma?"}, by=assistent)


@made_once
def collega(team):
    """Of the same team."""
    return factories.make_user("collega", team=team)


@made_once
def ander_team(huis):
    return factories.make_team(huis, "Team Zuid")


@made_once
def deelnemer(dossier, ander_team, assistent):
    """Of another team of the house; takes part in the dossier for a month."""
    user = factories.make_user("deelnemer", team=ander_team)
    today = clock.today()
    period = {"soort": "meewerken", "van": today, "tot": today + timedelta(days=30)}
    add_deelname(dossier, {"gebruiker": user} | period, by=assistent)
    return user


@made_once
def uitgeslotene(dossier, team, assistent):
    """A colleague of the team who took part in the dossier, and is kept out of it."""
    user = factories.make_user("uitgeslotene", team=team)
    today = clock.today()
    period = {"soort": "meewerken", "van": today, "tot": today + timedelta(days=30)}
    add_deelname(dossier, {"gebruiker": user} | period, by=assistent)
    add_uitsluiting(dossier, {"gebruiker": user, "reden": "Buurvrouw van het gezin."}, by=assistent)
    return user


@made_once
def alles(rijen, dossier, plan, gezin, assistent, deelnemer, uitgeslotene, collega, nazicht, teamverantwoordelijke):
    """`rijen`, and one row of every other kind that a page can list: {slug of its rubriek: row}."""
    today = clock.today()

    def of_dossier(model, **data):
        return create_row(model, dossier, data, by=assistent)

    def of_plan(model, **data):
        return actions.add_item(model, plan, data, by=assistent)

    mother, partner = gezin.sara, Partnersoort.objects.first()
    notitie = {"soort": "telefoon", "gebeurd_op": today, "tekst": "Gebeld met oma.", "over": [gezin.oma]}
    return {
        "betrokkenen": gezin.oma,
        "verblijven": of_dossier(Verblijf, wie=gezin.lina, soort="familie", bij=gezin.oma, plek="Dorpsplein 2"),
        "ouderschap": dossier.ouderschappen.get(),
        "verboden": of_dossier(Verbod, soort="contactverbod", wie=gezin.wesley, tegenover=[mother]),
        "opdrachten": dossier.opdrachten.get(),
        "contactmomenten": of_dossier(Contactmoment, soort="huisbezoek", datum=today + timedelta(days=2), met=[mother]),
        "deelnames": dossier.deelnames.get(gebruiker=deelnemer),
        "uitsluitingen": dossier.uitsluitingen.get(),
        "zorgen": rijen.zorg,
        "uitzonderingen": rijen.uitzondering,
        "wensen": rijen.wens,
        "netwerk": rijen.lid,
        "afspraken": rijen.afspraak,
        "grenzen": of_plan(
            Grenzencheck,
            uitkomst="overleg",
            uitkomst_uitleg="met An",
            gevoel="Ik twijfel.",
            overleg_met=deelnemer,
        ),
        "hulp": add_al_betrokken(
            dossier, {"soort": partner, "partner_naam": "Het huis", "voor": [gezin.lina]}, by=assistent
        ),
        "doorverwijzingen": factories.make_doorverwijzing(dossier, voor=[gezin.lina], by=assistent),
        "overleg": factories.make_overleg(dossier, by=assistent),
        "bereidheid": of_plan(Bereidheid, ouder=mother, antwoord="ja", woorden="Ja, voor Lina."),
        "schaal": of_plan(Schaalscore, persoon=mother, score=4, een_hoger="Rust 's avonds."),
        "kindcontacten": of_plan(Kindcontact, kind=gezin.lina, hoe="gezien", door="school"),
        "standpunt": actions.add_standpunt(
            rijen.zorg,
            {"persoon": mother, "datum": today, "visie": "anders", "woorden": "Dat was één keer."},
            by=assistent,
        ),
        "vaststelling": create_row(
            Vaststelling,
            rijen.zorg,
            {"stand": "minder", "datum": today, "door": "school", "blijkt_uit": "Lina is op tijd."},
            by=assistent,
        ),
        "herhaling": actions.add_herhaling(
            rijen.uitzondering,
            {"datum": today, "gezien_door": "oma", "toelichting": "Ook Milan sliep goed."},
            by=assistent,
        ),
        "controle": actions.add_controle(
            rijen.afspraak,
            {"datum": today, "uitkomst": "deels", "gezien_door": "oma", "volgende": today + timedelta(days=7)},
            by=assistent,
        ),
        "voortgang": add_notitie(dossier, notitie, by=assistent),
        "eerder": plan,
        "teamlijst": assistent,  # whose dossiers a list of the team shows
        "overdrachten": factories.make_overdracht(dossier, collega, by=assistent),
        "vervanging": factories.make_vervanging(collega, deelnemer, by=collega, start=20, end=30),
        "versie": nazicht.planversie,
        "nazicht": nazicht.planversie,  # a review is named by its version
        "opmerking": add_opmerking(nazicht, {"tekst": "Wie ziet dat op vrijdag?"}, by=teamverantwoordelijke),
    }


# What a refused or failed act may not have touched


def _state():
    """Everything that an act on a dossier leaves behind, reads and refusals aside."""
    kept = (Notitie, Revisie)
    models = [model for model in apps.get_models() if model._meta.app_label in ("dossiers", "partners", "stap5")]
    reads = ("gelezen", "geweigerd", "uitgevoerd", "aangemeld", "afgemeld", "aanmelden_mislukt")
    state = {}
    for model in models:
        if model._meta.model_name == "ketting":
            continue
        rows = model._base_manager.all()
        if model is Gebeurtenis:
            rows = rows.exclude(soort__in=reads)
            state[model] = list(rows.order_by("pk").values_list("pk", flat=True))
        elif model in kept:
            state[model] = list(rows.order_by("pk").values_list("pk", flat=True))
        else:
            state[model] = list(rows.order_by("pk").values())
    return state


@pytest.fixture
def unchanged(db):
    """`with unchanged(): ...` fails when anything of a dossier or a plan was written meanwhile."""

    @contextmanager
    def check():
        before = _state()
        yield
        after = _state()
        assert {model.__name__ for model in before if before[model] != after[model]} == set()

    return check


@pytest.fixture
def get_post(client_for):
    """`get_post(user, address, data)`: the answer to a form as the page offers it, hidden fields included."""

    def post(user, address, data):
        client = client_for(user)
        page = client.get(address)
        form = page.context["form"]
        start = {name: form[name].value() for name in form.fields}
        filled = {name: value for name, value in start.items() if value not in (None, "", False, [])}
        for name, field in form.fields.items():  # a browser sends the first option of a list
            if name not in filled and type(field.widget) is Select:
                filled[name] = field.choices[0][0]
        if page.context.get("versie") is not None:
            filled["versie"] = page.context["versie"]
        return client.post(address, filled | data)

    return post
