"""Reports in the terminal: the plain diff, colours only where they are wanted, figures of a run."""

import csv
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.work import Outcome
from cleaner.core.edits import Cause, Edit
from cleaner.report.categories import Category
from cleaner.report.ending import list_sections, list_shares
from cleaner.report.summary import Summary
from cleaner.report.terminal import diff_rows, format_diff

ROOT = Path(__file__).parent.parent
AD = (Cause("ad.marker", "strip"),)


def texts(rows, kinds):
    return [
        "".join(piece.text for piece in row.pieces if piece.kind in kinds)
        for row in rows
        if row.number is not None
    ]


@given(st.text(alphabet="ab \n\u2028"), st.data())
def test_rows_hold_the_whole_source(source, data):
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    new = data.draw(st.sampled_from(["", "x", "x y"]))
    rows = list(diff_rows(source, [Edit(start, end, new, AD)]))
    assert "\n".join(texts(rows, ("kept", "old"))).rstrip("\n") == source.rstrip("\n")


def test_a_line_that_an_edit_brings_in_has_no_number():
    rows = list(diff_rows("One. Two.\nThree.", [Edit(4, 5, "\n", AD)]))
    assert [row.number for row in rows] == [1, None, 2]


def test_the_whole_text_fits_its_width():
    long = "word " * 100
    source = f"Advertisement\n{long}\n{long}, too .\n"
    at = source.rindex(" .")
    shown = format_diff(source, [Edit(0, 14, "", AD), Edit(at, at + 1, "", AD)], whole=True, width=100)
    assert max(map(len, shown.split("\n"))) <= 100
    assert "[- -]." in shown


def test_a_long_removal_is_shown_whole_where_no_width_is_given():
    text = "Support us. " * 40
    assert f"[-{text}-]" in format_diff(text, [Edit(0, len(text), "", AD)])


def run_in_terminal(*arguments, code=0, **environment):
    """What a command writes to a terminal of 150 columns."""
    parent, child = pty.openpty()
    plain = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM", "COLUMNS")}
    with subprocess.Popen(
        [sys.executable, "-m", "cleaner", *arguments],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=child,
        env={**plain, "TERM": "xterm-256color", "COLUMNS": "150", **environment},
    ) as process:  # fmt: skip
        os.close(child)
        pieces = []
        while True:
            try:
                piece = os.read(parent, 65536)
            except OSError:
                break
            if not piece:
                break
            pieces.append(piece)
        assert process.wait() == code
    os.close(parent)
    return b"".join(pieces).decode()


@pytest.mark.parametrize("command", ["diff", "explain"])
def test_colours_stand_in_a_terminal_and_nowhere_else(run, command):
    seed = "seeds/000_5fe0c7190ac83425.txt"
    assert "\x1b[" in run_in_terminal(command, seed)
    assert "\x1b[" not in run_in_terminal(command, seed, NO_COLOR="1")
    assert "\x1b[" not in run_in_terminal(command, seed, TERM="dumb")
    assert "\x1b[" not in run(command, ROOT / seed).out


def test_a_wide_terminal_shows_before_and_after_side_by_side():
    seed = "seeds/002_0d123e3c94a827ca.txt"
    assert run_in_terminal("diff", seed).count("Chinese news") == 2
    assert run_in_terminal("diff", seed, COLUMNS="100").count("Chinese news") == 1


@pytest.fixture
def broken_folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Advertisement\n\nThe council met on Tuesday.  \n", encoding="utf-8")
    (folder / "b.txt").write_bytes(bytes(range(32)) * 20)
    (folder / "c.txt").write_text("Advertisement\nShare via\n", encoding="utf-8")
    return folder


