"""``cleaner stats``: what each rule did in a run, for people and for programs."""

import argparse
from pathlib import Path
from typing import Any

from cleaner.errors import CleanerError


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "stats",
        help="say what each rule did in a run; every edit as Parquet",
        description="Print, for each rule that acted in a run: documents, edits, words and characters removed. "
        "With --parquet, write every edit to a file for DuckDB or pandas.",
    )
    parser.add_argument("out", metavar="OUT", type=Path, help="the folder of a run")
    parser.add_argument(
        "--format", choices=("text", "json", "csv"), default="text", help="form of the output (default: text)"
    )
    parser.add_argument(
        "--parquet",
        metavar="FILE",
        type=Path,
        help="write every edit to FILE; needs pyarrow (extra: parquet)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the figures, or write the edits."""
    from cleaner.report.colour import print_statistics
    from cleaner.report.statistics import count_rules, format_statistics, write_parquet

    try:
        if options.parquet is None and options.format == "text":
            print_statistics(count_rules(options.out))
        elif options.parquet is None:
            print(format_statistics(count_rules(options.out), options.format), end="")
        else:
            print(f"{write_parquet(options.out, options.parquet)} rows in {options.parquet}")
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError):
        raise CleanerError(
            f"{options.out}: holds no complete run; make one with `cleaner clean INPUT -o {options.out}`"
        ) from None
    return 0
