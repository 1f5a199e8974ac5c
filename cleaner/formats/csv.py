"""CSV and TSV: a header row, then one record a row. A field may hold line breaks in quotes."""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator
from itertools import chain

from cleaner.errors import UnreadableError
from cleaner.formats.rows import WIDE_BOMS, Row, bad_row
from cleaner.sources.decode import decode, describe_decoding

_DELIMITERS = ",;\t|"


class _Lines:
    """The lines of a stream for the csv module, with the hash and place of those it took for a row."""

    def __init__(self, stream: io.BufferedReader, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self.line = 0
        self.begin(1)

    def begin(self, line: int) -> None:
        """Forget the lines of the row before."""
        self.first = line
        self.size = 0
        self.note: str | None = None
        self.has_nul = False
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The hash of the lines since the row began."""
        return self._hash.hexdigest()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        content = self._stream.readline(self._limit + 1)
        if not content:
            raise StopIteration
        self.line += 1
        self.size += len(content)
        self._hash.update(content)
        if self.size > self._limit:
            raise UnreadableError(
                "too-large", f"a row of more than {self._limit:,} bytes; --max-size sets the bound"
            )
        if self.line == 1:
            if content.startswith(WIDE_BOMS):
                raise UnreadableError("encoding", "CSV is read as UTF-8; this file is UTF-16")
            content = content.removeprefix(codecs.BOM_UTF8)
        self.has_nul = self.has_nul or b"\0" in content
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            decoded = decode(content)
            self.note = describe_decoding(decoded)
            return decoded.text


def read_csv(stream: io.BufferedReader, limit: int, delimiter: str | None = None) -> Iterator[Row]:
    """A row for each record. Raises UnreadableError where the rest cannot be read."""
    lines = _Lines(stream, limit)
    csv.field_size_limit(limit)
    try:
        head = next(lines)
    except StopIteration:
        return
    delimiter = delimiter or max(_DELIMITERS, key=head.count)
    try:
        names = next(csv.reader(chain([head], lines), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise UnreadableError("csv", f"the header row: {error}") from None
    header = [name or f"column {number}" for number, name in enumerate(names, 1)]
    if len(set(header)) < len(header):
        raise UnreadableError("csv", "the header row names a column twice")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        lines.begin(lines.line + 1)
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield bad_row(UnreadableError("csv", str(error)), number, lines.first, lines.sha256)
            continue
        if not any(value.strip() for value in values):
            continue
        number += 1
        if lines.has_nul:
            nul = UnreadableError("binary", "holds NUL bytes; not a text")
            yield bad_row(nul, number, lines.first, lines.sha256)
            continue
        if len(values) != len(header):
            detail = f"{len(values)} fields where the header has {len(header)}"
            yield bad_row(UnreadableError("csv", detail), number, lines.first, lines.sha256)
            continue
        yield Row(dict(zip(header, values, strict=True)), lines.sha256, number, lines.first, note=lines.note)
