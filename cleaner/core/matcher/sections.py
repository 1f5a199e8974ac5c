"""Sections: a heading and what follows it, up to its end or as far as the shapes of its body reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from cleaner.core.matcher.guards import is_fragment, line_guards_hold
from cleaner.core.matcher.view import Hit, View
from cleaner.core.rules import Rule

CLOSING = "closing"
PROSE_BEFORE_END = 3  # lines of prose before the end of a page, or there is no article that it could follow
MOST_RUNNING_LINES = 3  # of wrapped prose that the end of a page may hold


class Sections:
    """The headings that open sections; a text without one of them costs nothing.

    ``closing`` holds the lines that safe rules remove and that stand behind articles: each opens the
    sections whose shape is closing.
    """

    def __init__(self, rules: Iterable[Rule], closing: Collection[str]) -> None:
        self._closing = closing
        self._starts: dict[str, list[Rule]] = defaultdict(list)
        self._ends: list[Rule] = []
        for rule in rules:
            for key in rule.start:
                self._starts[key].append(rule)
            if CLOSING in rule.shape:
                self._ends.append(rule)

    def find(self, view: View) -> Iterator[Hit]:
        """Sections from top to bottom; a heading within one opens none."""
        closed = -1
        for number in view.filled:
            key = view.lines[number].key
            ends = self._ends if key in self._closing else ()
            if number <= closed or not (ends or key in self._starts):
                continue
            for rule in (*self._starts.get(key, ()), *ends):
                last = self._find_end(rule, view, number) if line_guards_hold(rule, view, number) else None
                if last is not None:
                    yield Hit(rule, *view.span_of_lines(number, last), number, last)
                    closed = max(closed, last)

    def _find_end(self, rule: Rule, view: View, first: int) -> int | None:
        """The last line of a section that opens at ``first``; None where it is none after all."""
        rank = view.rank[first]
        if rule.to_end:
            return self._find_page_end(rule, view, rank)
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
        if last is None or not rule.body or is_fragment(view, first, last):
            return None
        return last if _is_proven(rule, members[: members.index(last) + 1], view) else None

    def _find_page_end(self, rule: Rule, view: View, rank: int) -> int | None:
        """The last line of the document, if an article stands before this line and none behind it."""
        before, prose = view.prose_until[rank], view.prose_until[-1] - view.prose_until[rank + 1]
        if before < PROSE_BEFORE_END or prose > (1 if rule.max_sentences is None else 0):
            return None
        if is_fragment(view, view.filled[rank], view.filled[rank]):
            return None
        if view.running_until[-1] - view.running_until[rank + 1] > MOST_RUNNING_LINES:
            return None
        sentences = view.sentences_until[-1] - view.sentences_until[rank + 1]
        if rule.max_sentences is not None and sentences > rule.max_sentences:
            return None
        if rule.requires is not None and rule.requires.shape == CLOSING:
            return view.filled[-1] if self._is_closed(rule, view, rank) else None
        return view.filled[-1] if _is_proven(rule, view.filled[rank + 1 :], view) else None

    def _is_closed(self, rule: Rule, view: View, rank: int) -> bool:
        """Whether enough different lines from here on close pages.

        Sentences that end the text are the story's; those of a page's end have such a line behind them.
        """
        required = rule.requires
        assert required is not None
        closing = [place for place in range(rank, len(view.filled)) if self._closes(rule, view, place)]
        if len({view.lines[view.filled[place]].key for place in closing}) < required.min:
            return False
        no_limit = rule.max_sentences is None or not closing
        return no_limit or view.sentences_until[-1] == view.sentences_until[closing[-1]]

    def _closes(self, rule: Rule, view: View, place: int) -> bool:
        """Whether a filled line is a label that closes pages, for this rule."""
        line = view.lines[view.filled[place]]
        known = line.key in self._closing or line.key in rule.start
        return known and not (rule.not_regex is not None and rule.not_regex.search(line.text))


def _is_proven(rule: Rule, numbers: Sequence[int], view: View) -> bool:
    """Whether the required shape occurs often enough."""
    required = rule.requires
    return required is None or sum(view.fits(required.shape, n) for n in numbers) >= required.min
