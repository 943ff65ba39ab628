# The front door. `make run` needs nothing but make, Python and a network that reaches a package index.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export UV_PYTHON_DOWNLOADS ?= automatic
# Compiled once, modules load in a fraction of the time: a second start must be quick whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

PYTHON := $(shell command -v python3.12 || command -v python3 || command -v python)
# A uv that answers here, or our own in .tools (a pyenv shim of another version exists but does not answer).
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .tools/bin/uv)
PY := .venv/bin/python
NLU_UV := $(shell cd nlu && uv --version >/dev/null 2>&1 && command -v uv || echo .tools/bin/uv)

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | column -t -s $$'\t'

run: .venv/.installed catalogs  ## set everything up and start on http://127.0.0.1:8000 (Ctrl-C stops all of it)
	@$(PY) -m app.run

test: .venv/.installed nlu-env packages check  ## everything CI runs
	$(PY) -m pytest -n 2 --dist loadfile

check: .venv/.installed catalogs  ## format, lint, types, layers, catalogs, rule book, directory
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m rules.check --prove
	$(PY) -m rules.diff --check
	$(PY) -m rules.json_schema --check
	$(PY) -m tests.rules.cases.schema --check
	$(PY) -m referral_directory.ingest
	$(PY) -m pytest -q -p no:randomly tests/i18n

nlu: nlu-env  ## train the Rasa model, then report per variety
	nlu/.venv/bin/python -m nlu.train
	$(PY) -m nlu.report

nlu-benchmark: .venv/.installed  ## the same pipeline taught and judged by any CSV of text,label: TRAIN=... TEST=...
	@$(PY) -m nlu.benchmark $(TRAIN) $(TEST)

nlu-report: nlu-env  ## measure understanding with both parsers: nlu/REPORT.md, pictures, floors (many minutes)
	$(PY) -m nlu.write_report
	$(PY) -m nlu.floors

nlu-deploy: nlu-env  ## train if needed and give the model to the servers that run, without a pause
	nlu/.venv/bin/python -m nlu.deploy

bench: .venv/.installed  ## reply latency over HTTP, both parsers, 1 and 16 people (minutes)
	$(PY) -m tests.bench.bench

questions: .venv/.installed  ## how many questions until the answers are settled, beside a form and beside the optimum
	$(PY) -m rules.questions

engines: .venv/.installed  ## our rules beside zen-engine and openfisca-core (ten minutes)
	$(PY) -m tests.bench.engines

mutants: .venv/.installed  ## break the engine line by line, count what no test notices (an hour or more, resumes)
	nice $(PY) -m tests.bench.mutants

e2e: .venv/.installed packages catalogs  ## the browser journeys only
	$(PY) -m pytest tests/e2e

chat: .venv/.installed catalogs  ## talk in this terminal
	$(PY) -m app.chat

catalogs: locales/.compiled

locales/.compiled: $(wildcard locales/*/LC_MESSAGES/messages.po) | .venv/.installed
	@$(PY) -m babel.messages.frontend -q compile -d locales
	@touch $@

translations: .venv/.installed  ## after changing a sentence: refresh the template and mark stale translations fuzzy
	$(PY) -m babel.messages.frontend -q extract -F locales/babel.cfg --omit-header --add-location file --sort-by-file --no-wrap -o locales/messages.pot .
	for locale in ar_MA fr_MA; do $(PY) -m babel.messages.frontend -q update -i locales/messages.pot -d locales -l $$locale --ignore-pot-creation-date --no-wrap; done

lock: .venv/.installed  ## renew the locked requirements of both environments
	$(UV) pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml -c requirements.txt -o requirements-dev.txt
	cd nlu && $(NLU_UV) pip compile -q --upgrade --python .venv/bin/python --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml -o requirements.txt

nlu-env: nlu/.venv/.installed

packages:  ## the system packages the tests drive: Chromium, fonts, PostgreSQL, Redis
	@.ci/packages

.tools/bin/uv:
	@echo "Bringing uv ..."
	@$(PYTHON) -m venv .tools && .tools/bin/pip install -q --disable-pip-version-check uv

.venv/.installed: requirements-dev.txt | $(filter .tools/bin/uv,$(UV))
	@echo "Making the application's environment (Python 3.12) ..."
	@$(UV) venv -q --allow-existing --python 3.12 .venv
	@$(UV) pip sync -q --python $(PY) --require-hashes requirements-dev.txt
	@touch $@

nlu/.venv/.installed: nlu/requirements.txt
	@echo "Making Rasa's environment (Python 3.10; its wheels are about 700 MB) ..."
	@cd nlu && if [ "$(NLU_UV)" = .tools/bin/uv ] && [ ! -x .tools/bin/uv ]; then \
		python=$$(command -v python3.10 || command -v python3 || command -v python); \
		$$python -m venv .tools && .tools/bin/pip install -q --disable-pip-version-check uv; fi
	@cd nlu && $(NLU_UV) venv -q --allow-existing --python 3.10 .venv
	@cd nlu && $(NLU_UV) pip sync -q --python .venv/bin/python --require-hashes requirements.txt
	@touch $@

.PHONY: help run test check nlu nlu-benchmark nlu-report nlu-deploy bench questions engines mutants e2e chat catalogs translations lock nlu-env packages
