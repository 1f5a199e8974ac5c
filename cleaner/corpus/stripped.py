"""What phase one made of a document, written down, so that phase two need not strip the document again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cleaner.core.document import Context, Document, Flag, Foreign, Language, Note
from cleaner.core.edits import Cause, Edit
from cleaner.pipeline import Result


def write_stripped(result: Result, made_of: str) -> bytes:
    """A surveyed document without its source; ``made_of`` tells of what bytes it was made, and by what."""
    context = result.context
    row = {
        "id": result.source.id,
        "made_of": made_of,
        "text": result.text,
        "edits": result.edits,
        "hints": result.hints,
        "lost": result.lost,
        "flags": result.flags,
        "notes": result.notes,
        "context": [context.language, context.site, context.title, context.confidence],
        "foreign": context.foreign,
        # Of a page, what an extractor was asked, who is not asked twice.
        "meta": {} if result.source.page is None else result.source.meta,
    }
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")


def read_stripped(content: bytes, document: Document, made_of: str) -> Result | None:
    """The surveyed document; None where this is another one, or was made of something else."""
    row: dict[str, Any] = json.loads(content.decode("utf-8", "surrogatepass"))
    if row["id"] != document.id or row["made_of"] != made_of:
        return None
    document = replace(document, meta={**document.meta, **row["meta"]})
    language, site, title, confidence = row["context"]
    return Result(
        document,
        row["text"],
        _read_edits(row["edits"]),
        _read_edits(row["hints"]),
        tuple(Flag(*flag) for flag in row["flags"]),
        _read_edits(row["lost"]),
        document.meta,
        Context(language, site, title, confidence, document.page, _read_foreign(row["foreign"])),
        tuple(Note(*note) for note in row["notes"]),
    )


def _read_edits(rows: Sequence[Sequence[Any]]) -> tuple[Edit, ...]:
    return tuple(Edit(start, end, new, tuple(map(_read_cause, causes))) for start, end, new, causes in rows)


def _read_foreign(rows: Sequence[Sequence[Any]]) -> tuple[Foreign, ...]:
    return tuple(Foreign(start, end, Language(*language)) for start, end, language in rows)


def _read_cause(row: tuple[str, str, Mapping[str, object] | None]) -> Cause:
    return Cause(*row)
