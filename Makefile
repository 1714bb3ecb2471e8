# What one does with this house. `make` alone lists it.
# Nothing here is installed outside .venv, and what is already there is not made again.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(firstword $(foreach one,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(one) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(one))))

LANGUAGES := es pt
CATALOGUES := $(foreach one,$(LANGUAGES),ropa/translations/$(one)/LC_MESSAGES/messages.po)
COMPILED := $(wildcard $(CATALOGUES))
COMPILED := $(COMPILED:.po=.mo)

.PHONY: help
help: ## List what can be made.
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: $(VENV)/run.stamp $(COMPILED) ## Serve the register on http://127.0.0.1:8000 (makes all it needs; keeps the data).
	@$(BIN)/ropa db upgrade
	@$(BIN)/ropa seed
	@$(BIN)/ropa run

.PHONY: test
test: check ## Check style, types and floors, then run every test on SQLite and PostgreSQL.
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

.PHONY: check
check: $(VENV)/dev.stamp $(COMPILED) ## Check style and types only.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

.PHONY: bench
bench: $(VENV)/dev.stamp $(COMPILED) ## Measure reading, list page, search, rules and files against their floors.
	@$(BIN)/python -m tests.bench $(BENCH_ARGS)

.PHONY: tour
tour: $(VENV)/dev.stamp $(COMPILED) ## Take the pictures of the README anew, in headless Chromium.
	@$(BIN)/python -m tests.tour

.PHONY: golden
golden: $(VENV)/dev.stamp $(COMPILED) ## Keep the cells of the record anew; read what changed before you commit it.
	@$(BIN)/python -m tests.golden

.PHONY: mutants
mutants: $(VENV)/dev.stamp ## Alter the rules one sign at a time, and count what their examples notice.
	@$(BIN)/python -m tests.mutation $(MUTANTS_ARGS)

.PHONY: fuzz
fuzz: $(VENV)/dev.stamp $(COMPILED) ## Make thousands of registers of hostile text, and read back every file of each.
	@$(BIN)/python -m tests.fuzz $(FUZZ_ARGS)

.PHONY: format
format: $(VENV)/dev.stamp ## Format the code and mend what the linter can mend.
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

.PHONY: translations
translations: $(VENV)/dev.stamp ## Gather what people read, and bring the catalogues of es and pt up to date.
	@$(BIN)/pybabel --quiet extract --mapping ropa/translations/babel.cfg \
		--no-default-keywords --keywords _ --add-location file --sort-by-file --no-wrap \
		--project ropa --output ropa/translations/messages.pot \
		ropa templates
	@for one in $(LANGUAGES); do \
		$(BIN)/pybabel --quiet update --init-missing --no-fuzzy-matching --ignore-obsolete --no-wrap \
			--ignore-pot-creation-date --locale $$one \
			--input-file ropa/translations/messages.pot --output-dir ropa/translations; \
	done

.PHONY: lock
lock: $(VENV)/dev.stamp ## Choose the newest allowed versions again and write both lock files.
	@$(call lock,requirements.lock,--upgrade)
	@$(call lock,requirements-dev.lock,--upgrade --group dev --constraint requirements.lock)

.PHONY: clean
clean: ## Remove the environment and what was compiled; the data in instance/ stays.
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	rm -f ropa/translations/*/LC_MESSAGES/*.mo
	find ropa tests -name __pycache__ -type d -prune -exec rm -rf {} +

# ------------------------------------------------------------------ how it is done

# The environment, for whoever has Python and nothing else.
$(BIN)/python:
	@test -n "$(PYTHON)" || { \
		echo "The register needs Python 3.11 or newer, and none was found on this machine."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "The register needs Python 3.11 or newer; $(PYTHON) is older."; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python could not make an environment; on Debian and Ubuntu, install python3-venv."; exit 1; }

# The development lock holds the same versions as the other one and more, so either satisfies `run`.
$(VENV)/run.stamp: requirements.lock pyproject.toml $(BIN)/python
	@$(call install,requirements.lock)
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml $(BIN)/python
	@$(call install,requirements-dev.lock)
	@touch $@ $(VENV)/run.stamp

%.mo: %.po $(VENV)/run.stamp
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ \
		--locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

define install
	echo "Installing what $(1) names."; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1) && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

# setuptools is locked too, so that installing the project itself asks no index for anything.
define lock
	echo 'setuptools>=77' | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--extra postgres --extra pdf \
		$(2) --output-file $(1) pyproject.toml - >/dev/null
endef
