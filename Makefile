# `make run` opens the product, `make test` proves it; both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export HF_HUB_OFFLINE := 1

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test check bench chaos fuzz eval samples reader clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(VENV)/.installed  ## create .venv with the locked requirements

install-dev: $(VENV)/.installed-dev  ## the same with the tools for checks and tests

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' \
	  || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing the locked requirements (a few minutes the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt \
	  || { echo "pip could not install requirements.txt: see the line above. Is the package registry reachable?"; exit 1; }
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements-dask.txt requirements-redis.txt $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt \
	  || { echo "pip could not install requirements-dev.txt: see the line above."; exit 1; }
	@touch $@

run: install  ## open the product on http://127.0.0.1:7860
	$(BIN)/python app.py

check: install-dev  ## format, lint, types, who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check  ## all checks, then all tests
	$(BIN)/python -m pytest

chaos: install-dev  ## kills processes at random moments of their work, for minutes
	$(BIN)/python -m pytest tests/chaos -m chaos -s

eval: install-dev  ## quality figures, against their floors; written down for the Quality page
	CRM_QUALITY=docs/quality.json $(BIN)/python -m pytest tests/evals -m eval -s

fuzz: install-dev  ## 5,000 requests from the API's own description
	$(BIN)/python -m pytest tests/evals/test_fuzz.py -m eval -s

bench: install-dev  ## speed figures; latencies are written down for the Quality page
	CRM_QUALITY=docs/quality.json $(BIN)/python -m tests.bench


samples: install  ## write data/samples anew from the stories
	$(BIN)/python -m crm.demo

reader: install  ## learn the reader's weights anew from data/labelled (half an hour), into data/reader
	$(BIN)/python -m crm.engagement.reader_training

clean:  ## remove the environment and the caches, never the data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
