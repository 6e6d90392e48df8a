# `make run` and `make test` do everything on a fresh machine; `make help` lists the rest.

# A home that is unset, missing or read-only must not stop pip and Qt, which keep their caches there.
ifneq ($(shell test -n "$$HOME" -a -d "$$HOME" -a -w "$$HOME" && echo usable),usable)
export HOME := $(CURDIR)/.home
$(shell mkdir -p "$(HOME)")
endif

# Compiled bytecode is part of the start-up bars.
unexport PYTHONDONTWRITEBYTECODE

VENV    := .venv
BIN     := $(VENV)/bin
READY   := $(VENV)/ready
# more arguments for pytest, as in: make test PYTEST_ARGS="tests/hsm -x"
PYTEST_ARGS ?=
# processes that run the tests: make test JOBS=4
JOBS ?= 2

# What a person sees of the acceptance scenarios: `make test` runs it on simulated nodes, `make proofs` on real ones.
ON_BOTH := tests/gui/pages/database/test_on_the_cloud.py tests/gui/acceptance
# Proofs in the window: everything is opened, every place is compared with its pictures, real servers are used. In
# processes of their own: supervisors of servers work in the other proofs' process, and Qt's objects die in one thread only.
IN_WINDOW := tests/gui/crawl tests/golden tests/gui/acceptance/test_real_nodes.py

.DEFAULT_GOAL := help
.PHONY: help setup libraries nodes postgres run demo test coverage proofs golden bench check format ratchet clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) libraries nodes ## Make the virtual environment, install what is missing

$(READY): pyproject.toml
	@python=$$(sh packaging/find-python.sh) || exit 1; \
	test -x $(BIN)/python || "$$python" -m venv $(VENV)
	@echo "Installing KYOK Console into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@

libraries: $(READY)
	@$(BIN)/python packaging/system_libraries.py --venv $(VENV)

# Without PostgreSQL nodes are simulated, which the script says; nothing else needs it.
nodes: libraries
	@$(BIN)/python packaging/postgres.py --venv $(VENV) || true

postgres: libraries ## Try again to install PostgreSQL for real database nodes
	@$(BIN)/python packaging/postgres.py --venv $(VENV) --again

run: setup ## Open the console (where there is no display: run the demo)
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
		exec $(BIN)/kyok; \
	else \
		echo "There is no display here (DISPLAY and WAYLAND_DISPLAY are not set), so the demo runs instead."; \
		echo "It presses the real buttons and leaves a picture of each step in demo-pictures/."; \
		exec $(BIN)/kyok demo --out demo-pictures; \
	fi

demo: setup ## Walk through the whole story in both themes; pictures go to demo-pictures/
	@mkdir -p demo-pictures
	@$(BIN)/kyok demo --theme both --out demo-pictures --json demo-pictures/walk.json

QUICK := -m "not slow and not bench" -n $(JOBS) --dist loadgroup

test: export QT_QPA_PLATFORM := offscreen
test: setup ## Run all tests but the slow proofs
	@$(BIN)/python -m pytest $(QUICK) $(PYTEST_ARGS)

# Counting lines takes long on Python 3.11, so only this target and CI do it.
coverage: export QT_QPA_PLATFORM := offscreen
coverage: setup ## Run the same tests, and hold the coverage floor
	@$(BIN)/python -m pytest $(QUICK) --cov --cov-report=
	@$(BIN)/python -m tests.coverage_ratchet

proofs: export QT_QPA_PLATFORM := offscreen
proofs: setup ## Run the slow proofs
	@$(BIN)/python -m pytest -m slow $(if $(PYTEST_ARGS),$(PYTEST_ARGS),$(IN_WINDOW:%=--ignore=%))
	@$(if $(PYTEST_ARGS),,$(BIN)/python -m pytest -m slow -n $(JOBS) --dist loadgroup $(IN_WINDOW))
	@$(if $(PYTEST_ARGS),,KYOK_TEST_NODES=auto $(BIN)/python -m pytest -m "not slow" -n $(JOBS) --dist loadgroup $(ON_BOTH))

golden: export QT_QPA_PLATFORM := offscreen
golden: setup ## Take the pictures of every place anew (tests/golden/pictures); look at what changed before you commit
	@KYOK_GOLDEN=renew $(BIN)/python -m pytest -q tests/golden

bench: export QT_QPA_PLATFORM := offscreen
bench: setup ## Measure, each figure beside its bar
	@$(BIN)/python -m tests.bench

check: setup ## Lint, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(READY) ## Bring the code into its form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

ratchet: ## Raise the coverage floor to what the last `make coverage` reached
	@$(BIN)/python -m tests.coverage_ratchet --raise

clean: ## Remove the virtual environment and everything that was made
	@rm -rf $(VENV) .home .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis dist demo-pictures
