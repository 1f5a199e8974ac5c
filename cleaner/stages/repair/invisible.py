"""Characters that show nothing: soft hyphens, zero-width spaces, stray joiners and directional marks.

What a script needs stays: joiners beside Arabic, Indic and other joining scripts and within emoji,
zero-width spaces between words of Thai, Khmer, Lao, Burmese and Tibetan, directional marks in a line
that holds right-to-left letters.
"""

import re
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit

BIDI_CLASS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
JOINER_CLASS = "\u200c\u200d"
BLANK_CLASS = "\u200b\u2060\u2061-\u2064"
INVISIBLE_CLASS = f"\xad{BLANK_CLASS}{JOINER_CLASS}{BIDI_CLASS}"

_SOFT_HYPHEN_RE = re.compile(r"\xad+(?!\n[ \t]*[^\W\d_A-Z])")
_BLANK_RE = re.compile(f"[{BLANK_CLASS}]+")
_JOINER_RE = re.compile(f"[{JOINER_CLASS}]+")
_BIDI_RE = re.compile(f"[{BIDI_CLASS}]+")
# Thai, Lao, Tibetan, Burmese, Khmer: words without spaces between them.
_NO_SPACES = r"[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]"
_NO_SPACES_RE = re.compile(_NO_SPACES)
# Scripts in which a joiner means nothing: Latin, Greek, Cyrillic, Armenian, and plain punctuation and spaces.
_PLAIN_RE = re.compile(r"[\0-\u058f\u1e00-\u1fff\u2000-\u206f]")
_RIGHT_TO_LEFT_RE = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def find_soft_hyphens(text: str, context: Context) -> Iterator[Edit]:
    """Soft hyphens, but for one at a line's end, which the rule for line-end hyphens joins."""
    cause = (Cause("repair.soft-hyphen", "repair"),)
    if "\xad" in text:
        for match in _SOFT_HYPHEN_RE.finditer(text):
            yield Edit(*match.span(), "", cause)


def find_blanks(text: str, context: Context) -> Iterator[Edit]:
    """Zero-width spaces and word joiners, but for those beside a script without spaces."""
    cause = (Cause("repair.zero-width", "repair"),)
    for match in _BLANK_RE.finditer(text):
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        if not _NO_SPACES_RE.search(around):
            yield Edit(*match.span(), "", cause)


def find_joiners(text: str, context: Context) -> Iterator[Edit]:
    """Joiners and non-joiners between plain letters, where they mean nothing."""
    cause = (Cause("repair.joiner", "repair"),)
    for match in _JOINER_RE.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        after = text[match.end() : match.end() + 1]
        if (not before or _PLAIN_RE.match(before)) and (not after or _PLAIN_RE.match(after)):
            yield Edit(*match.span(), "", cause)


def find_directional_marks(text: str, context: Context) -> Iterator[Edit]:
    """Directional marks in a line without right-to-left letters."""
    cause = (Cause("repair.directional-mark", "repair"),)
    if _BIDI_RE.search(text):
        start = 0
        for line in text.split("\n"):
            if not _RIGHT_TO_LEFT_RE.search(_BIDI_RE.sub("", line)):
                for match in _BIDI_RE.finditer(line):
                    yield Edit(start + match.start(), start + match.end(), "", cause)
            start += len(line) + 1
