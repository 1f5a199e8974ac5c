"""``cleaner glossary``: spellings and names that a corpus writes in two ways, with counts."""

import argparse
import sys
from typing import Any

from cleaner.errors import UnreadableError


def add_command(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "glossary",
        help="propose variant spellings that occur in a corpus, as a profile to edit",
        description="Print pairs of spellings and names that a corpus writes in two ways, with counts, as TOML for a profile. "
        "Nothing is changed: a person decides which pairs are one.",
    )
    parser.add_argument("inputs", nargs="+", metavar="CORPUS", help="files, folders or globs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the proposals."""
    from cleaner.core.document import Document
    from cleaner.corpus.glossary import propose_variants, write_glossary
    from cleaner.formats.files import find_inputs
    from cleaner.sources.decode import decode

    documents = []
    unreadable = 0
    for source in find_inputs(options.inputs).sources:
        try:
            documents.append(Document(source.id, decode(source.path.read_bytes()).text))
        except (UnreadableError, OSError) as error:
            unreadable += 1
            print(f"cleaner: {source.path}: cannot be read: {error}", file=sys.stderr)
    print(write_glossary(propose_variants(documents)), end="")
    return 3 if unreadable else 0
