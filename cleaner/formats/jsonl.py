"""JSON records: one object a line (JSONL), or the objects of a JSON file, one after the other."""

import codecs
import hashlib
import io
import json
from collections.abc import Iterator

from cleaner.errors import UnreadableError
from cleaner.formats.fields import Fields, Record, read_fields
from cleaner.formats.rows import WIDE_BOMS, Row, bad_row, hash_bytes
from cleaner.formats.streams import BLOCK
from cleaner.sources.decode import Decoded, decode

_SPACE = " \t\r\n,"


def read_jsonl(stream: io.BufferedReader, limit: int) -> Iterator[Row]:
    """A row for each line that is not blank. Raises UnreadableError where the stream breaks."""
    if stream.peek(2)[:2] in WIDE_BOMS:
        raise UnreadableError("encoding", "JSON lines are UTF-8; this file is UTF-16")
    number = line = 0
    while content := stream.readline(limit + 1):
        line += 1
        if line == 1:
            content = content.removeprefix(codecs.BOM_UTF8)
        if len(content) > limit and not content.endswith(b"\n"):
            number += 1
            error = UnreadableError("too-large", f"more than {limit:,} bytes; --max-size sets the bound")
            yield bad_row(error, number, line, _skip_line(stream, content))
            continue
        content = content.rstrip(b"\r\n")
        if content.strip():
            number += 1
            yield Row(content, hash_bytes(content), number, line)


def _skip_line(stream: io.BufferedReader, head: bytes) -> str:
    digest = hashlib.sha256(head)
    while content := stream.readline(BLOCK):
        digest.update(content.rstrip(b"\r\n"))
        if content.endswith(b"\n"):
            break
    return digest.hexdigest()


def read_json(stream: io.BufferedReader, limit: int) -> Iterator[Row]:
    """A row for each element of a JSON array, or for each of the values of a file one after the other.

    Values on lines of their own are read line by line, so that a broken one costs no other.
    """
    if _holds_lines(stream):
        yield from read_jsonl(stream, limit)
        return
    elements = _Elements(stream, limit)
    number = 0
    while (found := elements.take()) is not None:
        number += 1
        text, line = found
        content = text.encode("utf-8", "surrogateescape")
        yield Row(content, hash_bytes(content), number, line)


def _holds_lines(stream: io.BufferedReader) -> bool:
    head = stream.peek(BLOCK).lstrip(codecs.BOM_UTF8 + b" \t\r\n")
    first, found, rest = head.partition(b"\n")
    if not head.startswith(b"{") or not found or not rest.strip():
        return False
    try:
        json.loads(first)
    except ValueError:
        return False
    return True


class _Elements:
    """The texts of the values in a stream, with their lines; memory holds one value at a time."""

    def __init__(self, stream: io.BufferedReader, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._read = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._decoder = json.JSONDecoder()
        self._text = ""
        self._line = 1
        self._ended = False
        self._in_array: bool | None = None

    def take(self) -> tuple[str, int] | None:
        """The next value; None at the end. Raises UnreadableError with what is wrong and where."""
        self._skip_space()
        if self._in_array is None:
            self._in_array = self._text.startswith("[")
            if self._in_array:
                self._text = self._text[1:]
                self._skip_space()
        if self._in_array and self._text.startswith("]"):
            return None
        if not self._text:
            if self._in_array:
                raise UnreadableError("truncated", f"the JSON array has no end, line {self._line}")
            return None
        end = self._find_end()
        found = self._text[:end], self._line
        self._line += self._text.count("\n", 0, end)
        self._text = self._text[end:]
        return found

    def _find_end(self) -> int:
        wanted = BLOCK
        while True:
            try:
                end = self._decoder.raw_decode(self._text)[1]
                if end < len(self._text) or self._ended:
                    return end
                problem = "value without an end"
            except (ValueError, RecursionError) as error:
                problem = str(error)
                if self._ended:
                    raise UnreadableError("json", f"from line {self._line} on: {problem}") from None
            if len(self._text) > self._limit:
                raise UnreadableError("json", f"from line {self._line} on, no value: {problem}")
            self._fill(wanted)
            wanted *= 2

    def _skip_space(self) -> None:
        while True:
            stripped = self._text.lstrip(_SPACE)
            self._line += self._text.count("\n", 0, len(self._text) - len(stripped))
            self._text = stripped
            if stripped or self._ended:
                return
            self._fill(BLOCK)

    def _fill(self, size: int) -> None:
        pieces = [self._text]
        while size > 0 and not self._ended:
            content = self._stream.read1(BLOCK)
            self._ended = not content
            size -= len(content)
            pieces.append(self._read.decode(content, final=self._ended))
        self._text = "".join(pieces)


def read_json_record(content: bytes, fields: Fields) -> tuple[Record, Decoded]:
    """The record in a line of JSON, and how the line was decoded.

    Raises UnreadableError for what is no JSON object or holds no text.
    """
    decoded = decode(content)
    try:
        values = json.loads(decoded.text, parse_constant=str)  # NaN is no JSON; "NaN" is
    except RecursionError:
        raise UnreadableError("json", "nested too deeply") from None
    except ValueError as error:
        raise UnreadableError("json", str(error)) from None
    return read_fields(values, fields), decoded
