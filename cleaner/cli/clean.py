"""``cleaner clean``: files, folders and globs into a folder; ``-`` from standard input to standard output."""

import argparse
import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.cli.options import add_cleaning_options, build_cleaner
from cleaner.errors import CleanerError, UnreadableError

if TYPE_CHECKING:
    from cleaner.report.summary import Summary

QUARANTINED = 3


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "clean",
        help="clean files and folders into OUT, with a report for each document",
        description="Clean text files. OUT gets text/ (the cleaned texts), changes/ (a report and a diff for each), "
        "corpus.jsonl, report.html, manifest.json and quarantine.jsonl. A second run redoes only what changed.",
    )
    parser.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="a file, a folder, a glob, or - for standard input"
    )
    parser.add_argument(
        "-o", "--out", metavar="OUT", type=Path, help="the folder to write to; required unless INPUT is -"
    )
    parser.add_argument(
        "--changes", metavar="FILE", type=Path, help="with -: write the change report (JSON) to FILE"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="redo everything, also what an earlier run finished"
    )
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    add_cleaning_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Clean; exit code 0, or 3 when something went to quarantine."""
    if options.inputs == ["-"]:
        return _clean_standard_input(options)
    if "-" in options.inputs:
        raise CleanerError("-: standard input stands alone; clean files and folders in a run of their own")
    if options.out is None:
        raise CleanerError("-o OUT is missing: name the folder for the cleaned texts and reports")
    if options.changes is not None:
        raise CleanerError("--changes goes with -; a run writes its reports to OUT/changes")
    return _clean_files(options)


def _clean_files(options: argparse.Namespace) -> int:
    from cleaner.batch import clean_files
    from cleaner.formats.files import check_output, find_inputs
    from cleaner.report.page import write_page

    inputs = find_inputs(options.inputs, options.out)
    check_output(options.out)
    cleaner = build_cleaner(options)
    summary = clean_files(inputs, cleaner, options.out, fresh=options.fresh)
    write_page(options.out)
    for row in summary.quarantined:
        print(f"cleaner: {row['id']}: in quarantine: {row['reason']}: {row['detail']}", file=sys.stderr)
    if not options.quiet:
        _print_summary(summary, options.out)
    return QUARANTINED if summary.quarantined else 0


def _print_summary(summary: "Summary", out: Path) -> None:
    from cleaner.report.terminal import format_summary

    print(format_summary(summary, out))


def _clean_standard_input(options: argparse.Namespace) -> int:
    from cleaner.core.document import Document
    from cleaner.formats.files import write_file
    from cleaner.report.ledger import build_report, dump_json
    from cleaner.sources.decode import decode

    if options.out is not None:
        raise CleanerError("-o does not go with -: the cleaned text goes to standard output")
    cleaner = build_cleaner(options)
    content = sys.stdin.buffer.read()
    try:
        decoded = decode(content)
    except UnreadableError as error:
        print(f"cleaner: standard input: {error.reason}: {error.detail}", file=sys.stderr)
        return QUARANTINED
    result = cleaner.clean_document(Document("-", decoded.text))
    sys.stdout.buffer.write(result.text.encode("utf-8", "surrogatepass"))
    if options.changes is not None:
        report = build_report(result, decoded, hashlib.sha256(content).hexdigest())
        write_file(options.changes, (dump_json(report, indent=1) + "\n").encode())
    return 0
