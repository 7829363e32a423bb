"""What the audit chain holds of its entries and of the rows they cover: keyed digests (HMAC-SHA256 under AUDIT_KEY).

Of a covered row there are two: over its text, and over all its other columns, so that a text can be erased while the
rest still verifies. Both are over what the database stores: an encrypted column counts as the token that stands there,
so nothing has to be sealed anew when keys change.
"""

import hmac
import json
from datetime import UTC, datetime
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db.models import ExpressionWrapper, F, TextField

from dossiers.fields import EncryptedTextField
from dossiers.models import Gebeurtenis, Gewist

ERASABLE = ("tekst", "gewist_op")


def _plain(value):
    """A moment, a day or a UUID as it is written in a digest."""
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)


def _mac(purpose, *parts):
    message = json.dumps([purpose, *parts], ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hmac.digest(settings.AUDIT_KEY.encode(), message.encode(), "sha256").hex()


# An entry


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
        entry.created_at,
        entry.created_by_id,
        entry.dossier_id,
        entry.soort,
        entry.model,
        entry.sleutel,
        entry.tekst_digest,
        entry.inhoud,
    )


def mark(entry):
    """`128-3fa9c01b2d`: an entry as paper names it, the length of its chain then and the start of its link."""
    return f"{entry.volgnummer}-{entry.schakel[:10]}"


# The rows that entries cover


class Stored(NamedTuple):
    """An append-only row as the database stores it. `columns`: {name: value} but for its text and its erasure."""

    dossier_id: int
    model: str
    pk: int
    columns: dict
    tekst: str
    gewist_op: datetime | None

    @property
    def columns_digest(self):
        """Empty columns do not count: one that is added later leaves the digest of older rows as it is."""
        filled = {name: value for name, value in sorted(self.columns.items()) if value not in (None, "")}
        return _mac("rij", self.model, self.pk, filled)

    @property
    def text_digest(self):
        return _mac("woorden", self.model, self.pk, self.tekst)


def covered_models():
    """Every model whose rows stand in the chain of their dossier: append-only and with a text, but for the chain."""
    return [model for model in apps.get_models() if issubclass(model, Gewist) and model is not Gebeurtenis]


def _column(field):
    """The column as it stands in the database: of an encrypted field the token."""
    if isinstance(field, EncryptedTextField):
        return ExpressionWrapper(F(field.attname), output_field=TextField())
    return field.attname


def stored(rows, *, chunk_size=None):
    """Each of `rows` (a queryset of a covered model) as a Stored. One query; so many at a time with `chunk_size`."""
    model = rows.model
    fields = [field for field in model._meta.concrete_fields if field.name not in ERASABLE]
    own = [_column(model._meta.get_field(name)) for name in ERASABLE]
    values = rows.order_by().values_list(model.DOSSIER, "pk", *own, *map(_column, fields))
    names, label = [field.column for field in fields], model._meta.model_name
    found = values.iterator(chunk_size=chunk_size) if chunk_size else values
    for dossier_id, pk, tekst, gewist_op, *columns in found:
        yield Stored(dossier_id, label, pk, dict(zip(names, columns, strict=True)), tekst, gewist_op)


def read_stored(rows):
    """Each of these saved append-only rows as a Stored, in the same order. One query a model."""
    found = {}
    for model in {type(row) for row in rows}:
        pks = [row.pk for row in rows if type(row) is model]
        found |= {(model._meta.model_name, row.pk): row for row in stored(model._base_manager.filter(pk__in=pks))}
    return [found[row._meta.model_name, row.pk] for row in rows]


def write_inhoud(rows):
    """What an entry holds of the rows (Stored) that it covers."""
    seals = [[row.model, row.pk, row.columns_digest, row.text_digest] for row in rows]
    return json.dumps(seals, separators=(",", ":")) if seals else ""


def read_inhoud(inhoud):
    """The same read back: [[model, pk, digest of the columns, digest of the text]]."""
    return json.loads(inhoud) if inhoud else []
