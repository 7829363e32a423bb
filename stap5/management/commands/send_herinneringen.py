"""`manage.py send_herinneringen`: once a day, to everybody in whose dossiers something asks attention, one e-mail."""

import contextlib
import sys

from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from dossiers.actions.eenmalig import forget_old_keys
from stap5.actions.herinnering import remind, waiting


class Command(BaseCommand):
    help = (
        "Mail each justitieassistent how much asks attention, once a day and in numbers only. Prints how many left. "
        "Exit 2 when one did not; running it again tries only those. Two runs at once are safe. Also lets go of the "
        "one-time keys of forms that are a month old."
    )

    def handle(self, **options):
        forget_old_keys()
        users = list(waiting(clock.today()))
        with contextlib.redirect_stdout(sys.stderr):  # where invented mail is shown; stdout holds the number alone
            connection = get_connection()
        try:
            if users:
                connection.open()
        except Exception as error:
            raise CommandError(f"The mail server cannot be reached: {type(error).__name__}", returncode=2) from error
        sent, failed = self._remind(users, connection)
        self.stderr.write(f"Reminders: {sent} sent, {failed} failed, {len(users) - sent - failed} not needed.")
        self.stdout.write(str(sent))
        if failed:
            raise CommandError("Not every reminder could be sent: run it again.", returncode=2)

    def _remind(self, users, connection):
        """(how many left, how many did not). An error's text may hold an address: only its kind is said."""
        sent = failed = 0
        try:
            for user in users:
                try:
                    sent += remind(user, connection)
                except Exception as error:  # one bad address keeps nobody else from her reminder
                    failed += 1
                    self.stderr.write(f"Not sent to {user.sleutel}: {type(error).__name__}")
        finally:
            connection.close()
        return sent, failed
