"""Names as they are searched (accents, case and signs folded away) and as they are listed."""

import re
import unicodedata

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"})
_UNSEEN = ("Cf", "Mn")  # invisible signs, and marks on letters
_APOSTROPHES = "'’‘ʼ´`"


def _drops(char):
    return char in _APOSTROPHES or unicodedata.combining(char) or unicodedata.category(char) in _UNSEEN


def _fold_sign(sign):
    if _drops(sign):
        return ""
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold()).translate(_LETTERS)
    return "".join(char if char.isalnum() else " " for char in lowered if not _drops(char))


class _Folds(dict):
    """{code of a sign: what it becomes}, worked out as they come by. Kept are more than people around us write with."""

    def __missing__(self, code):
        folded = _fold_sign(chr(code))
        if len(self) < 10_000:
            self[code] = folded
        return folded


_FOLDS = _Folds({code: _fold_sign(chr(code)) for code in range(0x250)})
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def fold(text):
    """`"O'Neill-De Brüyn"` -> `"oneill de bruyn"`: what a `zoeknaam` holds and what a search term becomes."""
    if not text.isascii():  # str.translate is quick where nothing but ASCII is left
        text = _FOREIGN.sub(lambda sign: _FOLDS[ord(sign[0])], text)
    return " ".join(text.translate(_FOLDS).split())


GROWN_FROM = 5


def name_lookup(term, prefix=""):
    """What to filter people or offices by (of `prefix`, as in `betrokkenen__`) so that their name holds `term`; {} when
    it has no letter.

    From five letters on, where a name has its spaces does not count: `vandenberghe` finds Van den Berghe, and back.
    What is shorter would stand between two words by chance (`evan` in Lieve Van Damme): it is found as it is written.
    """
    folded = fold(term)
    letters = folded.replace(" ", "")
    if len(letters) < GROWN_FROM:
        return {f"{prefix}zoeknaam__contains": folded} if letters else {}
    return {f"{prefix}zoekletters__contains": letters}


def and_list(names):
    """`Lina, Milan en Juno`"""
    names = list(names)
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def or_list(names):
    """`ziek, gespannen of niet beschikbaar`"""
    names = list(names)
    return " of ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
