"""The change report of one document: as JSON, and as a unified diff that ``patch -R`` applies.

The list of edits is the diff; nothing is compared again.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner.core.edits import Cause, Edit, apply, invert
from cleaner.pipeline import Result
from cleaner.sources.decode import Decoded, encode

SCHEMA_VERSION = 1
SCHEMA_PATH = Path(__file__).parent / "change-report.schema.json"
_SURROGATE_RE = re.compile("[\ud800-\udfff]")
_SURROGATE_PAIR_RE = re.compile("(?<=[\ud800-\udbff])(?=[\udc00-\udfff])")
_CONTEXT_LINES = 3
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_NESTED = (dict, list, tuple)


def hash_text(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, in hex; lone surrogates count as their own three bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def build_report(result: Result, decoded: Decoded, sha256: str) -> dict[str, Any]:
    """The change report of a result, read from bytes with the hash ``sha256``. Offsets are code points."""
    source = result.source.text
    line_of = _LineNumbers(source)
    rows = [_edit_row(source, edit, line_of) for edit in result.edits]
    rules = Counter(cause.rule for edit in result.edits for cause in edit.causes)
    flags = [{"id": flag.id, "why": flag.why} for flag in result.flags]
    if decoded.guessed:
        flags.append(
            {"id": "encoding.guessed", "why": f"no declaration and no UTF-8: read as {decoded.encoding}"}
        )
    return {
        "schema": SCHEMA_VERSION,
        "id": result.source.id,
        "source": {
            "sha256": sha256,
            "text_sha256": hash_text(source),
            "encoding": decoded.encoding,
            "bom": decoded.bom,
            "newline": decoded.newline,
            "stray": [[offset, byte] for offset, byte in decoded.stray],
            "chars": len(source),
            "reversible": decoded.reversible,
            **({} if result.source.page is None else {"format": "html"}),
        },
        "cleaned": {"text_sha256": hash_text(result.text), "chars": len(result.text)},
        "language": {"code": result.context.language, "confidence": round(result.context.confidence, 3)},
        "metadata": dict(result.meta),
        "edits": rows,
        "hints": [_edit_row(source, hint, line_of) for hint in result.hints],
        "lost": [_edit_row(source, edit, line_of) for edit in result.lost],
        "flags": flags,
        "totals": {
            "removed_chars": sum(edit.end - edit.start for edit in result.edits),
            "added_chars": sum(len(edit.new) for edit in result.edits),
            "by_rule": dict(sorted(rules.items())),
        },
    }


class _LineNumbers:
    """Line numbers, from 1, of offsets asked for in any order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = 0
        self._line = 1

    def __call__(self, offset: int) -> int:
        if offset < self._offset:
            self._offset, self._line = 0, 1
        self._line += self._text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line


def _edit_row(source: str, edit: Edit, line_of: _LineNumbers) -> dict[str, Any]:
    return {
        "start": edit.start,
        "end": edit.end,
        "old": _split_surrogates(source[edit.start : edit.end]),
        "new": _split_surrogates(edit.new),
        "line": line_of(edit.start),
        "causes": [_cause_row(cause) for cause in edit.causes],
    }


def _split_surrogates(text: str) -> str | list[str]:
    """Two lone surrogates side by side would become one character in JSON; parted, they survive."""
    # Most texts need no look at each character: the check for ASCII is free, the search for a pair is not.
    if text.isascii() or _SURROGATE_PAIR_RE.search(text) is None:
        return text
    return _SURROGATE_PAIR_RE.split(text)


def _cause_row(cause: Cause) -> dict[str, Any]:
    row: dict[str, Any] = {"rule": cause.rule, "stage": cause.stage}
    if cause.detail:
        row["detail"] = dict(cause.detail)
    return row


def dump_json(value: object, *, indent: int | None = None) -> str:
    """JSON as reports hold it: readable letters, escapes only for lone surrogates."""
    text = _ENCODER.encode(value) if indent is None else _lay_out(value, "\n", " " * indent)
    return _SURROGATE_RE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _lay_out(value: object, line: str, indent: str) -> str:
    """JSON with one value a line, as ``json.dumps`` lays it out, whose own code for that is slow.

    ``line`` is the line break with the indent of the line that the value stands on.
    """
    if isinstance(value, dict) and value:
        inner = line + indent
        rows = (
            f"{_write_key(key)}: {_lay_out(item, inner, indent) if isinstance(item, _NESTED) else _ENCODER.encode(item)}"
            for key, item in value.items()
        )
        return f"{{{inner}{f',{inner}'.join(rows)}{line}}}"
    if isinstance(value, list | tuple) and value:
        inner = line + indent
        items = (
            _lay_out(item, inner, indent) if isinstance(item, _NESTED) else _ENCODER.encode(item)
            for item in value
        )
        return f"[{inner}{f',{inner}'.join(items)}{line}]"
    return _ENCODER.encode(value)


def _write_key(key: object) -> str:
    return _ENCODER.encode(key) if isinstance(key, str) else f'"{_ENCODER.encode(key)}"'


def read_edits(rows: Iterable[Mapping[str, Any]]) -> list[Edit]:
    """The edits of a report's rows, the same that :func:`build_report` was given."""
    return [
        Edit(
            row["start"],
            row["end"],
            _join(row["new"]),
            tuple(Cause(cause["rule"], cause["stage"], cause.get("detail")) for cause in row["causes"]),
        )
        for row in rows
    ]


