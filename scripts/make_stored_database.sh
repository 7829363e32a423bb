#!/usr/bin/env bash
# Make the stored databases of tests/opwaarderen from this code: the demonstration on SQLite and on PostgreSQL, with the
# anchors of their audit chains and the list of their migrations. Once a version is out they stay as they are, for they
# stand for the databases that are out there (ADR 0018).
set -euo pipefail
cd "$(dirname "$0")/.."
stored=tests/opwaarderen
export DEMO=true HTTPS=false SECRET_KEY=secret-of-the-tests AUDIT_KEY=audit-of-the-tests FIELD_KEYS=field-of-the-tests

fill() { # fill NAME: the database of DATABASE_URL, and its anchor
  .venv/bin/python manage.py migrate --verbosity 0
  .venv/bin/python manage.py load_demo >/dev/null
  rm -f "$stored/$1.anker.json"
  .venv/bin/python manage.py verify_gebeurtenissen --anker "$stored/$1.anker.json" --nieuw-anker
}

case "${1:-}" in
  sqlite)
    dir=$(mktemp -d)
    trap 'rm -rf "$dir"' EXIT
    DATABASE_URL=sqlite:///$dir/demo.sqlite3 fill sqlite
    .venv/bin/python -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("VACUUM INTO ?", sys.argv[2:])' \
      "$dir/demo.sqlite3" "$dir/small.sqlite3"
    xz -9e --stdout "$dir/small.sqlite3" >"$stored/databank.sqlite3.xz"
    ;;
  postgresql) # as INSERTs and without commands of psql: any driver can load it
    fill postgresql
    pg_dump --no-owner --no-privileges --no-comments --inserts --rows-per-insert=100 |
      sed -E '/^\\(un)?restrict /d' | xz -9e >"$stored/databank.sql.xz"
    ;;
  *)
    "$0" sqlite
    env -u TEST_DATABASE_URL CI=true scripts/with_postgres.sh "$0" postgresql
    cp docs/migrations.sha256 "$stored/"
    ls -l "$stored"
    ;;
esac
