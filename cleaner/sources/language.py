"""Which language a text is in: per document, and for paragraphs that stand out of theirs.

The default is py3langid: BSD licence, its model of 97 languages ships in its wheel (4.6 MB), no network,
the same answer every time, some 6,000 paragraphs a second. On paragraphs it is as good as
langdetect (which knows no more than 55 languages, reads 470 a second and is random unless seeded);
fastText's lid.176.ftz is faster, but worse on the Scandinavian languages, and its licence (CC-BY-SA 3.0)
would bind whoever ships it. langdetect, seeded, is the alternative and the cross-check.
"""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from cleaner.core.document import UNDETERMINED, Foreign, Language
from cleaner.sources.stop_words import explain_share, is_told, split_small

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory
    from py3langid.langid import LanguageIdentifier

Backend = Literal["py3langid", "langdetect", "both"]
BACKENDS: tuple[str, ...] = get_args(Backend)
MINIMUM_LETTERS = 40
_SAMPLE = 3000
_LONG_LINE = 80
_ODD_PARAGRAPH = 100  # characters
_FEWEST_LETTERS = 75  # of which a Chinese one counts as three
_SHORTEST_CJK = _FEWEST_LETTERS // 3
_HEAD = 300  # characters, looked at first
# Shares of small words, or of letters of a script: a paragraph of the document's language; one of another.
_EXPLAINED = 0.25
_FOREIGN = 0.2
_SURE = 0.95
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


def find_foreign(text: str, language: Language, backend: Backend = "py3langid") -> tuple[Foreign, ...]:
    """Long paragraphs in another language than the document's: a quotation, a notice, the original of a speech.

    A paragraph whose beginning holds enough small words of the document's language is looked at no further. Of
    any other a detector is asked, and the small words, or the script, of the language that it names have to
    explain the whole. Neighbours in one language are one, with the short lines between them. A document of
    which half is foreign was told wrongly, or has no language of its own: then there are none.
    """
    if not is_told(language.code):
        return ()
    found: list[Foreign] = []
    total = short = 0
    for line in text.split("\n"):
        start, total = total, total + len(line) + 1
        size = len(line)
        if size < _SHORTEST_CJK or (size < _ODD_PARAGRAPH and line.isascii()):
            short += size
            continue
        own = _tell_foreign(line, language.code, backend)
        if own is None:
            short += size if size < _ODD_PARAGRAPH else _ODD_PARAGRAPH
        elif found and found[-1].language.code == own.code and short < _ODD_PARAGRAPH:
            found[-1] = found[-1]._replace(end=start + size)
            short = 0
        else:
            found.append(Foreign(start, start + size, own))
            short = 0
    foreign = sum(part.end - part.start for part in found)
    return tuple(found) if 2 * foreign < len(text) else ()


def _tell_foreign(line: str, language: str, backend: Backend) -> Language | None:
    """The language of a line that is another than ``language``, beyond doubt."""
    head = line[:_HEAD]
    if explain_share(language, head, split_small(head)) >= _EXPLAINED:
        return None
    if _count_letters(line) < _FEWEST_LETTERS:
        return None
    words = split_small(line)
    explained = explain_share(language, line, words)
    if explained >= _EXPLAINED:
        return None
    own = detect_language(line, backend)
    if own.code in (UNDETERMINED, language) or own.confidence < _SURE:
        return None
    share = explain_share(own.code, line, words)
    return own if share >= _FOREIGN and share >= 2 * explained else None


def _sample(text: str, most: int) -> str:
    """So many characters of the text, long lines first, lone surrogates and NUL left out."""
    lines = text.split("\n")
    sample = _take(
        (line for line in lines if len(line) >= _LONG_LINE and _count_letters(line) >= MINIMUM_LETTERS),
        most,
    )
    return (sample or _take(lines, most)).encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def _take(lines: Iterable[str], most: int) -> str:
    chosen: list[str] = []
    size = 0
    for line in lines:
        chosen.append(line[: most - size])
        size += len(chosen[-1])
        if size >= most:
            break
    return "\n".join(chosen)


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
