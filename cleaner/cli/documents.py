"""Documents of inputs, and one document with its change: cleaned on the spot, or looked up in a run."""

import argparse
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleaner.cli.options import add_cleaning_options, add_reading_options, build_cleaner, read_fields_options
from cleaner.errors import CleanerError, UnreadableError

if TYPE_CHECKING:
    from cleaner.api import Settings
    from cleaner.core.edits import Edit
    from cleaner.formats.fields import Record
    from cleaner.formats.files import Inputs

_RECORD_RE = re.compile(r"(.+)#(\d+)\Z", re.DOTALL)


class Read(NamedTuple):
    """A document of an input. ``line`` is where its record begins in a file of records.

    ``record`` is an error in the place of what cannot be read.
    """

    id: str
    file: str
    number: int | None
    line: int | None
    record: "Record | UnreadableError"

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.file if self.number is None else f"{self.file}#{self.number}"


def read_documents(inputs: "Inputs", options: argparse.Namespace) -> Iterator[Read]:
    """The documents of all inputs, in their order."""
    from cleaner.batch.work import read_record
    from cleaner.formats.inputs import InputFile

    fields, limit = read_fields_options(options), int(options.max_size * 1e6)
    for source in inputs.sources:
        for row in InputFile(source, limit, fields).rows():
            record: Record | UnreadableError
            try:
                if row.problem is not None:
                    raise UnreadableError(*row.problem)
                record, _ = read_record(source.kind, row, fields)
            except UnreadableError as error:
                record = error
            id = source.id if row.number is None else f"{source.id}#{row.number}"
            yield Read(id, str(source.path), row.number, row.line, record)


class Change(NamedTuple):
    """The source text of a document with the edits and hints about it."""

    source: str
    edits: "list[Edit]"
    hints: "list[Edit]"
    lost: "list[Edit]"


def add_source_options(parser: argparse.ArgumentParser) -> None:
    """``--run``, and how to read and clean a file that is looked at on the spot."""
    parser.add_argument(
        "--run", dest="run_folder", metavar="OUT", type=Path, help="look the document up in this run"
    )
    add_reading_options(parser)
    add_cleaning_options(parser)


def find_change(options: argparse.Namespace, name: str) -> Change:
    """The change of a file or a record (``path#number``), or of a document of the run that ``--run`` names."""
    if options.run_folder is not None:
        return _look_up(options.run_folder, name)
    return _clean_now(options, name)


def _clean_now(options: argparse.Namespace, name: str) -> Change:
    from cleaner.batch.work import clean_record

    read = _read_one(options, name)
    if isinstance(read.record, UnreadableError):
        raise CleanerError(f"{name}: cannot be read: {read.record}") from None
    cleaner = build_cleaner(options)
    result = clean_record(cleaner, _place_in_corpus(Path(read.file), read.id, cleaner.settings), read.record)
    return Change(read.record.text, list(result.edits), list(result.hints), list(result.lost))


def _place_in_corpus(file: Path, id: str, settings: "Settings") -> str:
    """The id of a file that is looked at by itself, as a run over one of the folders above it gives it.

    ``in/kyiv/a.txt`` is ``kyiv/a.txt`` where the configuration speaks of ``kyiv/``: as a site, else in an ignore.
    """
    folders = [part for part in file.parts[:-1] if part not in (file.anchor, ".", "..")]
    ids = ["/".join((*folders[start:], id)) for start in range(len(folders))]
    served = (place for place in ids if any(place.startswith(folder) for folder, _ in settings.sites))
    ignored = (place for place in ids if any(fnmatchcase(place, pattern) for pattern, _ in settings.ignores))
    return next(served, None) or next(ignored, id)


def _read_one(options: argparse.Namespace, name: str) -> Read:
    """The one document that a name means. Raises CleanerError where it is none, or one of many."""
    from cleaner.formats.files import find_inputs

    match = _RECORD_RE.match(name)
    path, wanted = name, None
    if match and not Path(name).exists():
        path, wanted = match[1], int(match[2])
    if not Path(path).exists():
        raise CleanerError(f"{path}: no such file; for a document of a run add --run OUT")
    if Path(path).is_dir():
        raise CleanerError(f"{path}: is a folder; name one file in it")
    found = read_documents(find_inputs([path], records=True, kind=options.kind), options)
    if wanted is not None:
        read = next((read for read in found if read.number == wanted), None)
        if read is None:
            raise CleanerError(f"{path}: has no record {wanted}")
        return read
    first = next(found, None)
    if first is None:
        raise CleanerError(f"{path}: holds no document")
    if next(found, None) is not None:
        raise CleanerError(f"{path}: holds many documents; name one of them, such as {first.label}")
    return first


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
