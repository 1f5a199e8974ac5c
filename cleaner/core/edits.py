"""The one currency: edits over an immutable source text.

An edit replaces ``source[start:end]`` by ``new`` and names its causes. Offsets are code points,
``end`` is excluded. A list of edits is ordered by ``start``, its members are disjoint (they may
touch), and the order is meaning: two touching removals invert to two insertions at one offset,
so a list is never sorted again.

>>> source = "Advertisement\\nThe story."
>>> edits = [Edit(0, 14, "", (Cause("ad.marker", "strip"),))]
>>> text = apply(source, edits)
>>> text
'The story.'
>>> apply(text, invert(source, edits)) == source
True
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Cause(NamedTuple):
    """Why an edit was made: the rule, its stage, and what the rule knows (keeper, score, capture)."""

    rule: str
    stage: str
    detail: Mapping[str, object] | None = None


class Edit(NamedTuple):
    """Replace ``source[start:end]`` by ``new``; an edit composed of several carries all their causes."""

    start: int
    end: int
    new: str
    causes: tuple[Cause, ...]


class Settled(NamedTuple):
    """What :func:`settle` decided: the edits to apply, in order, and those that gave way."""

    edits: list[Edit]
    lost: list[Edit]


class Composed(NamedTuple):
    """What :func:`compose` made: one list in source offsets, and the edits that cancelled out."""

    edits: list[Edit]
    cancelled: list[Edit]


def apply(source: str, edits: Iterable[Edit]) -> str:
    """The text that the edits make of the source.

    Raises ValueError when the edits are out of order, overlap or reach outside the source.
    """
    pieces = []
    position = 0
    for edit in edits:
        if not position <= edit.start <= edit.end <= len(source):
            raise ValueError(f"edit {edit.start}:{edit.end} overlaps, is out of order or outside the text")
        pieces.append(source[position : edit.start])
        pieces.append(edit.new)
        position = edit.end
    pieces.append(source[position:])
    return "".join(pieces)


def invert(source: str, edits: Iterable[Edit]) -> list[Edit]:
    """The edits that lead from the edited text back to the source, in the same order."""
    inverse = []
    shift = 0
    for start, end, new, causes in edits:
        inverse.append(Edit(start + shift, start + shift + len(new), source[start:end], causes))
        shift += len(new) - (end - start)
    return inverse


def trim(source: str, edit: Edit) -> Edit | None:
    """The edit without the head and tail that old and new have in common; None if nothing remains.

    >>> trim("colour", Edit(0, 6, "color", ()))
    Edit(start=4, end=5, new='', causes=())
    """
    start, end, new, causes = edit
    head = 0
    limit = min(end - start, len(new))
    while head < limit and source[start + head] == new[head]:
        head += 1
    tail = 0
    limit -= head
    while tail < limit and source[end - 1 - tail] == new[len(new) - 1 - tail]:
        tail += 1
    start, end, new = start + head, end - tail, new[head : len(new) - tail]
    return Edit(start, end, new, causes) if start < end or new else None


def settle(source: str, edits: Sequence[Edit]) -> Settled:
    """Make the edits of one stage disjoint; all of them speak of the same text.

    ``edits`` stand in order of precedence (the first rule first). Outer beats inner, earlier beats
    later, overlapping removals unite into one that carries the causes of both. Each edit is trimmed
    first; one that changes nothing disappears.
    """
    trimmed = [small for edit in edits if (small := trim(source, edit)) is not None]
    outer, lost, disjoint = _drop_inner(trimmed)
    if disjoint:
        return Settled([trimmed[i] for i in outer], lost)
    accepted: list[Edit] = []
    for i in sorted(outer):
        edit = trimmed[i]
        first = bisect_right(accepted, edit.start, key=lambda other: other.end)
        last = bisect_left(accepted, edit.end, lo=first, key=lambda other: other.start)
        overlapped = accepted[first:last]
        if not overlapped:
            accepted.insert(first, edit)
        elif edit.new or any(other.new for other in overlapped):
            lost.append(edit)
        else:
            start = min(edit.start, overlapped[0].start)
            end = max(edit.end, overlapped[-1].end)
            accepted[first:last] = [Edit(start, end, "", _unite_causes([*overlapped, edit]))]
    return Settled(accepted, lost)


def _drop_inner(edits: Sequence[Edit]) -> tuple[list[int], list[Edit], bool]:
    """Indices of the edits that lie in no other, by offset; the inner ones; whether the rest is disjoint."""
    outer: list[int] = []
    lost: list[Edit] = []
    reach = -1
    disjoint = True
    for i in sorted(range(len(edits)), key=lambda i: (edits[i].start, -edits[i].end, i)):
        start, end, _, _ = edits[i]
        same_span = bool(outer) and edits[outer[-1]][:2] == (start, end)
        if same_span or (end <= reach and start < reach):
            lost.append(edits[i])
            continue
        disjoint = disjoint and start >= reach
        outer.append(i)
        reach = max(reach, end)
    return outer, lost, disjoint


def compose(source: str, first: Sequence[Edit], second: Sequence[Edit]) -> Composed:
    """One list of edits over ``source`` that does what ``first``, then ``second`` do.

    ``second`` speaks of ``apply(source, first)``. Edits that meet become one that carries the causes
    of all; those whose effects cancel are returned apart, so that nothing is silently gone.
    """
    if not first or not second:
        return Composed(list(first or second), [])
    middle = apply(source, first)
    edits: list[Edit] = []
    cancelled: list[Edit] = []
    i = j = shift = 0  # shift: length that the edits of `first` before i have added
    while i < len(first) or j < len(second):
        if j == len(second):
            edits.extend(first[i:])
            break
        b = second[j]
        if i == len(first):
            edits.append(b._replace(start=b.start - shift, end=b.end - shift))
            j += 1
            continue
        a = first[i]
        a_start, a_end = a.start + shift, a.start + shift + len(a.new)
        if a_end <= b.start:
            edits.append(a)
            shift += len(a.new) - (a.end - a.start)
            i += 1
        elif b.end <= a_start:
            edits.append(b._replace(start=b.start - shift, end=b.end - shift))
            j += 1
        else:
            start, end, before = min(a_start, b.start), max(a_end, b.end), shift
            members: list[Edit] = []
            inner: list[Edit] = []
            grown = True
            while grown:
                grown = False
                while i < len(first) and first[i].start + shift < end:
                    a = first[i]
                    end = max(end, a.start + shift + len(a.new))
                    shift += len(a.new) - (a.end - a.start)
                    members.append(a)
                    i += 1
                    grown = True
                while j < len(second) and second[j].start < end:
                    b = second[j]
                    end = max(end, b.end)
                    inner.append(b._replace(start=b.start - start, end=b.end - start))
                    j += 1
                    grown = True
            new = apply(middle[start:end], inner)
            merged = Edit(start - before, end - shift, new, _unite_causes([*members, *inner]))
            small = trim(source, merged)
            if small is None:
                cancelled.append(merged)
            elif new:
                edits.append(small)
            else:
                edits.extend(_part_lines(source, merged, members, inner))
    return Composed(edits, cancelled)


def _part_lines(source: str, merged: Edit, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """A removal in parts, so that lines which ``first`` removed keep causes of their own.

    Without it the blank lines that layout removes would melt all removed lines between them into one.
    """
    position = merged.start
    waiting: list[Edit] = []
    parts: list[Edit] = []
    for edit in first:
        if edit.new or not _is_line(source, edit):
            waiting.append(edit)
            continue
        if position < edit.start:
            parts.append(Edit(position, edit.start, "", _unite_causes([*waiting, *second])))
            waiting = []
        parts.append(edit)
        position = edit.end
    if position < merged.end or not parts:
        parts.append(Edit(position, merged.end, "", _unite_causes([*waiting, *second])))
    elif waiting:
        parts[-1] = parts[-1]._replace(causes=_unite_causes([parts[-1], *waiting]))
    return parts


def _is_line(source: str, edit: Edit) -> bool:
    """Whether an edit covers a line or more, with or without the last break."""
    if "\n" in source[edit.start : edit.end]:
        return True
    starts = edit.start == 0 or source[edit.start - 1] == "\n"
    return starts and edit.start < edit.end and source[edit.end : edit.end + 1] in ("", "\n")


def _unite_causes(edits: Iterable[Edit]) -> tuple[Cause, ...]:
    """The causes of all edits in order, each once."""
    causes = {(cause.rule, cause.stage, repr(cause.detail)): cause for edit in edits for cause in edit.causes}
    return tuple(causes.values())


def move_spans(edits: Sequence[Edit], spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where spans of the source lie in the edited text; what an edit made of a span's edge counts as inside.

    >>> move_spans([Edit(0, 4, "", ()), Edit(6, 6, "new", ())], [(0, 4), (4, 8)])
    [(0, 0), (0, 7)]
    """
    return [(_moved(edits, start, after=False), _moved(edits, end, after=True)) for start, end in spans]


