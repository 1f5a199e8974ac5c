"""One Unicode form: composed characters (NFC)."""

import unicodedata
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit
from cleaner.stages.alignment import align

_NFC = (Cause("normalise.nfc", "normalise"),)


def find_decomposed(text: str, context: Context) -> Iterator[Edit]:
    """Letters written as base and mark, or as a character that stands for another, in composed form."""
    if unicodedata.is_normalized("NFC", text):
        return
    start = 0
    for line in text.split("\n"):
        if not unicodedata.is_normalized("NFC", line):
            composed = unicodedata.normalize("NFC", line)
            for old_start, old_end, new_start, new_end in align(line, composed):
                yield Edit(start + old_start, start + old_end, composed[new_start:new_end], _NFC)
        start += len(line) + 1
