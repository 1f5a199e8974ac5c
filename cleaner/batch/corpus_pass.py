"""The two-phase part of a run with ``--dedupe corpus``: note all documents, decide, hand the decisions out.

Phase one reads the inputs once more than other runs do. Its notes stand in OUT, so that the next run
takes only new documents through it.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner import __version__
from cleaner.api import Cleaner
from cleaner.batch.manifest import read_finished_manifest
from cleaner.batch.parts import LARGE
from cleaner.batch.plan import Plan, Reading
from cleaner.batch.work import Outcome, Task, Work, document_of, read_record
from cleaner.batch.workers import Chunk, run_ordered
from cleaner.core.document import Document
from cleaner.corpus.decisions import Choices, CorpusDecisions, NoteFile, decide_corpus, list_entries
from cleaner.corpus.held_index import HeldIndex
from cleaner.corpus.survey import SURVEY, read_head, write_note
from cleaner.errors import CleanerError
from cleaner.formats.files import GrowingFile, Inputs
from cleaner.pipeline import Steps
from cleaner.report.ledger import dump_json

PAIRS = "duplicates.jsonl"  # in OUT


@dataclass(frozen=True, slots=True)
class Survey(Work):
    """Phase one in a worker: the outcome of a document is its note."""

    def _clean(self, task: Task) -> Steps[Outcome]:
        record, _ = read_record(task.kind, task.row, self.fields)
        document = document_of(self.cleaner, task.id, record)
        if len(document.text) > LARGE:  # is cleaned in parts, and compared with none
            document = Document(task.id, "", record.meta)
        result = yield from self.cleaner.survey_steps(document)
        own = record.source_id
        name = task.id if own is None else own if isinstance(own, str) else dump_json(own)
        return Outcome(pieces=(write_note(result, name, self.origin(task)),))

    def origin(self, task: Task) -> str:
        """What a note was made of, and by what; equal origins give equal notes."""
        fields = [self.fields.text, self.fields.id]
        return dump_json([__version__, self.cleaner.rules_hash, task.kind, task.row.sha256, fields])


class CorpusPass:
    """Both phases over a run's inputs."""

    def __init__(self, inputs: Inputs, cleaner: Cleaner, out: Path, reading: Reading) -> None:
        self._inputs = inputs
        self._reading = reading
        self._path = out / SURVEY
        self._pairs = out / PAIRS
        self._work = Survey(cleaner, reading.form, reading.fields, reading.seconds)
        self._decisions: CorpusDecisions | None = None

    def survey(
        self, jobs: int, *, fresh: bool, advance: Callable[[int], None] = lambda _position: None
    ) -> None:
        """Phase one: the notes of all documents that can be read, in the order of the inputs."""
        file = GrowingFile(self._path)
        try:
            with _KnownNotes(None if fresh else self._path) as known:
                planned: deque[list[tuple[Task, bytes | None]]] = deque()
                chunks = self._plan_unknown(known, planned)
                for chunk, outcomes in run_ordered(self._work, chunks, jobs):
                    fresh_notes = iter(outcomes)
                    for _, note in planned.popleft():
                        written = note or b"".join(next(fresh_notes).pieces)
                        file.write(written)
                    advance(chunk.position)
            file.commit()
        except BaseException:
            file.discard()
            raise

    def _plan_unknown(
        self, known: "_KnownNotes", planned: deque[list[tuple[Task, bytes | None]]]
    ) -> Iterator[Chunk]:
        """Chunks without the tasks whose notes are known; ``planned`` gets all tasks of each."""
        for chunk in Plan(self._inputs, self._reading).chunks():
            pairs = [(task, known.find(task, self._work.origin(task))) for task in chunk.tasks]
            planned.append(pairs)
            yield Chunk([task for task, note in pairs if note is None], chunk.part, chunk.position)

    def decide(self, index: HeldIndex | None = None) -> CorpusDecisions:
        """Phase two; what a person may want to see of it goes to ``duplicates.jsonl``."""
        settings = self._work.cleaner.settings
        choices = Choices(settings.remove, settings.drop_duplicate_documents, settings.allows)
        with NoteFile(self._path) as notes:
            if index is None:
                self._decisions = decide_corpus(notes, choices)
            else:
                with index.open_snapshot(notes.names) as snapshot:
                    self._decisions = decide_corpus(notes, choices, snapshot)
        file = GrowingFile(self._pairs)
        try:
            for row in self._decisions.rows:
                file.write((dump_json(row) + "\n").encode())
            file.commit()
        except BaseException:
            file.discard()
            raise
        return self._decisions

    def hand_out(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """The chunks of the run, each task with what was decided on its document."""
        decisions = {} if self._decisions is None else self._decisions.documents
        for chunk in chunks:
            chunk.tasks = [task._replace(decision=decisions.get(task.id)) for task in chunk.tasks]
            yield chunk

    def update(self, index: HeldIndex) -> None:
        """Add all that the run keeps to an index."""
        if self._decisions is not None:
            with NoteFile(self._path) as notes:
                index.update(list_entries(notes, self._decisions), notes.names)


class _KnownNotes:
    """The notes of an earlier run, found by document; they count where they were made of the same."""

    def __init__(self, path: Path | None) -> None:
        self._file = None if path is None or not path.is_file() else path.open("rb")
        self._offsets: dict[str, int] = {}
        offset = 0
        for line in self._file or ():
            try:
                self._offsets[read_head(line).id] = offset
            except (ValueError, TypeError):
                break
            offset += len(line)

    def __enter__(self) -> "_KnownNotes":
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def find(self, task: Task, origin: str) -> bytes | None:
        """The note of a task's document, if one made of the same is known."""
        offset = self._offsets.get(task.id)
        if self._file is None or offset is None or task.row.sha256 is None:
            return None
        self._file.seek(offset)
        line = self._file.readline()
        return line if read_head(line).made_of == origin else None


def read_pairs(out: Path) -> Iterator[dict[str, Any]]:
    """What a finished run with ``--dedupe corpus`` decided, row by row. Raises CleanerError where there is none."""
    read_finished_manifest(out)
    try:
        with (out / PAIRS).open("rb") as file:
            for line in file:
                yield json.loads(line)
    except FileNotFoundError:
        raise CleanerError(f"{out}: its run compared no documents; clean it with --dedupe corpus") from None
    except ValueError:
        raise CleanerError(
            f"{out / PAIRS}: damaged; give the same clean command again with --fresh"
        ) from None


def remove_pass(out: Path) -> None:
    """Remove what a run with two phases leaves in OUT; a run without them has none of it."""
    for name in (SURVEY, PAIRS):
        (out / name).unlink(missing_ok=True)
