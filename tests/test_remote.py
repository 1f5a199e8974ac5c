"""Inputs by URL."""

import gzip
import json
import socket
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import fsspec
import pyarrow
import pyarrow.parquet
import pytest
from reconcile import read_corpus

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


@pytest.fixture
def server(tmp_path):
    """A web server on this machine, and the paths that it was asked for."""
    folder = tmp_path / "www"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": TEXT}).encode()))
    table = pyarrow.table({"text": [TEXT, TEXT]})
    pyarrow.parquet.write_table(table, folder / "c.parquet")
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            if "broken" in self.path:
                self.send_error(500)
            else:
                super().do_GET()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as served:
        thread = threading.Thread(target=served.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{served.server_port}", asked
        served.shutdown()
        thread.join()


def test_files_from_a_web_server(run, server, tmp_path):
    address, _ = server
    for name, ids in (
        ("a.txt", ["a.txt"]),
        ("b.jsonl.gz", ["b.jsonl.gz#1"]),
        ("c.parquet", ["c.parquet#1", "c.parquet#2"]),
    ):
        out = tmp_path / name
        assert run("clean", f"{address}/{name}", "-o", out).code == 0
        corpus = dict(read_corpus(out))
        assert list(corpus) == ids
        assert all("Advertisement" not in text for text in corpus.values())


def test_what_a_server_does_not_have_is_one_line(run, server, tmp_path):
    address, _ = server
    for url in (f"{address}/nothing.txt", f"{address}/broken.txt", "http://127.0.0.1:1/a.txt"):
        answer = run("clean", url, "-o", tmp_path / "out")
        assert answer.code == 2
        assert answer.err.startswith(f"cleaner: {url}: ")
        assert answer.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_server_that_fails_in_the_middle_costs_one_file(run, server, tmp_path, monkeypatch):
    from cleaner.formats.remote import RemoteFile

    address, _ = server
    read_bytes = RemoteFile.read_bytes

    def fail(file):
        if file.location.endswith("a.txt"):
            return file._replace(location=f"{address}/broken").read_bytes()
        return read_bytes(file)

    monkeypatch.setattr(RemoteFile, "read_bytes", fail)
    answer = run("clean", f"{address}/a.txt", f"{address}/b.jsonl.gz", "-o", tmp_path / "out")
    assert answer.code == 3
    assert "a.txt: in quarantine: unreadable: " in answer.err
    assert list(dict(read_corpus(tmp_path / "out"))) == ["b.jsonl.gz#1"]


def test_nothing_is_asked_of_the_net_unless_a_url_is_named(run, server, tmp_path, monkeypatch):
    def refuse(*_arguments, **_names):
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"text": f"{TEXT} See {server[0]}/a.txt", "url": f"{server[0]}/a.txt"}) + "\n",
        encoding="utf-8",
    )
    assert run("clean", tmp_path / "a.jsonl", "-o", tmp_path / "out").code == 0
    assert not server[1]


@pytest.mark.parametrize("module", ["s3fs", "gcsfs", "huggingface_hub"])
def test_a_protocol_whose_package_is_missing_names_it_in_one_line(run, tmp_path, monkeypatch, module):
    url = {"s3fs": "s3://bucket/a", "gcsfs": "gs://bucket/a", "huggingface_hub": "hf://datasets/a/b"}[module]
    monkeypatch.setitem(sys.modules, module, None)
    answer = run("clean", url, "-o", tmp_path / "out")
    assert answer.code == 2
    assert answer.err.startswith(f"cleaner: {url}: ")
    assert module in answer.err
    assert answer.err.count("\n") == 1


def test_fsspec_itself_may_be_missing(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    answer = run("clean", "memory://crawl", "-o", tmp_path / "out")
    assert answer.code == 2
    assert "pip install 'article-cleaner[remote]'" in answer.err
