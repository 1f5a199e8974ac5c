"""Repair: what it mends, what it leaves alone, and that it does so once and for all."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Context
from cleaner.core.edits import apply, invert
from cleaner.stages.repair import REPAIR_RULES, RepairStage

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
# Characters that some rule looks at, so that they meet each other often.
BUSY = (
    "aZt .\n\r-?&;#x<1\x00\x0b\x0c\x1b[m\x80\x85\x9d\xad"
    "\u00c3\xa0\xa9\xe2\u20ac\u0153\u2122\u200b\u200d\u200e\u2028\u05d0\u0430\u0421\u03bf\ufb01\ufeff\ufffd\ud83d\ude00"
)
BUSY_TEXT = st.lists(
    st.one_of(st.sampled_from(BUSY), st.sampled_from(["&amp;", "&#13;", "\xe2\u20ac\u2122", "don", "the"])),
    max_size=25,
).map("".join)


def repair(text, language="en"):
    return apply(text, RepairStage()(text, Context(language)).edits)


@pytest.mark.parametrize(
    ("rule", "hit"), [(r, h) for r in REPAIR_RULES for h in r.hits], ids=lambda v: getattr(v, "id", None)
)
def test_a_rule_hits_its_hits(rule, hit):
    context = Context(hit.language)
    found = list(rule.find(hit.before, context))
    assert found
    assert apply(hit.before, found) == hit.after
    findings = RepairStage()(hit.before, context)
    assert rule.id in {cause.rule for edit in [*findings.edits, *findings.hints] for cause in edit.causes}


@pytest.mark.parametrize(
    ("rule", "miss"), [(r, m) for r in REPAIR_RULES for m in r.misses], ids=lambda v: getattr(v, "id", None)
)
def test_a_rule_misses_its_misses(rule, miss):
    assert list(rule.find(miss.text, Context(miss.language))) == []


@given(st.one_of(ANY_TEXT, BUSY_TEXT), st.sampled_from(["en", "fr", "und"]))
@settings(max_examples=400)
def test_repairing_twice_changes_nothing_more(text, language):
    once = repair(text, language)
    assert repair(once, language) == once


@given(BUSY_TEXT)
def test_repair_can_be_undone(text):
    edits = RepairStage()(text, Context("en")).edits
    assert apply(apply(text, edits), invert(text, edits)) == text


@pytest.mark.parametrize("rule", REPAIR_RULES, ids=lambda rule: rule.id)
def test_a_rule_says_why_and_has_as_many_misses_as_hits(rule):
    assert rule.why
    assert rule.hits
    assert len(rule.misses) >= len(rule.hits)


@pytest.mark.parametrize("rule", REPAIR_RULES, ids=lambda rule: rule.id)
def test_a_rule_is_documented(rule):
    page = (Path(__file__).parent.parent / "docs" / "repair.md").read_text(encoding="utf-8")
    if not rule.id.startswith("profile."):
        assert f"`{rule.id}`" in page


def test_a_line_about_wrong_encodings_keeps_its_examples():
    text = "Mojibake: caf\xe9 becomes \u201ccaf\xc3\xa9\u201d.\nIt\xe2\u20ac\u2122s late.\n"
    findings = RepairStage()(text, Context("en"))
    assert (
        apply(text, findings.edits) == "Mojibake: caf\xe9 becomes \u201ccaf\xc3\xa9\u201d.\nIt\u2019s late.\n"
    )
    assert [hint.new for hint in findings.hints if hint.causes[0].rule == "repair.quoted-mojibake"] == [
        "\xe9"
    ]
