"""What could not be read, one row each; the rows stand in the file, not in memory."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner.batch.work import Task
from cleaner.formats.files import GrowingFile
from cleaner.formats.rows import Problem
from cleaner.report.ledger import dump_json


class Quarantine:
    """quarantine.jsonl while it is written; its rows can be read once it is committed."""

    def __init__(self, out: Path) -> None:
        self._file = GrowingFile(out / "quarantine.jsonl")
        self._count = 0

    def add(self, row: dict[str, Any]) -> None:
        """Append a row."""
        self._file.write((dump_json(row) + "\n").encode())
        self._count += 1

    def commit(self) -> None:
        """Give the file its name."""
        self._file.commit()

    def discard(self) -> None:
        """Leave no trace of a run that stopped."""
        self._file.discard()

    def __len__(self) -> int:
        return self._count

    def __contains__(self, row: object) -> bool:
        return any(other == row for other in self)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        with self._file.path.open("rb") as lines:
            for line in lines:
                yield json.loads(line)


def quarantine_row(task: Task, problem: Problem) -> dict[str, Any]:
    """The row of a task that cannot be read."""
    return {
        "id": task.id,
        "path": task.path,
        "line": task.row.line,
        "reason": problem.reason,
        "detail": problem.detail,
        "sha256": task.row.sha256,
    }
