"""Reports for the terminal: the change of a document, verdicts line by line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.core.edits import Edit

_NARROWEST_MARGIN, _WIDEST_MARGIN = 12, 40
_CONTEXT = 60  # code points of unchanged text around a change inside a long line
_LEAST_CONTEXT = 8
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class Piece(NamedTuple):
    """A stretch of a row: ``kind`` is kept, old or new."""

    kind: str
    text: str


class Row(NamedTuple):
    """A line of a text with its changes; ``number`` is None where an edit brought the line in."""

    number: int | None
    rules: tuple[str, ...]
    pieces: tuple[Piece, ...]


def format_diff(source: str, edits: Sequence[Edit], *, whole: bool = False, width: int | None = None) -> str:
    """The changed lines of a text: line number and rule at the margin, words marked.

    ``whole`` shows the lines that stay, too, and passes over blank ones; ``width`` shortens what is longer.

    >>> from cleaner.core.edits import Cause
    >>> print(format_diff("Ad\\nAll is well .", [Edit(0, 3, "", (Cause("ad.marker", "strip"),)),
    ...                                          Edit(14, 15, "", (Cause("normalise.space", "normalise"),))]), end="")
         1  ad.marker       | [-Ad-]
         2  normalise.space | All is well[- -].
    """
    if not edits:
        return "nothing changes\n"
    longest = max(len(cause.rule) for edit in edits for cause in edit.causes)
    widest = _WIDEST_MARGIN if width is None else width // 3
    margin = min(max(longest, _NARROWEST_MARGIN), widest)
    lines: list[str] = []
    for row in diff_rows(source, edits):
        if whole and not "".join(piece.text for piece in row.pieces).strip():
            continue
        if whole or row.rules:
            lines.extend(_plain_lines(row, margin, width))
    return "".join(f"{line}\n" for line in lines)


def _plain_lines(row: Row, margin: int, width: int | None) -> Iterator[str]:
    text = shorten_row(row.pieces, _mark, None if width is None else width - margin - 11)
    rules = row.rules or ("",)
    for at, rule in enumerate(rules):
        place = str(row.number) if row.number is not None and not at else ""
        label = rule if len(rule) <= margin else rule[: margin - 1] + ELLIPSIS
        yield f"{place:>6}  {label:{margin}} | {text if not at else ''}".rstrip()


def diff_rows(source: str, edits: Sequence[Edit]) -> Iterator[Row]:
    """All lines of a text in order, each with what happens to it; a rule stands where its edit begins."""
    number: int | None = 1
    last = 1
    pieces: list[Piece] = []
    rules: list[str] = []
    for kind, text, names in _stretches(source, edits):
        for at, line in enumerate(text.split("\n")):
            if at:
                yield Row(number, tuple(dict.fromkeys(rules)), tuple(pieces))
                pieces, rules = [], []
                last += kind != "new"
                number = None if kind == "new" else last
            if not at:
                rules.extend(names)
            if line:
                pieces.append(Piece(kind, line))
    if pieces or rules:
        yield Row(number, tuple(dict.fromkeys(rules)), tuple(pieces))


def _stretches(source: str, edits: Sequence[Edit]) -> Iterator[tuple[str, str, list[str]]]:
    position = 0
    for edit in edits:
        if position < edit.start:
            yield "kept", source[position : edit.start], []
        names = [cause.rule for cause in edit.causes]
        if edit.start < edit.end:
            yield "old", source[edit.start : edit.end], names
        if edit.new:
            yield "new", edit.new, names
        position = edit.end
    if position < len(source):
        yield "kept", source[position:], []


def _mark(piece: Piece) -> str:
    marks = {"old": ("[-", "-]"), "new": ("{+", "+}")}
    head, tail = marks.get(piece.kind, ("", ""))
    return f"{head}{piece.text}{tail}"


def shorten_row(pieces: Sequence[Piece], show: Callable[[Piece], str], width: int | None) -> str:
    """The pieces in a row; long ones lose their middle, the more the narrower the room is."""
    return "".join(show(piece) for piece in shorten_pieces(pieces, show, width))


def shorten_pieces(
    pieces: Sequence[Piece], show: Callable[[Piece], str], width: int | None
) -> Sequence[Piece]:
    """The pieces, long ones without their middle; without a width only kept text is shortened."""
    context = _CONTEXT
    short = [piece if piece.kind != "kept" else _shorten(piece, context, pieces) for piece in pieces]
    while width is not None and sum(len(show(piece)) for piece in short) > width and context > _LEAST_CONTEXT:
        context -= 4
        short = [_shorten(piece, context, pieces) for piece in pieces]
    return short


def _shorten(piece: Piece, context: int, row: Sequence[Piece]) -> Piece:
    """The beginning and the end of a piece; of one at the edge of its row only what is near the change."""
    text = piece.text
    at_edge = piece.kind == "kept" and len(row) > 1 and (piece is row[0] or piece is row[-1])
    if len(text) <= (context + 3 if at_edge else 2 * context):
        return piece
    head = text[:context].rsplit(" ", 1)[0]
    tail = text[-context:].split(" ", 1)[-1]
    if at_edge:
        return Piece(piece.kind, f"{ELLIPSIS} {tail}" if piece is row[0] else f"{head} {ELLIPSIS}")
    return Piece(piece.kind, f"{head} {ELLIPSIS} {tail}")


def _line_starts(text: str) -> list[int]:
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return starts


def format_verdicts(
    source: str,
    edits: Sequence[Edit],
    hints: Sequence[Edit],
    lost: Sequence[Edit],
    whys: Mapping[str, str],
    only: int | None = None,
) -> str:
    """For each line that is not blank: kept, changed or removed; by which rule and why; hints about it."""
    rows = []
    starts = _line_starts(source)
    by_line = [_by_line(starts, edits), _by_line(starts, hints), _by_line(starts, lost)]
    for number, start in enumerate(starts):
        end = starts[number + 1] - 1 if number + 1 < len(starts) else len(source)
        text = source[start:end]
        if (only is not None and number + 1 != only) or (only is None and not text.strip()):
            continue
        acting, hinting, gone = (entries.get(number, []) for entries in by_line)
        verdict = _verdict(acting, start, end)
        rows.append(f"{number + 1:6}  {verdict:8} {text if len(text) <= 100 else text[:99] + chr(0x2026)}")
        rows.extend(_reason_rows("", acting, whys))
        rows.extend(_reason_rows("hint: ", hinting, whys))
        if only is not None:
            rows.extend(_reason_rows("gave way: ", gone, whys))
            if not acting and not hinting:
                rows.append(f"{'':16} no rule speaks of this line")
    return "".join(f"{row}\n" for row in rows)


def _by_line(starts: Sequence[int], edits: Sequence[Edit]) -> dict[int, list[Edit]]:
    """Line number, from 0, to the edits that touch it; an edit that ends at a line's start does not."""
    from bisect import bisect_right

    touched: dict[int, list[Edit]] = {}
    for edit in edits:
        first = bisect_right(starts, edit.start) - 1
        last = bisect_right(starts, max(edit.start, edit.end - 1)) - 1
        for number in range(first, last + 1):
            touched.setdefault(number, []).append(edit)
    return touched


