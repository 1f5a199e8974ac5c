"""What a run says at its end: words by category, what to look at, the slowest documents, the quarantine.

In colour on a terminal, the same rows as plain text elsewhere.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.report.categories import Category, family_of, rank_categories
from cleaner.report.colour import FAMILY_STYLES, is_colourful
from cleaner.report.summary import Summary

_CATEGORIES = 12  # rows; the rest is summed up
_BAR = 24
LARGE_FLAG = "large"
_SLOW = 1.0  # seconds; what is faster is not worth a line


class Share(NamedTuple):
    """A row of the table: words, part of all words, edits, category, and the length of its bar."""

    words: str
    share: str
    edits: str
    category: str
    bar: int


HEADS = Share("words", "share", "edits", "category", 0)


def print_summary(summary: Summary, rules: Mapping[str, Mapping[str, int]], page: Path) -> None:
    """Print it. ``rules`` are the sums of the page: edits and words of each rule."""
    headline = describe_run(summary, sum(counts["words"] for counts in rules.values()))
    shares, quiet = list_shares(rank_categories(rules))
    sections = dict(list_sections(summary))
    if is_colourful():
        _print_coloured(headline, shares, quiet, sections, page)
    else:
        print(format_summary(headline, shares, quiet, sections, page))


def describe_run(summary: Summary, words: int | None = None) -> list[str]:
    """The counts of a run, in two lines; ``words`` is how many were removed, where they were counted."""
    share = 1 - summary.chars_out / summary.chars_in if summary.chars_in else 0.0
    removed = "" if words is None else f"{_count(words, 'word')} removed; "
    left_out = f"{summary.left_out:,} left out as duplicates, " if summary.left_out else ""
    return [
        f"{_count(summary.cleaned + summary.unchanged, 'document')} ({summary.cleaned:,} cleaned, {summary.unchanged:,} "
        f"unchanged since the last run), {left_out}{len(summary.quarantined):,} in quarantine",
        f"{removed}{_count(summary.chars_in, 'character')} in, {summary.chars_out:,} out ({share:.1%} less)",
    ]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def list_shares(categories: Sequence[Category]) -> tuple[list[Share], str]:
    """Rows for the categories that took words; in words those that changed text without taking any."""
    taking = [one for one in categories if one.words]
    total, largest = sum(one.words for one in taking), taking[0].words if taking else 1
    shown, rest = taking[:_CATEGORIES], taking[_CATEGORIES:]
    if len(rest) == 1:
        shown, rest = taking, []
    if rest:
        label = f"({len(rest)} more)"
        shown.append(Category(label, sum(one.words for one in rest), sum(one.edits for one in rest)))
    rows = [
        Share(
            f"{one.words:,}",
            f"{one.words / total:.1%}",
            f"{one.edits:,}",
            one.name,
            0 if one.name.startswith("(") else max(1, _BAR * one.words // largest),
        )
        for one in shown
    ]
    quiet = ", ".join(f"{one.name} ({one.edits:,})" for one in categories if not one.words)
    return rows, f"changed without taking words: {quiet}" if quiet else ""


def list_sections(summary: Summary) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Headings with their rows, each row a mark and what it is about."""
    flagged: dict[str, list[str]] = {}
    for id, flag in summary.flagged:
        flagged.setdefault(id, []).append(flag)
    if flagged:
        rows = [(id, ", ".join(flags)) for id, flags in flagged.items()]
        more = summary.flags - len(summary.flagged)
        yield "flagged: look at these", [*rows, *([_name_rest(more)] if more else [])]
    if summary.by_flag and (summary.flags > len(summary.flagged) or LARGE_FLAG in summary.by_flag):
        yield "flags", [_count_flag(id, count) for id, count in sorted(summary.by_flag.items())]
    slow = [(f"{seconds:.1f} s", id) for seconds, id in summary.slowest if seconds >= _SLOW]
    if slow:
        yield "slowest (a worker's first document waits for the rules to load)", slow
    reasons: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for row in summary.quarantined:
        reasons[row["reason"]] += 1
        examples.setdefault(row["reason"], row["id"])
    if reasons:
        yield (
            "in quarantine",
            [
                (reason, f"{count:,}, such as {examples[reason]}" if count > 1 else examples[reason])
                for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
            ],
        )


def _count_flag(id: str, count: int) -> tuple[str, str]:
    meaning = ": cleaned in parts by rules alone, without line scorer and layout" if id == LARGE_FLAG else ""
    return id, _count(count, "time") + meaning


def _name_rest(more: int) -> tuple[str, str]:
    return f"and {more:,} more", "the report lists them all"


def format_summary(
    headline: Sequence[str],
    shares: Sequence[Share],
    quiet: str,
    sections: Mapping[str, Sequence[tuple[str, str]]],
    page: Path,
) -> str:
    """The rows as plain text."""
    lines = list(headline)
    if shares:
        lines.append("")
        for row in (HEADS, *shares):
            bar = "\N{BOX DRAWINGS HEAVY HORIZONTAL}" * row.bar
            lines.append(f"{row.words:>9}  {row.share:>6}  {row.edits:>7}  {row.category:16} {bar}".rstrip())
    if quiet:
        lines += ["", quiet]
    return "\n".join([*lines, *format_sections(sections), "", f"report: {page}"])


def format_sections(sections: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[str]:
    """Headings with their rows as plain text."""
    for heading, rows in sections.items():
        yield from ("", heading)
        width = max(len(mark) for mark, _ in rows)
        yield from (f"  {mark:{width}}  {text}" for mark, text in rows)


def _print_coloured(
    headline: Sequence[str],
    shares: Sequence[Share],
    quiet: str,
    sections: Mapping[str, Sequence[tuple[str, str]]],
    page: Path,
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text(headline[0], style="bold"))
    console.print(Text(headline[1]))
    if shares:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        for head in HEADS[:3]:
            table.add_column(str(head), justify="right", min_width=7)
        table.add_column(HEADS.category, no_wrap=True)
        table.add_column("", no_wrap=True)
        for row in shares:
            style = FAMILY_STYLES[family_of(row.category)]
            bar = Text("\N{BOX DRAWINGS HEAVY HORIZONTAL}" * row.bar, style=style)
            table.add_row(row.words, row.share, row.edits, Text(row.category, style=style), bar)
        console.print()
        console.print(table)
    if quiet:
        console.print()
        console.print(Text(quiet, style="dim"))
    for heading, rows in sections.items():
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(
            style="yellow" if heading.startswith("flagged") else "red" if "quar" in heading else ""
        )
        grid.add_column(overflow="fold")
        for mark, text in rows:
            grid.add_row(Text(f"  {mark}"), Text(text))
        console.print()
        console.print(Text(heading, style="bold"))
        console.print(grid)
    console.print()
    console.print(Text.assemble("report: ", (str(page), "bold cyan")), soft_wrap=True)
