# Every target sets up what it needs; nothing is installed outside this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Compiled code is kept, whatever the shell says: every process of the tests would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo run test check image-check prove bench lock picture texts clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Autodidact needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'Python cannot make virtual environments here. On Debian or Ubuntu: apt install python3-venv'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	@$(BIN)/python -m demo

run: setup
	@$(BIN)/python -m bot run

test: setup check
	$(BIN)/python -m pytest -n 4 --dist worksteal

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy --no-error-summary

# The container's image, built and run without an engine; on Debian, as root (docs/operating.md).
image-check: setup
	@.ci/image-check

# Load, faults and malice against the real process, in full: some thirteen minutes (docs/operating.md).
prove: setup
	@$(BIN)/python -m tests.proof

bench: setup
	@$(BIN)/python -m benchmarks

# The pins, with hashes, from pyproject.toml. No index address may end up in them.
lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --extra demo --extra test pyproject.toml -o requirements/dev.txt

# The README's pictures, made anew; needs Chromium (on Debian: apt install chromium).
picture: setup
	@$(BIN)/python -m demo.picture

# All texts that people read, and what each catalogue lacks of them; make texts LANGUAGE=de begins a new one.
texts: setup
	@mkdir -p bot/locale
	$(BIN)/pybabel -q extract -F babel.cfg --project=autodidact --add-location=file -w 110 -o bot/locale/autodidact.pot .
	$(BIN)/pybabel -q update -i bot/locale/autodidact.pot -d bot/locale -D autodidact -w 110 --previous --ignore-obsolete --ignore-pot-creation-date $(if $(LANGUAGE),--locale $(LANGUAGE) --init-missing)

clean:
	rm -rf $(VENV) *.egg-info build
