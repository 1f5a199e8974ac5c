"""``cleaner demo``: the packaged sample, before and after."""

import argparse
from pathlib import Path
from typing import Any

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
    """Print the sample's change and the cleaned text."""
    from cleaner.api import Cleaner
    from cleaner.core.document import Document
    from cleaner.report.ledger import dump_json
    from cleaner.report.terminal import format_diff

    cleaner = Cleaner.load()
    for path in sorted(SAMPLES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        result = cleaner.clean_document(Document(path.name, text))
        print(f"== {path.name}: what changes, and by which rule\n")
        print(format_diff(text, result.edits, whole=True, width=100))
        print("== the cleaned text\n")
        print(result.text)
        print(f"== metadata\n\n{dump_json(dict(result.meta), indent=1)}")
    return 0
