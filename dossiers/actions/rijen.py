"""The one way in which editable rows come to be, change and stop: the dossier's and the plan's alike.

`data` is what a form's `cleaned_data` is: values by field name, lists of rows for many-to-many fields.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder

from accounts.transactions import action
from dossiers.actions.journaal import changed_title, report_change, tell
from dossiers.actions.lock import afresh, forget_facts, lock
from dossiers.fields import EncryptedTextField
from dossiers.models import Revisie, Soort
from dossiers.rules import check_can_write, check_runs


class Conflict(Exception):
    """Somebody else saved this row since it was read; `row` is what stands there now."""

    def __init__(self, row):
        super().__init__("Iemand anders bewaarde dit intussen.")
        self.row = row


def _is_same(row, dossier):
    return isinstance(row, type(dossier)) and row.pk == dossier.pk


def _split(model, data):
    """`data` as (values of columns, lists of many-to-many fields)."""
    many = {field.name for field in model._meta.many_to_many}
    columns = {field.name for field in model._meta.concrete_fields}
    return (
        {name: value for name, value in data.items() if name in columns},
        {name: list(value) for name, value in data.items() if name in many},
    )


def _content(row):
    """What a row holds, as JSON values: encrypted columns as tokens, other rows by their sleutel."""
    content = {}
    for field in row._meta.concrete_fields:
        if not field.editable or field.primary_key:
            continue
        value = getattr(row, field.name) if field.is_relation else field.value_from_object(row)
        if field.is_relation:
            value = getattr(value, "sleutel", None) or (str(value) if value else None)
        elif isinstance(field, EncryptedTextField):
            value = field.get_prep_value(value)
        content[field.name] = value
    for field in row._meta.many_to_many:
        content[field.name] = sorted(str(other.sleutel) for other in getattr(row, field.name).all())
    return content


def _changed(row, values, many):
    """Names of the fields whose value in `values` or `many` differs from what `row` holds."""
    names = [name for name, value in values.items() if getattr(row, name) != value]
    for name, others in many.items():
        if set(getattr(row, name).all()) != set(others):
            names.append(name)
    return names


@action
def create_row(model, houder, data, *, by, check=check_can_write, report=True):
    """A new row held by `houder`, in its journal and its audit record. `report=False` where the caller does both."""
    dossier = lock(houder)
    check(by, dossier)
    if not _is_same(houder, dossier):
        check_runs(afresh(houder))
    values, many = _split(model, data)
    row = model(**{model.HOUDER: houder, "created_by": by, **values})
    row.save(force_insert=True)
    for name, others in many.items():
        getattr(row, name).set(others)
    forget_facts(dossier)
    if report:
        report_change(dossier, row, Soort.GEMAAKT, values | many, by=by)
    return row


def _keep(dossier, row, by):
    """What `row` holds, kept before it changes; nothing of a row whose texts must not outlive their change."""
    if not row.KEEPS_REVISIES:
        return []
    kept = Revisie.objects.create(
        dossier=dossier,
        model=row._meta.model_name,
        sleutel=str(row.sleutel),
        versie=row.versie,
        tekst=json.dumps(_content(row), cls=DjangoJSONEncoder, ensure_ascii=False),
        created_by=by,
    )
    return [kept]


def report_fields(dossier, row, names, *, by, inhoud):
    """The default report of `set_facts`: which fields changed, in the journal too."""
    report_change(dossier, row, Soort.GEWIJZIGD, names, by=by, inhoud=inhoud)


def record_fields(dossier, row, names, *, by, inhoud):
    """The same in the audit record alone, where the journal says it already or does not say it at all."""
    tell(dossier, row, Soort.GEWIJZIGD, changed_title(row, names), by=by, inhoud=inhoud)


def telling(soort, what, *, besides=(), **told):
    """A report that says `what` was done, as `tell` takes it. `besides`: append-only rows that came with it."""

    def report(dossier, row, names, *, by, inhoud):
        tell(dossier, row, soort, what, by=by, inhoud=[*inhoud, *besides], **told)

    return report


@action
def set_facts(row, facts, *, by, check=check_can_write, versie=None, report=report_fields, touch=False):
    """`row` as it is once `facts` hold. Every save of a row: its dossier locked, looked at again, the old content kept
    in Revisie, one version more, and reported.

    `report(dossier, row, changed names, by=, inhoud=)` passes `inhoud` to its entry. `versie`: what the change was made
    upon; Conflict when another stands there. Nothing changed, nothing written, unless `touch`: rows around it changed.
    NotAllowed when `check` refuses, or when the row has ended meanwhile.
    """
    dossier = lock(row)
    check(by, dossier)
    current = dossier if _is_same(row, dossier) else afresh(row)
    check_runs(current)
    if versie is not None and current.versie != versie:
        raise Conflict(current)
    values, many = _split(type(row), facts)
    changed = _changed(current, values, many)
    if not changed and not touch:
        return current
    kept = _keep(dossier, current, by)
    for name, value in values.items():
        setattr(current, name, value)
    current.versie += 1
    current.save(force_update=True)
    for name, others in many.items():
        getattr(current, name).set(others)
    forget_facts(dossier)
    report(dossier, current, changed, by=by, inhoud=kept)
    return current


def change_row(row, data, *, versie, by, check=check_can_write, report=report_fields):
    """Save what somebody typed over version `versie` of `row`."""
    return set_facts(row, data, versie=versie, by=by, check=check, report=report)


def stop_row(row, data, *, by, check=check_can_write, **facts):
    """End `row` on `data["datum"]` for `data["reden"]`; `facts`: what holds besides from then on."""
    datum, reden = data["datum"], data["reden"]

    def report(dossier, row, changed, *, by, inhoud):
        report_change(dossier, row, Soort.GESTOPT, [], by=by, reden=reden, op=datum, inhoud=inhoud)

    facts |= {"gestopt_op": datum, "gestopt_reden": reden}
    return set_facts(row, facts, by=by, check=check, report=report)
