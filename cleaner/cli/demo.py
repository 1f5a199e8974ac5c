"""``cleaner demo``: the packaged sample, before and after."""

import argparse
from pathlib import Path
from typing import Any

_NEXT = """
== with texts of your own

cleaner clean ARTICLES -o OUT       # a folder of text files; then open OUT/report.html
cleaner explain ARTICLES/a.txt:12   # why is line 12 gone, or still there?
"""
SAMPLES = Path(__file__).parent.parent / "samples"


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "demo",
        help="clean a packaged sample and print before and after",
        description="Clean a sample that comes with the package; writes nothing.",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the sample's change, the cleaned text and what became metadata; and where to go on."""
    from cleaner.api import Cleaner
    from cleaner.core.document import Document
    from cleaner.report.colour import print_heading, print_marked
    from cleaner.report.ledger import dump_json
    from cleaner.report.terminal import format_diff

    cleaner = Cleaner.load()
    print("Removed text stands in [-...-], new text in {+...+}, the line and the rule at the margin.\n")
    for path in sorted(SAMPLES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        result = cleaner.clean_document(Document(path.name, text))
        print_heading(f"== {path.name}", "what changes, and by which rule\n")
        print_marked(format_diff(text, result.edits, whole=True, width=104))
        print_heading("\n== the cleaned text", "what goes on to your corpus\n")
        print(result.text)
        print_heading("== its metadata", "what was taken out, and is not lost\n")
        print(dump_json(dict(result.meta), indent=1))
    print(_NEXT, end="")
    return 0
