"""The paragraphs of a corpus in columns: a million of them take flat arrays, not a million objects.

Texts are not held: ``read_text`` fetches one where a candidate is judged.
"""

from array import array
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.core.judgment import MIN_WORDS
from cleaner.core.shapes import ends_sentence
from cleaner.core.similarity import split_words, winnow
from cleaner.corpus.keys import hash_paragraph

Integers = npt.NDArray[np.int64]


class Sketch(NamedTuple):
    """What phase one keeps of a paragraph; ``keys`` begins with the key of the whole paragraph.

    ``line`` counts in the text that was sketched, ``source_line`` in the text that a person reads.
    """

    document: str
    line: int
    text: str
    keys: "array[int]"
    source_line: int


LONG_LINE = 25  # words; a shorter line that ends no sentence is a title, a row of a table, a list item


def sketch_document(document: str, text: str) -> list[Sketch]:
    """Phase one: the paragraphs of a text that are long enough, with their keys.

    Titles and rows of lists and tables are no paragraphs: a document keeps its own.
    """
    sketches = []
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) < MIN_WORDS:
            continue
        words = split_words(line)
        if len(words) >= LONG_LINE or (len(words) >= MIN_WORDS and ends_sentence(line)):
            keys = array("q", [hash_paragraph(words), *sorted(winnow(words))])
            sketches.append(Sketch(document, number, line, keys, number))
    return sketches


class Paragraphs:
    """Sketches that were appended in order of document id and line; ``documents`` are the ids in order."""

    def __init__(self, read_text: Callable[[int], str]) -> None:
        self.read_text = read_text
        self.documents: list[str] = []
        self._owners = array("i")
        self._lines = array("i")
        self._source_lines = array("i")
        self._keys = array("q")
        self._starts = array("q", [0])

    def append(self, sketch: Sketch) -> None:
        """Add the next paragraph."""
        if not self.documents or self.documents[-1] != sketch.document:
            self.documents.append(sketch.document)
        self._owners.append(len(self.documents) - 1)
        self._lines.append(sketch.line)
        self._source_lines.append(sketch.source_line)
        self._keys.extend(sketch.keys)
        self._starts.append(len(self._keys))

    def __len__(self) -> int:
        return len(self._owners)

    def document(self, place: int) -> str:
        """The id of a paragraph's document."""
        return self.documents[self._owners[place]]

    def line(self, place: int) -> int:
        """A paragraph's line in the text that was sketched."""
        return self._lines[place]

    def source_line(self, place: int) -> int:
        """A paragraph's line in the text that a person reads."""
        return self._source_lines[place]

    def whole_key(self, place: int) -> int:
        """The key of a whole paragraph."""
        return self._keys[self._starts[place]]

    def key_count(self, place: int) -> int:
        """How many keys a paragraph has, that of the whole of it aside."""
        return self._starts[place + 1] - self._starts[place] - 1

    def sketch(self, place: int) -> Sketch:
        """A paragraph as it was appended."""
        keys = self._keys[self._starts[place] : self._starts[place + 1]]
        return Sketch(
            self.document(place), self.line(place), self.read_text(place), keys, self.source_line(place)
        )

    def columns(self) -> tuple[Integers, Integers, Integers]:
        """All keys in one array, where those of each paragraph start, and the number of each one's document."""
        return (
            np.frombuffer(self._keys, np.int64) if self._keys else np.empty(0, np.int64),
            np.frombuffer(self._starts, np.int64),
            np.frombuffer(self._owners, np.intc).astype(np.int64) if self._owners else np.empty(0, np.int64),
        )


def gather(sketches: Iterable[Sketch]) -> Paragraphs:
    """Sketches in any order as columns; their texts stay in memory."""
    ordered = sorted(sketches, key=lambda sketch: (sketch.document, sketch.line))
    texts = [sketch.text for sketch in ordered]
    paragraphs = Paragraphs(texts.__getitem__)
    for sketch in ordered:
        paragraphs.append(sketch)
    return paragraphs
