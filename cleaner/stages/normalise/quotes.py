"""Quotation marks that open or close wrongly, as translators leave them: hints, for only the author knows.

A paragraph that opens a quotation and does not close it is right where the next one opens it again, or closes it.
"""

import re
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit

_OPEN, _CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
_STRAIGHT = '"'
# Marks at the head of a word open, those at its tail close, whatever they look like; an inch does neither.
_MARK_RE = re.compile(
    rf"(?P<opens>(?:(?<=[\s(\[\u2014\u2013\u2026:/])|^)[{_CLOSE}{_STRAIGHT}](?=\w)|{_OPEN})|(?P<inch>(?<=\d)[{_CLOSE}{_STRAIGHT}\u2033])"
    rf"|(?P<closes>[{_CLOSE}{_STRAIGHT}])"
)
_CODE_RE = re.compile(rf"\w=[{_OPEN}{_CLOSE}]")
_CUT_RE = re.compile(r"(?:\.\.\.|\u2026|\[[^\]]*\])\s*$")
_LINES_OF_A_QUOTATION = 20
_INSIDE_RE = re.compile(f"[.,]{_CLOSE}")
_OUTSIDE_RE = re.compile(f"{_CLOSE}[.,](?=\\s|$)")


def find_unbalanced_quotes(text: str, context: Context) -> Iterator[Edit]:
    """The marks of :func:`_find_wrong_marks`, but for the two ends of one long quotation with others within."""
    hints = list(_find_wrong_marks(text))
    at = 0
    while at < len(hints):
        pair = [_problem_of(hint) for hint in hints[at : at + 2]]
        if pair == ["never closed", "closed, never opened"]:
            at += 2
            continue
        yield hints[at]
        at += 1


def _problem_of(hint: Edit) -> object:
    return (hint.causes[0].detail or {})["problem"]


def _find_wrong_marks(text: str) -> Iterator[Edit]:
    """A mark that opens a quotation already open, closes none, or is never closed.

    A quotation within a quotation, one over several lines, a straight mark as the other half of a pair, inches and
    a teaser that was cut are right. A text that knows only one of the two marks is not judged.
    """
    opens, closes = text.count(_OPEN), text.count(_CLOSE)
    if max(opens, closes) == 0 or (min(opens, closes) == 0 and max(opens, closes) > 1):
        return
    carried: int | None = None  # a quotation that an earlier line opened
    lines = 0  # that it has gone on for
    start = 0
    for line in text.split("\n"):
        marks = [] if _CODE_RE.search(line) else _read_marks(line, start)
        if carried is not None and line.strip():
            lines += 1
            if marks and marks[0][1] == _CLOSE:
                del marks[0]
                carried = None
            elif marks or lines == _LINES_OF_A_QUOTATION:
                # The next paragraph of the quotation opens it again.
                if not (marks and lines == 1 and _begins_with_mark(line)):
                    yield from _hint(text, carried, "never closed")
                carried = None
        if marks:
            problem, carried = _judge_line(marks)
            lines = 0
            if problem is not None:
                yield from _hint(text, *problem)
            if carried is not None and _CUT_RE.search(line):
                carried = None
        start += len(line) + 1
    if carried is not None:
        yield from _hint(text, carried, "never closed")


def _read_marks(line: str, start: int) -> list[tuple[int, str]]:
    """The marks of a line, with their offsets: what each does. An inch closes what is open, and else nothing."""
    marks: list[tuple[int, str]] = []
    depth = 0
    if _OPEN not in line and _CLOSE not in line:
        return marks
    for match in _MARK_RE.finditer(line):
        if match["opens"]:
            depth += 1
            marks.append((start + match.start(), _OPEN))
        elif match["closes"] or depth:
            depth = max(0, depth - 1)
            marks.append((start + match.start(), _CLOSE))
    return marks


def _judge_line(marks: list[tuple[int, str]]) -> tuple[tuple[int, str] | None, int | None]:
    """The mark that is wrong within a line, and why; the mark of the quotation that is open at its end."""
    opened: list[int] = []
    for at, kind in marks:
        if kind == _OPEN:
            opened.append(at)
        elif opened:
            opened.pop()
        else:
            return (at, "closed, never opened"), None
    if len(opened) == 1 and all(at <= opened[0] for at, _ in marks):
        return None, opened[0]
    if opened:
        before = [at for at, kind in marks if kind == _OPEN]
        return (next((at for at in before if at > opened[0]), opened[0]), "opened twice"), None
    return None, None


def _begins_with_mark(line: str) -> bool:
    return line.lstrip()[:1] in (_OPEN, _STRAIGHT)


def find_marks_outside_quotes(text: str, context: Context) -> Iterator[Edit]:
    """A full stop or comma behind a closing mark, in a text that elsewhere puts it before: proposed so."""
    outside = list(_OUTSIDE_RE.finditer(text))
    if outside and len(_INSIDE_RE.findall(text)) > max(1, 2 * len(outside)):
        for match in outside:
            yield Edit(
                *match.span(), match.group()[::-1], (Cause("translation.mark-outside-quote", "normalise"),)
            )


def _hint(text: str, at: int, problem: str) -> Iterator[Edit]:
    """A hint at a curly mark; straight ones are not judged."""
    if text[at] != _STRAIGHT:
        cause = Cause("translation.quote-balance", "normalise", {"problem": problem})
        yield Edit(at, at + 1, text[at], (cause,))
