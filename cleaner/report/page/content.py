"""What the page shows, read from a finished run: one row and one body for each document.

A row is what lists and charts need and stands in the page as it is; a body holds the text with its edits
and is only opened with the document. All of it is plain JSON; the page's script writes it as text.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.core.text import count_words
from cleaner.errors import CleanerError
from cleaner.formats.runs import list_documents
from cleaner.report.categories import FAMILIES, category_of
from cleaner.report.ledger import restore_source
from cleaner.report.page.totals import Totals
from cleaner.report.statistics import rank_causes

_SNIPPET = 160  # code points of a duplicate's text that the overview shows
_QUARANTINE_ROWS = 2000
_DUPLICATE_ROWS = 2000


class Entry(NamedTuple):
    """A document of the page. ``body`` is None where no rule acted or hinted and nothing is flagged."""

    row: dict[str, Any]
    body: dict[str, Any] | None


class Run(NamedTuple):
    """What a run says of itself: its manifest, what it could not read, and documents that are duplicates.

    A row of ``duplicates`` has the document's id, its ``keeper``, and whether it was ``left_out``.
    """

    manifest: Mapping[str, Any]
    quarantine: Sequence[Mapping[str, Any]]
    duplicates: Sequence[Mapping[str, Any]] = ()

    def describe(self, totals: Totals, *, part: int = 0, parts: int = 0, last: bool = True) -> dict[str, Any]:
        """Everything that stands in the page as it is; ``part`` is 0 for the page that opens first."""
        manifest = self.manifest
        return {
            "version": manifest["version"],
            "settings": manifest["settings"],
            "packs": manifest["packs"],
            "totals": manifest["totals"],
            "part": part,
            "parts": parts,
            "last": last,
            "families": {key: list(family) for key, family in FAMILIES.items()},
            "rules": describe_rules(totals, manifest["packs"]),
            "sites": totals.listed(totals.sites),
            "languages": totals.listed(totals.languages),
            "changed": totals.changed,
            "words": totals.words,
            "unlisted": totals.unlisted,
            "documents": totals.rows,
            "shares": totals.shares,
            "duplicates": totals.duplicates,
            "duplicates_found": totals.duplicates_found,
            "duplicate_documents": [] if part else list(self.duplicates[:_DUPLICATE_ROWS]),
            "quarantine": [] if part else list(self.quarantine[:_QUARANTINE_ROWS]),
        }


def read_run(out: Path) -> Run:
    """The manifest and the quarantine of the run in ``out``."""
    manifest = json.loads((out / "manifest.json").read_bytes())
    quarantine = _read_rows(out / "quarantine.jsonl")
    judged = out / "duplicates.jsonl"  # only where documents were compared with each other
    duplicates = _read_rows(judged) if judged.is_file() else []
    return Run(manifest, quarantine, [row for row in duplicates if row.get("kind") == "document"])


def _read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def read_documents(out: Path, manifest: Mapping[str, Any]) -> Iterator[Entry]:
    """The documents of a run in the order of its manifest, be they files or in shards."""
    for document in list_documents(out, manifest):
        report, cleaned = document.read()
        yield describe_document(report, restore_source(report, cleaned), manifest["settings"])


def describe_document(report: Mapping[str, Any], source: str, settings: Mapping[str, Any]) -> Entry:
    """The row and the body of a document from its change report and source text."""
    edits = [_describe_edit(row) for row in report["edits"]]
    rules: dict[str, list[int]] = {}
    words = 0
    for edit in edits:
        lost = max(0, count_words(edit["old"]) - count_words(edit["new"]))
        words += lost
        for number, cause in enumerate(edit["causes"]):
            counts = rules.setdefault(cause["rule"], [0, 0])
            counts[0] += 1
            counts[1] += lost if number == 0 else 0
    hints = Counter(cause["rule"] for hint in report["hints"] for cause in hint["causes"])
    metadata = report["metadata"]
    row = {
        "id": report["id"],
        "title": metadata.get("title") if isinstance(metadata.get("title"), str) else None,
        "site": _site_of(report, settings),
        "language": report["language"]["code"],
        "chars": [report["source"]["chars"], report["cleaned"]["chars"]],
        "words": words,
        "changes": sum(not edit["spacing"] for edit in edits),
        "edits": len(edits),
        "rules": dict(sorted(rules.items())),
        "hints": dict(sorted(hints.items())),
        "flags": report["flags"],
        "encoding": _describe_encoding(report["source"]),
        "duplicates": list(_find_duplicates(report["id"], edits)),
    }
    if not edits and not hints and not report["flags"]:
        return Entry(row, None)
    body = {
        "sha256": report["source"]["text_sha256"],
        "parts": _divide(source, edits),
        "hints": [_describe_edit(hint) for hint in report["hints"]],
        "lost": [_describe_edit(edit) for edit in report["lost"]],
        "metadata": metadata,
    }
    return Entry(row, body)


def _describe_edit(row: Mapping[str, Any]) -> dict[str, Any]:
    """An edit as reports have it, its texts in one piece, the cause that decided it first.

    ``spacing`` tells what a reader may pass over: blank lines and spaces at line ends.
    """
    old, new = ("".join(row[key]) for key in ("old", "new"))
    return {
        "old": old,
        "new": new,
        "start": row["start"],
        "end": row["end"],
        "line": row["line"],
        "spacing": not old.strip()
        and not new.strip()
        and all(cause["stage"] == "layout" for cause in row["causes"]),
        "causes": rank_causes(row),
    }


def _divide(source: str, edits: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The source in order: kept texts, and edits between them. No offset has to be converted in the page."""
    parts: list[Any] = []
    position = 0
    for edit in edits:
        if position < edit["start"]:
            parts.append(source[position : edit["start"]])
        parts.append(edit)
        position = edit["end"]
    if position < len(source):
        parts.append(source[position:])
    return parts


