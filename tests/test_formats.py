"""Records of every format: what is read, what is written, and what a broken file costs."""

import base64
import bz2
import gzip
import io
import json
import lzma
from pathlib import Path

import jsonschema
import pyarrow
import pyarrow.parquet
import pytest
from backports import zstd

from cleaner.formats import streams
from cleaner.formats.csv import read_csv
from cleaner.formats.jsonl import read_json, read_jsonl
from cleaner.formats.streams import CountedFile, open_stream
from cleaner.report.ledger import SCHEMA_PATH

PROSE = "The council met on Tuesday and voted, by nine to four, to close the old bath."
DIRTY = f"Advertisement\n\n{PROSE}\n"
CLEAN = f"{PROSE}\n"


def lines_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def totals_of(out: Path) -> dict:
    totals = json.loads((out / "manifest.json").read_bytes())["totals"]
    assert totals["in"] == totals["documents"] + totals["duplicates_left_out"] + totals["quarantined"]
    return totals


def jsonl(*records) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def wet(number: int, text: str = DIRTY, kind: str = "conversion", media: str = "text/plain") -> bytes:
    body = text.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:{number}>\r\n"
        f"WARC-Target-URI: https://example.org/{number}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


PACK = {".gz": gzip.compress, ".zst": zstd.compress, ".bz2": bz2.compress, ".xz": lzma.compress, "": bytes}


@pytest.mark.parametrize("suffix", PACK)
def test_jsonl_packed_or_not(run, tmp_path, suffix):
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(PACK[suffix](jsonl({"id": "x", "text": DIRTY}, {"text": CLEAN})))
    assert run("clean", path, "-o", tmp_path / "out").code == 0
    rows = lines_of(tmp_path / "out" / "corpus" / "part-00000.jsonl")
    assert [(row["id"], row["text"]) for row in rows] == [
        (f"{path.name}#1", CLEAN),
        (f"{path.name}#2", CLEAN),
    ]
    reports = lines_of(tmp_path / "out" / "changes" / "part-00000.jsonl")
    assert [report["id"] for report in reports] == [row["id"] for row in rows]
    assert reports[0]["source"]["reversible"] == "text"
    for report in reports:
        jsonschema.validate(report, json.loads(SCHEMA_PATH.read_bytes()))


def test_metadata_is_kept_and_extended(run, tmp_path):
    record = {
        "id": 7,
        "headline": "Town closes its bath",
        "url": "https://example.org/a",
        "lang": "en-GB",
        "tags": ["bath"],
        "score": 1.5,
        "nothing": None,
        "metadata": {"crawl": "2024-10", "score": 2},
        "body": f"{DIRTY}\nby Jane Doe\n",
    }
    (tmp_path / "a.jsonl").write_bytes(jsonl(record))
    run("clean", tmp_path / "a.jsonl", "-o", tmp_path / "out")
    (row,) = lines_of(tmp_path / "out" / "corpus" / "part-00000.jsonl")
    assert row["id"] == "a.jsonl#1"
    assert row["source_id"] == 7
    metadata = row["metadata"]
    for name in ("headline", "url", "lang", "score", "nothing"):
        assert metadata[name] == record[name]
    assert metadata["title"] == "Town closes its bath"
    assert metadata["language"] == "en"
    assert metadata["crawl"] == "2024-10"
    assert metadata["metadata.score"] == 2
    assert metadata["tags"][0] == "bath"


