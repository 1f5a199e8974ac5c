"""A run over files: what it writes, what it skips, what goes to quarantine; and undo."""

import errno
import json
import os
from pathlib import Path

import jsonschema
import pytest

from cleaner.report.ledger import SCHEMA_PATH

SCHEMA = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path, article):
    source = tmp_path / "in"
    (source / "sub").mkdir(parents=True)
    (source / "a.txt").write_bytes(article.encode())
    (source / "sub" / "b.txt").write_bytes(article.replace("\n", "\r\n").encode("utf-8-sig"))
    (source / "notes.md").write_bytes("Advertisement\n\nIt\u2019s a note.".encode())
    return source


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def manifest(out: Path):
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))


def test_a_run_writes_what_the_readme_promises(run, folder, tmp_path):
    out = tmp_path / "out"
    answer = run("clean", folder, "-o", out)
    assert answer.code == 0, answer.err
    assert set(snapshot(out)) == {
        "text/a.txt", "text/notes.md.txt", "text/sub/b.txt",
        "changes/a.txt.json", "changes/a.txt.diff", "changes/notes.md.txt.json", "changes/notes.md.txt.diff",
        "changes/sub/b.txt.json", "changes/sub/b.txt.diff",
        "corpus.jsonl", "report.html", "manifest.json", "quarantine.jsonl",
    }  # fmt: skip
    totals = manifest(out)["totals"]
    assert totals["in"] == totals["documents"] == 3
    assert totals["quarantined"] == totals["duplicates_left_out"] == 0


