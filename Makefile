# Two commands do all the set-up: `make site` builds and shows where, `make test` tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING = 1

.PHONY: site serve test check lint clean
.DEFAULT_GOAL := site

site: $(VENV)/.installed  ## Build every locale into site/
	$(BIN)/fiches check
	$(BIN)/fiches build
	@echo
	@echo "The site is in site/. To look at it:"
	@echo "    $(PYTHON) -m http.server --directory site 8000"
	@echo "then open http://localhost:8000/ (French) or http://localhost:8000/en/ (English)."

serve: $(VENV)/.installed  ## Show the French site and rebuild it on every change
	$(BIN)/fiches serve

check: $(VENV)/.installed  ## Look for faults in sheets and catalogs
	$(BIN)/fiches check

test: $(VENV)/.tested  ## Run every check and test, as CI does
	$(BIN)/ruff check generator tests tools bench hatch_build.py
	$(BIN)/ruff format --check generator tests tools bench hatch_build.py
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 $(PYTEST)

lint: $(VENV)/.tested
	$(BIN)/ruff format generator tests tools bench hatch_build.py
	$(BIN)/ruff check --fix generator tests tools bench hatch_build.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[pdf]'
	@touch $@

$(VENV)/.tested: pyproject.toml tests/package.json tests/system.sh $(VENV)/.installed
	sh tests/system.sh
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[pdf,test,dev]'
	npm install --prefix tests --no-audit --no-fund --loglevel=error
	@touch $@

clean:
	rm -rf site dist .fiches $(VENV) tests/node_modules
