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
Survey = Callable[[int], None]


@contextmanager
def show_progress(total: int, *, quiet: bool) -> Iterator[tuple[Advance, Survey]]:
    """What to call with the bytes read so far and the counts, and what with the bytes read in a first phase.

    ``total`` is how many bytes there are. A run of two phases fills the bar twice.
    """
    if quiet or not sys.stderr.isatty():
        yield (lambda _position, _summary: None), (lambda _position: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        TextColumn("{task.fields[state]}"),
        BarColumn(),
        TransferSpeedColumn(),
        TextColumn("{task.fields[share]}"),
        TimeRemainingColumn(),
    )
    # Drawn from here and not from a thread of its own: workers are copies of a process with one thread only.
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as progress:
        bar = progress.add_task("", total=total, state="", share="")
        drawn = 0.0

        def draw(position: int, state: str, share: str) -> None:
            nonlocal drawn
            if position < progress.tasks[0].completed:  # the second phase begins
                progress.reset(bar, total=total)
            progress.update(bar, completed=position, state=state, share=share)
            if time.monotonic() - drawn >= _REDRAW:
                progress.refresh()
                drawn = time.monotonic()

        def advance(position: int, summary: "Summary") -> None:
            share = 1 - summary.chars_out / summary.chars_in if summary.chars_in else 0.0
            documents = summary.cleaned + summary.unchanged
            draw(position, f"{documents:,} documents", f"{share:.1%} removed")

        def survey(position: int) -> None:
            draw(position, "comparing documents", "")

        yield advance, survey
