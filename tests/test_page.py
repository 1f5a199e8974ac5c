"""The page's file: what it carries, what it never lets in, parts of large runs. How it looks is in tests/browser."""

import base64
import gzip
import hashlib
import json
import re
import runpy
from pathlib import Path

import pytest
from forged_run import forge_run, remove

from cleaner.catalogue import BUILTIN_RULES
from cleaner.core.edits import Cause, Edit
from cleaner.core.rules import CATEGORIES
from cleaner.report.categories import FAMILIES, OTHER, family_of
from cleaner.report.colour import FAMILY_STYLES
from cleaner.report.page import embed, volumes, write_page

ROOT = Path(__file__).parent.parent
HOSTILE = "</script><script>alert(1)</script> <!-- <script> @@SCRIPT@@ \x00\x7f\u2028 \ud800 Advertisement\n"
BLOCK_RE = re.compile(r'<script type="([^"]+)" id="([^"]+)">(.*?)</script>', re.DOTALL)


def blocks(page):
    """The data blocks of a page as a browser's parser would cut them."""
    return {id: (type, content) for type, id, content in BLOCK_RE.findall(page.read_text(encoding="utf-8"))}


def run_of(page):
    return json.loads(blocks(page)["run"][1])


def bodies_of(page):
    bodies = []
    for id, (type, content) in blocks(page).items():
        if id.startswith("chunk-"):
            whole = gzip.decompress(base64.b64decode(content)) if type == "application/gzip" else content
            bodies.extend(json.loads(whole))
    return bodies


def source_of(body):
    return "".join(part if isinstance(part, str) else part["old"] for part in body["parts"])


def test_hostile_text_cannot_leave_its_block(tmp_path):
    rule = "<img src=x onerror=alert(1)>.x"
    flagged = [("</script>", HOSTILE.encode("utf-8", "replace").decode())]
    forge_run(
        tmp_path,
        [(f"{HOSTILE}.txt", HOSTILE, remove(HOSTILE, "Advertisement\n", rule))],
        meta={"title": HOSTILE, "url": "http://[broken"},
        quarantine=[{"id": HOSTILE, "line": None, "reason": "<b>", "detail": HOSTILE}],
    )
    page = write_page(tmp_path).path
    text = page.read_text(encoding="utf-8")
    assert text.count("<script") == 3, flagged
    assert text.count("</script>") == 3
    assert "<img" not in text
    (body,) = bodies_of(page)
    assert source_of(body) == HOSTILE
    assert run_of(page)["documents"][0]["title"] == HOSTILE


def test_the_policy_allows_the_one_script_by_its_hash():
    text = (ROOT / "cleaned" / "report.html").read_text(encoding="utf-8")
    script = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert len(script) == 1
    assert base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode() in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_script_writes_text_and_never_markup():
    script = "".join(path.read_text(encoding="utf-8") for path in Path(embed.__file__).parent.glob("*.js"))
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "DOMParser",
    ):
        assert way not in script


def test_the_page_loads_nothing():
    text = (ROOT / "cleaned" / "report.html").read_text(encoding="utf-8")
    head = text.partition('<script type="application/json"')[0]
    assert not re.findall(r"(?:src|href)=[\"'](?!#)[^\"']", head)
    assert "@import" not in head
    assert "url(" not in head


def test_small_runs_are_readable_and_large_ones_packed(tmp_path, monkeypatch):
    text = "Advertisement\nThe council met on Tuesday.\n"
    documents = [(f"{number:03}.txt", text, remove(text, "Advertisement\n")) for number in range(130)]
    page = write_page(forge_run(tmp_path, documents)).path
    assert {type for type, _ in blocks(page).values()} == {"application/json"}
    monkeypatch.setattr(embed, "PLAIN_CHARACTERS", 100)
    before = bodies_of(page)
    write_page(tmp_path)
    assert blocks(page)["chunk-2"][0] == "application/gzip"
    assert "chunk-3" not in blocks(page)
    assert bodies_of(page) == before
    first = page.read_bytes()
    write_page(tmp_path)
    assert page.read_bytes() == first


def test_a_document_without_changes_carries_no_text(tmp_path):
    page = write_page(forge_run(tmp_path, [("a.txt", "Nothing to do here.\n", [])])).path
    assert run_of(page)["documents"][0]["id"] == "a.txt"
    assert "Nothing to do here" not in page.read_text(encoding="utf-8")


def test_a_large_run_has_an_index_and_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(volumes, "CHANGED_DOCUMENTS", 10)
    text = "Advertisement\nThe council met on Tuesday.\n"
    documents = [(f"{number:03}.txt", text, remove(text, "Advertisement\n")) for number in range(25)]
    page = write_page(forge_run(tmp_path, documents)).path
    parts = sorted((tmp_path / "report").iterdir())
    assert [part.name for part in parts] == ["part-0001.html", "part-0002.html", "part-0003.html"]
    index = run_of(page)
    assert index["parts"] == 3
    assert index["rules"][0]["edits"] == 25
    assert bodies_of(page) == []
    for row in index["documents"]:
        part = run_of(parts[row["part"] - 1])
        assert part["documents"][row["at"]]["id"] == row["id"]
    assert sum(len(bodies_of(part)) for part in parts) == 25
    monkeypatch.setattr(volumes, "CHANGED_DOCUMENTS", 100)
    write_page(tmp_path)
    assert not (tmp_path / "report").exists(), "parts of the larger page are gone"
    assert len(bodies_of(page)) == 25


