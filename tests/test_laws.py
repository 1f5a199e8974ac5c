"""The laws that hold for any text: nothing is lost, nothing changes without a rule, all can be undone."""

import json
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.core.document import Context, Document
from cleaner.core.edits import apply, invert, settle, trim
from cleaner.report.ledger import build_report, dump_json, hash_text, read_edits, restore_source
from cleaner.sources.decode import Decoded
from cleaner.stages.layout import LayoutStage

FURNITURE = [
    "Advertisement",
    "Subscribe",
    "Share via",
    "Read more",
    "Skip to content",
    "11:14 PM",
    "News Feed",
    "More news",
    "",
]
PROSE = [
    "The council met on Tuesday and voted, by nine to four, to close the old bath in the north of the town.",
    "\N{LEFT DOUBLE QUOTATION MARK}It was time,\N{RIGHT DOUBLE QUOTATION MARK} the mayor said .",
    "It\u00e2\u20ac\u2122s the the end.",
    "\u0421easefire\u200b holds.",
]
ANY_CHARACTER = st.characters(exclude_categories=())
ANY_TEXT = st.text(ANY_CHARACTER, max_size=200)
PAGES = st.lists(
    st.one_of(st.sampled_from(FURNITURE), st.sampled_from(PROSE), st.text(ANY_CHARACTER, max_size=20)),
    max_size=25,
)
TEXTS = st.one_of(ANY_TEXT, PAGES.map("\n".join))


@given(TEXTS)
@example("\x00")
@example("\ud800\udc00 and \udfff")
@example("one\u2028two\x85three\x0bfour\x0cfive\x1c")
@example("\r\n\r\r\n")
@example("Advertisement\nSubscribe")
@settings(max_examples=300)
def test_any_text_is_cleaned_by_edits_that_can_be_undone(cleaner, text):
    result = cleaner.clean(text, language="en")
    assert apply(text, result.edits) == result.text
    assert apply(result.text, invert(text, result.edits)) == text
    position = 0
    for edit in result.edits:
        assert position <= edit.start <= edit.end
        assert trim(text, edit) == edit, "an edit is minimal and not empty"
        assert edit.causes, "no rule, no change"
        assert all(cause.rule and cause.stage for cause in edit.causes)
        position = edit.end
    removed = sum(edit.end - edit.start for edit in result.edits)
    added = sum(len(edit.new) for edit in result.edits)
    assert len(text) - removed + added == len(result.text)
    for edit in (*result.hints, *result.lost):
        assert 0 <= edit.start <= edit.end <= len(text)


@given(TEXTS)
@example("\ud800\udc00")
@example("Advertisement\n\ud83d\n\ude00")
def test_a_report_survives_json_and_restores_the_source(cleaner, text):
    result = cleaner.clean(text, language="en")
    written = dump_json(build_report(result, Decoded(text, "utf-8"), "0" * 64))
    report = json.loads(written.encode("utf-8").decode("utf-8"))
    assert [edit[:3] for edit in read_edits(report["edits"])] == [edit[:3] for edit in result.edits]
    assert restore_source(report, result.text) == text
    assert report["source"]["text_sha256"] == hash_text(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda value: st.lists(value) | st.tuples(value) | st.dictionaries(TEXTS, value),
)


@given(VALUES, st.integers(1, 4))
def test_json_is_laid_out_as_the_standard_library_does(value, indent):
    expected = json.dumps(value, ensure_ascii=False, indent=indent)
    assert dump_json(value, indent=indent) == re.sub(
        "[\ud800-\udfff]", lambda match: f"\\u{ord(match.group()):04x}", expected
    )


@given(TEXTS)
def test_layout_twice_changes_nothing_more(text):
    once = apply(text, settle(text, LayoutStage()(text, Context()).edits).edits)
    assert settle(once, LayoutStage()(once, Context()).edits).edits == []


@given(st.lists(TEXTS, max_size=4))
def test_a_result_does_not_depend_on_what_was_cleaned_before(cleaner, texts):
    one_by_one = [cleaner.clean(text, language="en").text for text in texts]
    assert [result.text for result in cleaner.clean_many(reversed(texts), language="en")] == one_by_one[::-1]


def test_a_megabyte_on_one_line(cleaner):
    text = "The council met on Tuesday and voted to close the bath. " * 20_000
    result = cleaner.clean(text, language="en")
    assert apply(text, result.edits) == result.text


def test_an_empty_text_stays_empty_without_a_flag(cleaner):
    result = cleaner.clean("")
    assert (result.text, result.edits, result.flags) == ("", (), ())


def test_a_text_of_cruft_alone_comes_out_empty_and_is_flagged(cleaner):
    result = cleaner.clean("Advertisement\nShare via\n")
    assert result.text == ""
    assert [flag.id for flag in result.flags] == ["empty"]


def test_the_title_that_the_source_gives_is_never_removed(cleaner):
    result = cleaner.clean_document(
        Document("a", "Advertisement\n\nThe word was all over town.\n", {"title": "Advertisement"})
    )
    assert result.text == "Advertisement\n\nThe word was all over town.\n"
    assert result.meta["title"] == "Advertisement"
