"""Options that several commands share, and the cleaner that they ask for."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.api import Cleaner

LEVELS = ("safe", "standard", "aggressive")


def add_cleaning_options(parser: argparse.ArgumentParser) -> None:
    """``--rules``, ``--level`` and the other choices of how to clean."""
    group = parser.add_argument_group("how to clean")
    group.add_argument(
        "--rules",
        nargs="+",
        metavar="PACK",
        default=[],
        action="extend",
        help="rule packs: a shipped name (news, en/news), a .toml file or a folder; default: all shipped packs",
    )
    group.add_argument(
        "--enable",
        metavar="ID",
        default=[],
        action="append",
        help="apply an unsafe or hint rule; patterns such as 'related.*' are understood",
    )
    group.add_argument(
        "--disable",
        metavar="ID",
        default=[],
        action="append",
        help="switch a rule off; patterns such as 'photo-credit.*' are understood",
    )
    group.add_argument(
        "--level",
        choices=LEVELS,
        default="safe",
        help="safe: safe rules; standard: an eager scorer, too; aggressive: unsafe rules, too (default: safe)",
    )
    group.add_argument(
        "--captions",
        choices=("metadata", "keep", "drop"),
        default="metadata",
        help="captions and photo credits: move to the metadata, keep in the text, or drop (default: metadata)",
    )
    group.add_argument(
        "--dedupe",
        choices=("document", "off"),
        default="document",
        help="remove paragraphs that a document repeats (default: document)",
    )
    group.add_argument(
        "--language", metavar="CODE", help="language of all documents, such as en; default: detected"
    )
    group.add_argument(
        "--site", metavar="HOST", help="site of all documents, such as example.org; brings its site packs in"
    )


def build_cleaner(options: argparse.Namespace) -> "Cleaner":
    """The cleaner that the options describe. Raises CleanerError for what does not exist or is broken.

    Packs that do not ship are tested by their own examples first.
    """
    from cleaner.api import Cleaner, Settings
    from cleaner.errors import PackError
    from cleaner.packs import check_examples, shipped_paths

    settings = Settings(
        level=options.level,
        captions=options.captions,
        dedupe=options.dedupe,
        enable=tuple(options.enable),
        disable=tuple(options.disable),
        language=options.language,
        site=options.site,
    )
    cleaner = Cleaner.load(*options.rules, settings=settings)
    shipped = shipped_paths()
    failures = check_examples(pack for pack in cleaner.packs if pack.name not in shipped)
    if failures:
        raise PackError(failures)
    return cleaner