def _site_of(report: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    """The site that the source or the settings name; else the first folder of the id."""
    from urllib.parse import urlsplit

    metadata, id = report["metadata"], report["id"]
    try:
        host = urlsplit(str(metadata.get("url") or "")).hostname
    except ValueError:
        host = None
    mapped = next((site for folder, site in settings.get("sites", ()) if id.startswith(folder)), None)
    folder = f"{id.partition('/')[0]}/" if "/" in id else ""
    return str(settings.get("site") or metadata.get("site") or host or mapped or folder)


def _describe_encoding(source: Mapping[str, Any]) -> str:
    """What decoding had to do; empty for plain UTF-8."""
    notes = []
    if source["encoding"] not in ("utf-8", "ascii"):
        notes.append(f"read as {source['encoding']}")
    if source["bom"]:
        notes.append("byte order mark")
    if source["stray"]:
        count = len(source["stray"])
        notes.append(f"{count} stray byte{'s' if count > 1 else ''} read as windows-1252")
    return ", ".join(notes)


def _find_duplicates(id: str, edits: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for edit in edits:
        for cause in edit["causes"]:
            keeper = (cause.get("detail") or {}).get("keeper")
            if isinstance(keeper, dict):
                yield {
                    "id": id,
                    "line": edit["line"],
                    "text": " ".join(edit["old"].split())[:_SNIPPET],
                    "rule": cause["rule"],
                    "keeper": {"id": keeper.get("id", id), "line": keeper.get("line")},
                    "similarity": keeper.get("similarity"),
                    "verdict": keeper.get("verdict"),
                }


def describe_rules(totals: Totals, packs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rules that acted or hinted: counts, reason and source."""
    known = _known_rules(packs)
    unknown = {"why": "", "safety": "", "pack": "", "line": 0, "source": "", "languages": [], "sites": []}
    rows = []
    for id, counts in totals.rules.items():
        rows.append({"id": id, "category": category_of(id), **counts, **known.get(id, unknown)})
    return sorted(rows, key=lambda row: (-row["words"], -row["edits"], row["id"]))


def _known_rules(packs: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Reason, pack and source of built-in rules, of shipped packs that are still those of the run, of a user's packs."""
    from cleaner.catalogue import BUILTIN_RULES
    from cleaner.packs import describe_rule, load_packs, shipped_paths

    known: dict[str, dict[str, Any]] = {}
    for builtin in BUILTIN_RULES:
        examples = [f"{hit.before!r} becomes {hit.after!r}" for hit in builtin.hits]
        examples += [f"{miss.text!r} stays" for miss in builtin.misses]
        known[builtin.id] = {
            "why": builtin.why, "safety": builtin.safety, "pack": "", "line": 0, "source": "\n".join(examples),
            "languages": [], "sites": [],
        }  # fmt: skip
    shipped = shipped_paths()
    hashes = {pack["name"]: pack["sha256"] for pack in packs}
    try:
        loaded = load_packs([name for name in hashes if name in shipped]) if hashes.keys() & shipped else []
    except CleanerError:
        loaded = []
    for pack in loaded:
        for rule in pack.rules if hashes.get(pack.name) == pack.sha256 else ():
            known[rule.id] = {"pack": pack.name, **describe_rule(rule)}
    for described in packs:
        for id, about in described.get("rules", {}).items():
            known[id] = {"pack": described["name"], **about}
    return known
