r"""Rejoin: sentences that a scraper broke at links, italics, a fixed width or hyphens become one line again.

Scrapers put a line break at every inline tag, so a lone ``Malaysia``, ``.`` or ``, which has ...`` is
article text that looks like boilerplate. This stage runs before anything judges a line by its length.
Each join is one edit that replaces the line break and the spaces around it. Precision comes first: a
line joined wrongly drags boilerplate into the article, a sentence left broken is only less clear.

>>> from cleaner.core.edits import apply
>>> source = "The minister flew to\nMalaysia\n, which has\nlong supported the plan.\nShare this"
>>> apply(source, RejoinStage()(source, Context()).edits)
'The minister flew to Malaysia, which has long supported the plan.\nShare this'
"""

from dataclasses import dataclass

from cleaner.core.document import Context, Findings
from cleaner.core.edits import Edit, apply
from cleaner.stages.rejoin.joining import Joiner
from cleaner.stages.rejoin.pieces import STAGE
from cleaner.stages.rejoin.wrapping import find_wrap_width, has_long_line


@dataclass(frozen=True, slots=True)
class RejoinStage:
    r"""Joins broken lines; a line whose folded key is in ``barriers`` is never joined to or across.

    >>> stage = RejoinStage(frozenset({"share via"}))
    >>> stage("The spokesman told\nShare via\n, of course", Context()).edits
    ()
    """

    barriers: frozenset[str] = frozenset()
    name: str = STAGE

    def __call__(self, text: str, context: Context) -> Findings:
        """One edit for each line break that stands inside a sentence."""
        if "\n" not in text:
            return Findings()
        edits = _find_edits(text, self.barriers)
        return Findings(tuple(edits))


def _find_edits(text: str, barriers: frozenset[str]) -> list[Edit]:
    lines = text.split("\n")
    width = find_wrap_width(lines)
    if width:
        edits = Joiner(text, barriers, width).join(lines)
        # Paragraphs come of it, or else it was not wrapped.
        if has_long_line(apply(text, edits).split("\n")):
            return edits
    edits = Joiner(text, barriers, None).join(lines)
    # What comes of it must not look wrapped itself, or a second run would go on joining.
    return edits if not edits or find_wrap_width(apply(text, edits).split("\n")) is None else []
