# Two commands: `make demo` reads the example reports, `make test` checks everything. `make docs` makes the documentation.
# Needs Python >= 3.11 and make; all else is installed into .venv from the locks (versions and hashes pinned).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test docs dist environment test-environment web browser server screenshots lock clean

demo: environment web
	@$(BIN)/sayso demo

test: test-environment web browser server
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/coverage run -m pytest
	$(BIN)/python tests/coverage_floor.py

# The site comes to build/site, man pages to build/man; nothing is fetched. A warning is a failure.
docs: test-environment web
	@$(BIN)/python -m sphinx -W -n -q -b html -d build/trees docs build/site
	@PYTHONPATH=.:src $(BIN)/python -m docs.generate.manual build/man
	@echo "build/site/index.html" >&2

# Wheel and sdist: the time in them is that of the last commit, so the same source gives the same bytes.
dist: test-environment web
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 1577836800) $(BIN)/python -m build --no-isolation --outdir dist

# Script, map and outlines of the desk come from npm by a lock with hashes; without npm its pages read all the same.
NPM := $(shell command -v npm 2>/dev/null)
PACKED := src/sayso/web/static/packed
web: $(if $(NPM),$(PACKED)/countries.json)

$(PACKED)/countries.json: assets/package-lock.json assets/pack.py
	@echo "packing the assets of the desk (npm)" >&2
	@if timeout 180 $(NPM) ci --prefix assets --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null; \
	then $(PYTHON) assets/pack.py; \
	else echo "npm could not be reached: the desk goes without script and map" >&2; fi

# The tests in a browser need Chromium; where it cannot be had they are skipped with a word.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || test -n "$$CHROMIUM" || test "$$(id -u)" != 0 || \
	! command -v apt-get >/dev/null || { echo "installing Chromium for the tests in a browser" >&2; \
	timeout 110 sh -c 'apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium' >/dev/null 2>&1 || \
	echo "Chromium could not be installed: the tests in a browser are skipped" >&2; }

# The ledger's tests run on PostgreSQL too; where its programs cannot be had that half is skipped with a word.
server:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || test "$$(id -u)" != 0 || \
	! command -v apt-get >/dev/null || { echo "installing PostgreSQL for the tests on it" >&2; \
	timeout 110 sh -c 'apt-get -qq update && apt-get -qq install -y --no-install-recommends postgresql' >/dev/null 2>&1 || \
	echo "PostgreSQL could not be installed: the tests on it are skipped" >&2; }

screenshots: test-environment web
	$(BIN)/python -m evaluation.desk.screenshots screenshots

environment: $(VENV)/installed
test-environment: $(VENV)/installed-tests

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and f"sayso needs Python 3.11 or newer; {sys.executable} is {v[0]}.{v[1]}. Try: make PYTHON=python3.12")'
	@echo "making the environment in $(VENV) (once, about a minute)" >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python requirements/run.lock pyproject.toml
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/build.lock -r requirements/run.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-tests: $(VENV)/installed requirements/test.lock requirements/formats.lock
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/test.lock
	@timeout 400 $(BIN)/python -m pip install --quiet --require-hashes -r requirements/formats.lock >/dev/null 2>&1 || \
	echo "followthemoney could not be built (it wants libicu-dev and a C++ compiler): its test is skipped" >&2
	@touch $@

# Rewrites the locks (the only target that needs uv: `pip install uv`).
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
lock:
	echo click hatchling editables | tr ' ' '\n' | $(LOCK) - -o requirements/build.lock
	$(LOCK) pyproject.toml -o requirements/run.lock
	$(LOCK) pyproject.toml --group test -c requirements/run.lock -o requirements/test.lock
	$(LOCK) pyproject.toml --group formats -c requirements/test.lock -o requirements/formats.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage build dist