def test_the_summary_counts_words_by_category_and_names_what_to_look_at(run, broken_folder, tmp_path):
    said = run("clean", broken_folder, "-o", tmp_path / "out").out
    assert re.search(r"words +share +edits +category\n +2 +50.0% +2 +ad +\S+\n +2 +50.0% +1 +share", said)
    assert re.search(r"\n\nchanged without taking words: layout \(\d\)\n", said)
    assert "flagged: look at these\n  c.txt  empty" in said
    assert "in quarantine\n  binary  b.txt\n" in said
    assert said.endswith(f"report: {tmp_path / 'out' / 'report.html'}\n")
    again = run("clean", broken_folder, "-o", tmp_path / "out").out
    untimed = re.sub(r"slowest .*?\n\n", "", said, flags=re.DOTALL)
    assert again == untimed.replace("(2 cleaned, 0 unchanged", "(0 cleaned, 2 unchanged")


def test_the_summary_names_the_slowest_documents_and_no_file_does():
    summary = Summary()
    for number in range(5):
        summary.count(f"{number}.txt", Outcome(seconds=float(number)))
    assert dict(list_sections(summary)) == {
        "slowest (a worker's first document waits for the rules to load)": [
            ("4.0 s", "4.txt"), ("3.0 s", "3.txt"), ("2.0 s", "2.txt"),
        ]
    }  # fmt: skip


def test_many_categories_and_flags_are_summed_up():
    rows, quiet = list_shares([Category(f"c{number:02}", 10, 1) for number in range(20)])
    assert len(rows) == 13
    assert (rows[-1].words, rows[-1].category) == ("80", "(8 more)")
    assert quiet == ""
    ((_, flagged),) = list_sections(
        Summary(flags=99, flagged=[(f"{number}.txt", "empty") for number in range(8)])
    )
    assert flagged[-1] == ("and 91 more", "the report lists them all")


def test_the_summary_has_colours_in_a_terminal_only(broken_folder, tmp_path):
    arguments = ("clean", str(broken_folder), "-o", str(tmp_path / "out"))
    said = run_in_terminal(*arguments, code=3)
    assert "\x1b[" in said
    assert "c.txt" in said
    assert "\x1b[" not in run_in_terminal(*arguments, code=3, NO_COLOR="1")


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_every_report_reads_shards(run, tmp_path, article, form):
    records = tmp_path / "a.jsonl"
    records.write_text(
        "".join(json.dumps({"text": article, "n": n}) + "\n" for n in range(3)), encoding="utf-8"
    )
    out = tmp_path / "out"
    assert "report: " in run("clean", records, "-o", out, "--to", form).out
    page = (out / "report.html").read_text(encoding="utf-8")
    assert '"id": "a.jsonl#3"' in page
    (out / "report.html").unlink()
    assert run("report", out).out == f"{out / 'report.html'}\n"
    assert (out / "report.html").read_text(encoding="utf-8") == page
    assert "[-Advertisement-]" in run("diff", "a.jsonl#2", "--run", out).out
    assert "[-Advertisement-]" in run("diff", "a.jsonl#2.txt", "--run", out).out
    assert "removed  Advertisement" in run("explain", "a.jsonl#2:8", "--run", out).out
    assert run("diff", "a.jsonl#4", "--run", out).code == 2
    (row,) = [
        row for row in json.loads(run("stats", out, "--format", "json").out) if row["rule"] == "ad.marker"
    ]
    assert (row["documents"], row["words_removed"]) == (3, 3)
    assert "3 of 3 texts restored" in run("undo", out, "-o", tmp_path / "back").out
    assert (tmp_path / "back" / "a.jsonl#2.txt").read_text(encoding="utf-8") == article


def test_check_has_colours_in_a_terminal_only(broken_folder):
    arguments = ("check", str(broken_folder), "--diff", "--statistics")
    said = run_in_terminal(*arguments, code=3)
    assert "\x1b[31m-Advertisement" in said
    assert re.search(r"\x1b\[31mad\.marker *\x1b", said)
    plain = run_in_terminal(*arguments, code=3, NO_COLOR="1")
    assert "\x1b[" not in plain
    assert "\n-Advertisement" in plain.replace("\r", "")
    assert re.search(r"ad\.marker +2 +2 +2 ", plain)


