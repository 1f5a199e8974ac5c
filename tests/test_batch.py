"""Runs that are large, broken, interrupted or killed: nothing is lost, and the same bytes come out."""

import errno
import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from forked import kill_after, run_forked, start_command
from hypothesis import given
from hypothesis import strategies as st
from reconcile import assert_reconciled

from cleaner import Cleaner
from cleaner.batch import workers
from cleaner.batch.work import Outcome, Task, Work
from cleaner.batch.workers import Chunk, run_ordered
from cleaner.formats.files import GrowingFile
from cleaner.formats.rows import Row, hash_bytes
from cleaner.pipeline import Steps

PROSE = "The council met on Tuesday and voted, by nine to four, to close the old bath."


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def totals_of(out: Path) -> dict:
    totals = json.loads((out / "manifest.json").read_bytes())["totals"]
    assert totals["in"] == totals["documents"] + totals["duplicates_left_out"] + totals["quarantined"]
    return totals


def quarantine_of(out: Path) -> dict[str, str]:
    rows = (out / "quarantine.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["reason"] for row in map(json.loads, rows)}


def article(number: int, paragraphs: int = 3) -> str:
    return "Skip to content\n\n" + f"{PROSE} It was vote {number}.\n\nAdvertisement\n\n" * paragraphs


@pytest.fixture
def mixed(tmp_path):
    """A folder of files and records, some of them broken."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    for number in range(30):
        (folder / "sub" / f"{number:02}.txt").write_text(article(number), encoding="utf-8")
    lines = [json.dumps({"id": number, "text": article(number)}) for number in range(60)]
    lines[7] = "broken"
    (folder / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    return folder


def command(*arguments) -> list[str]:
    return [sys.executable, "-m", "cleaner", "clean", *map(str, arguments), "--language", "en", "--quiet"]


@pytest.mark.parametrize("form", ["tree", "jsonl", "parquet"])
def test_any_number_of_workers_gives_the_same_bytes(run, mixed, tmp_path, monkeypatch, form):
    monkeypatch.setattr(workers, "SMALL_RUN", 0)
    for jobs in (1, 2, 3):
        arguments = ["--to", form, "--jobs", jobs, "--shard-size", "0.01"]
        assert run("clean", mixed, "-o", tmp_path / f"{jobs}", *map(str, arguments)).code == 3
    assert snapshot(tmp_path / "1") == snapshot(tmp_path / "2") == snapshot(tmp_path / "3")
    totals = totals_of(tmp_path / "1")
    assert (totals["in"], totals["quarantined"]) == (91, 2)


ROUNDS = 6  # for each of the four combinations


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("form", ["tree", "jsonl"])
def test_killed_at_any_moment_and_run_again_it_gives_the_same_bytes(mixed, tmp_path, monkeypatch, form, jobs):
    monkeypatch.setattr(workers, "SMALL_RUN", 0)
    Work(Cleaner.load(), "tree").prepare()  # which the copies need not do again
    arguments = [
        "clean", mixed, "--to", form, "--shard-size", "0.01", "--jobs", str(jobs), "--language", "en", "--quiet", "-o",
    ]  # fmt: skip
    began = time.monotonic()
    assert run_forked(*arguments, tmp_path / "whole") == 3
    whole = time.monotonic() - began
    expected = snapshot(tmp_path / "whole")
    chance = random.Random(f"{form} {jobs}")
    out = tmp_path / "out"
    killed = 0
    while killed < ROUNDS:
        code = kill_after(start_command(*arguments, out), chance.uniform(0, whole))
        killed += code == -signal.SIGKILL
        for path in out.rglob("*"):
            name = path.relative_to(out).as_posix()
            if path.is_file() and not path.name.startswith(".") and name != "manifest.json":
                assert path.read_bytes() == expected[name], "a file under its final name is complete"
        came_first = code == 3
        if came_first or chance.random() < 0.4:
            assert came_first or run_forked(*arguments, out) == 3
            assert snapshot(out) == expected
            shutil.rmtree(out)
        whole *= 0.9 if came_first else 1
    assert run_forked(*arguments, out) == 3
    assert snapshot(out) == expected
    assert_reconciled(out, 3)


def test_what_a_killed_run_wrote_of_inputs_that_are_gone_is_removed(run, mixed, tmp_path, monkeypatch):
    from cleaner.batch.tree import Tree

    def stop(_tree):
        raise KeyboardInterrupt

    monkeypatch.setattr(Tree, "finish", stop)
    out = tmp_path / "out"
    assert run("clean", mixed, "-o", out, "--to", "tree").code == 130
    monkeypatch.undo()
    assert "not finished" in run("undo", out, "-o", tmp_path / "back").err
    (mixed / "sub" / "03.txt").unlink()
    run("clean", mixed, "-o", out, "--to", "tree")
    run("clean", mixed, "-o", tmp_path / "fresh", "--to", "tree")
    assert snapshot(out) == snapshot(tmp_path / "fresh")


def test_an_interrupt_exits_130_leaves_no_half_file_and_can_be_resumed(run, mixed, tmp_path):
    with (mixed / "more.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": article(number, 20)}) + "\n" for number in range(500))
    out = tmp_path / "out"
    process = subprocess.Popen(
        command(mixed, "-o", out, "--jobs", "2", "--shard-size", "0.05"),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not list(out.glob("corpus/part-00001.jsonl")):
        time.sleep(0.05)
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130, said
    assert said == "cleaner: interrupted; the same command again goes on where it stopped\n"
    assert not list(out.rglob("*.part"))
    assert (out / ".run.jsonl").is_file()
    assert run("clean", mixed, "-o", out, "--shard-size", "0.05", "--language", "en").code == 3
    run("clean", mixed, "-o", tmp_path / "fresh", "--shard-size", "0.05", "--language", "en")
    assert snapshot(out) == snapshot(tmp_path / "fresh")


def test_a_shard_that_stands_is_not_made_again(run, mixed, tmp_path):
    out = tmp_path / "out"
    arguments = ["clean", mixed, "-o", out, "--shard-size", "0.01"]
    run(*arguments)
    before = snapshot(out)
    assert "0 cleaned, 89 unchanged" in run(*arguments).out
    assert snapshot(out) == before
    (out / "corpus" / "part-00001.jsonl").write_text("damaged", encoding="utf-8")
    said = run(*arguments).out
    assert snapshot(out) == before
    assert "(89 cleaned" not in said
    assert "unchanged" in said
    lines = (mixed / "records.jsonl").read_text(encoding="utf-8")
    (mixed / "records.jsonl").write_text(lines.replace("vote 59", "vote 60"), encoding="utf-8")
    said = run(*arguments).out
    assert "0 cleaned" not in said
    assert "(89 cleaned" not in said
    run("clean", mixed, "-o", tmp_path / "fresh", "--shard-size", "0.01")
    assert snapshot(out) == snapshot(tmp_path / "fresh")


def test_from_tree_to_shards_and_back_leaves_nothing_behind(run, mixed, tmp_path):
    for form in ("tree", "jsonl", "parquet", "tree"):
        run("clean", mixed, "-o", tmp_path / "out", "--to", form)
        run("clean", mixed, "-o", tmp_path / f"fresh-{form}", "--to", form)
        assert snapshot(tmp_path / "out") == snapshot(tmp_path / f"fresh-{form}")


def test_two_runs_never_write_into_one_folder(run, mixed, tmp_path):
    import fcntl

    out = tmp_path / "out"
    run("clean", mixed, "-o", out)
    with (out / ".run.jsonl").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        before = snapshot(out)
        answer = run("clean", mixed, "-o", out, "--fresh")
        assert answer.code == 2
        assert "another run is writing there" in answer.err
        assert snapshot(out) == before


def test_a_full_disk_stops_shards_too_and_the_next_run_goes_on(run, mixed, tmp_path, monkeypatch):
    from cleaner.formats.files import GrowingFile

    write, count = GrowingFile.write, 0

    def fail(file, content):
        nonlocal count
        count += 1
        if count > 40:
            raise OSError(errno.ENOSPC, "No space left on device", str(file.path))
        write(file, content)

    monkeypatch.setattr(GrowingFile, "write", fail)
    out = tmp_path / "out"
    arguments = ["clean", mixed, "-o", out, "--shard-size", "0.01"]
    answer = run(*arguments)
    assert answer.code == 4
    assert "No space left on device" in answer.err
    assert not list(out.rglob("*.part"))
    monkeypatch.undo()
    assert "unchanged" in run(*arguments).out
    run("clean", mixed, "-o", tmp_path / "fresh", "--shard-size", "0.01")
    assert snapshot(out) == snapshot(tmp_path / "fresh")


ONE_RULE = """
[pack]
name = "one"
version = "1.0.0"

[[rule]]
id = "ad.marker"
why = "A label above an advertisement."
scope = "line"
lines = ["advertisement"]
hits = ["Advertisement"]
misses = ["An advertisement"]
"""


def test_fifty_megabytes_on_one_line_are_cleaned_in_parts_and_flagged(run, mixed, tmp_path):
    (tmp_path / "one.toml").write_text(ONE_RULE, encoding="utf-8")
    (mixed / "long.txt").write_bytes(b"Advertisement\n\n" + b"word " * 10_000_000)
    out = tmp_path / "out"
    arguments = ["--language", "en", "--rules", tmp_path / "one.toml"]
    assert run("clean", mixed / "long.txt", mixed / "sub", "-o", out, *arguments).code == 0
    report = json.loads((out / "changes" / "long.txt.json").read_bytes())
    assert [flag["id"] for flag in report["flags"]] == ["large"]
    assert report["totals"]["removed_chars"] == len("Advertisement\n")
    assert run("undo", out, "-o", tmp_path / "back").code == 0
    assert (tmp_path / "back" / "long.txt").read_bytes() == (mixed / "long.txt").read_bytes()


def test_what_is_above_the_bound_is_quarantined_and_its_neighbours_are_not(run, mixed, tmp_path):
    (mixed / "long.txt").write_bytes(b"word " * 1_000_000)
    (mixed / "long.txt.gz").write_bytes(gzip.compress(b"word " * 1_000_000))
    with (mixed / "long.jsonl").open("wb") as file:
        file.write(b'{"text": "' + b"word " * 1_000_000 + b'"}\n{"text": "One."}\n')
    out = tmp_path / "out"
    assert run("clean", mixed, "-o", out, "--max-size", "2").code == 3
    found = quarantine_of(out)
    assert found["long.txt"] == found["long.txt.gz"] == found["long.jsonl#1"] == "too-large"
    assert "long.jsonl#2" not in found


def test_a_million_blank_lines_and_a_long_line_are_documents(run, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "blank.txt").write_bytes(b"\n" * 1_000_000)
    (tmp_path / "in" / "nested.md").write_bytes(b"<div>" * 50_000)
    assert run("clean", tmp_path / "in", "-o", tmp_path / "out", "--language", "en").code == 0
    assert totals_of(tmp_path / "out")["documents"] == 2


def test_utf16_without_a_mark_is_quarantined_and_with_one_it_is_read(run, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bare.txt").write_bytes(PROSE.encode("utf-16-le"))
    (tmp_path / "in" / "marked.txt").write_bytes(PROSE.encode("utf-16"))
    (tmp_path / "in" / "nul.txt").write_bytes(b"One\x00two")
    assert run("clean", tmp_path / "in", "-o", tmp_path / "out").code == 3
    assert quarantine_of(tmp_path / "out") == {"bare.txt": "binary", "nul.txt": "binary"}


def test_one_stem_twice_is_two_documents(run, tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "a.md", "a.text"):
        (tmp_path / "in" / name).write_text(article(1), encoding="utf-8")
    assert run("clean", tmp_path / "in", "-o", tmp_path / "out").code == 0
    assert totals_of(tmp_path / "out")["documents"] == 3


def test_a_file_named_like_a_record_is_a_clash(run, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text('{"text": "One."}\n', encoding="utf-8")
    (tmp_path / "in" / "a.jsonl#1.txt").write_text("One.", encoding="utf-8")
    answer = run("clean", tmp_path / "in", "-o", tmp_path / "out", "--to", "tree")
    assert answer.code == 2
    assert "has the name of a record of a.jsonl" in answer.err
    assert not (tmp_path / "out").exists()


class Odd(Work):
    """Work that dies or hangs on some texts."""

    def _clean(self, task: Task) -> Steps[Outcome]:
        if b"die" in task.row.content:
            os._exit(1)
        if b"slow" in task.row.content:
            time.sleep(600)
        if b"endless" in task.row.content:
            while True:
                pass
        if b"fail" in task.row.content:
            raise ZeroDivisionError("division by zero")
        return Work._clean(self, task)


def tasks_of(*contents: bytes) -> list[Task]:
    return [
        Task(f"{n}", f"{n}", f"{n}", "text", Row(content, hash_bytes(content)))
        for n, content in enumerate(contents)
    ]


def test_a_worker_that_dies_or_hangs_costs_one_document(cleaner, monkeypatch):
    monkeypatch.setattr(workers, "_GRACE", 1.0)
    work = Odd(cleaner, "tree", seconds=1.0)
    chunks = [Chunk(tasks_of(b"One.", b"die", b"Two."), 0, 1), Chunk(tasks_of(b"Three.", b"slow"), 0, 2)]
    answers = list(run_ordered(work, chunks, 2, small=0))
    problems = [[outcome.problem and outcome.problem.reason for outcome in found] for _, found in answers]
    assert problems == [[None, "crashed", None], [None, "timeout"]]
    assert [chunk.position for chunk, _ in answers] == [1, 2]


def test_a_document_that_takes_too_long_or_fails_is_named(cleaner):
    work = Odd(cleaner, "tree", seconds=1.0)
    work.prepare()  # what is built once is built before the clock runs
    outcomes = [work.clean_tasks([task])[0] for task in tasks_of(b"endless", b"fail", b"One.")]
    assert [outcome.problem and outcome.problem.reason for outcome in outcomes] == ["timeout", "failed", None]
    assert "ZeroDivisionError" in outcomes[1].problem.detail


@given(st.lists(st.sampled_from(range(12)), max_size=9), st.integers(1, 9))
def test_documents_that_are_judged_together_come_out_as_alone(cleaner, numbers, fitting):
    work = Work(cleaner, "tree", finished=None)
    pages = [f"Home\nNews\nShare this\n{article(number)}\nPrivacy policy\n".encode() for number in numbers]
    tasks = tasks_of(*pages)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaner.batch.work.TOGETHER_BYTES", fitting * 400)
        together = work.clean_tasks(tasks)
    alone = [work.clean_tasks([task])[0] for task in tasks]
    assert [outcome.pieces for outcome in together] == [outcome.pieces for outcome in alone]


def test_a_document_that_fails_leaves_those_it_is_judged_with_alone(cleaner):
    work = Odd(cleaner, "tree", seconds=1.0)
    work.prepare()
    outcomes = work.clean_tasks(tasks_of(b"One.", b"fail", b"Two.", b"endless", b"Three."))
    assert [outcome.problem and outcome.problem.reason for outcome in outcomes] == [
        None,
        "failed",
        None,
        "timeout",
        None,
    ]
    assert [outcome.pieces for outcome in outcomes[::2]] == [
        work.clean_tasks([task])[0].pieces for task in tasks_of(b"One.", b"-", b"Two.", b"-", b"Three.")[::2]
    ]


def test_where_judging_together_fails_each_is_judged_by_itself(cleaner, monkeypatch):
    def fail(_questions):
        raise MemoryError

    work = Work(cleaner, "tree")
    tasks = tasks_of(*(article(number).encode() for number in range(4)))
    expected = [outcome.pieces for outcome in work.clean_tasks(tasks)]
    monkeypatch.setattr("cleaner.batch.work.answer_together", fail)
    assert [outcome.pieces for outcome in work.clean_tasks(tasks)] == expected


def test_no_chunk_is_read_far_ahead(cleaner):
    """What is read waits for what is written."""
    read = 0

    def chunks():
        nonlocal read
        for _ in range(60):
            read += 1
            yield Chunk(tasks_of(PROSE.encode()))

    written = 0
    for _ in run_ordered(Work(cleaner, "tree"), chunks(), 2, small=0):
        written += 1
        assert read - written <= 2 * 4
    assert written == 60


def test_a_run_may_stand_in_a_thread(run, mixed, tmp_path):
    codes = []
    thread = threading.Thread(target=lambda: codes.append(run("clean", mixed, "-o", tmp_path / "out").code))
    thread.start()
    thread.join()
    assert codes == [3]


def test_an_input_that_vanishes_is_quarantined(run, mixed, tmp_path, monkeypatch):
    from cleaner.formats import inputs

    rows = inputs.InputFile.rows

    def vanish(file):
        if file.source.id in ("sub/01.txt", "records.jsonl"):
            file.source.path.unlink()
        return rows(file)

    monkeypatch.setattr(inputs.InputFile, "rows", vanish)
    assert run("clean", mixed, "-o", tmp_path / "out").code == 3
    assert quarantine_of(tmp_path / "out") == {
        "picture.txt": "binary",
        "records.jsonl": "unreadable",
        "sub/01.txt": "unreadable",
    }


def test_a_progress_bar_stands_on_a_terminal_only(mixed, tmp_path):
    import pty

    ours, theirs = pty.openpty()
    arguments = [*command(mixed, "-o", tmp_path / "out")[:-1], "--jobs", "1"]
    subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=theirs, check=False)
    os.close(theirs)
    said = os.read(ours, 100_000).decode()
    assert "documents" in said
    assert "removed" in said
    assert not subprocess.run(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    ).stderr.count(b"removed")


def test_a_page_over_very_many_records_is_made_on_demand(run, mixed, tmp_path, monkeypatch):
    from cleaner.cli import clean

    out = tmp_path / "out"
    assert "report.html" in run("clean", mixed, "-o", out).out
    monkeypatch.setattr(clean, "_MOST_FOR_PAGE", 1000)
    assert f"`cleaner report {out}`" in run("clean", mixed, "-o", out).out
    assert not (out / "report.html").exists(), "the page of another run would lie"
    assert run("report", out).code == 0
    assert (out / "report.html").exists()


def test_workers_that_are_fresh_interpreters_give_the_same(cleaner, monkeypatch):
    """As they are where processes cannot be copied, or this one has threads."""
    work = Work(cleaner, "jsonl")
    chunks = [Chunk(tasks_of(article(n).encode(), b"One\x00two")) for n in range(4)]
    expected = [[outcome.pieces for outcome in found] for _, found in run_ordered(work, chunks, 1)]
    monkeypatch.setattr(workers, "choose_start_method", lambda: "spawn")
    answers = [[outcome.pieces for outcome in found] for _, found in run_ordered(work, chunks, 2, small=0)]
    assert answers == expected


def test_a_program_with_threads_is_not_copied():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    assert workers.choose_start_method() == "spawn"
    stop.set()
    thread.join()


LONG_LINES = "".join(f"{PROSE} It was vote {number}.\n\nAdvertisement\n\n" for number in range(19_000))


def test_a_full_disk_is_told_with_the_folder_it_was_met_in(run, mixed, tmp_path, monkeypatch):
    write = GrowingFile.write

    def fail(file, content):
        if file.path.parent.name == "corpus":
            raise OSError(errno.ENOSPC, "No space left on device")
        write(file, content)

    monkeypatch.setattr(GrowingFile, "write", fail)
    answer = run("clean", mixed / "records.jsonl", "-o", tmp_path / "out", "--language", "en")
    assert answer.code == 4
    assert answer.err.startswith(f"cleaner: {tmp_path / 'out'}: No space left")


def test_decisions_to_keep_a_span_hold_in_a_text_that_is_cleaned_in_parts(run, mixed, tmp_path):
    (tmp_path / "one.toml").write_text(ONE_RULE, encoding="utf-8")
    source = mixed / "sub" / "long.txt"
    source.write_text(LONG_LINES, encoding="utf-8")
    start = LONG_LINES.rindex("Advertisement")
    (tmp_path / "cleaner.toml").write_text(
        'rules = ["one.toml"]\ndecisions = "keep.toml"\n', encoding="utf-8"
    )
    (tmp_path / "keep.toml").write_text(
        f'[[keep]]\ndocument = "{hash_bytes(source.read_bytes())}"\nstart = {start}\nend = {start + 13}\n',
        encoding="utf-8",
    )
    out = tmp_path / "out"
    found = run("clean", source, "-o", out, "--config", tmp_path / "cleaner.toml", "--language", "en")
    assert found.code == 0
    text = (out / "text" / "long.txt").read_text(encoding="utf-8")
    assert text.count("Advertisement") == 1
    assert text.rstrip().endswith("Advertisement")
    assert "without line scorer" in found.out, "what is not done with a long text is said at the end"


def test_flags_are_told_where_the_page_is_made_on_demand_and_by_a_run_that_does_nothing(
    run, mixed, tmp_path, monkeypatch
):
    monkeypatch.setattr("cleaner.cli.clean._MOST_FOR_PAGE", 0)
    (tmp_path / "one.toml").write_text(ONE_RULE, encoding="utf-8")
    (mixed / "only.jsonl").write_text('{"text": "Advertisement"}\n', encoding="utf-8")
    arguments = ["clean", mixed / "only.jsonl", "-o", tmp_path / "out", "--rules", tmp_path / "one.toml"]
    assert "empty" in run(*arguments).out
    again = run(*arguments)
    assert "1 unchanged" in again.out
    assert "empty" in again.out


def test_pieces_of_many_megabytes_come_from_workers_as_they_are(run, mixed, tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "SMALL_RUN", 0)
    assert run("clean", mixed, "-o", tmp_path / "whole", "--jobs", "2").code == 3
    monkeypatch.setattr(workers, "_LARGE_PIECES", 600)
    assert run("clean", mixed, "-o", tmp_path / "parted", "--jobs", "2").code == 3
    assert snapshot(tmp_path / "whole") == snapshot(tmp_path / "parted")


def test_a_page_that_stands_is_not_parsed_again(run, tmp_path, monkeypatch):
    pages = tmp_path / "in"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.html").write_text(
            f"<html><title>Bath {number}</title><body><p>{PROSE}</p></body></html>", encoding="utf-8"
        )
    out = tmp_path / "out"
    assert run("clean", pages, "-o", out).code == 0
    before = snapshot(out)
    (pages / "2.html").write_text(f"<html><body><p>{PROSE} Twice.</p></body></html>", encoding="utf-8")
    parsed = []
    from cleaner.batch import work

    read = work.read_page
    monkeypatch.setattr(work, "read_page", lambda text: parsed.append(text) or read(text))
    assert "1 cleaned, 2 unchanged" in run("clean", pages, "-o", out).out
    assert len(parsed) == 1
    monkeypatch.undo()
    assert run("clean", pages, "-o", tmp_path / "fresh").code == 0
    assert snapshot(out) == snapshot(tmp_path / "fresh") != before
    assert run("clean", pages, "-o", out, "--from", "text").code == 0, "the same bytes, read as text"
    assert run("clean", pages, "-o", tmp_path / "plain", "--from", "text").code == 0
    assert snapshot(out) == snapshot(tmp_path / "plain")


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_outputs_of_gone_inputs_go_whatever_the_layout_of_the_manifest(run, mixed, tmp_path, indent):
    out = tmp_path / "out"
    assert run("clean", mixed / "sub", "-o", out).code == 0
    manifest = json.loads((out / "manifest.json").read_bytes())
    (out / "manifest.json").write_text(json.dumps(manifest, indent=indent), encoding="utf-8")
    (mixed / "sub" / "05.txt").unlink()
    assert run("clean", mixed / "sub", "-o", out).code == 0
    assert run("clean", mixed / "sub", "-o", tmp_path / "fresh").code == 0
    assert snapshot(out) == snapshot(tmp_path / "fresh")
