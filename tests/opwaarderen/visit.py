"""Migrate the database of DATABASE_URL, verify it against its anchor, open its pages, and tell as JSON what was seen.

A program of its own (`python -m tests.opwaarderen.visit ANCHOR`): the database stands beside the one of the suite.
"""

import json
import os
import re
import sys
from collections import deque
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import time_machine  # noqa: E402  Django comes first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.recorder import MigrationRecorder  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import Resolver404, resolve  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from accounts.models import Gebruiker  # noqa: E402
from dossiers.models import Gebeurtenis  # noqa: E402
from tests.opwaarderen.schema import schema  # noqa: E402

LINK = re.compile(r'\s(?:href|src|action)="([^"]+)"')


def links(page, response):
    """Where this answer leads to, on this site."""
    found = [response["Location"]] if response.has_header("Location") else []
    if response["Content-Type"].startswith("text/html"):
        found += [unescape(link) for link in LINK.findall(response.content.decode())]
    addresses = [urlsplit(urljoin(page, link)) for link in found]
    return [address for address in addresses if not address.netloc and not address.scheme]


def kinds(username, route):
    """What opening this address is an example of: a page for this user, and a dossier's page in this dossier. A row
    stands for all rows of its kind; a PDF, slow as it is, for all readers too."""
    name = route.view_name
    if name.endswith("_pdf"):
        return {name}
    if "sleutel" in route.kwargs:
        return {(username, name)}
    return {(username, name), (name, route.kwargs.get("kenmerk"))}


def walk(user, opened):
    """(name of the route, address, answer) by following links, unless it adds nothing to the kinds `opened`, which
    grow."""
    client, waiting = Client(raise_request_exception=False), deque([urlsplit("/")])
    client.force_login(user)
    while waiting:
        address = waiting.popleft()
        try:
            route = resolve(address.path)
        except Resolver404:  # static files
            continue
        if (new := kinds(user.username, route)) <= opened:
            continue
        opened |= new
        page = address._replace(fragment="").geturl()
        response = client.get(page)
        yield route.view_name, page, response
        waiting.extend(links(page, response))


def text_of(response):
    """What can be read on a page or on the first sheet of a PDF."""
    if response["Content-Type"] == "application/pdf":
        return PdfReader(BytesIO(response.content)).pages[0].extract_text()
    return response.content.decode()


def visit(user, opened):
    """[route, address, status, number of characters] of what this user opens."""
    return [[name, page, response.status_code, len(text_of(response))] for name, page, response in walk(user, opened)]


def main(anchor):
    setup_test_environment()
    report = {"applied": [f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()]}
    call_command("migrate", verbosity=0)
    report["schema"] = schema(connection)
    call_command("verify_gebeurtenissen", anker=anchor, stdout=sys.stderr)
    opened = set()
    with time_machine.travel(Gebeurtenis.objects.latest("created_at").created_at):
        report["seen"] = {user.username: visit(user, opened) for user in Gebruiker.objects.order_by("pk")}
    call_command("verify_gebeurtenissen", anker=anchor, stdout=sys.stderr)
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
