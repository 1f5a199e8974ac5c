"""Does the matcher's prefilter ever keep a regex from a line that it matches? Plain ``re`` is the judge.

    python benchmarks/prefilter.py LABELLED [LINES]      labelled pages as `cleaner rules measure` reads them

Tries every shipped pattern on every line with plain ``re``, whole or anywhere as its scope says, and on the same
lines behind the prefilter. Prints how many lines and matches there were, and each match that was lost.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cleaner.core.document import Context
from cleaner.core.matcher.triggers import Trigger, TriggerIndex, make_triggers
from cleaner.core.matcher.view import View
from cleaner.core.rules import Rule
from cleaner.core.text import Line, split_lines
from cleaner.corpus.measure import read_labelled
from cleaner.packs import load_packs

LINES = 100_000
LINES_AT_ONCE = 500


def read_lines(path: Path, most: int) -> list[str]:
    """The distinct lines of labelled pages, longer ones cut at 1,200 characters."""
    lines: dict[str, None] = {}
    for page in read_labelled(path):
        lines.update(dict.fromkeys(line[:1200].replace("\n", " ") for line in page.lines))
        lines.update(dict.fromkeys(line[:1200] for line in page.gold.split("\n")))
        if len(lines) >= most:
            break
    return list(lines)[:most]


def make_index(rules: Sequence[Rule]) -> tuple[TriggerIndex, list[Trigger]]:
    """The prefilter for the regexes of rules, and all its triggers."""
    triggers = [
        trigger
        for order, rule in enumerate(rules)
        for trigger in make_triggers(order, rule)
        if not trigger.is_phrase
    ]
    return TriggerIndex(triggers), triggers


def find_plainly(trigger: Trigger, lines: Iterable[Line]) -> Iterator[int]:
    """The numbers of the lines with text that a pattern matches, found by plain ``re``."""
    assert trigger.pattern is not None
    whole = trigger.rule.scope in ("line", "block")
    match = trigger.pattern.compiled.fullmatch if whole else trigger.pattern.compiled.search
    for number, line in enumerate(lines):
        if line.text.strip() and match(line.text.strip()):
            yield number


def find_lost(
    index: TriggerIndex, triggers: Iterable[Trigger], text: str
) -> tuple[int, list[tuple[str, str]]]:
    """How many matches there are in the lines of a text, and rule and line of those that the prefilter loses."""
    lines = split_lines(text)
    offered = {id(chance.trigger): set(chance.lines) for chance in index.find(View(text, lines, Context()))}
    found, lost = 0, []
    for trigger in triggers:
        for number in find_plainly(trigger, lines):
            found += 1
            if number not in offered.get(id(trigger), ()):
                lost.append((trigger.rule.id, lines[number].text))
    return found, lost


def main() -> None:
    """Print the counts and what was lost; exit code 1 if anything was."""
    lines = read_lines(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else LINES)
    index, triggers = make_index([rule for pack in load_packs() for rule in pack.rules])
    found = 0
    lost: list[tuple[str, str]] = []
    for start in range(0, len(lines), LINES_AT_ONCE):
        here, gone = find_lost(index, triggers, "\n".join(lines[start : start + LINES_AT_ONCE]))
        found += here
        lost += gone
    print(f"{len(lines):,} lines, {len(triggers)} patterns, {found:,} matches, {len(lost)} lost")
    for rule, line in lost[:50]:
        print(f"{rule}: {line[:200]!r}")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
