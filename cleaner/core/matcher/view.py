"""One text as the matcher sees it, and what a rule claims of it."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from cleaner.core.document import Context
from cleaner.core.patterns.literals import initial
from cleaner.core.rules import Rule
from cleaner.core.shapes import SHAPES, ends_sentence, is_prose, runs_on
from cleaner.core.text import Line, count_words, fold, split_sentences

PIECE = 4  # bytes
FEWEST_SENTENCE_WORDS = 2
_DIGIT_RE = re.compile(r"\d")
_SPACES = " \t\u00a0"


def cut_pieces(text: str) -> set[int]:
    """All runs of four bytes in a text, as numbers: sixty million in a second, and as quickly looked up.

    >>> cut_pieces("subscribe") <= cut_pieces("subscribers"), cut_pieces("subs") <= cut_pieces("scribe")
    (True, False)
    """
    content = text.encode("utf-8", "surrogatepass")
    pieces: set[int] = set()
    for start in range(PIECE):
        end = start + (len(content) - start) // PIECE * PIECE
        pieces.update(memoryview(content[start:end]).cast("I"))
    return pieces


class Hit(NamedTuple):
    """A rule's claim on ``text[start:end]``, which lies on the lines ``first`` to ``last``."""

    rule: Rule
    start: int
    end: int
    first: int
    last: int
    detail: Mapping[str, object] | None = None


class Sentence(NamedTuple):
    """A sentence of a line: ``line.text[start:end]``; ``text`` is bare of spaces, ``key`` folded."""

    start: int
    end: int
    text: str
    key: str


class View:
    """One text as the matcher sees it; what only some rules ask for is computed when they ask."""

    def __init__(self, text: str, lines: Sequence[Line], context: Context) -> None:
        self.text = text
        self.lines = lines
        self.context = context
        self.filled = [number for number, line in enumerate(lines) if line.key or line.text.strip()]
        self._words: dict[int, int] = {}
        self._sentences: dict[int, list[Sentence]] = {}
        self._holders: dict[str, list[int]] = {}
        self._shapes: dict[str, dict[int, bool]] = {}

    @cached_property
    def rank(self) -> dict[int, int]:
        """Line number to its ordinal among the lines that are not blank."""
        return {number: rank for rank, number in enumerate(self.filled)}

    @cached_property
    def prose_until(self) -> list[int]:
        """How many lines of prose stand before each filled line, and in the whole text."""
        return list(accumulate((is_prose(self.lines[n]) for n in self.filled), initial=0))

    @cached_property
    def running_until(self) -> list[int]:
        """How many lines of wrapped prose stand before each filled line, and in the whole text."""
        return list(accumulate((runs_on(self.lines[n]) for n in self.filled), initial=0))

    @cached_property
    def sentences_until(self) -> list[int]:
        """How many lines that end as a sentence stand before each filled line, and in the whole text."""
        return list(accumulate((self._is_sentence(n) for n in self.filled), initial=0))

    def _is_sentence(self, number: int) -> bool:
        line = self.lines[number]
        return (
            ends_sentence(line.text)
            and self.words(number) >= FEWEST_SENTENCE_WORDS
            and not line.key.startswith(("\N{COPYRIGHT SIGN}", "copyright"))
        )

    @cached_property
    def folded(self) -> str:
        """All keys in one string, to look for literals."""
        return "\n".join([line.key for line in self.lines])

    @cached_property
    def pieces(self) -> set[int]:
        """The pieces of all keys."""
        return cut_pieces(self.folded)

    @cached_property
    def by_initial(self) -> dict[str, list[int]]:
        """The numbers of the lines that begin with a folded character."""
        found: dict[str, list[int]] = defaultdict(list)
        for number in self.filled:
            found[self.lines[number].text.lstrip()[:1]].append(number)
        folded: dict[str, list[int]] = defaultdict(list)
        for char, numbers in found.items():
            folded[initial(char)].extend(numbers)
        return folded

    @cached_property
    def with_digit(self) -> list[int]:
        """The numbers of the lines that hold a digit."""
        return [number for number in self.filled if _DIGIT_RE.search(self.lines[number].text)]

    @cached_property
    def _key_starts(self) -> list[int]:
        """Where each line's key begins in ``folded``."""
        return list(accumulate((len(line.key) + 1 for line in self.lines), initial=0))

    def find_literals(self, literals: Sequence[str]) -> list[int]:
        """The numbers of the lines whose keys hold one of these strings."""
        if len(literals) == 1:
            return self.find_literal(literals[0])
        return sorted({number for literal in literals for number in self.find_literal(literal)})

    def find_literal(self, literal: str) -> list[int]:
        """The numbers of the lines whose keys hold a string."""
        if literal not in self._holders:
            numbers = []
            position = self.folded.find(literal)
            while position >= 0:
                number = bisect_right(self._key_starts, position) - 1
                numbers.append(number)
                position = self.folded.find(literal, self._key_starts[number + 1])
            self._holders[literal] = numbers
        return self._holders[literal]

    def words(self, number: int) -> int:
        """How many words a line has."""
        if number not in self._words:
            self._words[number] = count_words(self.lines[number].text)
        return self._words[number]

    def sentences(self, number: int) -> list[Sentence]:
        """The sentences of a line."""
        if number not in self._sentences:
            line = self.lines[number]
            text = line.text
            spans = split_sentences(text)
            self._sentences[number] = [
                Sentence(
                    start, end, text[start:end].strip(), fold(text[start:end]) if len(spans) > 1 else line.key
                )
                for start, end in spans
            ]
        return self._sentences[number]

    def fits(self, shape: str, number: int) -> bool:
        """Whether a line has a shape."""
        known = self._shapes.setdefault(shape, {})
        if number not in known:
            known[number] = self._fits(shape, self.lines[number])
        return known[number]

    def _fits(self, shape: str, line: Line) -> bool:
        if shape == "equals-title":
            return self.context.title is not None and line.key == fold(self.context.title)
        predicate: Callable[[Line], bool] = SHAPES[shape]
        return bool(line.key or line.text.strip()) and predicate(line)

    def neighbours(self, number: int) -> Iterator[int]:
        """The numbers of the lines before and after, blank ones passed over."""
        rank = self.rank[number]
        if rank > 0:
            yield self.filled[rank - 1]
        if rank + 1 < len(self.filled):
            yield self.filled[rank + 1]

    def span_of_lines(self, first: int, last: int) -> tuple[int, int]:
        """Whole lines with the break that follows them; the last line of a text has none."""
        return self.lines[first].start, min(self.lines[last].end + 1, len(self.text))

    def span_of_part(self, number: int, start: int, end: int) -> tuple[int, int]:
        """A part of a line with the spaces that would be left over; the whole line where nothing else is on it."""
        line = self.lines[number]
        text = line.text
        if text[start:end].strip() == text.strip():
            return self.span_of_lines(number, number)
        while end < len(text) and text[end] in _SPACES:
            end += 1
        if end == len(text):
            while start > 0 and text[start - 1] in _SPACES:
                start -= 1
        return line.start + start, line.start + end
