"""Phase two over a corpus: everything that the notes of all documents decide, one decision a document.

Lines that recur over a site go first, everywhere; then paragraphs that stand elsewhere, but one copy; and
quotations that another document has in other words are hints, and words broken at a line's end are joined as other
documents write them. The notes are read from their file in the
order of the ids, so that neither the order of inputs nor the number of workers can change a decision.
"""

import json
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from cleaner.core.document import Flag
from cleaner.core.edits import Edit
from cleaner.core.text import count_words
from cleaner.corpus.duplicates import Copy, Decisions, Snapshot, decide, write_pair, write_removal
from cleaner.corpus.hyphens import BrokenWords
from cleaner.corpus.index import Entries
from cleaner.corpus.paragraphs import Paragraphs
from cleaner.corpus.quotations import Quotations
from cleaner.corpus.repetition import Repetition, find_repeated_lines, find_repetitions
from cleaner.corpus.survey import Head, Note, read_head, read_note
from cleaner.stages.decided import (
    DOCUMENT_FLAG,
    QUOTATION_RULE,
    REPETITION_RULE,
    Decision,
    LineRemoval,
)
from cleaner.stages.rejoin.hyphens import BREAK_RULES, Mended


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
    gone: Mapping[str, Collection[int]]  # lines, by document, that an index need not know


class NoteFile(AbstractContextManager["NoteFile"]):
    """The notes of a run on disk, by document id."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._offsets: dict[str, int] = {}
        self.names: list[str] = []
        self.sited: list[str] = []
        while line := self._file.readline():
            head = read_head(line)
            self._offsets[head.id] = self._file.tell() - len(line)
            self.names.append(head.name)
            if head.site is not None:
                self.sited.append(head.id)
            self._file.seek(head.body_bytes, 1)
        self.ids = sorted(self._offsets)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def read(self, id: str) -> Note:
        """The note of a document."""
        self._file.seek(self._offsets[id])
        return read_note(self._file)

    def read_head(self, id: str) -> Head:
        """The head of a document's note."""
        self._file.seek(self._offsets[id])
        return read_head(self._file.readline())

    def locate_text(self, note: Note) -> int:
        """The byte of the file at which the text of a note begins that was just read."""
        return self._file.tell() - note.head.body_bytes

    def read_span(self, start: int, size: int) -> str:
        """So many bytes of a text."""
        self._file.seek(start)
        return self._file.read(size).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[Note]:
        return map(self.read, self.ids)


def decide_corpus(notes: NoteFile, choices: Choices, snapshot: Snapshot | None = None) -> CorpusDecisions:
    """All decisions on the documents of a corpus."""
    repetitions = _find_boilerplate(notes) if choices.allows(REPETITION_RULE) else {}
    repeated: dict[str, list[int]] = {}
    quotations = Quotations()
    broken = BrokenWords()
    starts, sizes = array("q"), array("q")
    paragraphs = Paragraphs(lambda place: notes.read_span(starts[place], sizes[place]))
    for note in notes:
        begin = notes.locate_text(note)
        id = note.head.id
        if choices.allows(QUOTATION_RULE):
            quotations.add(id, note.text)
        if any(map(choices.allows, BREAK_RULES)):
            broken.add(id, note.text)
        lines = find_repeated_lines(note.text, note.head.site, repetitions)
        columns, spans = note.columns, note.spans
        if lines:
            repeated[id] = lines
            staying = np.isin(columns.lines, lines, invert=True)
            columns, spans = columns.choose(staying), spans[staying]
        paragraphs.append(id, columns)
        starts.frombytes((spans[:, 0] + begin).tobytes())
        sizes.frombytes(spans[:, 1].tobytes())

    def count_document(id: str) -> int:
        if id not in repeated:
            return notes.read_head(id).words
        note = notes.read(id)
        lines = note.text.split("\n")
        return note.head.words - sum(count_words(lines[number - 1]) for number in repeated[id])

    decisions = decide(paragraphs, snapshot, choices.remove, count_document)
    hints = quotations.find_differences(lambda id: notes.read(id).text)
    rejoined = broken.decide(lambda: ((note.head.id, note.text) for note in notes))
    named = sorted({*repeated, *decisions.removals, *decisions.documents, *hints, *rejoined})
    return CorpusDecisions(
        {
            id: _decide_document(
                notes.read_head(id),
                choices,
                decisions,
                repeated.get(id, ()),
                hints.get(id, ()),
                rejoined.get(id, Mended()),
                notes.read(id).text if id in rejoined else "",
            )
            for id in named
        },
        [*_write_rows(decisions, choices), *map(_write_repetition, repetitions.values())],
        _gone_lines(decisions, choices.remove, repeated),
    )


def _find_boilerplate(notes: NoteFile) -> dict[tuple[str, str], Repetition]:
    found = find_repetitions(
        lambda: (
            (note.head.site, note.head.id, note.text)
            for note in map(notes.read, sorted(notes.sited))
            if note.head.site
        )
    )
    return {(repetition.site, repetition.key): repetition for repetition in found}


def _decide_document(
    head: Head,
    choices: Choices,
    decisions: Decisions,
    repeated: Sequence[int],
    quotations: Sequence[Edit],
    rejoined: Mended,
    text: str,
) -> Decision:
    removals = [LineRemoval(line, REPETITION_RULE, {"site": head.site}) for line in repeated]
    removals += [
        write_removal(removal, decisions.parameters) for removal in decisions.removals.get(head.id, ())
    ]
    duplicate = decisions.documents.get(head.id)
    flags = []
    left_out = False
    if duplicate is not None and choices.allows(DOCUMENT_FLAG):
        flags = [Flag(DOCUMENT_FLAG, f"nearly all of it stands in {duplicate.keeper}")]
        left_out = duplicate.complete and choices.drop_documents
    # A word is not joined to a line that goes.
    gone = {removal.line for removal in removals}
    edits = [edit for edit in rejoined.edits if gone.isdisjoint(_lines_of(edit, text))]
    hints = (*quotations, *rejoined.hints)
    decided = [removals, edits, hints, flags, left_out, head.text_sha256]
    digest = sha256(json.dumps(decided).encode()).hexdigest()
    return Decision(tuple(removals), hints, tuple(flags), left_out, head.text_sha256, digest, tuple(edits))


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
        "candidates": decisions.candidates,
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


def list_entries(notes: NoteFile, decisions: CorpusDecisions) -> Iterator[Entries]:
    """What an index is to know of a run: all paragraphs that stay, under the names of their documents."""
    for note in notes:
        columns = note.columns
        gone = decisions.gone.get(note.head.id)
        if gone:
            columns = columns.choose(np.isin(columns.lines, list(gone), invert=True))
        lines = note.text.split("\n")
        yield Entries(note.head.name, columns, [lines[line - 1] for line in columns.lines.tolist()])


def _gone_lines(
    decisions: Decisions, remove: tuple[str, ...], repeated: Mapping[str, Sequence[int]]
) -> dict[str, set[int]]:
    """Lines that went, and that would have gone if their document had not kept its text."""
    gone = {id: set(lines) for id, lines in repeated.items()}
    for copy in _gone_copies(decisions, remove):
        gone.setdefault(copy.document, set()).add(copy.line)
    return gone
