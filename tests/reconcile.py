"""What every finished run must be: totals that add up with what stands in OUT, and no half-written file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def read_lines(path: Path) -> list[Any]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def read_corpus(out: Path) -> Iterator[tuple[str, str]]:
    """Id and cleaned text of each document, as the corpus of a run has them."""
    manifest = json.loads((out / "manifest.json").read_bytes())
    if manifest.get("to", "tree") == "tree":
        yield from ((row["id"], row["text"]) for row in read_lines(out / "corpus.jsonl"))
        return
    for path in sorted((out / "corpus").iterdir()):
        if path.suffix == ".jsonl":
            yield from ((row["id"], row["text"]) for row in read_lines(path))
            continue
        from pyarrow.parquet import read_table

        table = read_table(path, columns=["id", "text"])
        yield from zip(table.column("id").to_pylist(), table.column("text").to_pylist(), strict=True)


def read_reports(out: Path) -> Iterator[dict[str, Any]]:
    """The change report of each document of a run."""
    for path in sorted((out / "changes").rglob("*")):
        if path.suffix == ".json":
            yield json.loads(path.read_bytes())
        elif path.suffix == ".jsonl":
            yield from read_lines(path)
        elif path.suffix == ".parquet":
            from pyarrow.parquet import read_table

            yield from map(json.loads, read_table(path).column("report").to_pylist())


def assert_reconciled(out: Path, code: int) -> None:
    """Assert that all counts agree: manifest, inputs, corpus, reports, quarantine and exit code."""
    manifest = json.loads((out / "manifest.json").read_bytes())
    totals, inputs = manifest["totals"], manifest["inputs"]
    quarantine = read_lines(out / "quarantine.jsonl")
    corpus = dict(read_corpus(out))
    reports = {report["id"]: report for report in read_reports(out)}
    assert totals["in"] == totals["documents"] + totals["duplicates_left_out"] + totals["quarantined"]
    assert len(corpus) == totals["documents"]
    assert len(quarantine) == totals["quarantined"]
    assert (code == 3) == bool(quarantine)
    assert not corpus.keys() & {row["id"] for row in quarantine}
    assert corpus.keys() <= reports.keys(), "every document has its report"
    chosen = [reports[id] for id in corpus]
    assert sum(report["source"]["chars"] for report in chosen) == totals["chars_in"]
    assert sum(report["cleaned"]["chars"] for report in chosen) == totals["chars_out"]
    for report in chosen:
        removed, added = report["totals"]["removed_chars"], report["totals"]["added_chars"]
        assert report["source"]["chars"] - removed + added == report["cleaned"]["chars"], report["id"]
    if manifest.get("to", "tree") == "tree":
        assert {row["id"] for row in inputs} == corpus.keys()
        for row in inputs:
            text = (out / "text" / row["name"]).read_bytes().decode("utf-8", "surrogatepass")
            assert text == corpus[row["id"]]
    else:
        for name in ("documents", "quarantined", "chars_in", "chars_out"):
            assert sum(row[name] for row in inputs) == totals[name], name
            assert sum(part[name] for part in manifest["parts"]) == totals[name], name
    assert not list(out.rglob(".*")), "nothing half-written is left"
