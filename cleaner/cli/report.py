"""``cleaner report``: (re)build the page of a run."""

import argparse
from pathlib import Path
from typing import Any

from cleaner.errors import CleanerError


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "report",
        help="(re)build the browsable report of a run",
        description="Build OUT/report.html from the change reports of a run: one file, no network.",
    )
    parser.add_argument("out", metavar="OUT", type=Path, help="the folder of a run")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the page and print its path."""
    from cleaner.report.page import write_page

    try:
        page = write_page(options.out).path
    except (FileNotFoundError, ValueError, KeyError):
        raise CleanerError(
            f"{options.out}: holds no complete run; make one with `cleaner clean INPUT -o {options.out}`"
        ) from None
    print(page)
    if options.open:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
    return 0
