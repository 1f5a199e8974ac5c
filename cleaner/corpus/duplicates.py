"""Duplicates across a corpus, in two phases: the keys of all documents, then the decisions.

Phase one, :func:`sketch_document`, looks at one document and can run anywhere. Phase two,
:func:`decide`, sees the sketches of all documents, in any order, and answers with the same decisions
for any order and any number of workers: everything is settled in one total order of keepers (less
damage, more words, then document id, then line). A paragraph goes only if it was judged the same as
one that stays. A document whose text would nearly all go is a duplicate document: it keeps its text
and is named in ``Decisions.documents``.

>>> story = "The mayor of the harbour town resigned on Friday after a long vote in the council."
>>> other = "Nobody in the council had expected that she would leave before the summer was over."
>>> sketches = sketch_document("b", f"{story}\\nMore.\\n") + sketch_document("a", f"{story}\\n{other}\\n")
>>> decide(sketches).documents
{'b': DuplicateDocument(keeper='a', complete=True)}
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import NamedTuple, Protocol

from cleaner.core.document import Context, Findings
from cleaner.core.edits import Cause, Edit
from cleaner.core.judgment import (
    MIN_WORDS,
    SAME_SIMILARITY,
    Judged,
    Judgment,
    Reading,
    choose_removals,
    judge_readings,
    read_paragraph,
)
from cleaner.core.similarity import KEY_WINDOW, KEY_WORDS, split_words, winnow
from cleaner.core.text import count_words

HOT_PARAGRAPHS = 32  # a key that more paragraphs share finds no candidates; the report counts such keys
SHARED_KEYS = 0.2  # the share of the smaller side's keys that two candidates have in common
WHOLE_DOCUMENT = 0.9  # the share of a document's words whose loss makes it a duplicate document
FORMAT = 1  # of sketches and of the index; a change makes older ones unreadable

_EXACT = 1 << 62  # keys of whole paragraphs lie above those of shingles
_BUCKETS = 64


class Sketch(NamedTuple):
    """What phase one keeps of a paragraph; ``keys`` begins with the key of the whole paragraph."""

    document: str
    line: int
    text: str
    keys: "array[int]"


class Keeper(NamedTuple):
    """A paragraph that stays, in this corpus or in the index that it was cleaned against."""

    document: str
    line: int
    indexed: bool


class Removal(NamedTuple):
    """A paragraph of a document that goes, or a listed one that would, and what stays for it."""

    document: str
    line: int
    keeper: Keeper
    judgment: Judgment
    exact: bool


class DuplicateDocument(NamedTuple):
    """A document that would lose nearly all of its words, and the one that holds most of them.

    ``complete`` ones have no paragraph of their own and may be left out; the others keep their text.
    """

    keeper: str
    complete: bool


class Snapshot(Protocol):
    """The paragraphs of an index that share keys with those asked for."""

    def find(self, sketches: Sequence[Sketch]) -> Mapping[int, Sequence[Sketch]]:
        """For a place in ``sketches`` the indexed paragraphs that are candidates, other documents' only."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What phase two decided: removals by document, what is only listed, and duplicate documents."""

    removals: Mapping[str, tuple[Removal, ...]]
    listed: tuple[Removal, ...]
    documents: Mapping[str, DuplicateDocument]
    hot_keys: int  # keys that too many paragraphs share to be looked at
    parameters: str

    def digest(self, document: str) -> str:
        """A hash of all that was decided on one document; it changes when the document must be rewritten."""
        rows = [_write_row(removal) for removal in self.removals.get(document, ())]
        decided = [self.parameters, self.documents.get(document), rows]
        return sha256(json.dumps(decided).encode()).hexdigest()


def hash_parameters(removed_verdicts: Sequence[str] = ("same",)) -> str:
    """A hash of all numbers that a decision depends on, for reports and for the index."""
    parameters = [FORMAT, MIN_WORDS, SAME_SIMILARITY, KEY_WORDS, KEY_WINDOW, HOT_PARAGRAPHS, SHARED_KEYS]
    return sha256(json.dumps([*parameters, sorted(removed_verdicts)]).encode()).hexdigest()[:16]


def sketch_document(document: str, text: str) -> list[Sketch]:
    """Phase one: the paragraphs of a text that are long enough, with their keys."""
    sketches = []
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) < MIN_WORDS:
            continue
        words = split_words(line)
        if len(words) >= MIN_WORDS:
            sketches.append(
                Sketch(document, number, line, array("q", [hash_paragraph(words), *sorted(winnow(words))]))
            )
    return sketches


def hash_paragraph(words: Sequence[str]) -> int:
    """The key of a whole paragraph: equal for equal words, and above every key of a shingle."""
    letters = " ".join(words).encode("utf-8", "surrogatepass")
    return _EXACT | int.from_bytes(blake2b(letters, digest_size=8).digest()) >> 2