def _verdict(acting: Sequence[Edit], start: int, end: int) -> str:
    if not acting:
        return "kept"
    if any(edit.start <= start and end <= edit.end and not edit.new for edit in acting):
        captured = any("captured" in (cause.detail or {}) for edit in acting for cause in edit.causes)
        return "captured" if captured else "removed"
    return "changed"


def _reason_rows(kind: str, edits: Sequence[Edit], whys: Mapping[str, str]) -> Iterator[str]:
    causes = {(cause.rule, repr(cause.detail)): cause for edit in edits for cause in edit.causes}
    for cause in causes.values():
        yield f"{'':16} {kind}{cause.rule} ({cause.stage}): {whys.get(cause.rule, '')}".rstrip(": ")
        evidence = describe_evidence(cause.detail or {})
        if evidence:
            yield f"{'':18} {evidence}"


def describe_evidence(detail: Mapping[str, object]) -> str:
    """What a rule knows of its edit, in one line; what it captured stands in the metadata.

    >>> describe_evidence({"keeper": {"line": 8, "verdict": "same"}, "score": 0.9, "captured": {"title": "x"}})
    'keeper: line 8, verdict same; score: 0.9'
    """
    return "; ".join(f"{key}: {_in_words(value)}" for key, value in detail.items() if key != "captured")


def _in_words(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_in_words(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_in_words, value))
    return str(value)
