"""The paragraphs of a corpus in columns: a million of them take flat arrays, not a million objects.

Texts are not held: ``read_text`` fetches one where a candidate is judged.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.core.comparison.judgment import MIN_WORDS
from cleaner.core.comparison.similarity import split_words
from cleaner.core.shapes import ends_sentence
from cleaner.corpus.keys import find_keys, hash_paragraph

Integers = npt.NDArray[np.int64]


class Sketch(NamedTuple):
    """What phase one keeps of a paragraph; ``keys`` begins with the key of the whole paragraph.

    ``line`` counts in the text that was sketched, ``source_line`` in the text that a person reads.
    """

    document: str
    line: int
    text: str
    keys: Sequence[int]
    source_line: int
    words: int


class Columns(NamedTuple):
    """The paragraphs of one document in columns, each with a row; their keys lie one behind the other."""

    lines: Integers
    source_lines: Integers
    words: Integers
    sizes: Integers  # how many keys each has
    keys: Integers

    def choose(self, rows: npt.NDArray[np.bool_]) -> "Columns":
        """These rows and no others."""
        keys = self.keys[np.repeat(rows, self.sizes)]
        return Columns(self.lines[rows], self.source_lines[rows], self.words[rows], self.sizes[rows], keys)


def pack_columns(sketches: Sequence[Sketch]) -> Columns:
    """The sketches of one document in columns.

    >>> pack_columns(sketch_document("a", "The mayor of the town resigned on Friday.")).words.tolist()
    [8]
    """
    table = [(row.line, row.source_line, row.words, len(row.keys)) for row in sketches]
    lines, source_lines, words, sizes = np.array(table, np.int64).reshape(len(table), 4).T
    return Columns(
        lines, source_lines, words, sizes, np.array([key for row in sketches for key in row.keys], np.int64)
    )


LONG_LINE = 25  # words; a shorter line that ends no sentence is a title, a row of a table, a list item


def sketch_document(document: str, text: str) -> list[Sketch]:
    """Phase one: the paragraphs of a text that are long enough, with their keys.

    Titles and rows of lists and tables are no paragraphs: a document keeps its own.
    """
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) < MIN_WORDS:
            continue
        words = split_words(line)
        if len(words) >= LONG_LINE or (len(words) >= MIN_WORDS and ends_sentence(line)):
            found.append((number, line, words))
    keys = find_keys([words for _, _, words in found])
    return [
        Sketch(document, number, line, [hash_paragraph(words), *own], number, len(words))
        for (number, line, words), own in zip(found, keys, strict=True)
    ]


class Paragraphs:
    """The columns of documents that were appended in order of their ids; ``documents`` are the ids in order."""

    def __init__(self, read_text: Callable[[int], str]) -> None:
        self.read_text = read_text
        self.documents: list[str] = []
        self._owners = array("i")
        self._lines = array("i")
        self._source_lines = array("i")
        self._words = array("i")
        self._keys = array("q")
        self._starts = array("q", [0])

    def append(self, document: str, columns: Columns) -> None:
        """Add the paragraphs of the next document."""
        if not len(columns.lines):
            return
        owner = np.full(len(columns.lines), len(self.documents), np.intc)
        self.documents.append(document)
        self._owners.frombytes(owner.tobytes())
        for mine, theirs in (
            (self._lines, columns.lines),
            (self._source_lines, columns.source_lines),
            (self._words, columns.words),
        ):
            mine.frombytes(theirs.astype(np.intc).tobytes())
        self._starts.frombytes((np.cumsum(columns.sizes) + len(self._keys)).tobytes())
        self._keys.frombytes(columns.keys.tobytes())

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

    def words(self, place: int) -> int:
        """How many words a paragraph has."""
        return self._words[place]

    def places(self, documents: Sequence[str]) -> dict[str, range]:
        """Where the paragraphs of each of these documents stand."""
        numbers = {document: number for number, document in enumerate(self.documents)}
        owners = np.frombuffer(self._owners, np.intc)
        wanted = np.array([numbers[document] for document in documents], np.intc)
        starts, ends = (np.searchsorted(owners, wanted, side).tolist() for side in ("left", "right"))
        return dict(zip(documents, map(range, starts, ends), strict=True))

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
    for document, rows in groupby(ordered, key=lambda sketch: sketch.document):
        paragraphs.append(document, pack_columns(list(rows)))
    return paragraphs
