"""Shipped rules: their examples hold, protected sentences stay, any text is survived, safety is earned."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Context
from cleaner.core.matcher import Matcher
from cleaner.core.rules import Rule
from cleaner.core.text import split_lines
from cleaner.corpus.measure import FEWEST_MISSES, judge, read_review, render_table
from cleaner.packs import check_examples, load_packs

PROTECTED = Path(__file__).parent / "data" / "protected"
PACKS = load_packs()
RULES = [rule for pack in PACKS for rule in pack.rules]
DOCS = Path(__file__).parent.parent / "docs"
EVIDENCE = json.loads((DOCS / "evidence" / "rules.json").read_text(encoding="utf-8"))
REVIEW = read_review(DOCS / "evidence" / "reviewed.toml")


def acting(language: str, safety: tuple[str, ...] = ("safe",)) -> Matcher:
    """The matcher of all rules of these safeties that speak a language; site packs too."""
    return Matcher(rule for rule in RULES if rule.safety in safety and rule.speaks(language))


def sentences(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def touched(matcher: Matcher, text: str, language: str) -> list[str]:
    hits = matcher.find(text, split_lines(text), Context(language=language))
    return [hit.rule.id for hit in hits if hit.rule.action != "note"]


def test_every_rule_hits_its_hits_and_misses_its_misses() -> None:
    assert check_examples(PACKS) == []


@pytest.mark.parametrize("path", sorted(PROTECTED.glob("*.txt")), ids=lambda path: path.stem)
def test_no_safe_rule_touches_a_protected_sentence(path: Path) -> None:
    language = path.stem
    matcher = acting(language)
    for sentence in sentences(path):
        assert (sentence, touched(matcher, sentence, language)) == (sentence, [])


@pytest.mark.parametrize("path", sorted(PROTECTED.glob("*.txt")), ids=lambda path: path.stem)
def test_no_safe_rule_touches_a_protected_sentence_within_an_article(path: Path) -> None:
    language = path.stem
    matcher = acting(language)
    frame = "The council of the town met on Tuesday evening and argued for three hours about the old bridge."
    for sentence in sentences(path):
        assert (sentence, touched(matcher, f"{frame}\n\n{sentence}\n\n{frame}", language)) == (sentence, [])


def test_there_are_enough_protected_sentences_in_every_language() -> None:
    counts = {path.stem: len(set(sentences(path))) for path in PROTECTED.glob("*.txt")}
    spoken = {language for pack in PACKS for language in pack.languages}
    assert spoken - {"lb"} <= set(counts)  # Luxembourgish pages are read by the German pack
    assert min(counts.values()) >= 20
    assert counts["en"] >= 100
    assert sum(counts.values()) >= 600


PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from([example.text for rule in RULES for example in (*rule.hits, *rule.misses)]),
    st.sampled_from(
        ["\n", "\n\n", " ", ". ", "\x00", "\u2028", "\ud800", "Facebook\n", "News\n", "(", "[", "© 2020 "]
    ),
)
EVERYTHING = {language: acting(language, ("safe", "unsafe", "hint")) for language in ("en", "de", "und")}


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(sorted(EVERYTHING)))
def test_every_rule_runs_over_any_text(text: str, language: str) -> None:
    lines = split_lines(text)
    for hit in EVERYTHING[language].find(text, lines, Context(language=language)):
        assert 0 <= hit.start < hit.end <= len(text)
        assert 0 <= hit.first <= hit.last < len(lines)


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.id in EVIDENCE["rules"]], ids=lambda rule: rule.id
)
def test_declared_safety_is_in_step_with_the_evidence(rule: Rule) -> None:
    row = EVIDENCE["rules"][rule.id]
    verdict = judge(rule, row["sites"], row["article"], REVIEW)
    assert row["verdict"] == verdict, "run `cleaner rules measure LABELLED --write`"
    if rule.safety == "safe":
        assert verdict.startswith("safe"), f"{rule.id} is declared safe, the evidence says {verdict}"


def test_every_rule_has_evidence() -> None:
    assert {rule.id for rule in RULES} == set(EVIDENCE["rules"]), (
        "run `cleaner rules measure LABELLED --write`"
    )


def test_rules_that_are_accepted_by_name_are_safe_and_bring_their_misses() -> None:
    by_id = {rule.id: rule for rule in RULES}
    assert set(REVIEW.accepted) <= set(by_id)
    assert [id for id in REVIEW.accepted if by_id[id].safety != "safe"] == []
    assert [id for id in REVIEW.accepted if len(by_id[id].misses) < FEWEST_MISSES] == []


def test_reviews_speak_of_lines_that_were_hit() -> None:
    for rule_id, lines in REVIEW.errors.items():
        assert set(lines) <= set(EVIDENCE["rules"][rule_id]["article"]), rule_id


def test_the_table_in_the_documentation_is_current() -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert render_table(EVIDENCE) in page, "run `cleaner rules measure LABELLED --write`"
