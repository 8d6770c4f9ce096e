# Every target works on a fresh clone that has a Rust toolchain, Python ≥ 3.11 (venv, pip) and a C compiler.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export CARGO_TARGET_DIR ?= target
export PYTHONHASHSEED ?= 0

.PHONY: study test lint bench simulate docs wheel clean

study: $(VENV)/.built ## tables and report of the example study, in ./study
	$(BIN)/wholenet study --example --out study

test: $(VENV)/.built ## Rust and Python tests, doctests, notebooks
	cargo test --workspace --locked
	$(BIN)/pytest

lint: $(VENV)/.built ## formatting, lints, types, docstrings
	cargo fmt --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest wholenet._core --mypy-config-file pyproject.toml
	$(BIN)/python tests/contract/check_docstrings.py

bench: $(VENV)/.built ## timings beside peers; rewrites docs/benchmarks.md
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python benches/run.py docs/benchmarks.md

simulate: $(VENV)/.built ## error rates of tests and models; rewrites docs/simulations.md
	$(BIN)/python benches/simulate.py docs/simulations.md

docs: $(VENV)/.built ## runs every code block of the documentation
	$(BIN)/pytest tests/contract/test_docs.py

wheel: $(VENV)/.dev ## an abi3 wheel in ./dist
	$(BIN)/maturin build --release --locked --out dist

$(VENV)/.dev: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

$(VENV)/.built: $(VENV)/.dev Cargo.toml Cargo.lock $(shell find src -name '*.rs' -o -name Cargo.toml)
	$(BIN)/maturin develop --release --locked --quiet
	touch $@

clean:
	rm -rf target $(VENV) dist study
