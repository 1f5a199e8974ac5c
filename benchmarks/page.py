"""How long the report takes to write and to open: python benchmarks/page.py [DOCUMENTS ...]

Documents of a seed's length in shuffled words, eight lines removed from each; opened in headless Chromium.
"""

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from cleaner.report.page import write_page

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from forged_run import forge_run, remove  # noqa: E402


def forge_documents(count, chance):
    """Documents that compress as articles do, not as copies of one."""
    words = " ".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))
    ).split()
    for number in range(count):
        lines = [" ".join(chance.sample(words, 60)) for _ in range(24)]
        for at in range(0, 24, 3):
            lines.insert(at, "Advertisement")
        text = "\n".join(lines) + "\n"
        yield f"site{number % 7}/{number:06}.txt", text, remove(text, "Advertisement\n")


def measure(count, browser):
    """One line of figures for a run of this many documents."""
    out = Path(tempfile.mkdtemp())
    try:
        forge_run(out, forge_documents(count, random.Random(1)))
        begin = time.perf_counter()
        page = write_page(out).path
        written = time.perf_counter() - begin
        opened = []
        for path in [page, *sorted((out / "report").glob("*.html"))][:2]:
            tab = browser.new_page()
            tab.goto(path.as_uri())
            tab.wait_for_selector("main[data-ready]")
            opened.append(
                f"{path.name} {path.stat().st_size / 1e6:.1f} MB opens in {tab.evaluate('performance.now()') / 1000:.1f} s"
            )
            tab.close()
        print(f"{count:,} documents: written in {written:.1f} s; {'; '.join(opened)}")
    finally:
        shutil.rmtree(out)


if __name__ == "__main__":
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for wanted in map(int, sys.argv[1:] or ("2000", "10000")):
            measure(wanted, chromium)
        chromium.close()
