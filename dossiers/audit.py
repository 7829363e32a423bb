"""The audit record: one chain of entries per dossier, per user where there is no dossier, or `systeem`.

Each link is an HMAC-SHA256, under AUDIT_KEY, over the previous link and the entry. The text enters it as a keyed
digest, so that a text can be erased after its retention period while the chain still verifies. The head row is
locked while an entry is added: work on different dossiers never waits for one lock.
"""

import hashlib
import hmac
import json
from datetime import UTC

from django.conf import settings
from django.db import transaction

from accounts import clock
from dossiers.models import Dossier, Gebeurtenis, Ketting

SYSTEEM = "systeem"


def _mac(purpose, *parts):
    message = json.dumps([purpose, *parts], ensure_ascii=False, separators=(",", ":")).encode()
    return hmac.new(settings.AUDIT_KEY.encode(), message, hashlib.sha256).hexdigest()


def digest_text(ketting, volgnummer, tekst):
    """Keyed digest of an entry's text, bound to its place so that equal texts do not show."""
    return _mac("tekst", ketting, volgnummer, tekst)


def link(ketting, vorige, entry):
    """The link of `entry` (a Gebeurtenis, saved or not) after the link `vorige` in the chain named `ketting`."""
    return _mac(
        "schakel",
        ketting,
        vorige,
        entry.volgnummer,
        entry.created_at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.created_by_id,
        entry.dossier_id,
        entry.soort,
        entry.model,
        entry.sleutel,
        entry.tekst_digest,
    )


def chain_name(dossier=None, by=None):
    if dossier is not None:
        return f"dossier/{dossier.kenmerk}"
    return f"gebruiker/{by.pk}" if by is not None else SYSTEEM


def _locked_head(naam):
    heads = Ketting.objects.select_for_update(no_key=True).filter(naam=naam)
    head = heads.first()
    if head is None:
        Ketting.objects.get_or_create(naam=naam)
        head = heads.get()
    return head


@transaction.atomic
def record(soort, tekst, *, by, dossier=None, what=None, sleutel="", inhoud=()):
    """Append one entry; inside an action it shares the action's transaction, alone it has its own short one.

    `tekst` is a Dutch phrase in field names and ids, never content. `what` is the row concerned.
    """
    naam = chain_name(dossier, by)
    ketting = _locked_head(naam)
    entry = Gebeurtenis(
        ketting=ketting,
        volgnummer=ketting.lengte + 1,
        dossier=dossier,
        created_at=clock.now(),
        created_by=by,
        soort=soort,
        model=what._meta.model_name if what is not None else "",
        sleutel=str(what.sleutel) if what is not None else sleutel,
        tekst=tekst,
    )
    entry.tekst_digest = digest_text(naam, entry.volgnummer, tekst)
    entry.schakel = link(naam, ketting.kop, entry)
    entry.save(force_insert=True)
    ketting.lengte, ketting.kop = entry.volgnummer, entry.schakel
    ketting.save(update_fields=["lengte", "kop"])
    return entry


def _first_fault(ketting):
    """The sentence that names the first broken entry of one chain, or "" when it is whole."""
    vorige, volgnummer, last_id = "", 0, 0
    for entry in ketting.gebeurtenissen.order_by("volgnummer").iterator(chunk_size=2000):
        volgnummer += 1
        where = f"{ketting.naam}: gebeurtenis {entry.pk}"
        if entry.volgnummer != volgnummer:
            return f"{where}: volgnummer {volgnummer} ontbreekt"
        if entry.pk <= last_id:
            return f"{where}: staat niet op zijn plaats"
        digest_fits = hmac.compare_digest(entry.tekst_digest, digest_text(ketting.naam, entry.volgnummer, entry.tekst))
        if not digest_fits and not (entry.gewist_op and entry.tekst == ""):
            return f"{where}: de tekst werd gewijzigd"
        if not hmac.compare_digest(entry.schakel, link(ketting.naam, vorige, entry)):
            return f"{where}: de schakel klopt niet"
        vorige, last_id = entry.schakel, entry.pk
    if (volgnummer, vorige) != (ketting.lengte, ketting.kop):
        return f"{ketting.naam}: {ketting.lengte} gebeurtenissen verwacht, {volgnummer} gevonden"
    return ""


def verify(anchors=None):
    """Walk every chain: `(number of entries, {chain: [length, head]}, "")`, or the first fault as third.

    `anchors` are heads kept outside the database at an earlier run: a chain may only have grown since. They find
    what no chain can show by itself, a tail or a whole chain taken away together with its head.
    """
    count, heads = 0, {}
    for ketting in Ketting.objects.order_by("pk").iterator(chunk_size=2000):
        fault = _first_fault(ketting)
        if fault:
            return count, heads, fault
        heads[ketting.naam] = [ketting.lengte, ketting.kop]
        count += ketting.lengte
    for naam, (lengte, kop) in (anchors or {}).items():
        if naam not in heads or not _holds(naam, lengte, kop):
            return count, heads, f"{naam}: het anker bij gebeurtenis {lengte} klopt niet meer"
    names = (f"dossier/{kenmerk}" for kenmerk in Dossier.objects.values_list("kenmerk", flat=True).iterator())
    for naam in names:
        if not heads.get(naam, [0])[0]:
            return count, heads, f"{naam}: de ketting ontbreekt"
    return count, heads, ""


def _holds(naam, lengte, kop):
    if not lengte:
        return True
    return Gebeurtenis.objects.filter(ketting__naam=naam, volgnummer=lengte, schakel=kop).exists()
