# Everything is built from this folder into .venv/ and var/. PYTHON chooses the interpreter (3.11 or newer).
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
BROWSER_ON ?= postgres sqlite

# Every test process would compile all code again.
unexport PYTHONDONTWRITEBYTECODE

# The caller's environment does not reach the application: each target says itself what it runs with.
unexport $(shell sed -n 's/^\([A-Z_]*\)=.*/\1/p' .env.example) DJANGO_SETTINGS_MODULE

key = $$(.venv/bin/python -c 'import secrets; print(secrets.token_hex(32))')
sqlite = DATABASE_URL="sqlite:///$(CURDIR)/var/$(1).sqlite3"
demo_env = DEMO=true SECRET_KEY="$$(cat var/demo.key)" $(call sqlite,demo)
test_env = HTTPS=false SECRET_KEY=secret-of-the-tests AUDIT_KEY=audit-of-the-tests FIELD_KEYS=field-of-the-tests
live_env = SECRET_KEY="$(key)" AUDIT_KEY="$(key)" FIELD_KEYS="$(key)" ALLOWED_HOSTS=localhost $(call sqlite,check)
manage = .venv/bin/python manage.py
templates = find templates -name '*.html' -exec .venv/bin/djade

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

## Installation

# $(call lacks,test,packages): the Debian packages to install when the test fails
lacks = $(shell $(1) >/dev/null 2>&1 || echo $(2))
lacks_library = $(call lacks,$(PYTHON) -c 'from ctypes import CDLL; CDLL("$(1)")',$(2))

# $(call debian,packages): install them where that is allowed, otherwise say in one line what is missing
define debian
@test -z "$(strip $(1))" || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	&& echo "Installing Debian packages: $(strip $(1))" \
	&& { apt-get -qq update || true; } \
	&& DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends $(strip $(1)) >/dev/null; } \
	|| echo "Missing Debian packages: $(strip $(1))" >&2
endef

build_packages = $(call lacks,$(PYTHON) -c 'import ensurepip',python3-venv) \
	$(call lacks,command -v gcc,gcc libc6-dev) \
	$(call lacks,command -v pg_config,libpq-dev) \
	$(call lacks,$(PYTHON) -c 'from sysconfig import get_path; open(get_path("include") + "/Python.h")',python3-dev)
pdf_packages = $(call lacks_library,libpango-1.0.so.0,libpango-1.0-0) \
	$(call lacks_library,libpangoft2-1.0.so.0,libpangoft2-1.0-0) \
	$(call lacks_library,libharfbuzz-subset.so.0,libharfbuzz-subset0)
browser_packages = $(call lacks,command -v chromium,chromium)

install: .venv/installed ## Make .venv from the lock files

.venv/installed: requirements-dev.lock requirements-psycopg2.lock requirements-psycopg2-binary.lock
	$(call debian,$(build_packages) $(pdf_packages))
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=..." if sys.version_info < (3, 11) else 0)'
	@echo "Installing Python packages in .venv"
	@$(PYTHON) -m venv .venv
	@.venv/bin/pip install -qq --require-hashes -r requirements-dev.lock
# The driver is built from source where that can be done; the two would overwrite each other.
	@use=psycopg2-binary; other=psycopg2; \
	if pg_config --version && gcc --version && \
		.venv/bin/python -c 'from sysconfig import get_path; open(get_path("include") + "/Python.h")'; \
	then use=psycopg2; other=psycopg2-binary; fi >/dev/null 2>&1; \
	.venv/bin/pip uninstall -qq --yes $$other; \
	.venv/bin/pip install -qq --require-hashes -r requirements-$$use.lock
	@touch $@

lock: ## Compile the lock files from pyproject.toml (ARGS=--upgrade for newer versions)
	@uv=$$(mktemp -d); trap 'rm -rf $$uv' EXIT; set -e; \
	$(PYTHON) -m venv $$uv; $$uv/bin/pip install -qq uv; \
	compile="$$uv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(ARGS)"; \
	$$compile pyproject.toml -o requirements.lock; \
	$$compile pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock; \
	for driver in psycopg2 psycopg2-binary; do $$compile --group $$driver -o requirements-$$driver.lock; done
	@! grep -n '://' requirements*.lock

