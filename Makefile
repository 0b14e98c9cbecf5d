# Targets set themselves up: a bare Debian or Ubuntu with Python 3.11 and make is enough.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: setup run serve test check bench lock clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml requirements.lock tools/setup.sh
	@PYTHON=$(PYTHON) sh tools/setup.sh run

$(VENV)/.ready-dev: pyproject.toml requirements.lock requirements-dev.lock tools/setup.sh
	@PYTHON=$(PYTHON) sh tools/setup.sh dev

run: setup
	@$(BIN)/servanda brief cfe --on 2007-12-12
	@printf "\nTry next:\n  $(BIN)/servanda standing cfe --party RUS --on 2015-06-01\n  $(BIN)/servanda assess cfe --on 1990-11-19 --prospective\n  $(BIN)/servanda --help\n"

# The web pages on http://127.0.0.1:8000/; another port by `make serve PORT=9000`.
PORT ?= 8000
serve: setup
	@$(BIN)/servanda serve --port $(PORT)

test: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/licences.py

bench: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks

# Pinned and hashed, naming no host. Needs uv; only when dependencies change.
lock:
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --all-extras pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --all-extras --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
