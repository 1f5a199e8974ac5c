"""Runs with ``--dedupe corpus`` as a user sees them: any order, any number of workers, killed, resumed, against an index."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch import corpus_pass, workers
from cleaner.cli import main
from cleaner.corpus.index import CorpusIndex

MAYOR = "The mayor of the harbour town resigned on Friday after a long vote in the council."
STORM = "Two cranes were torn down by the storm, and the ferry to the islands stayed in port all day."
SCHOOL = "Pupils of the old school on the hill will move into the new building after Easter."
BAKERY = "A bakery that had been closed since the spring opened its doors again on Market Street."
FERRY = "Nobody aboard the evening ferry had expected that the crossing would take eleven hours."
LIBRARY = "The library keeps every newspaper that was printed in the valley since the flood of 1871."

ARTICLES = {
    "a.txt": f"Mayor gone\n\n{MAYOR}\n\n{STORM}\n",
    "b.txt": f"School moves\n\n{SCHOOL}\n\nAdvertisement {MAYOR}\n\n{BAKERY}\n",
    "c/d.txt": f"Bakery opens\n\n{BAKERY}\n\n{FERRY}\n\n{MAYOR.replace('Friday', 'Monday')}\n",
    "e.txt": f"School moves\n\n{SCHOOL}\n",
}


# A small pack and no detection: these runs are about documents and each other, not about one document.
PLAIN = ["--quiet", "--rules", "any/machinery", "--language", "en"]


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def write_records(path: Path, texts: Mapping[str, str]) -> Path:
    rows = [json.dumps({"id": id, "text": text}) for id, text in texts.items()]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def clean(source: Path, out: Path, *options: object) -> int:
    given = [str(option) for option in options]
    return main(
        ["clean", str(source), "-o", str(out), "--quiet", "--language", "en", "--dedupe", "corpus", *given]
    )


def read_tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read_pairs(out: Path) -> Iterator[dict[str, Any]]:
    for line in (out / "duplicates.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "pair":
            yield row


def read_text(out: Path, name: str) -> str:
    return (out / "text" / name).read_text(encoding="utf-8")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_files(tmp_path / "in", ARTICLES)


def test_a_paragraph_stays_in_one_document_and_the_report_names_it(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert clean(source, out) == 0
    assert read_text(out, "b.txt") == f"School moves\n\n{SCHOOL}\n\n{BAKERY}\n"
    assert read_text(out, "c/d.txt") == f"Bakery opens\n\n{FERRY}\n\n{MAYOR.replace('Friday', 'Monday')}\n"
    report = json.loads((out / "changes" / "b.txt.json").read_bytes())
    (cause,) = [
        cause
        for edit in report["edits"]
        for cause in edit["causes"]
        if cause["rule"].startswith("duplicate.")
    ]
    assert cause["detail"]["keeper"] == {
        "id": "a.txt", "line": 3, "indexed": False, "similarity": 1.0, "verdict": "same",
    }  # fmt: skip
    assert len(cause["detail"]["parameters"]) == 16


def test_what_is_undone_is_what_came_in(source: Path, tmp_path: Path) -> None:
    clean(source, tmp_path / "out")
    assert main(["undo", str(tmp_path / "out"), "-o", str(tmp_path / "back")]) == 0
    assert read_tree(tmp_path / "back") == read_tree(source)


def test_other_facts_stay_and_are_listed(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean(source, tmp_path / "out")
    assert ("c/d.txt", "update", False) in {
        (row["id"], row["keeper"]["verdict"], row["removed"]) for row in read_pairs(tmp_path / "out")
    }
    assert main(["duplicates", str(tmp_path / "out")]) == 0
    listed = capsys.readouterr().out
    assert "update, kept: date: 'Friday' against 'Monday'" in listed
    assert "c/d.txt:7" in listed
    assert main(["duplicates", str(tmp_path / "out"), "--format", "json", "--verdict", "same"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["keeper"]["verdict"] for row in rows if row["kind"] == "pair"} == {"same"}
    similarities = [row["keeper"]["similarity"] for row in rows if row["kind"] == "pair"]
    assert similarities == sorted(similarities, reverse=True)


def test_a_duplicate_document_is_flagged_and_keeps_its_text(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    clean(source, out)
    assert read_text(out, "e.txt") == ARTICLES["e.txt"]
    flags = json.loads((out / "changes" / "e.txt.json").read_bytes())["flags"]
    assert flags == [{"id": "duplicate.document", "why": "nearly all of it stands in b.txt"}]


@pytest.mark.parametrize("form", ["tree", "jsonl", "parquet"])
def test_a_duplicate_document_may_be_left_out_and_totals_add_up(
    source: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "out"
    (source / "broken.txt").write_bytes(bytes(range(256)) * 40)
    assert clean(source, out, "--drop-duplicate-documents", "--to", form) == 3
    totals = json.loads((out / "manifest.json").read_bytes())["totals"]
    assert {name: totals[name] for name in ("in", "documents", "duplicates_left_out", "quarantined")} == {
        "in": 5, "documents": 3, "duplicates_left_out": 1, "quarantined": 1,
    }  # fmt: skip
    assert not (out / "text" / "e.txt").exists()
    if form == "tree":
        assert len((out / "corpus.jsonl").read_bytes().splitlines()) == 3


@pytest.mark.parametrize("form", ["tree", "jsonl", "parquet"])
def test_undo_brings_back_what_was_left_out_byte_for_byte(source: Path, tmp_path: Path, form: str) -> None:
    out, back = tmp_path / "out", tmp_path / "back"
    odd = f"School \u2013 moves\r\n\r\n{SCHOOL}\r\n".encode("cp1252")
    (source / "z.txt").write_bytes(odd)
    for _ in range(2):  # the second time, nothing of it is done again
        clean(source, out, "--drop-duplicate-documents", "--to", form)
        assert json.loads((out / "manifest.json").read_bytes())["totals"]["duplicates_left_out"] == 2
        assert main(["undo", str(out), "-o", str(back)]) == 0
        assert read_tree(back) == read_tree(source)
    clean(source, out, "--to", form)
    assert not (out / "left-out.jsonl").exists()


@pytest.mark.parametrize("form", ["tree", "jsonl"])
def test_documents_are_the_same_stripped_once_or_twice(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    write_files(
        source, {"p.html": f"<title>Mayor</title><p>{MAYOR}<p>By Anna Lund<p>{FERRY}", "nothing.txt": "Ad\n"}
    )
    clean(source, tmp_path / "once", "--to", form)
    monkeypatch.setattr(corpus_pass, "MOST_STRIPPED", 0)
    clean(source, tmp_path / "twice", "--to", form)
    assert read_tree(tmp_path / "once") == read_tree(tmp_path / "twice")
    assert not list((tmp_path / "once").glob(".stripped*"))


def test_contained_paragraphs_go_where_that_was_asked_for(tmp_path: Path) -> None:
    files = {"a.txt": f"Mayor\n\n{MAYOR} {STORM} {FERRY}\n", "b.txt": f"Mayor\n\n{STORM}\n\n{SCHOOL}\n"}
    source = write_files(tmp_path / "in", files)
    clean(source, tmp_path / "kept")
    assert read_text(tmp_path / "kept", "b.txt") == files["b.txt"]
    clean(source, tmp_path / "gone", "--remove", "same,contained")
    assert read_text(tmp_path / "gone", "b.txt") == f"Mayor\n\n{SCHOOL}\n"


@pytest.mark.parametrize("form", ["tree", "jsonl", "parquet"])
def test_any_number_of_workers_gives_the_same_bytes(
    source: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean(source, tmp_path / "one", "--jobs", "1", "--to", form)
    monkeypatch.setattr(workers, "SMALL_RUN", 0)
    clean(source, tmp_path / "two", "--jobs", "2", "--to", form)
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "two")


def test_the_order_of_records_does_not_change_what_goes(tmp_path: Path) -> None:
    kept = []
    for number, order in enumerate([sorted(ARTICLES), sorted(ARTICLES, reverse=True)]):
        folder = tmp_path / f"in{number}"
        write_files(folder, {name: ARTICLES[name] for name in order})
        clean(folder, tmp_path / f"out{number}")
        kept.append(read_tree(tmp_path / f"out{number}"))
    assert kept[0] == kept[1]


@pytest.mark.parametrize("form", ["tree", "jsonl", "parquet"])
def test_an_incremental_run_rewrites_old_documents_and_equals_a_fresh_one(tmp_path: Path, form: str) -> None:
    source = write_files(tmp_path / "in", ARTICLES)
    out = tmp_path / "out"
    clean(source, out, "--to", form)
    # Its id comes first: it keeps what a.txt and c/d.txt had kept.
    write_files(source, {"0.txt": f"Storm\n\n{STORM}\n\n{FERRY}\n\n{LIBRARY}\n"})
    clean(source, out, "--to", form)
    clean(source, tmp_path / "fresh", "--to", form, "--fresh")
    assert read_tree(out) == read_tree(tmp_path / "fresh")
    assert {(row["id"], row["keeper"]["id"]) for row in read_pairs(out) if row["removed"]} >= {
        ("a.txt", "0.txt"), ("c/d.txt", "0.txt"),
    }  # fmt: skip
    (source / "0.txt").unlink()
    clean(source, out, "--to", form)
    clean(source, tmp_path / "fresh", "--to", form, "--fresh")
    assert read_tree(out) == read_tree(tmp_path / "fresh")


def test_an_incremental_run_leaves_documents_alone_whose_verdict_stands(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    clean(source, out)
    before = (out / "changes" / "b.txt.json").stat().st_mtime_ns
    write_files(source, {"z.txt": f"Library\n\n{LIBRARY}\n\n{FERRY}\n"})
    clean(source, out)
    assert (out / "changes" / "b.txt.json").stat().st_mtime_ns == before
    assert read_text(out, "z.txt") == f"Library\n\n{LIBRARY}\n"
    decisions = {
        row["id"]: row.get("decision") for row in json.loads((out / "manifest.json").read_bytes())["inputs"]
    }
    assert decisions["a.txt"] is None
    assert decisions["z.txt"] is not None


def test_a_run_without_the_corpus_removes_what_the_one_before_left(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    clean(source, out)
    main(["clean", str(source), "-o", str(out), *PLAIN])
    main(["clean", str(source), "-o", str(tmp_path / "plain"), *PLAIN])
    assert read_tree(out) == read_tree(tmp_path / "plain")


@pytest.mark.parametrize("form", ["tree", "jsonl"])
def test_a_killed_run_is_taken_up_and_equals_a_fresh_one(tmp_path: Path, form: str) -> None:
    texts = {f"{n:03}.txt": f"Story {n}\n\n{MAYOR}\n\n{STORM.replace('Two', str(n))}\n" for n in range(150)}
    source, out = write_files(tmp_path / "in", texts), tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "cleaner",
        "clean",
        str(source),
        "-o",
        str(out),
        "--quiet",
        "--jobs",
        "1",
    ]
    options = ["--dedupe", "corpus", "--to", form]
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path)}
    for seen in (".run.jsonl", ".survey", "duplicates.jsonl"):
        with subprocess.Popen([*command, *options], env=environment) as run:
            while run.poll() is None and not (out / seen).exists():
                time.sleep(0.002)
            run.send_signal(signal.SIGKILL)
    assert clean(source, out, "--to", form) == 0
    clean(source, tmp_path / "fresh", "--to", form)
    assert read_tree(out) == read_tree(tmp_path / "fresh")


def test_check_says_what_a_run_would_do_and_writes_nothing(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_tree(tmp_path)
    assert main(["check", str(source), "--dedupe", "corpus", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["by_rule"]["duplicate.exact"] == 1
    assert read_tree(tmp_path) == before


def test_a_new_crawl_is_cleaned_against_the_index_and_added_to_it(tmp_path: Path) -> None:
    index = tmp_path / "corpus.index"
    yesterday = write_records(tmp_path / "yesterday.jsonl", {"y1": f"Mayor\n\n{MAYOR}\n\n{STORM}\n"})
    today = write_records(tmp_path / "today.jsonl", {"t1": f"Mayor\n\n{MAYOR}\n\n{SCHOOL}\n"})
    assert clean(yesterday, tmp_path / "out1", "--against", index, "--update-index") == 0
    assert clean(today, tmp_path / "out2", "--against", index) == 0
    (pair,) = read_pairs(tmp_path / "out2")
    assert (pair["removed"], pair["keeper"]["id"], pair["keeper"]["indexed"]) == (True, "y1", True)
    with CorpusIndex(index) as opened:
        assert opened.count() == 2
    for _ in range(2):  # its own entries do not count: the second time gives the same
        assert clean(today, tmp_path / "out2", "--against", index, "--update-index") == 0
        assert len(list(read_pairs(tmp_path / "out2"))) == 1
        with CorpusIndex(index) as opened:
            assert opened.count() == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--against", "{}/none.index"], "there is no index; make one with --update-index"),
        (["--against", "{}/bad.index"], "not an index, or damaged"),
        (["--against", "{}/bad.index", "--update-index"], "not an index, or damaged"),
        (["--against", "{}/old.index"], "made by version 0:abc"),
        (["--against", "{}/nowhere/new.index", "--update-index"], "cannot be written beside"),
        (["--update-index"], "--update-index goes with --against"),
    ],
)
def test_an_index_that_cannot_be_used_stops_the_run_before_any_work(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    (tmp_path / "bad.index").write_bytes(b"no database at all" * 1000)
    with CorpusIndex(tmp_path / "old.index", writable=True) as index:
        index._connection.execute("UPDATE about SET value = '0:abc'")
    before = read_tree(tmp_path)
    assert clean(source, tmp_path / "out", *[option.format(tmp_path) for option in options]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
    assert read_tree(tmp_path) == before


def test_of_two_runs_that_update_an_index_the_second_stops_before_any_work(
    source: Path, tmp_path: Path
) -> None:
    from cleaner.corpus.held_index import HeldIndex

    index = tmp_path / "corpus.index"
    command = [
        sys.executable,
        "-m",
        "cleaner",
        "clean",
        str(source),
        "-o",
        str(tmp_path / "out"),
        "--against",
        str(index),
    ]
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path)}
    with HeldIndex(index, writes=True):
        answer = subprocess.run(
            [*command, "--update-index"], env=environment, capture_output=True, text=True, check=False
        )
    assert answer.returncode == 2
    assert "in use by another run that will update it" in answer.stderr
    assert not (tmp_path / "out").exists()


def test_a_run_killed_before_its_commit_leaves_the_index_and_can_be_repeated(
    source: Path, tmp_path: Path
) -> None:
    index, out = tmp_path / "corpus.index", tmp_path / "out"
    old = write_records(tmp_path / "old.jsonl", {"old": f"Ferry\n\n{FERRY}\n\n{LIBRARY}\n"})
    clean(old, tmp_path / "first", "--against", index, "--update-index")
    before = index.read_bytes()
    code = (
        "import os, sys\n"
        "from cleaner.cli import main\n"
        "from cleaner.corpus.index import CorpusIndex\n"
        "CorpusIndex._insert = lambda *_: os._exit(9)\n"
        "main(sys.argv[1:])"
    )
    arguments = ["clean", str(source), "-o", str(out), *PLAIN, "--against", str(index), "--update-index"]
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path)}
    killed = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, check=False)
    assert killed.returncode == 9
    with CorpusIndex(index) as opened:
        assert opened.count() == 2
    assert index.read_bytes() == before
    assert main(arguments) == 0
    with CorpusIndex(index) as opened:
        assert opened.count() > 2
    kept = read_tree(out)
    assert main([*arguments, "--fresh"]) == 0
    assert read_tree(out) == kept


def test_a_stream_is_no_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean", "-", "--dedupe", "corpus"]) == 2
    assert "is no corpus" in capsys.readouterr().err


def test_a_run_that_compared_nothing_has_no_list(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["clean", str(source), "-o", str(tmp_path / "out"), *PLAIN])
    assert main(["duplicates", str(tmp_path / "out")]) == 2
    assert "clean it with --dedupe corpus" in capsys.readouterr().err


def test_boilerplate_of_a_site_goes_everywhere_and_feeds_learning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = "Write to our desk in the old harbour"
    stories = [MAYOR, STORM, SCHOOL, BAKERY, FERRY, LIBRARY]
    files = {f"{n}.txt": f"Story {n}\n\n{story}\n\n{letter}\n" for n, story in enumerate(stories)}
    source, out = write_files(tmp_path / "in", files), tmp_path / "out"
    clean(source, out, "--site", "example.org")
    assert read_text(out, "3.txt") == f"Story 3\n\n{BAKERY}\n"
    clean(source, tmp_path / "kept", "--site", "example.org", "--disable", "boilerplate.*")
    assert read_text(tmp_path / "kept", "3.txt") == files["3.txt"]
    clean(source, tmp_path / "unsited")
    assert read_text(tmp_path / "unsited", "3.txt") == files["3.txt"]
    capsys.readouterr()
    assert main(["rules", "learn", str(out)]) == 0
    learned = capsys.readouterr().out
    assert f'lines = ["{letter}"]' in learned
    assert "in 6 documents of 1 sites" in learned


def test_a_quotation_in_other_words_is_a_hint(tmp_path: Path) -> None:
    said = "\u201cwe will not sell the old harbour to anybody in this decade\u201d"
    files = {
        "a.txt": f"Harbour\n\nOn Friday the mayor said {said}.\n\n{STORM}\n",
        "b.txt": f"Harbour\n\n\u201cWe shall not sell the old harbour to anybody in this decade,\u201d he said.\n\n{SCHOOL}\n",
    }
    clean(write_files(tmp_path / "in", files), tmp_path / "out")
    (hint,) = json.loads((tmp_path / "out" / "changes" / "b.txt.json").read_bytes())["hints"]
    assert (hint["old"], hint["new"], hint["line"]) == ("shall", "will", 3)
    assert hint["causes"][0]["detail"]["id"] == "a.txt"
    assert read_text(tmp_path / "out", "b.txt") == files["b.txt"]


def test_what_an_extractor_tells_of_a_page_is_told_in_two_phases_too(tmp_path: Path) -> None:
    paragraphs = "".join(
        f"<p>The council met on Tuesday and voted to close bath number {number}, whose roof leaks.</p>"
        for number in range(1, 9)
    )
    byline = "<p class='byline'>By <a rel='author' href='/jane'>Jane Doe</a></p>"
    page = f"<html><body><article><h1>Town closes its baths</h1>{byline}{paragraphs}</article></body></html>"
    source = write_files(tmp_path / "in", {"a.html": page})
    told = []
    for mode in ("off", "corpus"):
        clean(source, tmp_path / mode, "--dedupe", mode)
        told.append(json.loads((tmp_path / mode / "changes" / "a.html.txt.json").read_bytes())["metadata"])
    assert told[0]["authors"] == ["Jane Doe"]
    assert told[0] == told[1]
