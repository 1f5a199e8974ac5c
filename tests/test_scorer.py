"""The line scorer: what it must leave alone, what it must take, and that nothing makes it stumble."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Context
from cleaner.core.edits import apply
from cleaner.core.text import split_lines
from cleaner.stages.scorer import LEVELS, Scorer, write_findings
from cleaner.weights import load_weights

ODD = st.text(
    "aB9 .,!?:\"'|\u2022\n\t\0\ud800\udfff\u2028\u4e2d\u3002\u0e01\u0e34\u0939\u093f\u05d0\U0001f600"
)


def clean(text: str, level: str = "safe") -> str:
    judgement = Scorer(load_weights(), level).assess(split_lines(text))
    return apply(text, write_findings(text, judgement).edits)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), ODD), st.sampled_from(LEVELS))
def test_any_text_is_judged_without_error_and_only_whole_passages_go(text: str, level: str) -> None:
    judgement = Scorer(load_weights(), level).assess(split_lines(text))
    for verdict in judgement.verdicts:
        assert 0 <= verdict.start < verdict.end <= len(text)
        assert 0.0 <= verdict.score <= 1.0
        assert verdict.reasons


def test_weights_survive_pickling() -> None:
    scorer = Scorer(load_weights(), "standard")
    lines = split_lines(
        "Home\nNews\nSport\nThe river rose by two metres on Monday, officials said.\nShare this"
    )
    again = pickle.loads(pickle.dumps(scorer))
    assert again.judge(lines, {}, (), Context()) == scorer.judge(lines, {}, (), Context())


def test_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="one of safe, standard, aggressive"):
        Scorer(load_weights(), "bold")
