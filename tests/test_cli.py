"""The command line: what users type, what they get, and exit codes that tell the truth."""

import json
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

COMMANDS = [
    "clean",
    "check",
    "diff",
    "explain",
    "report",
    "stats",
    "undo",
    "rules",
    "glossary",
    "duplicates",
    "demo",
]


@pytest.mark.parametrize(
    "command", [[], *([name] for name in COMMANDS), ["rules", "list"], ["rules", "show"], ["rules", "test"]]
)
def test_help_says_what_a_command_does_and_takes(run, command):
    answer = run(*command, "--help")
    assert answer.code == 0
    assert answer.out.startswith("usage: cleaner")
    assert all(line.strip() for line in answer.out.split("\n")[2:4]) or answer.out.count("\n") > 4


def test_help_imports_nothing_heavy():
    code = "import sys; from cleaner.cli import build_parser; build_parser(); print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"ftfy", "langdetect", "trafilatura", "bs4", "numpy", "cleaner.api", "cleaner.core.matcher"}
    assert not heavy & set(loaded)


def test_standard_input_to_standard_output(article, tmp_path):
    changes = tmp_path / "report.json"
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "clean", "-", "--changes", changes],
        input=article.encode(),
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().startswith("Town closes its old bath\n\nThe council met")
    report = json.loads(changes.read_text(encoding="utf-8"))
    assert report["totals"]["by_rule"]["ad.marker"] == 1


@pytest.fixture
def dirty(tmp_path, article):
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text(article, encoding="utf-8")
    return path


def test_check_says_one_for_changes_and_writes_nothing(run, dirty):
    before = sorted(dirty.parent.rglob("*"))
    answer = run("check", dirty.parent, "--statistics")
    assert answer.code == 1
    assert "ad.marker" in answer.out
    assert sorted(dirty.parent.rglob("*")) == before


def test_check_says_zero_for_clean_files(run, tmp_path):
    (tmp_path / "a.txt").write_text(
        "The council met on Tuesday and voted to close the bath.\n", encoding="utf-8"
    )
    assert run("check", tmp_path).code == 0


def test_check_for_machines(run, dirty):
    found = json.loads(run("check", dirty, "--format", "json").out)
    assert found["changed"][0]["by_rule"]["ad.marker"] == 1
    assert f"::warning file={dirty},line=8,title=ad.marker" in run("check", dirty, "--format", "github").out


def test_check_names_the_file_of_a_record_as_github_understands_it(run, tmp_path):
    path = tmp_path / "50%, of: it.jsonl"
    path.write_text(json.dumps({"text": "Advertisement\n\nThe bath is closed."}) + "\n", encoding="utf-8")
    said = run("check", path, "--format", "github").out
    assert f"::warning file={tmp_path}/50%25%2C of%3A it.jsonl,line=1,title=" in said


