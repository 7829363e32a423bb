"""What the apps above contribute to a dossier: one frozen declaration each, listed in settings.DOSSIER_DELEN."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, kw_only=True)
class Bundel:
    """What an app above adds to the hand-over of a dossier.

    `komt_eraan`: [(date, Dutch sentence)] of what is planned or due; `rollen`: {pk of a person: [what she does in this
    plan]}; `stukken`: [(heading, [sentences])] of what the next assistant must know besides.
    """

    komt_eraan: list = field(default_factory=list)
    rollen: dict = field(default_factory=dict)
    stukken: list = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Deel:
    """What an app above gives to a dossier.

    `route` is its own page of a dossier; `paneel(dossier)` gives (template, context) for the dossier page, or None;
    `open_ends(dossier)` Dutch sentences to read before closing; `knop(dossier)` a (label, route) for every page of the
    dossier, or None; `teksten(dossier)` what of it may be copied to somebody outside (see dossiers/teksten.py);
    `bundel(dossier)` what it adds to a hand-over; `omvang(dossier)` how much work runs, in Dutch phrases that name
    nobody, for who decides whether to take the dossier over and may not see it yet; `terug`: {word: (name, route)} of
    the pages to which one returns from a form that a link opened with `?terug=word` (see way_back in views/pagina.py).
    """

    naam: str
    route: str
    open_ends: Callable
    paneel: Callable = lambda dossier: None
    knop: Callable = lambda dossier: None
    teksten: Callable = lambda dossier: []
    bundel: Callable = lambda dossier: Bundel()
    omvang: Callable = lambda dossier: []
    terug: dict = field(default_factory=dict)


@cache
def delen():
    return tuple(import_string(name) for name in settings.DOSSIER_DELEN)
