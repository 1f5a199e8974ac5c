"""Line breaks: those of other systems, and words that one cut in two at a soft hyphen.

CR LF, CR, LINE SEPARATOR, PARAGRAPH SEPARATOR, VERTICAL TAB (a soft return in office files) and FORM
FEED (a page break) become line feeds: each was a line end to whoever wrote it. NEXT LINE (U+0085) is
nearly always an ellipsis of Windows-1252, and is read as one.
"""

import re
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit

LINE_END_CLASS = "\r\x0b\x0c\u2028\u2029"
LINE_END_RE = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_LINE_END = (Cause("repair.line-end", "repair"),)
_HYPHEN = (Cause("repair.line-end-hyphen", "repair"),)
LINE_END_HYPHEN_RE = re.compile(r"(?<=[^\W\d_])\xad\n[ \t]*(?=[^\W\d_A-Z])")


def find_line_ends(text: str, context: Context) -> Iterator[Edit]:
    """Line breaks other than a line feed."""
    for match in LINE_END_RE.finditer(text):
        yield Edit(*match.span(), "\n", _LINE_END)


def find_line_end_hyphens(text: str, context: Context) -> Iterator[Edit]:
    """A word cut at a soft hyphen, joined. A plain hyphen at a line end is judged by the stage rejoin."""
    if holds_line_end_hyphen(text):
        for match in LINE_END_HYPHEN_RE.finditer(text):
            yield Edit(*match.span(), "", _HYPHEN)


def holds_line_end_hyphen(text: str) -> bool:
    """Whether a line ends in a soft hyphen: cheap, for the first look."""
    return "\xad\n" in text
