"""Text as it is typed and pasted, without what nobody can see: soft hyphens and no-break spaces of a word processor,
zero-width signs, direction marks. Pure: forms and files are read through it, before anything counts or checks."""

import re
import unicodedata

_LINE_ENDS = "\v\f\x85\u2028\u2029"  # what word processors put between lines, besides \n and \r\n
_HYPHENS = "\u2011\x1e"  # non-breaking: of Unicode, and Word's own
_JOINERS = "\u200c\u200d"
_HIDDEN = "\x1f"  # Word's own soft hyphen, which Unicode counts among the controls
_UNCOMMON = re.compile(r"[^\t\n\r -~]")
_LONE_CR = re.compile(r"\r(?!\n)")
_JOINED = re.compile(f"[{_JOINERS}]+")
_PICTURE = re.compile("[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")
# Scripts whose letters change their shape, and with it the word, by a joiner beside them.
_SCRIPTS = {
    "ADLAM", "ARABIC", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "KANNADA", "KHMER", "MALAYALAM", "MANDAIC",
    "MONGOLIAN", "MYANMAR", "NKO", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU",
}  # fmt: skip


def _plain(found):
    sign = found[0]
    category = unicodedata.category(sign)
    if sign in _LINE_ENDS:
        return "\n"
    if sign in _HYPHENS:
        return "-"
    if category == "Zs":
        return " "
    return "" if sign in _HIDDEN or (category == "Cf" and sign not in _JOINERS) else sign


def _shapes(sign):
    return unicodedata.category(sign)[0] in "LM" and unicodedata.name(sign, "").partition(" ")[0] in _SCRIPTS


def _joiner(found):
    """What stays of joiners: one, between two pictures of an emoji or two letters of a script that joins."""
    before, after = found.string[max(0, found.start() - 1) : found.start()], found.string[found.end() : found.end() + 1]
    if not before or not after:
        return ""
    pictures = "\u200d" in found[0] and _PICTURE.match(before) and _PICTURE.match(after)
    return "\u200d" if pictures else found[0][0] if _shapes(before) and _shapes(after) else ""


def clean_text(text):
    """`text` without invisible signs (Unicode's Cf), each kind of space as a plain space, each kind of line end as a
    line end, non-breaking hyphens as hyphens. Dashes, quotes, tabs and a NUL, which fields refuse, stay."""
    return _JOINED.sub(_joiner, _LONE_CR.sub("\n", _UNCOMMON.sub(_plain, text)))


def clean_line(text):
    """The same for what is one line: a line end is a space."""
    return clean_text(text).replace("\r\n", " ").replace("\n", " ")
