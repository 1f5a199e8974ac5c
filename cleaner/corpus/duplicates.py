"""Duplicates across a corpus, in two phases: the keys of all documents, then the decisions.

Phase one, :func:`sketch_document`, looks at one document and can run anywhere. Phase two,
:func:`decide`, sees the sketches of all documents, in any order, and answers with the same decisions
for any order and any number of workers: everything is settled in one total order of keepers (less
damage, more words, then document id, then line). A paragraph goes only if it was judged the same as
one that stays. A document whose text would nearly all go is a duplicate document: it keeps its text
and is named in ``Decisions.documents``.

>>> from cleaner.corpus.paragraphs import gather, sketch_document
>>> story = "The mayor of the harbour town resigned on Friday after a long vote in the council."
>>> other = "Nobody in the council had expected that she would leave before the summer was over."
>>> sketches = sketch_document("b", f"{story}\\nMore.\\n") + sketch_document("a", f"{story}\\n{other}\\n")
>>> decide(gather(sketches)).documents
{'b': DuplicateDocument(keeper='a', complete=True)}
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, Protocol

from cleaner.core.comparison.judgment import (
    MIN_WORDS,
    SAME_SIMILARITY,
    SAME_WORDS,
    Judged,
    Judgment,
    Reading,
    choose_removals,
    judge_readings,
    read_paragraph,
)
from cleaner.core.comparison.similarity import KEY_WINDOW, KEY_WORDS
from cleaner.corpus.keys import HOT_PARAGRAPHS, SHARED_KEYS, Candidates, Integers, find_candidates
from cleaner.corpus.paragraphs import Paragraphs, Sketch
from cleaner.stages.decided import LineRemoval
from cleaner.stages.dedupe import EXACT_RULE, NEAR_RULE

WHOLE_DOCUMENT = 0.9  # the share of a document's words whose loss makes it a duplicate document
COMPLETE_DOCUMENT = 0.75  # the same where no paragraph of its own is left, only a title and short lines
FORMAT = 3  # of sketches and of the index; a change makes older ones unreadable


class Copy(NamedTuple):
    """A paragraph of the corpus, or of the index that it was cleaned against.

    ``line`` counts in the text of phase one, ``source_line`` in the text that a person reads.
    """

    document: str
    line: int
    source_line: int
    indexed: bool
    place: int


class Removal(NamedTuple):
    """A paragraph that goes, or a listed one that would, and what stays for it."""

    copy: Copy
    keeper: Copy
    judgment: Judgment
    exact: bool


class DuplicateDocument(NamedTuple):
    """A document that would lose nearly all of its words, and the one that holds most of them.

    ``complete`` ones have no paragraph of their own and may be left out; the others keep their text.
    """

    keeper: str
    complete: bool


_PAIRS = 100_000  # candidates that are turned into Python numbers at once

EQUAL = Judgment("same", 1.0, 1.0, "a", "b", SAME_WORDS)


class Snapshot(Protocol):
    """The paragraphs of an index that share keys with those asked for."""

    def find(self, paragraphs: Paragraphs) -> Iterator[tuple[int, list[Sketch]]]:
        """Places of paragraphs in order, each with the indexed ones that are candidates, sorted."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What phase two decided: removals by document, what is only listed, and duplicate documents."""

    removals: Mapping[str, tuple[Removal, ...]]
    listed: tuple[Removal, ...]
    documents: Mapping[str, DuplicateDocument]
    candidates: int  # pairs of paragraphs of the run that were looked at
    hot_keys: int  # keys that too many paragraphs share to be looked at
    parameters: str
    read_text: Callable[[int], str] = field(compare=False, repr=False)  # of a copy, by its place


def hash_parameters(removed_verdicts: Sequence[str] = ("same",)) -> str:
    """A hash of all numbers that a decision depends on, for reports and for the index."""
    parameters = [FORMAT, MIN_WORDS, SAME_SIMILARITY, KEY_WORDS, KEY_WINDOW, HOT_PARAGRAPHS, SHARED_KEYS]
    return sha256(json.dumps([*parameters, sorted(removed_verdicts)]).encode()).hexdigest()[:16]


