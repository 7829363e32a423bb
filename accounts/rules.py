"""How a rule says no: it raises NotAllowed with the sentence the user will read."""

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """A refusal whose text is a Dutch sentence for the user. Forgotten it is a 403, caught it is a message."""


def refusal(check, *args):
    """The sentence with which `check(*args)` refuses, or "" where it allows."""
    try:
        check(*args)
    except NotAllowed as error:
        return str(error)
    return ""
