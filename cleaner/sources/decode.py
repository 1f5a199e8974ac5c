"""Bytes to text, and back to the same bytes.

Decoding is no edit: the byte order mark, uniform CRLF line ends and single stray bytes are kept
beside the text, and :func:`encode` restores the bytes from them.
"""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.errors import UnreadableError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
MOST_STRAY_SHARE = 0.005  # of the bytes: more is not UTF-8 with a slip, but another encoding
MOST_STRAY = 200
_STRAY_ENCODING = "cp1252"
# Pages that say Latin-1 or ASCII are read as cp1252 everywhere; so are its Asian kin.
_WEB_NAMES = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "tis-620": "cp874",
}  # fmt: skip
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\f\r\x1b")
_ESCAPED_RE = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read. ``stray`` holds (offset in code points, byte as hex) pairs.

    ``reversible`` is ``bytes`` where :func:`encode` gives the bytes back, else ``text``.
    """

    text: str
    encoding: str
    bom: bool = False
    newline: str = "\n"
    stray: tuple[tuple[int, str], ...] = ()
    guessed: bool = False
    reversible: str = "bytes"


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Read bytes as text: byte order mark, UTF-8, UTF-8 with single stray bytes, the charset that the source
    declares, then a detected one.

    Raises UnreadableError for what is no text: NUL bytes without a byte order mark of UTF-16 or 32, or
    bytes that no charset explains.

    >>> decode(b"It\\x92s here").text, decode(b"It\\x92s here").stray
    ('It\u2019s here', ((2, '92'),))
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                text = content[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError("encoding", f"byte order mark says {encoding}, but: {error}") from None
            return _checked(content, text, encoding, bom=True)
    if b"\x00" in content or _is_escaped(content):
        raise UnreadableError("binary", "holds NUL or control bytes; not a text file")
    try:
        return _checked(content, content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    text, stray = _decode_mostly_utf8(content)
    if len(stray) <= max(1, min(MOST_STRAY, MOST_STRAY_SHARE * len(content))) and _has_multibyte(
        content, stray
    ):
        return _checked(content, text, "utf-8", stray=stray)
    return (declared and _decode_declared(content, declared)) or _decode_detected(content)


def describe_decoding(decoded: Decoded) -> str | None:
    """What a person should know of how a record's bytes were read; None for plain UTF-8.

    >>> describe_decoding(decode(b"It\\x92s here"))
    'stray bytes that are no UTF-8, read as cp1252: 92'
    """
    if decoded.stray:
        return f"stray bytes that are no UTF-8, read as cp1252: {' '.join(byte for _, byte in decoded.stray)}"
    return f"no UTF-8, read as {decoded.encoding}" if decoded.guessed else None


def _is_escaped(content: bytes) -> bool:
    """More than one in fifty control bytes that no text uses."""
    head = content[:4096]
    return (len(head) - len(head.translate(None, _CONTROLS))) * 50 > len(head)


def _has_multibyte(content: bytes, stray: tuple[tuple[int, str], ...]) -> bool:
    """UTF-8 proves itself by sequences that are valid; plain ASCII around one stray byte will do, too."""
    return len(stray) == 1 or sum(byte >= 0xC2 for byte in content) > 2 * len(stray)


def _decode_mostly_utf8(content: bytes) -> tuple[str, tuple[tuple[int, str], ...]]:
    """UTF-8 in which each byte that fits nowhere is read as cp1252 and named."""
    text = content.decode("utf-8", "surrogateescape")
    stray = tuple(
        (match.start(), f"{ord(match.group()) - 0xDC00:02x}") for match in _ESCAPED_RE.finditer(text)
    )
    return _ESCAPED_RE.sub(lambda match: _read_stray(ord(match.group()) - 0xDC00), text), stray


def _read_stray(byte: int) -> str:
    return bytes([byte]).decode(_STRAY_ENCODING, "replace")


def _decode_declared(content: bytes, declared: str) -> Decoded | None:
    """The text in the declared charset, as the web reads its name; None where it is unknown or does not fit."""
    label = declared.strip().strip("\"'").lower()
    encoding = _WEB_NAMES.get(label, label)
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            return None
        return _checked(content, content.decode(encoding), encoding)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _decode_detected(content: bytes) -> Decoded:
    import chardet

    # The superset mapping would turn ISO-8859-5 and others into charsets that are none.
    found = chardet.detect(content, prefer_superset=False)
    encoding = found.get("encoding")
    if encoding:
        try:
            return _checked(content, content.decode(encoding), encoding.lower(), guessed=True)
        except (UnicodeDecodeError, LookupError):
            pass
    try:
        return _checked(content, content.decode(_STRAY_ENCODING), _STRAY_ENCODING, guessed=True)
    except UnicodeDecodeError:
        raise UnreadableError("encoding", "no charset explains these bytes") from None


def _checked(
    content: bytes,
    text: str,
    encoding: str,
    *,
    bom: bool = False,
    stray: tuple[tuple[int, str], ...] = (),
    guessed: bool = False,
) -> Decoded:
    """Fold uniform CRLF into ``newline`` and prove that the bytes can be restored."""
    newline = "\n"
    breaks = text.count("\r\n")
    if breaks and breaks == text.count("\n") == text.count("\r"):
        newline = "\r\n"
        stray = tuple((offset - text.count("\r\n", 0, offset), byte) for offset, byte in stray)
        text = text.replace("\r\n", "\n")
    decoded = Decoded(text, encoding, bom, newline, stray, guessed)
    if _encode_or_none(decoded) == content:
        return decoded
    return Decoded(text, encoding, bom, newline, stray, guessed, reversible="text")


def _encode_or_none(decoded: Decoded) -> bytes | None:
    try:
        return encode(
            decoded.text, decoded.encoding, bom=decoded.bom, newline=decoded.newline, stray=decoded.stray
        )
    except UnicodeEncodeError:
        return None


def encode(
    text: str,
    encoding: str = "utf-8",
    *,
    bom: bool = False,
    newline: str = "\n",
    stray: Iterable[tuple[int, str]] = (),
) -> bytes:
    """The bytes that :func:`decode` read a text from.

    Raises UnicodeEncodeError where the text does not fit the encoding.
    """
    pieces: list[bytes] = [next(mark for mark, name in _BOMS if name == encoding)] if bom else []
    position = 0
    for offset, byte in stray:
        pieces.append(text[position:offset].replace("\n", newline).encode(encoding))
        pieces.append(bytes.fromhex(byte))
        position = offset + 1
    pieces.append(text[position:].replace("\n", newline).encode(encoding))
    return b"".join(pieces)
