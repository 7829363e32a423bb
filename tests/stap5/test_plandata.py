"""`plan_as_data` says everything a plan says, as plain data, and nothing that belongs to somebody else."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from stap5 import models
from stap5.plandata import SCHEMA, plan_as_data
from stap5.text import plan_as_text

# Where the rows of each model are in the data.
WHERE = {
    models.Bereidheid: ("bereidheid",),
    models.Zorg: ("zorgen",),
    models.Vaststelling: ("zorgen", "vaststellingen"),
    models.Standpunt: ("zorgen", "standpunten"),
    models.Uitzondering: ("uitzonderingen",),
    models.Herhaling: ("uitzonderingen", "herhalingen"),
    models.Wens: ("wensen",),
    models.Netwerklid: ("netwerk",),
    models.Veiligheidsmens: ("netwerk", "veiligheidsmensen"),
    models.Afspraak: ("afspraken",),
    models.Controle: ("afspraken", "controles"),
    models.Grenzencheck: ("grenzen",),
    models.Kindcontact: ("kindcontacten",),
    models.Schaalscore: ("schaal", "scores"),
}
# What goes under another name.
RENAMED = {
    "Stappenplan.gepauzeerd_op": "pauze",
    "Stappenplan.hervat_op": "pauze",
    "Stappenplan.pauze_reden": "pauze",
    "Netwerklid.bij_ziek": "springt_bij",
    "Netwerklid.bij_gespannen": "springt_bij",
    "Netwerklid.bij_afwezig": "springt_bij",
    "Grenzencheck.uitkomst_uitleg": "uitleg",
}
# What stays with its author, and what says who holds the row or stands one level up.
WITHHELD = {f"Grenzencheck.{name}" for name in ("mandaat", "tijd", "expertise", "normen", "veiligheid", "gevoel")}
WITHHELD |= {f"Grenzencheck.{name}" for name in ("gedeeld_met", "overleg_met", "vraag")} | {"Schaalscore.persoon"}


def plan_models():
    return [model for model in apps.get_app_config("stap5").get_models() if issubclass(model, models.PlanRij)]


def editable(model):
    machinery = {"id", model.HOUDER, "plan"}
    fields = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    return [field for field in fields if field.editable and field.name not in machinery]


def row_of(data, model):
    rows = data
    for name in WHERE[model]:
        rows = rows[0][name] if isinstance(rows, list) else rows[name]
    return rows[0]


def test_it_is_json_and_carries_its_schema_number(plan, alles):
    data = plan_as_data(plan)
    assert json.loads(json.dumps(data)) == data
    assert data["schema"] == SCHEMA == 1


def test_an_empty_plan_is_data_too(plan):
    assert json.loads(json.dumps(plan_as_data(plan)))["zorgen"] == []


def test_every_model_of_the_plan_has_its_place():
    assert set(plan_models()) == set(WHERE)


@pytest.mark.parametrize("model", WHERE, ids=lambda model: model.__name__)
def test_every_field_of_a_row_appears(plan, alles, model):
    row = row_of(plan_as_data(plan), model)
    names = {f"{model.__name__}.{field.name}" for field in editable(model)} - WITHHELD
    missing = {name for name in names if RENAMED.get(name, name.partition(".")[2]) not in row}
    assert missing == set()


def test_every_field_of_the_plan_itself_appears(plan):
    data = plan_as_data(plan)["plan"]
    names = {f"Stappenplan.{field.name}" for field in editable(models.Stappenplan)} - {"Stappenplan.dossier"}
    assert {name for name in names if RENAMED.get(name, name.partition(".")[2]) not in data} == set()


def test_every_text_that_was_typed_appears(plan, alles):
    text = json.dumps(plan_as_data(plan), ensure_ascii=False)
    for model in WHERE:
        row = model.objects.latest("pk")
        for field in editable(model):
            value = getattr(row, field.name)
            if isinstance(value, str) and value and f"{model.__name__}.{field.name}" not in WITHHELD:
                assert json.dumps(value, ensure_ascii=False)[1:-1] in text, (model.__name__, field.name)


def test_what_the_author_felt_stays_with_the_author(plan, alles):
    assert alles["grenzen"].gevoel == "Ik twijfel."
    assert "Ik twijfel." not in json.dumps(plan_as_data(plan))
    assert "Ik twijfel." not in plan_as_text(plan_as_data(plan))


def test_no_number_of_a_row_leaves_the_database(plan, alles):
    def keys(value):
        if isinstance(value, dict):
            yield from value
            for inner in value.values():
                yield from keys(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner)

    assert not {"id", "pk"} & set(keys(plan_as_data(plan)))


def test_people_carry_who_may_not_learn_their_address(plan, gezin):
    people = {row["voornaam"]: row for row in plan_as_data(plan)["personen"]}
    assert people["Sara"]["afgeschermd_voor"] == [{"sleutel": str(gezin.wesley.sleutel), "naam": "Wesley"}]
    assert people["Lina"]["afgeschermd_voor"] == []


def test_the_newest_view_per_person_counts(plan, rijen, gezin, assistent):
    from stap5.actions import add_standpunt

    for days, visie in ((3, "anders"), (1, "zo")):
        data = {"persoon": gezin.sara, "datum": clock.today() - timedelta(days=days), "visie": visie, "woorden": ""}
        add_standpunt(rijen.zorg, data, by=assistent)
    views = plan_as_data(plan)["zorgen"][0]["standpunten"]
    assert [(row["persoon"]["naam"], row["visie"]) for row in views] == [("Sara", "zo")]


def test_a_view_on_an_agreement_is_called_agreeing(plan, rijen, gezin, assistent):
    from stap5.actions import add_standpunt

    data = {"persoon": gezin.sara, "datum": clock.today(), "visie": "anders", "woorden": ""}
    add_standpunt(rijen.afspraak, data, by=assistent)
    data = plan_as_data(plan)
    assert data["afspraken"][0]["standpunten"][0]["visie_label"] == "gaat niet akkoord"
    assert data["zorgen"][0]["standpunten"] == []


def test_the_plan_is_said_as_it_was_on_a_day(plan, rijen):
    later = plan_as_data(plan, op=clock.today() + timedelta(days=400))
    assert later["op"] == (clock.today() + timedelta(days=400)).isoformat()
    assert later["opdrachten"][0]["status"] == "afgelopen"


@pytest.mark.both
def test_reading_costs_the_same_for_a_small_and_a_large_plan(plan, rijen, gezin, assistent):
    from stap5.actions import add_item

    def cost():
        plan.dossier.__dict__.pop("_mensen", None)
        with CaptureQueriesContext(connection) as queries:
            plan_as_data(plan)
        return len(queries)

    cost()  # the first time also reads the owner, the team and the house
    before = cost()
    for number in range(10):
        data = {"wat": f"Zorg {number}", "kinderen": [gezin.lina], "lezers": [gezin.sara]}
        add_item(models.Zorg, plan, data, by=assistent)
    assert cost() == before


def test_the_plan_as_text_holds_the_facts_in_lines(plan, alles):
    text = plan_as_text(plan_as_data(plan))
    for words in (
        "Lina zat vrijdag om 22 uur alleen op de trap.",
        "Sara ziet het anders",
        "Dat was één keer.",
        "Oma haalt Lina op vrijdag van school.",
        "Zondag sliep iedereen bij oma.",
        "Dat het stil is 's avonds.",
        "deels, gezien door oma",
        "met An",
    ):
        assert words in text
    assert "None" not in text
