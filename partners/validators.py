"""What a phone number, a website and opening hours look like."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from partners.uren import parse_uren

_is_url = URLValidator(schemes=["http", "https"])


def check_website(value):
    try:
        _is_url(value)
    except ValidationError as error:
        raise ValidationError("Schrijf het hele adres, met https:// of http:// ervoor.") from error


def check_telefoon(value):
    """One number: Belgian with its zero, a short number (102, 1712), or international with +."""
    digits = re.sub(r"\D", "", value)
    if not re.fullmatch(r"\+?[\d /.()-]+", value) or not 3 <= len(digits) <= 15:
        raise ValidationError("Schrijf één telefoonnummer, met cijfers en spaties.")
    if len(digits) > 4 and value[0] not in "0+(":
        raise ValidationError("Dit nummer begint niet met 0 of +. Liet een rekenblad de eerste nul weg?")


def check_uren(value):
    try:
        parse_uren(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error
