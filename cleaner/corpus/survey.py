"""Phase one over a corpus: what is noted of one document, and the file that holds the notes of all.

A note holds the stripped text and the keys of its paragraphs. The file of a run stands in its folder, so
that the next run notes only what is new, and phase two reads texts where it needs them instead of
keeping a million of them in memory. A note is a line of JSON, its head; behind it the text in UTF-8, then
numbers of eight bytes: the paragraphs in columns, and their keys.
"""

import json
import sys
from typing import IO, NamedTuple

import numpy as np

from cleaner.core.edits import SourceMap
from cleaner.core.text import count_words
from cleaner.corpus.paragraphs import Columns, pack_columns, sketch_document
from cleaner.pipeline import Result
from cleaner.stages.decided import hash_surveyed

SURVEY = ".survey"  # in OUT
_COLUMNS = 6  # numbers that stand in a note for each paragraph, its keys aside


class Head(NamedTuple):
    """What is known of a note without reading it: ``made_of`` tells what it was made of, and by what.

    ``name`` is what an index knows the document by: its own id where it has one. ``words`` counts the whole text,
    ``text_bytes`` its length in UTF-8, ``paragraphs`` how many it has and ``keys`` their keys.
    """

    id: str
    name: str
    site: str | None
    made_of: str
    text_sha256: str
    words: int
    text_bytes: int
    paragraphs: int
    keys: int

    @property
    def body_bytes(self) -> int:
        """How long the note is behind its head."""
        return self.text_bytes + 8 * (_COLUMNS * self.paragraphs + self.keys) + 1


class Note(NamedTuple):
    """One document after phase one: its stripped text, its paragraphs, and their spans in the text's bytes."""

    head: Head
    text: str
    columns: Columns
    spans: "np.typing.NDArray[np.int64]"  # two columns: start and size


def write_note(result: Result, name: str | None = None, made_of: str = "") -> bytes:
    """The note of a surveyed document."""
    text = result.text
    letters = text.encode("utf-8", "surrogatepass")
    where = SourceMap(result.edits)
    source = _LineCount(result.source.text)
    starts = [0]
    lines = text.split("\n")
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    places = starts if len(letters) == len(text) else None
    if places is None:
        places = [0]
        for piece in letters.split(b"\n"):
            places.append(places[-1] + len(piece) + 1)
    sketches = []
    spans = []
    for sketch in sketch_document(result.source.id, text):
        start, _ = where.span(starts[sketch.line - 1], starts[sketch.line] - 1)
        sketches.append(sketch._replace(source_line=source.at(start)))
        spans.append((places[sketch.line - 1], places[sketch.line] - 1 - places[sketch.line - 1]))
    columns = pack_columns(sketches)
    sketched = set(columns.lines.tolist())
    words = sum(count_words(line) for number, line in enumerate(lines, 1) if number not in sketched)
    table = [*columns[:4], *np.array(spans, np.int64).reshape(len(spans), 2).T, columns.keys]
    numbers = np.concatenate(table).astype("<i8")
    id = result.source.id
    head = Head(
        id,
        id if name is None else name,
        result.context.site,
        made_of,
        hash_surveyed(text),
        words + int(columns.words.sum()),
        len(letters),
        len(sketches),
        len(columns.keys),
    )
    return b"".join((json.dumps(head).encode(), b"\n", letters, numbers.tobytes(), b"\n"))


class _LineCount:
    """Line numbers, from 1, of offsets that only grow."""

    def __init__(self, text: str) -> None:
        self._text, self._offset, self._line = text, 0, 1

    def at(self, offset: int) -> int:
        if offset > self._offset:
            self._line += self._text.count("\n", self._offset, offset)
            self._offset = offset
        return self._line


def read_head(line: bytes) -> Head:
    """The head of a note. Raises ValueError or TypeError for what is none."""
    return Head(*json.loads(line))


def read_note(file: IO[bytes]) -> Note:
    """The note at which a file stands. Raises ValueError or TypeError where there is none."""
    head = read_head(file.readline())
    body = file.read(head.body_bytes)
    if len(body) < head.body_bytes:
        raise ValueError(f"{head.id}: torn")
    numbers = np.frombuffer(body, "<i8", offset=head.text_bytes, count=_COLUMNS * head.paragraphs + head.keys)
    numbers = numbers if sys.byteorder == "little" else numbers.astype(np.int64)
    table = numbers[: _COLUMNS * head.paragraphs].reshape(_COLUMNS, head.paragraphs)
    lines, source_lines, words, sizes, _, _ = table
    columns = Columns(lines, source_lines, words, sizes, numbers[_COLUMNS * head.paragraphs :])
    return Note(head, body[: head.text_bytes].decode("utf-8", "surrogatepass"), columns, table[4:].T)
