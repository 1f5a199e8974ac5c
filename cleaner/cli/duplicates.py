"""``cleaner duplicates``: judge pairs of paragraphs."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cleaner.errors import CleanerError

VERDICTS = ("same", "contained")


def add_command(commands: Any) -> None:
    """Add the command and its own command to the parser."""
    parser = commands.add_parser(
        "duplicates",
        help="judge whether two paragraphs say the same",
        description="Near-identical paragraphs: which of two may go, and why.",
    )
    actions = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    judge = actions.add_parser(
        "judge",
        help="judge pairs of paragraphs of your own",
        description='Read {"id", "a", "b"} a line, write {"id", "verdict", "removed", "kept", "similarity", "reason"} a line.',
    )
    judge.add_argument("pairs", metavar="PAIRS.jsonl", help="a file of pairs, or - for standard input")
    judge.add_argument(
        "--remove",
        default="same",
        metavar="LIST",
        help="verdicts that remove: same, or same,contained (default: same)",
    )
    judge.set_defaults(run=run_judge)


def run_judge(options: argparse.Namespace) -> int:
    """Print a verdict for each pair; a line that is no pair is named, exit code 3."""
    from cleaner.core.judgment import PairRow, judge_pair

    removed = tuple(options.remove.split(","))
    if not set(removed) <= set(VERDICTS):
        raise CleanerError(f"--remove {options.remove}: verdicts that remove are {', '.join(VERDICTS)}")
    try:
        content = sys.stdin.buffer.read() if options.pairs == "-" else Path(options.pairs).read_bytes()
    except OSError as error:
        raise CleanerError(f"{options.pairs}: cannot be read ({error.strerror})") from None
    failed = 0
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            pair = PairRow(row["id"], row["a"], row["b"])
            if not isinstance(pair.a, str) or not isinstance(pair.b, str):
                raise TypeError("a and b are strings")
        except (ValueError, KeyError, TypeError) as error:
            failed += 1
            print(f"cleaner: {options.pairs}:{number}: no pair with id, a and b: {error!r}", file=sys.stderr)
            continue
        print(json.dumps(judge_pair(pair, removed), ensure_ascii=False))
    return 3 if failed else 0
