"""A headless Chromium, and pages of runs to look at. `make test-browser` installs what it needs."""

import shutil
from pathlib import Path

import pytest
from forged_run import forge_run, remove
from playwright.sync_api import sync_playwright

from cleaner.cli import main
from cleaner.report.page import write_page

ROOT = Path(__file__).parent.parent.parent
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOSTILE = (
    "</script><script>window.stolen = 1</script>\n"
    "<img src=x onerror='window.stolen = 1'>\n"
    "@@SCRIPT@@ @@DATA@@ <!-- <script> --> ]]> \u2028 \u2029\n"
    "\u202eright to left\u202c and \u2066isolated\u2069\n"
    "javascript:window.stolen=1 \"quotes\" ''' \\u003c\n"
)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def look(chromium):
    """Open a page: ``look(path, "#/documents", width=390, scheme="dark")``. Complaints fail the test."""
    contexts, complaints = [], []

    def open_page(path, address="", *, width=1280, height=900, scheme="light"):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda r: None if r.url.startswith(("file:", "blob:", "data:")) else complaints.append(r.url),
        )
        page.goto(path.as_uri() + address)
        page.wait_for_selector("main[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def clean(source, out):
    assert main(["clean", str(source), "-o", str(out), "--quiet"]) in (0, 3)
    return out / "report.html"


@pytest.fixture(scope="session")
def seeds(tmp_path_factory):
    return clean(ROOT / "seeds", tmp_path_factory.mktemp("seeds") / "out")


ARTICLE = (
    "Skip to content\n{title}\n\nAdvertisement\n\n"
    "The council of town {number} met for three hours on Tuesday and voted, by nine to four, to close the bath.\n\n"
    "The roof will not hold another winter, the mayor said , pointing to a report by two engineers.\n"
)


@pytest.fixture(scope="session")
def mixed(tmp_path_factory):
    """Sites, languages, hostile texts and names, odd bytes, a document of duplicates, an unreadable file."""
    folder = tmp_path_factory.mktemp("mixed")
    texts = folder / "in"
    for number in range(30):
        path = texts / ("north" if number % 3 else "south") / f"{number:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            ARTICLE.format(title=f"Town {number} closes its bath", number=number), encoding="utf-8"
        )
    name = "<img src=x onerror=alert(1)> \u202egnp.txt"
    (texts / name).write_text(HOSTILE + ARTICLE.format(title=HOSTILE, number=1), encoding="utf-8")
    (texts / "only furniture.txt").write_text("Advertisement\nShare via\nAdvertisement\n", encoding="utf-8")
    (texts / "odd.txt").write_bytes(
        "Advertisement\n\nIt\u2019s a caf\xe9 in the north of the town.\n".encode("cp1252")
    )
    (texts / "broken.txt").write_bytes(b"\x00\x01\x02\x00\xff\xfe\x00" * 40)
    return clean(texts, folder / "out")


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    """A page over 2,000 changed documents, and one with 5,000 edits in a single document."""
    long = "".join(f"Line {number} of the story has a word , too.\n" for number in range(5000))
    documents = [("long.txt", long, remove(long, " ,", "normalise.space-before-punctuation", "normalise"))]
    for number in range(2000):
        text = ARTICLE.format(title=f"Bath {number} is closed", number=number)
        documents.append((f"town-{number:04}.txt", text, remove(text, "Advertisement\n")))
    return write_page(forge_run(tmp_path_factory.mktemp("large"), documents)).path
