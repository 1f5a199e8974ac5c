"""Make docs/pictures from the checked-in report of the seeds: python docs/make_pictures.py

Needs Chromium and playwright (`make test-browser` installs both). Pixels differ between machines, so a test
compares what the pictures show: the hash of the edits and of the page's style and script.
"""

import hashlib
import json
import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "cleaned" / "report.html"
PICTURES = ROOT / "docs" / "pictures"
RECORD = PICTURES / "made-from.txt"
VIEWS = {
    "overview.png": ("#/", "light"),
    "document.png": ("#/document/1/7", "light"),
    "rule.png": ("#/rule/live-feed.timed-items", "dark"),
}


def hash_report() -> str:
    """The hash of what the pictures show; a rule that does something else in other documents changes nothing."""
    parts = [path.read_bytes() for path in sorted((ROOT / "cleaner" / "report" / "page").glob("*.*s"))]
    for path in sorted((ROOT / "cleaned" / "changes").glob("*.json")):
        report = json.loads(path.read_bytes())
        parts.append(json.dumps([report["edits"], report["hints"], report["metadata"]]).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_pictures() -> None:
    """Take the pictures and record what they were made from."""
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for name, (address, scheme) in VIEWS.items():
            page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme=scheme)
            page.goto(REPORT.as_uri() + address)
            page.wait_for_selector("main[data-ready]")
            for option in page.locator("#side .option summary").all()[:1]:
                option.click()
            page.mouse.move(0, 0)
            page.screenshot(path=PICTURES / name)
        browser.close()
    RECORD.write_text(hash_report() + "\n", encoding="utf-8")


if __name__ == "__main__":
    make_pictures()
