"""What a database is made of, as lines of text: two that came about in other ways can be compared."""

import re

POSTGRESQL = """
SELECT format('%s.%s %s%s%s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
              CASE WHEN a.attnotnull THEN ' NOT NULL' END, ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid),
              a.attidentity)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""
CASTS = r"::(character varying|text|bigint|integer|smallint|uuid|date)(\[\])?|[()]"
SQLITE = "SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
QUOTED = r"""'[^']*'|"[^"]*\""""


def definitions(sql):
    """The columns and constraints of a CREATE TABLE of SQLite, without their order."""
    body = sql[sql.index("(") + 1 : sql.rindex(")")]
    parts, depth = [""], 0
    for piece in re.findall(rf"{QUOTED}|[(),]|[^(),'\"]+", body):
        depth += (piece == "(") - (piece == ")")
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [" ".join(part.split()) for part in parts]


def schema(connection):
    """Every column, constraint, index, trigger and function, sorted. The order of columns says nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
            # A dump writes the casts and brackets of a check otherwise than the database did that it was made from.
            return sorted(re.sub(CASTS, "", line) if " CHECK " in line else line for (line,) in cursor.fetchall())
        cursor.execute(SQLITE)
        lines = []
        for kind, table, sql in cursor.fetchall():
            parts = definitions(sql) if kind == "table" else [" ".join(sql.split())]
            lines += [f"{kind} {table}: {part}" for part in parts]
        return sorted(lines)
