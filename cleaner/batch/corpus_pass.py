"""The two-phase part of a run with ``--dedupe corpus``: note all documents, decide, hand the decisions out.

Phase one reads the inputs once more than other runs do. Its notes stand in OUT, so that the next run
takes only new documents through it; what it made of those is kept on disk until the end of the run, so that
they are not stripped a second time.
"""

import json
import os
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.api import Cleaner
from cleaner.batch.manifest import read_finished_manifest
from cleaner.batch.parts import LARGE
from cleaner.batch.plan import Plan, Reading
from cleaner.batch.work import Outcome, Task, Work, describe_origin, document_of, read_record
from cleaner.batch.workers import Chunk, run_ordered
from cleaner.core.document import Context, Document
from cleaner.core.edits import Cause, Edit
from cleaner.corpus.decisions import Choices, CorpusDecisions, NoteFile, decide_corpus, list_entries
from cleaner.corpus.held_index import HeldIndex
from cleaner.corpus.stripped import write_stripped
from cleaner.corpus.survey import SURVEY, read_head, write_note
from cleaner.errors import CleanerError, UnreadableError
from cleaner.formats.files import GrowingFile, Inputs
from cleaner.formats.runs import LEFT_OUT
from cleaner.pipeline import Result
from cleaner.report.ledger import build_report, dump_json
from cleaner.stages.decided import DOCUMENT_FLAG
from cleaner.stages.dedupe import DedupeStage
from cleaner.stages.scorer import Steps

PAIRS = "duplicates.jsonl"  # in OUT
STRIPPED = ".stripped"  # in OUT while a run is at work
MOST_STRIPPED = 4_000_000_000  # bytes; documents beyond it are stripped a second time


@dataclass(frozen=True, slots=True)
class Survey(Work):
    """Phase one in a worker: the outcome of a document is its note."""

    def _clean(self, task: Task) -> Steps[Outcome]:
        record, _ = read_record(task.kind, task.row, self.fields)
        document = document_of(self.cleaner, task.id, record)
        large = len(document.text) > LARGE  # is cleaned in parts, and compared with none
        if large:
            document = Document(task.id, "", record.meta)
        result = yield from self.cleaner.survey_steps(document)
        own = record.source_id
        name = task.id if own is None else own if isinstance(own, str) else dump_json(own)
        origin = describe_origin(self.cleaner, task, self.fields)
        stripped = b"" if large else write_stripped(result, origin)
        return Outcome(pieces=(write_note(result, name, origin), stripped))


