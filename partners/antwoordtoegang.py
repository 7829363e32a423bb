"""The doors for a partner without an account: the link, and the half hour that its code opens.

The half hour rests on a signed cookie of its own, not on the session: whoever is signed in in the same browser stays
so, and nobody gets signed in by it. It says which link and until when; whether that link still works is asked anew
every time.
"""

from datetime import datetime, timedelta

from django.core import signing

from accounts import clock
from accounts.rules import refusal
from dossiers.audit import record
from dossiers.models import Soort
from partners import verwijsregels
from partners.antwoordregels import digest_token, is_alive
from partners.brief import brief_as_data
from partners.models import Antwoordlink
from partners.versturen import check_question

COOKIE = "antwoord"
OPEN_FOR = timedelta(minutes=30)
_SALT = "partners.antwoord"


def _links():
    return Antwoordlink.objects.select_related("doorverwijzing__soort", "doorverwijzing__dossier")


def find_antwoordlink(token):
    """The link with this token, whether it works or not, or None."""
    return _links().filter(token_digest=digest_token(token)).first()


def seal(link):
    """(value of the cookie, until when it opens)."""
    until = min(clock.now() + OPEN_FOR, link.expires_at)
    return signing.dumps([str(link.sleutel), link.token_digest, until.isoformat()], salt=_SALT), until


def _sealed(value):
    """The three values that `seal` signed; None when they are not its own."""
    try:
        sleutel, token_digest, until = signing.loads(value, salt=_SALT)
    except signing.BadSignature:
        return None
    return sleutel, token_digest, datetime.fromisoformat(until)


def opened(value):
    """(link, until when) that this cookie opens; (None, None) when it opens nothing, or nothing any more."""
    sealed, now = _sealed(value), clock.now()
    if sealed is None or now >= sealed[2]:
        return None, None
    link = _links().filter(sleutel=sealed[0], token_digest=sealed[1]).first()
    return (link, sealed[2]) if link and is_alive(link, now) else (None, None)


def read_vraag(link):
    """What the partner reads, values only, after recording that it was read: for whom, what was asked, what the family
    knows of it, and the frozen texts."""
    row = link.doorverwijzing
    record(Soort.GELEZEN, "doorverwijzing, door de partner met een code", by=None, dossier=row.dossier, what=row)
    brief = brief_as_data(row)
    lezers = verwijsregels.readers(row.voor.all(), row.akkoord_van)
    return {
        "huis": brief["huis"],
        "afzender": brief["afzender"],
        "email": brief["email"],
        "mensen": brief["mensen"],
        "vraag": "" if refusal(check_question, row.dossier, row.vraag, lezers) else brief["vraag"],
        "akkoord": brief["akkoord"],
        "akkoord_van": brief["akkoord_van"],
        "teksten": brief["teksten"],
        "status": row.get_status_display(),
        "status_op": row.status_op,
    }
