"""The audit record: one chain of entries per dossier, per user where there is no dossier, or `systeem`.

Each link is an HMAC-SHA256, under AUDIT_KEY, over the previous link and the entry. The text enters it as a keyed
digest, so that a text can be erased after its retention period while the chain still verifies. The head row is
locked while an entry is added: work on different dossiers never waits for one lock.
"""

from django.db import transaction

from accounts import clock
from dossiers.models import Gebeurtenis, Ketting, Soort
from dossiers.seal import digest_text, link, mark, read_stored, write_inhoud
from dossiers.verify import verify

__all__ = ["chain_name", "digest_text", "entry_of_mark", "link", "mark", "record", "verify"]

SYSTEEM = "systeem"


def chain_name(dossier=None, by=None):
    if dossier is not None:
        return f"dossier/{dossier.kenmerk}"
    return f"gebruiker/{by.pk}" if by is not None else SYSTEEM


def _locked_head(naam):
    """The head of a chain, the last of all locks (docs/architecture.md), held until the end of the transaction."""
    heads = Ketting.objects.select_for_update(no_key=True).filter(naam=naam)
    head = heads.first()
    if head is None:
        Ketting.objects.bulk_create([Ketting(naam=naam)], ignore_conflicts=True)
        head = heads.get()
    return head


def _cover(rows, dossier):
    """What an entry in the chain of `dossier` holds of these rows. Reads them back: what is stored is what counts."""
    found = read_stored(rows)
    if dossier is None or any(row.dossier_id != dossier.pk for row in found):
        raise ValueError("A row is covered in the chain of its own dossier.")
    return write_inhoud(found)


@transaction.atomic(savepoint=False)
def record(soort, tekst, *, by, dossier=None, what=None, sleutel="", inhoud=()):
    """Append one entry; inside an action it shares the action's transaction, alone it has its own short one.

    `tekst` is a Dutch phrase in field names and ids, never content. `what` is the row concerned, known by its sleutel
    or by `sleutel`. `inhoud`: the append-only rows with a text that came with it, all saved; the chain holds their
    digests from now on, and verify asks for each such row of a dossier in which entry it stands.
    """
    naam = chain_name(dossier, by)
    entry = Gebeurtenis(
        dossier=dossier,
        created_by=by,
        soort=soort,
        model=what._meta.model_name if what is not None else "",
        sleutel=sleutel or (str(what.sleutel) if what is not None else ""),
        tekst=tekst,
        inhoud=_cover(inhoud, dossier) if inhoud else "",
    )
    ketting = _locked_head(naam)
    entry.ketting, entry.volgnummer, entry.created_at = ketting, ketting.lengte + 1, clock.now()
    entry.tekst_digest = digest_text(naam, entry.volgnummer, tekst)
    entry.schakel = link(naam, ketting.kop, entry)
    entry.save(force_insert=True)
    ketting.lengte, ketting.kop = entry.volgnummer, entry.schakel
    ketting.save(update_fields=["lengte", "kop"])
    return entry


def entry_of_mark(dossier, merkteken):
    """The entry with which something was taken along on paper under this mark, or None: no such entry, or its link has
    another beginning now. One query."""
    volgnummer = int(merkteken.partition("-")[0])
    printed = Gebeurtenis.objects.filter(soort=Soort.UITGEVOERD, ketting__naam=chain_name(dossier))
    entry = printed.filter(volgnummer=volgnummer).select_related("created_by").first()
    return entry if entry and mark(entry) == merkteken else None
