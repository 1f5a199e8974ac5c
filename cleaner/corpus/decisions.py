"""Phase two over a corpus: everything that the notes of all documents decide, one decision a document.

Lines that recur over a site go first, everywhere; then paragraphs that stand elsewhere, but one copy; and
quotations that another document has in other words are hints, and words broken at a line's end are joined as other
documents write them. The notes are read from their file in the
order of the ids, so that neither the order of inputs nor the number of workers can change a decision.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from cleaner.core.document import Flag
from cleaner.core.edits import Edit
from cleaner.core.text import count_words
from cleaner.corpus.duplicates import Copy, Decisions, Snapshot, decide, write_pair, write_removal
from cleaner.corpus.hyphens import BrokenWords
from cleaner.corpus.paragraphs import Paragraphs, Sketch
from cleaner.corpus.quotations import Quotations
from cleaner.corpus.repetition import Repetition, find_repeated_lines, find_repetitions
from cleaner.corpus.survey import Note, read_head, read_note
from cleaner.stages.decided import (
    DOCUMENT_FLAG,
    QUOTATION_RULE,
    REPETITION_RULE,
    Decision,
    LineRemoval,
    hash_surveyed,
)
from cleaner.stages.rejoin.hyphens import CORPUS_RULES, Mended

_OPEN_NOTES = 256


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user chose about duplicates; ``allows`` says of a rule whether it may act or hint."""

    remove: tuple[str, ...] = ("same",)
    drop_documents: bool = False
    allows: Callable[[str], bool] = lambda _rule: True


@dataclass(frozen=True, slots=True)
class CorpusDecisions:
    """Decisions by document id, none where nothing was decided; rows of ``duplicates.jsonl`` for a person."""

    documents: Mapping[str, Decision]
    rows: Sequence[dict[str, object]]
    gone: frozenset[tuple[str, int]]  # document and line of all that an index need not know


