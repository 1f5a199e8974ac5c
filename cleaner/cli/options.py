"""Options that several commands share, and the cleaner that they ask for."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.formats.fields import Fields

LEVELS = ("safe", "standard", "aggressive")
CAPTIONS = ("metadata", "keep", "drop")
DEDUPE = ("document", "off")
EXTRACTORS = ("trafilatura", "resiliparse", "rules")
BACKENDS = ("py3langid", "langdetect", "both")


def add_cleaning_options(parser: argparse.ArgumentParser) -> None:
    """``--rules``, ``--level`` and the other choices of how to clean."""
    group = parser.add_argument_group("how to clean")
    group.add_argument(
        "--config",
        metavar="FILE",
        type=Path,
        help="configuration; default: the nearest cleaner.toml, or pyproject.toml with [tool.cleaner]",
    )
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
        help="safe: safe rules; standard: an eager scorer, too; aggressive: unsafe rules, too (default: safe)",
    )
    group.add_argument(
        "--captions",
        choices=CAPTIONS,
        help="captions and photo credits: move to the metadata, keep in the text, or drop (default: metadata)",
    )
    group.add_argument(
        "--dedupe",
        choices=DEDUPE,
        help="remove paragraphs that a document repeats (default: document)",
    )
    group.add_argument(
        "--extractor",
        choices=EXTRACTORS,
        help="what is asked where the article of a page of HTML is: trafilatura, resiliparse (fast) or nothing but "
        "rules (default: trafilatura)",
    )
    group.add_argument(
        "--profile",
        metavar="NAME",
        help="bring the corpus into one style: plain, typographic or a .toml file; default: as the authors wrote",
    )
    group.add_argument(
        "--language-backend",
        choices=BACKENDS,
        help="what tells the language: py3langid, langdetect, or both, which must agree (default: py3langid)",
    )
    group.add_argument(
        "--language", metavar="CODE", help="language of all documents, such as en; default: detected"
    )
    group.add_argument(
        "--site", metavar="HOST", help="site of all documents, such as example.org; brings its site packs in"
    )


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """``--from`` and the other choices of how to read inputs."""
    group = parser.add_argument_group("what to read")
    group.add_argument(
        "--from",
        dest="kind",
        choices=("text", "html", "jsonl", "json", "csv", "tsv", "parquet", "warc"),
        help="what the inputs hold (default: told by name and content); packed ones (.gz, .zst, .bz2, .xz) are unpacked",
    )
    group.add_argument(
        "--text-field",
        metavar="NAME",
        help="field of a record that holds its text or its HTML (default: text, content, body, article, ..., html)",
    )
    group.add_argument(
        "--id-field",
        metavar="NAME",
        help="field that holds a record's own id (default: id, doc_id, uuid, ...)",
    )
    group.add_argument(
        "--max-size",
        metavar="MB",
        type=float,
        default=20,
        help="megabytes of a document; a larger one is quarantined (default: 20)",
    )


def read_fields_options(options: argparse.Namespace) -> "Fields":
    """The names of fields that the user gave."""
    from cleaner.formats.fields import Fields

    return Fields(options.text_field, options.id_field)


def build_cleaner(options: argparse.Namespace) -> "Cleaner":
    """The cleaner that options and configuration describe; an option wins over the configuration.

    Packs that do not ship are tested by their own examples first. Raises CleanerError for what does
    not exist or is broken.
    """
    from cleaner.api import Cleaner, Settings
    from cleaner.configuration import find_configuration, read_configuration
    from cleaner.errors import CleanerError, PackError
    from cleaner.packs import check_examples, shipped_paths

    path = options.config or find_configuration(Path())
    configuration = read_configuration(path)
    chosen: dict[str, Any] = dict(configuration.choices)
    for name in (
        "level",
        "captions",
        "dedupe",
        "extractor",
        "language",
        "language_backend",
        "profile",
        "site",
    ):
        if getattr(options, name) is not None:
            chosen[name] = getattr(options, name)
    for name, allowed in (
        ("level", LEVELS),
        ("captions", CAPTIONS),
        ("dedupe", DEDUPE),
        ("extractor", EXTRACTORS),
    ):
        if chosen.get(name, allowed[0]) not in allowed:
            raise CleanerError(f"{path}: {name} is one of {', '.join(allowed)}, not {chosen[name]!r}")
    settings = Settings(
        enable=(*configuration.enable, *options.enable),
        disable=(*configuration.disable, *options.disable),
        sites=configuration.sites,
        ignores=configuration.ignores,
        keeps=configuration.keeps,
        **chosen,
    )
    cleaner = Cleaner.load(*(options.rules or configuration.rules), settings=settings)
    shipped = shipped_paths()
    failures = check_examples(pack for pack in cleaner.packs if pack.name not in shipped)
    if failures:
        raise PackError(failures)
    return cleaner
