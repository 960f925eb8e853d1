# make demo    the whole path on the sample articles        make test   the fast tests
# make check   what must pass before a change is done       make all    the slow tests and the notebooks too
# Every target makes its own environment in .venv; all that is needed is make and Python 3.11 or later.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# A process for each processor, four at most. Libraries that count in several threads of their own
# would only be in the way of the other processes. What Python compiles is kept, whatever the machine
# says: hundreds of processes import the same modules.
PYTEST = PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 $(BIN)/python -m pytest --quiet \
    --numprocesses logical --maxprocesses 4 --dist worksteal
# pyenv and others leave a "python3.13" that only prints an error: each one is tried before it is chosen
PYTHONS := python3 python3.13 python3.12 python3.11 python
RECENT := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

.PHONY: calibration messages third-party sbom tables recorded readings bench site audit mutate bench-reading fuzz fuzz-figures picture bench-graph bench-actors bench-linking help setup demo test check lint types data slow node notebooks quality floors all clean

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make setup      create .venv and install the project with all it needs
setup: $(READY)

$(READY): setup.cfg pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(BIN)/python:
	@python=$$(for p in $(PYTHONS); do \
	    $$p -c '$(RECENT)' >/dev/null 2>&1 && echo $$p && break; \
	done); \
	if [ -z "$$python" ]; then \
	    echo "entextract needs Python 3.11 or later, with venv (Debian, Ubuntu: apt install python3-venv);" >&2; \
	    echo "none of these is one: $(PYTHONS)" >&2; exit 1; \
	fi; \
	echo "Creating $(VENV) with $$($$python --version); the first time takes a few minutes."; \
	$$python -m venv --clear $(VENV)

## make demo       run on the sample articles; tables and graph go to sortie/demo
demo: $(READY)
	@$(BIN)/entextract demo

## make test       the fast tests
test: $(READY)
	@$(PYTEST)

## make check      format, lint, types, tables, fast tests: before a change is done
check: lint types data test

lint: $(READY)
	@$(BIN)/ruff format --quiet --check . || { $(BIN)/ruff format --diff .; exit 1; }
	@$(BIN)/ruff check --quiet .

types: $(READY)
	@$(BIN)/mypy

data: $(READY)
	@$(BIN)/entextract check-data

slow: $(READY)
	@$(PYTEST) --dist loadgroup -m slow

## make tables     conjugate the verbs of data/verbs.csv anew, into data/verb_forms.csv
tables: $(VENV)/tables/.ready
	@cd $(VENV)/tables && bin/python $(CURDIR)/tools/verb_forms.py

# an environment of its own: what the conjugator asks for would change what types are checked by
$(VENV)/tables/.ready: Makefile | $(BIN)/python
	@$(BIN)/python -m venv --clear $(VENV)/tables
	@$(VENV)/tables/bin/python -m pip install -qq --disable-pip-version-check verbecc==2.0.3
	@touch $@

## make node       fetch what Gephi Lite reads our files with, and axe, which judges our page, for tests
node: $(READY)
	@npm install --silent --no-audit --no-fund --prefix $(VENV)/node \
	    graphology@0.26.0 graphology-types@0.24.8 graphology-gexf@0.13.2 axe-core@4.10.3

## make notebooks  run the notebooks from an empty folder
notebooks: $(READY)
	@$(PYTEST) -m notebook

## make picture    take the picture of the READMEs, of the page, in Chromium
picture: $(READY)
	@$(BIN)/python notebooks/picture.py

## make quality    precision, recall, F, and what bad writing costs, on our gold or on DATA=file.jsonl
quality: $(READY)
	@$(BIN)/entextract evaluate $(or $(DATA),tests/gold/gold.jsonl)
	@$(BIN)/python tests/robustness.py $(or $(DATA),tests/gold/gold.jsonl)

## make calibration  how often rows are as right as their score says, on DATA=gold.jsonl …
calibration: $(READY)
	@$(BIN)/python tools/calibration.py $(or $(DATA),tests/gold/gold.jsonl)

## make bench      speed, memory and growth on this machine, written to benchmarks/README.md (some 15 min)
bench: $(READY)
	@OMP_NUM_THREADS=1 $(BIN)/python benchmarks/bench.py --page benchmarks/README.md \
	    $(if $(DATA),--data $(DATA))

