"""The laws of edits, over any text: lone surrogates, NUL and odd line separators included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.core.edits import Cause, Edit, SourceMap, apply, compose, invert, settle, trim

CAUSE = (Cause("test.rule", "test"),)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@st.composite
def text_with_edits(draw, text=None, disjoint=False):
    source = draw(ANY_TEXT) if text is None else text
    edits = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(source)))
        end = draw(st.integers(start, min(len(source), start + 12)))
        new = draw(st.one_of(st.just(""), st.text("ab\n", max_size=4)))
        edits.append(Edit(start, end, new, (Cause(f"test.rule-{number}", "test"),)))
    return source, edits


@given(text_with_edits())
def test_settled_edits_are_disjoint_minimal_and_complete(case):
    source, edits = case
    settled = settle(source, edits)
    position = 0
    for edit in settled.edits:
        assert position <= edit.start <= edit.end <= len(source)
        assert trim(source, edit) == edit
        assert edit.causes
        position = edit.end
    effective = {e.causes[0].rule for e in edits if trim(source, e)}
    named = {c.rule for e in [*settled.edits, *settled.lost] for c in e.causes}
    assert named == effective


@given(text_with_edits())
def test_invert_restores_the_source(case):
    source, edits = case
    settled = settle(source, edits).edits
    text = apply(source, settled)
    assert apply(text, invert(source, settled)) == source


@given(st.data())
def test_compose_does_what_both_lists_do(data):
    source, first = data.draw(text_with_edits())
    first = settle(source, first).edits
    middle = apply(source, first)
    _, second = data.draw(text_with_edits(text=middle))
    second = settle(middle, second).edits
    composed = compose(source, first, second)
    text = apply(middle, second)
    assert apply(source, composed.edits) == text
    assert apply(text, invert(source, composed.edits)) == source
    assert all(trim(source, edit) == edit for edit in composed.edits)
    causes = {c for e in [*first, *second] for c in e.causes}
    assert {c for e in [*composed.edits, *composed.cancelled] for c in e.causes} == causes


@given(st.data())
def test_source_map_finds_the_span_that_became_it(data):
    source, edits = data.draw(text_with_edits())
    edits = settle(source, edits).edits
    text = apply(source, edits)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    source_start, source_end = SourceMap(edits).span(start, end)
    assert 0 <= source_start <= source_end <= len(source)
    kept = [c for n, c in enumerate(source) if not any(e.start <= n < e.end for e in edits)]
    assert len(kept) <= len(text)
    if not edits:
        assert (source_start, source_end) == (start, end)


def test_outer_beats_inner_and_the_inner_is_named():
    settled = settle("one two three", [Edit(4, 7, "2", CAUSE), Edit(0, 13, "", (Cause("outer", "test"),))])
    assert [e.causes[0].rule for e in settled.edits] == ["outer"]
    assert [e.causes[0].rule for e in settled.lost] == ["test.rule"]


def test_overlapping_removals_unite_with_both_causes():
    settled = settle("abcdef", [Edit(0, 4, "", (Cause("a", "s"),)), Edit(2, 6, "", (Cause("b", "s"),))])
    assert settled.edits == [Edit(0, 6, "", (Cause("a", "s"), Cause("b", "s")))]
    assert settled.lost == []


def test_earlier_rule_beats_a_later_one_that_overlaps():
    settled = settle("abcdef", [Edit(2, 6, "x", (Cause("first", "s"),)), Edit(0, 4, "y", (Cause("second", "s"),))])
    assert [e.causes[0].rule for e in settled.edits] == ["first"]
    assert [e.causes[0].rule for e in settled.lost] == ["second"]


def test_touching_removals_stay_apart_and_invert_in_order():
    edits = [Edit(0, 2, "", CAUSE), Edit(2, 4, "", CAUSE)]
    assert settle("abcd!", edits).edits == edits
    assert apply("!", invert("abcd!", edits)) == "abcd!"


def test_edits_that_cancel_are_told():
    composed = compose("ab", [Edit(1, 2, "c", CAUSE)], [Edit(1, 2, "b", CAUSE)])
    assert composed.edits == []
    assert len(composed.cancelled) == 1


def test_apply_refuses_overlap():
    with pytest.raises(ValueError, match="overlaps"):
        apply("abc", [Edit(0, 2, "", CAUSE), Edit(1, 3, "", CAUSE)])
