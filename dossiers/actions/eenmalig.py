"""Once is once: what a form asks, done together with its one-time key."""

from datetime import timedelta

from accounts import clock
from accounts.transactions import action
from dossiers.models import Eenmalig

KEPT = timedelta(days=30)  # so long a form that is sent again gets its first answer


@action(key=False)
def do_once(sleutel, wie, digest, act, answer):
    """(Eenmalig, True) after `act()`; (Eenmalig, False) when the form with this key was carried out before, also by a
    request that was still busy: its row is waited for. `answer(result)` gives the {"adres", "berichten"} to keep."""
    Eenmalig.objects.bulk_create([Eenmalig(sleutel=sleutel, wie=wie, digest=digest)], ignore_conflicts=True)
    row = Eenmalig.objects.get(sleutel=sleutel, wie=wie)
    if row.antwoord:
        return row, False
    row.antwoord = answer(act())
    row.save(update_fields=["antwoord"])
    return row, True


@action(key=False)
def forget_old_keys():
    """Let go of the keys that nobody sends any more; how many."""
    return Eenmalig.objects.filter(created_at__lt=clock.now() - KEPT).delete()[0]
