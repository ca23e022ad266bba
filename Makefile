# Two commands: `make demo` reads the example reports, `make test` checks everything.
# Needs Python >= 3.11 and make; all else is installed into .venv from the locks (versions and hashes pinned).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test environment test-environment lock clean

demo: environment
	@$(BIN)/sayso demo

test: test-environment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/coverage run -m pytest
	$(BIN)/python tests/coverage_floor.py

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

$(VENV)/installed-tests: $(VENV)/installed requirements/test.lock
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/test.lock
	@touch $@

# Rewrites the locks (the only target that needs uv: `pip install uv`).
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
lock:
	echo hatchling editables | tr ' ' '\n' | $(LOCK) - -o requirements/build.lock
	$(LOCK) pyproject.toml -o requirements/run.lock
	$(LOCK) pyproject.toml --group test -c requirements/run.lock -o requirements/test.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage build dist
