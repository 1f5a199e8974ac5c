"""Joins pieces of a text from left to right until every pair of neighbours was refused as it stands."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.core.edits import Cause, Edit
from cleaner.core.text import fold
from cleaner.stages.rejoin.shapes import (
    ends_in_linker,
    ends_open,
    ends_sentence,
    is_barrier,
    is_bracketed,
    is_drop_cap,
    starts_caseless,
    starts_item,
    starts_linker,
    starts_lower,
    starts_ordinal,
    starts_sentence,
    starts_with_closing_mark,
    starts_with_dash,
)
from cleaner.stages.rejoin.wrapping import is_full

STAGE = "rejoin"
SENTENCE = Cause("rejoin.broken-sentence", STAGE)
FRAGMENT = Cause("rejoin.inline-fragment", STAGE)
FIXED_WIDTH = Cause("rejoin.fixed-width", STAGE)
HYPHEN = Cause("rejoin.hyphen", STAGE)

# A decision looks at this much of a piece's head and tail, however long the piece is.
_WINDOW = 160
_MOST_BLANK_LINES = 2
# A piece that may be the text of a link, one that is prose by its size, and the longest furniture.
_SHORT = 40
_PROSE = 60
_LONGEST_KEY = 120
# So many lines that begin as no line does tell that the scraper broke the text at inline tags.
_FEWEST_FRAGMENTS = 2
_LAST_LETTERS_RE = re.compile(r"[^\W\d_]+$")
_LETTERS_RE = re.compile(r"[^\W\d_]+")
_HYPHENED_RE = re.compile(r"([^\W\d_]+)-(?=([^\W\d_]+))")


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


def read_pieces(lines: Sequence[str]) -> Iterator[Piece]:
    """The lines that are not blank, without the spaces around them."""
    position = gap = 0
    for line in lines:
        text = line.strip()
        if text:
            yield Piece(position + line.index(text[0]), text, gap)
            gap = 0
        else:
            gap += 1
        position += len(line) + 1


class Joiner:
    """Joins the pieces of one text.

    Every pair of neighbours in the outcome was refused as it stands, with at least the evidence that
    a second run finds; that is why a second run changes nothing.
    """

    def __init__(self, text: str, barriers: frozenset[str], width: int | None) -> None:
        self._text = text
        self._barriers = barriers
        self._width = width
        self._broken_gaps: frozenset[int] = frozenset()
        self._words: frozenset[str] | None = None
        self._stack: list[Piece] = []
        self._edits: list[Edit] = []

    def join(self, lines: Sequence[str]) -> list[Edit]:
        """The edits that join the lines, in order."""
        pieces = list(read_pieces(lines))
        self._broken_gaps = _find_broken_gaps(pieces)
        for piece in pieces:
            self._push(piece)
        return sorted(self._edits, key=lambda edit: edit.start)

    def _push(self, piece: Piece) -> None:
        """Put a piece on the stack, joined to those before it as far as it goes."""
        stack = self._stack
        while stack:
            left = stack[-1]
            seam = self._find_seam(left, piece)
            if seam:
                stack.pop()
                self._merge(left, piece, seam)
                piece = left
            elif len(stack) > 1 and self._is_sandwiched(stack[-2], left, piece):
                stack.pop()
                before = stack.pop()
                self._merge(before, left, Seam(" ", FRAGMENT))
                self._push(before)
            else:
                break
        stack.append(piece)

    def _merge(self, left: Piece, right: Piece, seam: Seam) -> None:
        self._edits.append(Edit(left.end - seam.cut, right.start, seam.joiner, (seam.cause,)))
        left.append(right, seam)

    def _find_seam(self, left: Piece, right: Piece) -> Seam | None:
        """The seam at which two neighbours are one sentence, or None."""
        if right.gap > _MOST_BLANK_LINES:
            return None
        seam = self._propose_seam(left, right)
        return None if seam is None or self._is_barrier(left) or self._is_barrier(right) else seam

    def _propose_seam(self, left: Piece, right: Piece) -> Seam | None:
        head, tail = right.head, left.tail
        if tail[-1] == "-" and head[0].islower():
            return self._join_hyphen(left, right)
        if starts_with_closing_mark(head):
            return None if ends_sentence(tail) and head[0] not in ",;)]" else Seam("", FRAGMENT)
        if self._width and not right.gap and self._is_wrapped(left, right, self._width):
            return Seam(" ", FIXED_WIDTH)
        if right.gap > 1:
            return None
        if tail[-1].isdigit() and starts_ordinal(head):
            return Seam("", FRAGMENT)
        if ends_open(tail):
            return Seam("", FRAGMENT) if head[0].isalnum() else None
        if ends_sentence(tail) or not starts_sentence(left.head):
            return None
        if self._is_continued(left, right):
            return Seam(
                _choose_joiner(left, right), FRAGMENT if min(left.size, right.size) <= _SHORT else SENTENCE
            )
        return None

    def _is_continued(self, left: Piece, right: Piece) -> bool:
        """Whether an open line is continued by the next, which begins with no mark that tells."""
        head = right.head
        broken = right.gap in self._broken_gaps
        linked = ends_in_linker(left.tail)
        if starts_with_dash(head):
            return broken and not right.gap and left.size >= _SHORT
        if starts_item(head) or starts_caseless(head):
            return False
        if starts_lower(head):
            if not (broken or right.welded or left.welded):
                return (linked and left.size >= _PROSE) or (not right.gap and _has_drop_cap(left, right))
            return (
                linked
                or max(left.size, right.size) > _SHORT
                or starts_linker(head)
                or right.welded
                or left.welded
            )
        if right.gap or not (broken or right.welded):
            return False
        if head[0] == "(":
            return max(left.size, right.size) >= _PROSE and (right.welded or not is_bracketed(head))
        return head[0].isalnum() and (linked or (left.tail[-1] == "," and left.size >= _PROSE))

    def _is_sandwiched(self, before: Piece, middle: Piece, after: Piece) -> bool:
        """Whether a short piece stands between the halves of a sentence: ``He told / Reuters / that the``."""
        return (
            middle.size <= _SHORT
            and max(middle.gap, after.gap) <= 1
            and starts_lower(after.head)
            and middle.head[0].isalnum()
            and not ends_sentence(before.tail)
            and not ends_sentence(middle.tail)
            and (ends_in_linker(before.tail) or (before.size >= _PROSE and after.gap in self._broken_gaps))
            and starts_sentence(before.head)
            and not starts_caseless(middle.head)
            and not starts_item(middle.head)
            and not any(self._is_barrier(piece) for piece in (before, middle, after))
        )

    def _is_wrapped(self, left: Piece, right: Piece, width: int) -> bool:
        """Whether the break stands where the next word would not have fitted."""
        return (
            is_full(left.row, right.head, width)
            and not starts_item(right.head)
            and not starts_caseless(left.tail[-1])
            and not starts_caseless(right.head)
        )

    def _join_hyphen(self, left: Piece, right: Piece) -> Seam | None:
        """Join a word that was broken at its hyphen as the text writes it elsewhere, if it does."""
        before = _LAST_LETTERS_RE.search(left.tail[:-1])
        after = _LETTERS_RE.match(right.head)
        if before is None or after is None or right.gap:
            return None
        if self._words is None:
            self._words = _collect_words(self._text.casefold())
        first, second = before.group().casefold(), after.group().casefold()
        if f"{first}-{second}" in self._words:
            return Seam("", HYPHEN)
        return Seam("", HYPHEN, cut=1) if first + second in self._words else None

    def _is_barrier(self, piece: Piece) -> bool:
        if piece.barrier is None:
            line = piece.head
            piece.barrier = piece.size <= _LONGEST_KEY and (is_barrier(line) or fold(line) in self._barriers)
        return piece.barrier


def _choose_joiner(left: Piece, right: Piece) -> str:
    """A space, or nothing where the break stood inside a word or beside a long dash."""
    if _has_drop_cap(left, right) or (right.head[0] == "\u2014" and right.head[1:2] != " "):
        return ""
    return " "


def _has_drop_cap(left: Piece, right: Piece) -> bool:
    return left.size == 1 and right.size > _SHORT and is_drop_cap(left.head)


def _find_broken_gaps(pieces: Sequence[Piece]) -> frozenset[int]:
    """The numbers of blank lines with which a scraper broke this text at its inline tags, if it did."""
    gaps = Counter(
        right.gap
        for left, right in zip(pieces, pieces[1:], strict=False)
        if right.head[0] in ".,;)" and starts_with_closing_mark(right.head) and not ends_sentence(left.tail)
    )
    return frozenset(gap for gap, count in gaps.items() if count >= _FEWEST_FRAGMENTS)


def _collect_words(text: str) -> frozenset[str]:
    """The words of a text, and its pairs of words with a hyphen between them."""
    pairs = (f"{first}-{second}" for first, second in _HYPHENED_RE.findall(text))
    return frozenset(_LETTERS_RE.findall(text)).union(pairs)
