"""Ages, from birth dates that are exact, approximate or still to come."""

import re

from django.db import models

from dossiers.names import and_list


class Geboorte(models.TextChoices):
    EXACT = "exact", "exacte datum"
    ONGEVEER = "ongeveer", "ongeveer"
    VERWACHT = "verwacht", "verwacht (zwangerschap)"


def age_in_months(geboren, op):
    """Whole months between two dates."""
    return (op.year - geboren.year) * 12 + op.month - geboren.month - (op.day < geboren.day)


def age_in_years(geboren, op):
    """Whole years between two dates; 29 February counts from 1 March in other years."""
    return op.year - geboren.year - ((op.month, op.day) < (geboren.month, geboren.day))


MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def describe_age(geboren, geboorte, op):
    """`"9"`, `"7 maanden"`, `"ongeveer 9"`, `"ongeboren, verwacht in maart 2027"` or `""` when the date is unknown."""
    if geboren is None:
        return ""
    if geboorte == Geboorte.VERWACHT:
        return f"ongeboren, verwacht in {MONTHS[geboren.month - 1]} {geboren.year}"
    prefix = "ongeveer " if geboorte == Geboorte.ONGEVEER else ""
    years = age_in_years(geboren, op)
    if years >= 2:
        return f"{prefix}{years}"
    months = max(age_in_months(geboren, op), 0)
    return f"{prefix}{months} {'maand' if months == 1 else 'maanden'}"


IN_YEARS = re.compile(r"(ongeveer )?\d+")


def list_children(ages):
    """`1 kind: 6 jaar`, `3 kinderen: 14, 5 en 15 jaar`, `2 kinderen: 14 jaar en 7 maanden`: out of what `describe_age`
    gives of each; `""` without children."""
    if not ages:
        return ""
    in_years = [IN_YEARS.fullmatch(age) for age in ages]
    if all(in_years):
        listed = f"{and_list(ages)} jaar"
    else:
        known = [f"{age} jaar" if years else age for age, years in zip(ages, in_years, strict=True)]
        listed = and_list(age or "leeftijd niet genoteerd" for age in known)
    return f"{'1 kind' if len(ages) == 1 else f'{len(ages)} kinderen'}: {listed}"
