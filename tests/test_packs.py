"""Rule packs: shipped ones keep their promises, broken ones are named by file, line and rule."""

import pytest

from cleaner.errors import CleanerError, PackError
from cleaner.packs import check_examples, load_packs, shipped_paths

GOOD = """
[pack]
name = "house"
version = "1.0.0"

[[rule]]
id = "ad.house"
why = "Our own marker."
scope = "line"
lines = ["buy our mugs"]
hits = ["Buy our mugs!"]
misses = ["Buy our mugs and you support the club, he said."]
"""


@pytest.fixture
def pack(tmp_path):
    def write(text, name="house.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


@pytest.mark.parametrize("name", shipped_paths())
def test_every_shipped_rule_hits_its_hits_and_misses_its_misses(name):
    packs = load_packs([name])
    assert check_examples(packs) == []
    assert all(rule.hits and rule.misses for pack in packs for rule in pack.rules)


def test_a_pack_of_ones_own_is_read(pack):
    (read,) = load_packs([pack(GOOD)])
    assert [rule.id for rule in read.rules] == ["ad.house"]
    assert check_examples([read]) == []


def problems(path):
    with pytest.raises(PackError) as caught:
        load_packs([path])
    return caught.value.problems


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('why = "Our own marker."', "", 6, "why is missing"),
        ('lines = ["buy', 'linse = ["buy', 10, "unknown key 'linse'"),
        ('scope = "line"', 'scope = "page"', 9, "scope is one of line, block"),
        ('id = "ad.house"', 'id = "advert"', 7, "not like category.bad-thing"),
        ('id = "ad.house"', 'id = "noise.house"', 7, "no category 'noise'"),
        ('lines = ["buy our mugs"]', "regex = '''(buy'''", 10, "bad regex"),
        ('lines = ["buy our mugs"]', 'shape = "round"', 10, "no shape 'round'"),
        ('lines = ["buy our mugs"]', "", 6, "needs lines, inline, regex or shape"),
        ('hits = ["Buy our mugs!"]', "", 6, "hits is missing"),
        ("misses = [", "max_words = 0\nmisses = [", 12, "max_words is a whole number from 1"),
        ('version = "1.0.0"', 'version = "new"', 4, "not like 1.0.0"),
        ('scope = "line"', 'scope = "line"\naction = "capture"', 10, "capture needs field"),
        ('scope = "line"', 'scope = "line"\nlanguages = ["english"]', 10, "two-letter code"),
        ('lines = ["buy our mugs"]', 'lines = ["***"]', 10, "folds to nothing"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_what_to_do(pack, old, new, line, says):
    assert old in GOOD
    path = pack(GOOD.replace(old, new))
    found = problems(path)
    assert any(f"{path}:{line}:" in problem and says in problem for problem in found), found


def test_a_syntax_error_names_its_line(pack):
    path = pack(GOOD.replace('scope = "line"', "scope = line"))
    assert any(f"{path}:9:" in problem and "TOML syntax" in problem for problem in problems(path))


def test_all_problems_of_all_packs_are_told_at_once(pack, tmp_path):
    pack(GOOD.replace('scope = "line"', 'scope = "page"'), "one.toml")
    pack(GOOD.replace('why = "Our own marker."', ""), "two.toml")
    found = problems(str(tmp_path))
    assert any("one.toml" in problem for problem in found)
    assert any("two.toml" in problem for problem in found)


def test_an_id_is_used_once(pack):
    path = pack(GOOD + GOOD.partition("[[rule]]")[1] + GOOD.partition("[[rule]]")[2])
    assert any("the id is taken" in problem for problem in problems(path))


def test_a_failing_example_is_named(pack):
    (read,) = load_packs([pack(GOOD.replace("Buy our mugs!", "Buy our cups!"))])
    (failure,) = check_examples([read])
    assert "ad.house" in failure
    assert "does not hit 'Buy our cups!'" in failure


def test_a_hit_among_the_misses_is_named(pack):
    (read,) = load_packs(
        [pack(GOOD.replace("Buy our mugs and you support the club, he said.", "BUY OUR MUGS"))]
    )
    (failure,) = check_examples([read])
    assert "which must stay" in failure


def test_a_pack_that_does_not_exist():
    with pytest.raises(CleanerError, match="no such rule pack"):
        load_packs(["nowhere"])
    with pytest.raises(CleanerError, match=r"no such rule pack"):
        load_packs(["nowhere.toml"])


def test_a_short_name_means_the_pack_in_every_language():
    names = {pack.name for pack in load_packs(["news"])}
    assert {"en/news", "de/news", "fr/news"} <= names
    assert "sites/latimes" not in names


def test_a_bad_regex_is_told_beside_an_unknown_key(pack):
    path = pack(GOOD.replace('lines = ["buy our mugs"]', "linez = ['buy']\nregex = '''(buy'''"))
    found = problems(path)
    assert any("unknown key 'linez'" in problem for problem in found)
    assert any("bad regex" in problem for problem in found)
