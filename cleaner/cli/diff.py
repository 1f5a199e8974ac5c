"""``cleaner diff``: the change of one document in the terminal."""

import argparse
from typing import Any

from cleaner.cli.documents import add_source_options, find_change


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "diff",
        help="show what changes in one document, with the rule at the margin",
        description="Show the changes of a file (cleaned on the spot), or of a document of a finished run. "
        "Removed words stand in [-...-], new ones in {+...+}.",
    )
    parser.add_argument(
        "source",
        metavar="SOURCE-OR-ID",
        help="a file, or a record of one (a.jsonl#12); with --run, the id of a document of that run",
    )
    add_source_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the change."""
    from cleaner.report.colour import print_diff

    change = find_change(options, options.source)
    print_diff(change.source, change.edits)
    return 0
