"""Sections: a heading and what follows it, up to its end or as far as the shapes of its body reach."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from cleaner.core.matcher.guards import line_guards_hold
from cleaner.core.matcher.view import Hit, View
from cleaner.core.rules import Rule
from cleaner.core.shapes import is_prose


class Sections:
    """The headings that open sections; a text without one of them costs nothing."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._starts: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            for key in rule.start:
                self._starts[key].append(rule)

    def find(self, view: View) -> Iterator[Hit]:
        """Sections from top to bottom; a heading within one opens none."""
        closed = -1
        for number in view.filled:
            key = view.lines[number].key
            if key not in self._starts or number <= closed:
                continue
            for rule in self._starts[key]:
                last = _find_end(rule, view, number) if line_guards_hold(rule, view, number) else None
                if last is not None:
                    yield Hit(rule, *view.span_of_lines(number, last), number, last)
                    closed = max(closed, last)


def _find_end(rule: Rule, view: View, first: int) -> int | None:
    """The last line of a section that opens at ``first``; None where it is none after all."""
    rank = view.rank[first]
    if rule.to_end:
        rest = view.filled[rank + 1 :]
        if sum(is_prose(view.lines[number]) for number in rest) > 1 or not _is_proven(rule, rest, view):
            return None
        return rest[-1] if rest else first
    members = view.filled[rank + 1 : rank + 1 + rule.max_lines]
    last = None
    since = 0
    for position, number in enumerate(members):
        if view.lines[number].key in rule.until:
            return number if _is_proven(rule, members[:position], view) else None
        since = 0 if rule.requires and view.fits(rule.requires.shape, number) else since + 1
        if rule.requires and since > rule.requires.every:
            break
        if rule.body and not any(view.fits(shape, number) for shape in rule.body):
            break
        last = number
    if last is None or not rule.body:
        return None
    return last if _is_proven(rule, members[: members.index(last) + 1], view) else None


def _is_proven(rule: Rule, numbers: Sequence[int], view: View) -> bool:
    """Whether the required shape occurs often enough."""
    required = rule.requires
    return required is None or sum(view.fits(required.shape, n) for n in numbers) >= required.min
