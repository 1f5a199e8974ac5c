"""The German, French, Italian and Dutch packs: their examples hold, and what articles say stays."""

from functools import cache
from pathlib import Path

import pytest

from cleaner import packs
from cleaner.core.document import Context
from cleaner.core.matcher import Hit, Matcher
from cleaner.core.rules import Rule
from cleaner.core.text import split_lines
from cleaner.packs import Pack, check_examples, load_packs
from cleaner.stages.strip import StripStage

LANGUAGES = ("de", "fr", "it", "nl")
DATA = Path(__file__).parent / "data"
FEWEST_MISSES = 5  # of a safe rule in a language without labelled pages
FEWEST_PROTECTED = 40


@cache
def read_packs() -> tuple[Pack, ...]:
    return tuple(load_packs([f"{language}/news" for language in LANGUAGES]))


@cache
def build_matcher(language: str | None = None) -> Matcher:
    """The safe rules that change text: of one language, or of all, as a text of unknown language has them."""
    return Matcher(rule for rule in safe_rules() if language is None or rule.speaks(language))


def safe_rules() -> list[Rule]:
    return [
        rule
        for pack in read_packs()
        for rule in pack.rules
        if rule.safety == "safe" and rule.action != "note"
    ]


def _changes_text(rule: Rule) -> bool:
    return rule.safety == "safe" and rule.action != "note"


def find(matcher: Matcher, text: str) -> list[Hit]:
    return matcher.find(text, split_lines(text), Context())


def protected_lines(language: str) -> list[str]:
    return (DATA / "protected" / f"{language}.txt").read_text(encoding="utf-8").splitlines()


def clean_articles(language: str) -> list[str]:
    return (DATA / "clean" / f"{language}.txt").read_text(encoding="utf-8").split("===\n")


def test_examples_hold() -> None:
    assert check_examples(read_packs()) == []


def test_packs_speak_their_language_only() -> None:
    assert all(rule.languages for pack in read_packs() for rule in pack.rules)
    assert {pack.name for pack in read_packs()} == {f"{language}/news" for language in LANGUAGES}


def test_ids_are_free_in_all_shipped_packs() -> None:
    names = [rule.id for pack in load_packs(sorted(packs.shipped_paths())) for rule in pack.rules]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", safe_rules(), ids=lambda rule: rule.id)
def test_safe_rules_have_hard_misses(rule: Rule) -> None:
    assert len({example.text for example in rule.misses}) >= FEWEST_MISSES


@pytest.mark.parametrize("language", LANGUAGES)
def test_protected_lines_stay_on_their_own(language: str) -> None:
    lines = protected_lines(language)
    assert len(set(lines)) >= FEWEST_PROTECTED
    touched = {line: hit.rule.id for line in lines for hit in find(build_matcher(), line)}
    assert touched == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("between", ["\n", "\n\n", " "], ids=["lines", "paragraphs", "one line"])
def test_protected_lines_stay_together(language: str, between: str) -> None:
    text = between.join(protected_lines(language))
    touched = {text[hit.start : hit.end]: hit.rule.id for hit in find(build_matcher(language), text)}
    assert touched == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_clean_articles_come_out_unchanged(language: str) -> None:
    articles = clean_articles(language)
    assert len(articles) == 2
    stage = StripStage(build_matcher(), frozenset(rule.id for rule in safe_rules()))
    for article in articles:
        assert stage(article, Context()).edits == []
        flat = " ".join(article.split())
        assert stage(flat, Context()).edits == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_hits_of_lines_go_from_the_middle_of_an_article(language: str) -> None:
    """A whole-line rule without position finds its first example between two paragraphs, too."""
    before, *rest = clean_articles(language)[0].split("\n\n")
    for rule in safe_rules():
        placed = (
            rule.within_first
            or rule.within_last
            or rule.after_fraction
            or rule.next_to
            or rule.min_keep_words
        )
        if rule.scope != "line" or not rule.lines or placed or language not in rule.languages:
            continue
        text = "\n\n".join([before, rule.hits[0].text.strip(), *rest])
        assert any(hit.rule.id == rule.id for hit in find(Matcher([rule]), text)), rule.id
