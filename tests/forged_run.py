"""A finished run without cleaning: documents and edits as a test wants them."""

import json

from cleaner.core.document import Context, Document
from cleaner.core.edits import Cause, Edit, apply
from cleaner.formats.files import write_file
from cleaner.pipeline import Result
from cleaner.report.ledger import build_report, dump_json
from cleaner.sources.decode import Decoded


def remove(text, piece, rule="ad.marker", stage="strip", detail=None):
    """An edit that removes each occurrence of a piece."""
    edits, at = [], text.find(piece)
    while at >= 0:
        edits.append(Edit(at, at + len(piece), "", (Cause(rule, stage, detail),)))
        at = text.find(piece, at + len(piece))
    return edits


def forge_run(out, documents, *, hints=(), flags=(), quarantine=(), meta=None):
    """Write what a run would leave in ``out``; ``documents`` are (id, text, edits)."""
    rows = []
    for id, text, edits in documents:
        result = Result(
            Document(id, text),
            apply(text, edits),
            tuple(edits),
            tuple(hints),
            tuple(flags),
            (),
            meta or {},
            Context("en"),
        )
        report = build_report(result, Decoded(text, "utf-8"), "0" * 64)
        name = f"{len(rows):05}.txt"
        write_file(out / "text" / name, result.text.encode("utf-8", "surrogatepass"))
        write_file(out / "changes" / f"{name}.json", dump_json(report).encode())
        rows.append(
            {"id": id, "name": name, "sha256": "0" * 64, "chars_in": len(text), "chars_out": len(result.text)}
        )
    totals = {
        "in": len(rows) + len(quarantine), "documents": len(rows), "duplicates_left_out": 0, "quarantined": len(quarantine),
        "chars_in": sum(row["chars_in"] for row in rows), "chars_out": sum(row["chars_out"] for row in rows),
    }  # fmt: skip
    manifest = {"schema": 1, "version": "0", "settings": {}, "packs": [], "inputs": rows, "totals": totals}
    write_file(out / "manifest.json", json.dumps(manifest).encode())
    write_file(out / "quarantine.jsonl", "".join(dump_json(row) + "\n" for row in quarantine).encode())
    return out