class NoteFile(AbstractContextManager["NoteFile"]):
    """The notes of a run on disk, by document id."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._offsets: dict[str, int] = {}
        self.names: list[str] = []
        self.sited: list[str] = []
        offset = 0
        for line in self._file:
            head = read_head(line)
            self._offsets[head.id] = offset
            self.names.append(head.name)
            if head.site is not None:
                self.sited.append(head.id)
            offset += len(line)
        self.ids = sorted(self._offsets)
        self.read = lru_cache(_OPEN_NOTES)(self._read)
        self.read_lines = lru_cache(_OPEN_NOTES)(self._read_lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def _read(self, id: str) -> Note:
        self._file.seek(self._offsets[id])
        return read_note(self._file.readline())

    def _read_lines(self, id: str) -> list[str]:
        return self._read(id).text.split("\n")

    def __iter__(self) -> Iterator[Note]:
        return map(self._read, self.ids)


def decide_corpus(notes: NoteFile, choices: Choices, snapshot: Snapshot | None = None) -> CorpusDecisions:
    """All decisions on the documents of a corpus."""
    repetitions = _find_boilerplate(notes) if choices.allows(REPETITION_RULE) else {}
    repeated: dict[str, list[int]] = {}
    quotations = Quotations()
    broken = BrokenWords()
    paragraphs = Paragraphs(
        lambda place: notes.read_lines(paragraphs.document(place))[paragraphs.line(place) - 1]
    )
    for note in notes:
        if choices.allows(QUOTATION_RULE):
            quotations.add(note.id, note.text)
        if any(map(choices.allows, CORPUS_RULES)):
            broken.add(note.id, note.text)
        lines = find_repeated_lines(note.text, note.site, repetitions)
        if lines:
            repeated[note.id] = lines
        for sketch in note.sketches:
            if sketch.line not in lines:
                paragraphs.append(sketch)

    def count_document(id: str) -> int:
        gone = repeated.get(id, ())
        lines = enumerate(notes.read_lines(id), 1)
        return sum(count_words(line) for number, line in lines if number not in gone)

    decisions = decide(paragraphs, snapshot, choices.remove, count_document)
    hints = quotations.find_differences(lambda id: notes.read(id).text)
    rejoined = broken.decide(lambda: ((note.id, note.text) for note in notes))
    named = sorted({*repeated, *decisions.removals, *decisions.documents, *hints, *rejoined})
    return CorpusDecisions(
        {
            id: _decide_document(
                notes.read(id),
                choices,
                decisions,
                repeated.get(id, ()),
                hints.get(id, ()),
                rejoined.get(id, Mended()),
            )
            for id in named
        },
        [*_write_rows(decisions, choices), *map(_write_repetition, repetitions.values())],
        frozenset((copy.document, copy.line) for copy in _gone_copies(decisions, choices.remove))
        | {(id, line) for id, lines in repeated.items() for line in lines},
    )


def _find_boilerplate(notes: NoteFile) -> dict[tuple[str, str], Repetition]:
    found = find_repetitions(
        lambda: (
            (note.site, note.id, note.text) for note in map(notes.read, sorted(notes.sited)) if note.site
        )
    )
    return {(repetition.site, repetition.key): repetition for repetition in found}


def _decide_document(
    note: Note,
    choices: Choices,
    decisions: Decisions,
    repeated: Sequence[int],
    quotations: Sequence[Edit],
    rejoined: Mended,
) -> Decision:
    removals = [LineRemoval(line, REPETITION_RULE, {"site": note.site}) for line in repeated]
    removals += [
        write_removal(removal, decisions.parameters) for removal in decisions.removals.get(note.id, ())
    ]
    duplicate = decisions.documents.get(note.id)
    flags = []
    left_out = False
    if duplicate is not None and choices.allows(DOCUMENT_FLAG):
        flags = [Flag(DOCUMENT_FLAG, f"nearly all of it stands in {duplicate.keeper}")]
        left_out = duplicate.complete and choices.drop_documents
    # A word is not joined to a line that goes.
    gone = {removal.line for removal in removals}
    edits = [edit for edit in rejoined.edits if gone.isdisjoint(_lines_of(edit, note.text))]
    hints = (*quotations, *rejoined.hints)
    decided = [removals, edits, hints, flags, left_out, hash_surveyed(note.text)]
    digest = sha256(json.dumps(decided).encode()).hexdigest()
    return Decision(
        tuple(removals), hints, tuple(flags), left_out, hash_surveyed(note.text), digest, tuple(edits)
    )


def _lines_of(edit: Edit, text: str) -> tuple[int, int]:
    """The numbers, from 1, of the line in which an edit begins and the next, which it joins."""
    line = text.count("\n", 0, edit.start) + 1
    return line, line + 1


def _gone_copies(decisions: Decisions, remove: tuple[str, ...]) -> Iterator[Copy]:
    """What went, and what would have gone if its document had not kept its text."""
    for rows in decisions.removals.values():
        yield from (row.copy for row in rows)
    for row in decisions.listed:
        if row.copy.document in decisions.documents and row.judgment.removed(remove):
            yield row.copy


def _write_rows(decisions: Decisions, choices: Choices) -> Iterator[dict[str, object]]:
    """What a person may want to see of the decisions, most similar pairs first."""
    yield {
        "kind": "decided",
        "parameters": decisions.parameters,
        "remove": sorted(choices.remove),
        "hot_keys": decisions.hot_keys,
    }
    for id, duplicate in sorted(decisions.documents.items()):
        left_out = duplicate.complete and choices.drop_documents
        yield {
            "kind": "document",
            "id": id,
            "keeper": duplicate.keeper,
            "complete": duplicate.complete,
            "left_out": left_out,
        }
    removed = [(row, True) for rows in decisions.removals.values() for row in rows]
    listed = [(row, False) for row in decisions.listed]
    for row, gone in sorted(
        removed + listed, key=lambda pair: (-pair[0].judgment.similarity, pair[0].copy, pair[0].keeper)
    ):
        texts = {
            "text": decisions.read_text(row.copy.place),
            "keeper_text": decisions.read_text(row.keeper.place),
        }
        yield {"kind": "pair", **write_pair(row, removed=gone), **texts}


def _write_repetition(repetition: Repetition) -> dict[str, object]:
    return {"kind": "repeated", **repetition._asdict()}


def list_entries(notes: NoteFile, decisions: CorpusDecisions) -> Iterator[Sketch]:
    """What an index is to know of a run: all paragraphs that stay, under the names of their documents."""
    for note in notes:
        for sketch in note.sketches:
            if (note.id, sketch.line) not in decisions.gone:
                yield sketch._replace(document=note.name)
