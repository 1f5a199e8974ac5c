"""``cleaner undo``: rebuild every source from the cleaned text and its report."""

import argparse
import sys
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
    from cleaner.batch import read_manifest, read_report
    from cleaner.formats.files import write_file
    from cleaner.report.ledger import restore_bytes

    try:
        rows = read_manifest(options.out)["inputs"]
    except (OSError, ValueError, KeyError):
        raise CleanerError(f"{options.out}: holds no manifest.json of a run") from None
    if options.folder.exists() and not options.folder.is_dir():
        raise CleanerError(f"{options.folder}: is a file; name a folder with -o")
    if options.folder.resolve() == options.out.resolve():
        raise CleanerError(f"{options.folder}: is the run itself; choose another folder with -o")
    failed = 0
    for row in rows:
        try:
            report = read_report(options.out, row["name"])
            cleaned = (options.out / "text" / row["name"]).read_bytes().decode("utf-8", "surrogatepass")
            content = restore_bytes(report, cleaned)
            by_text = report["source"]["reversible"] != "bytes"
        except (OSError, ValueError, KeyError, TypeError) as error:
            failed += 1
            print(f"cleaner: {row['id']}: cannot be restored: {error}", file=sys.stderr)
            continue
        write_file(options.folder / row["id"], content)
        if by_text:
            print(
                f"cleaner: {row['id']}: its text is restored; its encoding does not allow the bytes",
                file=sys.stderr,
            )
    print(f"{len(rows) - failed} of {len(rows)} sources restored in {options.folder}")
    return 3 if failed else 0
