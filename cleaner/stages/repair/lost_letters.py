"""Characters that a converter replaced by ``?`` or U+FFFD.

Apostrophes come back where only an apostrophe can have stood.
"""

import re
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit
from cleaner.stages.builtin import line_around

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_LOST = (Cause("repair.lost-apostrophe", "repair"),)
# What lost its accented letter before an s, not an apostrophe: cafes, Andres, Jesus. Tom?s may be either.
_ACCENTED = (
    r"(?!(?:abb|andr|appliqu|attach|avil|caf|canap|clich|communiqu|cort|coup|cur|divorc|expos|fianc|habitu|in|jes|jos|lucr"
    r"|mat|mois|nicol|ol|p.t|pass|prot.g|ren|resum|ros|sak|saut|sol|tom|touch|vald)[?\ufffd]s\b)"
)
# don?t, It?s, we?re: closed lists, since a question mark may also lack the space behind it.
_QUESTION_MARK_RE = re.compile(
    r"(?<![\w/?&=.])(?:"
    r"(?:do|does|did|is|are|was|were|has|have|had|wo|would|ca|could|should|must|need|ai)n\?(?=t\b)"
    r"|(?:it|he|she|that|there|here|what|who|where|how|let|when|why|everyone|someone|today)\?(?=s\b)"
    r"|i\?(?=m\b)|(?:i|you|we|they)\?(?=(?:ve|ll|d)\b)|(?:you|we|they)\?(?=re\b)|(?:he|she|it|that|who)\?(?=(?:ll|d)\b)"
    rf"|{_ACCENTED}[a-z]{{3,}}\?(?=s [a-z])"
    r")(?!\w+[=/&])",
    re.IGNORECASE,
)
# Closed lists, too: na\ufffdve, premi\ufffdre and B\ufffdll lost another letter.
_REPLACEMENT_RE = re.compile(
    r"(?<![\w\ufffd])(?:"
    r"(?:do|does|did|is|are|was|were|has|have|had|wo|would|ca|could|should|must|need|might|ai|sha)n\ufffd(?=t\b)"
    r"|i\ufffd(?=m\b)|(?:i|you|we|they|who|could|should|would|might|must|there)\ufffd(?=ve\b)"
    r"|(?:you|we|they|who|what|there|how|where)\ufffd(?=re\b)"
    r"|(?:i|you|he|she|it|we|they|who|that|there|this|what)\ufffd(?=(?:ll|d)\b)"
    rf"|{_ACCENTED}[^\W\d_]+\ufffd(?=s\b)"
    r")",
    re.IGNORECASE,
)
# l'eau, d'Italia, qu'il: French, Italian, Catalan elision.
_ELISION_RE = re.compile(
    r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|dell|nell|sull|all|dall|un|quest)\ufffd(?=[aeiouyh\xe0-\xff])",
    re.IGNORECASE,
)
_ELIDING = frozenset({"fr", "it", "ca"})
_CLOSING_RE = re.compile(
    "\u201c[^\u201c\u201d\ufffd\n]+(?<=[\\w.,!?\u2026])\ufffd(?=[\\s.,;:!?)]|$)(?![^\u201c\n]*\u201d)",
    re.MULTILINE,
)
_ENDS_IN_LOST_ACCENT_RE = re.compile(
    r"\b(?:andr|attach|beyonc|caf|clich|communiqu|expos|fianc|jos|pass|prot.g|ren|resum|ros|saut|touch)\ufffd$",
    re.IGNORECASE,
)
_OPENING_RE = re.compile("(?<![^\\s(])\ufffd(?=\\w[^\u201c\u201d\ufffd\n]*[\\w.,!?\u2026]\u201d)")
# In code a question mark is an operator, a parameter, part of a pattern or of a string.
_CODE_RE = re.compile(r"[{}<>=\\|`]|\w\(|\w\?[.:][\w/]|[\"')\]] ?;\s*$")
_NEAR = 120
QUESTION_RE = re.compile(r"\?(?<=[A-Za-z]\?)(?=[stmdrvlSTMDRVL])")


def find_lost_apostrophes(text: str, context: Context) -> Iterator[Edit]:
    """English contractions and possessives, French and Italian elisions, without their apostrophe."""
    if "?" in text and context.language in ("en", "und") and QUESTION_RE.search(text):
        for match in _QUESTION_MARK_RE.finditer(text):
            if not _stands_in_code(text, match.end()):
                yield Edit(match.end() - 1, match.end(), APOSTROPHE, _LOST)
    if "\ufffd" in text:
        if context.language in ("en", "und"):
            for match in _REPLACEMENT_RE.finditer(text):
                yield Edit(match.end() - 1, match.end(), APOSTROPHE, _LOST)
        if context.language in _ELIDING:
            for match in _ELISION_RE.finditer(text):
                yield Edit(match.end() - 1, match.end(), APOSTROPHE, _LOST)


def _stands_in_code(text: str, at: int) -> bool:
    """Whether the line around an offset looks like program code."""
    start, end = line_around(text, at)
    return _CODE_RE.search(text[max(start, at - _NEAR) : min(end, at + _NEAR)]) is not None


def find_lost_quotes(text: str, context: Context) -> Iterator[Edit]:
    """A replacement character where a double quotation needs its other mark: inside the line, glued to a word."""
    if "\ufffd" in text:
        cause = (Cause("repair.lost-quote", "repair"),)
        for match in _CLOSING_RE.finditer(text):
            if not _ENDS_IN_LOST_ACCENT_RE.search(match.group()):
                yield Edit(match.end() - 1, match.end(), "\N{RIGHT DOUBLE QUOTATION MARK}", cause)
        for match in _OPENING_RE.finditer(text):
            before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
            if before.rfind("\u201c") <= before.rfind("\u201d"):
                yield Edit(*match.span(), "\N{LEFT DOUBLE QUOTATION MARK}", cause)


def find_lost_characters(text: str, context: Context) -> Iterator[Edit]:
    """Replacement characters that nothing brings back."""
    for match in re.finditer("\ufffd+", text):
        yield Edit(*match.span(), match.group(), (Cause("repair.lost-character", "repair"),))
