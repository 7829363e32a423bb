"""People at work at the same moment: browsers that send whole requests, from threads with a connection of their own."""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from threading import Barrier
from urllib.parse import urlencode

from django.core.signals import got_request_exception
from django.db import connection, connections
from django.test import Client

from tests.samen.formulier import with_button

URLENCODED = "application/x-www-form-urlencoded"
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}  # what a browser says of a form on our own page


class _Tab(Client):
    """Django's client without its ear for templates: it hears those of every thread, and keeps a copy of each. A crash
    is an answer here: 500, as for a user."""

    def request(self, **request):
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response

    def another(self):
        """Of the same browser."""
        tab = _Tab()
        tab.handler, tab.cookies = self.handler, deepcopy(self.cookies)
        return tab


class Browser:
    """A browser in which `user` is signed in."""

    def __init__(self, user):
        self.tab = _Tab(enforce_csrf_checks=True)
        self.tab.force_login(user)

    def get(self, address):
        return self.tab.get(address)

    def open(self, address, knop):
        """The form behind this button of a page that opens, in a tab of its own, to be sent later."""
        page = self.get(address)
        assert page.status_code == 200, page.status_code
        return Opened(self.tab.another(), address, with_button(page.content.decode(), knop))

    def send(self, address, knop, **values):
        """The page opened, its form filled in and sent: the answer to the last of both requests."""
        page = self.get(address)
        if page.status_code != 200:
            return page
        return Opened(self.tab, address, with_button(page.content.decode(), knop)).send(**values)


class Opened:
    """A form on somebody's screen, hidden fields and all."""

    def __init__(self, tab, address, form):
        self.tab, self.address, self.form = tab, form.action or address, form

    def send(self, **values):
        body = urlencode(self.form.filled(values))
        return self.tab.post(self.address, body, content_type=URLENCODED, headers=OWN_PAGE)

    def again(self, answer, knop):
        """The form behind this button of the page that was the answer."""
        return Opened(self.tab, self.address, with_button(text_of(answer), knop))


@contextmanager
def crashes():
    """What broke meanwhile, in any thread: the exceptions behind the answers 500."""
    found = []

    def note(sender, **kwargs):
        kind, error, _ = sys.exc_info()
        found.append(f"{kind.__name__}: {str(error).splitlines()[0] if str(error) else ''}")

    got_request_exception.connect(note)
    try:
        yield found
    finally:
        got_request_exception.disconnect(note)


def own_connection(act):
    """`act`, for a thread: with a connection of its own, closed at the end."""
    try:
        return act()
    finally:
        connections.close_all()


def at_once(*acts):
    """What each act answers; all begin at the same moment, each in a thread of its own."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        return own_connection(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def text_of(answer):
    return answer.content.decode()


def rounds(number):
    """So many on PostgreSQL, where people really work at once; on SQLite a few, one after the other."""
    return number if connection.vendor == "postgresql" else max(1, number // 4)
