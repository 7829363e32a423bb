"""What import-linter cannot see: foreign keys named as text, templates, and tags point downwards too."""

import ast
import re

import pytest
from django.template import engines

from tests.architecture.source import LAYERS, ROOT, own_models, place, python_files, rank, templates, tree

pytestmark = pytest.mark.quick

# Folders of templates/ that are not named after an app, with the app they belong to.
FOLDERS = {"": "accounts", "components": "accounts", "account": "accounts", "bootstrap5": "accounts", "pdf": "stap5"}
NAMED = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
LOADED = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")


def app_of(name):
    """The app to which the template `name` belongs."""
    folder = name.rpartition("/")[0].partition("/")[0]
    return FOLDERS.get(folder, folder)


def template_name(path):
    return path.relative_to(ROOT / "templates").as_posix()


def test_no_foreign_key_points_up():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in own_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if field.related_model._meta.app_label in LAYERS
        and rank(field.related_model._meta.app_label) > rank(model._meta.app_label)
    ]
    assert upward == []


def test_a_template_folder_belongs_to_an_app():
    folders = {template_name(path).rpartition("/")[0].partition("/")[0] for path in templates()}
    assert folders - set(LAYERS) <= set(FOLDERS)


def test_no_template_includes_or_extends_upwards():
    upward = [
        f"{place(path)} -> {name}"
        for path in templates()
        for name in NAMED.findall(path.read_text())
        if rank(app_of(name)) > rank(app_of(template_name(path)))
    ]
    assert upward == []


def _app_of_library(library):
    found = [*library.tags.values(), *library.filters.values()]
    return found[0].__module__.partition(".")[0] if found else ""


def test_no_template_loads_tags_of_an_app_above_it():
    libraries = engines["django"].engine.template_libraries
    upward = [
        f"{place(path)} loads {name} of {app}"
        for path in templates()
        for loaded in LOADED.findall(path.read_text())
        for name in loaded.rpartition(" from ")[2].split()
        if (app := _app_of_library(libraries[name])) in LAYERS and rank(app) > rank(app_of(template_name(path)))
    ]
    assert upward == []


def test_no_python_module_names_a_template_of_an_app_above_it():
    upward = [
        f"{place(path, node)} -> {node.value}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.fullmatch(r"[\w/-]+\.html", node.value)
        and rank(app_of(node.value)) > rank(path.relative_to(ROOT).parts[0])
    ]
    assert upward == []


def test_every_named_template_exists():
    known = {template_name(path) for path in templates()}
    missing = [
        f"{place(path)} -> {name}"
        for path in templates()
        for name in NAMED.findall(path.read_text())
        if name not in known
    ]
    assert missing == []
