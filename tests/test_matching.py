"""What the matcher keeps although a phrase matches: broken sentences, the edges of menus."""

from pathlib import Path

import pytest

from cleaner.api import Cleaner
from cleaner.core.document import Context
from cleaner.core.matcher import Matcher
from cleaner.core.text import split_lines
from cleaner.packs import read_pack

PACK = """
[pack]
name = "trial"
version = "1.0.0"

[[rule]]
id = "nav.labels"
why = "Labels."
scope = "line"
lines = ["contact us", "share", "home", "search this site"]
hits = ["Share"]
misses = ["Share it."]

[[rule]]
id = "ad.marker"
why = "Marker."
scope = "line"
lines = ["advertisement"]
hits = ["Advertisement"]
misses = ["Advertisements"]

[[rule]]
id = "nav.run"
why = "Menu."
scope = "block"
shape = "label"
min_run = 4
requires = { shape = "known", min = 3, every = 3 }
lines = ["news", "sport", "weather"]
hits = ["News\\nSport\\nHarbour\\nWeather"]
misses = ["News\\nSport"]
"""


@pytest.fixture
def matcher(tmp_path: Path) -> Matcher:
    file = tmp_path / "trial.toml"
    file.write_text(PACK, encoding="utf-8")
    problems: list[str] = []
    pack = read_pack("trial", file, problems)
    assert pack is not None
    assert problems == []
    return Matcher(pack.rules)


def taken(matcher: Matcher, text: str) -> list[str]:
    found = matcher.find(text, split_lines(text), Context(language="en"))
    return [text[hit.start : hit.end].strip() for hit in sorted(found, key=lambda hit: hit.start)]


@pytest.mark.parametrize(
    "text",
    [
        "If you saw the car, please\nContact us\nby telephone or by mail.",
        "The children learn to\nshare\nwhat they have brought along.",
        "Of this the two had a\nShare\n, which they sold.",
        "They called the island\nHome\n.",
        "Whoever has found the key should\nContact us\nnow.",
    ],
)
def test_the_middle_of_a_broken_sentence_stays(matcher: Matcher, text: str) -> None:
    assert taken(matcher, text) == []


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("The bridge is closed.\n\nShare\n\nThe mayor regrets it.", ["Share"]),
        ("home\nshare\nThe bridge is closed.", ["home", "share"]),
        ("The bridge was\nAdvertisement\nclosed for a week.", ["Advertisement"]),
        ("Share\niPhone sales fell in the spring quarter.", ["Share"]),
        ("Share\nSearch this site", ["Share", "Search this site"]),
        ("Share Search this site", ["Share Search this site"]),
    ],
)
def test_furniture_goes(matcher: Matcher, text: str, gone: list[str]) -> None:
    assert taken(matcher, text) == gone


def test_a_menu_ends_with_its_last_known_line(matcher: Matcher) -> None:
    assert taken(matcher, "Our Town\nNews\nOld Harbour\nSport\nWeather\nBridge Closed") == [
        "News\nOld Harbour\nSport\nWeather"
    ]


def test_a_menu_needs_different_known_lines_close_together(matcher: Matcher) -> None:
    assert taken(matcher, "News\nAnn Lee\nNews\nJane Doe\nNews") == []
    assert taken(matcher, "News\nA\nB\nC\nD\nSport\nE\nF\nG\nH\nWeather") == []


def test_known_lines_include_what_safe_rules_remove(matcher: Matcher) -> None:
    assert taken(matcher, "News\nSport\nOld Harbour\nShare")[0] == "News\nSport\nOld Harbour\nShare"


def test_known_is_a_requirement_of_blocks_only(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(PACK.replace('shape = "label"', 'shape = "known"'), encoding="utf-8")
    problems: list[str] = []
    read_pack("bad", file, problems)
    assert any("known" in problem for problem in problems)


PROSE = (
    "The council met for three hours on Tuesday and voted to close the old swimming bath in the north. "
    "The mayor said that the roof would not hold another winter, as the engineers had written in March. "
    "The pool opened in 1931 and has been repaired twice since then, the last time after the flood. "
)


@pytest.mark.parametrize(
    ("glued", "left"),
    [
        (
            "Nobody was hurt. Related Articles Two lynxes are born Ferry line returns Leave a Comment",
            "Nobody was hurt.",
        ),
        (
            "Nobody was hurt. Share on Facebook Tweet Most Popular The price of bread © 2024 Harbour Times",
            "Nobody was hurt.",
        ),
        ("(AP Photo/Jane Doe) Nobody was hurt.", "Nobody was hurt."),
        ("The views expressed in this article are the author's own. Nobody was hurt.", "Nobody was hurt."),
        ("Follow AP's coverage of floods at https://example.org/floods", ""),
        ("Nobody was hurt. Thanks for reading Harbour Notes!", "Nobody was hurt."),
        ("Prices are accurate at the time of publication. Nobody was hurt.", "Nobody was hurt."),
    ],
)
def test_cruft_between_the_sentences_of_a_text_without_line_breaks_goes(glued, left):
    assert (
        Cleaner.load(dedupe="off", disable=("scorer.*",)).clean(PROSE + glued).text.strip()
        == (PROSE + left).strip()
    )


@pytest.mark.parametrize(
    "story",
    [
        "Related Articles 4 and 5 of the treaty will fall. They were written in 1920. Nobody read them. Then they vote. So it goes.",
        "Comments On the walls were scrubbed off by noon.",
        "He works for an agency (AP) and likes it.",
        "The views expressed by the mayor are his own.",
        '"Thanks for reading Harbour Notes!" said the card.',
        "Follow the council's coverage of the floods with care.",
        "Print Facebook posts, he said, and show Twitter users what they wrote.",
        "He pays for newsletters. Subscribe to one and you will get ten, he said.",
        "The captcha of the site failed. Nobody could prove that he was no robot.",
    ],
)
def test_a_text_without_line_breaks_keeps_what_is_the_story(story):
    text = PROSE + story
    assert Cleaner.load(dedupe="off", disable=("scorer.*",)).clean(text).text.strip() == text
