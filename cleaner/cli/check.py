"""``cleaner check``: would anything change? Writes nothing; made for CI."""

import argparse
import json
import sys
from collections import Counter
from typing import Any

from cleaner.cli.options import add_cleaning_options, build_cleaner
from cleaner.errors import UnreadableError


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "check",
        help="say what would change, write nothing; exit code 1 if anything would",
        description="Clean in memory and say which files would change. Exit code 1 if any would, 3 if any cannot be read.",
    )
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="a file, a folder or a glob")
    parser.add_argument("--diff", action="store_true", help="print the change of each file as a unified diff")
    parser.add_argument("--statistics", action="store_true", help="print how often each rule would act")
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="form of the output"
    )
    add_cleaning_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Exit code 0 for clean files, 1 if any would change, 3 if any cannot be read."""
    from cleaner.core.document import Document
    from cleaner.formats.files import find_inputs
    from cleaner.report.ledger import write_diff
    from cleaner.sources.decode import decode

    inputs = find_inputs(options.inputs)
    cleaner = build_cleaner(options)
    counts: Counter[str] = Counter()
    changed: list[dict[str, Any]] = []
    unreadable = 0
    for source in inputs.sources:
        try:
            text = decode(source.path.read_bytes()).text
        except (UnreadableError, OSError) as error:
            unreadable += 1
            print(f"cleaner: {source.path}: cannot be read: {error}", file=sys.stderr)
            continue
        result = cleaner.clean_document(Document(source.id, text))
        if not result.edits:
            continue
        rules = Counter(cause.rule for edit in result.edits for cause in edit.causes)
        counts.update(rules)
        changed.append(
            {"path": str(source.path), "edits": len(result.edits), "by_rule": dict(sorted(rules.items()))}
        )
        if options.format == "text":
            print(f"{source.path}: would change, {len(result.edits)} edits")
            if options.diff:
                print(write_diff(source.id, text, result.edits), end="")
        elif options.format == "github":
            for edit in result.edits:
                line = text.count("\n", 0, edit.start) + 1
                names = ", ".join(cause.rule for cause in edit.causes)
                print(
                    f"::warning file={source.path},line={line},title={names}::cleaner would change this line"
                )
    if options.format == "json":
        print(
            json.dumps(
                {"changed": changed, "by_rule": dict(sorted(counts.items()))}, ensure_ascii=False, indent=1
            )
        )
    elif options.statistics:
        for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            print(f"{count:6} {rule}")
    if options.format == "text":
        print(
            f"{len(inputs.sources)} files checked, {len(changed)} would change, {unreadable} cannot be read"
        )
    return 3 if unreadable else 1 if changed else 0
