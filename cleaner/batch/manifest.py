"""The folder of a run: its manifest, and the journal that is there while a run is at work.

The journal is lock and memory: who holds it writes; what it lists was written, or begun, by a run that did
not come to its end.
"""

import contextlib
import errno
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cleaner import __version__
from cleaner.api import Cleaner
from cleaner.errors import CleanerError
from cleaner.formats.files import FOLDERS, JOURNAL, GrowingFile, Inputs
from cleaner.packs import describe_rule, shipped_paths
from cleaner.report.ledger import dump_json

MANIFEST = "manifest.json"
_FULL = (errno.ENOSPC, errno.EDQUOT)
_MOST_HEAD = 100_000  # lines before the inputs
_NAME_MARK = b'   "name": '
# At the outermost level: nowhere else does a raw line break stand before one space.
_NO_INPUTS = '\n "inputs": [],'
INCOMING = ("documents", "duplicates_left_out", "quarantined")  # what became of what came in


class RunFolder:
    """OUT, held by one run at a time. Raises CleanerError where another run holds it."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.path = out / JOURNAL
        self.names: set[str] = set()
        self.receipts: dict[int, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        try:
            self.out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            if error.errno in _FULL:
                raise
            raise CleanerError(
                f"{self.out}: cannot be made ({error.strerror}); choose another with -o"
            ) from None
        self._file = self._lock()
        rows = list(_rows_of(self.path.read_bytes()))
        if rows:
            _remove_partials(self.out)
        self.names = {row["name"] for row in rows if "name" in row}
        names = _read_names(self.out / MANIFEST)
        if names is None:
            manifest = _manifest_or_empty(self.out)
            if manifest.get("to", "tree") == "tree":
                self.names.update(row["name"] for row in manifest.get("inputs", ()))
            else:
                self.receipts = _receipts_of(self.out, manifest)
        else:
            self.names.update(names)
        self.receipts.update({row["part"]: row for row in rows if "part" in row})
        # A torn last line must not tear the next one.
        self._append("\n{}\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.path.unlink()
        with contextlib.suppress(OSError):
            self._file.close()

    def note_names(self, names: Iterable[str]) -> None:
        """Remember outputs that are about to be written."""
        self._append("".join(dump_json({"name": name}) + "\n" for name in names))

    def note_part(self, receipt: Mapping[str, Any]) -> None:
        """Remember a shard that is complete."""
        self._append(dump_json(receipt) + "\n")

    def _append(self, text: str) -> None:
        os.write(self._file.fileno(), text.encode("utf-8", "surrogateescape"))

    def _lock(self) -> Any:
        while True:
            file = self.path.open("ab")
            try:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except ImportError:
                return file
            except OSError:
                file.close()
                raise CleanerError(
                    f"{self.out}: another run is writing there; wait for it or choose another"
                ) from None
            # The run before may have taken the file away between our opening and locking it.
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(file.fileno()), self.path.stat()):
                    return file
            file.close()


def _rows_of(content: bytes) -> Iterator[dict[str, Any]]:
    for line in content.splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict):
            yield row


def _remove_partials(out: Path) -> None:
    """Remove what a killed run left half-written."""
    for folder in (out, *(out / name for name in FOLDERS)):
        paths = folder.glob(".*.part") if folder == out else folder.rglob(".*.part")
        for path in list(paths):
            path.unlink()


def _read_names(path: Path) -> list[str] | None:
    """The names in the manifest of a tree, line by line, as :func:`write_manifest` lays it out: there may be millions.

    None for the manifest of shards, and for one that has another layout.
    """
    try:
        with path.open("rb") as lines:
            for line in islice(lines, _MOST_HEAD):
                if line.startswith(b' "to": '):
                    return None
                if line.startswith(b' "inputs": ['):
                    return [
                        json.loads(line[len(_NAME_MARK) :].rstrip(b",\n"))
                        for line in lines
                        if line.startswith(_NAME_MARK)
                    ]
            return None
    except (OSError, ValueError):
        return None


def _manifest_or_empty(out: Path) -> dict[str, Any]:
    try:
        manifest = read_manifest(out)
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest.get("inputs"), list) else {}


def _receipts_of(out: Path, manifest: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """The receipts of a finished run's shards, each with its rows of the quarantine."""
    try:
        lines = (out / "quarantine.jsonl").read_bytes().splitlines()
        receipts = {}
        for receipt in manifest["parts"]:
            count = receipt["quarantined"]
            receipts[receipt["part"]] = {
                **receipt,
                "quarantine": [json.loads(line) for line in lines[:count]],
            }
            del lines[:count]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return receipts


def read_manifest(out: Path) -> dict[str, Any]:
    """The manifest of a run. Raises OSError or ValueError where there is none that can be read."""
    manifest: dict[str, Any] = json.loads((out / MANIFEST).read_bytes())
    return manifest


def read_finished_manifest(out: Path) -> dict[str, Any]:
    """The manifest of a run that came to its end. Raises CleanerError where there is none."""
    if (out / JOURNAL).is_file():
        raise CleanerError(f"{out}: holds a run that is not finished; give the same clean command again")
    try:
        manifest = read_manifest(out)
        manifest["inputs"]
    except (OSError, ValueError, KeyError, TypeError):
        raise CleanerError(f"{out}: holds no manifest.json of a run") from None
    return manifest


def write_manifest(
    out: Path,
    cleaner: Cleaner,
    inputs: Inputs,
    rows: Iterable[Mapping[str, Any]],
    totals: Mapping[str, int],
    reading: Mapping[str, Any] | None = None,
) -> None:
    """Write what stands in ``out``; ``reading`` holds what only runs over records have.

    Rows are written one by one: there may be millions.
    """
    shipped = shipped_paths()
    manifest = {
        "schema": 1,
        "version": __version__,
        "settings": asdict(cleaner.settings),
        "rules": cleaner.rules_hash,
        "packs": [
            {
                "name": _pack_label(pack.name),
                "version": pack.version,
                "sha256": pack.sha256,
                # What does not ship with the program is told here, so that the report can show it.
                **({} if pack.name in shipped else {"rules": {r.id: describe_rule(r) for r in pack.rules}}),
            }
            for pack in cleaner.packs
        ],
        **(reading or {}),
        "inputs": [],
        "skipped": [skipped._asdict() for skipped in inputs.skipped],
        "totals": {"in": sum(totals[name] for name in INCOMING), **totals},
    }
    head, tail = (dump_json(manifest, indent=1) + "\n").split(_NO_INPUTS)
    file = GrowingFile(out / MANIFEST)
    try:
        file.write(f'{head}\n "inputs": ['.encode())
        mark, end = "\n", "]"
        for row in rows:
            lines = dump_json(row, indent=1).split("\n")
            file.write((mark + "\n".join(f"  {line}" for line in lines)).encode())
            mark, end = ",\n", "\n ]"
        file.write(f"{end},{tail}".encode())
        file.commit()
    finally:
        file.discard()


def _pack_label(name: str) -> str:
    """A pack's name without the folders of the machine that it was read on."""
    return Path(name).name if name.endswith(".toml") else name
