"""One quotation, two wordings: where documents of a corpus quote the same words differently.

A translation back and forth, or a careless copy, changes what somebody is quoted to have said. Which
wording is right cannot be told from the texts, so each place is a hint that shows the other document's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from cleaner.core.document import Document
from cleaner.core.edits import Cause, Edit
from cleaner.core.text import WORD_RE

RULE = "quotation.differs"
_QUOTATION_RE = re.compile(
    '\u201c[^\u201c\u201d\n]{20,}|"[^"\n]{20,}"|\xab[^\xab\xbb\n]{20,}|\u201e[^\u201e\u201c\n]{20,}'
)
_SHORTEST = 6  # words
_GRAM = 3
_CROWD = 50  # a word sequence that so many quotations share says nothing
_ALIKE = 0.6


class _Quotation(NamedTuple):
    document: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    text: str


def find_differing_quotations(documents: Iterable[Document]) -> dict[str, list[Edit]]:
    """Hints by document id: each a span of a quotation that another document has otherwise.

    >>> one = Document("a", "He said \u201cwe will not sell the old harbour to anybody.\u201d")
    >>> two = Document("b", "\u201cWe shall not sell the old harbour to anybody,\u201d he said.")
    >>> [(hint.new, hint.causes[0].detail["id"]) for hint in find_differing_quotations([one, two])["a"]]
    [('shall', 'b')]
    """
    quotations = [quotation for document in documents for quotation in _read_quotations(document)]
    holders: dict[tuple[str, ...], list[int]] = {}
    for number, quotation in enumerate(quotations):
        for gram in _grams(quotation.words):
            holders.setdefault(gram, []).append(number)
    hints: dict[str, list[Edit]] = {}
    for number, quotation in enumerate(quotations):
        other = _find_counterpart(number, quotations, holders)
        if other is not None:
            hints.setdefault(quotation.document, []).extend(_compare(quotation, other))
    return {document: found for document, found in hints.items() if found}


def _read_quotations(document: Document) -> Iterator[_Quotation]:
    for match in _QUOTATION_RE.finditer(document.text):
        words = list(WORD_RE.finditer(document.text, match.start(), match.end()))
        if len(words) >= _SHORTEST:
            spans = tuple(word.span() for word in words)
            yield _Quotation(document.id, spans, tuple(w.group().casefold() for w in words), document.text)


def _grams(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[i : i + _GRAM] for i in range(len(words) - _GRAM + 1)}


def _find_counterpart(
    number: int, quotations: list[_Quotation], holders: dict[tuple[str, ...], list[int]]
) -> _Quotation | None:
    """The quotation of another document that shares most with this one, if they say the same."""
    quotation = quotations[number]
    shared: Counter[int] = Counter()
    for gram in _grams(quotation.words):
        if len(holders[gram]) <= _CROWD:
            shared.update(
                other for other in holders[gram] if quotations[other].document != quotation.document
            )
    if not shared:
        return None
    best = min(shared, key=lambda other: (-shared[other], quotations[other].document, other))
    return quotations[best] if shared[best] >= 2 else None


def _compare(quotation: _Quotation, other: _Quotation) -> Iterator[Edit]:
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
        yield Edit(*span, theirs, (Cause(RULE, "corpus", detail),))


def _text_of(quotation: _Quotation, start: int, end: int) -> str:
    """The words ``[start, end)`` of a quotation as they stand."""
    if start >= end:
        return ""
    return quotation.text[quotation.spans[start][0] : quotation.spans[end - 1][1]]
