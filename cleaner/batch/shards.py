"""Output as shards: many documents in corpus/part-00000 and as many reports in changes/part-00000."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from cleaner import __version__
from cleaner.batch.manifest import RunFolder
from cleaner.batch.plan import Reading
from cleaner.batch.quarantine import Quarantine, quarantine_row
from cleaner.batch.tree import remove_documents, remove_shards
from cleaner.batch.work import Outcome, Task
from cleaner.batch.workers import Chunk
from cleaner.formats.fields import Fields
from cleaner.formats.files import GrowingFile
from cleaner.formats.parquet import build_table, import_parquet, shard_schema
from cleaner.formats.rows import Cell
from cleaner.report.ledger import dump_json
from cleaner.report.summary import Summary

_ROW_GROUP_BYTES = 8_000_000


class _Writer(Protocol):
    def write(self, task: Task, outcome: Outcome) -> None: ...
    def commit(self) -> None: ...
    def discard(self) -> None: ...


class Shards:
    """Writes outcomes as they come, a shard at a time; a shard that an earlier run finished stays."""

    def __init__(
        self,
        folder: RunFolder,
        summary: Summary,
        quarantine: Quarantine,
        reading: Reading,
        rules_hash: str,
        fresh: bool,
    ) -> None:
        self._folder = folder
        self._out = folder.out
        self._summary = summary
        self._quarantine = quarantine
        self._form = reading.form
        self._fields = reading.fields
        self._known = {} if fresh else folder.receipts
        self._seed = dump_json([__version__, rules_hash, reading.form, reading.fields]).encode()
        self._shard: _Shard | None = None
        self._receipts: list[dict[str, Any]] = []

    def plan(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """The chunks that are to be worked on; in the place of a shard that stands, its receipt."""
        pending: list[Chunk] = []
        for chunk in chunks:
            if pending and pending[0].part != chunk.part:
                yield from self._settle(pending)
                pending = []
            if pending or chunk.part in self._known:
                pending.append(chunk)
            else:
                yield chunk
        yield from self._settle(pending)

    def _settle(self, chunks: list[Chunk]) -> Iterator[Chunk]:
        """A shard's chunks, or its receipt where it was made from the same rows in the same way."""
        if not chunks:
            return
        part = chunks[0].part
        digest = hashlib.sha256(self._seed)
        for chunk in chunks:
            _update_key(digest, chunk.tasks)
        receipt = self._known[part]
        if receipt.get("key") == digest.hexdigest() and self._stands(receipt):
            yield Chunk([], part, chunks[-1].position, receipt)
        else:
            yield from chunks

    def _stands(self, receipt: Mapping[str, Any]) -> bool:
        try:
            return all(
                _hash_file(shard_path(self._out, kind, receipt["part"], self._form)) == receipt[kind]
                for kind in ("corpus", "changes")
            )
        except OSError:
            return False

    def take(self, chunk: Chunk, outcomes: Sequence[Outcome]) -> None:
        """Write what became of a chunk."""
        if self._shard is not None and self._shard.part != chunk.part:
            self._close_shard()
        if chunk.receipt is not None:
            for row in chunk.receipt["quarantine"]:
                self._quarantine.add(row)
            self._summary.count_shard(chunk.receipt)
            self._keep(chunk.receipt)
            return
        if self._shard is None:
            self._shard = _Shard(self._out, chunk.part, self._form, self._seed, self._fields)
        _update_key(self._shard.digest, chunk.tasks)
        for task, outcome in zip(chunk.tasks, outcomes, strict=True):
            self._shard.add(task, outcome)
            if outcome.left_out:
                self._summary.left_out += 1
            elif outcome.problem is None:
                self._summary.count(task.id, outcome)
            else:
                self._quarantine.add(quarantine_row(task, outcome.problem))

    def _close_shard(self) -> None:
        if self._shard is not None:
            self._keep(self._shard.commit())
            self._shard = None

    def _keep(self, receipt: Mapping[str, Any]) -> None:
        """Note a shard that is complete; its rows of the quarantine stand in files from now on."""
        self._folder.note_part(receipt)
        self._receipts.append({name: value for name, value in receipt.items() if name != "quarantine"})

    def finish(self) -> None:
        """Complete the last shard; remove what earlier runs wrote and this one would not."""
        self._close_shard()
        remove_shards(self._out, len(self._receipts), f".{self._form}")
        remove_documents(self._out, self._folder.names)
        (self._out / "corpus.jsonl").unlink(missing_ok=True)

    def discard(self) -> None:
        """Leave no half-written file."""
        if self._shard is not None:
            self._shard.discard()

    def manifest_rows(self, hashes: Mapping[str, str | None]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """The manifest's inputs, and what else it holds."""
        names = ("documents", "quarantined", "chars_in", "chars_out", "duplicates_left_out")
        counts: dict[str, Counter[str]] = {id: Counter() for id in hashes}
        for receipt in self._receipts:
            for id, numbers in receipt["inputs"].items():
                counts[id].update(dict(zip(names, numbers, strict=True)))
        rows = [
            {"id": id, "sha256": sha256, **{name: counts[id][name] for name in names}}
            for id, sha256 in hashes.items()
        ]
        return rows, {"to": self._form, "parts": self._receipts}


class _Shard:
    """One shard being written, and its receipt."""

    def __init__(self, out: Path, part: int, form: str, seed: bytes, fields: Fields) -> None:
        self.part = part
        self.digest = hashlib.sha256(seed)
        self._paths = {kind: shard_path(out, kind, part, form) for kind in ("corpus", "changes")}
        files = [GrowingFile(path) for path in self._paths.values()]
        self._writer: _Writer
        self._writer = _ParquetWriter(fields, *files) if form == "parquet" else _LineWriter(*files)
        self._inputs: dict[str, list[int]] = {}
        self._by_rule: Counter[str] = Counter()
        self._flags: Counter[str] = Counter()
        self._quarantine: list[dict[str, Any]] = []

    def add(self, task: Task, outcome: Outcome) -> None:
        """Write a document, or remember that it cannot be read."""
        counts = self._inputs.setdefault(task.path, [0, 0, 0, 0, 0])
        if outcome.left_out:
            counts[4] += 1
            return
        if outcome.problem is not None:
            counts[1] += 1
            self._quarantine.append(quarantine_row(task, outcome.problem))
            return
        self._writer.write(task, outcome)
        self._by_rule.update(outcome.by_rule)
        self._flags.update(outcome.flags)
        for index, number in ((0, 1), (2, outcome.chars_in), (3, outcome.chars_out)):
            counts[index] += number

    def commit(self) -> dict[str, Any]:
        """Complete both files; the receipt."""
        self._writer.commit()
        sums = [sum(column) for column in zip(*self._inputs.values(), strict=True)]
        return {
            "part": self.part,
            "key": self.digest.hexdigest(),
            **{kind: _hash_file(path) for kind, path in self._paths.items()},
            "documents": sums[0],
            "quarantined": sums[1],
            "chars_in": sums[2],
            "chars_out": sums[3],
            "duplicates_left_out": sums[4],
            "by_rule": dict(sorted(self._by_rule.items())),
            "flags": dict(sorted(self._flags.items())),
            "inputs": self._inputs,
            "quarantine": self._quarantine,
        }

    def discard(self) -> None:
        """Leave no half-written file."""
        self._writer.discard()


class _LineWriter:
    def __init__(self, corpus: GrowingFile, changes: GrowingFile) -> None:
        self._files = (corpus, changes)

    def write(self, _task: Task, outcome: Outcome) -> None:
        for file, piece in zip(self._files, outcome.pieces, strict=True):
            file.write(piece)

    def commit(self) -> None:
        for file in self._files:
            file.commit()

    def discard(self) -> None:
        for file in self._files:
            file.discard()


class _ParquetWriter:
    """Row groups of some megabytes; what the input's columns hold besides goes along."""

    def __init__(self, fields: Fields, corpus: GrowingFile, changes: GrowingFile) -> None:
        self._files = (corpus, changes)
        self._fields = fields
        self._writers: list[Any] = []
        self._schema: Any = None
        self._rows: list[tuple[str, tuple[bytes, ...], Cell | None]] = []
        self._size = 0

    def write(self, task: Task, outcome: Outcome) -> None:
        self._rows.append((task.id, outcome.pieces, task.row.cell))
        self._size += sum(map(len, outcome.pieces))
        if self._size >= _ROW_GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        if not self._writers:
            cell = self._rows[0][2] if self._rows else None
            self._schema = shard_schema(cell.batch if cell else None, self._fields)
            self._reports = pyarrow.schema([("id", pyarrow.string()), ("report", pyarrow.string())])
            parquet = import_parquet()
            self._writers = [
                parquet.ParquetWriter(file.file, schema, compression="zstd")
                for file, schema in zip(self._files, (self._schema, self._reports), strict=True)
            ]
        columns: dict[str, list[object]] = {"id": [], "source_id": [], "text": [], "metadata": []}
        reports: list[str] = []
        carried: list[Cell | None] = []
        for id, (source_id, text, metadata, report), cell in self._rows:
            columns["id"].append(id)
            columns["source_id"].append(source_id.decode() or None)
            columns["text"].append(text.decode("utf-8", "replace"))
            columns["metadata"].append(metadata.decode())
            reports.append(report.decode())
            carried.append(cell)
        if self._rows:
            self._writers[0].write_table(build_table(self._schema, columns, carried))
            pairs = [pyarrow.array(values, pyarrow.string()) for values in (columns["id"], reports)]
            table = pyarrow.Table.from_arrays(pairs, schema=self._reports)
            self._writers[1].write_table(table)
        self._rows, self._size = [], 0

    def commit(self) -> None:
        self._flush()
        for writer, file in zip(self._writers, self._files, strict=True):
            writer.close()
            file.commit()

    def discard(self) -> None:
        for file in self._files:
            file.discard()


def _update_key(digest: Any, tasks: Iterable[Task]) -> None:
    for task in tasks:
        row = task.row
        digest.update(dump_json([task.id, task.kind, row.line, row.sha256, row.problem]).encode())
        if task.decision is not None:
            digest.update(task.decision.digest.encode())
    cell = tasks[0].row.cell if isinstance(tasks, list) and tasks else None
    if cell is not None:
        digest.update(str(cell.batch.schema).encode())


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def shard_path(out: Path, kind: str, part: int, form: str) -> Path:
    """Where a shard stands.

    >>> shard_path(Path("out"), "corpus", 3, "jsonl").as_posix()
    'out/corpus/part-00003.jsonl'
    """
    return out / kind / f"part-{part:05}.{form}"
