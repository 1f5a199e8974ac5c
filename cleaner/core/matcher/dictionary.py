"""The dictionary: whole lines compared folded, and lines that consist of such labels and nothing else."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from cleaner.core.matcher.claims import claim_line, may_claim
from cleaner.core.matcher.guards import is_fragment, is_placed
from cleaner.core.matcher.quotations import is_spoken
from cleaner.core.matcher.view import Hit, View
from cleaner.core.rules import CLOSING_CATEGORIES, Rule
from cleaner.core.text import Line

LONGEST_LABEL_LINE = 100  # code points of a line that may be made of labels only
_BETWEEN_LABELS = " |/,&\N{MIDDLE DOT}\N{BULLET}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}-"


class LineDictionary:
    """The folded lines of all rules of scope line."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        self._labels: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
        known: set[str] = set()
        closing: set[str] = set()
        for rule in rules:
            for key in rule.lines:
                self._rules[key].append(rule)
            if rule.action == "remove" and rule.safety == "safe":
                known |= rule.lines
                if not is_placed(rule):
                    if rule.category in CLOSING_CATEGORIES:
                        closing |= rule.lines
                    for key in rule.lines:
                        self._labels[key.partition(" ")[0]].append((key, rule))
        self.known = frozenset(known)  # what safe rules remove anywhere
        self.closing = frozenset(closing)  # those of them that stand behind an article
        for phrases in self._labels.values():
            phrases.sort(key=lambda entry: -len(entry[0]))

    def find(self, view: View) -> Iterator[Hit]:
        """Lines that stand in the dictionary."""
        rules_of = self._rules
        for number in view.filled:
            line = view.lines[number]
            if line.key not in rules_of or is_spoken(line.text):
                continue
            for rule in rules_of[line.key]:
                if may_claim(rule, view, number):
                    yield claim_line(rule, view, number)

    def find_labels(self, view: View, taken: Collection[int]) -> Iterator[Hit]:
        """Lines made of two or more labels, ``Become a member Support us``, where no rule has ``taken`` them."""
        for number in view.filled:
            line = view.lines[number]
            if len(line.key) > LONGEST_LABEL_LINE or line.key.partition(" ")[0] not in self._labels:
                continue
            labels = self._split_labels(line) if number not in taken else None
            if labels and not is_fragment(view, number, number):
                detail = {"labels": [label for label, _ in labels]}
                yield Hit(labels[0][1], *view.span_of_lines(number, number), number, number, detail)

    def _split_labels(self, line: Line) -> list[tuple[str, Rule]] | None:
        labels: list[tuple[str, Rule]] = []
        rest = line.key
        while rest:
            for label, rule in self._labels.get(rest.partition(" ")[0], ()):
                if rest == label or rest.startswith(label + " "):
                    labels.append((label, rule))
                    rest = rest[len(label) :].lstrip(_BETWEEN_LABELS)
                    break
            else:
                return None
        refused = any(rule.not_regex is not None and rule.not_regex.search(line.text) for _, rule in labels)
        return labels if len(labels) > 1 and not refused and not is_spoken(line.text) else None
