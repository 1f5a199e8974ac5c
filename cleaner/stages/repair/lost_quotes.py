"""Mojibake of a closing quotation mark that lost its last byte, which ftfy would read as a dagger."""

import re
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit

_OPENING = "\xe2\u20ac\u0153"  # what a left double quotation mark looks like, read as windows-1252
_STUMP_RE = re.compile("(?<=\xe2\u20ac)(?=[ \t.,;:!?)\\]]|$)", re.MULTILINE)
_LOST_BYTE = "\x9d"


def find_lost_closing_quotes(text: str, context: Context) -> Iterator[Edit]:
    """The stump of a closing quotation mark behind an opening one: its last byte comes back.

    ftfy decodes the whole afterwards.
    """
    if _OPENING not in text:
        return
    for match in _STUMP_RE.finditer(text):
        if text.count(_OPENING, 0, match.start()) > text.count(f"\xe2\u20ac{_LOST_BYTE}", 0, match.start()):
            yield Edit(*match.span(), _LOST_BYTE, (Cause("repair.lost-closing-quote", "repair"),))
