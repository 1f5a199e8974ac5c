"""Rules from a corpus, and new rules by hand: proposed for review, never enabled by themselves."""

import tomllib

import pytest

from cleaner.packs import check_examples, load_packs


@pytest.fixture
def corpus(tmp_path):
    for number in range(6):
        folder = tmp_path / "in" / f"site{number % 3}.org"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text(
            f"Story number {number}\n\nIt happened on day {number} of the long and cold month, as the mayor had said it would to all.\n"
            'From "our" desk\nAdvertisement\n#1\nFacebook\n'
            f"Nobody asked for {number} more of it, and the council voted against the plan in the end, by nine to four, at night.\n",
            encoding="utf-8",
        )
    return tmp_path


def test_a_line_that_recurs_is_proposed_with_support_and_context(run, corpus):
    out = run("rules", "learn", corpus / "in").out
    pack = tomllib.loads(out)
    (rule,) = pack["rule"]
    assert rule["lines"] == ['From "our" desk']
    assert rule["safety"] == "hint"
    assert "# in 6 documents of 3 sites, 0 times between two lines of prose" in out
    assert "site0.org/0.txt |" in out


def test_a_line_with_a_rule_or_of_one_document_is_not_proposed(run, corpus):
    out = run("rules", "learn", corpus / "in").out
    assert "Advertisement" not in tomllib.loads(out)["rule"][0]["lines"]
    assert "Story number" not in "".join(rule["lines"][0] for rule in tomllib.loads(out)["rule"])


def test_sites_can_be_counted_instead(run, corpus):
    assert "[[rule]]" in run("rules", "learn", corpus / "in", "--by", "site", "--least", "3").out
    assert "[[rule]]" not in run("rules", "learn", corpus / "in", "--by", "site", "--least", "4").out


def test_a_proposal_does_not_load_before_somebody_reviewed_it(run, corpus):
    (corpus / "learned.toml").write_text(run("rules", "learn", corpus / "in").out, encoding="utf-8")
    answer = run("rules", "test", corpus / "learned.toml")
    assert answer.code == 2
    assert "misses is missing" in answer.err


NEW = [
    "--id",
    "ad.mugs",
    "--line",
    "Buy our mugs",
    "--why",
    "Our shop's banner.",
    "--miss",
    "Buy our mugs and help, he said.",
]


def test_a_new_rule_is_written_tested_and_works(run, tmp_path):
    pack = tmp_path / "house.toml"
    assert run("rules", "new", pack, *NEW).code == 0
    assert run("rules", "new", pack, "--id", "ad.cups", *NEW[2:]).code == 0
    packs = load_packs([str(pack)])
    assert [rule.id for rule in packs[0].rules] == ["ad.mugs", "ad.cups"]
    assert check_examples(packs) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (["--id", "mugs"], "not like category.bad-thing"),
        (["--miss", "buy our mugs!"], "which must stay"),
    ],
)
def test_a_new_rule_that_fails_is_not_written(run, tmp_path, change, says):
    pack = tmp_path / "house.toml"
    answer = run("rules", "new", pack, *NEW, *change)
    assert answer.code == 2
    assert says in answer.err
    assert not pack.exists()
