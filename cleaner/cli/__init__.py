"""The command line: arguments in, one command module each, exit codes that tell the truth."""

import argparse
import os
import sys
from collections.abc import Sequence

from cleaner import __version__
from cleaner.cli import check, clean, demo, diff, duplicates, explain, glossary, report, rules, stats, undo
from cleaner.errors import CleanerError

USAGE_ERROR = 2
STOPPED = 4
INTERRUPTED = 130
_EPILOG = """\
exit codes: 0 done, 1 check found changes, 2 wrong usage or a broken rule pack (nothing was written),
3 done but some input is in quarantine, 4 stopped (disk full) and resumable, 130 interrupted and resumable

start here:
  cleaner demo                          see it work
  cleaner clean ARTICLES -o OUT         clean a folder; then open OUT/report.html
  cleaner explain ARTICLES/a.txt:12     why is line 12 gone, or still there
"""


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="cleaner",
        description="Clean scraped articles by rules; every change is attributed, reported and can be undone.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cleaner {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in (clean, check, diff, explain, report, stats, undo, rules, glossary, duplicates, demo):
        module.add_command(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code of the contract. A user's mistake is one line, never a traceback."""
    options = build_parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except CleanerError as error:
        for line in str(error).split("\n"):
            print(f"cleaner: {line}", file=sys.stderr)
        return USAGE_ERROR
    except KeyboardInterrupt:
        print("cleaner: interrupted; the same command again goes on where it stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone; python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(
            f"cleaner: {where}{error.strerror or error}; what was finished stands, run again to go on",
            file=sys.stderr,
        )
        return STOPPED
