"""An index on disk of all that was ever kept, so that a new crawl is cleaned against it.

One DuckDB file with three tables: what the index is, the paragraphs, and their keys. A run reads it
as a snapshot: nothing is written before :meth:`CorpusIndex.update`, which adds the run in a single
transaction at its end. A run that is killed leaves the index as it was. DuckDB lets one process
write or several read; a second run gets a message, never half an index.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cleaner.corpus.duplicates import FORMAT, hash_parameters
from cleaner.corpus.keys import EXACT, HOT_PARAGRAPHS, SHARED_KEYS
from cleaner.corpus.paragraphs import Columns, Integers, Paragraphs, Sketch
from cleaner.errors import CleanerError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHUNK = 20_000  # paragraphs that are handed over at once, within the one transaction
PORTION = 120_000  # paragraphs of a commit where a new index is filled in portions
MEMORY = "256MB"  # beyond it DuckDB spills to disk
VERSION = f"{FORMAT}:{hash_parameters()}"

# Two tables of (key, paragraph): plain joins and groups, which a cluster's SQL engine runs as they are.
CANDIDATES_SQL = """
WITH found AS (
    SELECT q.paragraph AS query, k.paragraph AS entry, q.key AS key
    FROM query_keys q JOIN keys k ON q.key = k.key
),
warm AS (SELECT key FROM found GROUP BY key HAVING count(DISTINCT entry) <= {hot}),
shared AS (
    SELECT found.query, found.entry, count(*) AS shared, max(found.key) AS top
    FROM found JOIN warm ON found.key = warm.key
    GROUP BY found.query, found.entry
)
SELECT s.query, p.document, p.line, p.text, p.size, s.shared, s.top
FROM shared s JOIN paragraphs p ON s.entry = p.paragraph
WHERE p.document NOT IN (SELECT document FROM run_documents)
ORDER BY s.query, p.document, p.line
"""
_SCHEMA_SQL = """
CREATE TABLE about (name VARCHAR, value VARCHAR);
CREATE TABLE paragraphs (paragraph BIGINT, document VARCHAR, line INTEGER, size INTEGER, text VARCHAR);
CREATE TABLE keys (key BIGINT, paragraph BIGINT);
"""


class IndexUnusable(CleanerError):
    """The index cannot be used: missing, of another version, damaged, or in use by another run."""


class IndexBusy(IndexUnusable):
    """Another run has the index open and writes to it."""


class Entries(NamedTuple):
    """What an index is to hold of one document: its paragraphs in columns, and their texts."""

    document: str
    columns: Columns
    texts: Sequence[str]


class CorpusIndex:
    """An open index; use it in a ``with`` block.

    ``writable`` opens it for :meth:`update`, and makes it where there is none.
    """

    def __init__(self, path: str | Path, *, writable: bool = False) -> None:
        self.path = Path(path)
        if not writable and not self.path.exists():
            raise IndexUnusable(f"{self.path}: there is no index; make one with --update-index")
        self._connection = _connect(self.path, writable)
        try:
            self._check(writable)
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> "CorpusIndex":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def _check(self, writable: bool) -> None:
        connection = self._connection
        try:
            tables = {
                name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            }
            if not tables and writable:
                connection.execute(f"BEGIN; {_SCHEMA_SQL}")
                connection.execute("INSERT INTO about VALUES ('version', ?)", [VERSION])
                connection.execute("COMMIT")
                return
            if not {"about", "paragraphs", "keys"} <= tables:
                raise IndexUnusable(f"{self.path}: not an index of this program; name another file")
            rows = connection.execute("SELECT value FROM about WHERE name = 'version'").fetchall()
        except _errors() as error:
            raise IndexUnusable(
                f"{self.path}: damaged ({_first_line(error)}); restore it or build it anew"
            ) from error
        if rows != [(VERSION,)]:
            found = rows[0][0] if rows else "none"
            raise IndexUnusable(
                f"{self.path}: made by version {found}, this program reads {VERSION}; build it anew"
            )

    def count(self) -> int:
        """How many paragraphs the index holds."""
        (count,) = self._connection.execute("SELECT count(*) FROM paragraphs").fetchall()[0]
        return int(count)

    def snapshot(self, names: Collection[str]) -> "IndexSnapshot":
        """The index as a run sees it whose documents have these names: without their earlier entries."""
        return IndexSnapshot(self, names)

    def find(
        self, paragraphs: Paragraphs, names: Collection[str] | None = None
    ) -> Iterator[tuple[int, list[Sketch]]]:
        """The indexed paragraphs that share keys with each of these, ``names`` (default: their documents) aside."""
        self._register("run_documents", {"document": sorted(names or paragraphs.documents)})
        keys, starts, _ = paragraphs.columns()
        for first in range(0, len(paragraphs), CHUNK):
            last = min(first + CHUNK, len(paragraphs))
            found: dict[int, list[Sketch]] = {}
            for query, document, line, text, size, shared, top in self._join(keys, starts, first, last):
                least = SHARED_KEYS * min(paragraphs.key_count(query), size - 1)
                if top >= EXACT or shared >= least:
                    key = paragraphs.whole_key(query) if top >= EXACT else 0
                    found.setdefault(query, []).append(Sketch(document, line, text, [key], line, 0))
            yield from found.items()

    def _join(self, keys: Integers, starts: Integers, first: int, last: int) -> list[tuple[Any, ...]]:
        table = {
            "key": keys[starts[first] : starts[last]],
            "paragraph": np.repeat(np.arange(first, last), np.diff(starts[first : last + 1])),
        }
        self._connection.register("query_keys", table)
        try:
            return self._connection.execute(CANDIDATES_SQL.format(hot=HOT_PARAGRAPHS)).fetchall()
        except _errors() as error:
            raise IndexUnusable(f"{self.path}: damaged ({_first_line(error)}); restore it") from error
        finally:
            self._connection.unregister("query_keys")

    def update(self, entries: Iterable[Entries], names: Iterable[str], *, in_portions: bool = False) -> int:
        """Add a run in one commit; earlier entries of its documents, ``names``, go. How many paragraphs were added.

        The entries come in order of their documents, each under the name of its document. A file that has not
        its name yet may be filled ``in_portions``, which takes half the memory: nobody sees half of it.
        """
        connection = self._connection
        try:
            connection.execute("BEGIN")
            self._register("run_documents", {"document": sorted(set(names))})
            connection.execute(
                "DELETE FROM keys WHERE paragraph IN (SELECT paragraph FROM paragraphs"
                " WHERE document IN (SELECT document FROM run_documents))"
            )
            connection.execute(
                "DELETE FROM paragraphs WHERE document IN (SELECT document FROM run_documents)"
            )
            (start,) = connection.execute(
                "SELECT coalesce(max(paragraph), -1) + 1 FROM paragraphs"
            ).fetchall()[0]
            added = 0
            for chunk in _batch(entries, PORTION if in_portions else CHUNK):
                added += self._insert(chunk, int(start) + added)
                if in_portions:
                    connection.execute("COMMIT; CHECKPOINT; BEGIN")
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")
        except _errors() as error:
            raise IndexUnusable(f"{self.path}: not updated ({_first_line(error)})") from error
        return added

    def _insert(self, chunk: Sequence[Entries], start: int) -> int:
        counts = [len(entries.texts) for entries in chunk]
        count = sum(counts)
        paragraphs = np.arange(start, start + count)
        lines, sizes, keys = (
            np.concatenate([entries.columns[column] for entries in chunk])
            for column in map(Columns._fields.index, ("source_lines", "sizes", "keys"))
        )
        self._register("run_keys", {"key": keys, "paragraph": np.repeat(paragraphs, sizes)})
        self._connection.execute("INSERT INTO keys SELECT key, paragraph FROM run_keys")
        self._register(
            "run_paragraphs",
            {
                "paragraph": paragraphs,
                "document": np.repeat(np.array([entries.document for entries in chunk], object), counts),
                "line": lines,
                "size": sizes,
                "text": [_without_surrogates(text) for entries in chunk for text in entries.texts],
            },
        )
        self._connection.execute(
            "INSERT INTO paragraphs SELECT paragraph, document, line, size, text FROM run_paragraphs"
        )
        return count

    def _register(self, name: str, columns: Mapping[str, Any]) -> None:
        table = {
            column: np.array(values, object) if isinstance(values, list) else values
            for column, values in columns.items()
        }
        self._connection.register(name, table)


def _without_surrogates(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class IndexSnapshot:
    """An open index without the entries of some documents, for :func:`cleaner.corpus.duplicates.decide`."""

    def __init__(self, index: CorpusIndex, names: Collection[str]) -> None:
        self._index = index
        self._names = names

    def find(self, paragraphs: Paragraphs) -> Iterator[tuple[int, list[Sketch]]]:
        """The indexed paragraphs that share keys with each of these."""
        return self._index.find(paragraphs, self._names)


def _batch(entries: Iterable[Entries], size: int) -> Iterator[list[Entries]]:
    """Documents in lists of so many paragraphs, or a few more."""
    batch: list[Entries] = []
    count = 0
    for document in entries:
        if document.texts:
            batch.append(document)
            count += len(document.texts)
        if count >= size:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def _connect(path: Path, writable: bool) -> "DuckDBPyConnection":
    try:
        import duckdb
    except ImportError as error:
        raise IndexUnusable("an index needs DuckDB: pip install 'article-cleaner[index]'") from error
    try:
        return duckdb.connect(str(path), read_only=not writable, config={"memory_limit": MEMORY})
    except duckdb.Error as error:
        if "set lock" in str(error).lower():  # a damaged file has blocks, too
            raise IndexBusy(f"{path}: in use by another run; wait for it to end") from error
        raise IndexUnusable(f"{path}: not an index, or damaged ({_first_line(error)})") from error


def _errors() -> type[Exception]:
    import duckdb

    return duckdb.Error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
