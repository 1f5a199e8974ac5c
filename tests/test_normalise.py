"""Normalise: what it brings into one form, what it leaves alone, and that it does so once and for all."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Context
from cleaner.core.edits import apply, invert
from cleaner.stages.normalise import NORMALISE_RULES, NormaliseStage
from cleaner.stages.normalise.profile import PROFILE_RULES

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
PIECES = [
    " ",
    "  ",
    "the",
    "The",
    "of",
    "a",
    ".",
    ",",
    "!",
    ";",
    "\n",
    "e\u0301",
    "\u212b",
    "\u201c",
    "\u201d",
    "Title of four words",
    "\t",
    "5",
    "\x00",
    "\ud800",
]
BUSY_TEXT = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def normalise(text, language="en"):
    return apply(text, NormaliseStage()(text, Context(language)).edits)


@pytest.mark.parametrize(
    ("rule", "hit"), [(r, h) for r in NORMALISE_RULES for h in r.hits], ids=lambda v: getattr(v, "id", None)
)
def test_a_rule_hits_its_hits(rule, hit):
    context = Context(hit.language)
    found = list(rule.find(hit.before, context))
    assert found
    assert apply(hit.before, found) == hit.after
    if rule in PROFILE_RULES:
        return  # its stage needs a profile: see test_profiles.py
    findings = NormaliseStage()(hit.before, context)
    assert rule.id in {cause.rule for edit in [*findings.edits, *findings.hints] for cause in edit.causes}


@pytest.mark.parametrize(
    ("rule", "miss"),
    [(r, m) for r in NORMALISE_RULES for m in r.misses],
    ids=lambda v: getattr(v, "id", None),
)
def test_a_rule_misses_its_misses(rule, miss):
    assert list(rule.find(miss.text, Context(miss.language))) == []


@given(st.one_of(ANY_TEXT, BUSY_TEXT), st.sampled_from(["en", "fr", "de", "und"]))
@settings(max_examples=400)
def test_normalising_twice_changes_nothing_more(text, language):
    once = normalise(text, language)
    assert normalise(once, language) == once


@given(BUSY_TEXT)
def test_normalising_can_be_undone(text):
    edits = NormaliseStage()(text, Context("en")).edits
    assert apply(apply(text, edits), invert(text, edits)) == text


@pytest.mark.parametrize("rule", NORMALISE_RULES, ids=lambda rule: rule.id)
def test_a_rule_says_why_and_has_as_many_misses_as_hits(rule):
    assert rule.why
    assert rule.hits
    assert len(rule.misses) >= len(rule.hits)


@pytest.mark.parametrize("rule", NORMALISE_RULES, ids=lambda rule: rule.id)
def test_a_rule_is_documented(rule):
    page = (Path(__file__).parent.parent / "docs" / "repair.md").read_text(encoding="utf-8")
    if not rule.id.startswith("profile."):
        assert f"`{rule.id}`" in page
