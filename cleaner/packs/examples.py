"""The examples of rules are their tests: what a rule must hit, and what it must leave alone."""

from collections.abc import Iterable, Mapping
from typing import cast

from cleaner.core.document import Context
from cleaner.core.matcher import Matcher
from cleaner.core.rules import (
    Rule,
)
from cleaner.core.text import split_lines
from cleaner.packs.reading import Pack


def failing_examples(rule: Rule) -> list[str]:
    """What is wrong with a rule's examples: hits that it misses, misses that it hits; empty if all is well."""
    matcher = Matcher([rule])
    failures = []
    for example in rule.hits:
        found = _outcomes(matcher, example.text)
        if not found:
            failures.append(f"{rule.where}: rule {rule.id}: does not hit {example.text!r}")
        for detail in found:
            if example.becomes is not None and detail.get("becomes") != example.becomes:
                failures.append(
                    f"{rule.where}: rule {rule.id}: {example.text!r} becomes {detail.get('becomes')!r}"
                )
        captured = {
            key: value
            for detail in found
            for key, value in cast(dict[str, object], detail.get("captured", {})).items()
        }
        for name, value in example.captured.items():
            if captured.get(name) != value:
                failures.append(
                    f"{rule.where}: rule {rule.id}: {example.text!r} gives {name} {captured.get(name)!r}"
                )
    failures.extend(
        f"{rule.where}: rule {rule.id}: hits {example.text!r}, which must stay"
        for example in rule.misses
        if _outcomes(matcher, example.text)
    )
    return failures


def _outcomes(matcher: Matcher, text: str) -> list[Mapping[str, object]]:
    """The details of all hits of a matcher in a text, an empty mapping for a hit without any."""
    return [hit.detail or {} for hit in matcher.find(text, split_lines(text), Context())]


def check_examples(packs: Iterable[Pack]) -> list[str]:
    """The failures of all examples of all rules of these packs."""
    return [failure for pack in packs for rule in pack.rules for failure in failing_examples(rule)]
