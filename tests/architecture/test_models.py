"""Every model is in the glossary, and every field is judged."""

import re

import pytest

from dossiers.models import AppendOnly
from dossiers.models.rij import Rij
from tests.architecture.personal import FIELDS
from tests.architecture.source import ROOT, own_models

pytestmark = pytest.mark.quick


def test_every_model_stands_in_the_glossary():
    rows = re.findall(r"^\| (\w+) \|", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)
    names = {model.__name__ for model in own_models()}
    assert {"Dossier", "Stappenplan"} <= names
    assert names - set(rows) == set()


def test_every_model_is_judged():
    assert {model._meta.label for model in own_models()} == set(FIELDS)


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_field_is_personal_or_not(model):
    fields = [field.name for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]]
    judged = " ".join(FIELDS[model._meta.label].values()).split()
    assert sorted(judged) == sorted(fields)


def test_what_leaves_the_database_is_never_a_counter():
    """Rows are named by a random sleutel; only append-only machinery and reference tables go without."""
    without = {
        model.__name__
        for model in own_models()
        if model._meta.app_label in ("dossiers", "stap5")
        and not issubclass(model, Rij)
        and not hasattr(model, "sleutel")
    }
    assert without == {"Ketting", "NotitieAfscherming", "NotitiePersoon", "Leidraad"}


def test_nothing_of_a_dossier_is_deleted_along_with_something_else():
    found = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.remote_field.on_delete.__name__ != "PROTECT"
    ]
    assert found == []


def test_an_append_only_row_cannot_be_edited_in_a_form():
    assert not [model for model in own_models() if issubclass(model, AppendOnly) and issubclass(model, Rij)]
