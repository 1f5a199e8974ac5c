"""Standard input as chunks: JSON lines that come through a pipe and go on through one."""

from collections.abc import Iterator
from typing import BinaryIO

from cleaner.batch.plan import CHUNK_BYTES, CHUNK_TASKS
from cleaner.batch.work import Task
from cleaner.batch.workers import Chunk
from cleaner.errors import UnreadableError
from cleaner.formats.jsonl import read_jsonl
from cleaner.formats.rows import Row, bad_row
from cleaner.formats.streams import CountedFile, open_stream

STANDARD_INPUT = "-"


def plan_stream(file: BinaryIO, limit: int) -> Iterator[Chunk]:
    """The lines of a stream, which may be packed, as chunks."""
    tasks: list[Task] = []
    size = 0
    for row in _read_rows(file, limit):
        id = STANDARD_INPUT if row.number is None else f"{STANDARD_INPUT}#{row.number}"
        tasks.append(Task(id, id, STANDARD_INPUT, "jsonl", row))
        size += row.size
        if size >= CHUNK_BYTES or len(tasks) >= CHUNK_TASKS:
            yield Chunk(tasks)
            tasks, size = [], 0
    yield Chunk(tasks)


def _read_rows(file: BinaryIO, limit: int) -> Iterator[Row]:
    number = 0
    try:
        for row in read_jsonl(open_stream(CountedFile(file)), limit):
            number = row.number or number
            yield row
    except UnreadableError as error:
        yield bad_row(error, number + 1)