def decide(
    paragraphs: Paragraphs,
    snapshot: Snapshot | None = None,
    removed_verdicts: Sequence[str] = ("same",),
    count_document: Callable[[str], int] | None = None,
) -> Decisions:
    """Phase two: which paragraphs go, given the sketches of all documents.

    ``count_document`` gives the words of a document, with its short lines; without it the paragraphs count
    as the whole document.
    """
    candidates = find_candidates(*paragraphs.columns())
    judged = list(_judge_equal(paragraphs, candidates))
    judged += _judge_pairs(paragraphs, candidates.near)
    entries: list[Sketch] = []
    if snapshot is not None:
        for place, found in snapshot.find(paragraphs):
            for entry in found:
                judged += _judge_entry(
                    paragraphs.read_text(place), place, entry, len(paragraphs) + len(entries)
                )
                entries.append(entry)
    chosen, hinted = choose_removals(judged, removed_verdicts)
    removals = [_describe(paragraphs, entries, pair) for pair in chosen]
    listed = [_describe(paragraphs, entries, pair) for pair in hinted]
    by_document: dict[str, list[Removal]] = {}
    for removal in sorted(removals, key=lambda removal: removal.copy):
        by_document.setdefault(removal.copy.document, []).append(removal)
    duplicates = _find_duplicate_documents(paragraphs, by_document, count_document)
    for document in duplicates:
        listed += by_document.pop(document)

    def read_text(place: int) -> str:
        return (
            paragraphs.read_text(place) if place < len(paragraphs) else entries[place - len(paragraphs)].text
        )

    return Decisions(
        {document: tuple(rows) for document, rows in by_document.items()},
        tuple(sorted(listed, key=lambda row: (-row.judgment.similarity, row.copy, row.keeper))),
        duplicates,
        len(candidates.equal) + len(candidates.near),
        candidates.hot_keys,
        hash_parameters(removed_verdicts),
        read_text,
    )


def _judge_equal(paragraphs: Paragraphs, candidates: Candidates) -> Iterator[Judged]:
    """Judge paragraphs of equal words, each against the first of its kind.

    Where all are equal to the letter, and none is compared with anything else, where they would stand in
    the order of keepers does not matter, and they need not be read.
    """
    compared = set(candidates.near.ravel().tolist())
    for i, group in groupby(candidates.equal.tolist(), key=itemgetter(0)):
        text = paragraphs.read_text(i)
        equal: list[int] = []
        others: list[tuple[int, str]] = []
        for _, j in group:
            other = paragraphs.read_text(j)
            if other == text:
                equal.append(j)
            else:
                others.append((j, other))
        order = read_paragraph(text).order if others or i in compared else ()
        for j in equal:
            yield Judged(i, j, (1, *order, i, *order, j), EQUAL)
        if others:
            yield from _judge_against(i, text, others)


def _judge_pairs(paragraphs: Paragraphs, pairs: Integers) -> Iterator[Judged]:
    """Judge candidates, in runs of pairs that begin with one paragraph."""
    for first in range(0, len(pairs), _PAIRS):
        for i, group in groupby(pairs[first : first + _PAIRS].tolist(), key=itemgetter(0)):
            others = ((j, paragraphs.read_text(j)) for _, j in group)
            yield from _judge_against(i, paragraphs.read_text(i), others)


def _judge_against(i: int, text: str, others: Iterable[tuple[int, str]]) -> Iterator[Judged]:
    """Judge a paragraph, which is read once, against others: places and texts."""
    reading = read_paragraph(text)
    for j, other_text in others:
        other = read_paragraph(other_text, reading)
        judgment = judge_readings(reading, other, "a" if reading.order <= other.order else "b")
        if judgment.verdict != "different":
            a, b = ((i, reading), (j, other)) if judgment.kept == "a" else ((j, other), (i, reading))
            yield Judged(a[0], b[0], (1, *_rank(*a), *_rank(*b)), judgment)


