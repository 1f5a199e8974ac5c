"""What a second phase over a corpus decided on one document, and the stage that carries it out.

The stage stands behind the dedupe stage and sees the text that the first phase saw. A decision holds
plain values only, so that it can be hashed and sent to a worker.

>>> story = "The mayor resigned on Friday.\\nNobody was surprised.\\n"
>>> decision = Decision((LineRemoval(2, "duplicate.near", {"keeper": {"id": "a.txt", "line": 4}}),))
>>> [story[edit.start : edit.end] for edit in DecidedStage(decision)(story, Context()).edits]
['\\nNobody was surprised.']
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from cleaner.core.document import Context, Findings, Flag
from cleaner.core.edits import Cause, Edit
from cleaner.stages.dedupe import DedupeStage

UNDECIDED = "duplicate.undecided"
DOCUMENT_FLAG = "duplicate.document"
REPETITION_RULE = "boilerplate.repeated"
QUOTATION_RULE = "quotation.differs"


class LineRemoval(NamedTuple):
    """A line, from 1, that goes, by which rule, and what the report says of it."""

    line: int
    rule: str
    detail: Mapping[str, object]


class Decision(NamedTuple):
    """What was decided on one document. Offsets of ``edits`` and ``hints`` speak of the text of the first phase.

    ``edits`` touch no line of ``removals``; ``text_sha256`` is the hash of that text, empty where any will
    do; ``left_out`` documents are not written at all; ``digest`` changes when the document must be written anew.
    """

    removals: Sequence[LineRemoval] = ()
    hints: Sequence[Edit] = ()
    flags: Sequence[Flag] = ()
    left_out: bool = False
    text_sha256: str = ""
    digest: str = ""
    edits: Sequence[Edit] = ()


class DecidedStage:
    """Takes out and mends what was decided on. A text that has changed since stays, and is flagged."""

    name = DedupeStage.name

    def __init__(self, decision: Decision) -> None:
        self._decision = decision
        self._removals = {removal.line: removal for removal in decision.removals}

    def __call__(self, text: str, context: Context) -> Findings:
        """The decided edits, and removals: each a line with the break before it, or behind it at the text's head."""
        if self._decision.text_sha256 not in ("", hash_surveyed(text)):
            flag = Flag(
                UNDECIDED, "changed while the corpus was read: it was not compared with other documents"
            )
            return Findings(flags=[flag])
        edits = list(self._decision.edits)
        start = 0
        leading = True
        for number, line in enumerate(text.split("\n"), 1):
            end = start + len(line)
            removal = self._removals.get(number)
            if removal is None:
                leading = False
            else:
                span = (start, min(end + 1, len(text))) if leading else (start - 1, end)
                edits.append(Edit(*span, "", (Cause(removal.rule, self.name, removal.detail),)))
            start = end + 1
        return Findings(edits, self._decision.hints, (), self._decision.flags)


def hash_surveyed(text: str) -> str:
    """The hash of a text by which a decision knows it again."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
