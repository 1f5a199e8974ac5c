"""Words, phrases and lines as 64-bit hashes, and columnar look-ups in learned lists of them.

Hashing is arithmetic over arrays: every lower-case letter has a random number, a word is the sum of
the products of neighbouring ones (a run of digits counts as one zero), a line is a polynomial in its
words. A text and a list that hash alike
match alike, and no string is ever built.

>>> table = WordTable({"subscribe": 40, "said": -20, "read more": 55})
>>> words = find_words(read_codes("She said: read more!"))
>>> table.single(words.hashes).tolist(), table.pairs(words.hashes).tolist()
([0, -20, 0, 0], [0, 0, 0, 55])
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.core.scoring.glyphs import (
    CJK_CHAR,
    DIGIT,
    LAST_WORD_CLASS,
    Classes,
    Codes,
    classify,
    lower,
    read_codes,
)

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Scores = npt.NDArray[np.int8]
Counts = npt.NDArray[np.int16]

_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_PAIR: Final = np.uint64(0xD6E8FEB86659FD93)
_MIX: Final = np.uint64(0xFF51AFD7ED558CCD)
_TABLE_BITS: Final = 20
_LONGEST: Final = 64  # places of a word, or words of a line, with a power of their own


@cache
def _powers() -> Hashes:
    return np.array([pow(int(_BASE), n, 1 << 64) for n in range(1, _LONGEST + 1)], dtype=np.uint64)


@cache
def _letter_numbers() -> Hashes:
    """A number for each code point's lower-case form; 0 for what makes no word."""
    codes = np.arange(0x10000, dtype=np.uint32)
    numbers = _stir(_stir(lower(codes).astype(np.uint64) * _BASE) + _PAIR) | np.uint64(1)
    return np.where(classify(codes) <= LAST_WORD_CLASS, numbers, 0).astype(np.uint64)


class Words(NamedTuple):
    """The words of a text: where they begin, how many characters they have, their hashes."""

    starts: Ints
    lengths: Ints
    hashes: Hashes


def find_words(codes: Codes, classes: Classes | None = None) -> Words:
    """The words of a text: runs of letters, digits and marks; each CJK character is one."""
    if classes is None:
        classes = classify(codes)
    starts, ends = _find_bounds(classes)
    if len(starts) == 0:
        return Words(starts, starts, np.zeros(0, np.uint64))
    values = _letter_numbers().take(codes, mode="clip")
    digits = np.flatnonzero(classes == DIGIT)
    values[digits[1:][np.diff(digits) == 1]] = 0
    products = np.empty_like(values)
    np.add(values[:-1], _BASE, out=products[1:])
    products[starts] = _BASE
    products *= values
    return Words(starts, ends - starts, _stir(np.add.reduceat(products, starts)))


def _find_bounds(classes: Classes) -> tuple[Ints, Ints]:
    """Where words begin and where they end."""
    padded = np.zeros(len(classes) + 2, dtype=np.bool_)
    inside = np.less_equal(classes, LAST_WORD_CLASS, out=padded[1:-1])
    cjk = classes == CJK_CHAR
    if not cjk.any():
        bounds = np.flatnonzero(padded[1:] != padded[:-1])
        return bounds[::2], bounds[1::2]
    begins = inside.copy()
    begins[1:] &= ~inside[:-1] | cjk[1:] | cjk[:-1]
    inside[:-1] &= ~inside[1:] | begins[1:]
    return np.flatnonzero(begins), np.flatnonzero(inside) + 1


def _stir(hashes: Hashes) -> Hashes:
    mixed: Hashes = hashes >> np.uint64(29)
    mixed ^= hashes
    mixed *= _MIX
    mixed ^= mixed >> np.uint64(32)
    return mixed


def pair_hashes(hashes: Hashes) -> Hashes:
    """The hash of each word with the word before it; the first has none before it."""
    before = np.zeros_like(hashes)
    before[1:] = hashes[:-1]
    return _stir(hashes + before * _PAIR)


def sequence_hashes(hashes: Hashes, starts: Ints, counts: Ints, most: int = _LONGEST) -> Hashes:
    """The hash of each run of ``counts`` words from ``starts``, of its first ``most`` words; else 0."""
    result = np.zeros(len(starts), dtype=np.uint64)
    if len(hashes) == 0:
        return result
    filled = np.flatnonzero(counts > 0)
    first = starts[filled]
    place = np.arange(first[0], len(hashes)) - np.repeat(first, np.diff(first, append=len(hashes)))
    values = hashes[first[0] :] * _powers().take(place, mode="clip")
    if most < _LONGEST:
        values[place >= most] = 0
    result[filled] = _stir(np.add.reduceat(values, first - first[0]))
    return result


def hash_line(text: str) -> int:
    """The hash of a line or label, as :func:`sequence_hashes` has it."""
    words = find_words(read_codes(text))
    one = np.zeros(1, np.int64)
    return int(sequence_hashes(words.hashes, one, one + len(words.hashes))[0])


class WordTable:
    """Weights of words and of phrases of two words, looked up by hash in one step."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        texts = sorted(weights)
        sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        found = find_words(read_codes("\n".join(texts) + "\n"))
        owner = np.searchsorted(np.cumsum(sizes + 1), found.starts, side="right")
        counts = np.bincount(owner, minlength=len(texts))
        first = np.cumsum(counts) - counts
        values = np.fromiter(map(weights.__getitem__, texts), dtype=np.int64, count=len(texts))
        one, two = counts == 1, counts == 2
        self._single = _fill_table(found.hashes[first[one]], values[one])
        self._pairs = _fill_table(pair_hashes(found.hashes)[first[two] + 1], values[two])

    def single(self, hashes: Hashes) -> Scores:
        """The weight of each word by itself; 0 for an unknown one."""
        return self._single.take(_slots(hashes))

    def pairs(self, hashes: Hashes) -> Scores:
        """The weight of each word with the word before it; 0 for an unknown pair."""
        return self._pairs.take(_slots(pair_hashes(hashes)))


def _slots(hashes: Hashes) -> Ints:
    """The place of each hash in a table: its first bits."""
    return (hashes >> np.uint64(64 - _TABLE_BITS)).view(np.int64)


def _fill_table(hashes: Hashes, weights: Ints) -> Scores:
    table = np.zeros(1 << _TABLE_BITS, dtype=np.int8)
    order = np.argsort(hashes, kind="stable")
    table[_slots(hashes[order])] = weights[order]
    return table


class LineTable:
    """A value for each of a list of hashes, 0 for any other.

    >>> table = LineTable([(hash_line("Share this"), 7)])
    >>> table.find(np.array([hash_line("SHARE THIS:"), 5], dtype=np.uint64)).tolist()
    [7, 0]
    """

    def __init__(self, entries: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(entries)
        self._keys = np.array([key for key, _ in ordered] or [0], dtype=np.uint64)
        self._values = np.array([value for _, value in ordered] or [0], dtype=np.int16)
        self._may_hold = np.zeros(
            1 << _TABLE_BITS, dtype=np.bool_
        )  # most hashes are told apart by this alone
        self._may_hold[_slots(self._keys)] = True

    def find(self, hashes: Hashes) -> Counts:
        """The value of each hash."""
        found = np.zeros(len(hashes), dtype=np.int16)
        likely = np.flatnonzero(self._may_hold.take(_slots(hashes)))
        sought = hashes[likely]
        at = np.minimum(np.searchsorted(self._keys, sought), len(self._keys) - 1)
        found[likely] = np.where(self._keys[at] == sought, self._values[at], 0)
        return found
