"""Which language a text is in.

The default backend reads stop words and letters, and asks langdetect, seeded, where they cannot tell.
"""

from functools import cache
from typing import Any, Literal

from cleaner.core.document import UNDETERMINED, Language

Backend = Literal["langdetect"]
MINIMUM_LETTERS = 40


def detect_language(text: str, backend: Backend = "langdetect") -> Language:
    """The language of a text, ``und`` below some 40 letters or where the backend cannot tell.

    >>> detect_language("Advertisement").code
    'und'
    """
    sample = text[:20_000]
    if sum(map(str.isalpha, sample[:4000])) < MINIMUM_LETTERS:
        return Language(UNDETERMINED, 0.0)
    return _ask_langdetect(sample)


def _ask_langdetect(text: str) -> Language:
    from langdetect.lang_detect_exception import LangDetectException

    detector = _load_profiles().create()
    detector.seed = 0
    detector.append(text)
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return Language(UNDETERMINED, 0.0)
    return Language(best.lang.partition("-")[0], float(best.prob))


@cache
def _load_profiles() -> Any:
    """The detector's language profiles, read once a process; half a second."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    return factory
