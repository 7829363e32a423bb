"""Eight colleagues who read one dossier get at least 0.8 of the pages that they get when each reads another, measured
in one run on PostgreSQL. The best of several turns counts: other work on the machine does not."""

import time

import pytest
from django.db import connection

from tests import factories
from tests.samen.browser import Browser, at_once

READERS, PAGES, TURNS = 8, 8, 5


def look(browser, dossier):
    """A reader who opens the people and the journal of a dossier, in turn."""
    addresses = [f"/dossiers/{dossier.kenmerk}/{page}" for page in ("betrokkenen/", "voortgang/")]

    def read():
        for count in range(PAGES):
            assert browser.get(addresses[count % 2]).status_code == 200

    return read


def pages_per_second(browsers, dossiers):
    started = time.perf_counter()
    at_once(*(look(browser, dossier) for browser, dossier in zip(browsers, dossiers, strict=True)))
    return READERS * PAGES / (time.perf_counter() - started)


@pytest.mark.bench
@pytest.mark.django_db(transaction=True)
def test_readers_of_one_dossier_hardly_wait_for_each_other(assistent):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time, and every read is recorded")
    dossiers = [factories.make_dossier(assistent) for _ in range(READERS)]
    browsers = [Browser(assistent) for _ in range(READERS)]
    pages_per_second(browsers, dossiers)  # warm
    turns = [
        (pages_per_second(browsers, dossiers[:1] * READERS), pages_per_second(browsers, dossiers)) for _ in range(TURNS)
    ]
    one, many = (max(speeds) for speeds in zip(*turns, strict=True))
    print({"one dossier": round(one, 1), "eight": round(many, 1), "ratio": round(one / many, 2)})  # noqa: T201
    assert one / many >= 0.8
