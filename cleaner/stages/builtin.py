"""Rules written in code: what the stages repair and normalise are made of.

A built-in rule is a value like a TOML rule: an id, a reason, a safety and its cases, so that both
can be listed, shown and tested alike. ``find`` gives edits over the text that it is handed.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from cleaner.core.document import Context
from cleaner.core.edits import Edit, apply, compose, settle

Safety = Literal["safe", "unsafe", "hint"]
Find = Callable[[str, Context], Iterable[Edit]]


class Hit(NamedTuple):
    """A text that a rule must change, and what becomes of it (of a hint: what it proposes)."""

    before: str
    after: str
    language: str = "en"


class Miss(NamedTuple):
    """A text that a rule must leave alone."""

    text: str
    language: str = "en"


class BuiltinRule(NamedTuple):
    """One check written in code. ``languages`` is empty where it holds for any language."""

    id: str
    safety: Safety
    why: str
    find: Find
    hits: tuple[Hit, ...]
    misses: tuple[Miss, ...]
    languages: frozenset[str] = frozenset()

    @property
    def category(self) -> str:
        """The first part of the id."""
        return self.id.partition(".")[0]

    def speaks(self, language: str) -> bool:
        """Whether the rule holds for a document in this language."""
        return not self.languages or language in self.languages


class Rewriting:
    """A text on its way through rules that each see what the one before left; all edits in source offsets.

    >>> rewriting = Rewriting("a  b")
    >>> rewriting.make([Edit(1, 3, " ", ())])
    True
    >>> rewriting.text, rewriting.edits
    ('a b', [Edit(start=2, end=3, new='', causes=())])
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self.edits: list[Edit] = []

    def make(self, edits: Iterable[Edit]) -> bool:
        """Apply edits over the present text; False if they change nothing."""
        settled = settle(self.text, list(edits)).edits
        if not settled:
            return False
        text = apply(self.text, settled)
        self.edits = compose(self.source, self.edits, settled).edits
        self.text = text
        return True


def shift(edits: Iterable[Edit], offset: int) -> Iterator[Edit]:
    """The edits of a part, as edits of the whole that the part begins at ``offset``."""
    return (edit._replace(start=edit.start + offset, end=edit.end + offset) for edit in edits)


def find_by_language(rule: BuiltinRule, text: str, context: Context) -> Iterable[Edit]:
    """What a rule finds in a text, of which each part is asked in its own language."""
    own = rule.find(text, context) if rule.speaks(context.language) else ()
    if not context.foreign:
        return own
    edits = [edit for edit in own if not any(part.start <= edit.start < part.end for part in context.foreign)]
    for part in context.foreign:
        if rule.speaks(part.language.code):
            edits += shift(rule.find(text[part.start : part.end], context.of(part)), part.start)
    return edits


def drop_taken(hints: Iterable[Edit], edits: Sequence[Edit]) -> list[Edit]:
    """The hints at places that no edit changes already."""
    starts = [edit.start for edit in edits]
    kept = []
    for hint in hints:
        last = bisect_left(starts, hint.end) - 1
        if last < 0 or edits[last].end <= hint.start:
            kept.append(hint)
    return kept


def find_all(text: str, parts: Iterable[str]) -> Iterator[int]:
    """Where any of the parts stands, part by part: much sooner than an expression where they are rare.

    >>> list(find_all("a, b. c, d", (",", ".")))
    [1, 7, 4]
    """
    for part in parts:
        at = text.find(part)
        while at >= 0:
            yield at
            at = text.find(part, at + 1)


def line_around(text: str, at: int) -> tuple[int, int]:
    """Where the line that holds the offset begins and ends.

    >>> line_around("one\\ntwo", 5)
    (4, 7)
    """
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end