def test_a_language_by_its_name_is_no_code_and_is_not_lost(run, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(jsonl({"text": DIRTY, "language": "English"}))
    run("clean", tmp_path / "a.jsonl", "-o", tmp_path / "out")
    (row,) = lines_of(tmp_path / "out" / "corpus" / "part-00000.jsonl")
    assert (row["metadata"]["language"], row["metadata"]["source_language"]) == ("en", "English")
    assert row["text"] == CLEAN


BROKEN_LINES = {
    "broken": (b'{"text": "One', "json"),
    "no object": (b'["text"]', "no-record"),
    "no text": (b'{"title": "One"}', "no-text"),
    "null text": (b'{"text": null, "content": "One."}', "no-text"),
    "number": (b'{"text": 12}', "no-text"),
    "list": (b'{"text": ["One."]}', "no-text"),
    "NUL bytes": (b'{"text": "\x00\x00\x00\x00"}', "binary"),
    "nested": (b"[" * 100_000, "json"),
    "endless": (b'{"text": "' + b"x" * 1_100_000 + b'"}', "too-large"),
}


@pytest.mark.parametrize("name", BROKEN_LINES)
def test_a_broken_line_is_named_and_costs_no_neighbour(run, tmp_path, name):
    line, reason = BROKEN_LINES[name]
    (tmp_path / "a.jsonl").write_bytes(
        jsonl({"text": DIRTY}) + b"\n \n" + line + b"\n" + jsonl({"text": DIRTY})
    )
    out = tmp_path / "out"
    answer = run("clean", tmp_path / "a.jsonl", "-o", out, "--max-size", "1")
    assert answer.code == 3
    assert f"a.jsonl#2, line 4: in quarantine: {reason}" in answer.err
    (row,) = lines_of(out / "quarantine.jsonl")
    assert (row["id"], row["path"], row["line"], row["reason"]) == ("a.jsonl#2", "a.jsonl", 4, reason)
    assert len(row["sha256"]) == 64
    assert [row["id"] for row in lines_of(out / "corpus" / "part-00000.jsonl")] == ["a.jsonl#1", "a.jsonl#3"]
    assert totals_of(out)["in"] == 3
    assert "Traceback" not in answer.err


def test_ids_of_any_kind_are_carried_and_never_a_path(run, tmp_path):
    ids = ["same", "same", "../../etc/passwd", 5, None, ["a"], "", "line\nbreak"]
    (tmp_path / "a.jsonl").write_bytes(jsonl(*({"id": id, "text": DIRTY} for id in ids)))
    for form in ("jsonl", "tree"):
        out = tmp_path / form
        assert run("clean", tmp_path / "a.jsonl", "-o", out, "--to", form).code == 0
        rows = lines_of(out / ("corpus.jsonl" if form == "tree" else "corpus/part-00000.jsonl"))
        assert [row.get("source_id") for row in rows] == ids
        assert [row["id"] for row in rows] == [f"a.jsonl#{number}" for number in range(1, 9)]
    assert sorted(path.name for path in (tmp_path / "tree" / "text").iterdir()) == [
        f"a.jsonl#{number}.txt" for number in range(1, 9)
    ]


def test_a_stray_byte_in_a_line_is_repaired_and_told(run, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "It\x92s here."}\n')
    assert run("clean", tmp_path / "a.jsonl", "-o", tmp_path / "out").code == 0
    (report,) = lines_of(tmp_path / "out" / "changes" / "part-00000.jsonl")
    assert report["flags"][0]["why"] == "stray bytes that are no UTF-8, read as cp1252: 92"
    assert (
        "It\N{RIGHT SINGLE QUOTATION MARK}s" in lines_of(tmp_path / "out/corpus/part-00000.jsonl")[0]["text"]
    )


def test_lone_surrogates_pass_through(run, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "One \\ud800 two.", "note": "\\udfff"}\n')
    assert run("clean", tmp_path / "a.jsonl", "-o", tmp_path / "out").code == 0
    (row,) = lines_of(tmp_path / "out" / "corpus" / "part-00000.jsonl")
    assert row["metadata"]["note"] == "\udfff"


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".bz2", ".xz"])
def test_records_before_the_tear_of_a_packed_file_are_written(run, tmp_path, suffix):
    texts = [
        {"text": base64.b85encode(bytes([n % 251, n % 13] * 400)).decode() + f" {n}"} for n in range(300)
    ]
    packed = PACK[suffix](jsonl(*texts))
    (tmp_path / f"a.jsonl{suffix}").write_bytes(packed[:-40])
    out = tmp_path / "out"
    answer = run("clean", tmp_path / f"a.jsonl{suffix}", "-o", out, "--language", "en")
    assert answer.code == 3
    (row,) = lines_of(out / "quarantine.jsonl")
    assert row["reason"] == "truncated"
    totals = totals_of(out)
    assert totals["quarantined"] == 1
    # bzip2 and xz pack in large blocks: what stands before the tear may be nothing.
    assert totals["documents"] == int(row["id"].partition("#")[2] or 1) - 1
    assert totals["documents"] > 0 or suffix in (".bz2", ".xz", ".zst")