def test_annotations_stand_at_the_lines_of_a_pull_request(run, tmp_path):
    folder = tmp_path / "100%, all: texts"
    folder.mkdir()
    text = "Town closes its bath\n\nThe council met on Tuesday.\n\nAdvertisement\nShare via\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "b.jsonl").write_text(
        f'{{"text": "Fine."}}\n{{"text": {json.dumps(text)}}}\n', encoding="utf-8"
    )
    (folder / "c.txt").write_bytes(bytes(range(32)) * 20)
    answer = run("check", folder, "--format", "github", "--statistics")
    rows = answer.out.splitlines()
    assert all(row.startswith(("::warning file=", "::error file=")) for row in rows)
    (place,) = {row.partition("file=")[2].partition("/a.txt")[0] for row in rows if "a.txt" in row}
    assert place.endswith("100%25%2C all%3A texts")
    assert any("/a.txt,line=5,title=ad.marker::" in row for row in rows)
    assert any(
        '/b.jsonl,line=2,title=ad.marker::record 2, line 5: ad.marker removes "Adv' in row for row in rows
    )
    assert any(row.startswith("::error") and "/c.txt,title=cannot be read::binary" in row for row in rows)
    assert "ad.marker" in answer.err


def test_diff_and_explain_read_one_record_of_a_file(run, tmp_path, article):
    records = tmp_path / "a.jsonl"
    records.write_text(f'{{"text": "Fine."}}\n{{"text": {json.dumps(article)}}}\n', encoding="utf-8")
    assert "[-Advertisement-]" in run("diff", f"{records}#2").out
    assert "removed  Advertisement" in run("explain", f"{records}#2:8").out
    for name, said in (
        (records, "holds many documents; name one of them"),
        (f"{records}#3", "has no record 3"),
        (tmp_path, "is a folder"),
        (tmp_path / "b.txt", "no such file"),
    ):
        answer = run("diff", name)
        assert answer.code == 2
        assert said in answer.err


def test_stats_for_people_and_programs(run):
    rows = json.loads(run("stats", ROOT / "cleaned", "--format", "json").out)
    assert {
        key: value
        for row in rows
        if row["rule"] == "ad.marker"
        for key, value in row.items()
        if key != "characters_removed"
    } == {"rule": "ad.marker", "category": "ad", "documents": 1, "edits": 8, "words_removed": 8}
    table = list(csv.DictReader(run("stats", ROOT / "cleaned", "--format", "csv").out.split("\n")))
    assert [row["rule"] for row in table] == [row["rule"] for row in rows]
    assert "ad.marker" in run("stats", ROOT / "cleaned").out


def test_stats_of_no_run(run, tmp_path):
    answer = run("stats", tmp_path)
    assert answer.code == 2
    assert "holds no complete run" in answer.err


def test_every_edit_as_parquet(run, tmp_path):
    path = tmp_path / "edits.parquet"
    assert run("stats", ROOT / "cleaned", "--parquet", path).code == 0
    import pyarrow.parquet as pq

    rows = pq.read_table(path).to_pylist()
    (row,) = [row for row in rows if row["rule"] == "donate.sentence"]
    assert row["old"].startswith("Support independent journalism in Ukraine")
    assert (row["line"], row["start"], row["end"], row["stage"]) == (10, 504, 569, "strip")


def test_the_queries_of_the_docs_run(run, tmp_path):
    import duckdb

    assert run("stats", ROOT / "cleaned", "--parquet", tmp_path / "edits.parquet").code == 0
    page = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
    queries = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    by_rule, texts = (
        duckdb.sql(query.replace("edits.parquet", str(tmp_path / "edits.parquet"))).fetchall()
        for query in queries
    )
    assert by_rule[0] == ("live-feed.timed-items", 1, 1173)
    assert texts == [("Support independent journalism in Ukraine. Join us in this fight.", 1)]


def test_without_pyarrow_the_command_says_what_to_install(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    answer = run("stats", ROOT / "cleaned", "--parquet", tmp_path / "edits.parquet")
    assert answer.code == 2
    assert "article-cleaner[parquet]" in answer.err
    assert list(tmp_path.iterdir()) == []
