"""Where our own source is, for the tests that read it."""

import ast
from functools import cache
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parent.parent.parent
LAYERS = ("accounts", "dossiers", "partners", "stap5", "config")  # from the bottom up


def rank(app):
    return LAYERS.index(app)


def own_models():
    """Every model of ours that has a table, but for the automatic ones of many-to-many fields."""
    return [model for model in apps.get_models() if model._meta.app_label in LAYERS]


def python_files(*, tests=False):
    folders = ("tests",) if tests else LAYERS
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    ]


def view_files():
    return [path for path in python_files() if path.name == "views.py" or "views" in path.parent.parts]


def templates():
    return sorted((ROOT / "templates").rglob("*.html"))


@cache
def tree(path):
    return ast.parse(path.read_text())


def functions(path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def place(path, node=None):
    """`dossiers/rules.py:12`, for a message."""
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{node.lineno}" if node is not None else name
