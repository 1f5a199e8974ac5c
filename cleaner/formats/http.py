"""An HTTP response as a crawl keeps it: its head, and its body out of chunks and compression."""

import re
import zlib

from cleaner.errors import UnreadableError

_CHUNK_RE = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]*\r?\n")


def read_response(content: bytes, limit: int) -> tuple[bytes, str]:
    """The body of a response, at most ``limit`` bytes, and its content type.

    Raises UnreadableError for what is no response, no success, or packed in a way that cannot be unpacked.

    >>> read_response(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n<p>One", 100)
    (b'<p>One', 'text/html')
    """
    head, found, body = content.partition(b"\r\n\r\n")
    if not found:
        head, found, body = content.partition(b"\n\n")
    first, *lines = head.decode("latin-1").splitlines() or [""]
    status = first.split(" ")[1:2]
    if not first.startswith("HTTP/") or not status:
        raise UnreadableError("http", "a response without a status line")
    if not status[0].startswith("2"):
        raise UnreadableError("status", f"a response with status {status[0]}")
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _join_chunks(body)
    packed = headers.get("content-encoding", "").lower()
    if packed in ("gzip", "x-gzip", "deflate"):
        body = _unpack(body, limit)
    # Crawlers that unpack bodies often leave the header; then the body is readable as it is.
    elif packed not in ("", "identity") and not body.lstrip().startswith(b"<"):
        raise UnreadableError("http", f"a body packed with {packed}")
    return body, headers.get("content-type", "")


def _join_chunks(body: bytes) -> bytes:
    """The body without the sizes of its chunks; as it is where there are none: a crawler has joined them."""
    pieces: list[bytes] = []
    position = 0
    while (match := _CHUNK_RE.match(body, position)) is not None:
        size = int(match[1], 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[match.end() : match.end() + size])
        position = match.end() + size
        position += 2 if body[position : position + 2] == b"\r\n" else 1
    return b"".join(pieces) or body


def _unpack(body: bytes, limit: int) -> bytes:
    """The unpacked body; as it is where a crawler has unpacked it already."""
    for bits in (47, -15):
        unpacker = zlib.decompressobj(bits)
        try:
            unpacked = unpacker.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(unpacked) > limit:
            raise UnreadableError(
                "too-large", f"unpacks to more than {limit:,} bytes; --max-size sets the bound"
            )
        return unpacked
    if body.lstrip().startswith(b"<"):
        return body
    raise UnreadableError("http", "a packed body that cannot be unpacked")
