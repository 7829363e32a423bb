"""The suite itself: what could differ on SQLite runs there too, and no test depends on how busy the machine is."""

import ast

from tests.architecture.source import place, python_files, tree

OF_THE_DATABASE = (
    "IntegrityError", "without_triggers", "transaction=True", "transactional_db", ".vendor", "CaptureQueriesContext",
)  # fmt: skip
STOPWATCHES = {"perf_counter", "process_time", "monotonic", "thread_time"}


def sources_of_tests():
    """(where, source) of every test: its decorators, and the marks of its module, included."""
    for path in python_files(tests=True):
        lines, of_all = path.read_text().splitlines(), ""
        for node in tree(path).body:
            first = min(part.lineno for part in [*getattr(node, "decorator_list", []), node])
            source = "\n".join(lines[first - 1 : node.end_lineno])
            if source.startswith("pytestmark = "):
                of_all = source
            elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield place(path, node), of_all + source


def test_a_test_that_speaks_of_the_database_itself_runs_on_both():
    found = [
        where
        for where, source in sources_of_tests()
        if any(word in source for word in OF_THE_DATABASE) and "mark.both" not in source and "mark.bench" not in source
    ]
    assert found == []


def test_only_a_benchmark_holds_a_stopwatch():
    found = [
        place(path, node)
        for path in python_files(tests=True)
        for node in ast.walk(tree(path))
        if getattr(node, "attr", getattr(node, "id", "")) in STOPWATCHES and not path.stem.endswith("_bench")
    ]
    assert found == []
