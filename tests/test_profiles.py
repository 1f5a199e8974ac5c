"""Profiles: a corpus's own style, off unless chosen, stable, and strict about mistakes in the file."""

import pickle
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Context
from cleaner.core.edits import apply
from cleaner.errors import CleanerError
from cleaner.profiles import SHIPPED, load_profile, read_profile
from cleaner.stages.normalise import GlossaryEntry, NormaliseStage, Profile

HOUSE = Profile(
    name="house",
    quotes="typographic",
    honorifics="bare",
    glossary=(
        GlossaryEntry("Kyiv", ("Kiev",), ("chicken Kiev",)),
        GlossaryEntry("ceasefire", ("cease-fire",)),
        GlossaryEntry("Zelenskyy", ("Zelensky",)),
    ),
)
PIECES = [
    "\"", "'", "\u201c", "\u201d", "\u2019", "-", "--", " - ", "\u2013", "\u2014", " ", "\xa0", "...", "\u2026",
    ".", "5", "word", "Kiev", "Mr", "Mr.", "\n", "\xab", "\xbb",
]  # fmt: skip


def restyle(text, profile, language="en"):
    return apply(text, NormaliseStage(profile)(text, Context(language)).edits)


def test_without_a_profile_style_stays():
    text = "\u201cWait\u2026\u201d \u2013 'so' -- \"no\" \u2014 Mr. Holt, Mr Lund, Kiev\xa0and Kyiv"
    assert restyle(text, None) == text


def test_plain_is_what_a_keyboard_has():
    text = (
        "\u201cIt\u2019s late\u2026\u201d \u2013 he said \u2014 and left\xa0on 10\u201312 May with 10\xa0000"
    )
    assert restyle(text, load_profile("plain")) == (
        '"It\'s late..." - he said - and left on 10-12 May with 10\xa0000'
    )


@pytest.mark.parametrize(
    ("text", "styled", "language"),
    [
        (
            '"It\'s late..." he said - and left',
            "\u201cIt\u2019s late\u2026\u201d he said \u2013 and left",
            "en",
        ),
        ('Sie sagte: "Ja."', "Sie sagte: \u201eJa.\u201c", "de"),
        ('a 6" pipe', 'a 6" pipe', "en"),
        ("score 5 - 3", "score 5 - 3", "en"),
        ("and then....", "and then....", "en"),
    ],
)
def test_typographic_is_what_a_printer_sets(text, styled, language):
    assert restyle(text, load_profile("typographic"), language) == styled


@pytest.mark.parametrize(
    ("text", "styled"),
    [
        ("Kiev and Kiev's mayor", "Kyiv and Kyiv's mayor".replace("'", "\u2019")),
        ("Mr. Holt spoke of a Cease-fire", "Mr Holt spoke of a Ceasefire"),
        ("He ate chicken Kiev in Kiev", "He ate chicken Kiev in Kyiv"),
        (
            "He said \u201cback to Kiev, Mr. Holt\u201d in Kiev",
            "He said \u201cback to Kiev, Mr. Holt\u201d in Kyiv",
        ),
        ("Zelenskyy, Zelensky", "Zelenskyy, Zelenskyy"),
        ("KIEV", "KYIV"),
        ("Kievan Rus, Mr. 5", "Kievan Rus, Mr. 5"),
    ],
)
def test_a_glossary_spells_names_outside_quotations(text, styled):
    assert restyle(text, HOUSE) == styled


@pytest.mark.parametrize(
    "text",
    [
        "\u201cMr. Holt went to Kiev.\n\n\u201cAnd he left Kiev,\u201d she said.",
        "\u2018It\u2019s not far to Kiev\u2019, she said",
        "'It's not far to Kiev', she said",
        "Sie sagte: \u201eNach Kiev\u201c.",
        "\u2039to Kiev\u203a and \xbbto Kiev\xab",
        "Hon sade: \u201dTill Kiev.\u201d",
        "\u300cto Kiev\u300d",
        "He said ''to Kiev'' and left",
        'He said:"to Kiev" and left',
        'A 6" pipe, "made in Kiev", broke',
    ],
)
@pytest.mark.parametrize("quotes", ["keep", "plain", "typographic"])
def test_a_glossary_keeps_out_of_quotations_of_every_style(text, quotes):
    profile = Profile(quotes=quotes, honorifics="bare", glossary=HOUSE.glossary)
    styled = restyle(text, profile)
    assert "Kiev" in styled
    assert "Kyiv" not in styled


@pytest.mark.parametrize(
    ("text", "styled"),
    [
        ("Kiev\u2019s mayor and Jack\u2019s Kiev", "Kyiv\u2019s mayor and Jack\u2019s Kyiv"),
        (
            "He called it ''a plan'', left Kiev, and said ''no''",
            "He called it ''a plan'', left Kyiv, and said ''no''",
        ),
        ("Kiev's mayor and Jack's Kiev", "Kyiv's mayor and Jack's Kyiv"),
        ('A 6" pipe from Kiev', 'A 6" pipe from Kyiv'),
        (
            "\u201cYes,\u201d he said in Kiev. \u201cNo.\u201d",
            "\u201cYes,\u201d he said in Kyiv. \u201cNo.\u201d",
        ),
        ("the end.\u201d He left Kiev", "the end.\u201d He left Kyiv"),
    ],
)
def test_a_glossary_does_reach_what_no_quotation_holds(text, styled):
    assert restyle(text, Profile(glossary=HOUSE.glossary)) == styled


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org/Kiev--map...html and www.kiev.example",
        "Write to kiev@example.org, or @Kiev, or #Kiev",
        "Open kiev_map.pdf or kiev-map.pdf",
    ],
)
@pytest.mark.parametrize("style", ["plain", "typographic"])
def test_addresses_stay(text, style):
    profile = Profile(quotes=style, dashes=style, ellipses=style, glossary=HOUSE.glossary)
    assert restyle(text, profile) == text


