"""Passages: what the scorer judges. A line, or a sentence where an article has no line breaks.

Many documents are laid out as one array of code points, so that everything is counted for all of
them at once; no count crosses from one document into another, and all sums are sums of integers, so
a document's figures are the same alone and in any batch.

>>> page = lay_out([["Menu", "", "A line of text."]])
>>> page.line.tolist(), page.blank.tolist()
([0, 1, 2], [False, True, False])
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.core.scoring.glyphs import (
    BRACKET,
    CJK_CHAR,
    COMMA,
    LOWER,
    MARK,
    QUOTE,
    SPACE,
    TERMINAL,
    UPPER,
    Classes,
    Codes,
    classify,
    read_codes,
)

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

UNBROKEN_CHARS: Final = 1500  # a line longer than this holds more than a paragraph
SPLIT_CHARS: Final = 400  # in a document of such lines, longer lines are judged by sentence
_CJK_FACTOR: Final = 3  # a CJK character says as much as three letters
_FIRST_CJK: Final = 0x2E80


class Layout(NamedTuple):
    """Documents as arrays. Passages cover the texts: each begins where the one before it ends."""

    codes: Codes
    classes: Classes
    start: Ints  # of each passage, in codes
    end: Ints  # behind its last character, without its line's break
    line: Ints  # the number of its line in its document
    line_start: Ints  # where that line starts, in codes
    document: Ints  # the number of its document
    first: Ints  # the number of the first passage of each document, and at the end that of all passages
    blank: Flags  # nothing visible in it
    sentence: Flags  # a sentence of a longer line


def lay_out(documents: Sequence[Sequence[str]]) -> Layout:
    """Lay out documents, each given as the texts of its lines."""
    texts = [text for lines in documents for text in lines]
    codes = read_codes("\n".join(texts) + "\n")
    classes = classify(codes)
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    line_start = np.cumsum(sizes + 1) - sizes - 1
    counts = np.fromiter(map(len, documents), dtype=np.int64, count=len(documents))
    document = np.repeat(np.arange(len(documents)), counts)
    first_line = np.cumsum(counts) - counts
    cuts = _find_cuts(codes, classes, line_start, sizes, document, len(documents))
    start, owner = line_start, np.arange(len(texts))
    sentence = np.zeros(len(texts), dtype=np.bool_)
    if len(cuts):
        start = np.sort(np.concatenate([line_start, cuts]))
        owner = np.searchsorted(line_start, start, side="right") - 1
        sentence = np.bincount(owner, minlength=len(texts))[owner] > 1
    end = np.append(start[1:], len(codes))
    end = np.where(np.append(owner[1:], -1) == owner, end, end - 1)
    return Layout(
        codes=codes,
        classes=classes,
        start=start,
        end=end,
        line=owner - first_line[document[owner]],
        line_start=line_start[owner],
        document=document[owner],
        first=np.searchsorted(document[owner], np.arange(len(documents) + 1)),
        blank=_find_blank(classes, start, end),
        sentence=sentence,
    )


def _find_blank(classes: Classes, start: Ints, end: Ints) -> Flags:
    """The passages with nothing visible. Few begin with a space and go on: these are looked at in full."""
    blank: Flags = classes[start] == SPACE
    spaced = np.flatnonzero(blank & (end > start))
    if len(spaced):
        bounds = np.stack([start[spaced], end[spaced]], axis=1).ravel()
        blank[spaced] = np.minimum.reduceat(classes, bounds)[::2] == SPACE
    return blank


def _find_cuts(
    codes: Codes, classes: Classes, line_start: Ints, sizes: Ints, document: Ints, documents: int
) -> Ints:
    """Where sentences begin inside the long lines of documents without line breaks."""
    none = np.zeros(0, dtype=np.int64)
    longest = int(sizes.max(initial=0))
    weight = sizes
    if longest * _CJK_FACTOR > UNBROKEN_CHARS and codes.max() >= _FIRST_CJK:
        cjk = np.append(0, np.cumsum(classes == CJK_CHAR))
        weight = sizes + (_CJK_FACTOR - 1) * (cjk[line_start + sizes] - cjk[line_start])
    elif longest <= UNBROKEN_CHARS:
        return none
    unbroken = np.bincount(document, weights=weight * (weight > UNBROKEN_CHARS), minlength=documents)
    whole = np.bincount(document, weights=weight, minlength=documents)
    split = (unbroken * 2 > whole)[document] & (weight > SPLIT_CHARS)
    if not split.any():
        return none

    def lies_inside(places: Ints) -> Flags:
        line = np.searchsorted(line_start, places, side="right") - 1
        inside: Flags = split[line] & (places < line_start[line] + sizes[line])
        return inside

    at = np.flatnonzero(classes == TERMINAL)
    at = at[lies_inside(at)]
    after = at + 1
    last = len(codes) - 1
    for _ in range(2):
        closing = (classes[after] == QUOTE) | (classes[after] == BRACKET)
        after = np.minimum(after + closing, last)
    wide = codes[at] >= 0x3000
    spaced = classes[after] == SPACE
    follower = np.minimum(after + spaced, last)
    follower = np.minimum(follower + (classes[follower] == SPACE), last)
    opens = ~np.isin(classes[follower], (LOWER, SPACE, TERMINAL, COMMA, MARK))
    before, second, third = (classes[np.maximum(at - n, 0)] for n in (1, 2, 3))
    initial = (before == UPPER) | (second == UPPER) & (before == LOWER) | (third == UPPER) & (second == LOWER)
    short = (codes[at] == ord(".")) & initial & _begins_word(classes, at)
    cuts = follower[(spaced | wide) & opens & ~short]
    return np.unique(cuts[lies_inside(cuts) & ~np.isin(cuts, line_start)])


def _begins_word(classes: Classes, at: Ints) -> Flags:
    """Whether a word of at most three characters with a capital ends right before each place."""
    short = np.zeros(len(at), dtype=np.bool_)
    for size in (1, 2, 3):
        capital = classes[np.maximum(at - size, 0)] == UPPER
        outside = (at - size <= 0) | ~np.isin(classes[np.maximum(at - size - 1, 0)], (UPPER, LOWER, MARK))
        short |= capital & outside
    return short
