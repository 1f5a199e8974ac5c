"""One input file, whatever it holds, as rows; a file that breaks in the middle ends in one bad row."""

from collections import Counter
from collections.abc import Iterator

from cleaner.errors import UnreadableError
from cleaner.formats.csv import read_csv
from cleaner.formats.fields import BY_CONVENTION, Fields
from cleaner.formats.files import Source, is_packed
from cleaner.formats.jsonl import read_json, read_jsonl
from cleaner.formats.parquet import read_parquet
from cleaner.formats.rows import WHOLE_FILES, Row, bad_row, hash_bytes
from cleaner.formats.streams import CountedFile, open_stream
from cleaner.formats.warc import read_warc


class InputFile:
    """A source being read. ``position`` counts its bytes so far; ``sha256`` is set at its end.

    ``passed_over`` counts records that are no documents, by what they are.
    """

    def __init__(self, source: Source, limit: int, fields: Fields = BY_CONVENTION) -> None:
        self.source = source
        self.sha256: str | None = None
        self.passed_over: Counter[str] = Counter()
        self._limit = limit
        self._fields = fields
        self._counted: CountedFile | None = None
        self._position = 0

    @property
    def position(self) -> int:
        """How many of the file's bytes were read."""
        return self._counted.position if self._counted is not None else self._position

    def rows(self) -> Iterator[Row]:
        """The file's documents in their order."""
        if self.source.kind in WHOLE_FILES:
            yield self._read_text()
        else:
            yield from self._read_records()

    def _read_text(self) -> Row:
        try:
            size = self.source.path.stat().st_size
            if size > self._limit:
                with self.source.path.open("rb") as file:
                    self.sha256 = CountedFile(file).finish()
                return bad_row(self._too_large(f"{size:,} bytes"), None, None, self.sha256)
            if is_packed(self.source.id):
                return self._read_packed_text()
            content = self.source.path.read_bytes()
        except OSError as error:
            return bad_row(_unreadable(error), None)
        self._position = len(content)
        self.sha256 = hash_bytes(content)
        return Row(content, self.sha256)

    def _read_packed_text(self) -> Row:
        problem: UnreadableError | None = None
        content = b""
        with self.source.path.open("rb") as file:
            self._counted = CountedFile(file)
            try:
                content = open_stream(self._counted).read(self._limit + 1)
                if len(content) > self._limit:
                    problem = self._too_large(f"unpacks to more than {self._limit:,} bytes")
            except UnreadableError as error:
                problem = error
            self.sha256 = self._counted.finish()
        if problem is not None:
            return bad_row(problem, None, None, self.sha256)
        return Row(content, self.sha256, packed=True)

    def _too_large(self, what: str) -> UnreadableError:
        return UnreadableError("too-large", f"{what}; --max-size sets the bound")

    def _read_records(self) -> Iterator[Row]:
        number = 0
        try:
            with self.source.path.open("rb") as file:
                self._counted = CountedFile(file)
                try:
                    for row in self._rows_of_kind(self._counted):
                        number = max(number, row.number or 0)
                        yield row
                except UnreadableError as error:
                    self.sha256 = self._counted.finish()
                    yield bad_row(error, number + 1 if number else None, None, self.sha256)
                else:
                    self.sha256 = self._counted.finish()
        except OSError as error:
            yield bad_row(_unreadable(error), number + 1 if number else None)
        except Exception as error:  # whatever else a library may say of a broken file
            detail = f"{type(error).__name__}: {error}".partition("\n")[0]
            yield bad_row(UnreadableError("failed", detail), number + 1 if number else None)

    def _rows_of_kind(self, counted: CountedFile) -> Iterator[Row]:
        kind, limit = self.source.kind, self._limit
        if kind == "parquet":
            with self.source.path.open("rb") as file:
                yield from read_parquet(file, limit, self._fields)
            return
        stream = open_stream(counted)
        if kind == "jsonl":
            yield from read_jsonl(stream, limit)
        elif kind == "json":
            yield from read_json(stream, limit)
        elif kind == "warc":
            yield from read_warc(stream, limit, lambda what: self.passed_over.update([what]))
        else:
            yield from read_csv(stream, limit, "\t" if kind == "tsv" else None)


def _unreadable(error: OSError) -> UnreadableError:
    return UnreadableError("unreadable", error.strerror or str(error))
