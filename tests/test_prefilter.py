"""The prefilter offers every line that plain ``re`` matches; a larger trial is benchmarks/prefilter.py."""

import importlib.util
import random
from pathlib import Path

from cleaner.packs import load_packs

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "prefilter.py"
spec = importlib.util.spec_from_file_location("prefilter", SCRIPT)
prefilter = importlib.util.module_from_spec(spec)
spec.loader.exec_module(prefilter)
RULES = [rule for pack in load_packs() for rule in pack.rules]
INDEX, TRIGGERS = prefilter.make_index(RULES)
LINES = sorted(
    {
        line
        for rule in RULES
        for example in (*rule.hits, *rule.misses)
        for line in example.text.split("\n")
        if len(line) < 300
    }
)


def test_every_line_of_all_examples():
    found, lost = prefilter.find_lost(INDEX, TRIGGERS, "\n".join(LINES))
    assert lost == []
    assert found > len(TRIGGERS)


def test_lines_that_were_altered():
    random.seed(5)
    altered = []
    for line in random.sample(LINES, 900):
        words = line.split()
        random.shuffle(words)
        altered += [
            line.upper(),
            f"\u00a0{line} \u200b",
            line.replace(" ", "\u00a0"),
            " ".join(words),
            line.title(),
        ]
    found, lost = prefilter.find_lost(INDEX, TRIGGERS, "\n".join(altered))
    assert lost == []
    assert found > 300


def test_each_line_by_itself():
    """In a text of one line nothing else offers the literals."""
    for line in random.Random(6).sample(LINES, 250):
        assert prefilter.find_lost(INDEX, TRIGGERS, line)[1] == []
