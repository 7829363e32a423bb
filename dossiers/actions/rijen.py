"""The one way in which editable rows come to be, change and stop: the dossier's and the plan's alike.

`data` is what a form's `cleaned_data` is: values by field name, lists of rows for many-to-many fields.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from dossiers.actions.journaal import report_change
from dossiers.fields import EncryptedTextField
from dossiers.models import Dossier, Revisie, Soort
from dossiers.rules import check_can_write


class Conflict(Exception):
    """Somebody else saved this row since it was read; `row` is what stands there now."""

    def __init__(self, row):
        super().__init__("Iemand anders bewaarde dit intussen.")
        self.row = row


def lock(houder):
    """The dossier of `houder`, locked until the end of the transaction and read afresh."""
    return Dossier.objects.select_for_update().get(pk=houder.in_dossier().pk)


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


@transaction.atomic
def create_row(model, houder, data, *, by, check=check_can_write, report=True):
    """A new row held by `houder`, in its journal and its audit record. `report=False` where the caller does both."""
    dossier = lock(houder)
    check(by, dossier)
    values, many = _split(model, data)
    row = model(**{model.HOUDER: houder, "created_by": by, **values})
    row.save(force_insert=True)
    for name, others in many.items():
        getattr(row, name).set(others)
    if report:
        report_change(dossier, row, Soort.GEMAAKT, values | many, by=by)
    return row


@transaction.atomic
def change_row(row, data, *, versie, by, check=check_can_write, report=True):
    """Save `data` over version `versie` of `row`; Conflict when another version stands there. The old content goes
    to Revisie. Nothing changed, nothing written. `report=False` where another row's report says it already."""
    dossier = lock(row)
    check(by, dossier)
    model = type(row)
    current = model._base_manager.get(pk=row.pk)
    values, many = _split(model, data)
    if current.versie != versie:
        raise Conflict(current)
    changed = _changed(current, values, many)
    if not changed:
        return current
    Revisie.objects.create(
        dossier=dossier,
        model=model._meta.model_name,
        sleutel=str(current.sleutel),
        versie=versie,
        tekst=json.dumps(_content(current), cls=DjangoJSONEncoder, ensure_ascii=False),
        created_by=by,
    )
    if not model._base_manager.filter(pk=row.pk, versie=versie).update(versie=versie + 1):
        raise Conflict(model._base_manager.get(pk=row.pk))
    current.versie = versie + 1
    for name, value in values.items():
        setattr(current, name, value)
    current.save(force_update=True)
    for name, others in many.items():
        getattr(current, name).set(others)
    if report:
        report_change(dossier, current, Soort.GEWIJZIGD, changed, by=by)
    return current


@transaction.atomic
def stop_row(row, data, *, by, check=check_can_write):
    """End `row` on `data["datum"]` for `data["reden"]`. Stopping twice changes nothing."""
    dossier = lock(row)
    check(by, dossier)
    current = type(row)._base_manager.get(pk=row.pk)
    if current.gestopt_op:
        return current
    current.gestopt_op, current.gestopt_reden = data["datum"], data["reden"]
    current.versie += 1
    current.save(update_fields=["gestopt_op", "gestopt_reden", "versie"])
    report_change(dossier, current, Soort.GESTOPT, [], by=by, reden=data["reden"], op=data["datum"])
    return current
