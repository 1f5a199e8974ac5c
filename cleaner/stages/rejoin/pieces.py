"""Pieces of a text: one line, or several that are one line now."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.core.edits import Cause
from cleaner.stages.rejoin.shapes import are_surely_apart, may_be_open, starts_with_closing_mark

STAGE = "rejoin"
SENTENCE = Cause("rejoin.broken-sentence", STAGE)
FRAGMENT = Cause("rejoin.inline-fragment", STAGE)
FIXED_WIDTH = Cause("rejoin.fixed-width", STAGE)
HYPHEN = Cause("rejoin.hyphen", STAGE)

# A decision looks at this much of a piece's head and tail, however long the piece is.
_WINDOW = 160
# So many lines that begin as no line does tell that the scraper broke the text at inline tags.
_FEWEST_FRAGMENTS = 1
_HYPHEN_BREAK_RE = re.compile(r"-[^\S\n]*\n")


# A line that is not blank, without spaces around it: where it starts, its text, the blank lines before it.
Row = tuple[int, str, int]


class Seam(NamedTuple):
    """How two pieces become one: what stands between them, and why."""

    joiner: str
    cause: Cause
    cut: int = 0  # so many characters of the left piece go: a hyphen


class Piece:
    """One or several lines that are one line now; ``head`` and ``tail`` are windows on its text."""

    __slots__ = ("barrier", "end", "gap", "head", "row", "size", "start", "tail", "welded")

    def __init__(self, start: int, text: str, gap: int) -> None:
        self.start = start
        self.end = start + len(text)
        self.size = len(text)
        self.head = text[:_WINDOW]
        self.tail = text[-_WINDOW:]
        self.gap = gap  # blank lines before it
        self.row = len(text)  # size of its last line
        self.welded = False  # a fragment was joined to it
        self.barrier: bool | None = None  # not asked yet

    def append(self, other: "Piece", seam: Seam) -> None:
        """Take in the piece that follows."""
        if seam.cut:
            self.size -= seam.cut
            self.head = self.head[: self.size]
            self.tail = self.tail[: -seam.cut]
        if self.size < _WINDOW:
            self.head = (self.head + seam.joiner + other.head)[:_WINDOW]
        if other.size < _WINDOW:
            self.tail = (self.tail + seam.joiner + other.tail)[-_WINDOW:]
        else:
            self.tail = other.tail
        self.end = other.end
        self.size += len(seam.joiner) + other.size
        self.row = other.row
        self.welded = seam.cause is FRAGMENT
        self.barrier = None


def read_rows(lines: Sequence[str]) -> list[Row]:
    """The lines that are not blank."""
    rows = []
    position = gap = 0
    for line in lines:
        text = line.strip()
        if text:
            rows.append((position if text == line else position + line.index(text[0]), text, gap))
            gap = 0
        else:
            gap += 1
        position += len(line) + 1
    return rows


def find_broken_gaps(rows: Sequence[Row]) -> frozenset[int]:
    """The numbers of blank lines with which a scraper broke this text at its inline tags, if it did."""
    gaps = Counter(
        gap
        for (_, left, _), (_, right, gap) in pairwise(rows)
        if (right[0] in ".,;" or right[:2] == ") ")
        and starts_with_closing_mark(right)
        and may_be_open(left[-_WINDOW:])
    )
    return frozenset(gap for gap, count in gaps.items() if count >= _FEWEST_FRAGMENTS)


def read_runs(text: str, rows: Sequence[Row], *, eager: bool) -> Iterator[list[Piece]]:
    """Runs of neighbours that are not apart at first sight, two pieces or more; most lines are in none."""
    eager = eager or _HYPHEN_BREAK_RE.search(text) is not None
    run: list[Piece] = []
    for left, right in pairwise(rows):
        if are_surely_apart(left[1], right[1], eager=eager):
            if run:
                yield run
                run = []
            continue
        if not run:
            run.append(Piece(*left))
        run.append(Piece(*right))
    if run:
        yield run
