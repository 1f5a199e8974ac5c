"""Words, shingles, set measures and winnowed keys."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from cleaner.core.comparison.similarity import (
    KEY_WINDOW,
    KEY_WORDS,
    containment,
    jaccard,
    shingle,
    split_words,
    winnow,
)
from cleaner.core.text import WORD_RE, fold
from cleaner.corpus.keys import find_keys

WORDS = st.lists(st.sampled_from(["the", "old", "pier", "was", "closed", "after", "a", "storm"]), max_size=40)


@given(st.text())
def test_the_fast_path_for_ascii_finds_the_same_words(text: str) -> None:
    assert split_words(text) == WORD_RE.findall(fold(text))


@given(WORDS, WORDS, WORDS)
def test_a_shared_passage_shares_a_key(before: list[str], after: list[str], other: list[str]) -> None:
    passage = [f"word{n}" for n in range(KEY_WORDS + KEY_WINDOW - 1)]
    assert winnow(before + passage + after) & winnow(other + passage)


@given(WORDS)
def test_keys_are_sparse_and_fit_a_signed_word(words: list[str]) -> None:
    keys = winnow(words)
    assert 1 <= len(keys) <= max(1, len(words))
    assert all(0 <= key < 2**62 for key in keys)


def test_keys_do_not_depend_on_the_hash_seed() -> None:
    code = "from cleaner.core.comparison.similarity import winnow; print(sorted(winnow('a b c d e f g h i'.split())))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    assert len(outputs) == 1


@given(WORDS, WORDS)
def test_measures_are_symmetric_and_bounded(a: list[str], b: list[str]) -> None:
    x, y = shingle(a), shingle(b)
    assert jaccard(x, y) == jaccard(y, x)
    assert 0 <= jaccard(x, y) <= max(containment(x, y), jaccard(x, y)) <= 1
    assert jaccard(x, x) == 1


@given(st.lists(st.lists(st.sampled_from(["a", "bc", "d", "\u4e2d", "e"]), min_size=8), max_size=5))
def test_keys_found_at_one_go_are_those_of_each_paragraph(paragraphs: list[list[str]]) -> None:
    assert find_keys(paragraphs) == [sorted(winnow(words)) for words in paragraphs]
