"""Phase one over a corpus: what is noted of one document, and the file that holds the notes of all.

A note holds the stripped text and the keys of its paragraphs. The file of a run stands in its folder, so
that the next run notes only what is new, and phase two reads texts where it needs them instead of
keeping a million of them in memory.
"""

import json
import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.core.edits import SourceMap
from cleaner.corpus.paragraphs import Sketch, sketch_document
from cleaner.pipeline import Result

SURVEY = ".survey"  # in OUT; a line holds a head and a body, both JSON, with a tab between them


class Head(NamedTuple):
    """What is known of a note without reading it: ``made_of`` tells what it was made of, and by what.

    ``name`` is what an index knows the document by: its own id where it has one.
    """

    id: str
    name: str
    site: str | None
    made_of: str


class Note(NamedTuple):
    """One document after phase one: its stripped text and the keys of its paragraphs."""

    id: str
    name: str
    site: str | None
    text: str
    packed: Sequence[tuple[int, int, str]]

    @property
    def sketches(self) -> list[Sketch]:
        """The paragraphs of the text."""
        lines = self.text.split("\n")
        return [
            Sketch(self.id, line, lines[line - 1], _unpack(keys), source_line)
            for line, source_line, keys in self.packed
        ]


def write_note(result: Result, name: str | None = None, made_of: str = "") -> bytes:
    """The line of a surveyed document."""
    text = result.text
    where = SourceMap(result.edits)
    source = _LineCount(result.source.text)
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    paragraphs = []
    for sketch in sketch_document(result.source.id, text):
        start, _ = where.span(starts[sketch.line - 1], starts[sketch.line] - 1)
        paragraphs.append([sketch.line, source.at(start), _pack(sketch.keys)])
    id = result.source.id
    head = Head(id, id if name is None else name, result.context.site, made_of)
    return f"{json.dumps(head)}\t{json.dumps([text, paragraphs])}\n".encode()


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
    """The head of a line. Raises ValueError or TypeError for what is none."""
    return Head(*json.loads(line.partition(b"\t")[0]))


def read_note(line: bytes) -> Note:
    """The note in a line."""
    head, _, body = line.partition(b"\t")
    id, name, site, _ = json.loads(head)
    text, packed = json.loads(body)
    return Note(id, name, site, text, packed)


def _pack(keys: "array[int]") -> str:
    if sys.byteorder == "big":
        keys = keys[:]
        keys.byteswap()
    return b64encode(keys.tobytes()).decode()


def _unpack(packed: str) -> "array[int]":
    keys = array("q", b64decode(packed))
    if sys.byteorder == "big":
        keys.byteswap()
    return keys
