"""Inputs named by URL (s3://, gs://, hf://, memory://), listed and read through fsspec."""

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from cleaner.errors import CleanerError


class Size(NamedTuple):
    """What is asked of a file's status."""

    st_size: int


class RemoteFile(NamedTuple):
    """A file that is no local path; it is read like one."""

    filesystem: Any
    location: str

    def __str__(self) -> str:
        return str(self.filesystem.unstrip_protocol(self.location))

    def stat(self) -> Size:
        """How large it is."""
        return Size(int(self.filesystem.size(self.location) or 0))

    def open(self, mode: str = "rb") -> BinaryIO:
        """The file as a stream."""
        file: BinaryIO = self.filesystem.open(self.location, mode)
        return file

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
        filesystem, root = url_to_fs(url)
        if filesystem.isdir(root):
            found = {path: path[len(root) :].strip("/") for path in filesystem.find(root)}
        else:
            matches = filesystem.glob(root) if "*" in root else [root] if filesystem.exists(root) else []
            found = {path: path.rpartition("/")[2] for path in matches}
    except (ImportError, ValueError, OSError) as error:
        raise CleanerError(f"{url}: cannot be listed ({error})") from None
    if not found:
        raise CleanerError(f"{url}: no such file or folder")
    for path in sorted(found):
        yield found[path], RemoteFile(filesystem, path)
