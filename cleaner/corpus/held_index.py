"""An index in the hands of a run: looked at before any work, read in one moment, written at the end.

A run that will write holds the index for itself from beginning to end, so that of two such runs the
second stops before any work. Runs that only read share it, and none of them holds it longer than it
takes to look paragraphs up.
"""

import contextlib
import os
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from cleaner.corpus.duplicates import Snapshot
from cleaner.corpus.index import CorpusIndex, Entries, IndexBusy
from cleaner.errors import CleanerError

PATIENCE = 60.0  # seconds that a run waits for another one to look its paragraphs up


class HeldIndex:
    """An index that a run reads and, with ``writes``, adds itself to. Raises CleanerError before any work."""

    def __init__(self, path: Path, *, writes: bool) -> None:
        self.path = path
        self.writes = writes
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        if self.writes:
            self._lock = _lock(self.path)
        try:
            if self.writes and not self.path.exists():
                if not self.path.absolute().parent.is_dir():
                    raise CleanerError(f"{self.path}: its folder does not exist; make it first")
                return self
            with self._open():
                return self
        except BaseException:
            self._release()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            _lock_path(self.path).unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def _open(self) -> CorpusIndex:
        return _open_patiently(self.path, writable=False)

    @contextmanager
    def open_snapshot(self, names: Collection[str]) -> Iterator[Snapshot | None]:
        """The index without the entries of these documents; None where it is still to be made."""
        if not self.path.exists() and self.writes:
            yield None
            return
        with self._open() as index:
            yield index.snapshot(names)

    def update(self, entries: Iterable[Entries], names: Iterable[str]) -> None:
        """Add a run in one commit; a new index appears under its name only when it is complete."""
        if self.path.exists():
            with _open_patiently(self.path, writable=True) as index:
                index.update(entries, names)
            return
        partial = self.path.with_name(f".{self.path.name}.part")
        partial.unlink(missing_ok=True)
        with CorpusIndex(partial, writable=True) as index:
            index.update(entries, names, in_portions=True)
        partial.replace(self.path)


@contextmanager
def hold_index(path: Path | None, *, writes: bool = False) -> Iterator[HeldIndex | None]:
    """The index at a path, held; None where no path is given."""
    if path is None:
        yield None
        return
    with HeldIndex(path, writes=writes) as index:
        yield index


def _open_patiently(path: Path, *, writable: bool) -> CorpusIndex:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return CorpusIndex(path, writable=writable)
        except IndexBusy:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def _lock_path(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


def _lock(path: Path) -> IO[bytes] | None:
    """Hold the index for one writing run. Raises CleanerError where another one has it."""
    lock = _lock_path(path)
    try:
        import fcntl
    except ImportError:
        return None
    while True:
        try:
            file = lock.open("ab")
        except OSError as error:
            raise CleanerError(f"{path}: cannot be written beside ({error.strerror})") from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise CleanerError(
                f"{path}: in use by another run that will update it; wait for it to end"
            ) from None
        # The run before may have taken the file away between our opening and locking it.
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), lock.stat()):
                return file
        file.close()
