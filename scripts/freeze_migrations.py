"""Are the migrations still what they were? `freeze_migrations.py` tells, `freeze_migrations.py --add` lists new ones.

docs/migrations.sha256 has a line per migration, as sha256sum writes it, in the order in which they came. A line never
changes and never goes: somewhere a database has applied that very file (ADR 0018).
"""

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs" / "migrations.sha256"


def frozen():
    """{path: digest} of what is listed; of two lines about one file the first counts."""
    lines = LIST.read_text().splitlines() if LIST.exists() else []
    return {path: digest for digest, path in (line.split("  ", 1) for line in reversed(lines))}


def present():
    """{path: digest} of every migration there is."""
    files = [file for file in sorted(ROOT.glob("*/migrations/*.py")) if file.name != "__init__.py"]
    return {file.relative_to(ROOT).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def add_new():
    """A line at the end for each migration that has none."""
    known = frozen()
    new = [f"{digest}  {path}\n" for path, digest in present().items() if path not in known]
    with LIST.open("a") as file:
        file.writelines(new)


def faults():
    listed, files = frozen(), present()
    for path, digest in sorted(listed.items()):
        if path not in files:
            yield f"{path} is gone, but databases have applied it: put it back."
        elif files[path] != digest:
            yield f"{path} was changed, but databases have applied it as it was: put it back, write a new migration."
    for path in sorted(files.keys() - listed.keys()):
        yield f"{path} is not frozen yet: run `make freeze` and commit docs/migrations.sha256 along."


if __name__ == "__main__":
    if sys.argv[1:] == ["--add"]:
        add_new()
    found = list(faults())
    print("\n".join(found) or f"{len(frozen())} frozen migrations, as they were.")
    sys.exit(bool(found))
