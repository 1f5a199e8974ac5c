"""Which paragraphs of a corpus are worth a closer look: a join on their keys, near linear in their number."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.core.comparison.similarity import KEY_WINDOW, KEY_WORDS, WEIGHTS, hash_words

HOT_PARAGRAPHS = 32  # a key that more paragraphs share finds no candidates; the report counts such keys
SHARED_KEYS = 0.2  # the share of the smaller side's keys that two candidates have in common
EXACT = 1 << 62  # keys of whole paragraphs lie above those of shingles

_BUCKETS = 16  # a power of two: keys are looked at in so many parts, which bounds the memory of sorting them

Integers = npt.NDArray[np.int64]


def hash_paragraph(words: Sequence[str]) -> int:
    """The key of a whole paragraph: equal for equal words, and above every key of a shingle."""
    letters = " ".join(words).encode("utf-8", "surrogatepass")
    return EXACT | int.from_bytes(blake2b(letters, digest_size=8).digest()) >> 2


def find_keys(paragraphs: Sequence[Sequence[str]]) -> list[list[int]]:
    """What :func:`~cleaner.core.comparison.similarity.winnow` finds in each of these word lists, in order, all at one go.

    Each has at least ``KEY_WORDS + KEY_WINDOW - 1`` words.
    """
    if not paragraphs:
        return []
    hashes = np.array(hash_words(list(chain.from_iterable(paragraphs))), np.int64)
    count = len(hashes) - KEY_WORDS + 1
    grams = np.zeros(count, np.int64)
    for place, weight in enumerate(WEIGHTS):
        grams += hashes[place : place + count] * weight
    count -= KEY_WINDOW - 1
    least = grams[:count]
    for place in range(1, KEY_WINDOW):
        least = np.minimum(least, grams[place : place + count])
    keys = least.tolist()
    # Windows that reach over the end of a paragraph belong to none.
    outside = KEY_WORDS + KEY_WINDOW - 2
    ends = list(accumulate(map(len, paragraphs)))
    return [sorted(set(keys[start : end - outside])) for start, end in zip([0, *ends], ends, strict=False)]


class Candidates(NamedTuple):
    """Pairs of places, the smaller first, in order; and how many keys too many paragraphs share."""

    equal: Integers  # two columns: the first of equal paragraphs, and each of the others
    near: Integers  # two columns: paragraphs that share keys; of equal ones only the first is among them
    hot_keys: int


def find_candidates(keys: Integers, starts: Integers, documents: Integers) -> Candidates:
    """Equal paragraphs in a star around the first, others by the share of keys that two of them share.

    >>> keys = np.array([EXACT + 1, 10, 11, EXACT + 2, 11, 12, EXACT + 1, 10, 11])
    >>> find_candidates(keys, np.array([0, 3, 6, 9]), np.array([0, 1, 2]))[:2]
    (array([[0, 2]]), array([[0, 1]]))
    """
    count = len(starts) - 1
    if count < 2:
        return Candidates(np.empty((0, 2), np.int64), np.empty((0, 2), np.int64), 0)
    whole = keys[starts[:-1]]
    by_key = np.argsort(whole, kind="stable")
    leads = np.empty(count, bool)
    leads[0] = True
    leads[1:] = whole[by_key[1:]] != whole[by_key[:-1]]
    first = by_key[np.flatnonzero(leads)[np.cumsum(leads) - 1]]
    equal = np.stack([first[~leads], by_key[~leads]], axis=1)
    sizes = np.diff(starts) - 1
    alone = np.ones(count, bool)  # whether a paragraph is the first of its equals
    alone[equal[:, 1]] = False
    codes, shared, hot = _count_shared(keys, starts, alone)
    left, right = np.divmod(codes, count)
    near = (documents[left] != documents[right]) & (
        shared >= SHARED_KEYS * np.minimum(sizes[left], sizes[right])
    )
    equal = equal[documents[equal[:, 0]] != documents[equal[:, 1]]]
    return Candidates(
        equal[np.lexsort((equal[:, 1], equal[:, 0]))], np.stack([left[near], right[near]], axis=1), hot
    )


def _count_shared(
    keys: Integers, starts: Integers, alone: npt.NDArray[np.bool_]
) -> tuple[Integers, Integers, int]:
    """Pairs of paragraphs as ``first * count + second``, how many keys each pair shares, and the hot keys."""
    count = len(alone)
    owners = np.repeat(np.arange(count, dtype=np.int32), np.diff(starts))
    looked_at = np.repeat(alone, np.diff(starts))
    looked_at[starts[:-1]] = False
    buckets = np.where(looked_at, (keys & (_BUCKETS - 1)).astype(np.uint8), np.uint8(_BUCKETS))
    codes, shared, hot = np.empty(0, np.int64), np.empty(0, np.int64), 0
    for bucket in range(_BUCKETS):
        here = np.flatnonzero(buckets == bucket)
        here = here[np.argsort(keys[here], kind="stable")]
        bucket_keys = keys[here]
        bounds = np.flatnonzero(np.concatenate([[True], bucket_keys[1:] != bucket_keys[:-1], [True]]))
        sizes = np.diff(bounds) if len(here) else np.empty(0, np.int64)
        hot += int((sizes > HOT_PARAGRAPHS).sum())
        chosen = np.repeat((sizes > 1) & (sizes <= HOT_PARAGRAPHS), sizes)
        found = list(_pair_neighbours(bucket_keys[chosen], owners[here[chosen]].astype(np.int64), count))
        fresh, times = np.unique(np.concatenate([np.empty(0, np.int64), *found]), return_counts=True)
        codes, shared = _merge_counts(codes, shared, fresh, times)
    return codes, shared, hot


def _pair_neighbours(keys: Integers, owners: Integers, count: int) -> Iterator[Integers]:
    """All pairs within each run of one key."""
    for step in range(1, HOT_PARAGRAPHS):
        same = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(same):
            return
        yield owners[same] * count + owners[same + step]


def _merge_counts(
    codes: Integers, counts: Integers, more_codes: Integers, more_counts: Integers
) -> tuple[Integers, Integers]:
    merged, places = np.unique(np.concatenate([codes, more_codes]), return_inverse=True)
    sums = np.bincount(places, np.concatenate([counts, more_counts]), len(merged))
    return merged, sums.astype(np.int64)
