"""Strict readers of the environment: a wrong value stops the program, it never becomes a silent default."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env_str(name, default=None):
    """Text of variable `name`; without a default a missing or empty one is an ImproperlyConfigured."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set; .env.example says what it means.")
    return default


def env_bool(name, default=False):
    """`true` or `false`, nothing else."""
    value = env_str(name, "true" if default else "false")
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value == "true"


def env_int(name, default):
    """A whole number of zero or more."""
    value = env_str(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def env_list(name, default=""):
    """Comma-separated values, empty ones dropped."""
    return [part.strip() for part in env_str(name, default).split(",") if part.strip()]


SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
    ),
}


def database_from_url(url):
    """Django's DATABASES entry for `sqlite:////path/file.sqlite3` or `postgres://user:pw@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)[1:]
        if not path:
            raise ImproperlyConfigured(
                "DATABASE_URL: a SQLite address needs a path, as in sqlite:////path/file.sqlite3."
            )
        name = ":memory:" if path == ":memory:" else Path(path)
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": SQLITE_OPTIONS}
    if parts.scheme in ("postgres", "postgresql"):
        try:
            port = parts.port or ""
        except ValueError as error:
            raise ImproperlyConfigured("DATABASE_URL: the port is not a number.") from error
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": port,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured("DATABASE_URL must start with sqlite:// or postgres://.")
