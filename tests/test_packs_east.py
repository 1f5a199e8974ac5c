"""The packs for Russian, Ukrainian, Polish, Chinese, Japanese, Korean, Greek and Czech news sites."""

from pathlib import Path

import pytest

from cleaner.core.document import Context
from cleaner.core.matcher import Hit, Matcher
from cleaner.core.text import split_lines
from cleaner.packs import Pack, check_examples, load_packs
from cleaner.stages.strip import StripStage

DATA = Path(__file__).parent / "data"
LANGUAGES = ("ru", "uk", "pl", "zh", "ja", "ko", "el", "cs")
ARTICLE_LANGUAGES = LANGUAGES[:6]  # with a clean article in tests/data
FEWEST_MISSES = 5  # of a safe rule
FEWEST_PROTECTED = {"ru": 40, "pl": 40}


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {language: load_packs([f"{language}/news"])[0] for language in LANGUAGES}


@pytest.fixture(scope="module")
def matcher(packs: dict[str, Pack]) -> Matcher:
    """The safe rules of all these packs."""
    return Matcher(rule for pack in packs.values() for rule in pack.rules if rule.safety == "safe")


def safe_hits(matcher: Matcher, text: str, language: str) -> list[Hit]:
    """What safe rules would take out of a text of this language; titles that are noted stay."""
    hits = matcher.find(text, split_lines(text), Context(language=language))
    return [hit for hit in hits if hit.rule.action != "note" and hit.rule.speaks(language)]


def read_lines(folder: str, language: str) -> list[str]:
    return (DATA / folder / f"{language}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_examples_hold(packs: dict[str, Pack], language: str) -> None:
    assert check_examples([packs[language]]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_stay_in_their_language(packs: dict[str, Pack], language: str) -> None:
    pack = packs[language]
    assert pack.languages == {language}
    assert all(rule.languages == {language} for rule in pack.rules)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_safe_rule_has_enough_misses(packs: dict[str, Pack], language: str) -> None:
    thin = [
        rule.id
        for rule in packs[language].rules
        if rule.safety == "safe" and len(rule.misses) < FEWEST_MISSES
    ]
    assert thin == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_safe_rules_leave_protected_lines(matcher: Matcher, language: str) -> None:
    protected = read_lines("protected", language)
    assert len(protected) >= FEWEST_PROTECTED.get(language, 20)
    assert len(set(protected)) == len(protected)
    touched = [(hit.rule.id, line) for line in protected for hit in safe_hits(matcher, line, language)]
    assert touched == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_protected_lines_stay_where_the_language_is_unknown(matcher: Matcher, language: str) -> None:
    protected = read_lines("protected", language)
    assert [(hit.rule.id, line) for line in protected for hit in safe_hits(matcher, line, "und")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_safe_rules_leave_protected_lines_inside_one_long_line(matcher: Matcher, language: str) -> None:
    text = " ".join(read_lines("protected", language))
    assert [(hit.rule.id, text[hit.start : hit.end]) for hit in safe_hits(matcher, text, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_safe_rules_leave_protected_lines_as_one_document(matcher: Matcher, language: str) -> None:
    text = "\n\n".join(read_lines("protected", language))
    assert [(hit.rule.id, text[hit.start : hit.end]) for hit in safe_hits(matcher, text, language)] == []


@pytest.mark.parametrize("language", ARTICLE_LANGUAGES)
def test_a_clean_article_is_left_alone(matcher: Matcher, language: str) -> None:
    article = (DATA / "clean" / f"{language}.txt").read_text(encoding="utf-8")
    assert [
        (hit.rule.id, article[hit.start : hit.end]) for hit in safe_hits(matcher, article, language)
    ] == []


@pytest.mark.parametrize(
    ("language", "above", "below"),
    [
        (
            "ru",
            "Перейти к содержанию\nГлавная / Новости / Город\n",
            "\nПоделиться\nЧитайте также:\nКомментарии (12)\n",
        ),
        ("uk", "Перейти до вмісту\n", "\nПоділитися\nЧитайте також:\nУсі права захищено\n"),
        ("pl", "Przejdź do treści\nStrona główna › Miasto\n", "\nUdostępnij\nCzytaj też:\nKomentarze (12)\n"),
        ("zh", "您现在的位置：首页 > 城市 > 正文\n", "\n分享到：\n相关阅读\n发表评论\n"),
        ("ja", "本文へ移動\n", "\nこの記事をシェア\n関連記事\n無断転載を禁じます。\n"),
        ("ko", "본문 바로가기\n", "\n기사 공유하기\n관련기사\n댓글쓰기\n"),
    ],
)
def test_furniture_around_an_article_goes_and_the_article_stays(
    packs: dict[str, Pack], language: str, above: str, below: str
) -> None:
    article = (DATA / "clean" / f"{language}.txt").read_text(encoding="utf-8")
    text = above + article + below
    rules = packs[language].rules
    stage = StripStage(Matcher(rules), frozenset(rule.id for rule in rules if rule.safety == "safe"))
    left = text
    edits = stage(text, Context(language=language)).edits
    for edit in sorted(edits, reverse=True, key=lambda edit: edit.start):
        left = left[: edit.start] + edit.new + left[edit.end :]
    assert left.strip() == article.strip()


def test_a_cut_article_is_flagged(matcher: Matcher) -> None:
    cut = {
        "ru": "Чтобы читать дальше, оформите подписку.",
        "uk": "Матеріал доступний лише за передплатою",
        "pl": "Pozostało 80% artykułu",
        "zh": "登录后阅读全文",
        "ja": "残り1234文字（全文2000文字）",
        "ko": "유료회원 전용 기사입니다",
    }
    for language, line in cut.items():
        assert [hit.rule.flag for hit in safe_hits(matcher, line, language)] == ["truncated"], line
