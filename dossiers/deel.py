"""What the apps above contribute to a dossier: one frozen declaration each, listed in settings.DOSSIER_DELEN."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, kw_only=True)
class Deel:
    """What an app above gives to a dossier.

    `route` is its own page of a dossier; `paneel(dossier)` gives (template, context) for the dossier page, or None;
    `open_ends(dossier)` Dutch sentences to read before closing; `knop(dossier)` a (label, route) for every page of the
    dossier, or None; `teksten(dossier)` what of it may be copied to somebody outside (see dossiers/teksten.py).
    """

    naam: str
    route: str
    open_ends: Callable
    paneel: Callable = lambda dossier: None
    knop: Callable = lambda dossier: None
    teksten: Callable = lambda dossier: []


@cache
def delen():
    return tuple(import_string(name) for name in settings.DOSSIER_DELEN)
