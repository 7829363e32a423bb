#!/usr/bin/env bash
# Run a command against PostgreSQL: with_postgres.sh [--or-without] COMMAND...
# DATABASE_URL becomes TEST_DATABASE_URL when that is set, else a private server made for this run and gone after it.
# The command finds the server in TEST_DATABASE_URL too: what it runs with this script runs on the same server.
# With --or-without the command runs where no server can be had, and says so itself.
set -euo pipefail

or_without=
[ "$1" != --or-without ] || { or_without=yes; shift; }

if [ -n "${TEST_DATABASE_URL:-}" ]; then
  DATABASE_URL=$TEST_DATABASE_URL exec "$@"
fi

bin=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -n 1 || true) # the newest of Debian
bin=${bin:-$(readlink -f "$(command -v initdb)" || true)}
bin=${bin%/initdb}
as_server=(env)
[ "$(id -u)" != 0 ] || as_server=(runuser -u postgres --) # PostgreSQL refuses to run as root
if [ -z "$bin" ] || ! "${as_server[@]}" true 2>/dev/null; then
  [ -z "$or_without" ] || exec "$@"
  echo "##############################################################################################" >&2
  echo "##  NOT RUN ON POSTGRESQL: install it (Debian: postgresql) or set TEST_DATABASE_URL.        ##" >&2
  echo "##############################################################################################" >&2
  [ "${CI:-}" != true ] || exit 1
  exit 0
fi

dir=$("${as_server[@]}" mktemp -d /tmp/stap5-postgres-XXXXXX)
server() (cd "$dir" && "${as_server[@]}" "$@")
stop() {
  [ ! -f "$dir/data/postmaster.pid" ] || server "$bin/pg_ctl" stop --silent --pgdata=data --mode=fast
  rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

PGPASSWORD=$(python3 -c 'import secrets; print(secrets.token_hex())')
PGPORT=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PGPASSWORD PGPORT PGHOST=127.0.0.1 PGUSER=stap5 PGDATABASE=stap5

server tee password <<<"$PGPASSWORD" >/dev/null
server "$bin/initdb" --pgdata=data --username="$PGUSER" --auth=scram-sha-256 --pwfile=password \
  --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/log"
# The data is thrown away: nothing has to survive a power cut.
server "$bin/pg_ctl" start --silent --wait --pgdata=data --log=server.log --options="\
  -c listen_addresses=$PGHOST -c port=$PGPORT -c unix_socket_directories=$dir \
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off" || { cat "$dir/server.log" >&2; exit 1; }
"$bin/createdb" "$PGDATABASE"

export TEST_DATABASE_URL="postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE"
DATABASE_URL=$TEST_DATABASE_URL "$@"
