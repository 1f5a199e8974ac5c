"""The five seeds: their cleaned form is checked in and current, and all of it can be undone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
SHARED = ROOT.parent / "shared"


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory):
    out = tmp_path_factory.mktemp("seeds") / "cleaned"
    subprocess.run(
        [sys.executable, "-m", "cleaner", "clean", "seeds", "-o", out, "--quiet"], cwd=ROOT, check=True
    )
    return out


def test_the_checked_in_folder_is_what_clean_writes(cleaned):
    assert snapshot(ROOT / "cleaned") == snapshot(cleaned), "stale: run `make demo` and commit cleaned/"


def test_undo_gives_the_seeds_back(cleaned, tmp_path):
    subprocess.run(
        [sys.executable, "-m", "cleaner", "undo", cleaned, "-o", tmp_path / "back"],
        check=True,
        capture_output=True,
    )
    assert snapshot(tmp_path / "back") == {path.name: path.read_bytes() for path in SEEDS}


def report_of(cleaned, number):
    return json.loads((cleaned / "changes" / f"{SEEDS[number].name}.json").read_text(encoding="utf-8"))


def text_of(cleaned, number):
    return (cleaned / "text" / SEEDS[number].name).read_text(encoding="utf-8")


def test_the_live_feed_goes_as_a_section(cleaned):
    (edit,) = [
        e
        for e in report_of(cleaned, 1)["edits"]
        if any(c["rule"] == "live-feed.timed-items" for c in e["causes"])
    ]
    assert edit["line"] == 36
    assert edit["old"].startswith("News Feed\n")
    assert edit["old"].endswith("MORE NEWS\n")


def test_a_doubled_title_stands_once(cleaned):
    title = report_of(cleaned, 2)["metadata"]["title"]
    assert text_of(cleaned, 2).split("\n").count(title) == 1


def test_furniture_is_gone_and_articles_stay(cleaned):
    for number in range(5):
        lines = text_of(cleaned, number).split("\n")
        assert not {"Advertisement", "Subscribe", "* indicates required", "Share via", "Posted by"} & set(
            lines
        )
    assert "KYIV BE CAREFUL" in text_of(cleaned, 3), "a heading in capitals is article text"
    assert text_of(cleaned, 3).count("\n") == 31


def test_a_space_before_a_full_stop_is_repaired_and_a_quotation_is_left(cleaned):
    assert "Blinken ." not in text_of(cleaned, 3)
    assert "he would rather provide" in text_of(cleaned, 3)


def test_captions_and_contributors_are_in_the_metadata(cleaned):
    metadata = report_of(cleaned, 4)["metadata"]
    assert len(metadata["captions"]) == 2
    assert metadata["credits"] == ["Alexandr Demyanchuk / Associated Press"]
    assert len(report_of(cleaned, 2)["metadata"]["contributors"]) == 7
    assert report_of(cleaned, 1)["metadata"]["published"] == "2023-03-21"


if (SHARED / "gold" / "seeds.tsv").is_file():

    def test_every_line_gets_its_gold_verdict(cleaned):
        score = [sys.executable, SHARED / "bench" / "score.py", "seeds", SHARED / "gold", cleaned]
        done = subprocess.run(score, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        assert ", 0 wrong," in done.stdout
