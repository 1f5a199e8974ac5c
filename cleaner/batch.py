"""A run over files: every input is cleaned, skipped as unchanged, or quarantined; the totals add up."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cleaner import __version__
from cleaner.api import Cleaner
from cleaner.core.document import Document
from cleaner.errors import UnreadableError
from cleaner.formats.files import Inputs, Source, write_file
from cleaner.report.ledger import build_report, dump_json, hash_text, restore_source, write_diff
from cleaner.report.summary import Summary
from cleaner.sources.decode import decode

MANIFEST = "manifest.json"


def clean_files(
    inputs: Inputs,
    cleaner: Cleaner,
    out: Path,
    *,
    fresh: bool = False,
    advance: Callable[[Source], None] = lambda _: None,
) -> Summary:
    """Clean all sources into ``out``. What is there from an equal run on equal bytes is kept as it is.

    ``advance`` is called after each source. Raises OSError where ``out`` cannot be written.
    """
    known = _inputs_of(out)
    if not (out / MANIFEST).exists():
        _write_manifest(out, cleaner, [], inputs)
    summary = Summary()
    rows = []
    for source in inputs.sources:
        row = _clean_file(source, cleaner, out, fresh, summary)
        if row is not None:
            rows.append(row)
        advance(source)
    kept = {source.name for source in inputs.sources} - {row["name"] for row in summary.quarantined}
    _remove_outputs(out, (row["name"] for row in known if row["name"] not in kept))
    _remove_outputs(out, (row["name"] for row in summary.quarantined))
    for row in summary.quarantined:
        del row["name"]
    quarantine = "".join(dump_json(row) + "\n" for row in summary.quarantined)
    write_file(out / "quarantine.jsonl", quarantine.encode())
    write_file(out / "corpus.jsonl", "".join(_corpus_lines(out, rows)).encode())
    _write_manifest(out, cleaner, rows, inputs, quarantined=len(summary.quarantined))
    return summary


def _clean_file(
    source: Source, cleaner: Cleaner, out: Path, fresh: bool, summary: Summary
) -> dict[str, Any] | None:
    """Clean one file; the row of the manifest, None where the file went to quarantine."""
    sha256 = ""
    try:
        content = source.path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        report = None if fresh else _finished_report(out, source, sha256, cleaner)
        if report is None:
            report = _clean_bytes(source, content, sha256, cleaner, out)
            summary.cleaned += 1
        else:
            summary.unchanged += 1
    except UnreadableError as error:
        summary.quarantined.append(_quarantine_row(source, error.reason, error.detail, sha256))
        return None
    except OSError as error:
        if error.filename is not None and Path(error.filename) != source.path:
            raise
        summary.quarantined.append(
            _quarantine_row(source, "unreadable", error.strerror or str(error), sha256)
        )
        return None
    chars_in, chars_out = report["source"]["chars"], report["cleaned"]["chars"]
    summary.chars_in += chars_in
    summary.chars_out += chars_out
    summary.by_rule.update(report["totals"]["by_rule"])
    summary.flagged.extend((source.id, flag["id"]) for flag in report["flags"])
    return {
        "id": source.id,
        "name": source.name,
        "sha256": sha256,
        "chars_in": chars_in,
        "chars_out": chars_out,
    }


def _clean_bytes(source: Source, content: bytes, sha256: str, cleaner: Cleaner, out: Path) -> dict[str, Any]:
    decoded = decode(content)
    result = cleaner.clean_document(Document(source.id, decoded.text))
    report = build_report(result, decoded, sha256) | {"run": _run_of(cleaner)}
    write_file(out / "text" / source.name, result.text.encode("utf-8", "surrogatepass"))
    diff = write_diff(source.id, decoded.text, result.edits)
    write_file(out / "changes" / f"{source.name}.diff", diff.encode("utf-8", "surrogatepass"))
    # The report is written last: where it stands, its document is finished.
    write_file(out / "changes" / f"{source.name}.json", (dump_json(report, indent=1) + "\n").encode())
    return report


def _run_of(cleaner: Cleaner) -> dict[str, str]:
    return {"version": __version__, "rules": cleaner.rules_hash}


def _finished_report(out: Path, source: Source, sha256: str, cleaner: Cleaner) -> dict[str, Any] | None:
    """The report of an earlier run on the same bytes with the same rules whose output still stands."""
    try:
        report: dict[str, Any] = read_report(out, source.name)
        cleaned = (out / "text" / source.name).read_bytes().decode("utf-8", "surrogatepass")
        finished = (
            report["source"]["sha256"] == sha256
            and report["run"] == _run_of(cleaner)
            and report["cleaned"]["text_sha256"] == hash_text(cleaned)
            and report["id"] == source.id
            and (out / "changes" / f"{source.name}.diff").is_file()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return report if finished else None


def read_report(out: Path, name: str) -> dict[str, Any]:
    """The change report of a document of a run by its output name."""
    report: dict[str, Any] = json.loads((out / "changes" / f"{name}.json").read_bytes())
    return report


def _quarantine_row(source: Source, reason: str, detail: str, sha256: str) -> dict[str, Any]:
    row = {
        "id": source.id,
        "path": source.id,
        "line": None,
        "reason": reason,
        "detail": detail,
        "sha256": sha256 or None,
    }
    return row | {"name": source.name}


def _corpus_lines(out: Path, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        report = read_report(out, row["name"])
        text = (out / "text" / row["name"]).read_bytes().decode("utf-8", "surrogatepass")
        metadata = {**report["metadata"], "language": report["language"]["code"]}
        yield dump_json({"id": row["id"], "text": text, "metadata": metadata}) + "\n"


def _write_manifest(
    out: Path, cleaner: Cleaner, rows: list[dict[str, Any]], inputs: Inputs, quarantined: int = 0
) -> None:
    manifest = {
        "schema": 1,
        "version": __version__,
        "settings": asdict(cleaner.settings),
        "rules": cleaner.rules_hash,
        "packs": [
            {"name": _pack_label(pack.name), "version": pack.version, "sha256": pack.sha256}
            for pack in cleaner.packs
        ],
        "inputs": rows,
        "skipped": [skipped._asdict() for skipped in inputs.skipped],
        "totals": {
            "in": len(rows) + quarantined,
            "documents": len(rows),
            "duplicates_left_out": 0,
            "quarantined": quarantined,
            "chars_in": sum(row["chars_in"] for row in rows),
            "chars_out": sum(row["chars_out"] for row in rows),
        },
    }
    write_file(out / MANIFEST, (dump_json(manifest, indent=1) + "\n").encode())


def _pack_label(name: str) -> str:
    """A pack's name without the folders of the machine that it was read on."""
    return Path(name).name if name.endswith(".toml") else name


def read_manifest(out: Path) -> dict[str, Any]:
    """The manifest of a run. Raises OSError or ValueError where there is none that can be read."""
    manifest: dict[str, Any] = json.loads((out / MANIFEST).read_bytes())
    return manifest


def _inputs_of(out: Path) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = read_manifest(out)["inputs"]
        return rows
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _remove_outputs(out: Path, names: Iterable[str]) -> None:
    """Remove what earlier runs wrote for documents that are no longer there, and folders left empty."""
    for name in names:
        for path in (out / "text" / name, out / "changes" / f"{name}.json", out / "changes" / f"{name}.diff"):
            path.unlink(missing_ok=True)
            for folder in path.parents:
                if folder == out or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()


def restore_document(out: Path, name: str) -> tuple[dict[str, Any], str, str]:
    """The report, the source text and the cleaned text of a document of a run.

    Raises ValueError when a hash does not match, OSError when a file is missing.
    """
    report = read_report(out, name)
    cleaned = (out / "text" / name).read_bytes().decode("utf-8", "surrogatepass")
    return report, restore_source(report, cleaned), cleaned