class CorpusPass:
    """Both phases over a run's inputs."""

    def __init__(self, inputs: Inputs, cleaner: Cleaner, out: Path, reading: Reading) -> None:
        self._inputs = inputs
        self._reading = reading
        self._path = out / SURVEY
        self._pairs = out / PAIRS
        self._work = Survey(cleaner, reading.form, reading.fields, reading.seconds)
        self._decisions: CorpusDecisions | None = None
        self._stripped: GrowingFile | None = None
        self._stripped_at = array("q")  # by the number of the task: where it begins and ends, or twice 0
        self._left_out = GrowingFile(out / LEFT_OUT)

    @property
    def stripped_path(self) -> Path | None:
        """Where phase one keeps what it made of documents; None before it, or where it keeps nothing."""
        return None if self._stripped is None else self._stripped.partial

    def survey(
        self,
        jobs: int,
        *,
        fresh: bool,
        advance: Callable[[int], None] = lambda _position: None,
        keep_stripped: bool = True,
    ) -> None:
        """Phase one: the notes of all documents that can be read, in the order of the inputs."""
        file = GrowingFile(self._path)
        if keep_stripped:
            self._stripped = GrowingFile(self._path.with_name(STRIPPED))
        try:
            with _KnownNotes(None if fresh else self._path) as known:
                planned: deque[list[tuple[Task, bytes | None]]] = deque()
                chunks = self._plan_unknown(known, planned)
                for chunk, outcomes in run_ordered(self._work, chunks, jobs):
                    fresh_notes = iter(outcomes)
                    for _, note in planned.popleft():
                        fresh_note, stripped = note, b""
                        if fresh_note is None:
                            fresh_note, stripped = next(fresh_notes).pieces or (b"", b"")
                        file.write(fresh_note)
                        self._keep_stripped(stripped)
                    advance(chunk.position)
            file.commit()
            if self._stripped is not None:
                self._stripped.file.flush()
        except BaseException:
            file.discard()
            raise

    def _keep_stripped(self, content: bytes) -> None:
        """Keep what became of the next task in phase one, if there is anything and room for it."""
        if self._stripped is None:
            return
        start = self._stripped.file.tell()
        end = start + len(content)
        if not content or end > MOST_STRIPPED:
            start = end = 0
        else:
            self._stripped.write(content)
        self._stripped_at.extend((start, end))

    def discard(self) -> None:
        """Remove what is of use to no other run; what was committed stays."""
        self._left_out.discard()
        if self._stripped is not None:
            self._stripped.discard()

    def commit(self) -> None:
        """Complete the file of documents that were left out; a run that leaves out none has no such file."""
        if self._left_out.file.tell():
            self._left_out.commit()
        else:
            self._left_out.path.unlink(missing_ok=True)

    def _plan_unknown(
        self, known: "_KnownNotes", planned: deque[list[tuple[Task, bytes | None]]]
    ) -> Iterator[Chunk]:
        """Chunks without the tasks whose notes are known; ``planned`` gets all tasks of each."""
        for chunk in Plan(self._inputs, self._reading).chunks():
            pairs = [
                (task, known.find(task, describe_origin(self._work.cleaner, task, self._work.fields)))
                for task in chunk.tasks
            ]
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
        number = 0
        for chunk in chunks:
            tasks = []
            for task in chunk.tasks:
                place = self._stripped_at[2 * number : 2 * number + 2]
                stripped = (place[0], place[1]) if len(place) == 2 and place[1] else None
                decided = task._replace(decision=decisions.get(task.id), stripped=stripped)
                if decided.decision is not None and decided.decision.left_out:
                    self._left_out.write(self._report_left_out(decided))
                tasks.append(decided)
                number += 1
            chunk.tasks = tasks
            yield chunk

    def _report_left_out(self, task: Task) -> bytes:
        """The change report of a document of which nothing else is written: one edit that took all of it."""
        if task.row.problem is not None:
            return b""
        try:
            record, _ = read_record(task.kind, task.row, self._work.fields)
        except UnreadableError:  # has changed since it was compared
            return b""
        page = None if record.markup is None else record.markup.page
        document = Document(task.id, record.text, record.meta, page)
        flags = () if task.decision is None else tuple(task.decision.flags)
        cause = Cause(DOCUMENT_FLAG, DedupeStage.name, {"reason": "; ".join(flag.why for flag in flags)})
        edit = Edit(0, len(record.text), "", (cause,))
        result = Result(document, "", (edit,), (), flags, (), record.meta, Context())
        return (dump_json(build_report(result, record.decoded, task.row.sha256 or "")) + "\n").encode()

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
        self._find_notes()

    def _find_notes(self) -> None:
        """Where each note begins, up to the first that is none."""
        if self._file is None:
            return
        size = os.fstat(self._file.fileno()).st_size
        offset = 0
        while line := self._file.readline():
            try:
                head = read_head(line)
                end = offset + len(line) + head.body_bytes
            except (ValueError, TypeError):
                return
            if end > size:
                return
            self._offsets[head.id] = offset
            self._file.seek(offset := end)

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
        head = read_head(line)
        return line + self._file.read(head.body_bytes) if head.made_of == origin else None


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
    for name in (SURVEY, PAIRS, LEFT_OUT):
        (out / name).unlink(missing_ok=True)