@pytest.mark.parametrize(
    ("text", "styled"),
    [
        ("Mr \xd6zil met Dr\xa0Lund", "Mr. \xd6zil met Dr.\xa0Lund"),
        ("Mr. Holt", "Mr. Holt"),
        ("the Mr and the Mrs", "the Mr and the Mrs"),
    ],
)
def test_a_title_gets_its_full_stop_before_a_name(text, styled):
    assert restyle(text, Profile(honorifics="period")) == styled


def test_a_glossary_reaches_into_quotations_when_asked():
    profile = Profile(glossary=HOUSE.glossary, inside_quotations=True)
    assert restyle("\u201cto Kiev\u201d", profile) == "\u201cto Kyiv\u201d"


@pytest.mark.parametrize("profile", [*map(load_profile, SHIPPED), HOUSE], ids=lambda p: p.name)
@given(
    text=st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    language=st.sampled_from(["en", "fr", "de"]),
)
@settings(max_examples=150)
def test_styling_twice_changes_nothing_more(profile, text, language):
    once = restyle(text, profile, language)
    assert restyle(once, profile, language) == once


@given(
    st.text(
        alphabet="059\xb2\xbd\u2075\u2153\u2163\u2460\u2474\u3251\uff15\U0001d7d3\xa0\u2009 ,.x\ufb01",
        max_size=20,
    )
)
def test_the_compatibility_form_changes_no_number(text):
    def numbers(text):
        return [unicodedata.numeric(c) for c in text if c.isnumeric()]

    compatible = restyle(text, Profile(form="NFKC"))
    assert numbers(compatible) == numbers(text)
    assert restyle(compatible, Profile(form="NFKC")) == compatible


@pytest.mark.parametrize(
    "text",
    ["1\xba de mayo, 3\xaa", "5\xbd pages", "20 m\xb2", "10\xa0000 people", "Louis \u2163", "note \u2460"],
)
def test_the_compatibility_form_leaves_what_belongs_to_a_number(text):
    assert restyle(text, Profile(form="NFKC")) == text


@pytest.mark.parametrize(
    ("text", "styled"), [("\uff21\uff22\uff23", "ABC"), ("No. \uff15", "No. 5"), ("page\xa0one", "page one")]
)
def test_the_compatibility_form_of_everything_else_is_plain(text, styled):
    assert restyle(text, Profile(form="NFKC")) == styled


@given(st.text(alphabet="0123456789 ,.-\u2013\xa0%$", max_size=30), st.sampled_from([*SHIPPED]))
def test_digits_are_never_touched(text, name):
    digits = [c for c in text if c.isdigit()]
    assert [c for c in restyle(text, load_profile(name)) if c.isdigit()] == digits


def test_a_stage_with_a_profile_can_be_sent_to_a_worker():
    stage = NormaliseStage(HOUSE)
    again = pickle.loads(pickle.dumps(stage))
    assert again("Kiev", Context("en")) == stage("Kiev", Context("en"))


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"profile": {"quote": "plain"}}, "unknown key 'quote'; known are"),
        ({"profile": {"quotes": "fancy"}}, "quotes = 'fancy': must be one of keep, plain, typographic"),
        ({"profile": {"inside_quotations": 1}}, "must be one of false, true"),
        ({"glossary": [{"use": "Kyiv"}]}, "instead_of: must be a list"),
        ({"glossary": [{"use": "Kyiv", "instead_of": []}]}, "instead_of: must name at least one"),
        (
            {"glossary": [{"use": "a", "instead_of": ["b"]}, {"use": "b", "instead_of": ["c"]}]},
            "both a spelling",
        ),
        (
            {"glossary": [{"use": "a", "instead_of": ["c"]}, {"use": "b", "instead_of": ["c"]}]},
            "both 'a' and 'b'",
        ),
        ({"styles": {}}, "unknown key 'styles'"),
    ],
)
def test_a_mistake_is_named(table, told):
    with pytest.raises(CleanerError, match=r"house\.toml") as raised:
        read_profile(table, "house.toml")
    assert told in str(raised.value)


def test_a_missing_file_names_the_shipped_profiles(tmp_path):
    with pytest.raises(CleanerError, match="plain, typographic"):
        load_profile(str(tmp_path / "absent.toml"))


def test_a_house_profile_is_read_from_a_file(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(
        '[profile]\nname = "house"\nquotes = "plain"\n[[glossary]]\nuse = "Kyiv"\ninstead_of = ["Kiev"]\n'
    )
    assert load_profile(str(path)) == Profile(
        "house", quotes="plain", glossary=(GlossaryEntry("Kyiv", ("Kiev",)),)
    )
