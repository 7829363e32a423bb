"""The journal: what people note, what changes report, and what is hidden or erased afterwards."""

from django.db import transaction

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.audit import record
from dossiers.models import Dossier, Notitie, NotitieAfscherming, NotitiePersoon, Notitiesoort, Soort
from dossiers.rules import check_can_manage_open, check_can_write

VERBS = {Soort.GEMAAKT: "toegevoegd", Soort.GEWIJZIGD: "gewijzigd", Soort.GESTOPT: "beëindigd"}


def _labels(row, names):
    return ", ".join(str(row._meta.get_field(name).verbose_name) for name in names)


def report_change(dossier, row, soort, names, *, by, reden="", op=None):
    """One readable Notitie (unless the row keeps out of the journal) and one Gebeurtenis about a change to `row`."""
    verb = VERBS[soort]
    line = row.beschrijf(names)
    if line:
        what = f" ({_labels(row, names)})" if soort == Soort.GEWIJZIGD else ""
        when = f" op {op:%d/%m/%Y}" if op else ""
        why = f". Reden: {reden}" if reden else ""
        Notitie.objects.create(
            dossier=dossier,
            soort=row.MELDING,
            tekst=f"{row._meta.verbose_name.capitalize()} {verb}{when}{what}: {line}{why}",
            created_by=by,
            gebeurd_op=clock.today(),
        )
    fields = f": {_labels(row, names)}" if soort == Soort.GEWIJZIGD else ""
    record(soort, f"{row._meta.verbose_name}{fields}", by=by, dossier=dossier, what=row)


def note(dossier, tekst, *, by, soort=Notitiesoort.BEHEER):
    """A Notitie in words about an act that has its own Gebeurtenis: upon the dossier, unless `soort` says otherwise."""
    return Notitie.objects.create(dossier=dossier, soort=soort, tekst=tekst, created_by=by, gebeurd_op=clock.today())


def _locked(dossier):
    return Dossier.objects.select_for_update().get(pk=dossier.pk)


@transaction.atomic
def add_notitie(dossier, data, *, by, corrigeert=None):
    """What a person writes down: `data` holds soort, gebeurd_op, tekst, over (people) and bron."""
    dossier = _locked(dossier)
    check_can_write(by, dossier)
    notitie = Notitie.objects.create(
        dossier=dossier,
        soort=data["soort"],
        gebeurd_op=data["gebeurd_op"],
        tekst=data["tekst"],
        bron=data.get("bron", ""),
        corrigeert=corrigeert,
        created_by=by,
    )
    NotitiePersoon.objects.bulk_create(
        [NotitiePersoon(notitie=notitie, betrokkene=persoon) for persoon in data.get("over", [])]
    )
    record(Soort.GEMAAKT, "notitie" if corrigeert is None else "verbetering", by=by, dossier=dossier, what=notitie)
    return notitie


def correct_notitie(notitie, data, *, by):
    """A new note that points to the one it corrects; the old one stays as it was."""
    return add_notitie(notitie.dossier, data, by=by, corrigeert=notitie)


@transaction.atomic
def hide_notitie(notitie, data, *, by):
    """Hide a text that was written in the wrong file; who, when and why stay visible."""
    dossier = _locked(notitie.dossier)
    check_can_manage_open(by, dossier)
    if NotitieAfscherming.objects.filter(notitie=notitie).exists():
        raise NotAllowed("Deze notitie is al afgeschermd.")
    hidden = NotitieAfscherming.objects.create(notitie=notitie, tekst=data["reden"], created_by=by)
    record(Soort.AFGESCHERMD, "notitie", by=by, dossier=dossier, what=notitie)
    return hidden


@transaction.atomic
def erase_text(row, *, reden, by=None):
    """Retention's one change to an append-only row of a dossier: its text emptied and the moment stamped, beside an
    entry that says which text, by whom (None: the system) and why. `reden` is a phrase without content."""
    dossier = row.in_dossier()
    if dossier is None or not reden.strip():
        raise ValueError("Of a dossier's rows only, and with the reason why.")
    erased = type(row)._base_manager.filter(pk=row.pk, gewist_op__isnull=True).update(tekst="", gewist_op=clock.now())
    if erased:
        record(Soort.GEWIST, reden, by=by, dossier=dossier, what=row, sleutel=str(row.pk))
    return bool(erased)
