"""Peak memory and speed of a run over JSONL that is made up on the spot, by 1 and by 2 workers.

    python benchmarks/memory.py --megabytes 2000
    python benchmarks/memory.py --megabytes 2000 --runner     what the runner itself costs, without any cleaning

Memory is that of all processes of the run together, as proportional set size, read from /proc (Linux): pages that
processes share are counted once. CPU time is told apart: that of the process which reads and writes, and that of the workers.
Where other programs are at work on the machine, seconds on the clock say little, and CPU seconds still say how the run
would scale: what the first process does stands in the way of more workers.
"""

import argparse
import json
import os
import random
import resource
import shutil
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from cleaner import Cleaner
from cleaner.cli import main as main_of_cleaner
from cleaner.core.document import Context, Document
from cleaner.pipeline import Result

PROSE = (
    "the minister said that talks would go on in town while council members met to vote on an old bath its roof "
    "after winter engineers report a monday people street market river bridge school and of for with from"
)
WORDS = PROSE.split()
FURNITURE = ("Skip to content", "Advertisement", "Subscribe", "Share via")


def write_records(path: Path, size: int) -> int:
    """Write records of some 4,000 characters until the file has ``size`` bytes; how many there are."""
    chance = random.Random(0)
    count = written = 0
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            paragraphs = [
                " ".join(chance.choices(WORDS, k=chance.randint(30, 90))).capitalize() + "."
                for _ in range(chance.randint(4, 16))
            ]
            paragraphs.insert(0, FURNITURE[0])
            paragraphs.insert(chance.randint(1, 4), chance.choice(FURNITURE[1:]))
            record = {
                "id": f"doc-{count}",
                "url": f"https://example.org/{count}",
                "text": "\n\n".join(paragraphs),
            }
            written += file.write(json.dumps(record) + "\n")
            count += 1
    return count


def family_of(process: int) -> list[int]:
    """A process and all that descend from it."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [process, *(member for child in children for member in family_of(int(child)))]


def measure_memory(process: int) -> int:
    """The memory of a process and its descendants in kB."""
    total = 0
    for member in family_of(process):
        try:
            rows = Path(f"/proc/{member}/smaps_rollup").read_text(encoding="ascii").split("\n")
        except OSError:
            continue
        total += sum(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
    return total


class Run(NamedTuple):
    """What a run took: seconds, CPU seconds of the first process and of its workers, peak kB at each tenth."""

    seconds: float
    first: float
    workers: float
    peaks: list[int]


def clean_in_copy(source: Path, out: Path, jobs: int, *, cleaning: bool) -> int:
    """Start a run in a copy of this process, which tells its CPU time by a pipe at its end; the process's id."""
    process = os.fork()
    if process:
        return process
    if not cleaning:
        Cleaner.clean_document = pass_through  # type: ignore[method-assign]
    code = main_of_cleaner(["clean", str(source), "-o", str(out), "--jobs", str(jobs), "--quiet"])
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    times = [each.ru_utime + each.ru_stime for each in usage]
    (out / "times.json").write_text(json.dumps(times), encoding="utf-8")
    os._exit(code)


def pass_through(_cleaner: Cleaner, document: Document) -> Result:
    """The document as it is."""
    return Result(document, document.text, (), (), (), (), document.meta, Context("en"))


def measure_run(source: Path, out: Path, jobs: int, *, cleaning: bool) -> Run:
    """Run it and watch it."""
    began = time.monotonic()
    process = clean_in_copy(source, out, jobs, cleaning=cleaning)
    memory: list[int] = []
    while os.waitpid(process, os.WNOHANG) == (0, 0):
        memory.append(measure_memory(process))
        time.sleep(0.2)
    seconds = time.monotonic() - began
    if not (out / "times.json").exists():
        raise SystemExit("the run failed")
    first, workers = json.loads((out / "times.json").read_bytes())
    tenth = len(memory) // 10 + 1
    peaks = [max(memory[start : start + tenth]) for start in range(0, len(memory), tenth)]
    return Run(seconds, first, workers, peaks)


def main() -> None:
    """Print a row for each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=int, default=2000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--runner", action="store_true", help="clean nothing: the cost of reading, sending and writing"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "records.jsonl"
        count = write_records(source, options.megabytes * 1_000_000)
        size = source.stat().st_size / 1e6
        print(f"{count:,} records, {size:,.0f} MB")
        for jobs in options.jobs:
            out = Path(folder) / f"out-{jobs}"
            run = measure_run(source, out, jobs, cleaning=not options.runner)
            shutil.rmtree(out)
            print(
                f"{jobs} workers: {run.seconds:8.1f} s, {size / run.seconds:6.2f} MB/s; CPU s: first process {run.first:.1f}, "
                f"workers {run.workers:.1f}; peak {max(run.peaks) / 1000:,.0f} MB, by tenths of the run: "
                + " ".join(f"{peak / 1000:.0f}" for peak in run.peaks)
            )


if __name__ == "__main__":
    main()
