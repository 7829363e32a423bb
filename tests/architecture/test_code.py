"""Who may write, who may ask the time, and how long things may get."""

import ast

import pytest

from tests.architecture.source import ROOT, functions, place, python_files, templates, tree, view_files

pytestmark = pytest.mark.quick

WRITES = {
    "save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "select_for_update", "set", "execute",
}  # fmt: skip
ALLOWED_IN_VIEWS = {("accounts/views.py", "execute")}  # the health check asks the database SELECT 1
ASKS_TIME = {
    ("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("date", "today"),
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time"),
}  # fmt: skip


def lines_of(path):
    return len(path.read_text().splitlines())


def calls(path):
    """(node, name of what is called on, name of the method) of every method call."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            yield node, getattr(owner, "attr", getattr(owner, "id", "")), node.func.attr


def test_views_never_write():
    found = [
        f"{place(path, node)} .{method}("
        for path in view_files()
        for node, _, method in calls(path)
        if method in WRITES and (place(path), method) not in ALLOWED_IN_VIEWS
    ]
    assert found == []


def test_only_the_clock_asks_what_time_it_is():
    found = [
        f"{place(path, node)} {owner}.{method}"
        for path in python_files()
        for node, owner, method in calls(path)
        if (owner, method) in ASKS_TIME and place(path) != "accounts/clock.py"
    ]
    assert found == []


def test_no_field_stamps_itself_past_the_clock():
    found = [
        place(path, node)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add")
    ]
    assert found == []


def test_no_template_asks_what_time_it_is():
    assert [place(path) for path in templates() if "{% now" in path.read_text()] == []


def test_no_form_is_made_of_an_empty_post():
    """An empty POST is falsy: `request.POST or None` makes the refusal disappear."""
    found = [
        place(path, node)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.BoolOp) and getattr(node.values[0], "attr", "") == "POST"
    ]
    assert found == []


def length(node):
    return node.end_lineno - node.lineno + 1


def test_a_view_has_at_most_25_lines():
    found = {
        f"{place(path, node)} {node.name}": length(node)
        for path in view_files()
        for node in functions(path)
        if any(argument.arg == "request" for argument in node.args.args) and length(node) > 25
    }
    assert found == {}


def test_a_function_has_at_most_40_lines():
    found = {
        f"{place(path, node)} {node.name}": length(node)
        for path in python_files()
        for node in functions(path)
        if length(node) > 40
    }
    assert found == {}


@pytest.mark.parametrize(
    ("paths", "most"),
    [(python_files(), 400), (python_files(tests=True), 600), (templates(), 150)],
    ids=["modules", "tests", "templates"],
)
def test_no_file_grows_beyond_its_size(paths, most):
    assert {place(path): lines_of(path) for path in paths if lines_of(path) > most} == {}


def test_every_module_says_what_it_is_for():
    silent = ("__init__.py", "apps.py")
    found = [
        place(path) for path in python_files() if path.name not in silent and ast.get_docstring(tree(path)) is None
    ]
    assert found == []


def test_an_adr_is_short_enough_to_read():
    adrs = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert adrs
    assert [place(path) for path in adrs if lines_of(path) >= 60] == []
