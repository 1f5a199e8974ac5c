"""Which lines ftfy could change: an exact test, many times faster than asking ftfy.

ftfy asks one large expression (``ftfy.badness.BADNESS_RE``) of every line, at some 5 MB/s. Each of
its matches is at most seven characters long and holds a character that ordinary text rarely has, or
has only between plain neighbours. So the text is searched once for such characters, and ftfy's own
expression is asked of the few characters around each. The claim is tied to the expression that it
was checked against; for any other, ftfy is asked of the whole line.
"""

import hashlib
import re

from ftfy.badness import BADNESS_RE, MOJIBAKE_CATEGORIES, is_bad

CHECKED_PATTERN_SHA256 = "9dcc0f2ac90d9ae3c85eb7b9b2c0b8a8e8126153847c2b30c91a0bb263f3b8c4"
GATE_HOLDS = (
    hashlib.sha256(BADNESS_RE.pattern.encode("utf-8", "surrogatepass")).hexdigest() == CHECKED_PATTERN_SHA256
)

# The longest match is seven characters, so six on either side of any of its characters hold it.
_REACH = 6

_C = MOJIBAKE_CATEGORIES
# Every match holds one of these ...
_STRONG = (
    _C["c1"]
    + _C["bad"]
    + _C["box"]
    + _C["currency"]
    + _C["numeric"]
    + _C["law"]
    + (
        "\N{LATIN CAPITAL LIGATURE OE}\N{LATIN SMALL LIGATURE OE}\N{DEGREE SIGN}"
        "\N{LATIN CAPITAL LETTER U WITH GRAVE}"
        "\N{CYRILLIC CAPITAL LETTER DJE}"
    )
)
# ... or one of these beside another character that is not plain.
_WEAK = _C["start_punctuation"] + _C["end_punctuation"] + _C["upper_accented"]
# Capitals around a quotation mark that mojibake of Cyrillic and Greek shows.
_CAPITALS = "\u0412\u0413\u0420\u0421\u0392\u0393\u039e\u039f"
_BESIDE = _WEAK + _C["lower_accented"] + _C["kaomoji"] + _CAPITALS
_BEFORE = _BESIDE + _C["lower_common"]
_AFTER = _BESIDE + _C["common"]
_A_WITH_HAT = "\N{LATIN CAPITAL LETTER A WITH TILDE}\N{LATIN CAPITAL LETTER A WITH CIRCUMFLEX}"

TRIGGERS = f"{_STRONG}{_WEAK}"
TRIGGER_TAIL = f"(?:(?<=[{_STRONG}])|(?=[{_AFTER}])|(?<=[{_BEFORE}].)|(?<=[{_A_WITH_HAT}])(?= ))"
TRIGGER_RE = re.compile(f"[{TRIGGERS}]{TRIGGER_TAIL}", re.DOTALL)


def looks_like_mojibake(line: str) -> bool:
    """What ``ftfy.badness.is_bad`` says of a line without a line break, sooner."""
    if line.isascii():
        return False
    if not GATE_HOLDS:
        return is_bad(line)
    return any(is_bad_around(line, match.start()) for match in TRIGGER_RE.finditer(line))


def is_bad_around(line: str, position: int) -> bool:
    """Whether ftfy finds mojibake that holds the character at ``position``."""
    start = max(0, position - _REACH)
    return BADNESS_RE.search(line, start, position + _REACH + 1) is not None