clean: ## Remove what was built, .venv included; what is in var/ stays
	@rm -rf .venv var/static .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -prune -exec rm -rf {} +

## Running

demo: install ## A demonstration on 127.0.0.1:8000 (PORT=...), kept in var/demo.sqlite3
	@mkdir -p var
	@test -s var/demo.key || (umask 077; echo "$(key)" > var/demo.key)
	@$(demo_env) $(manage) migrate --verbosity 0
# It refuses once the beheerder made accounts of her own; what is there stays, and the demonstration starts.
	-@$(demo_env) $(manage) load_demo
	@$(demo_env) $(manage) collectstatic --no-input --verbosity 0
	@echo "http://127.0.0.1:$(PORT)/"
	@$(demo_env) exec .venv/bin/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --workers 2 \
		--max-requests 500 --max-requests-jitter 50 --no-control-socket --log-level warning

## Tests (ARGS="-k word" goes to pytest)

# One PostgreSQL server for all parts; what fails does not keep the next part from running.
PARTS = test-pg test-sqlite $(BROWSER_ON:%=browser-%)
test: static chromium ## All tests: PostgreSQL, what could differ on SQLite, browser stories
	@scripts/with_postgres.sh --or-without $(MAKE) parts

parts:
	@failed=; for part in $(PARTS); do echo "== $$part"; $(MAKE) $$part || failed+=" $$part"; done; \
	if [ -n "$$failed" ]; then echo "FAILED:$$failed (make ... runs one)" >&2; exit 1; fi; echo "Passed: $(PARTS)"

# The hashed names of static files, as in production: a file that is missing there fails here.
static: var/static/staticfiles.json
var/static/staticfiles.json: .venv/installed $(shell find static -mindepth 1)
	@mkdir -p var
	@$(test_env) .venv/bin/python scripts/collect_static.py

test-pg: static ## The whole suite on PostgreSQL: TEST_DATABASE_URL, or a private server
	$(test_env) scripts/with_postgres.sh .venv/bin/pytest -n auto $(ARGS)

test-sqlite: static ## The tests that could differ on SQLite
	$(test_env) $(call sqlite,test) .venv/bin/pytest -n auto -m "both and not browser and not bench" $(ARGS)

quick: static ## The tests to run at every save, on SQLite
	$(test_env) $(call sqlite,test) .venv/bin/pytest -n auto -q -m "quick and not browser and not bench" $(ARGS)

browser: $(BROWSER_ON:%=browser-%) ## The browser stories, on SQLite the main one (BROWSER_ON="postgres sqlite")

browser-postgres: static chromium
	$(test_env) DJANGO_ALLOW_ASYNC_UNSAFE=true scripts/with_postgres.sh .venv/bin/pytest -m browser $(ARGS)

browser-sqlite: static chromium
	$(test_env) $(call sqlite,test) DJANGO_ALLOW_ASYNC_UNSAFE=true .venv/bin/pytest -m "browser and both" $(ARGS)

chromium:
	$(call debian,$(browser_packages))

bench: static ## The measurements, on PostgreSQL
	$(test_env) scripts/with_postgres.sh .venv/bin/pytest -m bench -s $(ARGS)

## Checks

check: static ## Format, lint, templates, direction of imports, migrations, settings of production
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	$(templates) --check {} +
	.venv/bin/lint-imports --no-logo
	@echo "manage.py makemigrations --check"; $(live_env) $(manage) makemigrations --check --dry-run
	@echo "manage.py check --deploy"; $(live_env) $(manage) check --deploy --fail-level WARNING

fix: install ## Let the tools repair format and lint
	.venv/bin/ruff check --fix --exit-zero .
	.venv/bin/ruff format .
	$(templates) {} + || true # djade answers 1 when it changed something

.PHONY: help install lock clean demo test parts static test-pg test-sqlite quick browser browser-postgres browser-sqlite \
	chromium bench check fix
