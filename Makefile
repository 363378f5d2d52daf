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
	printf 'Installing %s pinned packages (once; a minute or two) ... ' "$$(grep -cE '^[a-z].*==' requirements-dev.txt)"; \
	if $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt > .venv/install.log 2>&1 </dev/null; then \
		echo "$$(( $$(date +%s) - start )) s"; touch $(STAMP); \
	else \
		echo "failed"; tail -n 15 .venv/install.log >&2; \
		echo "Is the package index within reach (network, proxy, pip's own settings)? Then run make again." >&2; exit 1; \
	fi

.PHONY: install
install: $(STAMP) ## virtual environment with the pinned packages (run and test do it by themselves)

.PHONY: lock
lock: ## pin requirements*.in again (needs uv; see CONTRIBUTING.md)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -o requirements.txt requirements.in
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -c requirements.txt -o requirements-dev.txt requirements-dev.in
