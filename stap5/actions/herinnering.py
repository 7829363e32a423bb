"""Every write around reminders and the own calendar."""

from django.db.models import Q

from accounts import clock
from accounts.models import DOSSIERROLLEN, Agenda, Gebruiker
from accounts.tokens import make_token
from accounts.transactions import action
from dossiers.audit import record
from dossiers.models import Soort
from stap5.agenda import digest_token
from stap5.herinnering import lines_for, make_message
from stap5.rules import check_can_be_reminded

MAIL = "herinnering per e-mail"


def waiting(op):
    """Who gets a reminder and did not get the one of the date `op` yet."""
    users = Gebruiker.objects.filter(is_active=True, rol__in=DOSSIERROLLEN, herinneringen=True).exclude(email="")
    return users.filter(Q(herinnerd_op__isnull=True) | Q(herinnerd_op__lt=op)).order_by("pk")


@action
def claim_reminder(user, op):
    """Is the reminder of this day ours to send? Of two runs at once one gets it: it is one UPDATE."""
    if not waiting(op).filter(pk=user.pk).update(herinnerd_op=op):
        return False
    record(Soort.UITGEVOERD, MAIL, by=user)
    return True


@action
def release_reminder(user, op):
    """The mail did not leave: the next run may try again. `user` as she was before the claim."""
    Gebruiker.objects.filter(pk=user.pk, herinnerd_op=op).update(herinnerd_op=user.herinnerd_op)
    record(Soort.UITGEVOERD, f"{MAIL}: niet vertrokken", by=user)


def remind(user, connection):
    """Mail what asks attention today; False when nothing does, or another run was first.

    Not atomic: the claim is committed before the mail leaves, and no transaction is open meanwhile. Whatever keeps the
    mail from leaving is raised, after the claim was given back.
    """
    op, lines = clock.today(), lines_for(user)
    if not lines:
        return False
    connection.open()
    if not claim_reminder(user, op):
        return False
    try:
        make_message(user, lines, connection).send()
    except Exception:
        release_reminder(user, op)
        connection.close()  # whatever state it is in, the next one begins anew
        raise
    return True


@action
def set_herinneringen(aan, *, by):
    """Reminders by e-mail on or off."""
    check_can_be_reminded(by)
    if Gebruiker.objects.filter(pk=by.pk).exclude(herinneringen=aan).update(herinneringen=aan):
        record(Soort.GEWIJZIGD, f"{MAIL}: {'aan' if aan else 'uit'}", by=by)


@action
def create_agenda(*, by):
    """The token of a new address for the calendar of `by`; the one before works no more."""
    check_can_be_reminded(by)
    token = make_token()
    facts = {"token_digest": digest_token(token), "created_at": clock.now(), "used_on": None}
    _, first = Agenda.objects.update_or_create(gebruiker=by, defaults=facts)
    record(Soort.GEMAAKT if first else Soort.GEWIJZIGD, "adres van de agenda", by=by)
    return token


@action
def stop_agenda(*, by):
    """The address works no more. The digest of a dead secret is worth nothing; the audit record says it was there."""
    check_can_be_reminded(by)
    if Agenda.objects.filter(gebruiker=by).delete()[0]:
        record(Soort.GESTOPT, "adres van de agenda", by=by)
