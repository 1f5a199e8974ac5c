"""What a corpus says in two ways: spellings that may be one, quotations that should be one."""

import tomllib

import pytest

from cleaner.core.document import Document
from cleaner.corpus.glossary import propose_variants, write_glossary
from cleaner.corpus.quotations import find_differing_quotations
from cleaner.profiles import read_profile


def documents(*texts):
    return [Document(f"{number}.txt", text) for number, text in enumerate(texts)]


def spellings(*texts):
    return [tuple(v.spelling for v in p.variants) for p in propose_variants(documents(*texts))]


@pytest.mark.parametrize(
    ("texts", "pair"),
    [
        (["Kyiv fell silent. Kyiv slept.", "Trains left Kiev."], ("Kyiv", "Kiev")),
        (["a ceasefire, a ceasefire", "a cease-fire"], ("ceasefire", "cease-fire")),
        (["Zelenskyy spoke. Zelenskyy left.", "Zelensky spoke."], ("Zelenskyy", "Zelensky")),
        (["Mr. Orb\u00e1n left. Then Orb\u00e1n came.", "Mr. Orban left."], ("Orb\u00e1n", "Orban")),
        (["the organisation, the organisation", "an organization"], ("organisation", "organization")),
        (["Yuri Poita wrote. Yuri Poita read.", "Yurii Poita wrote."], ("Yuri", "Yurii")),
    ],
)
def test_two_spellings_are_proposed(texts, pair):
    assert pair in spellings(*texts)


@pytest.mark.parametrize(
    "texts",
    [
        ["Yuri Ushakov spoke.", "Yurii Poita spoke."],
        ["Kyiv and Kyiv"],
        ["four hours", "for ours"],
        ["The Ceasefire held", "a ceasefire"],
        ["Marina Holt", "Marine Corps"],
        ["the well-known man", "a well known man"],
    ],
)
def test_two_words_or_people_are_not(texts):
    assert spellings(*texts) == []


@pytest.mark.parametrize(
    ("texts", "use"),
    [
        (["Ceasefire holds. Ceasefire breaks.", "a cease-fire"], "ceasefire"),
        (["Organisation wins. Organisation loses. an organisation", "the organization"], "organisation"),
        (["Kyiv and Kyiv", "Kiev"], "Kyiv"),
        (["Zelenskyy and Zelenskyy", "Zelensky"], "Zelenskyy"),
    ],
)
def test_a_word_that_is_no_name_is_proposed_in_small_letters(texts, use):
    text = write_glossary(propose_variants(documents(*texts)))
    assert [entry.use for entry in read_profile(tomllib.loads(text), "glossary.toml").glossary] == [use]


def test_the_glossary_that_is_written_is_one_that_can_be_read():
    texts = ["Kyiv, Kyiv, Kyiv, a ceasefire, a ceasefire, Mr Holt, Mr Lund"]
    texts.append("Kiev, a cease-fire, Mr. Holt \u201cin Kiev\u201d")
    text = write_glossary(propose_variants(documents(*texts)))
    glossary = read_profile(tomllib.loads(text), "glossary.toml").glossary
    assert {(entry.use, entry.instead_of) for entry in glossary} == {
        ("Kyiv", ("Kiev",)),
        ("ceasefire", ("cease-fire",)),
    }
    assert "Kiev 2 (1 quoted)" in text
    assert 'honorifics = "bare"' in text


def test_proposals_do_not_depend_on_the_order_of_documents():
    texts = ["Kyiv, Kiev, Kiev", "a ceasefire, a cease-fire", "Zelensky, Zelenskyy"]
    assert propose_variants(documents(*texts)) == propose_variants(documents(*reversed(texts)))


HARBOUR = "He said \u201cwe will not sell the old harbour to anybody at any price.\u201d"


def differences(*texts):
    found = find_differing_quotations(documents(*texts))
    return {
        name: [(texts[int(name[0])][h.start : h.end], h.new) for h in hints] for name, hints in found.items()
    }


def test_a_changed_word_is_shown_from_both_sides():
    other = HARBOUR.replace("will not", "would not").replace("anybody", "a stranger")
    assert differences(HARBOUR, other) == {
        "0.txt": [("will", "would"), ("anybody", "a stranger")],
        "1.txt": [("would", "will"), ("a stranger", "anybody")],
    }


def test_a_missing_word_is_shown_behind_the_one_before():
    assert differences(HARBOUR, HARBOUR.replace("old ", ""))["1.txt"] == [("the", "the old")]


def test_hints_name_the_other_document():
    found = find_differing_quotations(documents(HARBOUR, HARBOUR.replace("old", "new")))
    assert found["0.txt"][0].causes[0].detail["id"] == "1.txt"


@pytest.mark.parametrize(
    "other",
    [
        HARBOUR,
        HARBOUR.replace("\u201cwe will", "\u201cWe will").replace("price.", "price,"),
        "The mayor called it \u201cthe old harbour\u201d and would not sell it.",
        "She said \u201cnobody has asked us about the fish market or the church so far.\u201d",
        "He will not sell the new harbour to anybody at any price, he said.",
    ],
)
def test_the_same_or_another_quotation_is_no_difference(other):
    assert differences(HARBOUR, other) == {}


def test_one_document_does_not_differ_from_itself():
    assert differences(HARBOUR + "\n" + HARBOUR.replace("old", "new")) == {}
