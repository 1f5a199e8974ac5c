"""Peak memory and speed of a run over JSONL that is made up on the spot, by 1 and by 2 workers.

    python benchmarks/memory.py --megabytes 2000

Memory is that of all processes of the run together, as proportional set size, read twice a second from
/proc (Linux): pages that processes share are counted once.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def measure_run(source: Path, out: Path, jobs: int) -> tuple[float, int]:
    """Seconds and peak kB of a run."""
    command = [sys.executable, "-m", "cleaner", "clean", source, "-o", out, "--jobs", str(jobs), "--quiet"]
    began, peak = time.monotonic(), 0
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            peak = max(peak, measure_memory(process.pid))
            time.sleep(0.5)
    if process.returncode:
        raise SystemExit(f"the run failed with exit code {process.returncode}")
    return time.monotonic() - began, peak


def main() -> None:
    """Print a row for each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=int, default=2000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "records.jsonl"
        count = write_records(source, options.megabytes * 1_000_000)
        print(f"{count:,} records, {source.stat().st_size / 1e6:,.0f} MB")
        for jobs in options.jobs:
            seconds, peak = measure_run(source, Path(folder) / f"out-{jobs}", jobs)
            print(
                f"{jobs} workers: {seconds:8.1f} s, {options.megabytes / seconds:6.2f} MB/s, peak {peak / 1000:,.0f} MB"
            )


if __name__ == "__main__":
    main()
