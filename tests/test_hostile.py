"""Inputs that break programs: each is read or named, its neighbours are written intact, the exit code is true."""

import bz2
import gzip
import json
import lzma
import os
import random
import subprocess
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from backports import zstd
from forked import run_forked
from reconcile import read_corpus, read_lines

PROSE = "The council met on Tuesday and voted, by nine to four, to close the old bath."
DIRTY = f"Advertisement\n\n{PROSE}\n"
CLEAN = f"{PROSE}\n"


def jsonl(*records) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def wet(number: int) -> bytes:
    body = DIRTY.encode()
    head = f"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def parquet(groups: int = 3) -> bytes:
    sink = pyarrow.BufferOutputStream()
    table = pyarrow.table({"text": [f"{DIRTY}{n}\n" for n in range(groups * 2)]})
    # Plain pages: a damaged byte is seen by nobody but the checksum.
    pyarrow.parquet.write_table(table, sink, row_group_size=2, compression="zstd", write_page_checksum=True)
    return sink.getvalue().to_pybytes()


def damaged_parquet() -> bytes:
    content = bytearray(parquet())
    middle = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(bytes(content))).metadata.row_group(1)
    column = middle.column(0)
    start = (
        column.data_page_offset if column.dictionary_page_offset is None else column.dictionary_page_offset
    )
    for at in range(start, start + column.total_compressed_size):
        content[at] ^= 0x5A
    return bytes(content)


def doubled_columns() -> bytes:
    sink = pyarrow.BufferOutputStream()
    columns = [pyarrow.array([value]) for value in (DIRTY, "x", "y")]
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(columns, names=["text", "c", "c"]), sink)
    return sink.getvalue().to_pybytes()


def bytes_for_text() -> bytes:
    sink = pyarrow.BufferOutputStream()
    column = pyarrow.array([DIRTY.encode(), b"One\x00two"], pyarrow.binary())
    pyarrow.parquet.write_table(pyarrow.table({"text": column}), sink)
    return sink.getvalue().to_pybytes()


RECORDS = jsonl({"text": DIRTY}, {"text": DIRTY}, {"text": DIRTY})

