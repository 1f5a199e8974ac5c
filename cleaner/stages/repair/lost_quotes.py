"""Mojibake of a closing quotation mark that lost its last byte, which ftfy would read as a dagger."""

import re
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit

_OPENING = "\xe2\u20ac\u0153"  # what a left double quotation mark looks like, read as windows-1252
_CLOSING = "\xe2\u20ac\x9d"  # and what a right one does
_MARK_RE = re.compile(f"{_OPENING}|{_CLOSING}|\xe2\u20ac(?=[ \\t.,;:!?)\\]]|$)", re.MULTILINE)


def find_lost_closing_quotes(text: str, context: Context) -> Iterator[Edit]:
    """The stump of a closing quotation mark behind an opening one: its last byte comes back.

    ftfy decodes the whole afterwards.
    """
    if _OPENING not in text:
        return
    opened = 0
    for match in _MARK_RE.finditer(text):
        if match.group() == _OPENING:
            opened += 1
        elif match.group() == _CLOSING:
            opened -= 1
        elif opened > 0:
            opened -= 1
            yield Edit(match.end(), match.end(), "\x9d", (Cause("repair.lost-closing-quote", "repair"),))
