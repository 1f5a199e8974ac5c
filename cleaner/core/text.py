"""Views of a text: lines with folded keys, sentences of a long line, words.

Lines are split at ``"\\n"`` only: :meth:`str.splitlines` also breaks at U+2028, form feeds and
others, which would shift every offset behind them.
"""

import re
import unicodedata
from itertools import islice
from typing import NamedTuple

# A word is a run of letters and digits with its combining marks; a CJK character is a word of its own.
CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
CJK_RE = re.compile(f"[{CJK}]")
WORD_RE = re.compile(rf"[{CJK}]|(?:[^\W_{CJK}][\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e]*)+")

# Where a text holds none of these, a simpler pattern finds the same words in less than half the time.
_CJK_OR_MARK_RE = re.compile(rf"[{CJK}\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e]")
_PLAIN_WORD_RE = re.compile(r"[^\W_]+")

_LONG_LINE = 2000  # code points; shorter ones are counted faster as a whole

# Replaced one after the other, which is faster than a translation table.
_FOLD = (
    *(
        (char, "'")
        for char in "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{PRIME}`\N{ACUTE ACCENT}"
    ),
    *(
        (char, '"')
        for char in "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"
    ),
    *(
        (char, "-")
        for char in "\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{HORIZONTAL BAR}"
    ),
    # Invisible characters: soft hyphen, zero-width space and joiners, directional marks, byte order mark.
    *((char, "") for char in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"),
)
# What stands around a label without being part of it: bullets, arrows, separators, brackets, full stops.
_EDGES = " \t*\N{BULLET}\N{MIDDLE DOT}|\N{BROKEN BAR}<>\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}" + (
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\N{RIGHTWARDS ARROW}\N{LEFTWARDS ARROW}\N{DOWNWARDS ARROW}"
    "\N{UPWARDS ARROW}\N{BLACK RIGHT-POINTING TRIANGLE}\N{BLACK RIGHT-POINTING POINTER}\N{BLACK CIRCLE}"
    "\N{BLACK SQUARE}-_=+~#/\\:;.,!()[]{}\N{IDEOGRAPHIC FULL STOP}\N{IDEOGRAPHIC COMMA}"
    "\N{LEFT BLACK LENTICULAR BRACKET}\N{RIGHT BLACK LENTICULAR BRACKET}\N{DEVANAGARI DANDA}"
    "\N{INVERTED EXCLAMATION MARK}\N{INVERTED QUESTION MARK}\N{ARABIC COMMA}\N{ARABIC FULL STOP}"
    "\N{KATAKANA MIDDLE DOT}\N{BULLSEYE}\N{BLACK UP-POINTING TRIANGLE}\N{BLACK DIAMOND}\N{BLACK STAR}"
)


class Line(NamedTuple):
    """A line of a text: ``text[start:end]`` without its break; ``key`` is folded, only for matching."""

    start: int
    end: int
    text: str
    key: str


def fold(text: str) -> str:
    """The key of a line: compatibility form, case and spaces folded, plain quotes, bare of edge marks.

    >>> fold("  \N{BLACK RIGHT-POINTING TRIANGLE} Share\N{NO-BREAK SPACE}via: ")
    'share via'
    >>> fold("(Advertisement)"), fold("Editors\N{RIGHT SINGLE QUOTATION MARK} Picks")
    ('advertisement', "editors' picks")
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        for char, plain in _FOLD:
            text = text.replace(char, plain)
    return " ".join(fold_case(text).split()).strip(_EDGES)


def fold_case(text: str) -> str:
    """Case folded away, and with it the dots of the Turkish i, which IGNORECASE does not tell apart.

    >>> fold_case("\u0130LG\u0130L\u0130 HABER") == fold_case("ilgili haber")
    True
    """
    folded = text.casefold()
    return folded if folded.isascii() else folded.replace("i\u0307", "i").replace("\u0131", "i")


def split_lines(text: str) -> list[Line]:
    r"""The lines of a text, split at ``"\n"`` only.

    >>> [line.key for line in split_lines("Share via\n\nThe story.")]
    ['share via', '', 'the story']
    """
    lines = []
    start = 0
    for piece in text.split("\n"):
        end = start + len(piece)
        lines.append(Line(start, end, piece, fold(piece)))
        start = end + 1
    return lines


def count_words(text: str) -> int:
    """How many words a text has; a CJK character counts as one.

    >>> count_words("Mr. Xi's three-day visit"), count_words("\u4e2d\u56fd")
    (6, 2)
    """
    is_plain = text.isascii() or _CJK_OR_MARK_RE.search(text) is None
    return len((_PLAIN_WORD_RE if is_plain else WORD_RE).findall(text))


def count_words_up_to(text: str, most: int) -> int:
    """How many words a text has, or ``most`` where it has more: a line may be a book.

    >>> count_words_up_to("Mr. Xi's three-day visit", 10), count_words_up_to("Mr. Xi's three-day visit", 2)
    (6, 2)
    """
    if len(text) <= _LONG_LINE:
        return min(count_words(text), most)
    return sum(1 for _ in islice(WORD_RE.finditer(text), most))


# A sentence ends at its mark, closing quotes and brackets; the next begins with a capital, digit, quote
# or a script without case. Initials ("J.", "U.S.") and common abbreviations do not end one.
_SENTENCE_END_RE = re.compile(
    r"""(?:[.!?\u2026\u0964\u061f\u06d4]+["'\u201d\u2019\u00bb)\]]*(?=\s)|[\u3002\uff01\uff1f]["\u201d\u300d\u300f\uff09]*)\s*""",
    re.VERBOSE,
)
_NO_END_RE = re.compile(
    r"(?:\b\d{1,2}|\b[^\W\d_](?:\.[^\W\d_])*|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|St|Jr|Sr|Inc|Ltd|Co|Corp|vs|etc|No"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Nr|bzw|ca|z\.B|usw|Hr|Fr|M|Mme|Sra?|Dra?|Ud|Uds|np|godz|ul|tzn|dr|hab|\u0433|\u0443\u043b|\u0442|\u0441\u0442\u0440|\u0442\u044b\u0441|\u043c\u043b\u043d|\u0440\u0443\u0431))\.$"
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one line; together they cover it, spaces belong to the one before.

    >>> [("He met Mr. Xi. Share this!")[a:b] for a, b in split_sentences("He met Mr. Xi. Share this!")]
    ['He met Mr. Xi. ', 'Share this!']
    """
    spans = []
    start = 0
    for match in _SENTENCE_END_RE.finditer(text):
        end = match.end()
        if end >= len(text):
            break
        follower = text[end]
        if follower.islower() or follower in ",;:)":
            continue
        if match.group().strip() == "." and _NO_END_RE.search(
            text, max(start, match.start() - 12), match.start() + 1
        ):
            continue
        spans.append((start, end))
        start = end
    if start < len(text):
        spans.append((start, len(text)))
    return spans