def decide(
    sketches: Iterable[Sketch],
    snapshot: Snapshot | None = None,
    removed_verdicts: Sequence[str] = ("same",),
    words: Mapping[str, int] | None = None,
) -> Decisions:
    """Phase two: which paragraphs go, given the sketches of all documents.

    ``words`` holds the word count of each document, with its short lines; without it the paragraphs in
    ``sketches`` count as the whole document.
    """
    ordered = sorted(sketches, key=lambda sketch: (sketch.document, sketch.line))
    pairs, hot_keys = _find_pairs(ordered)
    judged = list(_judge_pairs(ordered, pairs))
    entries: list[Sketch] = []
    if snapshot is not None:
        for place, found in sorted(snapshot.find(ordered).items()):
            for entry in sorted(found, key=lambda entry: (entry.document, entry.line)):
                judged += _judge_entry(ordered[place], place, entry, len(ordered) + len(entries))
                entries.append(entry)
    chosen, hinted = choose_removals(judged, removed_verdicts)
    everything = [*ordered, *entries]
    removals = [_describe(everything, pair, len(ordered)) for pair in chosen]
    listed = [_describe(everything, pair, len(ordered)) for pair in hinted]
    by_document: dict[str, list[Removal]] = {}
    for removal in sorted(removals, key=lambda removal: (removal.document, removal.line)):
        by_document.setdefault(removal.document, []).append(removal)
    duplicates = _find_duplicate_documents(ordered, by_document, words or {})
    for document in duplicates:
        listed += by_document.pop(document)
    return Decisions(
        {document: tuple(rows) for document, rows in by_document.items()},
        tuple(sorted(listed, key=lambda row: (-row.judgment.similarity, row.document, row.line, row.keeper))),
        duplicates,
        hot_keys,
        hash_parameters(removed_verdicts),
    )


def _find_pairs(sketches: Sequence[Sketch]) -> tuple[list[tuple[int, int]], int]:
    """Candidates: equal paragraphs in a star around the first, others by the share of keys they share.

    Keys are dealt into buckets, and one bucket at a time is looked at, so that a million paragraphs
    need two flat arrays instead of a dictionary of lists.
    """
    keys = [array("q") for _ in range(_BUCKETS)]
    owners = [array("q") for _ in range(_BUCKETS)]
    first: dict[int, int] = {}
    pairs: list[tuple[int, int]] = []
    for place, sketch in enumerate(sketches):
        same = first.setdefault(sketch.keys[0], place)
        if same != place:
            pairs.append((same, place))
            continue
        for key in sketch.keys[1:]:
            bucket = key % _BUCKETS
            keys[bucket].append(key)
            owners[bucket].append(place)
    hot = 0
    shared: dict[tuple[int, int], int] = {}
    for bucket_keys, bucket_owners in zip(keys, owners, strict=True):
        for group in _group_owners(bucket_keys, bucket_owners):
            if len(group) > HOT_PARAGRAPHS:
                hot += 1
                continue
            for at, j in enumerate(group):
                for i in group[:at]:
                    shared[i, j] = shared.get((i, j), 0) + 1
    near = [
        (i, j)
        for (i, j), count in shared.items()
        if sketches[i].document != sketches[j].document
        and count >= SHARED_KEYS * (min(len(sketches[i].keys), len(sketches[j].keys)) - 1)
    ]
    return sorted(pairs + near), hot


def _group_owners(keys: Sequence[int], owners: Sequence[int]) -> Iterator[list[int]]:
    """The paragraphs of each key that more than one of them has."""
    first: dict[int, int] = {}
    groups: dict[int, list[int]] = {}
    for key, owner in zip(keys, owners, strict=True):
        seen = first.setdefault(key, owner)
        if seen != owner:
            groups.setdefault(key, [seen]).append(owner)
    yield from groups.values()


def _judge_pairs(sketches: Sequence[Sketch], pairs: Sequence[tuple[int, int]]) -> Iterator[Judged]:
    """Judge candidates; a reading is used for the run of pairs that begin with its paragraph."""
    current = -1
    reading = read_paragraph("")
    for i, j in pairs:
        if i != current:
            current, reading = i, read_paragraph(sketches[i].text)
        other = read_paragraph(sketches[j].text)
        judgment = judge_readings(reading, other, "a" if reading.order <= other.order else "b")
        if judgment.verdict != "different":
            a, b = ((i, reading), (j, other)) if judgment.kept == "a" else ((j, other), (i, reading))
            yield Judged(a[0], b[0], (1, *_rank(*a), *_rank(*b)), judgment)


