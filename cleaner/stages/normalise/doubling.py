"""Small words that stand twice where once was meant."""

import re
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit

_WORD = (Cause("normalise.doubled-word", "normalise"),)
# Words that never rightly follow themselves. "That that", "had had", "come from from time to time", German
# "die die", Dutch "het het", French "de de Villepin" may.
_NEVER_TWICE = {
    "en": "the|a|an|of|its|their|our|my|your",
    "de": "und",
    "fr": "et",
    "es": "el|y",
    "it": "il|e",
}
# A space, the word, a space, the word: looked for as plain strings before the expression is asked.
_PAIRS = {
    language: tuple(f" {word} {word}" for word in words.split("|"))
    for language, words in _NEVER_TWICE.items()
}
_DOUBLED_RE = {
    language: re.compile(rf"(?<= )(?P<word>{words})(?P<again>(?: (?P=word))+)(?![\w'\u2019.&-]| course\b)")
    for language, words in _NEVER_TWICE.items()
}


def find_doubled_words(text: str, context: Context) -> Iterator[Edit]:
    """A word that is never right twice in a row; the second goes. ``The The`` is a band."""
    pairs = _PAIRS.get(context.language, ())
    if any(pair in text for pair in pairs):
        for match in _DOUBLED_RE[context.language].finditer(text):
            yield Edit(*match.span("again"), "", _WORD)
