"""``cleaner clean``: files, folders and globs into a folder; ``-`` from standard input to standard output."""

import argparse
import hashlib
import os
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.cli.options import (
    add_cleaning_options,
    add_index_option,
    add_reading_options,
    build_cleaner,
    check_index_option,
    positive,
    read_fields_options,
)
from cleaner.cli.progress import show_progress
from cleaner.errors import CleanerError, UnreadableError

if TYPE_CHECKING:
    from cleaner.report.summary import Summary

QUARANTINED = 3
_MOST_NAMED = 100  # on a terminal
_MOST_FOR_PAGE = (
    20_000_000  # characters in shards: the page takes one process and more time than workers take for them
)


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
    parser.add_argument(
        "--jobs", metavar="N", type=positive(int), default=None, help="worker processes (default: all cores)"
    )
    add_reading_options(parser)
    records = parser.add_argument_group("what to write")
    records.add_argument(
        "--to",
        choices=("tree", "jsonl", "parquet"),
        help="a file for each document, or shards of many (default: tree for files, the input's format for records)",
    )
    records.add_argument(
        "--shard-size",
        metavar="MB",
        type=positive(float),
        default=64,
        help="megabytes of input in a shard (default: 64)",
    )
    records.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=positive(float),
        default=60,
        help="seconds of computing for a document, and 20 more for each megabyte of it; a slower one is quarantined (default: 60)",
    )
    add_cleaning_options(parser)
    add_index_option(parser)
    parser.add_argument(
        "--update-index",
        action="store_true",
        help="with --against: add this run to the index at its end; makes the index if there is none",
    )
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
    from cleaner.batch import Reading, clean_files
    from cleaner.batch.plan import choose_form
    from cleaner.corpus.held_index import hold_index
    from cleaner.formats.files import check_names, check_output, find_inputs
    from cleaner.formats.parquet import import_parquet
    from cleaner.report.ending import describe_run, format_sections, list_sections, print_summary
    from cleaner.report.page import remove_page, write_page

    inputs = find_inputs(options.inputs, options.out, records=True, kind=options.kind)
    check_output(options.out)
    cleaner = build_cleaner(options)
    if options.update_index and options.against is None:
        raise CleanerError("--update-index goes with --against INDEX: name the index to add this run to")
    check_index_option(options, cleaner)
    reading = Reading(
        form=options.to or choose_form(inputs),
        fields=read_fields_options(options),
        max_size=int(options.max_size * 1e6),
        shard_size=int(options.shard_size * 1e6),
        seconds=options.timeout,
    )
    if reading.form == "tree":
        check_names(inputs.sources)
    if reading.form == "parquet" or any(source.kind == "parquet" for source in inputs.sources):
        import_parquet()
    total = sum(source.size for source in inputs.sources)
    with (
        hold_index(options.against, writes=options.update_index) as index,
        show_progress(total, quiet=options.quiet) as (advance, survey),
    ):
        summary = clean_files(
            inputs,
            cleaner,
            options.out,
            fresh=options.fresh,
            jobs=options.jobs or os.cpu_count() or 1,
            reading=reading,
            advance=advance,
            survey=survey,
            index=index,
        )
    if reading.form != "tree" and summary.chars_in > _MOST_FOR_PAGE:
        remove_page(options.out)
        _name_quarantined(summary, options.out)
        if not options.quiet:
            print("\n".join([*describe_run(summary), *format_sections(dict(list_sections(summary)))]))
            print(f"report: a page over so much is made on demand, by `cleaner report {options.out}`")
    else:
        page = write_page(options.out)
        _name_quarantined(summary, options.out)
        if not options.quiet:
            print_summary(summary, page.totals.rules, page.path)
    return QUARANTINED if summary.quarantined else 0


def _name_quarantined(summary: "Summary", out: Path) -> None:
    for row in islice(summary.quarantined, _MOST_NAMED):
        line = f", line {row['line']}" if row["line"] else ""
        print(f"cleaner: {row['id']}{line}: in quarantine: {row['reason']}: {row['detail']}", file=sys.stderr)
    more = len(summary.quarantined) - _MOST_NAMED
    if more > 0:
        print(
            f"cleaner: {more:,} more in quarantine: {out / 'quarantine.jsonl'} names them all",
            file=sys.stderr,
        )


def _clean_standard_input(options: argparse.Namespace) -> int:
    if options.out is not None:
        raise CleanerError("-o does not go with -: the cleaned text goes to standard output")
    if options.to is not None:
        raise CleanerError("--to does not go with -: what comes in as text or JSON lines goes out as such")
    if options.kind not in (None, "text", "html", "jsonl"):
        raise CleanerError(f"--from {options.kind} does not go with -: standard input is text, html or jsonl")
    if options.against is not None or options.dedupe == "corpus":
        raise CleanerError(
            "-: a stream is read once and is no corpus; --dedupe corpus and --against take files"
        )
    return _filter_lines(options) if options.kind == "jsonl" else _filter_text(options)


def _filter_text(options: argparse.Namespace) -> int:
    from cleaner.batch.work import clean_record, read_record
    from cleaner.formats.fields import BY_CONVENTION
    from cleaner.formats.files import write_file
    from cleaner.formats.rows import Row
    from cleaner.report.ledger import build_report, dump_json

    cleaner = build_cleaner(options)
    content = sys.stdin.buffer.read()
    try:
        record, _ = read_record(options.kind or "text", Row(content, None), BY_CONVENTION)
    except UnreadableError as error:
        print(f"cleaner: standard input: {error.reason}: {error.detail}", file=sys.stderr)
        return QUARANTINED
    result = clean_record(cleaner, "-", record)
    sys.stdout.buffer.write(result.text.encode("utf-8", "surrogatepass"))
    if options.changes is not None:
        report = build_report(result, record.decoded, hashlib.sha256(content).hexdigest())
        write_file(options.changes, (dump_json(report, indent=1) + "\n").encode())
    return 0


def _filter_lines(options: argparse.Namespace) -> int:
    """JSON lines in, JSON lines out: the text cleaned, every other field as it was."""
    from cleaner.batch.stream import plan_stream
    from cleaner.batch.work import Work
    from cleaner.batch.workers import run_ordered
    from cleaner.formats.files import GrowingFile

    work = Work(build_cleaner(options), "filter", read_fields_options(options), options.timeout)
    chunks = plan_stream(sys.stdin.buffer, int(options.max_size * 1e6))
    changes = GrowingFile(options.changes) if options.changes is not None else None
    unreadable = 0
    try:
        for chunk, outcomes in run_ordered(work, chunks, options.jobs or os.cpu_count() or 1):
            for task, outcome in zip(chunk.tasks, outcomes, strict=True):
                if outcome.problem is not None:
                    unreadable += 1
                    where = f"line {task.row.line}" if task.row.line else task.id
                    reason, detail = outcome.problem
                    print(f"cleaner: standard input, {where}: {reason}: {detail}", file=sys.stderr)
                    continue
                sys.stdout.buffer.write(outcome.pieces[0])
                if changes is not None:
                    changes.write(outcome.pieces[1])
            sys.stdout.buffer.flush()
        if changes is not None:
            changes.commit()
    finally:
        if changes is not None:
            changes.discard()
    return QUARANTINED if unreadable else 0
