"""Whole lines that a regex or a shape knows; regexes are tried only on lines that could match."""

from collections.abc import Iterable, Iterator, Sequence

from cleaner.core.matcher.claims import claim_line, may_claim
from cleaner.core.matcher.guards import longest_text
from cleaner.core.matcher.triggers import Chance
from cleaner.core.matcher.view import Hit, View
from cleaner.core.rules import Rule
from cleaner.core.shapes import is_headline


def find_regex_lines(view: View, chances: Iterable[Chance]) -> Iterator[Hit]:
    """Lines that a regex matches from end to end; the first regex of a rule that matches a line has it."""
    lines = view.lines
    matched: set[tuple[str, int]] = set()
    for trigger, numbers, _ in chances:
        rule, pattern = trigger.rule, trigger.pattern
        if pattern is None or not numbers:
            continue
        longest = longest_text(rule.max_words)
        fullmatch = pattern.compiled.fullmatch
        for number in numbers:
            text = lines[number].text
            match = fullmatch(text.strip()) if len(text) <= longest else None
            if match is None or (rule.id, number) in matched:
                continue
            matched.add((rule.id, number))
            if may_claim(rule, view, number):
                yield claim_line(rule, view, number, match)


def find_shaped_lines(view: View, rules: Iterable[Rule]) -> Iterator[Hit]:
    """Lines of a shape."""
    for rule in rules:
        for number in view.filled:
            if any(view.fits(shape, number) for shape in rule.shape) and may_claim(rule, view, number):
                yield claim_line(rule, view, number)


def find_titles(view: View, rules: Iterable[Rule], hits: Sequence[Hit]) -> Iterator[Hit]:
    """The first line that no rule takes away, if it reads like a headline and prose follows."""
    if view.context.title is not None:
        return
    taken = {
        number
        for hit in hits
        if hit.rule.action in ("remove", "capture")
        for number in range(hit.first, hit.last + 1)
    }
    left = [number for number in view.filled if number not in taken]
    if len(left) > 1 and is_headline(view.lines[left[0]]):
        for rule in rules:
            if may_claim(rule, view, left[0]):
                yield claim_line(rule, view, left[0])