def _rank(place: int, reading: Reading) -> tuple[int, ...]:
    # Places follow document id and line, so that the rank is total.
    return (*reading.order, place)


def _judge_entry(text: str, place: int, entry: Sketch, entry_place: int) -> Iterator[Judged]:
    """Judge a paragraph against an indexed one, which stays whatever the paragraph has more."""
    own, indexed = read_paragraph(text), read_paragraph(entry.text)
    judgment = judge_readings(indexed, own, prefer="a")
    if judgment.verdict == "different":
        return
    if judgment.kept == "b":
        judgment = judgment._replace(redundant=None)
    rank = (0, *_rank(entry_place, indexed), *_rank(place, own))
    yield Judged(entry_place, place, rank, judgment)


def _describe(paragraphs: Paragraphs, entries: Sequence[Sketch], pair: Judged) -> Removal:
    copy, keeper = (_find_copy(paragraphs, entries, place) for place in (pair.other, pair.kept))
    keys = [
        paragraphs.whole_key(place) if place < len(paragraphs) else entries[place - len(paragraphs)].keys[0]
        for place in (pair.other, pair.kept)
    ]
    return Removal(copy, keeper, pair.judgment, keys[0] == keys[1])


def _find_copy(paragraphs: Paragraphs, entries: Sequence[Sketch], place: int) -> Copy:
    if place < len(paragraphs):
        line, source_line = paragraphs.line(place), paragraphs.source_line(place)
        return Copy(paragraphs.document(place), line, source_line, False, place)
    entry = entries[place - len(paragraphs)]
    return Copy(entry.document, entry.line, entry.line, True, place)


def _find_duplicate_documents(
    paragraphs: Paragraphs,
    removals: Mapping[str, Sequence[Removal]],
    count_document: Callable[[str], int] | None,
) -> dict[str, DuplicateDocument]:
    """Documents that would lose nearly all of their words, with the document that holds most of them."""
    places = paragraphs.places(list(removals))
    duplicates = {}
    for document, rows in removals.items():
        lengths = {place: paragraphs.words(place) for place in places[document]}
        lost = sum(lengths[row.copy.place] for row in rows)
        total = count_document(document) if count_document else sum(lengths.values())
        complete = len(rows) == len(lengths)
        if lost >= (COMPLETE_DOCUMENT if complete else WHOLE_DOCUMENT) * total:
            share: dict[str, int] = {}
            for row in rows:
                held = share.get(row.keeper.document, 0)
                share[row.keeper.document] = held + lengths[row.copy.place]
            keeper = min(share.items(), key=lambda item: (-item[1], item[0]))[0]
            duplicates[document] = DuplicateDocument(keeper, complete)
    return duplicates


def write_removal(removal: Removal, parameters: str) -> LineRemoval:
    """A removal as the stage carries it out, with what the report says of it."""
    rule = EXACT_RULE if removal.exact else NEAR_RULE
    return LineRemoval(removal.copy.line, rule, {**_write_row(removal), "parameters": parameters})


def _write_row(removal: Removal) -> dict[str, object]:
    keeper, judgment = removal.keeper, removal.judgment
    return {
        "keeper": {
            "id": keeper.document,
            "line": keeper.source_line,
            "indexed": keeper.indexed,
            "similarity": round(judgment.similarity, 3),
            "verdict": judgment.verdict,
        },
        "reason": judgment.reason,
    }


def write_pair(removal: Removal, *, removed: bool) -> dict[str, object]:
    """A row of ``cleaner duplicates``: a pair, also one that is only listed."""
    return {
        "id": removal.copy.document,
        "line": removal.copy.source_line,
        "removed": removed,
        "containment": round(removal.judgment.containment, 3),
        **_write_row(removal),
    }
