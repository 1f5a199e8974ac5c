"""A regex from a rule file cannot hang a run: what can is refused when the pack loads."""

import re

import pytest

from cleaner.core.backtracking import find_risk
from cleaner.core.document import Context
from cleaner.core.matcher import Matcher
from cleaner.core.text import split_lines
from cleaner.errors import PackError
from cleaner.packs import load_packs


@pytest.mark.parametrize(
    "source",
    [
        r"(a+)+$",
        r"(a|aa)*b",
        r"(?:a|ab|b)*c",
        r"(.*)*x",
        r"(\w+\s?)*$",
        r"([a-z]+)*[0-9]",
        r"(?:(?:x+x+)+)y",
        r"^(\d+|\w+)*$",
        r"(a?){30}a{30}",
        r"(?:a{1,50}){1,50}b",
        r"(?:\w+,?)+!",
        r".*.*.*.*x",
        r"\s+\s+\s+\s+$",
        r"(?:(?=a)a+)+b",
    ],
)
def test_hostile_patterns_are_refused(source):
    assert find_risk(re.compile(source)) is not None


@pytest.mark.parametrize(
    "source",
    [
        r"\w+(?:, [A-Z]\w+)* and more",
        r"(?:our |free |fearless |independent )*journalism",
        r"[A-Z][^.]*(?:[A-Z]\.[^.]*)* contributed",
        r"(?:(?>share|print)(?>[\s|]+|$)){2,14}",
        r"\(?(?:photo|image) by [^()]{2,80}\)?",
        r".+ minutes? read",
        r"(?:[A-Z]\.)+",
        r"(?:(?:teilen|drucken|link kopieren|x|xing)(?:[\s|/,]+|$)){2,14}",
        r"By [A-Z][a-z]+(?: (?:de|[A-Z]\w*)){1,4}(?:(?:, | y )[A-Z][a-z]+(?: (?:de|[A-Z]\w*)){1,4})*",
        r"we [^.!?]{0,60}use[^.!?]{0,60}cookies[^.!?]{0,60}to[^.!?]{0,200}",
    ],
)
def test_ordinary_patterns_are_accepted(source):
    assert find_risk(re.compile(source)) is None


def test_the_pack_is_refused_with_file_line_and_reason(tmp_path):
    path = tmp_path / "evil.toml"
    path.write_text(
        '[[rule]]\nid = "ad.evil"\nwhy = "w"\nscope = "line"\nregex = "(a+)+b"\nhits = ["aab"]\nmisses = ["c"]\n',
        encoding="utf-8",
    )
    with pytest.raises(PackError, match=r"evil.toml:5: rule ad.evil: regex: could take forever"):
        load_packs([str(path)])


def test_every_shipped_pattern_stands_up_to_long_repetitive_text():
    """Would hang, not fail, if a shipped pattern backtracked without bound."""
    matcher = Matcher([rule for pack in load_packs() for rule in pack.rules])
    for unit in (
        "a",
        " ",
        "a ",
        "A. ",
        "a,",
        "(",
        "(Photo by ",
        "by ",
        "1",
        "sign up ",
        "Read more: ",
        "\u4e2d",
        ". ",
        "- ",
    ):
        text = unit * (2400 // len(unit))
        for line in (text, text + "\n" + text + "!"):
            matcher.find(line, split_lines(line), Context())


def test_a_span_is_found_in_a_line_of_any_length(tmp_path):
    path = tmp_path / "span.toml"
    path.write_text(
        '[[rule]]\nid = "ad.span"\nwhy = "w"\nscope = "span"\nregex = "\\\\(related: [^)]*\\\\)"\n'
        'hits = ["(related: x)"]\nmisses = ["related: x"]\n',
        encoding="utf-8",
    )
    (pack,) = load_packs([str(path)])
    text = "The council met on Tuesday. (related: more) " * 3000
    assert len(Matcher(pack.rules).find(text, split_lines(text), Context())) == 3000
    hostile = "(related: " * 100_000
    assert Matcher(pack.rules).find(hostile, split_lines(hostile), Context()) == []
