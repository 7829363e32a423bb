"""Dossiers, rows and chains written directly, past the actions; and the command that verifies them."""

from io import StringIO
from uuid import uuid4

from django.core.management import call_command

from accounts import clock
from dossiers.audit import record
from dossiers.models import Dossier, Notitie, NotitieAfscherming, Revisie, Soort
from dossiers.seal import covered_models
from partners.models import Doorverwijzing, Doorverwijzingstap, Partnersoort
from stap5.models import Planversie, Stappenplan

COVERED = covered_models()


def run(*args):
    """(exit code, what stands on stdout) of the command."""
    out = StringIO()
    try:
        call_command("verify_gebeurtenissen", *args, stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue()
    return 0, out.getvalue()


def bare_dossier(by):
    """A dossier with nothing in it but the entry that says it was made."""
    dossier = Dossier.objects.create(eigenaar=by, team=by.team, created_by=by)
    record(Soort.GEMAAKT, "dossier", by=by, dossier=dossier, what=dossier)
    return dossier


def make_note(dossier, by, tekst="Gebeld met Sara.", **kwargs):
    return Notitie.objects.create(dossier=dossier, soort="telefoon", tekst=tekst, created_by=by, **kwargs)


def cover(*rows, by):
    """The entry that covers these rows, in the chain of the dossier of the first."""
    dossier = rows[0].in_dossier()
    return record(Soort.GEMAAKT, "rijen", by=by, dossier=dossier, what=dossier, inhoud=rows)


def make_rows(dossier, by):
    """{model: row}: one of each kind that the chain covers. No entry covers them yet."""
    plan = Stappenplan.objects.create(dossier=dossier, created_by=by)
    help_there = {"soort": Partnersoort.objects.first(), "al_betrokken": True, "status": "al_betrokken"}
    hulp = Doorverwijzing.objects.create(dossier=dossier, created_by=by, **help_there)
    notitie = make_note(dossier, by)
    step = {"naar": "al_betrokken", "datum": clock.today(), "tekst": "Was er al."}
    rows = [
        notitie,
        NotitieAfscherming.objects.create(notitie=make_note(dossier, by, "Elders."), tekst="Fout.", created_by=by),
        Revisie.objects.create(
            dossier=dossier, model="zorg", sleutel=str(uuid4()), versie=1, tekst="{}", created_by=by
        ),
        Planversie.objects.create(dossier=dossier, plan=plan, nummer=1, schema=1, tekst="{}", created_by=by),
        Doorverwijzingstap.objects.create(doorverwijzing=hulp, created_by=by, **step),
    ]
    return {type(row): row for row in rows}


def make_covered(dossier, by):
    """The same, and the entry that covers them."""
    rows = make_rows(dossier, by)
    cover(*rows.values(), rows[NotitieAfscherming].notitie, by=by)
    return rows
