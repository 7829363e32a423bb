"""Is the audit record whole, and is what it covers still what it was? Reads only; linear, and bounded in memory."""

import hmac
from collections import defaultdict
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db import connection

from dossiers.models import Dossier, Gebeurtenis, Ketting, Soort
from dossiers.seal import covered_models, digest_text, link, read_inhoud, stored

CHUNK = 500  # entries, or rows, read at a time
CHAINS = 100  # chains walked together: what their entries cover is held in memory
DOSSIER = "dossier/"
ENTRY = Gebeurtenis._meta.model_name


class Verdict(NamedTuple):
    """`count` entries in the chains `heads` ({name: [length, link]}); `fault` names the first broken one, or is "";
    `erased` texts were erased, each by an entry of its chain."""

    count: int
    heads: dict
    fault: str
    erased: int


class Cover(NamedTuple):
    """What entry number `volgnummer` of the chain `naam` holds of one row."""

    naam: str
    volgnummer: int
    columns_digest: str
    text_digest: str


class Walk:
    """One look at some chains and at the rows of their dossiers. A fixed number of queries, whatever their number."""

    def __init__(self, pks, anchors):
        self.anchors = anchors
        self.kettingen = list(Ketting.objects.filter(pk__in=pks).order_by("pk"))
        kenmerken = [k.naam.removeprefix(DOSSIER) for k in self.kettingen if k.naam.startswith(DOSSIER)]
        known = Dossier.objects.filter(kenmerk__in=kenmerken).values_list("kenmerk", "pk")
        self.dossiers = {f"{DOSSIER}{kenmerk}": pk for kenmerk, pk in known}
        self.covers = {}  # {(dossier id, model, pk): Cover}
        self.erasures = defaultdict(dict)  # {name of the chain: {(model, pk as text): number of the entry}}
        self.erased = 0
        self.fault = self._chains() or self._rows()

    def _chains(self):
        waiting = {ketting.pk: ketting for ketting in self.kettingen}
        entries = Gebeurtenis.objects.filter(ketting__in=self.kettingen).order_by("ketting_id", "volgnummer")
        for pk, own in groupby(entries.iterator(chunk_size=CHUNK), attrgetter("ketting_id")):
            fault = self._chain(waiting.pop(pk), own)
            if fault:
                return fault
        return next(filter(None, (self._chain(ketting, ()) for ketting in waiting.values())), "")

    def _chain(self, ketting, entries):
        """The sentence that names the first broken entry of one chain, or ""."""
        vorige, volgnummer, last_id, emptied = "", 0, 0, {}
        length, kop = self.anchors.get(ketting.naam, (0, ""))
        for entry in entries:
            volgnummer += 1
            fault = _entry_fault(ketting.naam, vorige, volgnummer, last_id, entry)
            if fault:
                return f"{ketting.naam}: gebeurtenis {entry.pk}: {fault}"
            if volgnummer == length and entry.schakel != kop:
                return _anchor_fault(ketting.naam, length)
            if entry.gewist_op:
                emptied[str(entry.pk)] = volgnummer
            self._keep(ketting.naam, entry)
            vorige, last_id = entry.schakel, entry.pk
        if (volgnummer, vorige) != (ketting.lengte, ketting.kop):
            return f"{ketting.naam}: {ketting.lengte} gebeurtenissen verwacht, {volgnummer} gevonden"
        if volgnummer < length:
            return _anchor_fault(ketting.naam, length)
        return self._emptied(ketting.naam, emptied)

    def _emptied(self, naam, emptied):
        """The same about the texts of entries: those that went, {pk as text: number}, and those that should have."""
        for pk, volgnummer in emptied.items():
            if not self._erased_after(naam, (ENTRY, pk), volgnummer):
                return f"{naam}: gebeurtenis {pk}: {UNEXPLAINED}"
        for model, pk in self.erasures[naam]:
            if model == ENTRY and pk not in emptied:
                return f"{naam}: gebeurtenis {pk}: {NOT_ERASED}"
        self.erased += len(emptied)
        return ""

    def _keep(self, naam, entry):
        """What this entry says of rows: that it covers them, or that one was erased, and why."""
        for model, pk, *digests in read_inhoud(entry.inhoud):
            self.covers.setdefault((self.dossiers.get(naam), model, pk), Cover(naam, entry.volgnummer, *digests))
        if entry.soort == Soort.GEWIST and entry.tekst:
            self.erasures[naam][entry.model, entry.sleutel] = entry.volgnummer

    def _erased_after(self, naam, row, volgnummer=0):
        return self.erasures[naam].get(row, 0) > volgnummer

    def _rows(self):
        """The sentence that names the first row that is not what the chains hold of it, or ""."""
        names = {pk: naam for naam, pk in self.dossiers.items()}
        for model in covered_models():
            rows = model._base_manager.filter(**{f"{model.DOSSIER}__in": list(names)})
            for row in stored(rows, chunk_size=CHUNK):
                fault = self._row(names[row.dossier_id], row)
                if fault:
                    return f"{names[row.dossier_id]}: {row.model} {row.pk}: {fault}"
        lost = next(iter(self.covers.items()), None)
        return f"{lost[1].naam}: {lost[0][1]} {lost[0][2]}: ontbreekt" if lost else ""

    def _row(self, naam, row):
        cover = self.covers.pop((row.dossier_id, row.model, row.pk), None)
        if cover is None:
            return "staat niet in de ketting"
        if not hmac.compare_digest(cover.columns_digest, row.columns_digest):
            return "werd gewijzigd"
        name = (row.model, str(row.pk))
        if not row.gewist_op and hmac.compare_digest(cover.text_digest, row.text_digest):
            return NOT_ERASED if self._erased_after(naam, name) else ""
        if not row.gewist_op or row.tekst:
            return CHANGED
        self.erased += 1
        return "" if self._erased_after(naam, name, cover.volgnummer) else UNEXPLAINED


