"""What somebody typed, out of what her browser sent: to give it back wherever it could not be saved."""

import re

# Secrets and the form's own marks; and what nobody typed as a text: a choice, a sleutel, a number, a date, an hour.
SECRETS = re.compile(r"password|token|^(versie|eenmalig|code|login)$")
OF_A_LIST = re.compile(r"[a-z_]*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{1,4}|\d+[/.:-]\d+([/.:-]\d+)?")


def typed_texts(post):
    """The texts among these values, without choices, secrets and the form's own marks."""
    sent = [value for name, values in post.lists() if not SECRETS.search(name) for value in values]
    return [value for value in sent if not OF_A_LIST.fullmatch(value)]
