"""Which lines of a page an extractor took: its text is laid over the lines, in their order."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

_NO_LETTER_RE = re.compile(r"[\W_]+")
_ANCHOR = 24  # letters from which a line that stands in the extract stands there for itself
_PIECE = 12  # letters of a piece of a line that stands there in part
_MOST_WORK = 2_000_000_000  # letters to look through; beyond, only whole lines are looked up


def measure_coverage(lines: Sequence[str], extract: str) -> list[int]:
    """For each line the share of it, in hundredths, that stands in the extract in its place.

    Spaces, case and punctuation do not matter. A line that stands in the page twice and in the extract
    once is taken where its neighbours are taken, too.

    >>> measure_coverage(["Home", "The bath closes.", "Share", "Nobody came."], "The bath closes. Nobody came.")
    [0, 100, 0, 100]
    """
    keys = [_letters(line) for line in lines]
    whole = _letters(extract)
    shares = [0] * len(keys)
    if not whole:
        return shares
    if len(keys) * len(whole) > _MOST_WORK:
        taken = {_letters(line) for line in extract.split("\n")}
        return [100 if key and key in taken else 0 for key in keys]
    anchors = _find_anchors(keys, whole)
    before, position = -1, 0
    for number, start in [*anchors, (len(keys), len(whole))]:
        _fill(keys, shares, range(before + 1, number), whole, position, start)
        if number < len(keys):
            shares[number] = 100
            before, position = number, start + len(keys[number])
    return shares


def _letters(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _NO_LETTER_RE.sub("", text).casefold()


def _find_anchors(keys: Sequence[str], whole: str) -> list[tuple[int, int]]:
    """Long lines that stand in the extract, as many letters of them as can stand in one order."""
    found: list[tuple[int, int]] = []
    for number, key in enumerate(keys):
        if len(key) >= _ANCHOR:
            start = whole.find(key)
            if start >= 0:
                found.append((number, start))
    return _heaviest_chain(found, keys)


def _heaviest_chain(found: Sequence[tuple[int, int]], keys: Sequence[str]) -> list[tuple[int, int]]:
    """The members in rising order of both that have the most letters; they do not overlap."""
    ends: list[int] = []  # end in the extract of the best chain of each weight, both rising
    weights: list[int] = []
    tops: list[int] = []
    links = [-1] * len(found)
    for i, (number, start) in enumerate(found):
        size = len(keys[number])
        at = bisect_left(ends, start + 1)
        weight = size + (weights[at - 1] if at else 0)
        links[i] = tops[at - 1] if at else -1
        end = start + size
        at = bisect_left(ends, end)
        if at < len(ends) and ends[at] == end and weights[at] >= weight:
            continue
        if at and weights[at - 1] >= weight:
            continue
        stop = at
        while stop < len(ends) and weights[stop] <= weight:
            stop += 1
        ends[at:stop], weights[at:stop], tops[at:stop] = [end], [weight], [i]
    chain = []
    i = tops[-1] if tops else -1
    while i >= 0:
        chain.append(found[i])
        i = links[i]
    return chain[::-1]


def _fill(
    keys: Sequence[str], shares: list[int], numbers: Sequence[int], whole: str, position: int, stop: int
) -> None:
    """Lines between two anchors, in what the extract has between them."""
    for number in numbers:
        key = keys[number]
        if not key or position >= stop:
            continue
        at = whole.find(key, position, stop)
        if at >= 0:
            shares[number] = 100
            position = at + len(key)
        elif len(key) >= 2 * _PIECE:
            shares[number], position = _find_pieces(key, whole, position, stop)


def _find_pieces(key: str, whole: str, position: int, stop: int) -> tuple[int, int]:
    """The share of a line whose pieces stand close together in a stretch of the extract, and where they end.

    Where less than half of them do, the place stays what it was: the rest of the line may be elsewhere.
    """
    found, count, end = 0, 0, position
    for begin in range(0, len(key) - _PIECE + 1, _PIECE):
        count += 1
        reach = stop if not found else min(stop, end + 2 * len(key))
        at = whole.find(key[begin : begin + _PIECE], end, reach)
        if at >= 0:
            found += 1
            end = at + _PIECE
    return 100 * found // count, end if found * 2 > count else position
