"""Names as they are searched (accents, case and signs folded away) and as they are listed."""

import unicodedata

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"})


def fold(text):
    """`"O'Neill-De Brüyn"` -> `"oneill de bruyn"`: what a `zoeknaam` holds and what a search term becomes."""
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    plain = "".join(char for char in lowered if not unicodedata.combining(char))
    plain = plain.replace("'", "").replace("’", "")
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def and_list(names):
    """`Lina, Milan en Juno`"""
    names = list(names)
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def or_list(names):
    """`ziek, gespannen of niet beschikbaar`"""
    names = list(names)
    return " of ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
