"""Peak memory and speed of a run over JSONL that is made up on the spot, by 1 and by 2 workers.

    python benchmarks/memory.py --megabytes 2000              peak memory of a run over 2 GB; an hour or two
    python benchmarks/memory.py --megabytes 2000 --runner     what the runner itself costs, without any cleaning
    python benchmarks/memory.py --speedup                     2 workers against 1, in short runs that take turns

Memory is that of all processes of the run together, read from /proc (Linux) five times a second. Proportional set
size counts pages that processes share once; of single processes the resident set size is told, which counts them in
each. CPU time is told apart: that of the process which reads and writes, and that of the workers. Where other
programs are at work on the machine, seconds on the clock say little, and CPU seconds still say how the run
would scale: what the first process does stands in the way of more workers.
"""

import argparse
import json
import math
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cleaner import Cleaner
from cleaner.cli import main as main_of_cleaner
from cleaner.core.document import Context, Document
from cleaner.pipeline import Result

SEEDS = Path(__file__).parent.parent / "seeds"
HEAD = ("Skip to content", "Skip to main content", "Menu", "Home / News", "Search", "Log in", "Open menu")
TAIL = (
    "Share this article", "Share on Facebook", "Advertisement", "Related articles", "Read more:", "Follow us on Twitter",
    "Sign up for our newsletter", "Most read", "Leave a comment", "All rights reserved.", "Cookie settings", "Tags: News",
)  # fmt: skip
DIRT = (
    ("\N{RIGHT SINGLE QUOTATION MARK}", "\u00e2\u20ac\u2122"),
    ("&", "&amp;"),
    (" ", "\u00a0"),
    ("'", "&#39;"),
)
POOL = 3000  # lines that are made up anew for every so many documents
BATCH = 1000
ROUNDS = 5


