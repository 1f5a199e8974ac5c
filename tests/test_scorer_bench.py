"""Quality on real labelled pages, where they lie beside the repository; nothing is collected elsewhere.

The weights have seen these pages: this guards against mistakes in the code, not against overfitting.
"""

import importlib.util
from pathlib import Path
from types import ModuleType

from cleaner.core.edits import apply, settle
from cleaner.core.text import split_lines
from cleaner.stages.scorer import Scorer, write_findings
from cleaner.weights import load_weights

BENCH = Path(__file__).parent.parent.parent / "shared" / "bench"
SAMPLE = 150
FLOOR_GAIN = 0.033  # of F1 over keeping all
MOST_LOST = 0.0005  # of the words of clean articles


def load_score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", BENCH / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if (BENCH / "text.dev.jsonl.gz").exists():

    def test_quality_floor_on_real_pages() -> None:
        score = load_score()
        cases = score.read_cases(BENCH / "text.dev.jsonl.gz", SAMPLE)
        scorer = Scorer(load_weights())
        better = lost = 0.0
        for case in cases:
            for view in ("near", "clean"):
                text = score.case_text(case, view)
                found = write_findings(text, scorer.assess(split_lines(text)))
                cleaned = apply(text, settle(text, found.edits).edits)
                if view == "near":
                    after, before = (score.word_scores(output, case["gold"]) for output in (cleaned, text))
                    better += (after[2] - before[2]) / len(cases)
                else:
                    lost += (1 - score.word_scores(cleaned, text)[1]) / len(cases)
        assert better >= FLOOR_GAIN, better
        assert lost <= MOST_LOST, lost
