"""A mail server on this machine, and colleagues in whose dossiers something asks attention."""

import socketserver
from contextlib import contextmanager
from threading import Lock, Thread

from accounts import clock
from stap5 import actions
from stap5.models import Afspraak
from tests import factories


class Postbus(socketserver.ThreadingTCPServer):
    """Keeps what it gets in `mails`: [(address, bytes)]. `refuses`: addresses it does not know; `drops`: addresses at
    whose mail it hangs up; `at_mail(address)` is called while a mail is on its way."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Gesprek)
        self.mails, self.lock = [], Lock()
        self.refuses, self.drops, self.at_mail = set(), set(), lambda address: None

    @property
    def addresses(self):
        return sorted(address for address, _ in self.mails)


class Gesprek(socketserver.StreamRequestHandler):
    """As much SMTP as it takes."""

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        self.say("220 post")
        to = ""
        while line := self.rfile.readline().decode():
            verb = line[:4].upper()
            if verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self.say("550 unknown" if to in self.server.refuses else "250 ok")
            elif verb == "DATA":
                self.server.at_mail(to)
                if to in self.server.drops:
                    return
                self.say("354 go on")
                self.take(to)
            else:
                self.say("221 bye" if verb == "QUIT" else "250 ok")

    def take(self, to):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        with self.server.lock:
            self.server.mails.append((to, b"".join(lines)))
        self.say("250 ok")


@contextmanager
def open_postbus(settings):
    """A Postbus to which the application sends."""
    with Postbus() as postbus:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = postbus.server_address
        settings.EMAIL_TIMEOUT = 5
        settings.DEFAULT_FROM_EMAIL = "Stap 5 <stap5@huis.example>"
        thread = Thread(target=postbus.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield postbus
        finally:
            postbus.shutdown()
            thread.join()


def add_due(dossier, *, by, dag=None, wat="Oma haalt Lina op vrijdag van school."):
    """An agreement in this dossier that is checked on `dag` (today)."""
    person = dossier.betrokkenen.order_by("pk").first()
    plan = actions.start_plan(dossier, by=by)
    data = {"wat": wat, "wie": [person], "volgende_controle": dag or clock.today(), "lezers": []}
    return actions.add_item(Afspraak, plan, data, by=by)


def make_busy(username, team, **kwargs):
    """A colleague with an e-mail address, and a dossier in which an agreement is checked today."""
    user = factories.make_user(username, team=team, **{"email": f"{username}@huis.example"} | kwargs)
    add_due(factories.make_dossier(user), by=user)
    return user
