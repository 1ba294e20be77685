# Every chore of the project. `make` alone lists them.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help site preview save lab test cover bench lock

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(READY) ## Run the notebooks that changed and build the site in _site/
	$(BIN)/likavard site

preview: site ## Build the site and show it at 127.0.0.1 (PORT=8000)
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _site $(PORT)

save: $(READY) ## Run the notebooks on the sample and save their outputs
	$(BIN)/likavard save

lab: $(READY) ## Open the notebooks in JupyterLab
	$(BIN)/jupyter-lab --ServerApp.root_dir=notebooks

test: $(READY) ## Check everything: style, types, imports, tests, notebooks
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pre-commit run --all-files
	$(BIN)/pytest --numprocesses=2 --dist=loadfile
	$(BIN)/pytest --nbval --nbval-current-env --numprocesses=2 --dist=loadfile notebooks

cover: $(READY) ## Say which lines no test reaches; half as slow again as the tests alone
	$(BIN)/pytest --numprocesses=2 --dist=loadfile --cov=helpers

bench: $(READY) ## Time the questions against other packages and SQL; coverage and attack
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks --tallies
	$(BIN)/python -m benchmarks.coverage
	$(BIN)/python -m benchmarks.attack

lock: $(READY) ## Pin what pyproject.toml asks for (UPGRADE=--upgrade for the newest versions)
	$(BIN)/uv pip compile --quiet --universal --fork-strategy=fewest --generate-hashes \
	  --no-annotate --custom-compile-command="make lock" $(UPGRADE) \
	  --extra=dev --output-file=requirements.lock pyproject.toml

# uv trusts whom the machine trusts, as pip does: an organisation's own certificate authority too.
export UV_SYSTEM_CERTS ?= 1

# Settings of pip's that would put packages elsewhere than in .venv; mirrors and proxies are kept.
unexport PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_PYTHON PIP_REQUIRE_VIRTUALENV PIP_DRY_RUN

# uv installs in seconds what takes pip a minute and a half; pip brings uv itself. Byte-code is
# compiled here, once, also where Python is told to write none.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed. Name one: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up .venv (about 1.6 GB) ..."
	@$(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock | \
	  $(BIN)/pip install --quiet --no-user --require-hashes --requirement=/dev/stdin
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python=$(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python=$(BIN)/python --no-deps --no-build-isolation --editable=.
	@touch $@
