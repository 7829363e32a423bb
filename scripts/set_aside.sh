#!/usr/bin/env bash
# set_aside.sh var/demo: put the SQLite database of that name aside, with what belongs to it and a copy of its key.
set -euo pipefail
aside=$1-$(date +%Y-%m-%d-%H%M%S)-van-voor
for part in .sqlite3-wal .sqlite3-shm .sqlite3; do
  [ ! -e "$1$part" ] || mv --no-clobber "$1$part" "$aside$part"
done
cp --preserve "$1.key" "$aside.key"
echo "$1.sqlite3 staat nu als $aside.sqlite3 apart, met haar sleutel ernaast; de demo begint opnieuw."
