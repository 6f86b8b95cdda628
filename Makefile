# Kanaltid: `make help` says what there is.
.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help run demo screenshots test test-unit test-parts test-pythons lint format bench lock clean

# An interpreter chosen by hand gets an environment of its own.
PYTHON ?=
VENV := $(if $(PYTHON),.venv-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null),.venv)
BIN := $(VENV)/bin
SETUP := @PYTHON='$(PYTHON)' VENV='$(VENV)' sh tools/setup.sh

SCREEN := $(DISPLAY)$(WAYLAND_DISPLAY)
APP_PARTS := qt x11 $(if $(WAYLAND_DISPLAY),wayland)
DESKTOP_PARTS := qt x11 desktop
CODE := $(wildcard tracker ui tools tests)

# On a build machine no layer of tests may be left out.
ifeq ($(CI),true)
export KANALTID_REQUIRE_PARTS = 1
endif

help: ## Say what each target does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'
	@echo
	@echo '  PYTHON=python3.13 chooses the interpreter (3.11 or newer) for any of them.'

run: ## Start Kanaltid; without a screen, the demonstration
ifeq ($(SCREEN),)
run: demo
else
	$(SETUP) $(APP_PARTS)
	@exec $(BIN)/kanaltid
endif

demo: ## Track real windows on a virtual desktop for a minute and compare with the truth
	$(SETUP) $(DESKTOP_PARTS)
	@exec $(BIN)/python -m tools.demo

screenshots: ## Make a picture of every page, in both languages and themes (in build/screenshots)
	$(SETUP) qt
	@exec $(BIN)/python -m tools.screenshots

test: lint ## Run every check that this machine has the parts for
	@exec $(BIN)/python -m pytest

test-unit: ## Run the tests that need no display
	$(SETUP) qt
	@exec $(BIN)/python -m pytest --ignore=tests/desktop

test-parts: ## Install what the tests of real desktops need
	$(SETUP) $(DESKTOP_PARTS) checks panels sound
# Not every system has a package of Chromium; on a build machine its tests fail then.
	-$(SETUP) documents

test-pythons: ## Run the tests that need no display on every further Python found here
	@sh tools/each_python.sh '$(MAKE)' test-unit

lint: ## Check style, types, imports, translations and migrations
	$(SETUP) qt
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary $(CODE)
	@$(BIN)/lint-imports >$(VENV)/lint-imports.log || { cat $(VENV)/lint-imports.log; exit 1; }
	@$(BIN)/python -m tools.check_translations
	@$(BIN)/python -m tools.check_migrations

format: ## Put the code into the project's form
	$(SETUP) qt
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

bench: ## Measure accuracy, latency, processor, memory and start (ARGS=--quick: in 4 minutes)
	$(SETUP) $(DESKTOP_PARTS)
	@exec $(BIN)/python -m tools.bench $(ARGS)

lock: ## Pin the newest dependencies anew
	@PYTHON='$(PYTHON)' sh tools/lock.sh

clean: ## Remove what the targets made
	rm -rf .venv .venv-* build out *.egg-info .coverage .hypothesis
	rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
