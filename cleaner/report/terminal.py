"""Reports for the terminal: the change of a document, verdicts line by line, the summary of a run."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cleaner.core.edits import Edit
from cleaner.report.summary import Summary

_NARROWEST_MARGIN, _WIDEST_MARGIN = 12, 40
_CONTEXT = 60  # code points of unchanged text around a change inside a long line


def format_diff(source: str, edits: Sequence[Edit]) -> str:
    """The changed lines of a text: line number and rule at the margin, words marked.

    >>> from cleaner.core.edits import Cause
    >>> print(format_diff("Ad\\nAll is well .", [Edit(0, 3, "", (Cause("ad.marker", "strip"),)),
    ...                                          Edit(14, 15, "", (Cause("normalise.space", "normalise"),))]), end="")
         1  ad.marker       | [-Ad-]
         2  normalise.space | All is well[- -].
    """
    if not edits:
        return "nothing changes\n"
    return "".join(f"{row}\n" for row in _diff_rows(source, edits))


def _diff_rows(source: str, edits: Sequence[Edit]) -> Iterator[str]:
    starts = _line_starts(source)
    longest = max(len(cause.rule) for edit in edits for cause in edit.causes)
    margin = min(max(longest, _NARROWEST_MARGIN), _WIDEST_MARGIN)
    line = 0
    pending: list[Edit] = []
    for edit in edits:
        while line + 1 < len(starts) and starts[line + 1] <= edit.start:
            if pending:
                yield from _marked_rows(source, starts, line, pending, margin)
                pending = []
            line += 1
        pending.append(edit)
    if pending:
        yield from _marked_rows(source, starts, line, pending, margin)


def _marked_rows(
    source: str, starts: Sequence[int], line: int, edits: Sequence[Edit], margin: int
) -> Iterator[str]:
    """The line that the edits begin in, with those that they go on to."""
    first, reach = starts[line], max(edit.end for edit in edits)
    stop = source.find("\n", max(reach - 1, first))
    stop = len(source) if stop < 0 else stop
    pieces: list[str] = []
    position = first
    for edit in edits:
        pieces.append(_shorten(source[position : edit.start], bool(pieces)))
        removed = source[edit.start : edit.end]
        pieces.append(_mark(removed.removesuffix("\n") if not edit.new else removed, edit.new))
        position = edit.end
    pieces.append(_shorten(source[position:stop], True, at_end=True))
    texts = "".join(pieces).split("\n")
    rules = list(dict.fromkeys(cause.rule for edit in edits for cause in edit.causes))
    for number in range(max(len(texts), len(rules))):
        rule = rules[number] if number < len(rules) else ""
        place = str(line + 1 + number) if number < len(texts) else ""
        text = texts[number] if number < len(texts) else ""
        yield f"{place:>6}  {rule[:margin]:{margin}} | {text}".rstrip()


def _mark(old: str, new: str) -> str:
    return (f"[-{old}-]" if old else "") + (f"{{+{new}+}}" if new else "")


def _shorten(text: str, after_change: bool, *, at_end: bool = False) -> str:
    if len(text) <= 2 * _CONTEXT:
        return text
    head = text[:_CONTEXT] if after_change else ""
    tail = "" if at_end else text[-_CONTEXT:]
    return f"{head} \N{HORIZONTAL ELLIPSIS} {tail}" if head or tail else text


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
        detail = {key: value for key, value in (cause.detail or {}).items() if key != "captured"}
        evidence = f" {detail}" if detail else ""
        yield f"{'':16} {kind}{cause.rule} ({cause.stage}): {whys.get(cause.rule, '')}{evidence}".rstrip(": ")


def format_summary(summary: Summary, out: Path) -> str:
    """The counts of a run, words removed by category, and where to look."""
    share = 1 - summary.chars_out / summary.chars_in if summary.chars_in else 0.0
    documents = summary.cleaned + summary.unchanged
    rows = [
        f"{documents} documents ({summary.cleaned} cleaned, {summary.unchanged} unchanged since the last run), "
        f"{len(summary.quarantined)} in quarantine",
        f"{summary.chars_in:,} characters in, {summary.chars_out:,} out ({share:.1%} less)",
    ]
    categories: Counter[str] = Counter()
    for rule, count in summary.by_rule.items():
        categories[rule.partition(".")[0]] += count
    rows.extend(f"{count:7} {category}" for category, count in categories.most_common(12))
    rows.extend(f"look at {id}: {flag}" for id, flag in summary.flagged[:10])
    if len(summary.flagged) > 10:
        rows.append(f"... and {len(summary.flagged) - 10} more flags, see the report")
    rows.append(f"report: {out / 'report.html'}")
    return "\n".join(rows)