def _moved(edits: Sequence[Edit], offset: int, *, after: bool) -> int:
    shift = 0
    for edit in edits:
        if edit.end < offset or (edit.end == offset and (after or edit.start < edit.end)):
            shift += len(edit.new) - (edit.end - edit.start)
        elif edit.start < offset:
            return edit.start + shift + (len(edit.new) if after else 0)
        else:
            break
    return offset + shift


class SourceMap:
    """Where spans of the edited text lie in the source.

    >>> edits = [Edit(0, 14, "", ())]
    >>> SourceMap(edits).span(0, 3)
    (14, 17)
    """

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits = list(edits)
        self._starts: list[int] = []
        shift = 0
        for edit in self._edits:
            self._starts.append(edit.start + shift)
            shift += len(edit.new) - (edit.end - edit.start)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest source span that holds what became ``[start, end)`` of the edited text."""
        source_start = self._position(start, bisect_right(self._starts, start), inside_to_end=False)
        source_end = self._position(end, bisect_left(self._starts, end), inside_to_end=True)
        return source_start, max(source_start, source_end)

    def _position(self, offset: int, count: int, *, inside_to_end: bool) -> int:
        if count == 0:
            return offset
        edit, edited_start = self._edits[count - 1], self._starts[count - 1]
        edited_end = edited_start + len(edit.new)
        if offset < edited_end:
            return edit.end if inside_to_end else edit.start
        return edit.end + offset - edited_end
