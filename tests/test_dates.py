"""Dates in the languages of the packs; what is in doubt is not read."""

import pytest

from cleaner.core.dates import read_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("March 21, 2023", "2023-03-21"),
        ("21 Sept. 2023", "2023-09-21"),
        ("Veröffentlicht am 3. März 2023", "2023-03-03"),
        ("Publié le 1er août 2023 à 10h30", "2023-08-01"),
        ("14 juil. 2023", "2023-07-14"),
        ("21 de marzo de 2023", "2023-03-21"),
        ("21 marca 2023", "2023-03-21"),
        ("21 марта 2023, 10:15", "2023-03-21"),
        ("21 березня 2023", "2023-03-21"),
        ("21 Mart 2023", "2023-03-21"),
        ("Publikováno 21. března 2023", "2023-03-21"),
        ("5. června 2023", "2023-06-05"),
        ("5. července 2023", "2023-07-05"),
        ("21 Μαρτίου 2023", "2023-03-21"),
        ("5 Ιουνίου 2023", "2023-06-05"),
        ("5 Ιουλίου 2023", "2023-07-05"),
        ("21 مارس 2023", "2023-03-21"),
        ("٢١ مارس ٢٠٢٣", "2023-03-21"),
        ("5 كانون الثاني 2023", "2023-01-05"),
        ("5 تشرين الأول 2023", "2023-10-05"),
        ("5 آب 2023", "2023-08-05"),
        ("21 मार्च 2023", "2023-03-21"),
        ("5 सितंबर 2023", "2023-09-05"),
        ("2023年3月21日", "2023-03-21"),
        ("2023년 3월 21일", "2023-03-21"),
        ("21/03/2023", "2023-03-21"),
        ("03/21/2023", "2023-03-21"),
        ("03/03/2023", "2023-03-03"),
    ],
)
def test_a_complete_date_is_read(text, date):
    assert read_date(text) == date


@pytest.mark.parametrize(
    "language", ["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "cs", "el", "ar", "hi"]
)
def test_the_language_says_that_the_day_comes_first(language):
    assert read_date("03/04/2023", language) == "2023-04-03"
    assert read_date("04/28/2023", language) is None, "no such day where the day comes first"


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2023",
        "March 2023",
        "31 February 2023",
        "5 Ιου 2023",
        "5. červ 2023",
        "30/02/2023",
        "13/13/2023",
        "3/4/23",
        "1/2 2023",
    ],
)
def test_what_is_in_doubt_is_not_read(text):
    assert read_date(text) is None
    assert read_date(text, "en") is None


def test_a_rule_of_one_language_reads_its_dates(tmp_path):
    from cleaner.core.document import Context
    from cleaner.core.matcher import Matcher
    from cleaner.core.text import split_lines
    from cleaner.packs import load_packs

    path = tmp_path / "fr.toml"
    path.write_text(
        '[pack]\nname = "x"\nversion = "1.0.0"\nlanguages = ["fr"]\n[[rule]]\nid = "date.x"\nwhy = "w"\nscope = "line"\n'
        "action = \"capture\"\nregex = '''le (?P<published>\\d+/\\d+/\\d+)'''\nhits = ['Le 03/04/2023']\nmisses = ['Le 3']\n",
        encoding="utf-8",
    )
    (pack,) = load_packs([str(path)])
    (hit,) = Matcher(pack.rules).find("Le 03/04/2023", split_lines("Le 03/04/2023"), Context())
    assert hit.detail == {"captured": {"published": "2023-04-03"}}