def test_a_damaged_file_is_told_from_a_truncated_one(run, tmp_path):
    packed = bytearray(gzip.compress(jsonl({"text": DIRTY})))
    packed[-6] ^= 0xFF
    (tmp_path / "a.jsonl.gz").write_bytes(packed)
    assert run("clean", tmp_path / "a.jsonl.gz", "-o", tmp_path / "out").code == 3
    assert lines_of(tmp_path / "out" / "quarantine.jsonl")[0]["reason"] == "damaged"
    assert totals_of(tmp_path / "out")["documents"] == 1


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".bz2", ".xz"])
def test_a_bomb_is_not_unpacked(run, tmp_path, monkeypatch, suffix):
    monkeypatch.setattr(streams, "BOMB_FLOOR", 2_000_000)
    (tmp_path / f"a.jsonl{suffix}").write_bytes(PACK[suffix](jsonl({"text": DIRTY}) + b"\n" * 5_000_000))
    answer = run("clean", tmp_path / f"a.jsonl{suffix}", "-o", tmp_path / "out")
    assert answer.code == 3
    (row,) = lines_of(tmp_path / "out" / "quarantine.jsonl")
    assert row["reason"] == "bomb"
    assert totals_of(tmp_path / "out")["documents"] == 1


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([{"text": DIRTY}, {"text": DIRTY}]),
        json.dumps([{"text": DIRTY}, {"text": DIRTY}], indent=2),
        json.dumps({"text": DIRTY}) + "\n" + json.dumps({"text": DIRTY}),
        json.dumps({"text": DIRTY}, indent=1) + "\n\n" + json.dumps({"text": DIRTY}, indent=1),
    ],
    ids=["array", "indented", "lines", "one after the other"],
)
def test_json_files(run, tmp_path, content):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    assert run("clean", tmp_path / "a.json", "-o", tmp_path / "out").code == 0
    assert [row["text"] for row in lines_of(tmp_path / "out/corpus/part-00000.jsonl")] == [CLEAN, CLEAN]


def test_a_json_array_without_an_end_keeps_what_came_before(run, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"text": DIRTY}] * 3)[:-30], encoding="utf-8")
    assert run("clean", tmp_path / "a.json", "-o", tmp_path / "out").code == 3
    assert totals_of(tmp_path / "out") | {"chars_in": 0, "chars_out": 0} == {
        "in": 3, "documents": 2, "duplicates_left_out": 0, "quarantined": 1, "chars_in": 0, "chars_out": 0,
    }  # fmt: skip


def test_long_json_values_are_read_over_several_blocks():
    values = [{"text": "x" * size} for size in (10, 70_000, 200_000, 65_536)]
    stream = open_stream(CountedFile(io.BytesIO(json.dumps(values).encode())))
    assert [json.loads(row.content) for row in read_json(stream, 1_000_000)] == values


def test_csv_with_line_breaks_quotes_and_bad_rows(run, tmp_path):
    (tmp_path / "a.csv").write_text(
        'id,title,text\n1,One,"Advertisement\n\nThe ""old"" bath closed, at last, on Monday."\n'
        '2,Two\n\n3,Three,"It stays.", x\n4,Four,Fine.\n',
        encoding="utf-8-sig",
    )
    out = tmp_path / "out"
    assert run("clean", tmp_path / "a.csv", "-o", out).code == 3
    rows = lines_of(out / "corpus" / "part-00000.jsonl")
    assert [(row["id"], row["source_id"], row["metadata"]["title"]) for row in rows] == [
        ("a.csv#1", "1", "One"),
        ("a.csv#4", "4", "Four"),
    ]
    assert rows[0]["text"] == 'The "old" bath closed, at last, on Monday.\n'
    assert [(row["id"], row["line"]) for row in lines_of(out / "quarantine.jsonl")] == [
        ("a.csv#2", 5),
        ("a.csv#3", 7),
    ]


