# Everything a checkout needs. `make run` and `make test` set up what they need by themselves.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: run test soak check bench federation console fresh lock clean

run: .venv/run.lock
	@exec $(BIN)/python -m gateway serve --port $(PORT)

test: .venv/dev.lock
	$(BIN)/python -m pytest $(TESTS)

# The planner beside the executor on 50,000 operations from a seed of the moment; SEED repeats a run.
SEED ?= $(shell date +%s)
soak: .venv/dev.lock
	@echo "seed $(SEED)"
	ORACLE_OPERATIONS=50000 ORACLE_SEED=$(SEED) $(BIN)/python -m pytest --override-ini=addopts= -p no:xdist -q -s tests/oracle/test_generated.py

check: .venv/dev.lock
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# About twenty minutes; `make bench SHORT=1` is a look, in under one. Needs npm and the package registry once.
bench: .venv/run.lock
	SHORT=$(SHORT) $(BIN)/python -m bench

# Every domain's subgraph in a process of its own, and a router before them on port 4000. Needs node ≥ 20 with npm, and
# the package registry once.
federation: .venv/run.lock deploy/federation/node_modules/.installed-lock.json
	@exec $(BIN)/python -m deploy.federation --port $(if $(filter file,$(origin PORT)),4000,$(PORT))

deploy/federation/node_modules/.installed-lock.json: deploy/federation/package-lock.json
	@command -v npm >/dev/null || { echo "This needs node ≥ 20: install nodejs and npm." >&2; exit 1; }
	cd deploy/federation && npm ci --no-progress --loglevel=error
	cp $< $@

# Builds the console that is kept in gateway/console/build. Needs node ≥ 20.19 with npm, and the package registry.
console:
	cd web && npm ci --no-progress --loglevel=error && cp package-lock.json node_modules/.installed-lock.json && npm run build

# README in a fresh copy of the checkout, with a home of its own; needs the package registry.
fresh: .venv/dev.lock
	$(BIN)/python -m pytest --override-ini=addopts=-v tests/fresh

# Without ensurepip: Debian ships it apart, and pip can install into another environment.
.venv/bin/python:
	$(PYTHON) -m venv --without-pip .venv

.venv/run.lock: requirements.txt | .venv/bin/python
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r $<
	cp $< $@

.venv/dev.lock: requirements-dev.txt | .venv/bin/python
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r $<
	cp $< $@

# Addresses of registries stay out of the lock, so that it serves behind any mirror.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
lock:
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --extra dev -o requirements-dev.txt

clean:
	rm -rf .venv