def test_check_takes_files_of_one_name_from_many_folders(run, tmp_path):
    """As pre-commit gives them."""
    paths = [tmp_path / name / "README.md" for name in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.write_text("The council met on Tuesday and voted to close the bath.\n", encoding="utf-8")
    assert run("check", *paths).code == 0
    paths[1].write_text("Advertisement\n\nThe bath is closed.\n", encoding="utf-8")
    answer = run("check", *paths)
    assert answer.code == 1
    assert f"{paths[1]}: would change" in answer.out
    assert str(paths[0]) not in answer.out


def test_the_hook_for_pre_commit_is_a_command_that_works(run, dirty):
    """The entry is what pre-commit runs, with the names of files after it."""
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    fields = dict(line.strip("- ").split(": ", 1) for line in hook.splitlines())
    program, *arguments = shlex.split(fields["entry"])
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert scripts[program] == "cleaner.cli:main"
    assert fields["language"] == "python"
    assert run(*arguments, dirty).code == 1


def test_check_shows_the_diff(run, dirty):
    assert "\n-Advertisement\n" in run("check", dirty, "--diff").out


def test_diff_marks_words_and_names_rules(run, dirty):
    out = run("diff", dirty).out
    assert "ad.marker" in out
    assert "[-Advertisement-]" in out


def test_explain_tells_the_rule_and_its_reason(run, dirty):
    out = run("explain", f"{dirty}:8").out
    assert "removed" in out
    assert "ad.marker" in out
    assert "Marks the place of an advertisement." in out
    assert "kept" in run("explain", f"{dirty}:2").out


def test_explain_of_a_whole_file_speaks_of_every_line(run, dirty):
    rows = [row for row in run("explain", dirty).out.split("\n") if row[:6].strip().isdigit()]
    assert len(rows) == 6


def test_a_rule_can_be_switched_off_and_an_unknown_one_is_named(run, dirty, tmp_path):
    assert "Advertisement" not in run("diff", dirty, "--disable", "ad.*").out
    answer = run("diff", dirty, "--disable", "advert.*")
    assert answer.code == 2
    assert "--disable advert.*: no such rule" in answer.err


def test_rules_are_listed_shown_and_tested(run):
    listing = run("rules", "list").out
    assert "ad.marker" in listing
    assert "layout.blank-lines" in listing
    assert 'id = "ad.marker"' in run("rules", "show", "ad.marker").out
    assert "layout.blank-lines" in run("rules", "show", "layout.blank-lines").out
    assert "all hold" in run("rules", "test").out
    assert "en/news" in run("rules", "list", "--packs").out


def test_demo_prints_before_and_after(run):
    out = run("demo").out
    assert "[-Advertisement-]" in out
    assert "Harbour town closes" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["clean", "missing", "-o", "out"], "missing: no such file or folder"),
        (["clean", "empty", "-o", "out"], "empty: holds no text files"),
        (["clean", "in"], "-o OUT is missing"),
        (["clean", "in", "-o", "in"], "is the output folder, too"),
        (["clean", "in", "-o", "full"], "holds files but no manifest.json"),
        (["clean", "in", "-o", "in/a.txt"], "is a file"),
        (["clean", "in", "-o", "out", "--rules", "nowhere"], "nowhere: no such rule pack"),
        (["clean", "in", "-o", "out", "--disable", "no.such"], "no such rule"),
        (["clean", "in", "twin", "-o", "out", "--rules", "missing.toml"], "missing.toml: no such rule pack"),
        (["clean", "-", "in"], "standard input stands alone"),
        (["clean", "in/a.txt", "twin/a.txt", "-o", "out"], "its output text/a.txt would be that of"),
        (["undo", "in", "-o", "back"], "holds no manifest.json"),
        (["report", "in"], "holds no complete run"),
        (["diff", "missing.txt"], "no such file"),
        (["explain", "in/a.txt:99"], "there is no line 99"),
        (["rules", "show", "no.rule"], "no.rule: no such rule"),
        (["rules", "test", "broken.toml"], "broken.toml:2:"),
        (["clean", "in", "-o", "out", "--rules", "failing.toml"], "does not hit"),
    ],
)
def test_a_mistake_is_one_line_exit_two_and_nothing_written(run, dirty, article, tmp_path, arguments, says):
    for folder in ("empty", "full", "twin"):
        (tmp_path / folder).mkdir()
    (tmp_path / "full" / "mine.doc").write_text("mine")
    (tmp_path / "twin" / "a.txt").write_text(article, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("[pack]\nname = broken\n")
    (tmp_path / "failing.toml").write_text(
        '[[rule]]\nid = "ad.mine"\nwhy = "w"\nscope = "line"\nlines = ["x y"]\nhits = ["z"]\nmisses = ["q"]\n'
    )
    before = sorted(tmp_path.rglob("*"))
    answer = run(*arguments, cwd=tmp_path)
    assert answer.code == 2, answer
    assert says in answer.err
    assert "Traceback" not in answer.err
    assert all(line.startswith("cleaner: ") for line in answer.err.strip().split("\n"))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_profile_brings_a_corpus_into_one_style(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "He said \u201cno\u201d \u2013 and left the room for good on Monday evening.\n", encoding="utf-8"
    )
    assert run("clean", path, "-o", tmp_path / "out", "--profile", "plain").code == 0
    assert (tmp_path / "out" / "text" / "a.txt").read_text(encoding="utf-8").startswith('He said "no" ')
    answer = run("clean", path, "-o", tmp_path / "out", "--profile", "fancy")
    assert answer.code == 2
    assert "fancy" in answer.err


def test_a_glossary_is_proposed_with_counts(run, tmp_path):
    for number, name in enumerate(["Zelensky", "Zelenskyy"] * 4):
        (tmp_path / f"{number}.txt").write_text(
            f"President {name} spoke on Monday. Later {name} left.\n", encoding="utf-8"
        )
    out = run("glossary", tmp_path).out
    assert "Zelensky" in out
    assert "Zelenskyy" in out


def test_pairs_are_judged(run, tmp_path):
    pairs = tmp_path / "pairs.jsonl"
    story = "The council met on Tuesday and voted, by nine to four, to close the old bath in the north."
    rows = [
        {"id": "1", "a": story, "b": story + " ##"},
        {"id": 2, "a": story, "b": story.replace("nine", "eight")},
    ]
    pairs.write_text("\n".join(map(json.dumps, rows)) + '\n{"id": 3}\n', encoding="utf-8")
    answer = run("duplicates", "judge", pairs)
    assert answer.code == 3
    assert f"{pairs}:3: no pair" in answer.err
    first, second = map(json.loads, answer.out.splitlines())
    assert (first["id"], first["verdict"], first["removed"], first["kept"]) == ("1", "same", "b", "a")
    assert (second["id"], second["removed"]) == (2, None)
    assert run("duplicates", "judge", pairs, "--remove", "all").code == 2


@pytest.mark.parametrize(
    ("id", "says"),
    [
        ("ad.our-shop", "ad.our-shop: the id is taken by house.toml:5"),
        ("newsletter.call", "newsletter.call: the id is taken by "),
        ("layout.edges", "layout.edges: "),
    ],
)
def test_a_new_rule_needs_an_id_of_its_own(run, tmp_path, id, says):
    texts = ("--why", "Banner of the shop.", "--line", "Buy our mugs", "--miss", "Buy our mugs, he said.")
    assert run("rules", "new", "house.toml", "--id", "ad.our-shop", *texts, cwd=tmp_path).code == 0
    before = (tmp_path / "house.toml").read_bytes()
    answer = run("rules", "new", "house.toml", "--id", id, *texts, cwd=tmp_path)
    assert answer.code == 2
    assert says in answer.err
    assert (tmp_path / "house.toml").read_bytes() == before
