"""Every write around a link for a partner: making, renewing and ending it, trying its code, and answering."""

import logging
import uuid
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from accounts import clock
from accounts.rules import NotAllowed
from accounts.tokens import make_token
from accounts.transactions import action
from dossiers.actions import create_row, lock, set_facts, stop_row, telling
from dossiers.audit import record
from dossiers.models import Soort
from dossiers.rules import check_can_write, check_nothing
from partners import antwoordregels as rules
from partners.actions.doorverwijzing import add_terugkoppeling, move_doorverwijzing
from partners.antwoordtoegang import find_antwoordlink
from partners.models import Antwoordlink, Doorverwijzing
from partners.models.antwoordlink import RENEWALS, TRIES, VALID
from partners.models.doorverwijzing import WATCHED

TOO_LATE = "Dit antwoord kan hier niet meer: de doorverwijzing staat intussen anders. Kijk hierboven hoe ze staat."
logger = logging.getLogger(__name__)


@dataclass
class NieuweLink:
    """What is shown once. `gemaild` is known only after the transaction."""

    link: Antwoordlink
    adres: str
    code: str
    gemaild: bool = False


def send_link(link, adres):
    """Mail the link: the house, the address and that a code is needed; never the code, a name or a reason. False, and
    a line in the log, where the mail could not leave."""
    huis = link.doorverwijzing.dossier.team.huis.naam
    body = render_to_string("partners/antwoord_mail.txt", {"huis": huis, "adres": adres, "dagen": VALID.days})
    try:
        EmailMessage(subject=f"{huis} vraagt uw antwoord", body=body, to=[link.email]).send()
    except (SMTPException, OSError) as error:  # its text may hold the address
        logger.error("The link %s for a partner could not be mailed: %s", link.sleutel, type(error).__name__)
        return False
    return True


@action
def create_antwoordlink(doorverwijzing, data, *, by, address):
    """A new link and code for a referral that was sent; the one before stops, and its address goes on. `data`: `email`
    where no link runs yet, and `mailen`; `address` makes the full address of a token."""
    dossier = lock(doorverwijzing)
    check_can_write(by, dossier)
    row = Doorverwijzing.objects.select_related("soort").get(pk=doorverwijzing.pk)
    if row.status not in WATCHED:
        raise NotAllowed("Deze doorverwijzing is niet verstuurd, of ze loopt niet meer.")
    row.dossier = dossier
    email = data.get("email", "")
    for link in row.antwoordlinks.lopend():
        email = link.email
        stop_row(link, {"datum": clock.today(), "reden": "Vervangen door een nieuwe link."}, by=by)
    token, code, sleutel = make_token(), rules.make_code(), uuid.uuid4()
    facts = {
        "sleutel": sleutel,
        "email": email,
        "token_digest": rules.digest_token(token),
        "code_digest": rules.digest_code(sleutel, code),
        "expires_at": clock.now() + VALID,
    }
    made = NieuweLink(create_row(Antwoordlink, row, facts, by=by), address(token), rules.readable_code(code))
    if data["mailen"]:
        transaction.on_commit(lambda: setattr(made, "gemaild", send_link(made.link, made.adres)))
    return made


@action
def stop_antwoordlink(doorverwijzing, data, *, by):
    """The link of a referral, if one runs, works no more from now on."""
    lock(doorverwijzing)
    link = Antwoordlink.objects.lopend().filter(doorverwijzing=doorverwijzing).first()
    if link is None:
        raise NotAllowed("Er loopt geen link meer: er is er geen om in te trekken.")
    stop_row(link, {"datum": clock.today(), "reden": data["reden"]}, by=by)


def _locked(token):
    """The link with this token, read after its dossier was locked; None when there is none."""
    link = find_antwoordlink(token)
    if link is None:
        return None
    lock(link)
    return find_antwoordlink(token)


@action(key=False)
def renew_antwoordlink(token, *, address):
    """A new token to the address of a genuine link that only expired; of anything else, nothing."""
    link = _locked(token)
    if link is None or not rules.is_renewable(link, clock.now()):
        return
    token, count = make_token(), f"{link.renewals + 1} van {RENEWALS}"
    facts = {
        "token_digest": rules.digest_token(token),
        "expires_at": clock.now() + VALID,
        "renewals": link.renewals + 1,
    }
    _set(link, facts, f"vernieuwd, {count}", f"De partner vroeg een nieuwe link om te antwoorden: {link} ({count}).")
    transaction.on_commit(lambda: send_link(link, address(token)))


def _set(link, facts, what, note="", soort=Soort.GEWIJZIGD):
    """Facts of a link that its partner brings about, without an account."""
    report = telling(soort, f"{link._meta.verbose_name}: {what}", note=note, author=link.created_by)
    return set_facts(link, facts, by=None, check=check_nothing, report=report)


@action(key=False)
def try_code(token, code):
    """(link, whether the code opens it). A wrong code counts, and the last one closes the link; None where no link
    works with this token."""
    link = _locked(token)
    if link is None or not rules.is_alive(link, clock.now()):
        return None, False
    dossier = link.doorverwijzing.dossier
    if rules.fits(link, code):
        record(Soort.GELEZEN, "link voor de partner: geopend met de code", by=None, dossier=dossier, what=link)
        return link, True
    tries = link.tries + 1
    note = f"De link voor de partner ging dicht na {TRIES} foute codes: {link}." if tries >= TRIES else ""
    _set(link, {"tries": tries}, f"foute code, {tries} van {TRIES}", note, soort=Soort.GEWEIGERD)
    link.tries = tries
    return link, False


@action
def answer(link, antwoord, tekst):
    """What the partner answers, as its own step of the referral. NotAllowed, in words for the partner, when the link
    stopped working, or when this answer cannot follow on where the referral is now."""
    lock(link)
    fresh = Antwoordlink.objects.select_related("doorverwijzing__soort", "doorverwijzing__dossier").get(pk=link.pk)
    if fresh.token_digest != link.token_digest or not rules.is_alive(fresh, clock.now()):
        raise NotAllowed("Deze link werkt niet meer.")
    row = fresh.doorverwijzing
    data, door = {"datum": clock.today(), "reden": tekst}, row.partner_naam or row.soort.naam
    try:
        if antwoord.naar is None:
            return add_terugkoppeling(row, data, by=None, door=door)
        return move_doorverwijzing(row, antwoord.naar, data, by=None, door=door)
    except NotAllowed as error:  # what stands in the file is not for the partner
        raise NotAllowed(TOO_LATE) from error
