"""Ages, from birth dates that are exact, approximate or still to come."""

from django.db import models


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
