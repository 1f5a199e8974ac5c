"""One document and its change: cleaned on the spot, or looked up in a run."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleaner.cli.options import build_cleaner
from cleaner.errors import CleanerError, UnreadableError

if TYPE_CHECKING:
    from cleaner.core.edits import Edit


class Change(NamedTuple):
    """The source text of a document with the edits and hints about it."""

    source: str
    edits: "list[Edit]"
    hints: "list[Edit]"
    lost: "list[Edit]"


def find_change(options: argparse.Namespace, name: str) -> Change:
    """The change of a file, or of a document of the run that ``--run`` names."""
    if options.run_folder is not None:
        return _look_up(options.run_folder, name)
    return _clean_now(options, Path(name))


def _clean_now(options: argparse.Namespace, path: Path) -> Change:
    from cleaner.batch.work import clean_record, read_record
    from cleaner.formats.fields import BY_CONVENTION
    from cleaner.formats.files import tell_kind
    from cleaner.formats.rows import WHOLE_FILES, Row

    cleaner = build_cleaner(options)
    try:
        kind = tell_kind(path)
        record, _ = read_record(
            kind if kind in WHOLE_FILES else "text", Row(path.read_bytes(), None), BY_CONVENTION
        )
    except FileNotFoundError:
        raise CleanerError(f"{path}: no such file; for a document of a run add --run OUT") from None
    except (OSError, UnreadableError) as error:
        raise CleanerError(f"{path}: cannot be read: {error}") from None
    result = clean_record(cleaner, path.name, record)
    return Change(record.text, list(result.edits), list(result.hints), list(result.lost))


def _look_up(out: Path, id: str) -> Change:
    from cleaner.batch.manifest import read_finished_manifest
    from cleaner.formats.runs import find_document
    from cleaner.report.ledger import read_edits, restore_source

    try:
        found = find_document(out, read_finished_manifest(out), id)
        if found is None:
            raise CleanerError(f"{id}: no document of the run in {out}; its corpus lists the ids")
        report, cleaned = found.read()
        source = restore_source(report, cleaned)
    except (OSError, ValueError, KeyError) as error:
        raise CleanerError(f"{id}: its change report cannot be used: {error}; run clean again") from None
    return Change(
        source, read_edits(report["edits"]), read_edits(report["hints"]), read_edits(report["lost"])
    )
