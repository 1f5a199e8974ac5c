"""What README and docs say is true: examples run, the demo is current, links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest

from cleaner.cli import build_parser
from cleaner.core.keys import RULE_KEYS
from cleaner.core.shapes import PLACED_SHAPES, SHAPES

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "rules" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def demo_of(run):
    out = run("demo").out
    return out.split("which rule\n\n")[1].split("\n\n== ")[0]


def test_the_readme_shows_what_demo_prints(run):
    shown = README.split("```text\n")[1].split("\n```")[0]
    assert shown == demo_of(run), "paste the first part of `cleaner demo` into README.md"


def test_the_readme_python_runs(capsys):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(code, {})
    assert capsys.readouterr().out.startswith("The minister said")


def test_the_readme_rule_is_a_good_pack(tmp_path, run):
    (toml,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "house.toml").write_text(toml, encoding="utf-8")
    assert "all hold" in run("rules", "test", tmp_path / "house.toml").out


def test_the_readme_names_every_command(run):
    (commands,) = [
        action
        for action in build_parser()._actions
        if getattr(action, "choices", None) and action.metavar == "COMMAND"
    ]
    for name in commands.choices:
        assert f"`cleaner {name}" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_reference_names_every_key_and_shape():
    reference = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    for name in [*RULE_KEYS, *SHAPES, *PLACED_SHAPES]:
        assert f"`{name}`" in reference or re.search(rf"`{name} =|^{name} =", reference, re.MULTILINE), name


def test_the_walk_through_works_as_it_is_written(run, tmp_path):
    page = (ROOT / "docs" / "walkthrough.md").read_text(encoding="utf-8")
    article = re.findall(r"```text\n(.*?)```", page, re.DOTALL)[0]
    (tmp_path / "articles").mkdir()
    for name in ("a.txt", "b.txt"):
        text = article.replace("Tuesday", "Monday") if name == "b.txt" else article
        (tmp_path / "articles" / name).write_text(text, encoding="utf-8")
    said = {}
    for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL):
        for line in block.strip().split("\n"):
            _, *arguments = shlex.split(line)
            said[line] = run(*arguments, cwd=tmp_path)
            assert said[line].code == 0, (line, said[line])
    assert "no rule speaks of this line" in said["cleaner explain articles/a.txt:5"].out
    assert "Buy our mugs and calendars" in said["cleaner rules learn articles --least 2"].out
    assert "ad.our-shop" in said["cleaner diff a.txt --run out"].out
    assert "mugs" not in (tmp_path / "out" / "text" / "a.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_rooms_that_a_page_names_exist(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:cleaner|rules|benchmarks|tests)/[\w./-]+)`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []
