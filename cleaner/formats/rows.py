"""What a reader gives: one row for each document of an input, and for each that cannot be read."""

import codecs
import hashlib
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from cleaner.errors import UnreadableError

WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
Kind = Literal["text", "jsonl", "json", "csv", "tsv", "parquet", "warc", "html"]
WHOLE_FILES: tuple[Kind, ...] = ("text", "html")  # a file of these is one document


class Problem(NamedTuple):
    """Why something cannot be read, as quarantine says it."""

    reason: str
    detail: str


class Cell(NamedTuple):
    """A row of a columnar batch; its other columns are carried along as they are."""

    batch: Any
    offset: int


class Row(NamedTuple):
    """A document that was not decoded yet: bytes, or fields; or a problem in its place.

    ``number`` counts the records of a file from 1 and is None for a file that is one document;
    ``line`` is where the record begins; ``sha256`` is the hash of its bytes; ``note`` tells of bytes that
    were read otherwise than as UTF-8. ``packed``: the bytes were unpacked, and ``sha256`` is the packed file's.
    """

    content: bytes | Mapping[str, object]
    sha256: str | None
    number: int | None = None
    line: int | None = None
    problem: Problem | None = None
    cell: Cell | None = None
    note: str | None = None
    packed: bool = False

    @property
    def size(self) -> int:
        """Roughly how many bytes it takes."""
        if isinstance(self.content, bytes):
            return len(self.content)
        return sum(len(value) for value in self.content.values() if isinstance(value, str | bytes))


def hash_bytes(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def bad_row(
    error: UnreadableError, number: int | None, line: int | None = None, sha256: str | None = None
) -> Row:
    """The row of something that cannot be read."""
    return Row(b"", sha256, number, line, Problem(error.reason, error.detail))
