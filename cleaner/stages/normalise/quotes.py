"""Quotation marks that open or close wrongly, as translators leave them: hints, for only the author knows.

A paragraph that opens a quotation and does not close it is right where the next one opens it again.
"""

import re
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit

_OPEN, _CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
_MARK_RE = re.compile(f"[{_OPEN}{_CLOSE}]")
_INSIDE_RE = re.compile(f"[.,]{_CLOSE}")
_OUTSIDE_RE = re.compile(f"{_CLOSE}[.,](?=\\s|$)")


def find_unbalanced_quotes(text: str, context: Context) -> Iterator[Edit]:
    """A mark that opens a quotation already open, closes none, or is never closed."""
    if _OPEN not in text and _CLOSE not in text:
        return
    lines = text.split("\n")
    following = [*lines[1:], ""]
    start = 0
    for number, line in enumerate(lines):
        opened = -1
        for mark in _MARK_RE.finditer(line):
            at = start + mark.start()
            if mark.group() == _OPEN:
                if opened >= 0:
                    yield _hint(text, at, "opened twice")
                opened = at
            elif opened >= 0:
                opened = -1
            else:
                yield _hint(text, at, "closed, never opened")
        if opened >= 0:
            after = next((other for other in following[number:] if other.strip()), "")
            if not after.lstrip().startswith(_OPEN):
                yield _hint(text, opened, "never closed")
        start += len(line) + 1


def find_marks_outside_quotes(text: str, context: Context) -> Iterator[Edit]:
    """A full stop or comma behind a closing mark, in a text that elsewhere puts it before: proposed so."""
    outside = list(_OUTSIDE_RE.finditer(text))
    if outside and len(_INSIDE_RE.findall(text)) > max(1, 2 * len(outside)):
        for match in outside:
            yield Edit(
                *match.span(), match.group()[::-1], (Cause("translation.mark-outside-quote", "normalise"),)
            )


def _hint(text: str, at: int, problem: str) -> Edit:
    return Edit(
        at, at + 1, text[at], (Cause("translation.quote-balance", "normalise", {"problem": problem}),)
    )