def test_other_delimiters_and_tsv(run, tmp_path):
    (tmp_path / "a.csv").write_text("id;text\n1;Fine, fine.\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text("id\ttext\n1\tFine; fine.\n", encoding="utf-8")
    assert run("clean", tmp_path / "a.csv", tmp_path / "b.tsv", "-o", tmp_path / "out").code == 0
    assert [row["text"].strip() for row in lines_of(tmp_path / "out/corpus/part-00000.jsonl")] == [
        "Fine, fine.",
        "Fine; fine.",
    ]


def test_a_quote_without_an_end_is_one_bad_row():
    stream = open_stream(CountedFile(io.BytesIO(b'id,text\n1,fine\n2,"no end\n3,x\n')))
    rows = list(read_csv(stream, 1000))
    assert [row.problem is None for row in rows] == [True, False]


def test_stray_bytes_in_csv_are_told(run, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,text\n1,It\x92s here.\n")
    run("clean", tmp_path / "a.csv", "-o", tmp_path / "out")
    (report,) = lines_of(tmp_path / "out" / "changes" / "part-00000.jsonl")
    assert "92" in report["flags"][0]["why"]


@pytest.fixture
def parquet_file(tmp_path):
    table = pyarrow.table(
        {
            "id": [f"doc-{n}" for n in range(6)],
            "text": [DIRTY, None, CLEAN, DIRTY, DIRTY, DIRTY],
            "date": pyarrow.array([n * 10**9 for n in range(6)], pyarrow.timestamp("ns")),
            "vector": [[float(n), 0.5] for n in range(6)],
            "raw": [bytes([n, 255]) for n in range(6)],
        }
    )
    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(table, path, row_group_size=2)
    return path


def test_parquet_comes_out_as_parquet_with_its_other_columns(run, tmp_path, parquet_file):
    out = tmp_path / "out"
    assert run("clean", parquet_file, "-o", out).code == 3
    table = pyarrow.parquet.read_table(out / "corpus" / "part-00000.parquet")
    assert table.column("id").to_pylist() == [f"a.parquet#{n}" for n in (1, 3, 4, 5, 6)]
    assert table.column("source_id").to_pylist() == [f"doc-{n}" for n in (0, 2, 3, 4, 5)]
    assert set(table.column("text").to_pylist()) == {CLEAN}
    source = pyarrow.parquet.read_table(parquet_file).take([0, 2, 3, 4, 5])
    for name in ("date", "vector", "raw"):
        assert table.column(name).combine_chunks() == source.column(name).combine_chunks(), name
    reports = pyarrow.parquet.read_table(out / "changes" / "part-00000.parquet")
    assert [json.loads(report)["id"] for report in reports.column("report").to_pylist()] == table.column(
        "id"
    ).to_pylist()
    assert run("undo", out, "-o", tmp_path / "back").code == 0
    assert (tmp_path / "back" / "a.parquet#4.txt").read_text(encoding="utf-8") == DIRTY


def test_parquet_to_jsonl_and_jsonl_to_parquet(run, tmp_path, parquet_file):
    run("clean", parquet_file, "-o", tmp_path / "lines", "--to", "jsonl")
    row = lines_of(tmp_path / "lines" / "corpus" / "part-00000.jsonl")[0]
    assert row["metadata"]["vector"] == [0.0, 0.5]
    assert row["metadata"]["raw"] == base64.b64encode(b"\x00\xff").decode()
    (tmp_path / "b.jsonl").write_bytes(jsonl({"text": DIRTY, "score": 3}))
    assert run("clean", tmp_path / "b.jsonl", "-o", tmp_path / "columns", "--to", "parquet").code == 0
    table = pyarrow.parquet.read_table(tmp_path / "columns" / "corpus" / "part-00000.parquet")
    assert json.loads(table.column("metadata")[0].as_py())["score"] == 3


def test_parquet_files_with_other_columns_stand_in_other_shards(run, tmp_path):
    for name, column in (("a", "x"), ("b", "y"), ("c", "y")):
        pyarrow.parquet.write_table(
            pyarrow.table({"text": [DIRTY], column: [1]}), tmp_path / f"{name}.parquet"
        )
    assert run("clean", tmp_path, "-o", tmp_path / "out").code == 0
    shards = [pyarrow.parquet.read_table(path) for path in sorted((tmp_path / "out/corpus").iterdir())]
    assert [(shard.num_rows, shard.column_names[-1]) for shard in shards] == [(1, "x"), (2, "y")]


def test_a_truncated_parquet_file_is_one_row_in_quarantine(run, tmp_path, parquet_file):
    parquet_file.write_bytes(parquet_file.read_bytes()[:-20])
    (tmp_path / "b.jsonl").write_bytes(jsonl({"text": DIRTY}))
    out = tmp_path / "out"
    answer = run("clean", parquet_file, tmp_path / "b.jsonl", "-o", out)
    assert answer.code == 3
    (row,) = lines_of(out / "quarantine.jsonl")
    assert (row["id"], row["reason"]) == ("a.parquet", "parquet")
    assert totals_of(out)["documents"] == 1


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_wet_files_and_their_tears(run, tmp_path, pack):
    records = [wet(0, "software: x", "warcinfo", "application/warc-fields"), wet(1), wet(2), wet(3)]
    path = tmp_path / ("a.wet" if pack is bytes else "a.warc.wet.gz")
    path.write_bytes(b"".join(map(pack, records)))
    assert run("clean", path, "-o", tmp_path / "whole").code == 0
    rows = lines_of(tmp_path / "whole" / "corpus" / "part-00000.jsonl")
    assert [row["source_id"] for row in rows] == ["<urn:1>", "<urn:2>", "<urn:3>"]
    assert rows[0]["text"] == CLEAN
    assert rows[0]["metadata"]["url"] == "https://example.org/1"
    path.write_bytes(path.read_bytes()[:-40])
    answer = run("clean", path, "-o", tmp_path / "torn")
    assert answer.code == 3
    assert lines_of(tmp_path / "torn" / "quarantine.jsonl")[0]["reason"] == "truncated"
    assert totals_of(tmp_path / "torn")["documents"] == 2


def test_a_picture_in_a_warc_is_passed_over_and_listed(run, tmp_path):
    picture = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n..."
    (tmp_path / "a.warc").write_bytes(wet(1, picture, "response", "application/http") + wet(2))
    assert run("clean", tmp_path / "a.warc", "-o", tmp_path / "out").code == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["skipped"] == [
        {"id": "a.warc", "reason": "1 of its records: a response of type image/png"}
    ]
    assert totals_of(tmp_path / "out")["documents"] == 1


def test_fields_and_kinds_can_be_named(run, tmp_path):
    (tmp_path / "records").write_bytes(jsonl({"key": "k", "story": DIRTY, "text": "not this"}))
    options = ["--from", "jsonl", "--text-field", "story", "--id-field", "key"]
    assert run("clean", tmp_path / "records", "-o", tmp_path / "out", *options).code == 0
    (row,) = lines_of(tmp_path / "out" / "corpus" / "part-00000.jsonl")
    assert (row["text"], row["source_id"], row["metadata"]["text"]) == (CLEAN, "k", "not this")


def test_what_a_file_without_a_suffix_holds_is_told_by_its_content(run, tmp_path):
    (tmp_path / "records").write_bytes(gzip.compress(jsonl({"text": DIRTY})))
    (tmp_path / "article").write_text(DIRTY, encoding="utf-8")
    assert run("clean", tmp_path / "records", tmp_path / "article", "-o", tmp_path / "out").code == 0
    rows = lines_of(tmp_path / "out" / "corpus" / "part-00000.jsonl")
    assert [row["id"] for row in rows] == ["records#1", "article"]


def test_undo_of_records_restores_their_texts(run, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(jsonl({"text": DIRTY}, {"text": "Two.\r\nThree."}))
    for form in ("jsonl", "tree"):
        run("clean", tmp_path / "a.jsonl", "-o", tmp_path / form, "--to", form)
        assert run("undo", tmp_path / form, "-o", tmp_path / f"{form}-back").code == 0
        assert (tmp_path / f"{form}-back" / "a.jsonl#2.txt").read_bytes() == b"Two.\r\nThree."
    assert "[-Advertisement-]" in run("diff", "a.jsonl#1", "--run", tmp_path / "jsonl").out


def test_a_filter_carries_every_field_along(run, tmp_path, monkeypatch):
    lines = (
        jsonl({"n": 1, "content": DIRTY, "url": "https://example.org/"})
        + b"\nbroken\n"
        + jsonl({"content": CLEAN})
    )
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))
    answer = run("clean", "-", "--from", "jsonl", "--changes", tmp_path / "changes.jsonl")
    assert answer.code == 3
    assert "standard input, line 3: json" in answer.err
    assert [json.loads(line) for line in answer.out.splitlines()] == [
        {"n": 1, "content": CLEAN, "url": "https://example.org/"},
        {"content": CLEAN},
    ]
    assert len(lines_of(tmp_path / "changes.jsonl")) == 2


def test_check_reads_records(run, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(jsonl({"text": CLEAN}, {"text": DIRTY}))
    answer = run("check", tmp_path / "a.jsonl")
    assert answer.code == 1
    assert "a.jsonl#2: would change" in answer.out
    assert "a.jsonl#1" not in answer.out


def test_blank_lines_and_a_byte_order_mark_are_no_records():
    stream = open_stream(CountedFile(io.BytesIO(b'\xef\xbb\xbf{"text": "a"}\r\n\r\n   \n{"text": "b"}')))
    assert [(row.number, row.line) for row in read_jsonl(stream, 1000)] == [(1, 1), (2, 4)]
