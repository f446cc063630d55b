# Two commands on a fresh machine with Python 3.11 or later and nothing else:
#   make report      the report on seeds/  -> reports/seeds/latest/index.html
#   make test        all tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SOURCE ?= seeds
GOLD ?= ../shared/gold
# With this variable set, every import costs three to seven times as much.
unexport PYTHONDONTWRITEBYTECODE
# The same sums in the same order on any machine.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1

.PHONY: help report test lab quality bench notebooks sample lint lock browser clean

help:
	@sed -n 's/^#   //p' Makefile
	@echo "make lab         JupyterLab on the notebooks"
	@echo "make quality     scores on labelled data: GOLD=DIR [ONLY=part]"
	@echo "make bench       speed and memory per stage"
	@echo "make notebooks   run the committed notebooks again, in place"
	@echo "make clean       remove the environment, the cache and the reports"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "inchiesta needs Python 3.11 or later; $(PYTHON) is older. Name another one: make PYTHON=python3.12 ..." >&2; exit 2; }
	@echo "setting up $(VENV) (once, about two minutes)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --compile -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q lib
	@touch $(READY)

report: $(READY)
	@$(BIN)/inchiesta report $(SOURCE)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: $(READY) browser lint
	$(BIN)/python -m pytest -q

# The report is opened in a real browser. Chromium comes from the system's packages.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	  { echo "installing chromium (for the tests that open the report)"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
	  { echo "the tests need Chromium on the PATH; install it with your system's package manager" >&2; exit 2; }

lab: $(READY)
	@$(BIN)/inchiesta lab

quality: $(READY)
	@$(BIN)/python -m tests.quality --gold "$(GOLD)" $(if $(ONLY),--only $(ONLY))

bench: $(READY)
	@$(BIN)/python -m tests.bench

notebooks: $(READY)
	@$(BIN)/python -m tests.notebooks.execute

sample: $(READY)
	@$(BIN)/python data/sample/generate.py affair --to data/sample

lock: $(READY)
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra dev --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) data/cache dist
	find reports -mindepth 1 ! -name README.md -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
