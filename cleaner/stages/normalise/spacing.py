"""Spaces: two between words, one before a full stop or comma."""

import re
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit
from cleaner.stages.builtin import find_all, line_around

_SPACES = (Cause("normalise.spaces", "normalise"),)
_BEFORE = (Cause("normalise.space-before-punctuation", "normalise"),)
_TWO_SPACES_RE = re.compile(r"(?<=[^\s])  (?=[^\s])")
# Two spaces within short lines one below the other are columns or the caesura of a verse.
_GAP_RE = re.compile(r"(?<=[^\s.?!:;,])  (?=\S)")
_SHORT_LINE = 60
# Three spaces or a tab make columns: tables keep their shape.
_COLUMNS_RE = re.compile(r"   |[\t|]")
_CLOSING = "\"'\u201d\u2019\xbb)\\]"
_BEFORE_STOP_RE = re.compile(rf"(?<=[\w%{_CLOSING}])[ \xa0]([.,])(?=[{_CLOSING}]*(?:\s|$))(?! ?\.)")
_BEFORE_MARK_RE = re.compile(r"(?<=[^\W\d_]) ([;!?])(?=[\"'\u201d\u2019]*(?:\s|$))(?! ?[;!?])")
# A full stop before a small letter ends no sentence; a mark before a bracket is a face or a type.
_GOES_ON_RE = re.compile(r"(?<=\.) [a-z]|(?<=[;!?]) ?[()]")
_NEAR = 120
_STOPS = (" .", " ,", "\xa0.", "\xa0,")
_MARKS = (" ;", " !", " ?")
_CODE_RE = re.compile(r"[{}<>=\\|`]|\w\(\)|\w\(\w+ ,|^\s*[-*] |[\"')\]] ;\s*$")
_OPERATOR_RE = re.compile(r"\d[ \xa0]+[.,] ?\d")


def find_doubled_spaces(text: str, context: Context) -> Iterator[Edit]:
    """Two spaces between words of a line that is no table row."""
    if "  " not in text:
        return
    for start, line in _lines_with(text, "  "):
        if not (_COLUMNS_RE.search(line) or _lies_in_columns(text, start, line)):
            for match in _TWO_SPACES_RE.finditer(line):
                yield Edit(start + match.start(), start + match.end(), " ", _SPACES)


def _lies_in_columns(text: str, start: int, line: str) -> bool:
    """Whether a short line with a gap has another such line right above or below it."""
    if not _has_gap(line):
        return False
    end = start + len(line)
    neighbours = [line_around(text, start - 1)] if start else []
    neighbours += [line_around(text, end + 1)] if end < len(text) else []
    return any(_has_gap(text[begin:stop]) for begin, stop in neighbours)


def _has_gap(line: str) -> bool:
    return len(line) <= _SHORT_LINE and _GAP_RE.search(line) is not None


def find_spaces_before_punctuation(text: str, context: Context) -> Iterator[Edit]:
    """A space before a full stop or comma; in English before ``; ! ?``, too; in French none at all."""
    if context.language == "fr":
        return
    yield from _find_spaces_before(text, _STOPS, _BEFORE_STOP_RE)
    if context.language == "en":
        yield from _find_spaces_before(text, _MARKS, _BEFORE_MARK_RE)


def _find_spaces_before(text: str, parts: tuple[str, ...], pattern: re.Pattern[str]) -> Iterator[Edit]:
    for at in sorted(find_all(text, parts)):
        match = pattern.match(text, at)
        if match and not _GOES_ON_RE.match(text, match.end(1)):
            start, end = line_around(text, at)
            near = text[max(start, at - _NEAR) : min(end, at + _NEAR)]
            mark = match.group(1)
            # Not in code, not between figures, not where the mark separates items, as no comma does so.
            is_alone = mark == "," or pattern.findall(near).count(mark) == 1
            if is_alone and not (_CODE_RE.search(near) or _OPERATOR_RE.search(near)):
                yield Edit(match.start(), match.start(1), "", _BEFORE)


def _lines_with(text: str, part: str) -> Iterator[tuple[int, str]]:
    """Each line that holds ``part``, with its offset."""
    position = text.find(part)
    while position >= 0:
        start, end = line_around(text, position)
        yield start, text[start:end]
        position = text.find(part, end)
