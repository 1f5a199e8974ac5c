"""Blocks: runs of lines that go together, and anchor lines with what stands right above them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from cleaner.core.captures import read_captures
from cleaner.core.matcher.guards import is_fragment, line_guards_hold, longest_text
from cleaner.core.matcher.triggers import Chance
from cleaner.core.matcher.view import Hit, View
from cleaner.core.patterns.regex import match_whole
from cleaner.core.rules import Rule


class Blocks:
    """The rules of scope block. ``known`` holds the lines that safe rules remove anywhere."""

    def __init__(self, rules: Iterable[Rule], known: Collection[str]) -> None:
        self._known = known
        self._rules = list(rules)
        self._by_line: dict[str, list[int]] = defaultdict(list)
        for place, rule in enumerate(self._rules):
            for key in rule.lines:
                self._by_line[key].append(place)

    def find(self, view: View, chances: Iterable[Chance]) -> Iterator[Hit]:
        """All blocks; ``chances`` are the lines that regexes of block rules could match."""
        listed: dict[int, set[int]] = defaultdict(set)
        by_line = self._by_line
        for number in view.filled:
            key = view.lines[number].key
            if key in by_line:
                for place in by_line[key]:
                    listed[place].add(number)
        matched: dict[str, set[int]] = defaultdict(set)
        for trigger, numbers, _ in chances:
            matched[trigger.rule.id].update(numbers)
        for place, rule in enumerate(self._rules):
            block = _Block(rule, view, listed.get(place, set()), matched.get(rule.id, set()))
            yield from block.find_anchored() if rule.above else block.find_runs(self._known)


class _Block:
    """One rule in one text: lines that are ``listed`` by their keys, and lines that its regex ``could`` match."""

    def __init__(self, rule: Rule, view: View, listed: set[int], could: set[int]) -> None:
        self.rule, self.view, self._listed, self._could = rule, view, listed, could

    def belongs(self, number: int) -> bool:
        """Whether a line is of the block's kind."""
        matched = (
            number in self._listed
            or any(self.view.fits(shape, number) for shape in self.rule.shape)
            or (number in self._could and self._match(number) is not None)
        )
        return matched and line_guards_hold(self.rule, self.view, number)

    def _match(self, number: int) -> re.Match[str] | None:
        text = self.view.lines[number].text.strip()
        return match_whole(self.rule.regex, text) if len(text) <= longest_text(self.rule.max_words) else None

    def find_runs(self, known: Collection[str]) -> Iterator[Hit]:
        """Runs of lines that are long enough, and proven where the rule requires it."""
        rule = self.rule
        if rule.requires is None:
            parts = self._find_plain()
        elif rule.requires.shape == "known":
            proofs = [
                number
                for number in self.view.filled
                if number in self._listed or self.view.lines[number].key in known
            ]
            parts = self._find_proven(proofs)
        else:
            parts = self._find_proven(
                [number for number in self.view.filled if self.view.fits(rule.requires.shape, number)]
            )
        for first, last in parts:
            if rule.action == "remove" and is_fragment(self.view, first, last):
                continue
            yield Hit(rule, *self.view.span_of_lines(first, last), first, last)

    def _find_plain(self) -> Iterator[tuple[int, int]]:
        """First and last lines of runs of at least ``min_run`` lines, blank ones passed over."""
        candidates = self.view.filled if self.rule.shape else sorted(self._listed | self._could)
        if len(candidates) < self.rule.min_run:
            return
        rank = self.view.rank
        run: list[int] = []
        for number in candidates:
            if not self.belongs(number):
                continue
            if run and rank[number] - rank[run[-1]] > 1:
                if len(run) >= self.rule.min_run:
                    yield run[0], run[-1]
                run = []
            run.append(number)
        if run and len(run) >= self.rule.min_run:
            yield run[0], run[-1]

    def _find_proven(self, proofs: Sequence[int]) -> Iterator[tuple[int, int]]:
        """First and last lines of chains of proofs, whatever belongs between them.

        So many different lines must be proofs, and a part reaches from the first to the last of them:
        what a menu only touches, the headline below it, is none of it.
        """
        required = self.rule.requires
        assert required is not None
        view = self.view
        if len(proofs) < required.min:
            return
        chain: list[int] = []
        for number in [*proofs, None]:
            if number is not None and not self.belongs(number):
                continue
            if chain and (number is None or not self._reaches(chain[-1], number, required.every)):
                keys = {view.lines[proof].key for proof in chain}
                length = view.rank[chain[-1]] - view.rank[chain[0]] + 1
                if len(keys) >= required.min and length >= self.rule.min_run:
                    yield chain[0], chain[-1]
                chain = []
            if number is not None:
                chain.append(number)

    def _reaches(self, first: int, last: int, every: int) -> bool:
        """Whether two proofs stand close enough, and all lines between them belong."""
        rank = self.view.rank
        between = self.view.filled[rank[first] + 1 : rank[last]]
        return len(between) < every and all(self.belongs(number) for number in between)

    def find_anchored(self) -> Iterator[Hit]:
        """Anchors with the lines right above them, if these are few and set off by a blank line."""
        for number in self.view.filled if self.rule.shape else sorted(self._listed | self._could):
            if self.belongs(number):
                yield self._anchored(number)

    def _anchored(self, number: int) -> Hit:
        rule, view, above = self.rule, self.view, self.rule.above
        assert above is not None
        first = number
        while first > 0 and view.lines[first - 1].key and number - first <= above.max:
            first -= 1
        group = range(first, number)
        if len(group) > above.max or not all(view.fits(above.shape, n) for n in group):
            group = range(number, number)
        captured = read_captures(rule, view.lines[number].text.strip(), self._match(number))
        if above.field and len(group):
            captured[above.field] = [view.lines[n].text.strip() for n in group]
        start, end = view.span_of_lines(group.start, number)
        return Hit(rule, start, end, group.start, number, {"captured": captured} if captured else None)
