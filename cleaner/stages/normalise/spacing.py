"""Spaces: two between words, one before a full stop or comma."""

import re
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit

_SPACES = (Cause("normalise.spaces", "normalise"),)
_BEFORE = (Cause("normalise.space-before-punctuation", "normalise"),)
_TWO_SPACES_RE = re.compile(r"(?<=[^\s])  (?=[^\s])")
# Three spaces or a tab make columns: tables keep their shape.
_COLUMNS_RE = re.compile(r"   |\t")
_CLOSING = "\"'\u201d\u2019\xbb)\\]"
_BEFORE_STOP_RE = re.compile(rf"(?<=[\w%{_CLOSING}])[ \xa0]+([.,])(?=[{_CLOSING}]*(?:\s|$))(?! ?\.)")
_BEFORE_MARK_RE = re.compile(rf"(?<=[^\W\d_]) ([;!?])(?=[{_CLOSING}]*(?:\s|$))(?! ?[;!?])")
_CODE_RE = re.compile(r"[{}<>=\\|`]|\w\(\)|^\s*[-*] ")
_OPERATOR_RE = re.compile(r"\d[ \xa0]+[.,] ?\d")


def find_doubled_spaces(text: str, context: Context) -> Iterator[Edit]:
    """Two spaces between words of a line that is no table row."""
    if "  " not in text:
        return
    for start, line in _lines_with(text, "  "):
        if not _COLUMNS_RE.search(line):
            for match in _TWO_SPACES_RE.finditer(line):
                yield Edit(start + match.start(), start + match.end(), " ", _SPACES)


def find_spaces_before_punctuation(text: str, context: Context) -> Iterator[Edit]:
    """A space before a full stop or comma; in English before ``; ! ?``, too; in French none at all."""
    if context.language == "fr" or not ("." in text or "," in text):
        return
    for pattern in (_BEFORE_STOP_RE, _BEFORE_MARK_RE) if context.language == "en" else (_BEFORE_STOP_RE,):
        for match in pattern.finditer(text):
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            line = text[start : len(text) if end < 0 else end]
            if _CODE_RE.search(line) or _OPERATOR_RE.search(line) or len(pattern.findall(line)) > 1:
                continue  # code, figures, or a full stop used as a separator
            yield Edit(match.start(), match.start(1), "", _BEFORE)


def _lines_with(text: str, part: str) -> Iterator[tuple[int, str]]:
    """Each line that holds ``part``, with its offset."""
    position = text.find(part)
    while position >= 0:
        start = text.rfind("\n", 0, position) + 1
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        yield start, text[start:end]
        position = text.find(part, end)
