"""Phase one over a corpus: what is noted of one document, and the file that holds the notes of all.

A note holds the stripped text and the keys of its paragraphs. The file of a run stands in its folder, so
that the next run notes only what is new, and phase two reads texts where it needs them instead of
keeping a million of them in memory.
"""

import json
import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.core.edits import SourceMap
from cleaner.corpus.paragraphs import Sketch, sketch_document
from cleaner.pipeline import Result

SURVEY = ".survey.jsonl"  # in OUT


class Note(NamedTuple):
    """One document after phase one.

    ``name`` is what an index knows it by: its own id where it has one.
    """

    id: str
    name: str
    site: str | None
    text: str
    sketches: tuple[Sketch, ...]


def take_note(result: Result, name: str) -> dict[str, Any]:
    """The note of a surveyed document, ready for JSON."""
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
    return {
        "id": result.source.id,
        "name": name,
        "site": result.context.site,
        "text": text,
        "paragraphs": paragraphs,
    }


class _LineCount:
    """Line numbers, from 1, of offsets that only grow."""

    def __init__(self, text: str) -> None:
        self._text, self._offset, self._line = text, 0, 1

    def at(self, offset: int) -> int:
        if offset > self._offset:
            self._line += self._text.count("\n", self._offset, offset)
            self._offset = offset
        return self._line


def read_note(row: Mapping[str, Any]) -> Note:
    """A note from its JSON."""
    lines = row["text"].split("\n")
    sketches = tuple(
        Sketch(row["id"], line, lines[line - 1], _unpack(keys), source_line)
        for line, source_line, keys in row["paragraphs"]
    )
    return Note(row["id"], row["name"], row["site"], row["text"], sketches)


def read_notes(path: Path) -> Iterator[Note]:
    """All notes of a file, in its order."""
    with path.open("rb") as file:
        for line in file:
            yield read_note(json.loads(line))


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
