"""The index on disk: what it finds, and that nothing of it is lost or half read."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from cleaner.corpus.duplicates import decide
from cleaner.corpus.index import CorpusIndex, Entries, IndexUnusable
from cleaner.corpus.paragraphs import Paragraphs, gather, pack_columns, sketch_document

MAYOR = "The mayor of the harbour town resigned on Friday after a long vote in the council."
STORM = "Two cranes were torn down by the storm, and the ferry to the islands stayed in port all day."
SCHOOL = "Pupils of the old school on the hill will move into the new building after Easter."


def sketch(corpus: Mapping[str, str]) -> Paragraphs:
    return gather(row for document, text in corpus.items() for row in sketch_document(document, text))


def add(index: CorpusIndex, corpus: Mapping[str, str]) -> None:
    sketches = {document: sketch_document(document, text) for document, text in corpus.items()}
    index.update(
        (Entries(id, pack_columns(rows), [row.text for row in rows]) for id, rows in sketches.items()), corpus
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.index"
    with CorpusIndex(path, writable=True) as index:
        add(index, {"old": f"{MAYOR}\n{STORM}"})
    return path


def test_a_new_crawl_is_cleaned_against_the_index(path: Path) -> None:
    today = sketch({"new": f"Advertisement {MAYOR}\n{SCHOOL}"})
    with CorpusIndex(path) as index:
        decisions = decide(today, index)
    (removal,) = decisions.removals["new"]
    assert (removal.keeper.document, removal.keeper.line, removal.keeper.indexed) == ("old", 1, True)


def test_the_indexed_copy_wins_over_an_earlier_id_and_is_never_removed(path: Path) -> None:
    longer = f"{MAYOR} Nobody had seen it coming."
    with CorpusIndex(path) as index:
        decisions = decide(sketch({"a": f"{MAYOR}\n{SCHOOL}", "b": f"{longer}\n{SCHOOL}"}), index)
    assert decisions.removals["a"][0].keeper.indexed
    assert all(row.copy.line != 1 for row in decisions.removals.get("b", ()))


def test_a_documents_own_entries_do_not_count(path: Path) -> None:
    with CorpusIndex(path) as index:
        assert decide(sketch({"old": f"{MAYOR}\n{STORM}"}), index).removals == {}


def test_an_update_replaces_the_entries_of_a_document(path: Path) -> None:
    with CorpusIndex(path, writable=True) as index:
        add(index, {"old": SCHOOL, "more": STORM, "empty": ""})
        assert index.count() == 2
        assert list(index.find(sketch({"new": MAYOR}))) == []


def test_what_was_not_updated_is_not_written(path: Path) -> None:
    before = path.read_bytes()
    with CorpusIndex(path) as index:
        decide(sketch({"new": MAYOR}), index)
    assert path.read_bytes() == before


def test_a_killed_update_leaves_the_index_as_it_was(path: Path) -> None:
    code = (
        "import os, sys; from cleaner.corpus.index import CorpusIndex\n"
        "index = CorpusIndex(sys.argv[1], writable=True)\n"
        "index._connection.execute('BEGIN; DELETE FROM keys; DELETE FROM paragraphs')\n"
        "os._exit(9)"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(path)], check=False, env={"PYTHONPATH": ":".join(sys.path)}
    )
    with CorpusIndex(path) as index:
        assert index.count() == 2
        assert len(list(index.find(sketch({"new": MAYOR})))) == 1


def test_a_second_run_gets_a_message(path: Path) -> None:
    code = (
        "import sys; from cleaner.corpus.index import CorpusIndex, IndexUnusable\n"
        "try: CorpusIndex(sys.argv[1])\n"
        "except IndexUnusable as error: print(error)"
    )
    with CorpusIndex(path, writable=True):
        answer = subprocess.run(
            [sys.executable, "-c", code, str(path)],
            capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)},
        )  # fmt: skip
    assert "in use by another run" in answer.stdout


def test_a_missing_index_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="there is no index"):
        CorpusIndex(tmp_path / "none.index")


@pytest.mark.parametrize("writable", [False, True])
def test_a_corrupt_index_is_refused_and_left_alone(tmp_path: Path, writable: bool) -> None:
    path = tmp_path / "corpus.index"
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(IndexUnusable, match="not an index, or damaged"):
        CorpusIndex(path, writable=writable)
    assert path.read_bytes() == b"no database at all" * 1000


def test_a_damaged_block_is_no_lock(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:9000] + bytes(range(250)) * 16 + content[13000:])
    with pytest.raises(IndexUnusable, match="damaged"), CorpusIndex(path) as index:
        list(index.find(sketch({"new": MAYOR})))


def test_a_truncated_index_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(IndexUnusable), CorpusIndex(path) as index:
        list(index.find(sketch({"new": MAYOR})))


def test_an_index_of_another_version_is_refused(path: Path) -> None:
    with CorpusIndex(path, writable=True) as index:
        index._connection.execute("UPDATE about SET value = '0:abc'")
    with pytest.raises(IndexUnusable, match="made by version 0:abc"):
        CorpusIndex(path)


def test_another_database_is_refused(path: Path) -> None:
    with CorpusIndex(path, writable=True) as index:
        index._connection.execute("DROP TABLE keys")
    with pytest.raises(IndexUnusable, match="not an index of this program"):
        CorpusIndex(path, writable=True)


def test_text_that_is_no_unicode_is_kept_out_of_harm(path: Path) -> None:
    odd = f"\ud800 {SCHOOL}"
    with CorpusIndex(path, writable=True) as index:
        add(index, {"odd": odd})
        assert len(list(index.find(sketch({"new": odd})))) == 1
