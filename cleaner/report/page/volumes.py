"""Documents bound into volumes that a browser opens at once; in memory, too, their bodies are packed."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cleaner.report.ledger import dump_json
from cleaner.report.page.content import Entry

CHANGED_DOCUMENTS = 4096
ROWS = 20_000
CHARACTERS = 64_000_000


@dataclass
class Volume:
    """Rows of a page, and the JSON of the bodies of those documents that have one, in the same order.

    ``size`` is that of the bodies in characters, before they were packed.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    packed: list[bytes] = field(default_factory=list)
    size: int = 0

    def add(self, row: dict[str, Any], body: str | None) -> None:
        """Take a document in; the row learns the number of its body."""
        if body is not None:
            row["body"] = len(self.packed)
            self.packed.append(zlib.compress(body.encode(), 1))
            self.size += len(body)
        self.rows.append(row)

    def is_full(self, size: int) -> bool:
        """Whether a document with a body of this size would be too much."""
        return bool(self.rows) and (
            len(self.packed) >= CHANGED_DOCUMENTS or len(self.rows) >= ROWS or self.size + size > CHARACTERS
        )

    def chunks(self, count: int) -> Iterator[list[str]]:
        """The bodies, so many at a time."""
        for first in range(0, len(self.packed), count):
            yield [zlib.decompress(body).decode() for body in self.packed[first : first + count]]


def bind_volumes(entries: Iterable[Entry]) -> Iterator[Volume]:
    """The documents in volumes, in order; none for no documents."""
    volume = Volume()
    for row, body in entries:
        written = None if body is None else dump_json(body)
        if volume.is_full(len(written or "")):
            yield volume
            volume = Volume()
        volume.add(row, written)
    if volume.rows:
        yield volume
