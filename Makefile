# `make demo` shows what the project does; `make test` and `make check` are what CI runs.
PYTHON ?= python3
export NO_MKDOCS_2_WARNING := 1
BIN := .venv/bin
UV := $(BIN)/uv
DEMO := demo-output
COMPILE := $(UV) pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes --no-annotate --quiet
COMPILE += --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --group build

.PHONY: demo test check bench docs lock clean help

help: ## Show what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

demo: .venv/.ready ## Install, read the sample briefings, then collect returns and publish a bulletin
	@mkdir -p $(DEMO)
	$(BIN)/tallyroom read examples/briefings --format html --output $(DEMO)/briefings.html
	$(BIN)/tallyroom read examples/briefings --leftovers
	@echo
	@echo "The same with every figure marked in its text: $(CURDIR)/$(DEMO)/briefings.html"
	$(BIN)/python tools/demo.py $(DEMO)

test: .venv/.ready-dev ## Run all tests
	$(BIN)/pytest -n auto --dist loadgroup -q

check: .venv/.ready-dev ## Check format, style, types, codebooks and documentation
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/tallyroom codebook check
	$(BIN)/mkdocs build --strict --quiet

bench: .venv/.ready-dev ## Measure accuracy, speed and memory
	$(BIN)/python bench/run.py

docs: .venv/.ready-dev ## Write the generated pages anew and build the documentation
	$(BIN)/python tools/generate_docs.py
	$(BIN)/mkdocs build --strict --quiet
	@echo "The documentation: $(CURDIR)/site/index.html"

lock: .venv/.uv ## Pin all dependencies, with hashes
	$(COMPILE) --upgrade -o requirements.lock
	$(COMPILE) --upgrade --group dev --group docs --constraint requirements.lock -o requirements-dev.lock
	echo uv | $(UV) pip compile - --universal --generate-hashes --no-annotate --quiet --no-emit-index-url \
		--no-emit-find-links --custom-compile-command "make lock" --python-version 3.11 -o requirements-uv.lock

clean: ## Remove what was made
	rm -rf .venv $(DEMO) site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# pip brings uv, and uv brings the rest: seconds in place of minutes. Hashes are checked both times.
.venv/.uv: requirements-uv.lock
	$(PYTHON) -m venv .venv || (echo "Python 3.11 with venv is needed: apt-get install python3-venv" && false)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

.venv/.ready: .venv/.uv requirements.lock pyproject.toml
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-dev: .venv/.ready requirements-dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@
