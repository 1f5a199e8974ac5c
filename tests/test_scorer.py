"""The line scorer: what it must leave alone, what it must take, and that nothing makes it stumble."""

import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.core.document import Context
from cleaner.core.edits import apply, settle
from cleaner.core.scoring.branches import Branches
from cleaner.core.scoring.features import CUE_KINDS, EMPTY_LEXICON, Source, measure
from cleaner.core.scoring.passages import lay_out
from cleaner.core.scoring.vocabulary import WordTable
from cleaner.core.text import count_words, split_lines
from cleaner.stages.scorer import GUARD, LEVELS, Scorer, write_findings
from cleaner.weights import load_weights

ODD = st.text(
    "aB9 .,!?:\"'|\u2022\n\t\0\ud800\udfff\u2028\u4e2d\u3002\u0e01\u0e34\u0939\u093f\u05d0\U0001f600"
)


PROSE = [
    "The river rose by two metres on Monday, and the people of the lower street moved into the school.",
    "Teachers put up beds in the classrooms, while the cook made soup for everybody who came, day and night.",
    "By morning the water had begun to fall, but the bridge stayed closed until the engineers had seen it.",
    "The mayor thanked the volunteers, who had filled four thousand bags with sand in less than ten hours.",
]
MENU = ["Home", "News", "Sport", "Weather", "Subscribe", "Sign in"]
FOOTER = ["Privacy policy", "Terms of use", "Contact us", "About us", "All rights reserved"]


class Case(NamedTuple):
    """A labelled document of the tests: its lines, which of them are article, and its title's line."""

    name: str
    lines: list[str]
    keeps: list[bool]
    title: list[int]


