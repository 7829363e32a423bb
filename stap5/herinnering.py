"""The reminder by e-mail: how much asks attention, in numbers and kinds, without anything that points at somebody."""

from collections import Counter
from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from stap5.access import waiting_for
from stap5.feiten import points_for
from stap5.punten import shown


def count_lines(punten):
    """`3 afspraken om na te kijken, waarvan 1 te laat` per kind, of the points that ask attention now; kinds of which
    something is late come first."""
    number, late = Counter(), Counter()
    for punt in shown(punten):
        number[punt.soort] += punt.aantal
        late[punt.soort] += punt.aantal if punt.stand == "laat" else 0
    kinds = sorted(number, key=lambda soort: (not late[soort], -number[soort], soort.slug))
    return [soort.count(number[soort]) + _late(soort, number[soort], late[soort]) for soort in kinds]


def _late(soort, number, late):
    if not late:
        return ""
    how_many = {1: ""}.get(number, "allemaal ") if late == number else f"waarvan {late} "
    return f", {how_many}{soort.laat}"


def own_work(user):
    return count_lines(points_for(user))


ASKED = {
    "overdrachten": ("overdracht om te beantwoorden", "overdrachten om te beantwoorden"),
    "meekijken": ("vraag om mee te kijken", "vragen om mee te kijken"),
    "nazichten": ("nazicht om te beantwoorden", "nazichten om te beantwoorden"),
}


def asked_by_colleagues(user):
    numbers = {what: len(rows) for what, rows in waiting_for(user).items() if rows}
    return [f"{number} {ASKED[what][number > 1]}" for what, number in numbers.items()]


# What a reminder is made of: each gives lines for a user, in a fixed number of queries.
SOURCES = (own_work, asked_by_colleagues)


def lines_for(user):
    """The lines of today's reminder; none when there is nothing to say."""
    return [line for source in SOURCES for line in source(user)]


def make_message(user, lines, connection):
    """The mail. Its Message-ID is ours: Django's would hold the name of the machine."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return EmailMessage(
        subject="Stap 5: dit vraagt je aandacht",
        body=render_to_string("stap5/herinnering_mail.txt", {"lines": lines}),
        to=[user.email],
        headers={"Message-ID": f"<{uuid4()}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
