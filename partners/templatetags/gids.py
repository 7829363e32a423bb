"""How an office reads on screen: whether it is open, its hours, and when somebody checked it."""

from django import template

from accounts import clock
from partners.rules import nakijken_sinds
from partners.uren import opening, parse_uren, say_opening, say_week

register = template.Library()


@register.filter
def nu_open(punt):
    """`(kind, phrase)` of a Contactpunt at this moment; see `say_opening`."""
    moment = clock.local(clock.now())
    return say_opening(opening(parse_uren(punt.uren), moment), moment)


@register.filter
def weekuren(punt):
    """[(days, hours)] of a Contactpunt as people say it; empty when nobody noted them."""
    return say_week(parse_uren(punt.uren))


@register.filter
def nakijken(partner):
    """What must be said about when it was last checked, or ""."""
    return nakijken_sinds(partner.nagekeken_op, clock.today())
