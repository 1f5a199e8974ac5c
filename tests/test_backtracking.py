"""A regex from a rule file cannot hang a run: what can is refused when the pack loads."""

import re

import pytest

from cleaner.core.document import Context
from cleaner.core.matcher import Matcher
from cleaner.core.patterns.backtracking import find_risk
from cleaner.core.patterns.steps import MOST_STEPS, count_most_steps, write_hostile_texts
from cleaner.core.text import split_lines
from cleaner.errors import PackError
from cleaner.packs import load_packs

HOSTILE = [
    # exponential: a repeated part that reads one text in two ways
    r"(a+)+$",
    r"(a*)*$",
    r"(a|aa)*b",
    r"(a|a)*b",
    r"(?:a|ab|b)*c",
    r"(.*)*x",
    r"(.+)+x",
    r"(\w+\s?)*$",
    r"(\s*\w+)*;",
    r"([a-z]+)*[0-9]",
    r"(?:(?:x+x+)+)y",
    r"^(\d+|\w+)*$",
    r"(a?){30}a{30}",
    r"(?:a{1,50}){1,50}b",
    r"(?:\w+,?)+!",
    r"(?:[^.]*\.?)*!",
    r"(?:(?=a)a+)+b",
    r"(?:by |by [a-z]* ?)+x",
    r"([a-zA-Z0-9])(([-.]|[_]+)?([a-zA-Z0-9]+))*@",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"(?:(?:ab)*(?:ab)*)*c",
    r"((?:x|y|xy)+,)+!",
    r"(?:more|mo|re)+ news",
    r"(?:\s|\u00a0)*(?:\s+)*x",
    r"(?:(a+)b?)+c",
    r"(?>(a+)+b)c",
    r"(?=(a+)+b)a",
    r"(?!(?:\w+ ?)+!)by .*",
    r"(?:(a+)+)++b",
    r"(?:a+?)+?b",
    r"(?:a{2,}){2,}b",
    r"(?i:(?:read|READ) ?)*more(?:a|A)+(?:a|A)+(?:a|A)+b",
    # polynomial: repeats that share their characters follow each other
    r".*.*.*.*x",
    r"\s+\s+\s+\s+$",
    r".*a.*a.*a.*a.*b",
    r"[^x]*[^y]*[^z]*[^q]*!",
    r"\w*\d*\w*\d*\w*!",
    r"(?:[ /,-]+[\w ,-]{0,40}){0,5}!",
    r"(?:-?[\w-]*){5}!",
    r"\w+-\w*-?\w*-?\w*-?[\w-]*[\w-]*!",
    r"(?:a{0,400}){4}b",
    r"(?>.*.*.*.*x)",
    r"(?=.*.*.*.*x)by",
    r"(?:.{0,300},?){5}end",
    r"x*y*x*x*x*x*!",
]
ORDINARY = [
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
    r"(?:updated|published):? .{4,40}",
    r"share on (?:facebook|twitter|whatsapp)(?: ?\d+)?",
    r"\d+ comments?",
    r"(?:copyright|\(c\)) ?\d{4}.{0,200}",
    r"sign up (?:for|to) (?:our|the) [^.!?]{0,80}newsletter[^.!?]{0,100}[.!]?",
    r"read (?:more|also|next):? .{3,120}",
    r"\(?(?:reuters|afp|dpa)(?:/[a-z]{2,10}){0,3}\)?",
    r"(?:home|start) ?[>/] ?[^>/]{2,40}(?: ?[>/] ?[^>/]{2,40}){0,4}",
    r"(?:\d{1,2}\.){2}\d{4}(?:,? \d{1,2}:\d\d)?",
    r"[-=*_ ]{3,60}",
    r"tags?: [^,]{2,30}(?:, [^,]{2,30}){0,20}",
    r"by (?:\w+ ){1,4}for \w+",
    r"(?:click|tap) here to [^.!?]{2,80}[.!?]?",
    r"https?://\S+",
    r"\S+@\S+\.\w{2,}",
    r"[^|]{2,40}\|[^|]{2,40}\|[^|]{2,40}",
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? \w{3,9} \d{1,2}",
    r"(?P<read_time>\d{1,3} min(?:ute)?s?) read",
    r"(?:\s*\w+:\s*\d+){1,5}",
    r"also on [A-Z]\w+(?: [A-Z]\w+){0,3}:?",
    r"follow (?:us|him|her) on \w+(?:, \w+)* and \w+",
    r"\[(?:gallery|caption|embed)[^\]]{0,200}\]",
    r"advertis(?:e|ing|ement)s?",
    r"story continues below[^.]{0,40}",
    r"(?:this (?:article|story|post)) (?:was )?(?:first |originally )?(?:appeared|published) (?:on|in|at) [^.]{2,80}\.?",
    r"\u00a9 ?[^.!?]{2,60}",
    r"(?:image|photo)s?: ?[A-Z][\w.]*(?: [A-Z][\w.]*){0,3} ?/ ?[A-Z]\w+",
    r"[\u4e00-\u9fff]{2,4}\u8bb0\u8005",
    r"\u0447\u0438\u0442\u0430\u0439\u0442\u0435 (?:\u0442\u0430\u043a\u0436\u0435|\u0435\u0449\u0451)[: ].{3,120}",
    r"(?:view|show|hide|load) (?:all |more )?(?:\d+ )?(?:comments|replies)",
    r"(?<=[.!?] )source: [A-Z][\w ]{2,40}\.?$",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_patterns_are_refused(source):
    assert find_risk(re.compile(source, re.IGNORECASE)) is not None


@pytest.mark.parametrize("source", ORDINARY)
def test_ordinary_patterns_are_accepted_and_are_quick(source):
    """The search in real texts would hang, not fail, if a pattern that is accepted were slow."""
    pattern = re.compile(source)
    assert find_risk(pattern) is None
    assert count_most_steps(pattern) <= MOST_STEPS
    for text in write_hostile_texts(pattern):
        pattern.fullmatch(text * 4)


def test_there_are_forty_of_each():
    assert min(len(set(HOSTILE)), len(set(ORDINARY))) >= 40


@pytest.mark.parametrize("source", [r"(?:a|a)*b", r"(a+)+b", r"(.*)*x", r"[ab]*[bc]*[ab]*[abc]*!"])
def test_steps_tell_a_slow_pattern_without_a_clock(source):
    assert count_most_steps(re.compile(source)) > MOST_STEPS


def test_a_search_costs_more_than_a_match():
    pattern = re.compile(r"[a-z ]*[a-z]*!")
    assert find_risk(pattern) is None
    assert find_risk(pattern, longest=4000, anywhere=True) is not None


@pytest.mark.parametrize(
    "source",
    [
        "(?:" + "|".join(f"word{n}" for n in range(1500)) + ")+x",
        "(?:" * 60 + "a" + ")*" * 60,
        "(" * 90 + "a" + ")" * 90 + "{1,9}" * 1,
        "(?:a{1,9}){1,9}" + "(?:(?:b{9}){9}){9}" * 3,
        "[a-z]" * 5000,
    ],
    ids=["a long list in a loop", "deep loops", "deep groups", "copies of copies", "long"],
)
def test_the_check_itself_cannot_hang(source):
    try:
        pattern = re.compile(source)
    except (re.error, RecursionError):
        return
    find_risk(pattern)


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
