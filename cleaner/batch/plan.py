"""The work of a run, cut into chunks and shards; the cuts depend on the input alone, not on who cleans it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cleaner.batch.work import SECONDS, Task
from cleaner.batch.workers import Chunk
from cleaner.formats.fields import BY_CONVENTION, Fields
from cleaner.formats.files import Inputs, Skipped, Source, output_name
from cleaner.formats.inputs import InputFile
from cleaner.formats.rows import WHOLE_FILES, Row

CHUNK_BYTES = 128_000
CHUNK_TASKS = 64
MAX_SIZE = 64_000_000
SHARD_SIZE = 64_000_000
SHARD_TASKS = 50_000  # what a shard holds at most, however small its documents: its receipt is kept in memory


@dataclass(frozen=True, slots=True)
class Reading:
    """How a run reads its inputs and what it writes.

    ``form`` is a tree of files, or shards of JSONL or Parquet of some ``shard_size`` bytes of input each;
    ``max_size`` bounds the bytes of a document, ``seconds`` the time for it.
    """

    form: Literal["tree", "jsonl", "parquet"] = "tree"
    fields: Fields = BY_CONVENTION
    max_size: int = MAX_SIZE
    shard_size: int = SHARD_SIZE
    seconds: float = SECONDS


def choose_form(inputs: Inputs) -> Literal["tree", "jsonl", "parquet"]:
    """A tree for files; for records the input's format where all have one, else JSONL."""
    kinds = {source.kind for source in inputs.sources}
    return "tree" if kinds <= set(WHOLE_FILES) else "parquet" if kinds == {"parquet"} else "jsonl"


class Plan:
    """Reads inputs as chunks.

    Of each file that was read to its end ``hashes`` holds the SHA-256, ``skipped`` what in it is no document.
    """

    def __init__(self, inputs: Inputs, reading: Reading) -> None:
        self._inputs = inputs
        self._reading = reading
        self.hashes: dict[str, str | None] = {}
        self.skipped: list[Skipped] = []
        self._tasks: list[Task] = []
        self._size = 0
        self._part = 0
        self._part_size = 0
        self._part_tasks = 0
        self._part_schema: Any = None

    def chunks(self) -> Iterator[Chunk]:
        """All tasks in the order of the inputs."""
        position = 0
        for source in self._inputs.sources:
            if source.kind not in WHOLE_FILES:
                yield from self._flush(position)
                self._begin_source()
            file = InputFile(source, self._reading.max_size, self._reading.fields)
            for row in file.rows():
                self._tasks.append(_task(source, row))
                self._size += row.size
                if self._size >= CHUNK_BYTES or len(self._tasks) >= CHUNK_TASKS:
                    yield from self._flush(position + file.position)
            position += file.position
            self.hashes[source.id] = file.sha256
            self.skipped.extend(
                Skipped(source.id, f"{count:,} of its records: {what}")
                for what, count in sorted(file.passed_over.items())
            )
            if source.kind not in WHOLE_FILES:
                yield from self._flush(position)
        yield from self._flush(position)

    def _begin_source(self) -> None:
        """A new file begins a new shard, so that a change in one redoes little of another; tiny ones share."""
        if self._part_size * 4 >= self._reading.shard_size:
            self._next_part()

    def _next_part(self) -> None:
        self._part += 1
        self._part_size = 0
        self._part_tasks = 0
        self._part_schema = None

    def _flush(self, position: int) -> Iterator[Chunk]:
        if not self._tasks:
            return
        if self._reading.form == "parquet":
            schema = _schema_of(self._tasks)
            if None not in (schema, self._part_schema) and schema != self._part_schema:
                self._next_part()
            self._part_schema = self._part_schema if schema is None else schema
        yield Chunk(self._tasks, self._part, position)
        self._part_size += self._size
        self._part_tasks += len(self._tasks)
        is_full = self._part_size >= self._reading.shard_size or self._part_tasks >= SHARD_TASKS
        if self._reading.form != "tree" and is_full:
            self._next_part()
        self._tasks, self._size = [], 0


def _task(source: Source, row: Row) -> Task:
    id = source.id if row.number is None else f"{source.id}#{row.number}"
    name = source.name if row.number is None else output_name(id)
    return Task(id, name, source.id, source.kind, row)


def _schema_of(tasks: list[Task]) -> Any:
    """The schema of columns to carry along, "" where there are none; None where no row is sound."""
    sound = next((task.row for task in tasks if task.row.problem is None), None)
    if sound is None:
        return None
    return sound.cell.batch.schema if sound.cell is not None else ""
