"""Options that several commands share, and the cleaner that they ask for."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.formats.fields import Fields

LEVELS = ("safe", "standard", "aggressive")
CAPTIONS = ("metadata", "keep", "drop")
DEDUPE = ("document", "corpus", "off")
REMOVE = ("same", "contained")
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
        help="remove paragraphs that a document repeats, or also those that another document of the corpus has "
        "(default: document)",
    )
    group.add_argument(
        "--remove",
        metavar="LIST",
        type=read_verdicts,
        help="verdicts by which one of two paragraphs goes: same, or same,contained (default: same)",
    )
    group.add_argument(
        "--drop-duplicate-documents",
        action="store_true",
        help="with --dedupe corpus: leave out a document of which everything stands in others; else it is flagged",
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


def add_index_option(parser: argparse.ArgumentParser) -> None:
    """``--against``, for commands that clean a corpus."""
    parser.add_argument(
        "--against",
        metavar="INDEX",
        type=Path,
        help="clean against an index of all that earlier runs kept; means --dedupe corpus",
    )


def check_index_option(options: argparse.Namespace, cleaner: "Cleaner") -> None:
    """Raise CleanerError where ``--against`` and the other choices exclude each other."""
    from cleaner.errors import CleanerError

    if options.against is not None and cleaner.settings.dedupe != "corpus":
        raise CleanerError(
            f"--against {options.against} goes with --dedupe corpus, not {cleaner.settings.dedupe}"
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
        type=positive(float),
        default=64,
        help="megabytes of a document; a larger one is quarantined (default: 64)",
    )


def positive(kind: Callable[[str], Any]) -> Callable[[str], Any]:
    """The type of an option that is a number above zero."""

    def positive_number(text: str) -> Any:
        try:
            number = kind(text)
        except ValueError:
            number = 0
        if not 0 < number < float("inf"):
            raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
        return number

    return positive_number


def read_verdicts(text: str) -> tuple[str, ...]:
    """The verdicts that a list names, such as ``same,contained``."""
    verdicts = tuple(dict.fromkeys(text.split(",")))
    if not set(verdicts) <= set(REMOVE):
        raise argparse.ArgumentTypeError(f"verdicts that remove are {', '.join(REMOVE)}, not {text!r}")
    return tuple(verdict for verdict in REMOVE if verdict in verdicts)


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
    if getattr(options, "against", None) is not None:
        chosen.setdefault("dedupe", "corpus")
    if options.remove is not None:
        chosen["remove"] = options.remove
    settings = Settings(
        drop_duplicate_documents=options.drop_duplicate_documents,
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
