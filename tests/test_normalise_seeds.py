"""The traces of machine translation in the seeds: each repaired, or a hint at its line."""

from pathlib import Path

import pytest

from cleaner.core.document import Context, Document
from cleaner.corpus.quotations import find_differing_quotations
from cleaner.stages.normalise import NormaliseStage
from cleaner.stages.repair import RepairStage

SEEDS = {path.name[:3]: path for path in (Path(__file__).parent.parent / "seeds").glob("*.txt")}


def read(seed):
    return SEEDS[seed].read_bytes().decode("utf-8")


def lines_of(seed, edits):
    text = read(seed)
    return {(cause.rule, text.count("\n", 0, edit.start) + 1) for edit in edits for cause in edit.causes}


@pytest.mark.parametrize(
    ("seed", "rule", "lines"),
    [
        ("002", "normalise.space-before-punctuation", {39, 49}),
        ("003", "normalise.space-before-punctuation", {11}),
    ],
)
def test_what_is_never_right_is_repaired(seed, rule, lines):
    found = lines_of(seed, NormaliseStage()(read(seed), Context("en")).edits)
    assert {line for name, line in found if name == rule} == lines


def test_the_foreign_letter_is_repaired():
    assert ("repair.homoglyph", 54) in lines_of("001", RepairStage()(read("001"), Context("en")).edits)


@pytest.mark.parametrize(
    ("seed", "rule", "lines"),
    [
        ("002", "translation.bare-initial", {5}),
        ("002", "translation.clause-as-attribute", {5}),
        ("002", "translation.verb-final", {7}),
        ("002", "translation.mark-outside-quote", {25}),
        ("002", "translation.doubled-verb", {31}),
        ("002", "translation.article-before-name", {35}),
        ("002", "translation.dangling-auxiliary", {37}),
        ("002", "consistency.honorific", {7, 9, 31, 37, 39}),
        ("003", "translation.pronoun-for-country", {9}),
        ("003", "translation.heading-grammar", {16}),
        ("003", "consistency.spelling", {17, 20, 30}),
        ("003", "translation.stray-attribution", {23}),
        ("004", "translation.quote-balance", {78}),
    ],
)
def test_what_only_a_person_can_judge_is_a_hint(seed, rule, lines):
    found = lines_of(seed, NormaliseStage()(read(seed), Context("en")).hints)
    assert {line for name, line in found if name == rule} == lines


@pytest.mark.parametrize("seed", SEEDS)
def test_the_two_translated_seeds_are_flagged_and_no_other(seed):
    flags = {flag.id for flag in NormaliseStage()(read(seed), Context("en")).flags}
    assert flags == ({"translation.probable"} if seed in ("002", "003") else set())


def test_a_continued_quotation_and_two_people_are_left_alone():
    findings = NormaliseStage()(read("004"), Context("en"))
    assert {line for _, line in lines_of("004", findings.edits)} == set()
    assert {line for _, line in lines_of("004", findings.hints)}.isdisjoint({36, 64, 98})


def test_a_quotation_that_another_seed_has_otherwise_is_a_hint():
    documents = [Document(seed, read(seed)) for seed in sorted(SEEDS)]
    hints = find_differing_quotations(documents)["003"]
    text = read("003")
    told = [(text[h.start : h.end], h.new) for h in hints if text.count("\n", 0, h.start) + 1 == 12]
    assert told == [("he", "it"), ("these heinous", "those very")]
