"""Output as a tree: a text, a report and a diff for each document, and corpus.jsonl with all of them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cleaner.batch.manifest import RunFolder
from cleaner.batch.quarantine import Quarantine, quarantine_row
from cleaner.batch.work import Outcome
from cleaner.batch.workers import Chunk
from cleaner.formats.files import GrowingFile, write_file
from cleaner.report.ledger import dump_json
from cleaner.report.summary import Summary


class Tree:
    """Writes outcomes as they come; the manifest's row of each goes to a file, not to memory."""

    def __init__(self, folder: RunFolder, summary: Summary, quarantine: Quarantine) -> None:
        self._folder = folder
        self._out = folder.out
        self._summary = summary
        self._quarantine = quarantine
        self._corpus = GrowingFile(self._out / "corpus.jsonl")
        self._rows = GrowingFile(self._out / "inputs.jsonl")
        # Names that earlier runs wrote to; those that this one writes to are taken out one by one.
        self._stale = folder.names

    def plan(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """The chunks that are to be worked on: all; whether a document stands is told one by one."""
        return iter(chunks)

    def take(self, chunk: Chunk, outcomes: Sequence[Outcome]) -> None:
        """Write what became of a chunk. A document's report comes last: where it stands, all of it does."""
        pairs = list(zip(chunk.tasks, outcomes, strict=True))
        self._folder.note_names(
            task.name
            for task, outcome in pairs
            if outcome.problem is None and not outcome.kept and not outcome.left_out
        )
        for task, outcome in pairs:
            if outcome.problem is not None:
                self._quarantine.add(quarantine_row(task, outcome.problem))
                self._stale.add(task.name)
                continue
            if outcome.left_out:
                self._folder.names.add(task.name)
                self._summary.left_out += 1
                continue
            if not outcome.kept:
                _, text, diff, report = outcome.pieces
                write_file(self._out / "text" / task.name, text)
                write_file(self._out / "changes" / f"{task.name}.diff", diff)
                write_file(self._out / "changes" / f"{task.name}.json", report)
            self._corpus.write(outcome.pieces[0])
            self._summary.count(task.id, outcome)
            self._stale.discard(task.name)
            row = {
                "id": task.id,
                "name": task.name,
                "sha256": task.row.sha256,
                "chars_in": outcome.chars_in,
                "chars_out": outcome.chars_out,
                **({} if task.decision is None else {"decision": task.decision.digest}),
            }
            self._rows.write((dump_json(row) + "\n").encode())

    def finish(self) -> None:
        """Remove what earlier runs wrote and this one would not."""
        self._corpus.commit()
        remove_documents(self._out, self._stale)
        remove_shards(self._out, 0)

    def discard(self) -> None:
        """Leave no half-written file."""
        self._corpus.discard()
        self._rows.discard()

    def manifest_rows(self, _hashes: object) -> tuple[Iterator[dict[str, Any]], dict[str, Any]]:
        """The manifest's inputs, and what else it holds."""
        return self._read_rows(), {}

    def _read_rows(self) -> Iterator[dict[str, Any]]:
        self._rows.file.close()
        with self._rows.partial.open("rb") as lines:
            for line in lines:
                yield json.loads(line)
        self._rows.discard()


def remove_documents(out: Path, names: Iterable[str]) -> None:
    """Remove the files of documents, and folders left empty."""
    for name in names:
        for path in (out / "text" / name, out / "changes" / f"{name}.json", out / "changes" / f"{name}.diff"):
            path.unlink(missing_ok=True)
            remove_empty_folders(out, path)


def remove_empty_folders(out: Path, path: Path) -> None:
    """Remove the folders of a path that hold nothing any more."""
    for folder in path.parents:
        if folder == out or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()


def remove_shards(out: Path, count: int, suffix: str = "") -> None:
    """Remove shards from number ``count`` on, and all that have another suffix."""
    for kind in ("corpus", "changes"):
        for path in sorted((out / kind).glob("part-*")):
            number = path.stem.removeprefix("part-")
            ours = number.isdecimal() and path.suffix in (".jsonl", ".parquet")
            if ours and (int(number) >= count or path.suffix != suffix):
                path.unlink()
                remove_empty_folders(out, path)
