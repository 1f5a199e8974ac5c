"""The documents of a finished run, read back from its folder, be it a tree or shards."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.formats.files import is_packed, output_name
from cleaner.formats.parquet import import_parquet

LEFT_OUT = "left-out.jsonl"  # in OUT: the reports of documents of which nothing else was written
_RECORD_ID_RE = re.compile(r"#\d+\Z")


class Written(NamedTuple):
    """A document of a run. ``read`` gives its change report and its cleaned text.

    ``read`` raises OSError, ValueError or KeyError where the files are damaged.
    """

    id: str
    name: str
    read: Callable[[], tuple[dict[str, Any], str]]

    @property
    def source_path(self) -> str:
        """Where its source stood below the input; what was no file of plain text stands under its name."""
        return self.name if _RECORD_ID_RE.search(self.id) or is_packed(self.id) else self.id


def list_documents(out: Path, manifest: Mapping[str, Any]) -> Iterator[Written]:
    """The documents of the run in ``out``, in their order; memory holds one at a time."""
    if manifest.get("to", "tree") == "tree":
        for row in manifest["inputs"]:
            yield Written(row["id"], row["name"], partial(_read_files, out, row["name"]))
        return
    for part in manifest["parts"]:
        yield from _list_shard(out, manifest["to"], part["part"])


def list_left_out(out: Path) -> Iterator[Written]:
    """The documents that the run in ``out`` left out as duplicates; their cleaned text is empty."""
    path = out / LEFT_OUT
    if not path.is_file():
        return
    with path.open("rb") as reports:
        for line in reports:
            report = json.loads(line)
            yield Written(report["id"], output_name(report["id"]), partial(_read_pair, report, ""))


def find_document(out: Path, manifest: Mapping[str, Any], id: str) -> Written | None:
    """The document with an id or an output name; None where the run has none.

    Of shards only those are opened that hold documents of its file.
    """
    documents = list_documents(out, manifest)
    if manifest.get("to", "tree") != "tree":
        files = {name.rpartition("#")[0] or name for name in (id, id.removesuffix(".txt"))} | {id}
        parts = [part["part"] for part in manifest["parts"] if files & part["inputs"].keys()]
        documents = chain.from_iterable(_list_shard(out, manifest["to"], part) for part in parts)
    documents = chain(documents, list_left_out(out))
    return next((found for found in documents if id in (found.id, found.name)), None)


def _list_shard(out: Path, form: str, part: int) -> Iterator[Written]:
    corpus, changes = (out / kind / f"part-{part:05}.{form}" for kind in ("corpus", "changes"))
    pairs = _read_lines(corpus, changes) if form == "jsonl" else _read_columns(corpus, changes)
    for report, text in pairs:
        yield Written(report["id"], output_name(report["id"]), partial(_read_pair, report, text))


def _read_files(out: Path, name: str) -> tuple[dict[str, Any], str]:
    report: dict[str, Any] = json.loads((out / "changes" / f"{name}.json").read_bytes())
    return report, (out / "text" / name).read_bytes().decode("utf-8", "surrogatepass")


def _read_pair(report: dict[str, Any], text: str) -> tuple[dict[str, Any], str]:
    return report, text


def _read_lines(corpus: Path, changes: Path) -> Iterator[tuple[dict[str, Any], str]]:
    with corpus.open("rb") as texts, changes.open("rb") as reports:
        for row, report in zip(texts, reports, strict=True):
            yield json.loads(report), json.loads(row)["text"]


def _read_columns(corpus: Path, changes: Path) -> Iterator[tuple[dict[str, Any], str]]:
    parquet = import_parquet()
    with parquet.ParquetFile(corpus) as texts, parquet.ParquetFile(changes) as reports:
        batches = zip(
            texts.iter_batches(256, columns=["text"]),
            reports.iter_batches(256, columns=["report"]),
            strict=True,
        )
        for rows, lines in batches:
            for text, line in zip(rows.column(0).to_pylist(), lines.column(0).to_pylist(), strict=True):
                yield json.loads(line), text
