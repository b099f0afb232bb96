# Each target is a command that a user could type; the two that set everything up are `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?= +scenario=full_withdrawal
# Each lock names everything with its digest, and what builds packages is locked and installed before them.
INSTALL := $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation
# The clone by its path, too: a folder called scenarios where a user works would hide a package that is found by a hook.
CLONE = $(INSTALL) --editable . && echo '$(CURDIR)' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/iraq-scenarios-clone.pth"
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: run test test-slow test-cluster fuzz golden lint docs site bench lock clean

run: $(VENV)/run.stamp
	$(BIN)/python -m scenarios run $(ARGS)

test: $(VENV)/all.stamp
	$(BIN)/python -m pytest -n auto -m "not slow and not cluster" $(TESTS)
	$(if $(TESTS),,$(BIN)/python -m pytest -rs -m "cluster and not slow" tests/cluster)

test-slow: $(VENV)/all.stamp
	$(BIN)/python -m pytest -m "slow and not cluster" $(TESTS)

test-cluster: $(VENV)/all.stamp
	$(BIN)/python -m pytest -rs -vv --durations=0 --durations-min=1 tests/cluster

fuzz: $(VENV)/all.stamp
	$(BIN)/python -m tests.fuzz $(if $(CASES),--cases $(CASES)) $(if $(SEED),--seed $(SEED))

golden: $(VENV)/all.stamp
	$(BIN)/python -m tests.golden

lint: $(VENV)/all.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/architecture

docs: $(VENV)/all.stamp
	$(BIN)/python -m docs.generate $(PAGES)

site: $(VENV)/all.stamp
	$(BIN)/mkdocs build --strict --site-dir build/site

bench: $(VENV)/all.stamp
	$(BIN)/python -m benchmarks

lock:
	$(COMPILE) --group build -o requirements/build.lock
	$(COMPILE) pyproject.toml -c requirements/build.lock -o requirements/run.lock
	$(COMPILE) pyproject.toml --all-extras -c requirements/build.lock -o requirements/all.lock

clean:
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else f"Python 3.11 to 3.13 is needed, $(PYTHON) is {v[0]}.{v[1]}; give another by make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/build.stamp: requirements/build.lock | $(VENV)/bin/python
	$(INSTALL) --require-hashes -r requirements/build.lock
	touch $@

$(VENV)/run.stamp: requirements/run.lock pyproject.toml $(VENV)/build.stamp
	test -e $(VENV)/all.stamp || $(INSTALL) --require-hashes -r requirements/run.lock
	$(CLONE)
	touch $@

$(VENV)/all.stamp: requirements/all.lock pyproject.toml $(VENV)/build.stamp
	$(INSTALL) --require-hashes -r requirements/all.lock
	$(CLONE)
	touch $(VENV)/run.stamp $@
