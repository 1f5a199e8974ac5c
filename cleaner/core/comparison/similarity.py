"""How alike two paragraphs are: words, shingles, set measures, and sparse keys that find candidates.

Nothing here decides anything. The measures are over *sets* of word pairs, so that a repeated phrase
counts once, and the keys are winnowed hashes that do not depend on the interpreter's hash seed.
"""

import re
from collections.abc import Sequence, Set
from zlib import crc32

from cleaner.core.text import WORD_RE, fold

Shingles = frozenset[tuple[str, ...]]

KEY_WORDS = 5  # words in a hashed shingle
KEY_WINDOW = 4  # of so many neighbouring shingles at least one is a key

_ASCII_WORD_RE = re.compile("[a-z0-9]+")  # what WORD_RE finds in folded ASCII, three times as fast

# Odd, and below 2 ** 27: a sum of five products with 32-bit numbers stays below 2 ** 62, which no
# machine word overflows.
WEIGHTS = (0x4F1BBCD, 0x2545F49, 0x6C8E945, 0x1B87353, 0x3C6EF37)


def split_words(text: str) -> list[str]:
    """The folded words of a text, in order; a CJK character is a word of its own.

    >>> split_words("Don\N{RIGHT SINGLE QUOTATION MARK}t MOVE, he said.")
    ['don', 't', 'move', 'he', 'said']
    """
    if text.isascii():
        return _ASCII_WORD_RE.findall(text.lower())
    return WORD_RE.findall(fold(text))


def shingle(words: Sequence[str], size: int = 2) -> Shingles:
    """The set of runs of ``size`` neighbouring words; a shorter text is one run.

    >>> sorted(shingle(["a", "b", "c"]))
    [('a', 'b'), ('b', 'c')]
    """
    if len(words) <= size:
        return frozenset([tuple(words)]) if words else frozenset()
    return frozenset(zip(*(words[offset:] for offset in range(size)), strict=False))


def jaccard(a: Set[object], b: Set[object]) -> float:
    """Shared members over all members: 1.0 for equal sets, 0.0 where nothing is shared.

    >>> jaccard({1, 2, 3}, {2, 3, 4})
    0.5
    """
    shared = len(a & b)
    union = len(a) + len(b) - shared
    return shared / union if union else 1.0


def containment(a: Set[object], b: Set[object]) -> float:
    """The share of the smaller set that stands in the other.

    >>> containment({1, 2}, {1, 2, 3, 4})
    1.0
    """
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def hash_words(words: Sequence[str]) -> list[int]:
    """A 32-bit hash of each word, the same on every machine.

    >>> hash_words(["the", "harbour"])
    [1011183078, 1533582490]
    """
    return list(map(crc32, " ".join(words).encode("utf-8", "surrogatepass").split(b" ")))


def winnow(words: Sequence[str]) -> set[int]:
    """Sparse keys of a word list: the smallest hash of every window of five-word shingles.

    Two texts that share a run of ``KEY_WORDS + KEY_WINDOW - 1`` words share a key, wherever the run
    stands in them: that is what finds a quotation inside a longer paragraph, which sketches of whole
    paragraphs miss. Keys are below 2 ** 62 and the same on every machine.

    >>> passage = "the harbour was closed after the storm tore two cranes down".split()
    >>> bool(winnow(passage) & winnow("on friday the mayor said that".split() + passage))
    True
    """
    hashes = hash_words(words)
    if len(hashes) < KEY_WORDS:
        hashes += [0] * (KEY_WORDS - len(hashes))
    p, q, r, s, t = WEIGHTS
    keys = [
        a * p + b * q + c * r + d * s + e * t
        for a, b, c, d, e in zip(hashes, hashes[1:], hashes[2:], hashes[3:], hashes[4:], strict=False)
    ]
    if len(keys) <= KEY_WINDOW:
        return {min(keys)}
    return set(map(min, keys, keys[1:], keys[2:], keys[3:]))