CHANGED = "de tekst werd gewijzigd"
UNEXPLAINED = "de tekst is weg, en de ketting zegt niet wie hem wiste en waarom"
NOT_ERASED = "de ketting zegt dat de tekst gewist is, en hij staat er nog"
WRONG_KEY = "geen enkele schakel van geen enkele ketting klopt: misschien is AUDIT_KEY niet de sleutel van toen"


def _entry_fault(naam, vorige, volgnummer, last_id, entry):
    """What is wrong with this entry, that should stand at `volgnummer` after the link `vorige`; or ""."""
    if entry.volgnummer != volgnummer:
        return f"volgnummer {volgnummer} ontbreekt"
    if entry.pk <= last_id:
        return "staat niet op zijn plaats"
    if entry.gewist_op and entry.soort == Soort.GEWIST:
        return "zegt wat er gewist werd, en werd zelf gewist"
    fits = hmac.compare_digest(entry.tekst_digest, digest_text(naam, volgnummer, entry.tekst))
    if entry.tekst if entry.gewist_op else not fits:
        return CHANGED
    if not hmac.compare_digest(entry.schakel, link(naam, vorige, entry)):
        return "de schakel klopt niet"
    return ""


def _anchor_fault(naam, length):
    return f"{naam}: het anker bij gebeurtenis {length} klopt niet meer"


def _batches():
    """The ids of all chains, so many at a time."""
    last = 0
    while pks := list(Ketting.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHAINS]):
        yield pks
        last = pks[-1]


@contextmanager
def _one_moment():
    """What is read within is as it stood at one moment, while people write; inside a transaction, what that one sees.
    Takes no lock."""
    begin = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(begin[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _key_fits_nothing():
    """Are there entries, and does not one link of them fit? One query; stops at the first that does."""
    naam, vorige, entry = None, "", None
    entries = Gebeurtenis.objects.select_related("ketting").order_by("ketting_id", "volgnummer")
    for entry in entries.iterator(chunk_size=CHUNK):
        vorige = vorige if entry.ketting.naam == naam else ""
        naam = entry.ketting.naam
        if hmac.compare_digest(entry.schakel, link(naam, vorige, entry)):
            return False
        vorige = entry.schakel
    return entry is not None


def verify(anchors=None):
    """Walk every chain, and compare the rows they cover, into a Verdict.

    `anchors` are heads kept outside the database at an earlier run: a chain may only have grown since. They find
    what no chain can show by itself, a tail or a whole chain taken away together with its head.
    """
    anchors, count, heads, erased = anchors or {}, 0, {}, 0
    for pks in _batches():
        with _one_moment():
            walk = Walk(pks, anchors)
        if walk.fault:
            wrong_key = not count and _key_fits_nothing()
            return Verdict(count, heads, WRONG_KEY if wrong_key else walk.fault, erased)
        heads |= {ketting.naam: [ketting.lengte, ketting.kop] for ketting in walk.kettingen}
        count += sum(ketting.lengte for ketting in walk.kettingen)
        erased += walk.erased
    return Verdict(count, heads, _absent(heads, anchors), erased)


def _absent(heads, anchors):
    """The sentence about the first chain that is not there, or "". A dossier may have been opened during the walk."""
    for naam, (length, _) in anchors.items():
        if length and naam not in heads:
            return _anchor_fault(naam, length)
    for kenmerk in Dossier.objects.values_list("kenmerk", flat=True).iterator():
        naam = f"{DOSSIER}{kenmerk}"
        if not heads.get(naam, [0])[0] and not Ketting.objects.filter(naam=naam, lengte__gt=0).exists():
            return f"{naam}: de ketting ontbreekt"
    return ""
