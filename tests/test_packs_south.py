"""Packs for Spanish, Portuguese, Turkish, Arabic and Hindi: examples hold, articles stay whole."""

from pathlib import Path

import pytest

from cleaner.api import Cleaner
from cleaner.core.document import Context
from cleaner.core.matcher import Hit, Matcher
from cleaner.core.text import split_lines
from cleaner.packs import Pack, check_examples, load_packs

DATA = Path(__file__).parent / "data"
LANGUAGES = ("es", "pt", "tr", "ar", "hi")
LEAST_PROTECTED = {"es": 40, "pt": 40, "tr": 20, "ar": 20, "hi": 20}
LEAST_MISSES = 5  # of a safe rule in a language without labelled pages
PACKS: dict[str, Pack] = {language: load_packs([f"{language}/news"])[0] for language in LANGUAGES}
SAFE = Matcher(rule for pack in PACKS.values() for rule in pack.rules if rule.safety == "safe")
CLEAN_FILES = [path for language in LANGUAGES for path in sorted((DATA / "clean").glob(f"{language}*.txt"))]
CLEANER = Cleaner.load(*(f"{language}/news" for language in LANGUAGES))
PROSE = {
    "es": "La alcaldesa explicó durante una hora por qué el puente viejo no puede abrirse antes del verano.",
    "pt": "A presidente explicou durante uma hora por que a ponte velha não pode abrir antes do verão.",
    "tr": "Belediye başkanı eski köprünün neden yazdan önce açılamayacağını bir saat boyunca anlattı.",
    "ar": "شرحت رئيسة البلدية ساعة كاملة لماذا لا يمكن فتح الجسر القديم قبل الصيف المقبل.",
    "hi": "महापौर ने एक घंटे तक समझाया कि पुराना पुल गर्मियों से पहले क्यों नहीं खुल सकता।",
}


def read_protected(language: str) -> list[str]:
    """The protected lines of a language."""
    return (DATA / "protected" / f"{language}.txt").read_text(encoding="utf-8").splitlines()


def changing_hits(text: str, language: str) -> list[Hit]:
    """The hits of safe rules that would take something out of the text."""
    hits = SAFE.find(text, split_lines(text), Context(language=language))
    return [hit for hit in hits if hit.rule.action != "note"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_hold(language: str) -> None:
    assert check_examples([PACKS[language]]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_are_kept_to_their_language(language: str) -> None:
    assert PACKS[language].languages == {language}
    assert all(rule.languages == {language} for rule in PACKS[language].rules)


@pytest.mark.parametrize("language", LANGUAGES)
def test_safe_rules_were_reviewed_against_enough_misses(language: str) -> None:
    poor = [
        rule.id for rule in PACKS[language].rules if rule.safety == "safe" and len(rule.misses) < LEAST_MISSES
    ]
    assert poor == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_protected_lines(language: str) -> None:
    lines = read_protected(language)
    assert len(lines) >= LEAST_PROTECTED[language]
    assert len(set(lines)) == len(lines)
    assert all(line.strip() for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["alone", "first", "middle", "last"])
def test_safe_rules_leave_protected_lines(language: str, place: str) -> None:
    prose = PROSE[language]
    before = {"alone": 0, "first": 0, "middle": 14, "last": 14}[place]
    after = {"alone": 0, "first": 14, "middle": 14, "last": 0}[place]
    touched: list[tuple[str, str]] = []
    for line in read_protected(language):
        text = "\n\n".join([prose] * before + [line] + [prose] * after) + "\n"
        touched.extend((hit.rule.id, line) for hit in changing_hits(text, language))
    assert touched == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_safe_rules_leave_all_protected_lines_together(language: str) -> None:
    text = "\n".join(read_protected(language))
    assert [(hit.rule.id, text[hit.start : hit.end]) for hit in changing_hits(text, language)] == []


@pytest.mark.parametrize("path", CLEAN_FILES, ids=lambda path: path.stem)
def test_clean_article_comes_out_unchanged(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    result = CLEANER.clean(text, language=path.stem[:2])
    assert result.text == text
    assert not result.edits


@pytest.mark.parametrize(
    ("language", "cruft"),
    [
        (
            "es",
            [
                "Saltar al contenido",
                "PUBLICIDAD",
                "¡Comparte esta noticia!",
                "Te puede interesar",
                "Aviso legal | Política de privacidad",
            ],
        ),
        (
            "pt",
            [
                "Ir para o conteúdo",
                "Continua após a publicidade",
                "Partilhar artigo",
                "Leia também:",
                "Política de privacidade | Termos de uso",
            ],
        ),
        ("tr", ["İçeriğe geç", "REKLAM", "PAYLAŞ", "İLGİLİ HABERLER", "Hakkımızda | Künye"]),
        ("ar", ["انتقل إلى المحتوى", "إعلان", "نسخ الرابط", "إقرأ أيضاً:", "جميع الحقوق محفوظة"]),
        ("hi", ["मुख्य सामग्री पर जाएं", "विज्ञापन", "कॉपी लिंक", "ये भी पढ़ें:", "सर्वाधिकार सुरक्षित"]),
    ],
)
def test_furniture_around_a_clean_article_goes(language: str, cruft: list[str]) -> None:
    article = (DATA / "clean" / f"{language}.txt").read_text(encoding="utf-8")
    head, body = article.split("\n\n", 1)
    middle, tail = body.split("\n\n", 1)
    dirty = (
        "\n\n".join([cruft[0], head, cruft[1], middle, cruft[2], tail.rstrip("\n"), cruft[3], cruft[4]])
        + "\n"
    )
    assert CLEANER.clean(dirty, language=language).text == article


@pytest.mark.parametrize("language", LANGUAGES)
def test_notice_of_a_paywall_flags_the_document(language: str) -> None:
    notice = {
        "es": "Suscríbete para seguir leyendo",
        "pt": "Assine para continuar lendo",
        "tr": "Haberin devamını okumak için abone olun.",
        "ar": "اشترك لمتابعة القراءة",
        "hi": "पूरी खबर पढ़ने के लिए लॉगिन करें",
    }[language]
    article = (DATA / "clean" / f"{language}.txt").read_text(encoding="utf-8")
    result = CLEANER.clean(f"{article}\n{notice}\n", language=language)
    assert result.text == article
    assert "truncated" in {flag.id for flag in result.flags}
