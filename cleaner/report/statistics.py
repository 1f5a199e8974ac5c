"""What a run did, in figures: a row for each rule, and a Parquet file with a row for each edit."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.core.text import count_words
from cleaner.errors import CleanerError
from cleaner.formats.runs import list_documents
from cleaner.report.categories import category_of

# Where stages that rewrite and stages that remove met in one removal, the latter decided it.
_REWRITING = ("repair", "rejoin", "normalise", "layout")
_BATCH = 10_000  # edits that are written together


class RuleStatistics(NamedTuple):
    """What one rule did in a run. Words count for the cause that decided an edit."""

    rule: str
    category: str
    documents: int
    edits: int
    words_removed: int
    characters_removed: int


def read_reports(out: Path) -> Iterator[dict[str, Any]]:
    """The change reports of a run in the order of its manifest.

    Raises OSError, ValueError or KeyError where ``out`` holds no complete run.
    """
    manifest = json.loads((out / "manifest.json").read_bytes())
    for document in list_documents(out, manifest):
        yield document.read()[0]


class RuleCounts:
    """What rules did, counted report by report."""

    def __init__(self) -> None:
        self._sums: dict[str, list[int]] = {}

    def add(self, report: Mapping[str, Any]) -> None:
        """Count the edits of one document."""
        seen: set[str] = set()
        for edit in list_edits(report):
            counts = self._sums.setdefault(edit["rule"], [0, 0, 0, 0])
            counts[0] += edit["rule"] not in seen
            seen.add(edit["rule"])
            counts[1] += 1
            if edit["cause"] == 0:
                counts[2] += max(0, count_words(edit["old"]) - count_words(edit["new"]))
                counts[3] += max(0, len(edit["old"]) - len(edit["new"]))

    def rows(self) -> list[RuleStatistics]:
        """A row for each rule that acted, the one that took most words first."""
        rows = [RuleStatistics(rule, category_of(rule), *counts) for rule, counts in self._sums.items()]
        return sorted(rows, key=lambda row: (-row.words_removed, -row.edits, row.rule))


def count_rules(out: Path) -> list[RuleStatistics]:
    """The rules that acted in a run, the one that took most words first."""
    counts = RuleCounts()
    for report in read_reports(out):
        counts.add(report)
    return counts.rows()


def rank_causes(edit: Mapping[str, Any]) -> list[Any]:
    """The causes of an edit of a report, the one that decided it first.

    >>> rank_causes({"new": "", "causes": [{"stage": "repair"}, {"stage": "strip"}]})
    [{'stage': 'strip'}, {'stage': 'repair'}]
    """
    return sorted(edit["causes"], key=lambda cause: not edit["new"] and cause["stage"] in _REWRITING)


def list_edits(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each cause of each edit of a report; ``cause`` is 0 for the one that decided it."""
    for number, edit in enumerate(report["edits"]):
        for place, cause in enumerate(rank_causes(edit)):
            yield {
                "document": report["id"],
                "language": report["language"]["code"],
                "edit": number,
                "cause": place,
                "rule": cause["rule"],
                "category": category_of(cause["rule"]),
                "stage": cause["stage"],
                "line": edit["line"],
                "start": edit["start"],
                "end": edit["end"],
                "old": _join(edit["old"]),
                "new": _join(edit["new"]),
                "detail": json.dumps(cause["detail"], ensure_ascii=False) if cause.get("detail") else None,
            }


def _join(text: str | list[str]) -> str:
    """A text in one piece; half characters, which Parquet cannot hold, become U+FFFD."""
    whole = text if isinstance(text, str) else "".join(text)
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def format_statistics(rows: Sequence[RuleStatistics], form: str) -> str:
    """The rows as a table, JSON or CSV."""
    if form == "json":
        return json.dumps([row._asdict() for row in rows], indent=1) + "\n"
    if form == "csv":
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(RuleStatistics._fields)
        writer.writerows(rows)
        return written.getvalue()
    width = max([len("rule"), *(len(row.rule) for row in rows)])
    lines = [f"{'rule':{width}}  documents     edits     words  characters"]
    lines += [
        f"{row.rule:{width}}  {row.documents:9,} {row.edits:9,} {row.words_removed:9,}  {row.characters_removed:10,}"
        for row in rows
    ]
    return "".join(f"{line}\n" for line in lines)


def write_parquet(out: Path, path: Path) -> int:
    """Write all edits of a run, a row for each cause; the number of rows.

    Raises CleanerError where pyarrow is missing.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise CleanerError(
            "Parquet needs pyarrow, which is not installed: pip install 'article-cleaner[parquet]'"
        ) from None
    numbers = ("edit", "cause", "line", "start", "end")
    texts = ("document", "language", "rule", "category", "stage", "old", "new", "detail")
    schema = pa.schema([*((name, pa.string()) for name in texts), *((name, pa.int64()) for name in numbers)])
    written = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.part")
    try:
        with pq.ParquetWriter(partial, schema) as writer:
            waiting: list[dict[str, Any]] = []
            for report in read_reports(out):
                waiting.extend(list_edits(report))
                if len(waiting) >= _BATCH:
                    writer.write_table(pa.Table.from_pylist(waiting, schema))
                    written += len(waiting)
                    waiting = []
            writer.write_table(pa.Table.from_pylist(waiting, schema))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return written + len(waiting)
