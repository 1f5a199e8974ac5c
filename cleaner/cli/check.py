"""``cleaner check``: would anything change? Writes nothing; made for CI."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cleaner.cli.options import add_cleaning_options, add_reading_options, build_cleaner, read_fields_options
from cleaner.errors import UnreadableError

if TYPE_CHECKING:
    from cleaner.formats.fields import Record
    from cleaner.formats.files import Inputs


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
    add_reading_options(parser)
    add_cleaning_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Exit code 0 for clean files, 1 if any would change, 3 if any cannot be read."""
    from cleaner.batch.work import clean_record
    from cleaner.formats.files import find_inputs
    from cleaner.formats.rows import WHOLE_FILES
    from cleaner.report.ledger import write_diff

    inputs = find_inputs(options.inputs, records=True, kind=options.kind)
    cleaner = build_cleaner(options)
    counts: Counter[str] = Counter()
    changed: list[dict[str, Any]] = []
    checked = unreadable = 0
    for id, path, record in _read_documents(inputs, options):
        checked += 1
        if isinstance(record, UnreadableError):
            unreadable += 1
            print(f"cleaner: {path}: cannot be read: {record}", file=sys.stderr)
            continue
        text = record.text
        result = clean_record(cleaner, id, record)
        if not result.edits:
            continue
        rules = Counter(cause.rule for edit in result.edits for cause in edit.causes)
        counts.update(rules)
        changed.append({"path": path, "edits": len(result.edits), "by_rule": dict(sorted(rules.items()))})
        if options.format == "text":
            print(f"{path}: would change, {len(result.edits)} edits")
            if options.diff:
                print(write_diff(id, text, result.edits), end="")
        elif options.format == "github":
            for edit in result.edits:
                line = text.count("\n", 0, edit.start) + 1
                names = ", ".join(cause.rule for cause in edit.causes)
                print(f"::warning file={path},line={line},title={names}::cleaner would change this line")
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
        noun = "files" if all(source.kind in WHOLE_FILES for source in inputs.sources) else "documents"
        print(f"{checked} {noun} checked, {len(changed)} would change, {unreadable} cannot be read")
    return 3 if unreadable else 1 if changed else 0


def _read_documents(
    inputs: "Inputs", options: argparse.Namespace
) -> "Iterator[tuple[str, str, Record | UnreadableError]]":
    """Id, path for messages, and record of each document; an error in the place of what cannot be read."""
    from cleaner.batch.work import read_record
    from cleaner.formats.inputs import InputFile

    fields, limit = read_fields_options(options), int(options.max_size * 1e6)
    for source in inputs.sources:
        for row in InputFile(source, limit).rows():
            number = "" if row.number is None else f"#{row.number}"
            try:
                if row.problem is not None:
                    raise UnreadableError(*row.problem)
                record, _ = read_record(source.kind, row, fields)
            except UnreadableError as error:
                yield source.id + number, f"{source.path}{number}", error
            else:
                yield source.id + number, f"{source.path}{number}", record
