"""How the plan reads on screen. Built in: no `load` needed."""

from django import template

from accounts import clock
from accounts.rules import refusal
from dossiers.names import or_list
from stap5.nazichtregels import check_can_withdraw
from stap5.plandata.verschil import word_by_word
from stap5.rules import as_date, may_read_feelings, may_read_question, safety_groups, urgency, views_in_short

register = template.Library()


@register.filter
def eerste_alinea(text):
    """The first paragraph of a guidance text (an empty line begins the next)."""
    return text.replace("\r", "").partition("\n\n")[0]


@register.filter
def rest_alineas(text):
    """What follows the first paragraph."""
    return text.replace("\r", "").partition("\n\n")[2]


@register.filter
def laatste(rows):
    """The last of some rows, or None."""
    rows = list(rows)
    return rows[-1] if rows else None


@register.inclusion_tag("components/deadline.html")
def deadline(dag, met_dag=True, laat="te laat", dra="binnenkort"):
    """A date that asks something: late (`laat`), today or within the week (`dra`) say so in a word, never by colour
    alone. Without `met_dag` the word alone."""
    day = as_date(dag) if isinstance(dag, str) else dag
    stand = urgency(day, clock.today())
    woord = "vandaag" if day == clock.today() else {"laat": laat, "dra": dra, "": ""}[stand]
    return {"dag": day, "met_dag": met_dag, "stand": stand, "woord": woord}


@register.filter
def mag_lezen(check, user):
    """May `user` read what the author of this Grenzencheck felt? Reads `gedeeld_met` (prefetch it)."""
    return may_read_feelings(user, check)


@register.filter
def mag_intrekken(nazicht, user):
    """May `user` take back this question for review?"""
    return not refusal(check_can_withdraw, user, nazicht)


@register.filter
def leest_vraag(check, user):
    """May `user` read what the author of this Grenzencheck asks a colleague?"""
    return may_read_question(user, check)


register.filter("namen_of", or_list)
register.filter("woord_voor_woord", word_by_word)
register.filter("samen", safety_groups)
register.filter("in_het_kort", views_in_short)


@register.filter
def uit(row, key):
    """The value of a dict under a key that a loop holds."""
    return row[key]


@register.filter
def met_sleutel(rows, key):
    """The row (a dict with "sleutel") with this sleutel, or None."""
    return next((row for row in rows if row["sleutel"] == key), None)
