# Two commands for everyone: `make demo` tries the product, `make test` proves it.
# `make check` is what every commit passes. Each does its own set-up.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
CODE := bot intacct analytics sandbox tests benchmarks

.PHONY: demo test tour check format lock snapshots clean

demo: $(VENV)/.installed
	$(BIN)/tieout demo $(ARGS)

test: $(VENV)/.installed-dev
	sh tests/browser.sh
	$(BIN)/python -m pytest $(ARGS)

# Everything the product says and asks, in a browser; pictures and recording in build/tour/.
tour: $(VENV)/.installed-dev
	sh tests/browser.sh
	$(BIN)/python -m tests.tour $(ARGS)

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/house

format: $(VENV)/.installed-dev
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

snapshots: $(VENV)/.installed-dev
	TIEOUT_SNAPSHOTS=write $(BIN)/python -m pytest -q tests/bot/desk tests/bot/commands

# Exact versions and hashes, no addresses: whoever installs decides where packages come from.
lock: $(VENV)/.installed-dev
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra postgres pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra postgres --group dev --constraint requirements.lock pyproject.toml -o requirements-dev.lock

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements.lock pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info
