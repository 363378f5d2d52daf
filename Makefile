# `make run` and `make test` are all one needs; `make help` lists the rest.
# Everything goes into .venv and var/, both inside this folder, which may have spaces in its path.

SHELL := /bin/sh
PYTHON := .venv/bin/python
STAMP := .venv/.installed
.DEFAULT_GOAL := help

# A virtual environment whose interpreter has gone (an upgrade, a moved disk) counts as absent.
ifneq ($(shell $(PYTHON) -c 'print(1)' 2>/dev/null),1)
.PHONY: $(STAMP)
endif

.PHONY: help
help:
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

$(STAMP): requirements-dev.txt
	@python=; needs_venv=; \
	for candidate in python3.11 python3.12 python3.13 python3.14 python3 python; do \
		$$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		$$candidate -c 'import ensurepip, venv' 2>/dev/null || { needs_venv=$$candidate; continue; }; \
		python=$$candidate; break; \
	done; \
	if [ -z "$$python" ] && [ -n "$$needs_venv" ]; then \
		echo "$$needs_venv cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv, then again." >&2; exit 1; \
	elif [ -z "$$python" ]; then \
		echo "Python 3.11 or newer is needed and was not found. On Debian 12 and Ubuntu 24.04:" >&2; \
		echo "apt install python3 python3-venv. Elsewhere see python.org. Then run make again." >&2; exit 1; \
	fi; \
	start=$$(date +%s); \
	printf 'Making the virtual environment with %s (once) ... ' "$$($$python --version)"; \
	$(PYTHON) -c 'import pip' 2>/dev/null || $$python -m venv --clear .venv || exit 1; \
	echo "$$(( $$(date +%s) - start )) s"; \
	start=$$(date +%s); \
	printf 'Installing %s pinned packages (once; a minute or two) ... ' "$$(grep -c '==.* \\$$' requirements-dev.txt)"; \
	if $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt > .venv/install.log 2>&1 </dev/null; then \
		echo "$$(( $$(date +%s) - start )) s"; touch $(STAMP); \
	else \
		echo "failed"; tail -n 15 .venv/install.log >&2; \
		echo "Is the package index within reach (network, proxy, pip's own settings)? Then run make again." >&2; exit 1; \
	fi

.PHONY: run
run: $(STAMP) ## the site on 127.0.0.1:8000 with its database, worker and demonstration
	@$(PYTHON) -m sistercities.up

.PHONY: stop
stop: $(STAMP) ## end what `make run` left running in this folder, the database included
	@$(PYTHON) -m sistercities.up stop

.PHONY: test
test: $(STAMP) ## all checks and all tests, those in a real browser included
	@$(PYTHON) -m tests.gates

.PHONY: test-thorough
test-thorough: $(STAMP) ## the same, with what shows that races are lost without the lock; half as long again
	@$(PYTHON) -m tests.gates -m ""

.PHONY: test-fast
test-fast: $(STAMP) ## the tests that need neither a browser nor patience
	@$(PYTHON) -m pytest -q -m "not slow and not browser and not thorough"

.PHONY: pictures
pictures: $(STAMP) ## take the pictures of the handbook anew; some: make pictures only="desk room"
	@$(PYTHON) -m tests.pictures $(only)

.PHONY: coverage
coverage: $(STAMP) ## which lines no test reaches
	@$(PYTHON) -m pytest -q -n 2 --cov --cov-report=term --cov-report=html

.PHONY: lint
lint: $(STAMP) ## the checks alone, without tests
	@$(PYTHON) -m tests.gates --no-tests

.PHONY: format
format: $(STAMP) ## lay out the Python files as the checks want them
	@$(PYTHON) -m ruff check --quiet --fix-only .
	@$(PYTHON) -m ruff format .

# Folders that hold no text of ours; without this, gettext would walk through every package in .venv.
NOT_OURS := --ignore=.venv --ignore=var --ignore=tests --ignore=docs
.PHONY: messages
messages: $(STAMP) ## gather the texts to translate into locale/, and compile the translations
	@command -v msgfmt >/dev/null || { echo "gettext is needed: apt install gettext" >&2; exit 1; }
	@$(PYTHON) manage.py makemessages --locale=zh_Hans --no-obsolete --no-wrap --add-location=file $(NOT_OURS)
	@$(PYTHON) manage.py compilemessages --locale=zh_Hans $(NOT_OURS)

.PHONY: install
install: $(STAMP) ## virtual environment with the pinned packages (run and test do it by themselves)

.PHONY: lock
lock: ## pin requirements*.in again (needs uv; see CONTRIBUTING.md)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -o requirements.txt requirements.in
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -c requirements.txt -o requirements-dev.txt requirements-dev.in

.PHONY: clean
clean: ## remove the virtual environment and what tools leave behind; the data stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov test-results
	find . -name __pycache__ -not -path './var/*' -type d -prune -exec rm -rf {} +

.PHONY: reset
reset: stop ## remove the database, pictures and mails of this folder for good
	rm -rf var
