"""The one way in which a page lets a form be carried out: once, however often it is sent.

`attempt` is for a page with a form, `press` for a button alone. Both answer a form that was carried out before with
its first answer, and ask again where what was typed differs, where the key lacks, or where a rule refuses.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect

from accounts.rules import NotAllowed
from accounts.tokens import digest
from dossiers.actions import Conflict
from dossiers.actions.eenmalig import do_once
from dossiers.models import Eenmalig

FIELD = "eenmalig"
NO_KEY = "Dit formulier was onvolledig. Kijk na wat er staat en bewaar het opnieuw."
PRESS_AGAIN = "Er is nog niets gebeurd. Druk nog één keer op de knop."
OTHER = "Je bewaarde dit formulier al eens, met iets anders erin. Wil je ook dit bewaren? Druk dan nog eens op de knop."


def answer(adres, *berichten):
    """Where a form leads once it is carried out: the address, and what is said there, as (level, text) or a text."""
    told = [bericht if isinstance(bericht, tuple) else (messages.SUCCESS, bericht) for bericht in berichten]
    return {"adres": adres, "berichten": told}


def follow(request, antwoord):
    """The response that an `answer` is."""
    for level, text in antwoord["berichten"]:
        messages.add_message(request, level, text)
    return redirect(antwoord["adres"])


@dataclass(frozen=True)
class Uitslag:
    """What came of a form: the `response` to give; else `status` for its page, and `conflict`: the row as it is now,
    by one's `own` hand or somebody else's."""

    response: Any = None
    status: int = 200
    conflict: Any = None
    own: bool = False


def _sender(request, wie):
    return wie or f"gebruiker/{request.user.pk}"


def _key(request):
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _digest(request):
    """Keyed, of the address and everything that was sent but the tokens of the form itself."""
    sent = sorted((name, values) for name, values in request.POST.lists() if name not in (FIELD, "csrfmiddlewaretoken"))
    files = [(name, _digest_file(file)) for name, file in sorted(request.FILES.items())]
    return digest("eenmalig", json.dumps([request.path, sent, files], ensure_ascii=False))


def _digest_file(file):
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return found


def earlier(request, *, wie=None):
    """(whether a form with this key was carried out before, the response that its first answer is where the same was
    sent). Asked first, since what was done may be why it could not be done now."""
    key = _key(request) if request.method == "POST" else None
    row = Eenmalig.objects.filter(sleutel=key, wie=_sender(request, wie)).first() if key else None
    if row is None:
        return False, None
    return True, follow(request, row.antwoord) if row.digest == _digest(request) else None


def attempt(request, form, act, answer_of, *, wie=None, row=None, show=None):
    """Carry out `act()` for a valid `form`; `answer_of(result)` gives the `answer`. An Uitslag; of a page that is only
    looked at an empty one. A refusal becomes an error of the form, which keeps what was typed.

    `row()`: what is changed as it stands now, to show beside what was typed when this form was carried out before with
    something else in it. `show(result)`: the response instead of the answer, for what is seen this once.
    """
    if request.method != "POST":
        return Uitslag()
    known, response = earlier(request, wie=wie)
    if response:
        return Uitslag(response)
    if known:
        return _other(form, row)
    if _key(request) is None:
        form.add_error(None, NO_KEY)
    if not form.is_valid():
        return Uitslag(earlier(request, wie=wie)[1])  # perhaps carried out by a request that was still busy just now
    return _tried(form, lambda: _carry_out(request, act, answer_of, wie, show), row)


def _tried(form, carry_out, row):
    try:
        return Uitslag(carry_out())
    except NotAllowed as error:
        form.add_error(None, str(error))
        return Uitslag(status=403)
    except Conflict as error:
        return Uitslag(status=409, conflict=error.row)
    except Other:
        return _other(form, row)


def _other(form, row):
    form.add_error(None, OTHER)
    return Uitslag(status=409, conflict=row and row(), own=True)


class Other(Exception):
    """The form with this key was carried out meanwhile, with something else in it."""


def _carry_out(request, act, answer_of, wie, show):
    results = []

    def done():
        results[:] = [act()]
        return results[0]

    sent = _digest(request)
    row, new = do_once(_key(request), _sender(request, wie), sent, done, answer_of)
    if row.digest != sent:
        raise Other
    return show(results[0]) if show and new else follow(request, row.antwoord)


def press(request, act, answer_of, *, back, show=None, conflict=""):
    """The response to a button without a form: its answer, or `back` (a route or an address) with why not; `conflict`:
    what is said where somebody else was first."""
    known, response = earlier(request)
    if response:
        return response
    if known or _key(request) is None:
        messages.warning(request, PRESS_AGAIN)
        return redirect(back)
    try:
        return _carry_out(request, act, answer_of, None, show)
    except NotAllowed as error:
        messages.error(request, str(error))
    except Conflict as error:
        messages.error(request, conflict or str(error))
    except Other:
        messages.warning(request, PRESS_AGAIN)
    return redirect(back)
