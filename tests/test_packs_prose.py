"""Cruft in full sentences, in every language but English: it goes, line by line and out of joined prose; the story stays."""

from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.core.document import Context
from cleaner.core.matcher import Matcher
from cleaner.core.text import split_lines
from cleaner.packs import check_examples, load_packs

DATA = Path(__file__).parent / "data"
LANGUAGES = (
    "de",
    "fr",
    "it",
    "nl",
    "es",
    "pt",
    "pl",
    "cs",
    "ru",
    "uk",
    "tr",
    "el",
    "ar",
    "hi",
    "zh",
    "ja",
    "ko",
)
UNSPACED = ("zh", "ja")
FEWEST_MISSES = 5  # of a safe rule in a language with few labelled pages
FEWEST_PIECES = 10  # of cruft in a dirty article
KEPT, CRUFT = "= ", "- "


def read_pieces(language: str) -> tuple[list[str], list[str]]:
    """The marked pieces of the article with line breaks, and of the one that is joined to one line."""
    first, second = (DATA / "dirty" / f"{language}.txt").read_text(encoding="utf-8").split("===\n")
    return first.splitlines(), second.splitlines()


def join(pieces: list[str], between: str, *marks: str) -> str:
    """The pieces with these marks, without them."""
    return between.join(piece[2:] for piece in pieces if piece[:2] in marks)


@pytest.fixture(scope="module")
def rules_only() -> Cleaner:
    """The rules of all packs; neither the scorer nor the search for duplicates helps."""
    return Cleaner.load(dedupe="off", disable=("scorer.*",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_hold_and_safe_rules_bring_hard_misses(language: str) -> None:
    (pack,) = load_packs([f"{language}/prose"])
    assert check_examples([pack]) == []
    assert language in pack.languages
    assert [rule.id for rule in pack.rules if len({miss.text for miss in rule.misses}) < FEWEST_MISSES] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dirty_article_with_line_breaks_comes_out_as_its_story(rules_only: Cleaner, language: str) -> None:
    pieces, _ = read_pieces(language)
    assert sum(piece.startswith(CRUFT) for piece in pieces) >= FEWEST_PIECES
    cleaned = rules_only.clean(join(pieces, "\n", KEPT, CRUFT) + "\n", language=language)
    assert cleaned.text == join(pieces, "\n", KEPT) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dirty_article_in_one_line_comes_out_as_its_story(rules_only: Cleaner, language: str) -> None:
    _, pieces = read_pieces(language)
    assert sum(piece.startswith(CRUFT) for piece in pieces) >= FEWEST_PIECES
    between = "" if language in UNSPACED else " "
    cleaned = rules_only.clean(join(pieces, between, KEPT, CRUFT) + "\n", language=language)
    assert cleaned.text == join(pieces, between, KEPT) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_alone_stays_as_it_is(cleaner: Cleaner, language: str) -> None:
    for pieces in read_pieces(language):
        for between in ("\n", " "):
            story = join(pieces, between, KEPT) + "\n"
            assert cleaner.clean(story, language=language).edits == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("between", ["\n", " "], ids=["lines", "one line"])
def test_no_safe_rule_touches_a_protected_line(language: str, between: str) -> None:
    packs = load_packs([f"{language}/prose", f"{language}/news"])
    matcher = Matcher(
        rule for pack in packs for rule in pack.rules if rule.safety == "safe" and rule.action != "note"
    )
    lines = (DATA / "protected" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    texts = [*lines, between.join(lines)]
    touched = [
        (hit.rule.id, text[hit.start : hit.end])
        for text in texts
        for hit in matcher.find(text, split_lines(text), Context(language=language))
    ]
    assert touched == []
