"""The journal: what people note, what changes report, and what is hidden or erased afterwards."""

from accounts import clock
from accounts.rules import NotAllowed
from accounts.transactions import action
from dossiers.actions.lock import afresh, lock
from dossiers.audit import record
from dossiers.models import Notitie, NotitieAfscherming, NotitiePersoon, Notitiesoort, Soort
from dossiers.rules import check_can_manage_open, check_can_write

VERBS = {Soort.GEMAAKT: "toegevoegd", Soort.GEWIJZIGD: "gewijzigd", Soort.GESTOPT: "beëindigd"}


def _labels(row, names):
    return ", ".join(str(row._meta.get_field(name).verbose_name) for name in names)


def changed_title(row, names):
    """`afspraak: wat, volgende controle`: what changed, as the audit record says it."""
    return f"{row._meta.verbose_name}: {_labels(row, names)}" if names else row._meta.verbose_name


def _write_down(dossier, soort, tekst, by):
    return Notitie.objects.create(dossier=dossier, soort=soort, tekst=tekst, created_by=by, gebeurd_op=clock.today())


def tell(dossier, row, soort, what, *, by, note="", notitiesoort=Notitiesoort.BEHEER, author=None, inhoud=()):
    """One Gebeurtenis that says `what` was done to `row`, in the names of fields, and with `note` one Notitie in words;
    of `author` where who did it has no account. `inhoud`: other append-only rows that the entry vouches for."""
    notes = [_write_down(dossier, notitiesoort, note, author or by)] if note else []
    return record(soort, what, by=by, dossier=dossier, what=row, inhoud=[*inhoud, *notes])


def report_change(dossier, row, soort, names, *, by, reden="", op=None, inhoud=()):
    """`tell` about the fields `names` of `row`, in the words that the row has for it; some rows keep out of the
    journal."""
    line, title = row.beschrijf(names), row._meta.verbose_name
    names = names if soort == Soort.GEWIJZIGD else ()
    what = f" ({_labels(row, names)})" if names else ""
    when = f" op {op:%d/%m/%Y}" if op else ""
    why = f". Reden: {reden}" if reden else ""
    return tell(
        dossier,
        row,
        soort,
        changed_title(row, names),
        by=by,
        note=f"{title.capitalize()} {VERBS[soort]}{when}{what}: {line}{why}" if line else "",
        notitiesoort=row.MELDING,
        inhoud=inhoud,
    )


@action
def add_notitie(dossier, data, *, by, corrigeert=None):
    """What a person writes down: `data` holds soort, gebeurd_op, tekst, over (people) and bron."""
    dossier = lock(dossier)
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
    what = "notitie" if corrigeert is None else "verbetering"
    tell(dossier, notitie, Soort.GEMAAKT, what, by=by, inhoud=[notitie])
    return notitie


def _check_stands(notitie):
    if afresh(notitie).gewist_op:
        raise NotAllowed("De tekst van deze notitie is gewist.")
    if NotitieAfscherming.objects.filter(notitie=notitie).exists():
        raise NotAllowed("Deze notitie is al afgeschermd.")


@action
def correct_notitie(notitie, data, *, by):
    """A new note that points to the one it corrects; the old one stays as it was."""
    lock(notitie.dossier)
    _check_stands(notitie)
    return add_notitie(notitie.dossier, data, by=by, corrigeert=notitie)


@action
def hide_notitie(notitie, data, *, by):
    """Hide a text that was written in the wrong file; who, when and why stay visible."""
    dossier = lock(notitie.dossier)
    check_can_manage_open(by, dossier)
    _check_stands(notitie)
    hidden = NotitieAfscherming.objects.create(notitie=notitie, tekst=data["reden"], created_by=by)
    tell(dossier, notitie, Soort.AFGESCHERMD, "notitie", by=by, inhoud=[hidden])
    return hidden


@action
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
