"""One quotation, two wordings: where documents of a corpus quote the same words differently.

A translation back and forth, or a careless copy, changes what somebody is quoted to have said. Which
wording is right cannot be told from the texts, so each place is a hint that shows the other document's.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, permutations
from typing import NamedTuple
from zlib import crc32

import numpy as np

from cleaner.core.comparison.similarity import split_words
from cleaner.core.document import Document
from cleaner.core.edits import Cause, Edit
from cleaner.core.text import WORD_RE
from cleaner.stages.decided import QUOTATION_RULE

_QUOTATION_RE = re.compile(
    '\u201c[^\u201c\u201d\n]{20,}|"[^"\n]{20,}"|\xab[^\xab\xbb\n]{20,}|\u201e[^\u201e\u201c\n]{20,}'
)
_SHORTEST = 6  # words
_GRAM = 3
_CROWD = 50  # a word sequence that so many quotations share says nothing
_ALIKE = 0.6


class _Quotation(NamedTuple):
    document: str
    start: int
    end: int


class _Words(NamedTuple):
    """The words of a quotation as they are compared, where they stand, and the text that they stand in."""

    document: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    text: str


class Quotations:
    """The quotations of a corpus: where each stands, and hashes of its word sequences, not its text."""

    def __init__(self) -> None:
        self._quotations: list[_Quotation] = []
        self._grams = array("q")
        self._holders = array("i")

    def add(self, document: str, text: str) -> None:
        """Note the quotations of a document; documents come in the order of their ids."""
        for match in _QUOTATION_RE.finditer(text):
            words = split_words(match.group())
            if len(words) >= _SHORTEST:
                grams = {crc32(" ".join(gram).encode("utf-8", "replace")) for gram in _grams(words)}
                self._grams.extend(grams)
                self._holders.extend([len(self._quotations)] * len(grams))
                self._quotations.append(_Quotation(document, *match.span()))

    def find_differences(self, read_text: Callable[[str], str]) -> dict[str, list[Edit]]:
        """Hints by document id: each a span of a quotation that another document has otherwise."""
        hints: dict[str, list[Edit]] = {}
        for number, other in self._find_counterparts():
            own, theirs = (self._read_words(place, read_text) for place in (number, other))
            hints.setdefault(own.document, []).extend(_compare(own, theirs))
        return {document: found for document, found in hints.items() if found}

    def _find_counterparts(self) -> Iterator[tuple[int, int]]:
        """Each quotation with the one of another document that shares most word sequences with it."""
        if not self._grams:
            return
        grams = np.frombuffer(self._grams, np.int64)
        holders = np.frombuffer(self._holders, np.intc)
        order = np.argsort(grams, kind="stable")
        bounds = np.flatnonzero(np.diff(grams[order], prepend=-1, append=-1))
        shared: dict[int, Counter[int]] = {}
        for start, end in pairwise(bounds.tolist()):
            if 2 <= end - start <= _CROWD:
                crowd = holders[order[start:end]].tolist()
                for one, two in permutations(crowd, 2):
                    if self._quotations[one].document != self._quotations[two].document:
                        shared.setdefault(one, Counter())[two] += 1
        for number, others in sorted(shared.items()):
            best = min(others, key=lambda other: (-others[other], self._quotations[other].document, other))
            if others[best] >= 2:
                yield number, best

    def _read_words(self, number: int, read_text: Callable[[str], str]) -> _Words:
        document, start, end = self._quotations[number]
        text = read_text(document)
        found = list(WORD_RE.finditer(text, start, end))
        return _Words(
            document,
            tuple(word.group().casefold() for word in found),
            tuple(word.span() for word in found),
            text,
        )


def find_differing_quotations(documents: Iterable[Document]) -> dict[str, list[Edit]]:
    """Hints by document id: each a span of a quotation that another document has otherwise.

    >>> one = Document("a", "He said \u201cwe will not sell the old harbour to anybody.\u201d")
    >>> two = Document("b", "\u201cWe shall not sell the old harbour to anybody,\u201d he said.")
    >>> [(hint.new, hint.causes[0].detail["id"]) for hint in find_differing_quotations([one, two])["a"]]
    [('shall', 'b')]
    """
    quotations = Quotations()
    texts = {document.id: document.text for document in documents}
    for id, text in sorted(texts.items()):
        quotations.add(id, text)
    return quotations.find_differences(texts.__getitem__)


def _grams(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)}


def _compare(quotation: _Words, other: _Words) -> Iterator[Edit]:
    """The spans in which two quotations differ, between the first and the last words that they share."""
    matcher = SequenceMatcher(None, quotation.words, other.words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    first, last = blocks[0], blocks[-1]
    matched = sum(block.size for block in blocks)
    region = max(last.a + last.size - first.a, last.b + last.size - first.b)
    if matched < _SHORTEST or matched < _ALIKE * region:
        return
    detail = {"id": other.document, "theirs": _text_of(other, first.b, last.b + last.size)}
    for before, after in pairwise(blocks):
        start, end = before.a + before.size, after.a
        theirs = _text_of(other, before.b + before.size, after.b)
        if start == end:  # they have words that are missing here: shown behind the last shared one
            start, theirs = start - 1, _text_of(other, before.b + before.size - 1, after.b)
        span = quotation.spans[start][0], quotation.spans[end - 1][1]
        yield Edit(*span, theirs, (Cause(QUOTATION_RULE, "corpus", detail),))


def _text_of(quotation: _Words, start: int, end: int) -> str:
    """The words ``[start, end)`` of a quotation as they stand."""
    if start >= end:
        return ""
    return quotation.text[quotation.spans[start][0] : quotation.spans[end - 1][1]]
