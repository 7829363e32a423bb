"""The rules of answering without an account, pure: digests and codes, when a link works, and what may be answered."""

import secrets
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare

from accounts import clock
from accounts.tokens import digest
from partners.models.antwoordlink import RENEWALS, TRIES
from partners.models.doorverwijzing import WATCHED, Status
from partners.verwijsregels import BY_PARTNER, TRANSITIONS

# Read out over the phone and copied by hand: no two signs that look alike (0 O, 1 I L, 2 Z, 5 S, 8 B, U V, Q).
SIGNS = "ACDEFGHJKMNPRTVWXY34679"
CODE_LENGTH = 8


def make_code():
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))


def readable_code(code):
    """`ABCD EFGH`."""
    return f"{code[:4]} {code[4:]}"


def digest_token(token):
    return digest("partners.antwoordlink.token", token)


def digest_code(sleutel, code):
    """Digest of a code as it was typed, bound to its link: equal codes do not show."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return digest("partners.antwoordlink.code", f"{sleutel}:{signs}")


def fits(link, code):
    return constant_time_compare(digest_code(link.sleutel, code), link.code_digest)


def _may_run(link):
    """Nothing but time stands in the way. Reads the referral and its dossier."""
    row = link.doorverwijzing
    return link.gestopt_op is None and link.tries < TRIES and row.status in WATCHED and row.dossier.is_open


def is_alive(link, now):
    return _may_run(link) and now < link.expires_at


def is_renewable(link, now):
    """Did nothing but its time end this link, and may it be sent anew?"""
    return _may_run(link) and now >= link.expires_at and link.renewals < RENEWALS


def describe(link, now):
    """How a link that runs stands, for the assistant."""
    if link.tries >= TRIES:
        return "De link voor de partner is dicht na vijf foute codes. Maak een nieuwe."
    until = clock.local(link.expires_at)
    if now < link.expires_at:
        return f"De partner kan met een link antwoorden tot {until:%d/%m/%Y} om {until:%H.%M} uur."
    left = RENEWALS - link.renewals
    again = f"De partner kan nog {left} keer zelf een nieuwe vragen." if left else "Maak een nieuwe."
    return f"De link voor de partner is verlopen op {until:%d/%m/%Y}. {again}"


@dataclass(frozen=True, kw_only=True)
class Antwoord:
    """One answer a partner can give. `naar`: the status it leads to, or None where it is only a message."""

    slug: str
    titel: str
    knop: str
    vraag: str
    naar: Status | None = None
    verplicht: bool = False


ANTWOORDEN = (
    Antwoord(
        slug="aanvaarden",
        titel="Wij nemen dit op",
        knop="Aanvaarden",
        vraag="Wilt u daar iets bij zeggen?",
        naar=Status.AANVAARD,
    ),
    Antwoord(
        slug="wachtlijst",
        titel="Er is een wachtlijst",
        knop="Op de wachtlijst",
        vraag="Hoelang duurt het ongeveer?",
        naar=Status.WACHTLIJST,
    ),
    Antwoord(
        slug="begonnen",
        titel="De hulp is begonnen",
        knop="Begonnen",
        vraag="Wilt u daar iets bij zeggen?",
        naar=Status.LOOPT,
    ),
    Antwoord(
        slug="afronden",
        titel="De hulp is afgerond",
        knop="Afgerond",
        vraag="Hoe liep het af?",
        naar=Status.AFGEROND,
    ),
    Antwoord(
        slug="weigeren",
        titel="Wij kunnen dit niet opnemen",
        knop="Niet opnemen",
        vraag="Waarom niet?",
        naar=Status.GEWEIGERD,
        verplicht=True,
    ),
    Antwoord(
        slug="bericht",
        titel="Iets laten weten",
        knop="Versturen",
        vraag="Wat wilt u laten weten?",
        verplicht=True,
    ),
)


def antwoorden_op(status):
    """The answers that can follow on a referral's status."""
    possible = TRANSITIONS[Status(status)] & set(BY_PARTNER)
    return [antwoord for antwoord in ANTWOORDEN if antwoord.naar is None or antwoord.naar in possible]
