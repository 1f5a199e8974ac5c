"""Which language a text is in: per document, and for paragraphs that stand out of theirs.

The default is py3langid: BSD licence, its model of 97 languages ships in its wheel (4.6 MB), no network,
the same answer every time, some 6,000 paragraphs a second. On paragraphs it is as good as
langdetect (which knows no more than 55 languages, reads 470 a second and is random unless seeded);
fastText's lid.176.ftz is faster, but worse on the Scandinavian languages, and its licence (CC-BY-SA 3.0)
would bind whoever ships it. langdetect, seeded, is the alternative and the cross-check.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from cleaner.core.document import UNDETERMINED, Language
from cleaner.core.text import split_lines

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory
    from py3langid.langid import LanguageIdentifier

Backend = Literal["py3langid", "langdetect", "both"]
BACKENDS: tuple[str, ...] = get_args(Backend)
MINIMUM_LETTERS = 40
_SAMPLE = 3000
_LONG_LINE = 80
_ODD_PARAGRAPH = 100
# Regional forms count as the language whose rules and stop words hold for them.
_SAME = {
    "nb": "no",
    "nn": "no",
    "wuu": "zh",
    "zh-cn": "zh",
    "zh-tw": "zh",
    "yue": "zh",
    "arz": "ar",
    "pnb": "pa",
}


class OddParagraph(NamedTuple):
    """A paragraph in another language than its document."""

    start: int
    end: int
    language: Language


def detect_language(text: str, backend: Backend = "py3langid", most: int = _SAMPLE) -> Language:
    """The language of a text; ``und`` below some 40 letters, or where ``both`` backends disagree.

    Long lines are asked first: short ones are menus, names and numbers in any language. ``most`` characters are read.

    >>> detect_language("Advertisement").code
    'und'
    """
    sample = _sample(text, most)
    if _count_letters(sample) < MINIMUM_LETTERS:
        return Language(UNDETERMINED, 0.0)
    if backend == "langdetect":
        return _ask_langdetect(sample)
    first = _ask_py3langid(sample)
    if backend == "both":
        second = _ask_langdetect(sample)
        if first.code != second.code:
            return Language(UNDETERMINED, 0.0)
        return Language(first.code, min(first.confidence, second.confidence))
    return first


def find_odd_paragraphs(
    text: str, language: Language, backend: Backend = "py3langid"
) -> Iterator[OddParagraph]:
    """Long lines in another language than the document's: a quotation, a notice, another edition's teaser."""
    for line in split_lines(text):
        if len(line.text) >= _ODD_PARAGRAPH:
            own = detect_language(line.text, backend)
            if own.code not in (UNDETERMINED, language.code) and own.confidence >= 0.9:
                yield OddParagraph(line.start, line.end, own)


def _sample(text: str, most: int) -> str:
    """So many characters of the text, long lines first, lone surrogates and NUL left out."""
    lines = text.split("\n")
    long_lines = [line for line in lines if len(line) >= _LONG_LINE]
    chosen: list[str] = []
    size = 0
    for line in long_lines or lines:
        if size >= most:
            break
        chosen.append(line[: most - size])
        size += len(chosen[-1])
    return "\n".join(chosen).encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def _count_letters(text: str) -> int:
    """Letters, a CJK character counting as three: it says as much."""
    return sum(3 if _is_cjk(character) else 1 for character in text[:1000] if character.isalpha())


def _is_cjk(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af"


def _ask_py3langid(text: str) -> Language:
    code, confidence = _load_py3langid().classify(text)
    return Language(_SAME.get(code, code), round(float(confidence), 3))


def _ask_langdetect(text: str) -> Language:
    from langdetect.lang_detect_exception import LangDetectException

    detector = _load_langdetect().create()
    detector.seed = 0
    detector.append(text)
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return Language(UNDETERMINED, 0.0)
    return Language(_SAME.get(best.lang, best.lang), round(float(best.prob), 3))


@cache
def _load_py3langid() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _load_langdetect() -> "DetectorFactory":
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    return factory
