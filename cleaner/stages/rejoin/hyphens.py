r"""Words broken at a hyphen and a line's end: whether the hyphen is theirs tells a text that has them whole.

>>> read_broken_word("The govern-", "ment fell.")
BrokenWord(joined='government', hyphenated='govern-ment')

A hyphen of its own stays, whatever a text has elsewhere:

>>> read_broken_word("from day-to-", "day work"), read_broken_word("Haupt-", "und Nebenstra\xdfen")
(BrokenWord(joined=None, hyphenated='to-day'), None)
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.core.edits import Cause, Edit
from cleaner.stages.rejoin.shapes import is_barrier

WORD_RULE = "rejoin.word-of-corpus"
COMPOUND_RULE = "rejoin.compound-of-corpus"
UNCLEAR_RULE = "rejoin.unclear-in-corpus"
BREAK_RULES = (WORD_RULE, COMPOUND_RULE, UNCLEAR_RULE)
_NEARLY_ALL = 10  # times as many documents write a word so as otherwise

# Two letters or more stand on either side, and before them nothing that makes an address or an option of it.
_BEFORE_RE = re.compile(
    r"(?:(?P<compound>[^\W\d_]-)|^|[\s(\[\"'\u2018\u201c\u201e\xab\u2013\u2014])([^\W\d_]{2,})-$"
)
_AFTER_RE = re.compile(r"([^\W\d_]{2,})(?![\w@/\\]|\.\w)(?=(?P<compound>-[^\W\d_])?)")
_BREAK_RE = re.compile(r"(?<=[^\W\d_])-[^\S\n]*\n[^\S\n]*(?=[^\W\d_])")
_LETTERS_RE = re.compile(r"[^\W\d_]+")
_HYPHENATED_RE = re.compile(r"([^\W\d_]+)-(?=([^\W\d_]+))")
_WINDOW = 160
# "Haupt- und Nebenstrassen", "pre- and post-war": the hyphen stands for a word that follows later.
_CONJUNCTIONS = frozenset({
    "and", "or", "nor", "und", "oder", "bzw", "sowie", "bis", "et", "ou", "en", "of", "och", "eller", "og", "ja", "tai",
    "czy", "lub", "oraz", "nebo", "a\u017e", "\u0438\u043b\u0438", "\u0442\u0430", "\u0430\u0431\u043e",
})  # fmt: skip


class BrokenWord(NamedTuple):
    """The words, casefolded, that a broken one may be; ``joined`` is None where it has another hyphen."""

    joined: str | None
    hyphenated: str


class Break(NamedTuple):
    """A hyphen, the line break and the spaces behind it, ``[start, end)`` of a text, and the word it breaks."""

    start: int
    end: int
    word: BrokenWord


class Mended(NamedTuple):
    """What the documents of a corpus say of the broken words of one: edits, and hints where they disagree."""

    edits: Sequence[Edit] = ()
    hints: Sequence[Edit] = ()


def read_broken_word(tail: str, head: str) -> BrokenWord | None:
    """The word that the end of a line and the beginning of the next make, if a hyphen breaks one there."""
    before = _BEFORE_RE.search(tail)
    after = _AFTER_RE.match(head)
    if before is None or after is None or not after[1].islower() or after[1] in _CONJUNCTIONS:
        return None
    compound = before["compound"] or after["compound"]
    joined = None if compound else (before[2] + after[1]).casefold()
    return BrokenWord(joined, f"{before[2]}-{after[1]}".casefold())


def find_breaks(text: str) -> Iterator[Break]:
    """The broken words of a text; not in bylines, tables, program code and the like."""
    for match in _BREAK_RE.finditer(text):
        start, end = match.span()
        tail = text[max(text.rfind("\n", 0, start) + 1, start - _WINDOW) : start + 1]
        head = text[end : end + _WINDOW].partition("\n")[0]
        word = read_broken_word(tail, head)
        if word is not None and not is_barrier(tail.strip()) and not is_barrier(head.strip()):
            yield Break(start, end, word)


def collect_words(text: str) -> frozenset[str]:
    """The words of a text, casefolded, and its pairs of words with a hyphen between them."""
    text = text.casefold()
    pairs = (f"{first}-{second}" for first, second in _HYPHENATED_RE.findall(text))
    return frozenset(_LETTERS_RE.findall(text)).union(pairs)


def mend(breaks: Iterable[Break], documents: Mapping[str, int]) -> Mended:
    """What becomes of broken words, by the number of ``documents`` that have each form of them.

    Where nearly all agree the line break goes, with the hyphen or without it; a word that nobody has stays broken.

    >>> [edit.new for edit in mend(find_breaks("The govern-\\nment met re-\\nelected men."), {"government": 4}).edits]
    ['']
    """
    edits: list[Edit] = []
    hints: list[Edit] = []
    for start, end, word in breaks:
        joined = documents.get(word.joined, 0) if word.joined else 0
        hyphenated = documents.get(word.hyphenated, 0)
        if not joined and not hyphenated:
            continue
        new = "" if joined > hyphenated else "-"
        clear = max(joined, hyphenated) >= _NEARLY_ALL * min(joined, hyphenated)
        rule = (COMPOUND_RULE if new else WORD_RULE) if clear else UNCLEAR_RULE
        detail = {"documents": {"joined": joined, "hyphenated": hyphenated}}
        (edits if clear else hints).append(Edit(start, end, new, (Cause(rule, "corpus", detail),)))
    return Mended(edits, hints)
