"""Files as streams of bytes: counted, hashed, decompressed, and bounded against decompression bombs."""

import bz2
import gzip
import hashlib
import io
import lzma
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from cleaner.errors import UnreadableError

BLOCK = 1 << 16
BOMB_FLOOR = 256_000_000  # bytes that any file may unpack to
BOMB_RATIO = 300  # beyond them, how many bytes one packed byte may become
_MAGIC = (
    (b"\x1f\x8b", "gz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
)
COMPRESSED_SUFFIXES = (".gz", ".zst", ".bz2", ".xz")


class CountedFile(io.RawIOBase):
    """The bytes of an open file, as they are: how many were read, and their hash."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.position = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._file.read(len(buffer))
        self._hash.update(content)
        self.position += len(content)
        buffer[: len(content)] = content
        return len(content)

    def finish(self) -> str:
        """Read what is left; the SHA-256 of all bytes, in hex."""
        while content := self._file.read(BLOCK * 16):
            self._hash.update(content)
            self.position += len(content)
        return self._hash.hexdigest()


class _Unpacked(io.RawIOBase):
    """What a packed stream holds. Every way in which it can be broken becomes an UnreadableError.

    Bytes before the break are given out first.
    """

    def __init__(self, packed: CountedFile, read: Callable[[int], bytes], kind: str) -> None:
        self._packed = packed
        self._read = read
        self._kind = kind
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            content = self._read(len(buffer))
        except EOFError:
            raise UnreadableError("truncated", f"the {self._kind} stream ends before its end mark") from None
        except (OSError, zlib.error, lzma.LZMAError, ValueError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise UnreadableError("damaged", f"the {self._kind} stream cannot be unpacked: {error}") from None
        self._count += len(content)
        if self._count > BOMB_FLOOR and self._count > BOMB_RATIO * self._packed.position:
            raise UnreadableError("bomb", f"unpacks to more than {BOMB_RATIO} times its size")
        buffer[: len(content)] = content
        return len(content)


def open_stream(counted: CountedFile) -> "io.BufferedReader[Any]":
    """A buffered reader of a file's content, unpacked where it begins like gzip, zstd, bzip2 or xz."""
    packed: io.BufferedReader[Any] = io.BufferedReader(counted, BLOCK)
    kind = next((name for magic, name in _MAGIC if packed.peek(6).startswith(magic)), None)
    if kind is None:
        return packed
    return io.BufferedReader(_Unpacked(counted, _unpacker(packed, kind), kind), BLOCK)


def _unpacker(packed: io.BufferedReader, kind: str) -> Callable[[int], bytes]:
    # read1 and not read: bytes that were unpacked before an error must not be lost with it.
    if kind == "gz":
        return gzip.GzipFile(fileobj=packed).read1
    if kind == "bz2":
        return bz2.BZ2File(packed).read1
    if kind == "xz":
        return lzma.LZMAFile(packed).read1
    return _zstd_unpacker(packed)


def _zstd_unpacker(packed: io.BufferedReader) -> Callable[[int], bytes]:
    zstd = _import_zstd()
    file = zstd.ZstdFile(packed)

    def read(size: int) -> bytes:
        try:
            content: bytes = file.read1(size)
        except zstd.ZstdError as error:
            raise ValueError(str(error)) from None
        return content

    return read


def _import_zstd() -> Any:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    raise UnreadableError("missing-extra", "zstd needs the extra: pip install 'article-cleaner[zstd]'")
