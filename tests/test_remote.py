"""Inputs by URL."""

import gzip
import json

import fsspec
import pytest

TEXT = "Advertisement\n\nThe council met on Tuesday and closed the old bath.\n"


@pytest.fixture
def memory():
    filesystem = fsspec.filesystem("memory")
    filesystem.pipe("/crawl/sub/a.txt", TEXT.encode())
    filesystem.pipe("/crawl/b.jsonl.gz", gzip.compress(json.dumps({"text": TEXT}).encode()))
    filesystem.pipe("/crawl/photo.png", b"\x89PNG")
    yield filesystem
    filesystem.rm("/crawl", recursive=True)


@pytest.mark.usefixtures("memory")
def test_a_folder_by_url(run, tmp_path):
    out = tmp_path / "out"
    assert run("clean", "memory://crawl", "-o", out, "--to", "tree").code == 0
    assert sorted(path.relative_to(out).as_posix() for path in (out / "text").rglob("*.txt")) == [
        "text/b.jsonl.gz#1.txt",
        "text/sub/a.txt",
    ]
    assert "Advertisement" not in (out / "text" / "sub" / "a.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("memory")
def test_a_file_and_a_glob_by_url(run, tmp_path):
    assert run("clean", "memory://crawl/sub/a.txt", "-o", tmp_path / "one").code == 0
    assert (tmp_path / "one" / "text" / "a.txt").is_file()
    assert run("clean", "memory://crawl/*.jsonl.gz", "-o", tmp_path / "two").code == 0
    assert (tmp_path / "two" / "corpus" / "part-00000.jsonl").is_file()


def test_a_url_that_leads_nowhere_is_one_line(run, tmp_path):
    for url in ("memory://nowhere/a.txt", "nothing://at/all"):
        answer = run("clean", url, "-o", tmp_path / "out")
        assert answer.code == 2
        assert answer.err.count("\n") == 1
        assert url in answer.err
    assert not (tmp_path / "out").exists()
