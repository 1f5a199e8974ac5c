"""``cleaner explain``: for each line, kept or removed, by which rule, on what evidence."""

import argparse
import re
from pathlib import Path
from typing import Any

from cleaner.cli.documents import add_source_options, find_change
from cleaner.cli.options import build_cleaner
from cleaner.errors import CleanerError


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
    whys |= {rule.id: rule.why for rule in build_cleaner(options).rules}
    print_verdicts(format_verdicts(change.source, change.edits, change.hints, change.lost, whys, number))
    return 0
