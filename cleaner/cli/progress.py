"""A progress bar on standard error: only on a terminal, and not when it should be quiet."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.report.summary import Summary

_REDRAW = 0.1  # seconds
Advance = Callable[[int, "Summary"], None]


@contextmanager
def show_progress(total: int, *, quiet: bool) -> Iterator[Advance]:
    """What to call with the bytes read so far and the counts; ``total`` is how many bytes there are."""
    if quiet or not sys.stderr.isatty():
        yield lambda _position, _summary: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        TextColumn("{task.fields[documents]:,} documents"),
        BarColumn(),
        TransferSpeedColumn(),
        TextColumn("{task.fields[share]} removed"),
        TimeRemainingColumn(),
    )
    # Drawn from here and not from a thread of its own: workers are copies of a process with one thread only.
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as progress:
        bar = progress.add_task("", total=total, documents=0, share="0.0%")
        drawn = 0.0

        def advance(position: int, summary: "Summary") -> None:
            share = 1 - summary.chars_out / summary.chars_in if summary.chars_in else 0.0
            documents = summary.cleaned + summary.unchanged
            progress.update(bar, completed=position, documents=documents, share=f"{share:.1%}")
            nonlocal drawn
            if time.monotonic() - drawn >= _REDRAW:
                progress.refresh()
                drawn = time.monotonic()

        yield advance
