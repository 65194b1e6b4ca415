# Two commands are enough: `make briefing` builds the shipped briefing, `make test` runs the tests.
# Both set up first what is missing, and may be repeated at will.
SHELL := /bin/sh
.DEFAULT_GOAL := help
# Python keeps what it has compiled, also where the machine would not have it (as in many containers):
# else each of the tests' hundreds of programs compiles the builder anew.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
READY := .venv/.ready
JOBS ?= auto
LONG ?=
TESTS ?=
UPGRADE ?=
PYTHON ?=
MINUTES ?= 5
SEED ?= 0

.PHONY: help setup briefing test test-long test-lowest test-newest fuzz attacks sbom bench check audit format lock validators pictures manual-pictures docs clean

help: ## show what make can do
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{ printf "  make %-16s %s\n", $$1, $$2 }'

$(READY): requirements.lock pyproject.toml scripts/setup.sh scripts/user-fonts.sh $(BIN)/python
	@scripts/setup.sh
	@touch $@

# Absent, or a link to a Python that is there no more: make takes it for changed, and sets up anew.
$(BIN)/python: ;

setup: $(READY) ## set up: system libraries, .venv, Python packages
	@scripts/system-packages.sh print fonts

briefing: setup ## build the shipped briefing into output/
	$(BIN)/briefing build content/israel-azerbaijan

test: setup ## run the tests (make validators first, or some skip)
	$(BIN)/python -m pytest -n $(JOBS) $(TESTS)

test-long: setup ## run the tests with full counts
	$(BIN)/python -m pytest -n $(JOBS) --long $(TESTS)

test-lowest: setup ## test with the lowest versions that pyproject.toml allows (PYTHON: another one)
	$(BIN)/python scripts/bounds.py lowest $(if $(PYTHON),--python $(PYTHON))

test-newest: setup ## test with the newest versions that pyproject.toml allows (PYTHON: another one)
	$(BIN)/python scripts/bounds.py newest $(if $(PYTHON),--python $(PYTHON))

fuzz: setup ## try projects made by chance, and readers by atheris, for MINUTES (SEED: the first one's number)
	@$(BIN)/python -m pip install -q --require-hashes --only-binary :all: -r tests/fuzz/requirements.lock \
		|| echo "atheris cannot be had for this Python; the readers are fuzzed by projects only"
	$(BIN)/python -m tests.fuzz.run --minutes $(MINUTES) --seed $(SEED)

attacks: setup ## run every attack and write docs/attacks.md
	$(BIN)/python -m tests.attacks.table

bench: setup ## compare the speed of PDF and Word with Pandoc's and WeasyPrint's (LONG=--long: 1,000 pages), measure the deck's, batches and the preview
	$(BIN)/python -m pip install -q --require-hashes -r benchmarks/requirements.lock
	$(BIN)/python -m benchmarks $(LONG)

check: setup ## format, lint, types, arrows, flaws of the locked packages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/python scripts/audit.py

audit: setup ## ask the advisory services about the locked packages
	@$(BIN)/python scripts/audit.py

format: setup ## put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

sbom: setup ## write the bill of materials (CycloneDX) to build/sbom.json
	$(BIN)/python scripts/sbom.py build/sbom.json

validators: ## fetch the outside judges into a cache
	@scripts/validators.sh

pictures: setup ## make the README's pictures from a real build
	$(BIN)/python scripts/pictures.py
	$(BIN)/python -m scripts.preview_picture

docs: $(READY) ## build the manual as a site into build/manual/
	@scripts/docs-packages.sh
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet --site-dir build/manual

manual-pictures: setup ## make the manual's pictures from real builds
	$(BIN)/python scripts/manual_pictures.py

lock: ## write requirements.lock anew (needs uv; UPGRADE=--upgrade takes the newest)
	uv pip compile $(UPGRADE) -q --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --group dev -o requirements.lock
	uv pip compile $(UPGRADE) -q --universal --generate-hashes --no-header --python-version 3.11 \
		--group docs -c requirements.lock -o requirements-docs.lock
	uv pip compile $(UPGRADE) -q --universal --generate-hashes --no-header --python-version 3.11 \
		--group bench -o benchmarks/requirements.lock
	uv pip compile $(UPGRADE) -q --universal --generate-hashes --no-header --python-version 3.11 \
		--group fuzz -o tests/fuzz/requirements.lock

clean: ## delete .venv and what was built
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache output/*/
