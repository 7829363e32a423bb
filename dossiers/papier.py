"""Paper: a template and its style sheet as a tagged A4 PDF (PDF/UA-1), with our own fonts."""

import base64
import re
import unicodedata
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string

FONTS = settings.BASE_DIR / "static" / "fonts"
LETTERS = (("Regular", 400, "normal"), ("It", 400, "italic"), ("Semibold", 600, "normal"))


class PaperUnavailable(Exception):
    """The native libraries that make a PDF (Pango, HarfBuzz) are not installed on this machine."""


def render_pdf(template, context, *, css):
    """`template` with `context` as PDF bytes; `css` names the template of its style sheet.

    PaperUnavailable when this machine cannot make a PDF.
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PaperUnavailable(str(error)) from error
    fonts = FontConfiguration()
    only_data = URLFetcher(allowed_protocols=["data"])
    sheet = CSS(string=_css(css), url_fetcher=only_data, font_config=fonts)
    text = _breakable(_name_emoji(render_to_string(template, context)))
    html = HTML(string=text, url_fetcher=only_data)
    return html.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")


@cache
def _css(name):
    letters = [
        {"gewicht": weight, "stijl": style, "url": f"data:font/ttf;base64,{_base64(FONTS / f'SourceSans3-{cut}.ttf')}"}
        for cut, weight, style in LETTERS
    ]
    return render_to_string("dossiers/letters.css", {"letters": letters}) + render_to_string(name)


def _base64(path):
    return base64.b64encode(path.read_bytes()).decode()


# Pictures in a text, with the marks that change their looks; not the boxes and ticks that the font has.
EMOJI = re.compile(
    "([\u2600-\u260f\u2613-\u2712\u2714-\u2716\u2718-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff])"
    "[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*"
)


def _name_emoji(text):
    """`👍` as `[emoji: thumbs up sign]`: the font has no pictures, and what somebody wrote may not vanish."""
    return EMOJI.sub(lambda found: f"[emoji: {unicodedata.name(found[1], found[1]).lower()}]", text)


def _breakable(html):
    """Invisible breaks in a word of 200 characters and more: without them each line lays out all that follows."""
    return re.sub(r"[^\s<>&;]{200,}", lambda word: re.sub("(.{10})", "\\1\u200b", word[0]), html)