# Name of the file: its bytes, how many documents come of it, and why which of it is quarantined.
CASES = {
    "utf-16 with mark": ("a.txt", DIRTY.encode("utf-16"), 1, {}),
    "utf-16 without mark": ("a.txt", DIRTY.encode("utf-16-le"), 0, {"a.txt": "binary"}),
    "big-endian utf-16 without mark": ("a.txt", DIRTY.encode("utf-16-be"), 0, {"a.txt": "binary"}),
    "utf-16 mark and half a unit": ("a.txt", b"\xff\xfea\x00b", 0, {"a.txt": "encoding"}),
    "NUL bytes": ("a.txt", b"One\x00two", 0, {"a.txt": "binary"}),
    "binary named .txt": ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 0, {"a.txt": "binary"}),
    "gzip named .txt": ("a.txt", gzip.compress(DIRTY.encode() * 9), 0, {"a.txt": "binary"}),
    "empty": ("a.txt", b"", 1, {}),
    "only a mark": ("a.txt", b"\xef\xbb\xbf", 1, {}),
    "only cruft": ("a.txt", b"Advertisement\n", 1, {}),
    "lone CR": ("a.txt", DIRTY.replace("\n", "\r").encode(), 1, {}),
    "a million blank lines": ("a.txt", b"\n" * 1_000_000, 1, {}),
    "one line without a space": ("a.txt", b"x" * 3_000_000, 1, {}),
    "packed text": ("a.txt.gz", gzip.compress(DIRTY.encode()), 1, {}),
    "packed text, torn": ("a.txt.gz", gzip.compress(DIRTY.encode())[:-12], 0, {"a.txt.gz": "truncated"}),
    "text named .gz": ("a.txt.gz", DIRTY.encode(), 1, {}),
    "empty packed text": ("a.txt.gz", b"", 1, {}),
    "broken line": ("a.jsonl", RECORDS + b'{"text": "One', 3, {"a.jsonl#4": "json"}),
    "null, number, list": (
        "a.jsonl",
        RECORDS + b'{"text": null}\n{"text": 5}\n{"text": []}\n"text"\nnull\n',
        3,
        {f"a.jsonl#{n}": "no-text" if n < 7 else "no-record" for n in range(4, 9)},
    ),
    "odd ids": (
        "a.jsonl",
        jsonl(*({"id": id, "text": DIRTY} for id in ("x", "x", "../../up", "/etc/passwd", "", None, 5, [1]))),
        8,
        {},
    ),
    "NaN and big numbers": ("a.jsonl", b'{"text": "One.", "n": NaN, "m": 1e999, "k": %s}\n' % (b"9" * 4000), 1, {}),
    "utf-16 lines": ("a.jsonl", RECORDS.decode().encode("utf-16"), 0, {"a.jsonl": "encoding"}),
    "lines end in CR": ("a.jsonl", RECORDS.replace(b"\n", b"\r\n"), 3, {}),
    "torn gzip": ("a.jsonl.gz", gzip.compress(RECORDS)[:-4], 3, {"a.jsonl.gz#4": "truncated"}),
    "gzip with a tail": ("a.jsonl.gz", gzip.compress(RECORDS) + b"rubbish", 3, {"a.jsonl.gz#4": "damaged"}),
    "torn bzip2": ("a.jsonl.bz2", bz2.compress(RECORDS)[:-40], 0, {"a.jsonl.bz2": "truncated"}),
    "torn xz": ("a.jsonl.xz", lzma.compress(RECORDS)[:-40], 0, {"a.jsonl.xz": "truncated"}),
    "torn zstd": ("a.jsonl.zst", zstd.compress(RECORDS)[:-9], 0, {"a.jsonl.zst": "truncated"}),
    "no gzip at all": ("a.jsonl.gz", b"\x1f\x8bnonsense", 0, {"a.jsonl.gz": "damaged"}),
    "torn array": ("a.json", json.dumps([{"text": DIRTY}] * 3).encode()[:-20], 2, {"a.json#3": "json"}),
    "deep array": ("a.json", b"[" * 100_000, 0, {"a.json": "json"}),
    "torn Parquet": ("a.parquet", parquet()[:-30], 0, {"a.parquet": "parquet"}),
    "damaged row group": ("a.parquet", damaged_parquet(), 4, {"a.parquet#3": "parquet"}),
    "empty Parquet": ("a.parquet", b"", 0, {"a.parquet": "parquet"}),
    "torn WET": ("a.wet.gz", b"".join(gzip.compress(wet(n)) for n in range(3))[:-40], 2, {"a.wet.gz#3": "truncated"}),
    "no WARC": ("a.warc", b"Not at all.\n" * 9, 0, {"a.warc": "warc"}),
    "CSV with an open quote": ("a.csv", b'id,text\n1,fine\n2,"no end\n3,x\n', 1, {"a.csv#2": "csv"}),
    "CSV with a doubled name": ("a.csv", b"text,text\na,b\n", 0, {"a.csv": "csv"}),
    "CSV without a text": ("a.csv", b"a,b\n1,2\n", 0, {"a.csv#1": "no-text"}),
    "CSV with line breaks in its head": ("a.csv", b'id,"te\nxt",text\n1,2,fine\n', 1, {}),
    "CSV with columns that have no name": ("a.csv", b"id,text,,\n1,fine,,\n", 1, {}),
    "CSV with CR only": ("a.csv", b"id,text\r1,fine\r", 0, {"a.csv": "csv"}),
    "Parquet with a doubled name": ("a.parquet", doubled_columns(), 0, {"a.parquet": "parquet"}),
    "Parquet with a text of bytes": ("a.parquet", bytes_for_text(), 1, {"a.parquet#2": "binary"}),
    "CSV in UTF-16": ("a.csv", "id,text\n1,fine\n".encode("utf-16"), 0, {"a.csv": "encoding"}),
    "CSV with NUL": ("a.csv", b"id,text\n1,a\x00b\n2,fine\n", 1, {"a.csv#1": "binary"}),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """Sound neighbours, before and after what is broken."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "0.txt").write_bytes(DIRTY.encode())
    (folder / "z.jsonl").write_bytes(jsonl({"text": DIRTY}))
    return folder


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_input_costs_no_neighbour(run, folder, tmp_path, case):
    name, content, documents, quarantined = CASES[case]
    (folder / name).write_bytes(content)
    out = tmp_path / "out"
    answer = run("clean", folder, "-o", out, "--language", "en", "--to", "tree")
    assert answer.code == (3 if quarantined else 0), answer.err
    assert {row["id"]: row["reason"] for row in read_lines(out / "quarantine.jsonl")} == quarantined
    for id, reason in quarantined.items():
        assert id in answer.err
        assert f"in quarantine: {reason}: " in answer.err
    assert "Traceback" not in answer.err
    corpus = dict(read_corpus(out))
    assert (corpus["0.txt"], corpus["z.jsonl#1"]) == (CLEAN, CLEAN)
    assert len(corpus) == documents + 2
    assert run("undo", out, "-o", tmp_path / "back").code == 0
    assert (tmp_path / "back" / "0.txt").read_bytes() == DIRTY.encode()
    if name == "a.txt" and not quarantined:
        assert (tmp_path / "back" / name).read_bytes() == content
    assert all(path.is_relative_to(tmp_path) for path in (tmp_path / "back").rglob("*"))


def test_what_is_in_quarantine_is_named_by_the_hash_of_its_bytes(run, folder, tmp_path):
    import hashlib

    (folder / "a.txt").write_bytes(b"One\x00two")
    (folder / "b.jsonl").write_bytes(b'{"text": "One."}\nbroken\n')
    assert run("clean", folder, "-o", tmp_path / "out").code == 3
    rows = {row["id"]: row for row in read_lines(tmp_path / "out" / "quarantine.jsonl")}
    assert rows["a.txt"]["sha256"] == hashlib.sha256(b"One\x00two").hexdigest()
    assert rows["b.jsonl#2"]["sha256"] == hashlib.sha256(b"broken").hexdigest()
    assert rows["b.jsonl#2"]["line"] == 2


@pytest.mark.parametrize(
    "content", [b"", b"\n \n\r\n", b"\xef\xbb\xbf"], ids=["no bytes", "blank lines", "a mark"]
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.tsv", "a.warc"])
def test_a_record_file_without_a_record_is_exit_two_and_nothing_is_written(run, tmp_path, name, content):
    if name == "a.warc" and content.strip(b"\r\n"):
        content = b"\r\n"
    (tmp_path / name).write_bytes(content)
    answer = run("clean", tmp_path / name, "-o", tmp_path / "out")
    assert answer.code == 2
    assert f"{name}: no records in there" in answer.err
    assert not (tmp_path / "out").exists()
    assert run("check", tmp_path / name).code == 2


def test_an_empty_record_file_among_others_is_no_mistake(run, folder, tmp_path):
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "head.csv").write_bytes(b"id,text\n")
    assert run("clean", folder, "-o", tmp_path / "out").code == 0


@pytest.mark.parametrize("size", ["0", "-1", "nan", "inf", "much"])
def test_a_bound_that_is_none_is_refused(run, folder, tmp_path, size):
    answer = run("clean", folder, "-o", tmp_path / "out", "--max-size", size)
    assert answer.code == 2
    assert f"'{size}' is no number above 0" in answer.err
    assert not (tmp_path / "out").exists()


def test_links_fifos_and_loops_are_passed_over_and_listed(run, folder, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "dead.txt").symlink_to(tmp_path / "nowhere")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.jsonl")
    out = tmp_path / "out"
    assert run("clean", folder, "-o", out).code == 0
    assert {row["id"] for row in json.loads((out / "manifest.json").read_bytes())["skipped"]} == {
        "link.txt", "dead.txt", "self.txt", "loop", "pipe.txt", "pipe.jsonl",
    }  # fmt: skip
    assert "secret" not in dict(read_corpus(out)).values()


def test_a_named_link_is_followed_and_a_named_fifo_is_refused(run, folder, tmp_path):
    (tmp_path / "link.txt").symlink_to(folder / "0.txt")
    assert run("clean", tmp_path / "link.txt", "-o", tmp_path / "out").code == 0
    (tmp_path / "linked").symlink_to(folder)
    assert run("clean", tmp_path / "linked", "-o", tmp_path / "out2").code == 0
    (tmp_path / "self").symlink_to(tmp_path / "self")
    os.mkfifo(tmp_path / "pipe.txt")
    for name, says in (("pipe.txt", "no regular file"), ("self", "no such file or folder")):
        answer = run("clean", tmp_path / name, "-o", tmp_path / "out3")
        assert answer.code == 2
        assert says in answer.err


def test_names_that_only_unicode_tells_apart_stay_apart(run, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["caf\u00e9.txt", "cafe\u0301.txt", "new\nline.txt", "a.txt", "a.text", "a.md", "tab\t.txt"]
    for number, name in enumerate(names):
        (folder / name).write_text(f"{DIRTY}\nIt was vote {number}.\n", encoding="utf-8")
    assert run("clean", folder, "-o", tmp_path / "out").code == 0
    assert run("undo", tmp_path / "out", "-o", tmp_path / "back").code == 0
    for name in names:
        assert (tmp_path / "back" / name).read_bytes() == (folder / name).read_bytes()


def test_a_name_that_is_no_unicode(run, folder, tmp_path):
    raw = os.fsencode(folder) + b"/caf\xe9.txt"
    with open(raw, "wb") as file:  # noqa: PTH123
        file.write(DIRTY.encode())
    assert run("clean", folder, "-o", tmp_path / "out").code == 0
    assert run("clean", folder, "-o", tmp_path / "out").code == 0
    assert run("undo", tmp_path / "out", "-o", tmp_path / "back").code == 0
    assert os.path.exists(os.fsencode(tmp_path / "back") + b"/caf\xe9.txt")  # noqa: PTH110


def test_a_name_as_long_as_names_may_be(run, folder, tmp_path):
    (folder / ("n" * 251 + ".txt")).write_bytes(DIRTY.encode())
    (folder / ("n" * 240 + ".txt")).write_bytes(DIRTY.encode())
    answer = run("clean", folder, "-o", tmp_path / "out", "--to", "tree")
    assert answer.code == 2
    assert answer.err.count("too long") == 1
    assert not (tmp_path / "out").exists()
    assert run("clean", folder, "-o", tmp_path / "out", "--to", "jsonl").code == 0
    (folder / ("n" * 251 + ".txt")).rename(folder / ("\u4e2d" * 81 + "nnn.txt"))
    assert run("clean", folder, "-o", tmp_path / "out", "--to", "tree").code == 0


def test_out_inside_the_input_is_left_out(run, folder):
    out = folder / "sub" / "out"
    assert run("clean", folder, "-o", out).code == 0
    first = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert run("clean", folder, "-o", out).code == 0
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == first


@pytest.mark.parametrize("what", ["file", "others", "input", "above a file"])
def test_an_out_that_is_none_is_exit_two_and_stays_as_it_is(run, folder, tmp_path, what):
    out = {
        "file": tmp_path / "f",
        "others": tmp_path / "o",
        "input": folder,
        "above a file": tmp_path / "f" / "x",
    }[what]
    (tmp_path / "f").write_text("mine", encoding="utf-8")
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "thesis.txt").write_text("mine", encoding="utf-8")
    answer = run("clean", folder, "-o", out)
    assert answer.code == 2
    assert answer.err.startswith("cleaner: ")
    assert (tmp_path / "f").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in (tmp_path / "o").iterdir()] == ["thesis.txt"]


def as_nobody() -> None:
    """Give up what root may."""
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def open_to_all(path: Path) -> None:
    """Let every user pass the folders that lead to a path."""
    for folder in (path, *path.parents):
        if folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | 0o055)


def test_a_file_that_may_not_be_read_is_quarantined(folder, tmp_path):
    (folder / "locked.txt").write_bytes(DIRTY.encode())
    (folder / "locked.jsonl").write_bytes(RECORDS)
    for name in ("locked.txt", "locked.jsonl"):
        (folder / name).chmod(0)
    open_to_all(folder)
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o777)
    assert run_forked("clean", folder, "-o", out, "--language", "en", before=as_nobody) == 3
    rows = {row["id"]: (row["reason"], row["detail"]) for row in read_lines(out / "quarantine.jsonl")}
    assert rows == dict.fromkeys(("locked.txt", "locked.jsonl"), ("unreadable", "Permission denied"))
    assert dict(read_corpus(out)).keys() == {"0.txt", "z.jsonl#1"}


def test_a_folder_that_may_not_be_read_is_quarantined(folder, tmp_path):
    (folder / "locked").mkdir()
    (folder / "locked" / "a.txt").write_bytes(DIRTY.encode())
    open_to_all(folder)
    (folder / "locked").chmod(0)
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o777)
    assert run_forked("clean", folder, "-o", out, "--language", "en", before=as_nobody) == 3
    (row,) = read_lines(out / "quarantine.jsonl")
    assert (row["id"], row["reason"]) == ("locked", "unreadable")
    (folder / "locked").chmod(0o755)


def test_an_out_whose_folders_lead_elsewhere_is_refused(run, folder, tmp_path):
    assert run("clean", folder, "-o", tmp_path / "out", "--to", "tree").code == 0
    (tmp_path / "out" / "text").rename(tmp_path / "elsewhere")
    (tmp_path / "out" / "text").symlink_to(tmp_path / "elsewhere")
    answer = run("clean", folder, "-o", tmp_path / "out", "--to", "tree", "--fresh")
    assert answer.code == 2
    assert "is a link" in answer.err


def test_a_forged_run_does_not_lead_undo_out_of_its_folder(run, folder, tmp_path):
    out = tmp_path / "out"
    assert run("clean", folder / "0.txt", "-o", out).code == 0
    manifest = (out / "manifest.json").read_text(encoding="utf-8")
    (out / "manifest.json").write_text(
        manifest.replace('"id": "0.txt"', '"id": "../../evil.txt"'), encoding="utf-8"
    )
    answer = run("undo", out, "-o", tmp_path / "a" / "b")
    assert answer.code == 3
    assert "leads out of the folder" in answer.err
    assert not list(tmp_path.rglob("evil.txt"))


def test_an_empty_name_is_not_this_folder(run, folder, tmp_path):
    answer = run("clean", "", "-o", tmp_path / "out", cwd=folder)
    assert answer.code == 2
    assert answer.err == "cleaner: '': no such file or folder\n"


def test_an_out_that_cannot_be_made_is_exit_two(run, folder):
    answer = run("clean", folder, "-o", "/proc/nothing/out")
    assert answer.code == 2
    assert answer.err.startswith("cleaner: /proc/nothing/out: cannot be made")


def test_what_is_named_twice_counts_once(run, folder, tmp_path):
    assert run("clean", folder / "0.txt", folder / "0.txt", "-o", tmp_path / "out").code == 0
    assert len(dict(read_corpus(tmp_path / "out"))) == 1


def test_what_json_cannot_say_of_numbers_comes_out_as_json(run, folder, tmp_path):
    (folder / "n.jsonl").write_bytes(b'{"text": "One.", "n": NaN, "m": -Infinity}\n')
    table = pyarrow.table({"text": ["One."], "n": [float("nan")]})
    pyarrow.parquet.write_table(table, folder / "p.parquet")

    def refuse(name):
        raise AssertionError(name)

    assert run("clean", folder, "-o", tmp_path / "out", "--to", "jsonl").code == 0
    for path in (tmp_path / "out").rglob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            json.loads(line, parse_constant=refuse)


@pytest.mark.parametrize("mode", [0o555, 0o500], ids=["not written", "not even entered"])
def test_an_out_that_may_not_be_written_is_exit_two(folder, tmp_path, mode):
    open_to_all(folder)
    out = tmp_path / "locked"
    out.mkdir()
    out.chmod(mode)
    for place in (out, out / "below"):
        assert run_forked("clean", folder, "-o", place, before=as_nobody) == 2
    if mode == 0o500:
        assert run_forked("clean", out / "a.txt", "-o", tmp_path / "new", before=as_nobody) == 2
    assert not list(out.iterdir())


@pytest.mark.parametrize("form", ["tree", "jsonl", "parquet"])
def test_a_full_disk_stops_the_run_and_the_next_one_goes_on(run, tmp_path, form):
    """A file system that may hold half of what the run wants to write; where none may be made, files may not grow."""
    folder, out = tmp_path / "in", tmp_path / "disk" / "out"
    folder.mkdir()
    out.parent.mkdir()
    chance = random.Random(0)
    for number in range(40):
        words = ("".join(chance.choices("abcdefghij", k=8)) for _ in range(2000))
        (folder / f"{number:02}.txt").write_text(" ".join(words) + ".\n", encoding="utf-8")
    arguments = [
        "clean",
        folder,
        "-o",
        out,
        "--to",
        form,
        "--language",
        "en",
        "--quiet",
        "--shard-size",
        "0.1",
    ]
    disk = mount_small_disk(out.parent)
    try:
        assert run_forked(*arguments, before=(lambda: None) if disk else forbid_growth) == 4
        assert not list(out.rglob(".*.part"))
        if disk:
            subprocess.run(["mount", "-o", "remount,size=99m", out.parent], check=True)
        assert run_forked(*arguments) == 0
        assert run("clean", folder, "-o", tmp_path / "fresh", *arguments[4:]).code == 0
        assert {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()} == {
            path.relative_to(tmp_path / "fresh"): path.read_bytes()
            for path in (tmp_path / "fresh").rglob("*")
            if path.is_file()
        }
    finally:
        if disk:
            subprocess.run(["umount", out.parent], check=True)


def mount_small_disk(folder: Path) -> bool:
    """Whether a file system of 256 kB could be mounted there; that takes a root who may."""
    if os.getuid() != 0 or not sys.platform.startswith("linux"):
        return False
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def forbid_growth() -> None:
    """Let no file grow above 100 kB: the next write to it fails as on a full disk."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_an_input_deleted_since_the_last_run_takes_its_outputs_along(run, folder, tmp_path):
    out = tmp_path / "out"
    for form in ("tree", "jsonl"):
        (folder / "gone.txt").write_bytes(DIRTY.encode())
        (folder / "gone.jsonl").write_bytes(RECORDS)
        run("clean", folder, "-o", out, "--to", form)
        assert len(dict(read_corpus(out))) == 6
        (folder / "gone.txt").unlink()
        (folder / "gone.jsonl").unlink()
        run("clean", folder, "-o", out, "--to", form)
        assert dict(read_corpus(out)).keys() == {"0.txt", "z.jsonl#1"}
        assert not [path for path in out.rglob("*") if "gone" in path.name]
