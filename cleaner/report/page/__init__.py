"""The browsable report of a run: ``report.html`` opens from a folder, without network or server.

Up to 4,096 changed documents stand in the one file. A larger run gets an index as ``report.html``, and
parts ``report/part-0001.html`` and so on: each part is the same page over a share of the documents, so
that any of them opens at once, also from ``file://``, where a page may not read other files.
"""

from pathlib import Path
from typing import NamedTuple

from cleaner.formats.files import write_file
from cleaner.report.page.content import Run, read_documents, read_run
from cleaner.report.page.embed import fill_template
from cleaner.report.page.totals import Totals
from cleaner.report.page.volumes import Volume, bind_volumes

__all__ = ["Page", "remove_page", "write_page"]


class Page(NamedTuple):
    """Where the page of a run stands, and the sums that it shows."""

    path: Path
    totals: Totals


def write_page(out: Path) -> Page:
    """Build ``out/report.html`` from the manifest and the change reports of the run in ``out``.

    Raises OSError, ValueError or KeyError where ``out`` holds no complete run.
    """
    run = read_run(out)
    volumes = bind_volumes(read_documents(out, run.manifest))
    held = next(volumes, Volume())
    index = Totals()
    parts = 0
    for following in volumes:
        parts += 1
        _write_part(out, run, held, parts, index, last=False)
        held = following
    if parts:
        parts += 1
        _write_part(out, run, held, parts, index, last=True)
        content = fill_template(run.describe(index, parts=parts), Volume())
    else:
        index.add_all(held.rows)
        content = fill_template(run.describe(index), held)
    _remove_parts(out, parts)
    page = out / "report.html"
    write_file(page, content)
    return Page(page, index)


def remove_page(out: Path) -> None:
    """Remove the page of an earlier run in ``out``."""
    _remove_parts(out, 0)
    (out / "report.html").unlink(missing_ok=True)


def _part_path(out: Path, number: int) -> Path:
    return out / "report" / f"part-{number:04}.html"


def _write_part(out: Path, run: Run, volume: Volume, number: int, index: Totals, *, last: bool) -> None:
    own = Totals()
    own.add_all(volume.rows)
    write_file(_part_path(out, number), fill_template(run.describe(own, part=number, last=last), volume))
    index.add_all({**row, "part": number, "at": at} for at, row in enumerate(volume.rows))


def _remove_parts(out: Path, kept: int) -> None:
    """Remove the parts that an earlier, larger run has left."""
    wanted = {_part_path(out, number) for number in range(1, kept + 1)}
    for path in (out / "report").glob("part-*.html"):
        if path not in wanted:
            path.unlink()
    if not kept and (out / "report").is_dir() and not any((out / "report").iterdir()):
        (out / "report").rmdir()
