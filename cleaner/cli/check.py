"""``cleaner check``: would anything change? Writes nothing; made for CI."""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cleaner.cli.documents import Read, read_documents
from cleaner.cli.options import (
    add_cleaning_options,
    add_index_option,
    add_reading_options,
    build_cleaner,
    check_index_option,
    read_fields_options,
)
from cleaner.errors import CleanerError, UnreadableError

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.formats.files import Inputs
    from cleaner.pipeline import Result
    from cleaner.report.statistics import RuleCounts
    from cleaner.stages.decided import Decision


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "check",
        help="say what would change, write nothing; exit code 1 if anything would",
        description="Clean in memory and say which files would change. Exit code 1 if any would, 3 if any cannot be read.",
    )
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="a file, a folder or a glob")
    parser.add_argument("--diff", action="store_true", help="print the change of each file as a unified diff")
    parser.add_argument(
        "--statistics", action="store_true", help="print what each rule would do, and in how many documents"
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="form of the output; github: annotations at the lines of a pull request",
    )
    add_reading_options(parser)
    add_cleaning_options(parser)
    add_index_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Exit code 0 for clean files, 1 if any would change, 3 if any cannot be read."""
    from cleaner.batch.work import clean_record
    from cleaner.formats.files import find_inputs
    from cleaner.formats.rows import WHOLE_FILES
    from cleaner.report.annotations import format_annotation
    from cleaner.report.ledger import build_report
    from cleaner.report.statistics import RuleCounts

    inputs = find_inputs(options.inputs, records=True, kind=options.kind)
    cleaner = build_cleaner(options)
    check_index_option(options, cleaner)
    decisions = _decide(inputs, cleaner, options) if cleaner.settings.dedupe == "corpus" else {}
    counts = RuleCounts()
    changed: list[dict[str, Any]] = []
    checked = unreadable = 0
    for read in read_documents(inputs, options):
        checked += 1
        if isinstance(read.record, UnreadableError):
            unreadable += 1
            print(f"cleaner: {read.label}: cannot be read: {read.record}", file=sys.stderr)
            if options.format == "github":
                place = None if read.line is None else (read.line, read.line)
                print(format_annotation("error", read.file, "cannot be read", str(read.record), place))
            continue
        result = clean_record(cleaner, read.id, read.record, decisions.get(read.id))
        if not result.edits:
            continue
        report = build_report(result, read.record.decoded, "")
        counts.add(report)
        changed.append(
            {"path": read.label, "edits": len(result.edits), "by_rule": report["totals"]["by_rule"]}
        )
        if options.format == "text":
            _print_change(read, result, diff=options.diff)
        elif options.format == "github":
            _print_annotations(read, result)
    if not checked:
        raise CleanerError(f"{', '.join(options.inputs)}: no records in there")
    if options.format == "json":
        _print_json(changed, counts)
    elif options.statistics:
        _print_statistics(options, counts)
    if options.format == "text":
        noun = "file" if all(source.kind in WHOLE_FILES for source in inputs.sources) else "document"
        print(
            f"{checked} {noun if checked == 1 else f'{noun}s'} checked, {len(changed)} would change, {unreadable} cannot be read"
        )
    return 3 if unreadable else 1 if changed else 0


def _decide(inputs: "Inputs", cleaner: "Cleaner", options: argparse.Namespace) -> "Mapping[str, Decision]":
    """What two phases over the inputs decide, in a folder that is gone afterwards."""
    import tempfile
    from pathlib import Path

    from cleaner.batch import Reading
    from cleaner.batch.corpus_pass import CorpusPass
    from cleaner.corpus.held_index import hold_index

    reading = Reading(fields=read_fields_options(options), max_size=int(options.max_size * 1e6))
    with hold_index(options.against) as index, tempfile.TemporaryDirectory() as folder:
        corpus = CorpusPass(inputs, cleaner, Path(folder), reading)
        corpus.survey(jobs=1, fresh=True, keep_stripped=False)
        decided = corpus.decide(index).documents
        corpus.discard()
        return decided


def _print_change(read: Read, result: "Result", *, diff: bool) -> None:
    from cleaner.report.colour import print_heading, print_unified
    from cleaner.report.ledger import write_diff

    print_heading(read.label, f"would change, {len(result.edits)} edits")
    if diff:
        print_unified(write_diff(read.id, result.source.text, result.edits))


def _print_annotations(read: Read, result: "Result") -> None:
    """An annotation for each edit: at its line of a text, or where its record begins."""
    from cleaner.report.annotations import describe_edit, format_annotation

    text = result.source.text
    line, position = 1, 0
    for edit in result.edits:
        line += text.count("\n", position, edit.start)
        position = edit.start
        old = text[edit.start : edit.end]
        rules = [cause.rule for cause in edit.causes]
        place = None if read.line is None else (read.line, read.line)
        if read.number is None:
            place = (line, line + old.removesuffix("\n").count("\n"))
        message = describe_edit(old, edit.new, rules)
        if read.number is not None:
            message = f"record {read.number}, line {line}: {message}"
        print(format_annotation("warning", read.file, ", ".join(dict.fromkeys(rules)), message, place))


def _print_json(changed: list[dict[str, Any]], counts: "RuleCounts") -> None:
    by_rule = {row.rule: row.edits for row in sorted(counts.rows())}
    print(json.dumps({"changed": changed, "by_rule": by_rule}, ensure_ascii=False, indent=1))


def _print_statistics(options: argparse.Namespace, counts: "RuleCounts") -> None:
    from cleaner.report.colour import print_statistics

    print_statistics(counts.rows(), to_error=options.format == "github")
