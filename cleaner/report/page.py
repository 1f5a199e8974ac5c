"""The browsable report of a run: one HTML file, no network, no script."""

import html
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner.core.edits import Edit
from cleaner.formats.files import write_file
from cleaner.report.ledger import read_edits, restore_source

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --gone: #c02b2b; --new: #1a7f37; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
td.n { text-align: right; } summary { cursor: pointer; padding: .3rem 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .9rem/1.5 ui-monospace, monospace; border-left: 2px solid var(--line);
padding-left: 1rem; }
del { color: var(--gone); } ins { color: var(--new); } small { color: var(--gone); opacity: .8; }
"""


def write_page(out: Path) -> Path:
    """Build ``out/report.html`` from the manifest and the change reports of the run in ``out``."""
    page = out / "report.html"
    write_file(page, "".join(_page(out)).encode("utf-8", "replace"))
    return page


def _page(out: Path) -> Iterator[str]:
    manifest = json.loads((out / "manifest.json").read_bytes())
    reports = [
        json.loads((out / "changes" / f"{row['name']}.json").read_bytes()) for row in manifest["inputs"]
    ]
    rules: Counter[str] = Counter()
    for report in reports:
        rules.update(report["totals"]["by_rule"])
    totals = manifest["totals"]
    yield "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    yield "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>Cleaning report</title><style>{_STYLE}</style><h1>Cleaning report</h1>"
    yield f"<p>{totals['documents']} documents, {totals['quarantined']} in quarantine; "
    yield f"{totals['chars_in']:,} characters in, {totals['chars_out']:,} out.</p>"
    yield "<h2>Rules that acted</h2><table><tr><th>rule<th>times</tr>"
    for rule, count in rules.most_common():
        yield f"<tr><td>{html.escape(rule)}<td class=n>{count}</tr>"
    yield "</table><h2>Documents</h2>"
    for row, report in zip(manifest["inputs"], reports, strict=True):
        cleaned = (out / "text" / row["name"]).read_bytes().decode("utf-8", "surrogatepass")
        yield from _document(report, restore_source(report, cleaned))


def _document(report: Mapping[str, Any], source: str) -> Iterator[str]:
    totals = report["totals"]
    yield f"<details><summary>{html.escape(report['id'])}: {len(report['edits'])} edits, "
    yield f"{totals['removed_chars']:,} characters removed</summary>"
    for flag in report["flags"]:
        yield f"<p><strong>{html.escape(flag['id'])}</strong> {html.escape(flag['why'])}</p>"
    yield f"<pre>{html.escape(json.dumps(report['metadata'], ensure_ascii=False, indent=1))}</pre><pre>"
    yield from _marked(source, read_edits(report["edits"]))
    yield "</pre></details>"


def _marked(source: str, edits: Sequence[Edit]) -> Iterator[str]:
    position = 0
    for edit in edits:
        yield html.escape(source[position : edit.start])
        names = html.escape(", ".join(cause.rule for cause in edit.causes))
        removed = source[edit.start : edit.end]
        if removed:
            yield f"<del title='{names}'>{html.escape(removed)}</del>"
        if edit.new:
            yield f"<ins title='{names}'>{html.escape(edit.new)}</ins>"
        if removed.strip():
            yield f"<small>{names}</small>\n"
        position = edit.end
    yield html.escape(source[position:])
