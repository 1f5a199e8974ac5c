"""Bytes to text and back: what is recognised, what is repaired and told, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import UnreadableError
from cleaner.sources.decode import Decoded, decode, describe_decoding, encode

FRENCH = "L'\u00e9t\u00e9 dernier, la mairie a ferm\u00e9 la piscine apr\u00e8s un d\u00e9bat tr\u00e8s anim\u00e9."
RUSSIAN = (
    "\u0421\u043e\u0432\u0435\u0442 \u0437\u0430\u043a\u0440\u044b\u043b \u0441\u0442\u0430\u0440\u0443\u044e "
    "\u0431\u0430\u043d\u044e. "
)


def back(decoded: Decoded) -> bytes:
    return encode(
        decoded.text, decoded.encoding, bom=decoded.bom, newline=decoded.newline, stray=decoded.stray
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding):
    decoded = decode(FRENCH.encode(encoding))
    assert (decoded.text, decoded.bom, decoded.guessed) == (FRENCH, True, False)
    assert back(decoded) == FRENCH.encode(encoding)


@pytest.mark.parametrize(
    "content",
    [
        b"One\x00two",
        "One.".encode("utf-16-le"),
        b"\x89PNG\r\n\x1a\n" + bytes(range(1, 9)) * 9,
        b"\xff\xfe\x00\xd8",
    ],
    ids=["NUL", "UTF-16 without a mark", "control bytes", "half a surrogate pair"],
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(UnreadableError):
        decode(content)


def test_stray_bytes_are_repaired_named_and_restored():
    content = "It\u2019s a caf\u00e9. ".encode() * 60 + b"It\x92s\x85 here.\r\n"
    decoded = decode(content)
    assert decoded.encoding == "utf-8"
    assert [byte for _, byte in decoded.stray] == ["92", "85"]
    assert [decoded.text[offset] for offset, _ in decoded.stray] == ["\u2019", "\u2026"]
    assert back(decoded) == content
    assert "92 85" in describe_decoding(decoded)


def test_the_declared_charset_comes_before_a_guess():
    decoded = decode(RUSSIAN.encode("koi8-r"), "KOI8-R")
    assert (decoded.text, decoded.guessed, decoded.reversible) == (RUSSIAN, False, "bytes")
    assert back(decoded) == RUSSIAN.encode("koi8-r")


def test_latin1_is_read_as_browsers_read_it():
    assert decode(b"caf\xe9 \x96 d\xe9j\xe0 vu \xe0 l'\xe9cole", "ISO-8859-1").text[5] == "\N{EN DASH}"


@pytest.mark.parametrize("declared", ["no-such-charset", "hex", "utf-8", "ascii\x00", ""])
def test_a_declaration_that_does_not_fit_is_no_harm(declared):
    decoded = decode(FRENCH.encode("cp1252"), declared)
    assert (decoded.text, decoded.guessed) == (FRENCH, True)


def test_utf8_wins_over_a_wrong_declaration():
    assert decode(FRENCH.encode(), "iso-8859-1").text == FRENCH


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1252", FRENCH), ("cp1251", RUSSIAN), ("iso-8859-5", RUSSIAN), ("koi8-r", RUSSIAN)],
)
def test_a_charset_is_detected_and_flagged(encoding, text):
    decoded = decode((text * 6).encode(encoding))
    assert (decoded.text, decoded.guessed) == (text * 6, True)
    assert describe_decoding(decoded).startswith("no UTF-8, read as")


def test_mixed_line_ends_stay_in_the_text_and_uniform_ones_do_not():
    assert decode(b"a\r\nb\r\n").text == "a\nb\n"
    assert decode(b"a\r\nb\nc\rd").text == "a\r\nb\nc\rd"


@given(st.binary(max_size=300), st.sampled_from([None, "cp1252", "koi8-r", "shift_jis", "utf-7"]))
def test_bytes_come_back_or_it_is_said_that_they_do_not(content, declared):
    try:
        decoded = decode(content, declared)
    except UnreadableError:
        return
    if decoded.reversible == "bytes":
        assert back(decoded) == content