def read_cases() -> list[Case]:
    cases: list[Case] = []
    text = (Path(__file__).parent / "data" / "scorer_cases.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("=== "):
            cases.append(Case(line[4:], [], [], []))
        else:
            if line[0] == "*":
                cases[-1].title.append(len(cases[-1].lines))
            cases[-1].lines.append(line[1:])
            cases[-1].keeps.append(line[0] in "+*")
    return cases


CASES = read_cases()
CLEAN = [case for case in CASES if all(case.keeps)]


def clean(text: str, level: str = "safe", protected: Sequence[int] = ()) -> str:
    judgement = Scorer(load_weights(), level).assess(split_lines(text), (), protected)
    return apply(text, settle(text, write_findings(text, judgement).edits).edits)


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
@pytest.mark.parametrize("case", CLEAN, ids=lambda case: case.name)
def test_a_clean_article_comes_out_untouched(case: Case, separator: str) -> None:
    text = separator.join(case.lines) + "\n"
    assert clean(text) == text


def test_quality_floor_on_the_labelled_cases() -> None:
    """Shares over all cases; the floor may only be raised."""
    floors = {"safe": (0.0, 0.25), "standard": (0.005, 0.15), "aggressive": (0.02, 0.10)}
    for level, (most_lost, most_left) in floors.items():
        lost = words = left = cruft = 0
        for case in CASES:
            kept = clean("\n".join(case.lines), level, case.title).split("\n")
            for line, keeps in zip(case.lines, case.keeps, strict=True):
                if keeps:
                    words += count_words(line)
                    lost += 0 if line in kept else count_words(line)
                else:
                    cruft += 1
                    left += line in kept
        assert lost <= most_lost * words, f"{level}: {lost} of {words} article words lost"
        assert left <= most_left * cruft, f"{level}: {left} of {cruft} cruft lines left"


def test_known_labels_go_at_every_level_and_are_not_smoothed() -> None:
    for level in LEVELS:
        text = "\n".join([*PROSE[:2], "Privacy Policy", *PROSE[2:]])
        assert clean(text, level) == "\n".join(PROSE)


def test_menus_and_footers_of_a_page_go() -> None:
    assert clean("\n".join(MENU + PROSE * 3 + FOOTER), "standard").rstrip("\n") == "\n".join(PROSE * 3)


def test_protected_lines_stay() -> None:
    lines = split_lines("\n".join([*MENU, "Privacy policy", *PROSE, *FOOTER]))
    scorer = Scorer(load_weights(), "aggressive")
    assert {6} & {verdict.line for verdict in scorer.judge(lines, {}, (), Context())}
    assert not {6} & {verdict.line for verdict in scorer.judge(lines, {}, {6}, Context())}


def test_removed_lines_are_not_judged_again_and_do_not_change_when_bridged() -> None:
    lines = split_lines("\n".join([*PROSE[:2], "Listen to this story", *PROSE[2:]]))
    verdicts = Scorer(load_weights(), "aggressive").judge(lines, {2: "share"}, (), Context())
    assert [verdict.line for verdict in verdicts] == []


def test_doubtful_lines_go_only_where_something_is_certain_to_be_cruft() -> None:
    lines = split_lines("\n".join([*PROSE, *MENU[:5]]))
    weights = load_weights()
    eager = weights.thresholds["safe"]._replace(article=0, page=0, known=100_000, lone=100_000, sure=2000)
    certain = Scorer(replace(weights, thresholds={"safe": eager}))
    doubtful = Scorer(replace(weights, thresholds={"safe": eager._replace(sure=100_000)}))
    assert certain.assess(lines).verdicts != []
    assert doubtful.assess(lines).verdicts == []
    assert doubtful.assess(lines, {len(lines) - 1}).verdicts != []


def test_a_table_alone_makes_no_page_of_an_article() -> None:
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    table = ["Week", *days, *(line for n in range(1, 9) for line in (str(n), *["Rest", "Walk 20 min"] * 3))]
    lines = split_lines("\n".join([*PROSE, *table, PROSE[0]]))
    assert Scorer(load_weights()).assess(lines).verdicts == []


def test_the_name_of_a_section_is_a_subheading_in_a_clean_article() -> None:
    for heading in ("Climate change", "United States", "South Africa", "Podcasts", "Machine learning"):
        text = "\n".join([*PROSE[:2], heading, *PROSE[2:]])
        assert clean(text) == text


def test_a_known_line_alone_in_a_clean_article_stays() -> None:
    for heading in ("United States", "Podcasts", "Reddit", "LinkedIn"):
        text = "\n".join([*PROSE[:2], heading, *PROSE[2:]])
        assert clean(text) == text


def test_cues_are_counted_by_kind_in_languages_the_weights_need_not_know() -> None:
    lines = [
        "Читайте также",
        "Newsletter abonnieren",
        "Wszelkie prawa zastrzeżone",
        "订阅",
        PROSE[0],
        PROSE[3],
    ]
    measured = measure([Source(lines)], EMPTY_LEXICON._replace(cues=load_weights().lexicon.cues))

    def count(kind: str) -> list[int]:
        found: list[int] = measured.matrix[measured.names.index(f"{kind} cues")].tolist()
        return found

    assert count("more")[:4] == [1, 0, 0, 0]
    assert count("subscribe")[:4] == [0, 2, 0, 1]
    assert count("legal")[:4] == [0, 0, 3, 0]
    assert [count(kind)[4:] for kind in CUE_KINDS] == [[0, 0]] * len(CUE_KINDS)


def test_the_wording_of_a_line_is_the_sum_of_its_weights_over_the_root_of_its_words() -> None:
    lexicon = EMPTY_LEXICON._replace(
        wording=WordTable({"free": 30, "offer": 20, "free offer": 10, "said": -40})
    )
    measured = measure([Source(["Free offer", "She said so twice", "Nothing of it"])], lexicon)
    assert measured.matrix[measured.names.index("wording")].tolist() == [42, -20, 0]


def test_a_quoted_label_is_no_label() -> None:
    text = "\n".join([*PROSE[:2], '"Privacy Policy"', *PROSE[2:]])
    assert clean(text) == text


def test_the_guard_keeps_a_document_that_would_be_emptied() -> None:
    text = "\n".join(f"Story {n} of the day" for n in range(40))
    judgement = Scorer(load_weights(), "aggressive").assess(split_lines(text))
    assert judgement.verdicts == []
    if judgement.suspects:
        assert [flag.id for flag in judgement.flags] == [GUARD]


def test_a_document_is_judged_the_same_alone_and_in_a_batch() -> None:
    documents = [split_lines("\n".join(case.lines)) for case in CASES]
    scorer = Scorer(load_weights(), "aggressive")
    assert scorer.assess_many(documents) == [scorer.assess(lines) for lines in documents]
    matrices = [measure([Source(case.lines)], EMPTY_LEXICON).matrix for case in CASES]
    together = measure([Source(case.lines) for case in CASES], EMPTY_LEXICON).matrix
    assert np.array_equal(np.concatenate(matrices, axis=1), together)


def test_sentences_are_passages_only_where_lines_are_missing() -> None:
    joined = " ".join(PROSE * 5)
    layout = lay_out([PROSE, [joined]])
    assert layout.sentence.tolist() == [False] * 4 + [True] * 20
    pieces = [
        joined[a - b : c - b] for a, b, c in zip(layout.start, layout.line_start, layout.end, strict=True)
    ][4:]
    assert "".join(pieces) == joined
    assert pieces[0] == PROSE[0] + " "


def test_initials_and_abbreviations_do_not_end_sentences() -> None:
    sentence = "Dr. A. Lind met the U.S. envoy at 4.30 p.m. and said that nothing had been decided so far. "
    layout = lay_out([[sentence * 20]])
    assert len(layout.start) == 20


@pytest.mark.parametrize(
    "text", ["", "\n", "x", "\0", "\ud800", "word " * 100_000, "\n" * 200_000, "a\n" * 200_000]
)
def test_extreme_documents(text: str) -> None:
    assert clean(text) == text


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


QUESTIONS = st.tuples(st.sampled_from("abc"), st.integers(-40, 40)).map(lambda q: f"{q[0]}>{q[1]}")
TREES = st.recursive(
    st.integers(-5000, 5000), lambda tree: st.tuples(QUESTIONS, tree, tree).map(list), max_leaves=12
)


def follow(tree: object, row: dict[str, int]) -> int:
    """What a tree says, asked question by question."""
    while isinstance(tree, list):
        name, value = tree[0].split(">")
        tree = tree[2] if row[name] > int(value) else tree[1]
    assert isinstance(tree, int)
    return tree


@settings(deadline=None)
@given(st.lists(TREES, max_size=5), st.lists(st.tuples(*[st.integers(-50, 50)] * 3), min_size=1, max_size=30))
def test_branching_trees_say_what_their_questions_say(
    trees: list[object], rows: list[tuple[int, int, int]]
) -> None:
    scores = Branches.build(trees, "abc").score(np.array(rows, dtype=np.int16).T)
    assert scores.tolist() == [
        sum(follow(tree, dict(zip("abc", row, strict=True))) for tree in trees) for row in rows
    ]


def test_a_tree_of_unmeasured_features_is_refused() -> None:
    with pytest.raises(KeyError):
        Branches.build([["hue>3", 0, 1]], ["size"])
    with pytest.raises(TypeError, match="a list or a number"):
        Branches.build(["hue"], ["size"])


PACK = """
[pack]
name = "house"
version = "1.0.0"

[[rule]]
id = "legal.house"
why = "A link at the foot of the page."
scope = "line"
safety = "{safety}"
lines = ["privacy policy"]
hits = ["Privacy Policy"]
misses = ["a", "b", "c", "d", "e"]
"""


@pytest.mark.parametrize(("safety", "stays"), [("safe", True), ("hint", False)])
def test_a_line_stays_only_where_a_rule_that_would_take_it_is_switched_off(tmp_path, safety, stays):
    pack = tmp_path / "house.toml"
    pack.write_text(PACK.replace("{safety}", safety), encoding="utf-8")
    prose = "The council met for three hours on Tuesday and voted, by nine to four, to close the old bath."
    text = f"{prose}\n\nPrivacy Policy\n"
    cleaner = Cleaner.load(str(pack), disable=("legal.house",))
    assert ("Privacy Policy" in cleaner.clean(text, language="en").text) == stays