class Press:
    """Makes articles up: lines of the seeds with words swapped for others, in a new order, and dirt around them."""

    def __init__(self, seed: int = 0) -> None:
        self._chance = random.Random(seed)
        texts = (path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
        self._lines = [line for text in texts for line in text.split("\n") if line.strip()]
        self._words = [word for line in self._lines for word in line.split()]

    def articles(self) -> Iterator[str]:
        """Texts of some hundred to some ten thousand characters, without an end."""
        while True:
            pool = [self._vary(line) for line in self._chance.choices(self._lines, k=POOL)]
            for _ in range(BATCH):
                yield self._compose(pool)

    def _vary(self, line: str) -> str:
        words = line.split(" ")
        for _ in range(len(words) // 6):
            words[self._chance.randrange(len(words))] = self._chance.choice(self._words)
        return " ".join(words)

    def _compose(self, pool: list[str]) -> str:
        chance = self._chance
        count = min(120, max(3, round(math.exp(chance.gauss(2.6, 0.7)))))
        lines = chance.choices(pool, k=count)
        if chance.random() < 0.2:
            lines.append(chance.choice(lines))
        lines[:0] = chance.sample(HEAD, chance.randint(0, 4))
        lines.insert(chance.randint(1, len(lines)), chance.choice(TAIL))
        lines += chance.sample(TAIL, chance.randint(0, 6))
        text = chance.choice(("\n\n", "\n\n", "\n")).join(lines)
        if chance.random() < 0.1:
            old, new = chance.choice(DIRT)
            text = text.replace(old, new)
        return text


def write_records(path: Path, size: int) -> int:
    """Write records until the file has ``size`` bytes; how many there are."""
    count = written = 0
    articles = Press().articles()
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            record = {"id": f"doc-{count}", "url": f"https://example.org/{count}", "text": next(articles)}
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


class Memory(NamedTuple):
    """In kB: all processes together (PSS), and each by itself (RSS), the first one first."""

    together: int
    each: tuple[int, ...]


def measure_memory(process: int) -> Memory:
    """The memory of a process and its descendants."""
    together = 0
    each = []
    for member in family_of(process):
        try:
            rows = Path(f"/proc/{member}/smaps_rollup").read_text(encoding="ascii").split("\n")
        except OSError:
            continue
        sizes = {row.split()[0]: int(row.split()[1]) for row in rows if row.startswith(("Pss:", "Rss:"))}
        together += sizes.get("Pss:", 0)
        each.append(sizes.get("Rss:", 0))
    return Memory(together, tuple(each))


class Run(NamedTuple):
    """What a run took: seconds, CPU seconds of the first process and of its workers, memory as it was seen."""

    seconds: float
    first: float
    workers: float
    memory: list[Memory]

    def tell(self, jobs: int, megabytes: float) -> str:
        """In one line."""
        peaks = [memory.together for memory in self.memory]
        tenth = len(peaks) // 10 + 1
        tenths = " ".join(
            f"{max(peaks[start : start + tenth]) / 1000:.0f}" for start in range(0, len(peaks), tenth)
        )
        first = max(memory.each[0] for memory in self.memory if memory.each)
        others = max((size for memory in self.memory for size in memory.each[1:]), default=0)
        alone = f"; by itself the first {first / 1000:.0f}, a worker {others / 1000:.0f}" if others else ""
        return (
            f"{jobs} workers: {self.seconds:.1f} s, {megabytes / self.seconds:.2f} MB/s; CPU s: first process "
            f"{self.first:.1f}, workers {self.workers:.1f}; peak of all together {max(peaks) / 1000:.0f} MB{alone}; "
            f"by tenths of the run: {tenths}"
        )


def run_here(source: Path, out: Path, jobs: int, *, cleaning: bool) -> int:
    """Run it in this process, which leaves its CPU times beside ``out``."""
    if not cleaning:
        Cleaner.clean_document = pass_through  # type: ignore[assignment, method-assign]
    code = main_of_cleaner(
        ["clean", str(source), "-o", str(out), "--to", "jsonl", "--jobs", str(jobs), "--quiet"]
    )
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    out.with_suffix(".times").write_text(json.dumps([each.ru_utime + each.ru_stime for each in usage]))
    return code


def pass_through(_cleaner: Cleaner, document: Document, *_: object, **_options: object) -> Result:
    """The document as it is."""
    return Result(document, document.text, (), (), (), (), document.meta, Context("en"))


def measure_run(source: Path, out: Path, jobs: int, *, cleaning: bool) -> Run:
    """Run it as a command of its own, and watch it."""
    command = [sys.executable, __file__, "--inside", str(source), str(out), "--jobs", str(jobs)]
    began = time.monotonic()
    process = subprocess.Popen(command if cleaning else [*command, "--runner"])
    memory: list[Memory] = []
    while process.poll() is None:
        memory.append(measure_memory(process.pid))
        time.sleep(0.2)
    seconds = time.monotonic() - began
    if process.returncode != 0:
        raise SystemExit("the run failed")
    first, workers = json.loads(out.with_suffix(".times").read_bytes())
    shutil.rmtree(out)
    return Run(seconds, first, workers, memory)


def compare_speed(source: Path, folder: Path, megabytes: float) -> None:
    """Print how much faster 2 workers are than 1, in pairs of runs that take turns; then the middle of them."""
    ratios = []
    for number in range(ROUNDS):
        order = (1, 2) if number % 2 == 0 else (2, 1)
        runs = {jobs: measure_run(source, folder / f"out-{jobs}", jobs, cleaning=True) for jobs in order}
        ratios.append(runs[1].seconds / runs[2].seconds)
        total = runs[2].first + runs[2].workers
        print(
            f"1 worker {runs[1].seconds:.1f} s ({runs[1].first:.1f} of CPU), 2 workers {runs[2].seconds:.1f} s "
            f"({total:.1f} of CPU, {runs[2].first:.1f} of it in the first process): {ratios[-1]:.2f} times as fast",
            flush=True,
        )
    print(f"{megabytes:.0f} MB, {os.cpu_count()} cores: median {statistics.median(ratios):.2f} times as fast")


def main() -> None:
    """Print a row for each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=int, help="default: 2000; with --speedup 40")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--runner", action="store_true", help="clean nothing: the cost of reading, sending and writing"
    )
    parser.add_argument("--speedup", action="store_true", help="compare 2 workers with 1")
    parser.add_argument("--folder", type=Path, help="where the files are made; default: a temporary folder")
    parser.add_argument("--inside", nargs=2, type=Path, metavar=("SOURCE", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        source, out = options.inside
        sys.exit(run_here(source, out, options.jobs[0], cleaning=not options.runner))
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        source = folder / "records.jsonl"
        count = write_records(source, (options.megabytes or (40 if options.speedup else 2000)) * 1_000_000)
        size = source.stat().st_size / 1e6
        print(f"{count:,} records, {size:,.0f} MB", flush=True)
        if options.speedup:
            compare_speed(source, folder, size)
            return
        for jobs in options.jobs:
            run = measure_run(source, folder / f"out-{jobs}", jobs, cleaning=not options.runner)
            print(run.tell(jobs, size), flush=True)


if __name__ == "__main__":
    main()