def _rank(place: int, reading: Reading) -> tuple[int, ...]:
    # Places follow document id and line, so that the rank is total.
    return (*reading.order, place)


def _judge_entry(sketch: Sketch, place: int, entry: Sketch, entry_place: int) -> Iterator[Judged]:
    """Judge a paragraph against an indexed one, which stays whatever the paragraph has more."""
    own, indexed = read_paragraph(sketch.text), read_paragraph(entry.text)
    judgment = judge_readings(indexed, own, prefer="a")
    if judgment.verdict == "different":
        return
    if judgment.kept == "b":
        judgment = judgment._replace(redundant=None)
    rank = (0, *_rank(entry_place, indexed), *_rank(place, own))
    yield Judged(entry_place, place, rank, judgment)


def _describe(sketches: Sequence[Sketch], pair: Judged, corpus: int) -> Removal:
    kept, other = sketches[pair.kept], sketches[pair.other]
    keeper = Keeper(kept.document, kept.line, pair.kept >= corpus)
    return Removal(other.document, other.line, keeper, pair.judgment, kept.keys[0] == other.keys[0])


def _find_duplicate_documents(
    sketches: Sequence[Sketch], removals: Mapping[str, Sequence[Removal]], words: Mapping[str, int]
) -> dict[str, DuplicateDocument]:
    """Documents that would lose nearly all of their words, with the document that holds most of them."""
    lengths: dict[str, dict[int, int]] = {}
    for sketch in sketches:
        if sketch.document in removals:
            lengths.setdefault(sketch.document, {})[sketch.line] = count_words(sketch.text)
    duplicates = {}
    for document, rows in removals.items():
        lost = sum(lengths[document][row.line] for row in rows)
        total = words.get(document) or sum(lengths[document].values())
        if lost >= WHOLE_DOCUMENT * total:
            share: dict[str, int] = {}
            for row in rows:
                held = share.get(row.keeper.document, 0)
                share[row.keeper.document] = held + lengths[document][row.line]
            keeper = min(share.items(), key=lambda item: (-item[1], item[0]))[0]
            duplicates[document] = DuplicateDocument(keeper, len(rows) == len(lengths[document]))
    return duplicates


class DecidedStage:
    """Phase two as a stage: it takes out the paragraphs of one document that were decided on.

    It is given the text that :func:`sketch_document` was given.
    """

    name = "dedupe"

    def __init__(self, removals: Sequence[Removal], parameters: str) -> None:
        self._removals = {removal.line: removal for removal in removals}
        self._parameters = parameters

    def __call__(self, text: str, context: Context) -> Findings:
        """The removals, each a line with the break before it, or behind it at the head of the text."""
        edits = []
        start = 0
        leading = True
        for number, line in enumerate(text.split("\n"), 1):
            end = start + len(line)
            removal = self._removals.get(number)
            if removal is None:
                leading = False
            else:
                span = (start, min(end + 1, len(text))) if leading else (start - 1, end)
                edits.append(Edit(*span, "", (self._write_cause(removal),)))
            start = end + 1
        return Findings(edits)

    def _write_cause(self, removal: Removal) -> Cause:
        rule = "duplicate.exact" if removal.exact else "duplicate.near"
        return Cause(rule, self.name, {**_write_row(removal), "parameters": self._parameters})


def _write_row(removal: Removal) -> dict[str, object]:
    keeper, judgment = removal.keeper, removal.judgment
    return {
        "keeper": {
            "id": keeper.document,
            "line": keeper.line,
            "indexed": keeper.indexed,
            "similarity": round(judgment.similarity, 3),
            "verdict": judgment.verdict,
        },
        "reason": judgment.reason,
    }


def write_pair(removal: Removal, *, removed: bool) -> dict[str, object]:
    """A row of ``cleaner duplicates``: a pair, also one that is only listed."""
    return {
        "id": removal.document,
        "line": removal.line,
        "removed": removed,
        "containment": round(removal.judgment.containment, 3),
        **_write_row(removal),
    }


def drop_removed(sketches: Iterable[Sketch], decisions: Decisions) -> list[Sketch]:
    """The sketches of what a run keeps: what :meth:`CorpusIndex.update` adds to an index."""
    gone = {(row.document, row.line) for rows in decisions.removals.values() for row in rows}
    return [sketch for sketch in sketches if (sketch.document, sketch.line) not in gone]


def find_clusters(decisions: Decisions) -> list[list[tuple[str, int]]]:
    """Each keeper with all that went for it, the largest cluster first."""
    clusters: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for rows in decisions.removals.values():
        for row in rows:
            clusters.setdefault(row.keeper[:2], []).append((row.document, row.line))
    return sorted(
        ([keeper, *sorted(members)] for keeper, members in clusters.items()),
        key=lambda cluster: (-len(cluster), cluster),
    )
