"""Characters as numbers: the class and the lower-case form of every code point, for whole texts at once.

A text becomes an array of code points, and two table look-ups say of each what it is. Code points
beyond the basic plane count as symbols, lone surrogates and NUL too: any ``str`` has an answer.

>>> codes = read_codes("Xi: 3!")
>>> [CLASS_NAMES[c] for c in classify(codes)]
['upper', 'lower', 'colon', 'space', 'digit', 'terminal']
"""

import re
import unicodedata
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.core.text import CJK

Codes = npt.NDArray[np.uint32]
Classes = npt.NDArray[np.uint8]

CLASS_NAMES: Final = [
    "upper",
    "lower",
    "letter",
    "digit",
    "mark",
    "cjk",
    "terminal",
    "comma",
    "colon",
    "quote",
    "bracket",
    "dash",
    "separator",
    "symbol",
    "space",
]
(
    UPPER,
    LOWER,
    LETTER,
    DIGIT,
    MARK,
    CJK_CHAR,
    TERMINAL,
    COMMA,
    COLON,
    QUOTE,
    BRACKET,
    DASH,
    SEPARATOR,
    SYMBOL,
    SPACE,
) = range(15)
LAST_WORD_CLASS: Final = CJK_CHAR  # classes up to this one make words

_SPECIAL: Final = {
    **dict.fromkeys(".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964\u0965\u037e\u1362\u104b", TERMINAL),
    **dict.fromkeys(",;\u3001\uff0c\uff1b\u060c\u061b", COMMA),
    **dict.fromkeys(":\uff1a", COLON),
    **dict.fromkeys(
        "\"'\u00ab\u00bb\u2039\u203a\u300c\u300d\u300e\u300f\u2018\u2019\u201a\u201c\u201d\u201e`\u00b4",
        QUOTE,
    ),
    **dict.fromkeys(
        "|/\\\u00b7\u2022\u2023\u25cf\u25aa\u25a0\u25b6\u25ba>*#_=~+<\u2190\u2192\u2191\u2193", SEPARATOR
    ),
    **dict.fromkeys(
        "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u200b\u200c\u200d\u200e\u200f\u00ad\u2060\ufeff", SPACE
    ),
}
_BY_CATEGORY: Final = {
    "Lu": UPPER, "Lt": UPPER, "Ll": LOWER, "Lo": LETTER, "Lm": LETTER, "Nd": DIGIT, "Nl": DIGIT, "No": DIGIT,
    "Mn": MARK, "Mc": MARK, "Pi": QUOTE, "Pf": QUOTE, "Ps": BRACKET, "Pe": BRACKET, "Pd": DASH,
    "Zs": SPACE, "Zl": SPACE, "Zp": SPACE,
}  # fmt: skip


@cache
def _class_table() -> Classes:
    table = np.full(0x10000, SYMBOL, dtype=np.uint8)
    cjk = re.compile(f"[{CJK}]")
    for code in range(0xFFFF):
        character = chr(code)
        if cjk.match(character):
            table[code] = CJK_CHAR
        else:
            table[code] = _SPECIAL.get(character, _BY_CATEGORY.get(unicodedata.category(character), SYMBOL))
    return table


@cache
def _lower_table() -> Codes:
    table = np.arange(0x10000, dtype=np.uint32)
    for code in range(0xFFFF):
        lower = chr(code).lower()
        if len(lower) == 1:
            table[code] = ord(lower)
    digits = _class_table() == DIGIT
    table[digits] = ord("0")
    table[0xFFFF] = 0
    return table


def read_codes(text: str) -> Codes:
    """The code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def classify(codes: Codes) -> Classes:
    """The class of each code point."""
    return _class_table().take(codes, mode="clip")


def lower(codes: Codes) -> Codes:
    """Lower-case forms, every digit a zero; whatever lies beyond the basic plane is one and the same."""
    return _lower_table().take(codes, mode="clip")
