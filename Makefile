# Every habit of this project. Each target does its own set-up and is fast the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready
# One more than there are cores: many tests wait for terminals and connections.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)
CODE := reports annotations reviewer tests benchmarks

.PHONY: demo run test lint types format locale storm bench shots clean help

help:            ## list the targets
	@grep -E '^[a-z]+: .*##|^[a-z]+:  +##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "reviewer needs Python 3.11 or newer")'
	@echo 'Setting up in $(VENV), once; this takes a minute at most.'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[formats,office]'
	$(BIN)/python -m compileall -q reports annotations reviewer
	touch $@

$(READY): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: $(INSTALLED) ## open the sample reports in the terminal
	@$(BIN)/reviewer demo

run: $(READY)    ## open your own database
	@$(BIN)/reviewer

test: lint types ## lint, types, layers and every test
	$(BIN)/python -m pytest -n $(WORKERS)

lint: $(READY)   ## ruff: rules and format
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types: $(READY)  ## mypy --strict
	$(BIN)/mypy

format: $(READY) ## rewrite the code in the house format
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

locale: $(READY) ## collect the user-facing texts and compile the translations
	$(BIN)/python -m reviewer.locale.build

storm: $(READY)  ## many sessions at once, killed and crowded, for some minutes
	$(BIN)/python -m tests.storms
	FUZZ_BYTES=1000000 $(BIN)/python -m pytest tests/terminal/test_fuzz.py
	IDLE_SECONDS=60 $(BIN)/python -m pytest tests/terminal/test_company.py

bench: $(READY)  ## the benchmark table
	$(BIN)/python -m benchmarks

shots: $(READY)  ## pictures of the screens for the README
	$(BIN)/python -m docs.shots

clean:           ## remove what the targets made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
