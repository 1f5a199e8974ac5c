# make demo and make test need python3 >= 3.11 and make, nothing else: each makes its own virtual environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TEST_STAMP := $(VENV)/.installed-test
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test test-tools test-browser pictures lint types bench bench-speedup bench-memory train clean

demo: $(STAMP)
	$(BIN)/cleaner clean seeds -o cleaned --fresh
	@echo "The cleaned texts are in cleaned/text, what was taken out and why in cleaned/report.html"

test: $(TEST_STAMP) lint types
	$(BIN)/python -m pytest -n auto -m "not tools"

# With the real patch program.
test-tools: $(TEST_STAMP)
	@command -v patch >/dev/null || { apt-get update -qq && apt-get install -y -qq patch; }
	$(BIN)/python -m pytest -m tools

# With the report in a headless Chromium.
test-browser: $(TEST_STAMP)
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; }
	$(BIN)/python -m pip install --quiet --group browser
	$(BIN)/python -m pytest -n auto tests/browser

# After a change of the report's looks or of what happens to the seeds.
pictures: test-browser
	$(BIN)/python docs/make_pictures.py

lint: $(TEST_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TEST_STAMP)
	$(BIN)/mypy

# Speed of each stage against ftfy in the same run; BENCH names a labelled file for the tables of quality.
bench: $(TEST_STAMP)
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/repair.py speed
ifdef BENCH
	$(BIN)/python benchmarks/quality.py $(BENCH)
endif

# Two workers against one in short runs that take turns, on a machine that does nothing else.
bench-speedup: $(TEST_STAMP)
	$(BIN)/python benchmarks/memory.py --speedup

# Peak memory of a run over 2 GB that are made up on the spot, by 1 and by 2 workers: it takes hours.
bench-memory: $(TEST_STAMP)
	$(BIN)/python benchmarks/memory.py --megabytes 2000

# Writes the weights of the line scorer and of the judges of pages anew; the scorer's docstring says where the labelled pages come from.
train: $(TEST_STAMP)
	$(BIN)/python -m pip install --quiet numpy==2.4.6 scipy==1.17.1 catboost==1.2.10 lightgbm==4.7.0 rapidfuzz==3.14.6 html_text==0.7.1 "lxml>=5"
	$(BIN)/python benchmarks/train_scorer.py $(DATA) -o cleaner/weights/scorer.json
	$(BIN)/python benchmarks/train_extract.py $(DATA) -o cleaner/weights/extract-trafilatura.json
	$(BIN)/python benchmarks/train_extract.py $(DATA) --extractor resiliparse -o cleaner/weights/extract-resiliparse.json

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(TEST_STAMP): $(STAMP)
	$(BIN)/python -m pip install --quiet --group test
	@touch $@

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
