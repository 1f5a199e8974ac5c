"""Views of a text: lines, keys, sentences, words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.core.text import (
    WORD_RE,
    count_words,
    count_words_up_to,
    fold,
    split_lines,
    split_sentences,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
LINES = st.lists(
    st.one_of(ANY_TEXT, st.sampled_from(["\u0301a", "\u1100\u1161", "\ufb01", "\u0130\u0307"])), max_size=6
).map("\n".join)


@given(LINES)
def test_lines_cover_the_text_and_break_at_newlines_only(text):
    lines = split_lines(text)
    assert "\n".join(line.text for line in lines) == text
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert len(lines) == text.count("\n") + 1


@given(LINES)
def test_a_key_is_that_of_the_line_alone(text):
    assert [line.key for line in split_lines(text)] == [fold(line) for line in text.split("\n")]


@given(st.one_of(LINES, st.text(alphabet="a_1'e\u0301\u0915\u093e\u0e33\u4e2d\uac00 ", max_size=30)))
def test_words_are_counted_as_they_are_found(text):
    assert count_words(text) == len(WORD_RE.findall(text))


@given(ANY_TEXT.map(lambda text: text.replace("\n", " ")))
def test_sentences_cover_their_line(text):
    spans = split_sentences(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He met Mr. Xi in the U.S. capital. Then he left.", 2),
        ("\u201cNo,\u201d he said. \u201cNever.\u201d She nodded.", 3),
        ("Es war z.B. am 3. Mai so. Dann nicht.", 2),
        ("\u4ed6\u8d70\u4e86\u3002\u5979\u7559\u4e0b\u3002", 2),
        ("What? Really! Yes\u2026 Fine.", 4),
        ("No end here", 1),
        ("Prices rose 3.5 percent to 1.2 million.", 1),
    ],
)
def test_sentences(text, count):
    assert len(split_sentences(text)) == count


def test_a_danda_is_no_part_of_a_word():
    assert WORD_RE.findall("\u0915\u0930\u0947\u0902\u0964 \u092c\u0948\u0920\u0915") == [
        "\u0915\u0930\u0947\u0902",
        "\u092c\u0948\u0920\u0915",
    ]


@given(st.text(alphabet="ab '-.\u4e2d\u0301\n", max_size=40), st.integers(0, 30), st.sampled_from([1, 100]))
def test_counting_words_up_to_a_bound_agrees_with_counting_them_all(text, most, times):
    assert count_words_up_to(text * times, most) == min(count_words(text * times), most)
