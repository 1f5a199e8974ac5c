"""Quotation marks, dashes, ellipses and spaces in one form, plain or typographic."""

import re
import unicodedata
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit
from cleaner.stages.alignment import align
from cleaner.stages.builtin import Find

_PLAIN = {
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
}
_PLAIN_QUOTE_RE = re.compile("[\u2018-\u201f]")
_GUILLEMET_RE = re.compile("\xab[ \xa0\u202f]?|[ \xa0\u202f]?\xbb")
_ODD_SPACE_RE = re.compile(r"(?<!\d)[\xa0\u2000-\u200a\u202f]|[\xa0\u2000-\u200a\u202f](?!\d)")
_NUMBER_SIGN_RE = re.compile(
    "([\xaa\xba\xb2\xb3\xb9\xbc-\xbe\u2070-\u2079\u2080-\u2089\u2150-\u218b\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3248-\u325f\u32b1-\u32bf]"
    r"|(?<=\d)[\xa0\u2000-\u200a\u202f](?=\d))"
)
_DASH_RE = re.compile("(?<=\\d)\u2013(?=\\d)| ?[\u2013\u2014] ?")
_TYPEWRITER_DASH_RE = re.compile(r"(?<=\S) -{1,2} (?=\S)|(?<=\w)--(?=\w)")
_MARKS = {
    "de": "\u201e\u201c",
    "cs": "\u201e\u201c",
    "pl": "\u201e\u201d",
    "ru": "\xab\xbb",
    "uk": "\xab\xbb",
    "el": "\xab\xbb",
    "it": "\xab\xbb",
    "sv": "\u201d\u201d",
    "fi": "\u201d\u201d",
}
_DEFAULT_MARKS = "\u201c\u201d"
_APOSTROPHE_RE = re.compile(r"(?<=\w)'(?=\w)|(?<!\w)'(?=\d\ds?\b)|(?<=s)'(?= \w)")
_OPENING_RE = re.compile('(?:^|(?<=[\\s(\\[{\u2013\u2014-]))"(?=\\S)')


def find_odd_spaces(text: str, context: Context) -> Iterator[Edit]:
    """No-break and thin spaces as plain ones; not between digits, not before French marks."""
    for match in _ODD_SPACE_RE.finditer(text):
        french = context.language == "fr" and (
            text[match.end() : match.end() + 1] in tuple(":;!?\xbb%") or text[match.start() - 1] == "\xab"
        )
        if not french:
            yield Edit(*match.span(), " ", (Cause("profile.spaces", "normalise"),))


def find_compatibility_forms(text: str, context: Context) -> Iterator[Edit]:
    """Characters as their compatibility form (NFKC), all but what belongs to a number: 5\xbd is not 51/2."""
    start = 0
    for line in text.split("\n"):
        if not unicodedata.is_normalized("NFKC", line):
            plain = _make_compatible(line)
            for old_start, old_end, new_start, new_end in align(line, plain):
                causes = (Cause("profile.form", "normalise"),)
                yield Edit(start + old_start, start + old_end, plain[new_start:new_end], causes)
        start += len(line) + 1


def _make_compatible(line: str) -> str:
    """The line in NFKC, but for ordinals, superscripts, fractions, numbers in circles and spaces between digits."""
    pieces = _NUMBER_SIGN_RE.split(line)
    return "".join(
        piece if number % 2 else unicodedata.normalize("NFKC", piece) for number, piece in enumerate(pieces)
    )


def find_ellipsis_characters(text: str, context: Context) -> Iterator[Edit]:
    """The ellipsis character, as three full stops."""
    for match in re.finditer("\u2026", text):
        yield Edit(*match.span(), "...", (Cause("profile.ellipsis", "normalise"),))


def find_three_stops(text: str, context: Context) -> Iterator[Edit]:
    """Three full stops, as the ellipsis character."""
    for match in re.finditer(r"(?<!\.)\.\.\.(?!\.)", text):
        yield Edit(*match.span(), "\u2026", (Cause("profile.ellipsis", "normalise"),))


def find_long_dashes(text: str, context: Context) -> Iterator[Edit]:
    """Long dashes: a hyphen between digits, a hyphen between spaces elsewhere."""
    for match in _DASH_RE.finditer(text):
        at_edge = "\n" in text[match.end() : match.end() + 1] or text[match.start() - 1 : match.start()] in (
            "",
            "\n",
        )
        new = "-" if match.group() == "\u2013" and text[match.end() : match.end() + 1].isdigit() else " - "
        if at_edge:
            new = match.group().replace("\u2013", "-").replace("\u2014", "-")
        yield Edit(*match.span(), new, (Cause("profile.dash", "normalise"),))


def find_typewriter_dashes(text: str, context: Context) -> Iterator[Edit]:
    """Hyphens that stand for a dash: between spaces an en dash, two of them an em dash."""
    for match in _TYPEWRITER_DASH_RE.finditer(text):
        spaced = match.group().startswith(" ")
        new = " \u2013 " if spaced else "\u2014"
        if not (spaced and text[match.start() - 1].isdigit() and text[match.end()].isdigit()):
            yield Edit(*match.span(), new, (Cause("profile.dash", "normalise"),))


def find_curly_quotes(text: str, context: Context) -> Iterator[Edit]:
    """Curly and angular quotation marks, as straight ones."""
    for match in _PLAIN_QUOTE_RE.finditer(text):
        yield Edit(*match.span(), _PLAIN[match.group()], (Cause("profile.quote", "normalise"),))
    for match in _GUILLEMET_RE.finditer(text):
        yield Edit(*match.span(), '"', (Cause("profile.quote", "normalise"),))


def find_straight_quotes(text: str, context: Context) -> Iterator[Edit]:
    """Straight quotation marks, as the language's own, in lines where they open and close in turn."""
    causes = (Cause("profile.quote", "normalise"),)
    marks_of_language = _MARKS.get(context.language, _DEFAULT_MARKS)
    start = 0
    for line in text.split("\n"):
        for match in _APOSTROPHE_RE.finditer(line):
            yield Edit(start + match.start(), start + match.end(), "\u2019", causes)
        marks = [match.start() for match in re.finditer('"', line)]
        opens = {match.start() for match in _OPENING_RE.finditer(line)}
        if len(marks) % 2 == 0 and all((at in opens) == (n % 2 == 0) for n, at in enumerate(marks)):
            for number, at in enumerate(marks):
                yield Edit(start + at, start + at + 1, marks_of_language[number % 2], causes)
        start += len(line) + 1


QUOTES: dict[str, Find] = {"plain": find_curly_quotes, "typographic": find_straight_quotes}
DASHES: dict[str, Find] = {"plain": find_long_dashes, "typographic": find_typewriter_dashes}
ELLIPSES: dict[str, Find] = {"plain": find_ellipsis_characters, "typographic": find_three_stops}
