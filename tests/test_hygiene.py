"""The hygiene of packs: languages, dead lines, slow regexes, doubles, shadows are told; shipped packs have none."""

import pytest

from cleaner.corpus.hygiene import LANGUAGES, find_flaws
from cleaner.packs import load_packs

FIRST = """
[pack]
name = "house"
version = "1.0.0"
languages = ["en"]

[[rule]]
id = "ad.house"
why = "Our own marker."
scope = "line"
lines = ["buy our mugs", "buy our cups"]
hits = ["Buy our mugs!"]
misses = ["Buy our mugs and you support the club, he said."]
"""
SECOND = """
[[rule]]
id = "ad.second"
why = "Another marker."
scope = "line"
lines = ["visit the shop"]
hits = ["Visit the shop"]
misses = ["Visit the shop of Mr. Lund, it is said."]
"""


@pytest.fixture
def flaws(tmp_path):
    """Kinds and ids of the flaws of a pack."""

    def find(source):
        path = tmp_path / "house.toml"
        path.write_text(source, encoding="utf-8")
        return [(flaw.kind, flaw.rule) for flaw in find_flaws(load_packs([str(path)]))]

    return find


def test_a_clean_pack_has_no_flaws(flaws):
    assert flaws(FIRST + SECOND) == []


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (
            'scope = "line"\nlines = ["visit',
            'languages = ["xx"]\nscope = "line"\nlines = ["visit',
            "language",
        ),
        (
            'scope = "line"\nlines = ["visit',
            'languages = ["de"]\nscope = "line"\nlines = ["visit',
            "language",
        ),
        (
            '["visit the shop"]',
            '["visit the shop", "visit the shop of the club now"]\nmax_words = 4',
            "never",
        ),
        ('["visit the shop"]', '["visit the shop", "buy our cups"]', "double"),
        ('hits = ["Visit the shop"]', 'hits = ["Buy our cups"]', "shadowed"),
        ('lines = ["visit the shop"]', "regex = '''(?:visit)?(?: ?the shop)?'''", "empty"),
    ],
    ids=["unknown language", "wider than the pack", "guarded away", "double", "shadowed", "matches nothing"],
)
def test_a_flaw_is_told_with_its_rule(flaws, old, new, kind):
    second = SECOND.replace(old, new)
    if kind == "shadowed":
        second = second.replace('["visit the shop"]', '["buy our cups", "visit the shop"]')
    assert second != SECOND
    assert (kind, "ad.second") in flaws(FIRST + second)


@pytest.mark.parametrize(
    "second",
    [
        SECOND.replace('"visit the shop"]', '"visit the shop", "buy our cups"]').replace(
            'scope = "line"', 'scope = "line"\nsafety = "unsafe"'
        ),
        SECOND.replace('"visit the shop"]', '"visit the shop", "buy our cups"]\nscope2 = 1').replace(
            "\nscope2 = 1", "\nsites = ['example.org']"
        ),
    ],
    ids=["an unsafe rule may say more", "a site rule is for its site"],
)
def test_what_acts_otherwise_is_no_double(flaws, second):
    assert [flaw for flaw in flaws(FIRST + second) if flaw[0] == "double"] == []


def test_the_command_says_by_its_exit_code_how_bad_it_is(run, tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(FIRST + SECOND, encoding="utf-8")
    assert run("rules", "test", path).code == 0
    path.write_text(
        FIRST + SECOND.replace('"visit the shop"]', '"visit the shop", "buy our cups"]'), encoding="utf-8"
    )
    told = run("rules", "test", path)
    assert (
        told.code,
        "house.toml:15: rule ad.second: double: lines 'buy our cups' stands in ad.house, too" in told.out,
    ) == (1, True)
    path.write_text(FIRST.replace('["en"]', '["xx"]'), encoding="utf-8")
    told = run("rules", "test", path)
    assert told.code == 2
    assert "'xx' is no language of ISO 639-1" in told.err
    path.write_text(FIRST.replace("Buy our mugs!", "Buy our spoons"), encoding="utf-8")
    assert run("rules", "test", path).code == 2


def test_shipped_packs_have_no_flaws():
    assert [str(flaw) for flaw in find_flaws(load_packs())] == []


def test_languages_of_shipped_packs_are_known():
    assert {code for pack in load_packs() for code in pack.languages} < LANGUAGES