def test_words_count_for_the_rule_that_removed_them(tmp_path):
    text = "Breaking news feed\nThe council met.\n"
    causes = (Cause("repair.homoglyph", "repair"), Cause("live-feed.timed-items", "strip"))
    page = write_page(forge_run(tmp_path, [("a.txt", text, [Edit(0, 19, "", causes)])])).path
    words = {rule["id"]: rule["words"] for rule in run_of(page)["rules"]}
    assert words == {"live-feed.timed-items": 3, "repair.homoglyph": 0}


def test_duplicates_name_the_copy_that_stays(tmp_path):
    text = "The council met.\nThe council met.\n"
    detail = {"keeper": {"id": "old.txt", "line": 7, "similarity": 1.0, "verdict": "same"}}
    edit = Edit(17, 34, "", (Cause("duplicate.exact", "dedupe", detail),))
    page = write_page(forge_run(tmp_path, [("a.txt", text, [edit])])).path
    (row,) = run_of(page)["duplicates"]
    assert (row["id"], row["line"], row["keeper"]) == ("a.txt", 2, {"id": "old.txt", "line": 7})


def test_duplicate_documents_are_read_where_documents_were_compared(tmp_path):
    out = forge_run(tmp_path, [("a.txt", "The council met.\n", [])])
    assert run_of(write_page(out).path)["duplicate_documents"] == []
    row = {"kind": "document", "id": "b.txt", "keeper": "a.txt", "complete": True, "left_out": True}
    (out / "duplicates.jsonl").write_text(f'{{"kind": "pair"}}\n{json.dumps(row)}\n', encoding="utf-8")
    assert run_of(write_page(out).path)["duplicate_documents"] == [row]


def test_documents_are_counted_by_the_share_that_they_lost(tmp_path):
    texts = ["x" * 100 + "\n", "Ad\n" + "x" * 96 + "\n", "Ad\n" + "x" * 4 + "\n", "Ad\n"]
    documents = [(f"{at}.txt", text, remove(text, "Ad\n")) for at, text in enumerate(texts)]
    run = run_of(write_page(forge_run(tmp_path, documents)).path)
    assert run["shares"] == [[0, 0], [1, 1], [5, 0], [10, 0], [25, 1], [50, 0], [75, 1]]


def test_every_category_has_its_family(cleaner):
    rules = {rule.id for rule in (*cleaner.rules, *BUILTIN_RULES)}
    assert {rule for rule in rules | {"extract.navigation"} if family_of(rule) == OTHER} == set()
    assert [name for name in CATEGORIES if family_of(name) == OTHER] == []
    style = (Path(embed.__file__).parent / "page.css").read_text(encoding="utf-8")
    for family in (*FAMILIES, OTHER):
        assert f".f-{family} {{" in style
        assert family in FAMILY_STYLES


def test_sites_come_from_the_source_the_settings_or_the_folder(tmp_path):
    text = "The council met.\n"
    page = write_page(forge_run(tmp_path, [("north/a.txt", text, []), ("b.txt", text, [])])).path
    assert [row["site"] for row in run_of(page)["documents"]] == ["north/", ""]
    page = write_page(
        forge_run(tmp_path, [("north/a.txt", text, [])], meta={"url": "https://example.org/a"})
    ).path
    assert run_of(page)["documents"][0]["site"] == "example.org"


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(OSError, match="manifest"):
        write_page(tmp_path)


def test_the_pictures_show_the_report_of_the_seeds():
    pictures = runpy.run_path(str(ROOT / "docs" / "make_pictures.py"))
    made_from = pictures["RECORD"].read_text(encoding="utf-8").strip()
    assert made_from == pictures["hash_report"](), "stale: run `make pictures` and commit docs/pictures"
    for name in pictures["VIEWS"]:
        assert (ROOT / "docs" / "pictures" / name).is_file()


def test_a_pack_of_one_s_own_is_shown_with_its_source(run, tmp_path):
    house = tmp_path / "house.toml"
    house.write_text(
        '[pack]\nname = "house"\nversion = "1.0.0"\n\n[[rule]]\nid = "ad.mugs"\nwhy = "Our shop\'s banner."\n'
        'scope = "line"\nlines = ["buy our mugs"]\nhits = ["Buy our mugs!"]\n'
        'misses = ["Buy our mugs and you support the club, he said."]\n',
        encoding="utf-8",
    )
    (tmp_path / "a.txt").write_text("The council met.\n\nBuy our mugs!\n\nIt voted.\n", encoding="utf-8")
    run("clean", tmp_path / "a.txt", "-o", tmp_path / "out", "--rules", "news", house)
    house.unlink()
    run("report", tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Buy our mugs and you support the club" in page
    assert str(tmp_path) not in page
