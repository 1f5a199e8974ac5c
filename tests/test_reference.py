"""The reference of the rule language is written from the code; rules can be looked up where they stand."""

from pathlib import Path

import pytest

from cleaner.core.keys import (
    ACTION_MEANINGS,
    PLACED_SHAPE_MEANINGS,
    RULE_KEYS,
    SAFETY_MEANINGS,
    SCOPE_MEANINGS,
)
from cleaner.core.rules import ACTIONS, CATEGORIES, SAFETIES, SCOPES
from cleaner.core.shapes import PLACED_SHAPES, SHAPES
from cleaner.corpus.reference import renew_reference, write_parts
from cleaner.errors import CleanerError
from cleaner.packs import load_packs

PAGE = Path(__file__).parent.parent / "rules" / "README.md"


def test_the_reference_is_current():
    page = PAGE.read_text(encoding="utf-8")
    assert renew_reference(page) == page, "run `cleaner rules reference rules/README.md`"
    assert all(f"<!-- reference: {name} -->" in page for name in write_parts())


def test_everything_that_a_rule_may_say_has_a_meaning():
    assert set(SCOPE_MEANINGS) == set(SCOPES)
    assert set(ACTION_MEANINGS) == set(ACTIONS)
    assert set(SAFETY_MEANINGS) == set(SAFETIES)
    assert set(PLACED_SHAPE_MEANINGS) == set(PLACED_SHAPES)
    assert all(shape.__doc__ for shape in SHAPES.values())
    assert all(f"`{category}`" in write_parts()["categories"] for category in CATEGORIES)
    assert all(meaning and not meaning.endswith(".") for meaning in RULE_KEYS.values())


def test_a_part_that_does_not_exist_is_named():
    with pytest.raises(CleanerError, match="no part 'colours'"):
        renew_reference("<!-- reference: colours -->\n<!-- end of reference -->")


def test_the_command_renews_a_page(run, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "Before\n<!-- reference: scopes -->\nold\n<!-- end of reference -->\nAfter\n", encoding="utf-8"
    )
    assert run("rules", "reference", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "| `line` | one whole line |" in text
    assert text.startswith("Before\n")
    assert text.endswith("After\n")
    assert "old" not in text


def test_explain_names_the_reason_the_place_and_examples(run, tmp_path):
    (tmp_path / "a.txt").write_text(
        "Advertisement\n\nThe council met on Monday and voted.\n", encoding="utf-8"
    )
    out = run("explain", "a.txt:1", cwd=tmp_path).out
    assert "ad.marker (strip): " in out
    assert "interface.toml:" in out
    assert "  hit   " in out
    assert "  miss  " in out
    assert "  hit   " not in run("explain", "a.txt", cwd=tmp_path).out


def test_show_names_the_place_the_reason_and_the_examples(run):
    out = run("rules", "show", "ad.marker").out
    assert "interface.toml:" in out.split("\n")[0]
    assert all(f"\n{key} = " in out for key in ("why", "lines", "hits", "misses"))


WIDE = """
[pack]
name = "sk"
version = "1.0.0"
languages = ["sk"]
extends = ["cs/news"]
"""


def test_a_pack_widens_the_languages_of_those_that_it_extends(tmp_path):
    path = tmp_path / "sk.toml"
    path.write_text(WIDE, encoding="utf-8")
    czech = next(pack for pack in load_packs([str(path)]) if pack.name == "cs/news")
    assert czech.languages == {"cs", "sk"}
    assert all(rule.speaks("sk") and rule.speaks("cs") and not rule.speaks("fr") for rule in czech.rules)
    assert load_packs(["cs/news"])[0].languages == {"cs"}


@pytest.mark.parametrize("scope", ["block", "section"])
def test_a_replacement_of_many_lines_is_refused(tmp_path, scope):
    from cleaner.errors import PackError

    path = tmp_path / "r.toml"
    path.write_text(
        f'[[rule]]\nid = "ad.r"\nwhy = "w"\nscope = "{scope}"\naction = "replace"\nwith = ""\nlines = ["a b"]\nstart = ["a b"]\n'
        'until = ["c d"]\nhits = ["a b"]\nmisses = ["c"]\n',
        encoding="utf-8",
    )
    with pytest.raises(PackError, match="replace belongs to scope line, sentence or span"):
        load_packs([str(path)])