## make bench-reading  words a second from text to tables, in one process
bench-reading: $(READY)
	@$(BIN)/python benchmarks/reading.py

## make bench-graph  time and memory of a graph of a million articles, beside itertools and networkx
bench-graph: $(READY)
	@$(BIN)/python benchmarks/graph.py

## make fuzz       try FUZZ=1000 damaged inputs on each reader and writer; see tests/fuzz/README.md
fuzz: $(READY)
	@PYTHONPATH=tests $(BIN)/python -m fuzz.run $(or $(FUZZ),1000)

fuzz-figures: $(READY)
	@PYTHONPATH=tests $(BIN)/python -m fuzz.run $(or $(FUZZ),10000) --figures

## make recorded    write anew what the pipeline reads in our own texts; read the difference in git
recorded: $(READY)
	@$(BIN)/python tests/recorded.py

## make readings   write to build/readings.txt how each sentence of ours was read for relations
readings: $(READY)
	@$(BIN)/python tests/readings.py $(TO)

## make mutate     make 30 mistakes at random, one at a time: do the tests notice? (some 30 min)
mutate: $(READY)
	@$(BIN)/python tests/mutate.py $(IN)

## make site     the documentation site, in build/site
site: $(READY)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

## make audit    known weaknesses of what is installed; the only target that asks a server about them
audit: $(READY)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check pip-audit
	@$(BIN)/pip-audit --skip-editable --progress-spinner off

## make floors     raise the quality floors to what is reached now (FORCE=1 to lower them too)
floors: $(READY)
	@$(BIN)/python tests/floors.py $(if $(FORCE),--force)

## make bench-actors  loading and reading with 1,000,000 known actors; GOLD=marked.jsonl for accuracy too
bench-actors: $(READY)
	@$(BIN)/python benchmarks/actors.py --load 200000
	@$(BIN)/python benchmarks/actors.py --load 1000000
	@$(if $(GOLD),$(BIN)/python benchmarks/actors.py --gold $(GOLD))
	@$(if $(GOLD),$(BIN)/python benchmarks/actors.py --gold $(GOLD) --read 1000000)

## make bench-linking  time, memory and accuracy of linking on a made-up corpus of 1,000,000 mentions
bench-linking: $(READY)
	@$(BIN)/python benchmarks/linking.py

## make messages  bring the catalogue of the command's messages up to date with the code
messages: $(READY)
	@$(BIN)/python tools/messages.py

## make third-party   what is installed, under which licences, and why: THIRD_PARTY.md
third-party: $(READY)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable '.[dev,notebooks,corpus,dask,pdf,warc]'
	@$(BIN)/python tools/third_party.py

## make sbom     the bill of materials of a release, CycloneDX, in build/ (some 5 min the first time)
sbom: $(VENV)/bill/.ready
	@mkdir -p build
	@$(VENV)/bill/bin/python tools/third_party.py --root build/bill.toml
	@$(VENV)/bill-tool/bin/cyclonedx-py environment --pyproject build/bill.toml --mc-type library \
	    --output-reproducible --output-file build/entextract.cdx.json $(VENV)/bill/bin/python
	@$(VENV)/bill/bin/python tools/third_party.py --bill build/entextract.cdx.json

# one environment with what users install and nothing else, another for what describes it
$(VENV)/bill/.ready: setup.cfg Makefile | $(BIN)/python
	@$(BIN)/python -m venv --clear $(VENV)/bill
	@$(BIN)/python -m venv --clear $(VENV)/bill-tool
	@$(VENV)/bill-tool/bin/python -m pip install -qq --disable-pip-version-check 'cyclonedx-bom>=7,<8'
	@$(VENV)/bill/bin/python -m pip install -qq --disable-pip-version-check packaging '.[corpus,dask,notebooks,pdf,warc]'
	@touch $@

## make all        check, then the slow tests (clean installs, READMEs) and the notebooks
all: check slow notebooks

## make clean      remove everything that can be made again
clean:
	@rm -rf $(VENV) build dist sortie *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find entextract models tests -name __pycache__ -prune -exec rm -rf {} +
