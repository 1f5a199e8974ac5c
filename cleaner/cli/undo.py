"""``cleaner undo``: rebuild every source from the cleaned text and its report."""

import argparse
import sys
from itertools import chain
from pathlib import Path
from typing import Any

from cleaner.errors import CleanerError


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "undo",
        help="rebuild every source of a run, byte for byte, and check the hashes",
        description="Rebuild the sources of a run from text/ and changes/. Exit code 3 if a hash does not match.",
    )
    parser.add_argument("out", metavar="OUT", type=Path, help="the folder of a run")
    parser.add_argument(
        "-o", "--folder", metavar="FOLDER", type=Path, required=True, help="the folder for the sources"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the sources; exit code 0, or 3 when one cannot be restored."""
    from cleaner.batch.manifest import read_finished_manifest
    from cleaner.formats.files import is_below, write_file
    from cleaner.formats.runs import list_documents, list_left_out
    from cleaner.report.ledger import restore_bytes

    manifest = read_finished_manifest(options.out)
    if options.folder.exists() and not options.folder.is_dir():
        raise CleanerError(f"{options.folder}: is a file; name a folder with -o")
    if options.folder.resolve() == options.out.resolve():
        raise CleanerError(f"{options.folder}: is the run itself; choose another folder with -o")
    count = manifest["totals"]["documents"] + manifest["totals"].get("duplicates_left_out", 0)
    restored = records = 0
    try:
        for document in chain(list_documents(options.out, manifest), list_left_out(options.out)):
            try:
                report, cleaned = document.read()
                content = restore_bytes(report, cleaned)
                if not is_below(document.source_path):
                    raise ValueError("its path leads out of the folder")
                by_text = report["source"]["reversible"] != "bytes"
                is_page = report["source"].get("format") == "html"
            except (OSError, ValueError, KeyError, TypeError) as error:
                print(f"cleaner: {document.id}: cannot be restored: {error}", file=sys.stderr)
                continue
            path = document.name if is_page else document.source_path
            write_file(options.folder / path, content)
            restored += 1
            if by_text and path == document.id and not is_page:
                print(
                    f"cleaner: {document.id}: its text is restored; its encoding does not allow the bytes",
                    file=sys.stderr,
                )
            records += path != document.id
    except (ValueError, KeyError) as error:
        print(f"cleaner: {options.out}: a shard cannot be read on: {error}", file=sys.stderr)
    what = "sources" if not records else "texts" if records == restored else "sources and texts"
    print(f"{restored} of {count} {what} restored in {options.folder}")
    return 3 if restored < count else 0
