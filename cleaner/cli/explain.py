"""``cleaner explain``: for each line, kept or removed, by which rule, on what evidence."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.cli.documents import add_source_options, find_change
from cleaner.cli.options import build_cleaner
from cleaner.errors import CleanerError

if TYPE_CHECKING:
    from cleaner.core.rules import Rule


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "explain",
        help="say for each line (or one) whether it stays, and which rule decided",
        description="Explain the verdict on each line of a file, or on one: cleaner explain article.txt:12",
    )
    parser.add_argument(
        "source",
        metavar="SOURCE[:LINE]",
        help="a file, a record of one (a.jsonl#12), or with --run the id of a document; and a line number",
    )
    add_source_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the verdicts."""
    from cleaner.catalogue import BUILTIN_RULES
    from cleaner.report.colour import print_verdicts
    from cleaner.report.terminal import format_verdicts

    name, number = options.source, None
    match = re.fullmatch(r"(.+):(\d+)", options.source)
    if match and (options.run_folder is not None or not Path(options.source).exists()):
        name, number = match[1], int(match[2])
    change = find_change(options, name)
    count = change.source.count("\n") + 1
    if number is not None and not 1 <= number <= count:
        raise CleanerError(f"{name}: has {count} lines, there is no line {number}")
    whys = {rule.id: rule.why for rule in BUILTIN_RULES}
    rules = {rule.id: rule for rule in build_cleaner(options).rules}
    whys |= {rule.id: rule.why for rule in rules.values()}
    text = format_verdicts(change.source, change.edits, change.hints, change.lost, whys, number)
    print_verdicts(text)
    if number is not None:
        for rule_id in sorted(set(re.findall(r"\S+(?= \()", text)) & rules.keys()):
            print(describe_origin(rules[rule_id]))
    return 0


def describe_origin(rule: "Rule") -> str:
    """Where a rule stands, and an example of what it takes and of what it leaves."""
    path, _, line = rule.where.rpartition(":")
    shown = Path(path)
    if shown.is_relative_to(Path.cwd()):
        shown = shown.relative_to(Path.cwd())
    rows = [f"{rule.id}: {shown}:{line}"]
    rows.extend(f"  hit   {example.text!r}" for example in rule.hits[:1])
    rows.extend(f"  miss  {example.text!r}" for example in rule.misses[:2])
    return "\n".join(rows)
