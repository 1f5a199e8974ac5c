"""Joins pieces of a text from left to right until every pair of neighbours was refused as it stands."""

import re
from collections.abc import Iterable, Sequence

from cleaner.core.edits import Edit
from cleaner.core.text import fold
from cleaner.stages.rejoin.hyphens import collect_words, read_broken_word
from cleaner.stages.rejoin.pieces import (
    FIXED_WIDTH,
    FRAGMENT,
    HYPHEN,
    SENTENCE,
    Piece,
    Seam,
    find_broken_gaps,
    read_rows,
    read_runs,
)
from cleaner.stages.rejoin.shapes import (
    ends_in_linker,
    ends_open,
    ends_sentence,
    has_clauses,
    is_barrier,
    is_bracketed,
    is_drop_cap,
    may_precede_mark,
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

_MOST_BLANK_LINES = 2
# A piece that may be the text of a link, one that is prose by its size, and the longest furniture.
_SHORT = 40
_PROSE = 60
_LONGEST_KEY = 120
_LETTERS_RE = re.compile(r"[^\W\d_]+")


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
        self._is_spaced = "\n\n" in text  # paragraphs have blank lines between them
        self._words: frozenset[str] | None = None
        self._stack: list[Piece] = []
        self._edits: list[Edit] = []

    def join(self, lines: Sequence[str]) -> list[Edit]:
        """The edits that join the lines, in order."""
        rows = read_rows(lines)
        self._broken_gaps = find_broken_gaps(rows)
        if self._width:
            runs: Iterable[list[Piece]] = [[Piece(*row) for row in rows]]
        else:
            runs = read_runs(self._text, rows, eager=bool(self._broken_gaps))
        for run in runs:
            self._stack.clear()
            for piece in run:
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
            return Seam("", FRAGMENT) if may_precede_mark(tail, head[0]) else None
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
        if self._has_drop_cap(left, right):
            return Seam("", FRAGMENT)
        if not self._is_continued(left, right):
            return None
        joiner = "" if head[0] == "\u2014" and head[1:2] != " " else " "
        return Seam(joiner, FRAGMENT if min(left.size, right.size) <= _SHORT else SENTENCE)

    def _is_continued(self, left: Piece, right: Piece) -> bool:
        """Whether an open line is continued by the next, which begins with no mark that tells."""
        head = right.head
        broken = right.gap in self._broken_gaps
        if starts_with_dash(head):
            return broken and not right.gap and left.size >= _SHORT
        if starts_item(head) or starts_caseless(head):
            return False
        linked = ends_in_linker(left.tail)
        if starts_lower(head):
            if not (broken or left.welded or right.welded):
                return left.size >= _PROSE and (linked or self._runs_on(left, right))
            prose = max(left.size, right.size) > _SHORT
            return linked or prose or left.welded or right.welded or starts_linker(head)
        if right.gap or not (broken or right.welded):
            return False
        if head[0] == "(":
            return max(left.size, right.size) >= _PROSE and (right.welded or not is_bracketed(head))
        enumerated = left.tail[-1] == "," and left.size >= _PROSE
        return head[0].isalnum() and (linked or enumerated) and (right.welded or right.size <= _SHORT)

    def _runs_on(self, left: Piece, right: Piece) -> bool:
        """Whether two lines are prose by themselves: several clauses, then the rest of a sentence."""
        clauses = has_clauses(left.head) or has_clauses(left.tail)
        return not right.gap and clauses and (right.size > _PROSE or ends_sentence(right.tail))

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
            and (self._is_spaced or not ends_sentence(left.tail) or starts_lower(right.head))
            and not starts_item(right.head)
            and not starts_caseless(left.tail[-1])
            and not starts_caseless(right.head)
        )

    def _join_hyphen(self, left: Piece, right: Piece) -> Seam | None:
        """Join a word that was broken at its hyphen as the text writes it elsewhere, if it does."""
        word = None if right.gap else read_broken_word(left.tail, right.head)
        if word is None:
            return None
        if self._knows_word(word.hyphenated):
            return Seam("", HYPHEN)
        return Seam("", HYPHEN, cut=1) if word.joined and self._knows_word(word.joined) else None

    def _has_drop_cap(self, left: Piece, right: Piece) -> bool:
        """Whether a lone capital is the first letter of a word that the text also writes elsewhere."""
        if right.gap or left.size > 1 or right.size <= _SHORT or not is_drop_cap(left.head):
            return False
        after = _LETTERS_RE.match(right.head)
        return after is not None and after.group().islower() and self._knows_word(left.head + after.group())

    def _knows_word(self, word: str) -> bool:
        if self._words is None:
            self._words = collect_words(self._text)
        return word.casefold() in self._words

    def _is_barrier(self, piece: Piece) -> bool:
        if piece.barrier is None:
            line = piece.head
            piece.barrier = piece.size <= _LONGEST_KEY and (is_barrier(line) or fold(line) in self._barriers)
        return piece.barrier
