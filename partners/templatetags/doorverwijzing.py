"""What a referral on a page says about itself."""

from django import template

from accounts import clock
from accounts.rules import refusal
from partners.antwoordregels import describe
from partners.models.doorverwijzing import Status
from partners.versturen import check_answers
from partners.verwijsregels import THERE

register = template.Library()


@register.filter
def nog_nodig(row):
    """What a prepared referral still needs before it can be sent, as a sentence, or "". Prefetch `voor` and
    `antwoorden`."""
    return refusal(check_answers, row, clock.today()) if row.status == Status.VOORBEREID else ""


@register.filter
def kaartkleur(row):
    """The class of the card that names the status: help that is there, something that is late, or neither."""
    if row.status in THERE:
        return "ok"
    if row.volgende_controle and row.volgende_controle <= clock.today():
        return "laat"
    return "" if row.gestopt_op else "dra"


@register.filter
def linkstand(row):
    """How the link for the partner stands, as a sentence, or ""; for a row of `with_steps`."""
    return describe(row.link, clock.now()) if row.link and not row.gestopt_op else ""
