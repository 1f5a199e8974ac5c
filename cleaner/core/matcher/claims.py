"""Claims: what a rule says of a line that it matches, if its guards let it."""

import re

from cleaner.core.captures import read_captures
from cleaner.core.matcher.guards import is_fragment, line_guards_hold
from cleaner.core.matcher.view import Hit, View
from cleaner.core.rules import Rule


def may_claim(rule: Rule, view: View, number: int) -> bool:
    """Whether a rule may have a line that it matches; only advertisements stand within broken sentences."""
    if not line_guards_hold(rule, view, number):
        return False
    return rule.action != "remove" or rule.category == "ad" or not is_fragment(view, number, number)


def claim_line(rule: Rule, view: View, number: int, match: re.Match[str] | None = None) -> Hit:
    """A rule's hit on a whole line, with what it captures and what it puts in the line's place."""
    line = view.lines[number]
    captured = read_captures(rule, line.text.strip(), match)
    span = view.span_of_lines(number, number)
    detail: dict[str, object] = {"captured": captured} if captured else {}
    if rule.action == "replace":
        detail["becomes"] = match.expand(rule.replacement) if match else rule.replacement
        span = line.start, line.end
    return Hit(rule, *span, number, number, detail or None)