def test_reports_fit_their_schema_and_the_numbers_add_up(run, folder, tmp_path):
    out = tmp_path / "out"
    run("clean", folder, "-o", out)
    for path in sorted((out / "changes").rglob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.validate(report, SCHEMA)
        totals = report["totals"]
        assert (
            report["source"]["chars"] - totals["removed_chars"] + totals["added_chars"]
            == report["cleaned"]["chars"]
        )
    report = json.loads((out / "changes" / "a.txt.json").read_text(encoding="utf-8"))
    assert report["metadata"]["title"] == "Town closes its old bath"
    assert report["metadata"]["authors"] == ["The Harbour Times news desk"]
    assert report["metadata"]["published"] == "2023-03-21"


def test_the_schema_refuses_what_is_no_report():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": 1, "id": "a.txt"}, SCHEMA)


def test_the_corpus_holds_each_document_with_its_metadata(run, folder, tmp_path):
    out = tmp_path / "out"
    run("clean", folder, "-o", out)
    rows = [json.loads(line) for line in (out / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a.txt", "notes.md", "sub/b.txt"]
    assert rows[0]["text"] == (out / "text" / "a.txt").read_text(encoding="utf-8")
    assert rows[0]["metadata"]["published"] == "2023-03-21"


def test_undo_gives_every_byte_back(run, folder, tmp_path):
    out, back = tmp_path / "out", tmp_path / "back"
    (folder / "mixed.txt").write_bytes(b"One\r\ntwo\rthree\nfour caf\xe9 \xe2\x80\x94 five")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "utf16.txt").write_bytes("\ufeffAdvertisement\r\nOne.\r\n".encode("utf-16-le"))
    (folder / "latin.txt").write_bytes(
        "Une \xe9t\xe9 \xe0 la mer, o\xf9 l'on dort tr\xe8s bien apr\xe8s le d\xeener.".encode("latin-1")
    )
    assert run("clean", folder, "-o", out).code == 0
    assert run("undo", out, "-o", back).code == 0
    assert snapshot(back) == snapshot(folder)


def test_undo_tells_when_a_cleaned_text_was_changed(run, folder, tmp_path):
    out = tmp_path / "out"
    run("clean", folder, "-o", out)
    (out / "text" / "a.txt").write_text("something else", encoding="utf-8")
    answer = run("undo", out, "-o", tmp_path / "back")
    assert answer.code == 3
    assert "a.txt: cannot be restored: the cleaned text was changed after the run" in answer.err
    assert (tmp_path / "back" / "notes.md").is_file(), "its neighbours are restored"


def test_a_second_run_redoes_nothing_and_a_fresh_one_gives_the_same_bytes(run, folder, tmp_path):
    out = tmp_path / "out"
    run("clean", folder, "-o", out)
    before, times = snapshot(out), {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert "0 cleaned, 3 unchanged" in run("clean", folder, "-o", out).out
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == times
    assert "3 cleaned" in run("clean", folder, "-o", out, "--fresh").out
    assert snapshot(out) == before


def test_only_what_changed_is_redone(run, folder, tmp_path):
    out = tmp_path / "out"
    run("clean", folder, "-o", out)
    (folder / "a.txt").write_text("Another story, a short one, about the bath.\n", encoding="utf-8")
    assert "1 cleaned, 2 unchanged" in run("clean", folder, "-o", out).out
    assert "3 cleaned" in run("clean", folder, "-o", out, "--disable", "ad.marker").out


def test_a_damaged_output_is_made_again(run, folder, tmp_path):
    out = tmp_path / "out"
    run("clean", folder, "-o", out)
    before = snapshot(out)
    (out / "text" / "a.txt").write_text("damaged", encoding="utf-8")
    (out / "changes" / "notes.md.txt.json").write_text('{"schema"', encoding="utf-8")
    run("clean", folder, "-o", out)
    assert snapshot(out) == before


def test_outputs_of_inputs_that_are_gone_are_removed(run, folder, tmp_path):
    out = tmp_path / "out"
    run("clean", folder, "-o", out)
    (folder / "sub" / "b.txt").unlink()
    run("clean", folder, "-o", out)
    assert not (out / "text" / "sub").exists()
    assert manifest(out)["totals"]["in"] == 2
    fresh = tmp_path / "fresh"
    run("clean", folder, "-o", fresh)
    assert snapshot(out) == snapshot(fresh)


def test_what_cannot_be_read_is_quarantined_and_costs_no_other_file(run, folder, tmp_path):
    out = tmp_path / "out"
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    answer = run("clean", folder, "-o", out)
    assert answer.code == 3
    assert "picture.txt: in quarantine: binary" in answer.err
    (row,) = [
        json.loads(line) for line in (out / "quarantine.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert set(row) == {"id", "path", "line", "reason", "detail", "sha256"}
    totals = manifest(out)["totals"]
    assert (totals["in"], totals["documents"], totals["quarantined"]) == (4, 3, 1)
    assert (out / "text" / "a.txt").is_file()
    assert not (out / "text" / "picture.txt").exists()


def test_a_file_that_may_not_be_read_is_quarantined(run, folder, tmp_path, monkeypatch):
    read_bytes = Path.read_bytes

    def refuse(path):
        if path.name == "a.txt" and path.parent == folder:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    answer = run("clean", folder, "-o", tmp_path / "out")
    assert answer.code == 3
    assert "a.txt: in quarantine: unreadable: Permission denied" in answer.err
    assert (tmp_path / "out" / "text" / "notes.md.txt").is_file()


def test_a_full_disk_stops_the_run_and_the_next_one_goes_on(run, folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    write_bytes = Path.write_bytes

    def fail(path, content):
        if "notes.md" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", fail)
    answer = run("clean", folder, "-o", out)
    assert answer.code == 4
    assert "No space left on device" in answer.err
    assert not [path for path in out.rglob("*") if path.name.endswith(".part")]
    monkeypatch.undo()
    assert "2 cleaned, 1 unchanged" in run("clean", folder, "-o", out).out


def test_links_are_not_followed_and_are_listed(run, folder, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    out = tmp_path / "out"
    assert run("clean", folder, "-o", out).code == 0
    skipped = {row["id"]: row["reason"] for row in manifest(out)["skipped"]}
    assert skipped == {"link.txt": "link", "loop": "link to a folder", "pipe.txt": "no regular file"}


def test_an_output_folder_inside_the_input_is_left_out(run, folder):
    out = folder / "out"
    run("clean", folder, "-o", out)
    before = snapshot(out)
    run("clean", folder, "-o", out)
    assert snapshot(out) == before


def test_several_inputs_keep_apart_below_their_names(run, folder, tmp_path):
    out = tmp_path / "out"
    assert run("clean", folder / "sub", folder / "a.txt", "-o", out).code == 0
    assert (out / "text" / "sub" / "b.txt").is_file()
    assert (out / "text" / "a.txt").is_file()


def test_a_glob_is_understood(run, folder, tmp_path):
    assert run("clean", f"{folder}/*.txt", "-o", tmp_path / "out").code == 0
    assert manifest(tmp_path / "out")["totals"]["in"] == 1


def test_odd_names(run, tmp_path, article):
    source = tmp_path / "in"
    source.mkdir()
    names = ["line\nbreak.txt", "e\u0301.txt", 'quo"te.txt', " space .txt", "caf\u00e9.txt", "-dash.txt"]
    for name in names:
        (source / name).write_text(article, encoding="utf-8")
    out = tmp_path / "out"
    assert run("clean", source, "-o", out).code == 0
    assert {row["id"] for row in manifest(out)["inputs"]} == set(names)
    assert run("undo", out, "-o", tmp_path / "back").code == 0
    assert snapshot(tmp_path / "back") == snapshot(source)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n" * 100_000,
        b"\r",
        b"Advertisement",
        b"word " * 400_000,
        "\u2028".encode(),
        "Caf\u00e9\n".encode("utf-16"),
    ],
    ids=["empty", "blank lines", "lone CR", "only cruft", "long line", "line separator", "utf-16"],
)
def test_odd_contents_are_documents(run, tmp_path, content):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    out = tmp_path / "out"
    assert run("clean", path, "-o", out).code == 0
    assert (out / "text" / "a.txt").is_file()
    assert run("undo", out, "-o", tmp_path / "back").code == 0
    assert (tmp_path / "back" / "a.txt").read_bytes() == content


def test_no_output_tells_where_or_when_it_was_made(run, folder, tmp_path):
    first, second = tmp_path / "one", tmp_path / "two"
    run("clean", folder, "-o", first)
    run("clean", folder, "-o", second)
    assert snapshot(first) == snapshot(second)
    assert str(tmp_path).encode() not in b"".join(snapshot(first).values())


def test_captions_can_stay_or_go_without_a_trace(run, tmp_path):
    caption = "The mayor opens the bridge. (Photo by Jane Doe/Getty Images)"
    (tmp_path / "a.txt").write_text(
        f"Bridge opens\n\n{caption}\n\nThe bridge was opened on Monday by the mayor.\n", encoding="utf-8"
    )
    seen = {}
    for choice in ("metadata", "keep", "drop"):
        out = tmp_path / choice
        run("clean", tmp_path / "a.txt", "-o", out, "--captions", choice)
        report = json.loads((out / "changes" / "a.txt.json").read_text(encoding="utf-8"))
        seen[choice] = (
            caption in (out / "text" / "a.txt").read_text(encoding="utf-8"),
            report["metadata"].get("captions"),
        )
    assert seen == {"metadata": (False, [caption]), "keep": (True, [caption]), "drop": (False, None)}


def test_diff_and_explain_look_a_document_up_in_its_run(run, folder, tmp_path):
    out = tmp_path / "out"
    run("clean", folder, "-o", out)
    assert "[-Advertisement-]" in run("diff", "sub/b.txt", "--run", out).out
    assert "ad.marker" in run("explain", "sub/b.txt:8", "--run", out).out
    answer = run("diff", "nothing.txt", "--run", out)
    assert answer.code == 2
    assert "no document of the run" in answer.err
