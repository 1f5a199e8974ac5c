"""The same reports in colour, where standard output is a terminal; elsewhere as plain text.

``NO_COLOR`` and ``TERM=dumb`` are respected. What is longer than the screen goes through the pager.
"""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cleaner.core.edits import Edit
from cleaner.report.categories import OTHER, family_of
from cleaner.report.statistics import RuleStatistics, format_statistics
from cleaner.report.terminal import Piece, Row, diff_rows, format_diff, shorten_pieces

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_STYLES: Mapping[str, str] = {"kept": "", "old": "red strike", "new": "green underline"}
# With a verdict's name at its place in a line of `cleaner explain`.
_VERDICTS: Mapping[str, str] = {"kept": "", "removed": "red", "captured": "cyan", "changed": "yellow"}
# By families of rules, as in the page.
FAMILY_STYLES: Mapping[str, str] = {
    "furniture": "default", "captured": "cyan", "media": "magenta", "asks": "red", "elsewhere": "yellow",
    "legal": "yellow", "judged": "bright_blue", "duplicate": "bright_magenta", "letters": "green",
    "wording": "blue", "layout": "bright_black", OTHER: "",
}  # fmt: skip
_UNIFIED: Mapping[str, str] = {
    "--- ": "bold", "+++ ": "bold", "@@": "cyan", "-": "red", "+": "green", "\\": "dim",
}  # fmt: skip
_REMOVED_RE, _ADDED_RE = re.compile(r"\[-.*?-\]"), re.compile(r"\{\+.*?\+\}")
_SIDE_BY_SIDE = 130  # columns from which before and after stand side by side
_MARGIN = 26


def is_colourful() -> bool:
    """Whether standard output is a terminal that takes colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_diff(source: str, edits: Sequence[Edit]) -> None:
    """The change of a document: side by side where there is room, else line by line."""
    if not edits or not is_colourful():
        _print_plain(format_diff(source, edits))
        return
    from rich.console import Console

    console = Console(highlight=False)
    rows = [row for row in diff_rows(source, edits) if row.rules]
    _page(console, _side_by_side(rows) if console.width >= _SIDE_BY_SIDE else _stacked(rows), 2 * len(rows))


def print_verdicts(text: str) -> None:
    """The verdicts of `cleaner explain`, coloured by what happens to each line."""
    if not is_colourful():
        _print_plain(text)
        return
    from rich.console import Console
    from rich.text import Text

    lines = Text()
    for line in text.splitlines(keepends=True):
        verdict = line[8:16].strip() if line[:6].strip().isdigit() else "reason"
        lines.append(line, style=_VERDICTS.get(verdict, "dim"))
    _page(Console(highlight=False), lines, text.count("\n"))


def print_heading(name: str, said: str) -> None:
    """A document's name and what is said of it."""
    if not is_colourful():
        print(f"{name}: {said}")
        return
    from rich.console import Console
    from rich.text import Text

    Console(highlight=False).print(Text.assemble((name, "bold"), ": ", said), soft_wrap=True)


def print_marked(text: str) -> None:
    """A plain diff with its marks: rules in the colour of their kind, what goes and what comes in red and green."""
    if not is_colourful():
        sys.stdout.write(text)
        return
    from rich.console import Console
    from rich.text import Text

    shown = Text()
    for line in text.splitlines(keepends=True):
        place, rule, rest = line[:8], *line[8:].partition("|")[::2]
        styled = Text(f"|{rest}")
        styled.highlight_regex(_REMOVED_RE.pattern, "red")
        styled.highlight_regex(_ADDED_RE.pattern, "green")
        shown.append(Text.assemble((place, "dim"), (rule, FAMILY_STYLES[family_of(rule.strip())]), styled))
    Console(highlight=False).print(shown, end="", soft_wrap=True)


def print_unified(diff: str) -> None:
    """A unified diff, each line in the colour of its mark."""
    if not is_colourful():
        sys.stdout.write(diff)
        return
    from rich.console import Console
    from rich.text import Text

    lines = Text()
    for line in diff.splitlines(keepends=True):
        style = next((style for mark, style in _UNIFIED.items() if line.startswith(mark)), "")
        lines.append(line, style=style)
    Console(highlight=False).print(lines, end="", soft_wrap=True)


def print_statistics(rows: Sequence[RuleStatistics], *, to_error: bool = False) -> None:
    """The table of rules; to standard error where standard output is for a program."""
    if to_error or not is_colourful():
        print(format_statistics(rows, "text"), end="", file=sys.stderr if to_error else sys.stdout)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("rule", no_wrap=True)
    for head in ("documents", "edits", "words", "characters"):
        table.add_column(head, justify="right")
    for row in rows:
        figures = (row.documents, row.edits, row.words_removed, row.characters_removed)
        rule = Text(row.rule, style=FAMILY_STYLES[family_of(row.rule)])
        table.add_row(rule, *(f"{figure:,}" for figure in figures))
    Console(highlight=False).print(table)


def _print_plain(text: str) -> None:
    if sys.stdout.isatty() and sys.stdin.isatty() and text.count("\n") > _screen_lines():
        import pydoc

        pydoc.pager(text)
    else:
        sys.stdout.write(text)


def _screen_lines() -> int:
    import shutil

    return shutil.get_terminal_size().lines


def _page(console: "Console", content: "RenderableType", lines: int) -> None:
    if sys.stdin.isatty() and lines > console.height:
        os.environ.setdefault("LESS", "-FRX")
        with console.pager(styles=True):
            console.print(content, soft_wrap=False, end="")
    else:
        console.print(content, end="")


def _styled_rules(rules: Sequence[str]) -> "Text":
    from rich.text import Text

    return Text("\n").join(Text(rule, style=FAMILY_STYLES[family_of(rule)]) for rule in rules)


def _styled(row: Row, kinds: Sequence[str]) -> "Text":
    from rich.text import Text

    pieces = shorten_pieces(row.pieces, lambda piece: piece.text, None)
    return Text.assemble(*((piece.text, _style_of(piece)) for piece in pieces if piece.kind in kinds))


def _style_of(piece: Piece) -> str:
    """Spaces show by their ground alone."""
    if piece.kind != "kept" and not piece.text.strip():
        return "on red" if piece.kind == "old" else "on green"
    return _STYLES[piece.kind]


def _grid(row_of: Any, rows: Sequence[Row], ratios: Sequence[int]) -> "RenderableType":
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(justify="right", style="dim", width=6)
    table.add_column(width=_MARGIN, overflow="fold")
    for ratio in ratios:
        table.add_column(ratio=ratio, overflow="fold")
    for row in rows:
        table.add_row(str(row.number or ""), _styled_rules(row.rules), *row_of(row))
    return table


def _side_by_side(rows: Sequence[Row]) -> "RenderableType":
    return _grid(lambda row: [_styled(row, ("kept", "old")), _styled(row, ("kept", "new"))], rows, (1, 1))


def _stacked(rows: Sequence[Row]) -> "RenderableType":
    return _grid(lambda row: [_styled(row, ("kept", "old", "new"))], rows, (1,))
