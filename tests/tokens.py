"""What the columns really hold, read past the models: rows, and the tokens of encrypted text."""

import re

from django.apps import apps
from django.db import connection

from dossiers.fields import EncryptedTextField, decrypt

TOKEN = re.compile(r"[0-9a-f]{8}:gAAAAA[\w=-]+")
SEALED = re.compile(rf"{TOKEN.pattern}|gAAAAA[\w=-]+")  # one that names no data key too


def encrypted_fields():
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def raw(model, pk, column):
    """What a column holds: the token, where it is encrypted."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}" WHERE id = %s', [pk])
        return cursor.fetchone()[0]


def contents():
    """Every row of every table: {table: [{column: value}]}."""
    tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            columns = [column.name if hasattr(column, "name") else column[0] for column in cursor.description]
            tables[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return tables


def read_tokens(tables):
    """The text of every token, wherever in the database it stands: {(table, column): [text]}. The wraps themselves are
    no text; any other that names no data key is Unreadable."""
    found = {}
    for table, rows in tables.items():
        if table == "dossiers_datasleutel":
            continue
        for row in rows:
            for column, value in row.items():
                texts = [decrypt(token) for token in SEALED.findall(str(value))]
                if texts:
                    found.setdefault((table, column), []).extend(texts)
    return found
