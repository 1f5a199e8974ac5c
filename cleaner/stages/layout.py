"""Layout: blank lines, edges and the final line break; last, so that the output is stable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleaner.core.document import Context, Findings
from cleaner.core.edits import Cause, Edit

_LINE_END_RE = re.compile(r"[ \t\u00a0\u3000]+(?=\n)")
_EDGE = " \t\n\u00a0\u3000"


@dataclass(frozen=True, slots=True)
class LayoutStage:
    """At most one blank line in a row, none at the edges, no spaces at line ends, one final line break."""

    name: ClassVar[str] = "layout"

    def __call__(self, text: str, context: Context) -> Findings:
        """The edits that bring a text into this form; an empty or blank text becomes empty."""
        return Findings(list(self._edits(text)))

    def _edits(self, text: str) -> Iterator[Edit]:
        body = text.strip(_EDGE)
        if not body:
            if text:
                yield self._edit(0, len(text), "", "layout.edges")
            return
        start = text.index(body)
        end = start + len(body)
        # Spaces before the first words are indentation; blank lines before them are not.
        start = text.rfind("\n", 0, start) + 1
        if start:
            yield self._edit(0, start, "", "layout.edges")
        for match in _LINE_END_RE.finditer(text, start, end):
            yield self._edit(*match.span(), "", "layout.line-end")
        yield from self._blank_lines(text, start, end)
        if text[end:] != "\n":
            if text[end:]:
                yield self._edit(end, len(text), "\n", "layout.edges")
            else:
                yield self._edit(end, end, "\n", "layout.final-break")

    def _blank_lines(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """Blank lines beyond the first of a run."""
        position = text.find("\n", start)
        while 0 <= position < end:
            line_starts = []
            following = position + 1
            while following < end and (stop := text.find("\n", following, end)) >= 0:
                if text[following:stop].strip(_EDGE):
                    break
                line_starts.append(following)
                following = stop + 1
            if len(line_starts) > 1:
                yield self._edit(line_starts[1], following, "", "layout.blank-lines")
            position = text.find("\n", following, end) if following < end else -1

    def _edit(self, start: int, end: int, new: str, rule: str) -> Edit:
        return Edit(start, end, new, (Cause(rule, self.name),))
