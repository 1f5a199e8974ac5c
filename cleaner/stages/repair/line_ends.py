"""Line breaks: those of other systems, and words that a line end cut in two.

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
LINE_END_HYPHEN_RE = re.compile(r"([^\W\d_]{2,})(-|\xad)\n[ \t]*([^\W\d_A-Z]{2,})")


def find_line_ends(text: str, context: Context) -> Iterator[Edit]:
    """Line breaks other than a line feed."""
    for match in LINE_END_RE.finditer(text):
        yield Edit(*match.span(), "\n", _LINE_END)


def find_line_end_hyphens(text: str, context: Context) -> Iterator[Edit]:
    """A word cut at a line end, joined where the document holds it whole, or where the hyphen was a soft one.

    A hyphen stays where the document also holds the word with it, or does not hold the word at all.
    """
    if not holds_line_end_hyphen(text):
        return
    folded = text.casefold()
    for match in LINE_END_HYPHEN_RE.finditer(text):
        head, hyphen, tail = match.groups()
        whole = f"{head}{tail}".casefold()
        if hyphen == "\xad" or (_holds(folded, whole) and not _holds(folded, f"{head}-{tail}".casefold())):
            yield Edit(match.start(2), match.start(3), "", _HYPHEN)


def holds_line_end_hyphen(text: str) -> bool:
    """Whether a line may end in a hyphen: cheap, for the first look."""
    return "-\n" in text or "\xad" in text


def _holds(folded: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded) is not None
