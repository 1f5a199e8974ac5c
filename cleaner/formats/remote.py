"""Inputs named by URL (s3://, gs://, hf://, memory://), listed and read through fsspec."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple, cast

from cleaner.errors import CleanerError


class Size(NamedTuple):
    """What is asked of a file's status."""

    st_size: int


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """Libraries for the net have errors of their own; to us a file that cannot be had is an OSError."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}".partition("\n")[0]) from None


class _RemoteStream(io.RawIOBase):
    """A remote file being read."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _as_os_errors():
            content = self._file.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        with _as_os_errors():
            return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


class RemoteFile(NamedTuple):
    """A file that is no local path; it is read like one. Whatever goes wrong is an OSError."""

    filesystem: Any
    location: str

    def __str__(self) -> str:
        return str(self.filesystem.unstrip_protocol(self.location))

    def stat(self) -> Size:
        """How large it is; 0 where the server does not say."""
        with _as_os_errors():
            return Size(int(self.filesystem.size(self.location) or 0))

    def open(self, mode: str = "rb") -> BinaryIO:
        """The file as a stream."""
        with _as_os_errors():
            return cast(BinaryIO, _RemoteStream(self.filesystem.open(self.location, mode)))

    def read_bytes(self) -> bytes:
        """All of it."""
        with self.open() as file:
            return file.read()


def is_remote(given: str) -> bool:
    """Whether an input is a URL.

    >>> is_remote("s3://bucket/articles"), is_remote("articles")
    (True, False)
    """
    return "://" in given


def list_remote(url: str) -> Iterator[tuple[str, RemoteFile]]:
    """The files at a URL, sorted, each with its path below it. Raises CleanerError where there are none."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise CleanerError(f"{url}: URLs need the extra: pip install 'article-cleaner[remote]'") from None
    try:
        with _as_os_errors():
            found, filesystem = _find_members(url_to_fs(url))
    except OSError as error:
        raise CleanerError(f"{url}: cannot be listed ({error})") from None
    if not found:
        raise CleanerError(f"{url}: no such file or folder")
    for path in sorted(found):
        yield found[path], RemoteFile(filesystem, path)


def _find_members(place: tuple[Any, str]) -> tuple[dict[str, str], Any]:
    """The files at a place, with their paths below it: a folder's, those of a glob, or one."""
    filesystem, root = place
    if "*" in root:
        return {path: path.rpartition("/")[2] for path in filesystem.glob(root)}, filesystem
    if filesystem.isfile(root):
        return {root: root.rpartition("/")[2]}, filesystem
    if filesystem.isdir(root):
        return {path: path[len(root) :].strip("/") for path in filesystem.find(root)}, filesystem
    return {}, filesystem
