"""`manage.py create_beheerder USERNAME`: the first account of a new installation."""

import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Gebruiker, Rol


class Command(BaseCommand):
    help = "Make an account with the role beheerder. The password is asked, or read as one line from standard input."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = Gebruiker(username=username, rol=Rol.BEHEERDER)
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            validate_password(password, user)
            user.set_password(password)
            user.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        user.save()
        self.stderr.write(f"Account {username} made.")