def _join(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def restore_source(report: Mapping[str, Any], cleaned: str) -> str:
    """The source text that a report and the cleaned text come from.

    Raises ValueError when the cleaned text is not the one that the report speaks of.
    """
    if hash_text(cleaned) != report["cleaned"]["text_sha256"]:
        raise ValueError("the cleaned text was changed after the run")
    inverse = []
    shift = 0
    for row in report["edits"]:
        old, new = _join(row["old"]), _join(row["new"])
        start = row["start"] + shift
        inverse.append(Edit(start, start + len(new), old, ()))
        shift += len(new) - len(old)
    source = apply(cleaned, inverse)
    if hash_text(source) != report["source"]["text_sha256"]:
        raise ValueError("the restored text has another hash than the source")
    return source


def restore_bytes(report: Mapping[str, Any], cleaned: str) -> bytes:
    """The bytes of the source; where only the text can be restored, its UTF-8 bytes.

    Raises ValueError when a hash does not match.
    """
    source = report["source"]
    text = restore_source(report, cleaned)
    if source["reversible"] != "bytes":
        return text.encode("utf-8", "surrogatepass")
    stray = [(offset, byte) for offset, byte in source["stray"]]
    content = encode(text, source["encoding"], bom=source["bom"], newline=source["newline"], stray=stray)
    if hashlib.sha256(content).hexdigest() != source["sha256"]:
        raise ValueError("the restored bytes have another hash than the source")
    return content


def write_diff(name: str, source: str, edits: Sequence[Edit]) -> str:
    """A unified diff from the source text to the cleaned text; empty where nothing changes.

    Lines end at ``"\\n"`` only; a missing final line break is marked as ``patch`` expects it.

    >>> print(write_diff("a.txt", "Ad\\nOne.", [Edit(0, 3, "", ())]), end="")
    --- a/a.txt
    +++ b/a.txt
    @@ -1,2 +1 @@
    -Ad
     One.
    \\ No newline at end of file
    """
    return "".join(diff_pieces(name, source, edits))


def diff_pieces(name: str, source: str, edits: Sequence[Edit]) -> Iterator[str]:
    """What :func:`write_diff` writes, piece by piece: a line may be a book, and its diff is two of them."""
    text = apply(source, edits)
    old, new = _lines_with_breaks(source), _lines_with_breaks(text)
    blocks = list(_changed_blocks(source, text, edits, old, new))
    if not blocks:
        return
    label = _quote_name(name)
    yield f"--- {label('a')}\n+++ {label('b')}\n"
    for group in _group_blocks(blocks):
        yield from _write_hunk(group, old, new)


def _lines_with_breaks(text: str) -> list[str]:
    *lines, last = text.split("\n")
    return [*(line + "\n" for line in lines), *([last] if last else [])]


Block = tuple[int, int, int, int]  # old lines [a, b) become new lines [c, d)


def _changed_blocks(
    source: str, text: str, edits: Sequence[Edit], old: Sequence[str], new: Sequence[str]
) -> Iterator[Block]:
    """Runs of lines that edits touch, without the lines that both sides share at head and tail."""
    merged: list[list[int]] = []
    old_line, new_line = _LineNumbers(source), _LineNumbers(text)
    for edit, back in zip(edits, invert(source, edits), strict=True):
        a, c = old_line(edit.start) - 1, new_line(back.start) - 1
        b, d = old_line(edit.end), new_line(back.end)
        if merged and (a < merged[-1][1] or c < merged[-1][3]):
            merged[-1][1], merged[-1][3] = max(merged[-1][1], b), max(merged[-1][3], d)
        else:
            merged.append([a, b, c, d])
    for a, b, c, d in merged:
        b, d = min(b, len(old)), min(d, len(new))
        while a < b and c < d and old[a] == new[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
        if a < b or c < d:
            yield a, b, c, d


def _group_blocks(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks whose contexts would touch share a hunk."""
    group: list[Block] = []
    for block in blocks:
        if group and block[0] - group[-1][1] > 2 * _CONTEXT_LINES:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _write_hunk(group: Sequence[Block], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    first, last = group[0], group[-1]
    before = min(_CONTEXT_LINES, first[0])
    after = min(_CONTEXT_LINES, len(old) - last[1])
    old_start, old_count = first[0] - before, last[1] + after - (first[0] - before)
    new_start, new_count = first[2] - before, last[3] + after - (first[2] - before)
    yield f"@@ -{_hunk_span(old_start, old_count)} +{_hunk_span(new_start, new_count)} @@\n"
    position = old_start
    for a, b, c, d in group:
        yield from _marked(" ", old[position:a])
        yield from _marked("-", old[a:b])
        yield from _marked("+", new[c:d])
        position = b
    yield from _marked(" ", old[position : position + after])


def _hunk_span(start: int, count: int) -> str:
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"


def _marked(mark: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield mark
        yield line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"


def _quote_name(name: str) -> Any:
    """``a/name`` and ``b/name``, in C quotes where the name holds a space, quote or control character."""

    def label(side: str) -> str:
        plain = f"{side}/{name}"
        if re.fullmatch(r"[^\s\"\\\x00-\x1f\x7f]+", plain):
            return plain
        escapes = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
        quoted = "".join(escapes.get(c, c if c >= " " else f"\\{ord(c):03o}") for c in plain)
        return f'"{quoted}"'

    return label
