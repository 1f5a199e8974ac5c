"""WARC and WET: pages and texts of crawls. The framing is read here, so that records before a tear survive."""

import io
import re
from collections.abc import Callable, Iterator

from cleaner.errors import UnreadableError
from cleaner.formats.http import read_response
from cleaner.formats.rows import Row, bad_row, hash_bytes
from cleaner.formats.streams import BLOCK

_CHARSET_RE = re.compile(r"charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_LONGEST_HEADER = 1 << 16
# Reasons for which a record is no document at all: an error page or a redirect, a picture.
_NO_PAGE = frozenset({"status", "media"})
_NO_DOCUMENTS = frozenset({"warcinfo", "request", "metadata", "revisit", "continuation"})


def read_warc(stream: io.BufferedReader, limit: int, pass_over: Callable[[str], None]) -> Iterator[Row]:
    """A row for each record that is a document: a page, a text conversion (WET), or a text resource.

    ``pass_over`` is told what every other record with a content is, such as a picture or a redirect. Raises
    UnreadableError where the framing breaks.
    """
    number = 0
    while (headers := _read_headers(stream)) is not None:
        size = _size_of(headers)
        kind = headers.get("warc-type", "")
        if kind in _NO_DOCUMENTS:
            _skip(stream, size)
            continue
        number += 1
        if size > limit:
            _skip(stream, size)
            error = UnreadableError("too-large", f"{size:,} bytes; --max-size sets the bound")
            yield bad_row(error, number)
            continue
        content = _read_exactly(stream, size)
        body, declared = content, headers.get("content-type", "")
        try:
            if kind == "response" and declared.lower().startswith("application/http"):
                body, declared = read_response(content, limit)
            media, _, parameters = declared.partition(";")
            media = media.strip().lower()
            if media not in PAGE_TYPES and not media.startswith("text/plain"):
                raise UnreadableError("media", f"a {kind} of type {media or 'unknown'}")
        except UnreadableError as error:
            if error.reason in _NO_PAGE:
                pass_over(error.detail)
            else:
                yield bad_row(error, number, None, hash_bytes(content))
            continue
        charset = _CHARSET_RE.search(parameters)
        fields: dict[str, object] = {
            "text": body,
            "charset": charset[1] if charset else None,
            "html": media in PAGE_TYPES,
        }
        names = {"warc-target-uri": "url", "warc-record-id": "id", "warc-date": "crawled"}
        fields |= {name: headers[key] for key, name in names.items() if key in headers}
        yield Row(fields, hash_bytes(content), number)


def _read_headers(stream: io.BufferedReader) -> dict[str, str] | None:
    """The headers of the next record, with names in small letters; None at the end."""
    line = stream.readline(_LONGEST_HEADER)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(_LONGEST_HEADER)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise UnreadableError("warc", "no WARC record where one should begin")
    headers: dict[str, str] = {}
    while (line := stream.readline(_LONGEST_HEADER)) not in (b"\r\n", b"\n"):
        if not line.endswith(b"\n"):
            raise UnreadableError("truncated", "ends within the head of a record")
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers[name.strip().lower()] = value.strip()
    return headers


def _size_of(headers: dict[str, str]) -> int:
    size = headers.get("content-length", "")
    if not (size.isascii() and size.isdigit()):
        raise UnreadableError("warc", "a record without a Content-Length")
    return int(size)


def _read_exactly(stream: io.BufferedReader, size: int) -> bytes:
    pieces = []
    while size > 0:
        content = stream.read1(min(size, BLOCK))
        if not content:
            raise UnreadableError("truncated", "ends within a record")
        pieces.append(content)
        size -= len(content)
    return b"".join(pieces)


def _skip(stream: io.BufferedReader, size: int) -> None:
    while size > 0:
        content = stream.read1(min(size, BLOCK))
        if not content:
            raise UnreadableError("truncated", "ends within a record")
        size -= len(content)
