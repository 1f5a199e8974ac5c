"""Rejoin: what a scraper broke becomes one line again; what stands apart stays apart."""

import pickle
import textwrap
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.core.document import Context
from cleaner.core.edits import apply, invert, settle
from cleaner.stages.rejoin import RejoinStage

SEEDS = Path(__file__).parent.parent / "seeds"
FURNITURE = frozenset({"advertisement", "share via", "read more"})
STAGE = RejoinStage(FURNITURE)


def rejoin(text: str) -> str:
    return apply(text, STAGE(text, Context()).edits)


def rules(text: str) -> list[str]:
    return [cause.rule for edit in STAGE(text, Context()).edits for cause in edit.causes]


JOINED = {
    "a country between two halves": (
        "The minister flew to\nMalaysia\n, which has long backed the plan.",
        "The minister flew to Malaysia, which has long backed the plan.",
    ),
    "a full stop alone": ("The report is on the agency's\nwebpage\n.\nNobody replied.", None),
    "an agency between blank lines": (
        "He told\n\nReuters\n\nthat the harvest was poor.",
        "He told Reuters that the harvest was poor.",
    ),
    "a genitive": ("A vote in\nNorway\n's parliament failed.", "A vote in Norway's parliament failed."),
    "an open bracket": (
        "The index (\nOSEBX\n) fell by two per cent on the day.",
        "The index (OSEBX) fell by two per cent on the day.",
    ),
    "an open quote": (
        "They called it \u201c\nharmless\n\u201d and went home.",
        "They called it \u201charmless\u201d and went home.",
    ),
    "spaces around the break": (
        "The mayor of \n Lyon \n , who resigned, said so.",
        "The mayor of Lyon, who resigned, said so.",
    ),
    "a link in lower case": (
        "She gave\na long interview\n, then left.\nThe paper printed\nhalf of it\n, no more.",
        "She gave a long interview, then left.\nThe paper printed half of it, no more.",
    ),
    "a long line that ends with an article": (
        "After months of quiet talks in Geneva the two sides agreed on the\n"
        "withdrawal of all foreign troops by the end of May.",
        "After months of quiet talks in Geneva the two sides agreed on the "
        "withdrawal of all foreign troops by the end of May.",
    ),
    "a raised ordinal": (
        "The castle dates from the 14\nth\ncentury, they say.\nIt stood\n, they say.\nIt fell\n, they say.",
        "The castle dates from the 14th century, they say.\nIt stood, they say.\nIt fell, they say.",
    ),
    "a drop cap": (
        "T\nhe planet turns slowly, and nobody minds it. The sun is slower.",
        "The planet turns slowly, and nobody minds it. The sun is slower.",
    ),
    "a Chinese comma": (
        "\u4ed6\u5468\u4e00\u62b5\u8fbe\n\u5317\u4eac\n\uff0c\u968f\u540e\u79bb\u5f00\u3002",
        "\u4ed6\u5468\u4e00\u62b5\u8fbe\n\u5317\u4eac\uff0c\u968f\u540e\u79bb\u5f00\u3002",
    ),
    "a hyphen as the text writes it": (
        "The inter-\nnational court met. An international treaty rules it.",
        "The international court met. An international treaty rules it.",
    ),
    "a hyphen that belongs there": (
        "The twelve-\npoint plan failed. No twelve-point plan is easy.",
        "The twelve-point plan failed. No twelve-point plan is easy.",
    ),
}


@pytest.mark.parametrize("name", JOINED)
def test_joins_what_was_broken(name: str) -> None:
    text, wanted = JOINED[name]
    if wanted is None:
        wanted = "The report is on the agency's webpage.\nNobody replied."
    assert rejoin(text) == wanted


APART = {
    "a heading and its paragraph": "WHAT COMES NEXT\nThe talks go on in June.",
    "a heading that ends in a noun": "The road to the coast\nThe coast road was closed on Monday.",
    "one paragraph a line": "The first day was calm.\nThe second was not.\n\u201cWe waited,\u201d she said.",
    "paragraphs without a full stop": "They waited for hours in the rain near the gate\nThen it opened.",
    "a menu": "Home\nWorld\nPolitics\nSport\nabout us\ncontact",
    "a list with bullets": "You need\n\u2022 two eggs\n\u2022 a cup of milk\n- and flour",
    "a list with numbers": "The plan has three parts\n1. a truce\n2. a line of control\n3) elections",
    "a list in lower case after a colon": "Bring:\nwarm clothes\nwater for the day\na map of the area",
    "verse": "The river took the summer's gold,\nand bore it to the sea,\nThe hills grew grey, the nights\n"
    "and you came home to me",
    "a caption and its credit": "The harbour of Bergen on a summer evening in the\n(Photo: Kari Dahl)",
    "a byline": "The long way home from the\nBy Ann Smith\nand others",
    "a clock time": "News of the\n3:38 PM\nand more of it",
    "a date": "Seen from the\n21 March 2023\nthe hills were blue.",
    "furniture before a comma": "The spokesman told\nShare via\n, of course.",
    "furniture between two halves": "He told\nADVERTISEMENT\nthat the harvest was poor.",
    "a program": "def total(items) {\n  return items\n    .sum()\n}",
    "a table": "Town   Rain\nOslo   4 mm\nBergen   40 mm",
    "an address": "Harbour Office\n12 Quay Street\nBergen",
    "an ellipsis": "It ended there\n... or so they thought.",
    "a file ending": "The platform is called\n.NET",
    "an initial before a post": "N\nlooking for a boat to sail from Bergen to the islands in May",
    "a closing quote gone astray": "They will write soon. \u201c\nThe mayor was not there.",
    "an acronym at the end": "The lightest version of our OS\nIt is new.",
    "a hyphen that the text knows nothing of": "The sea-\nside was empty.",
    "a compound that is a word without its hyphen": "He does day-to-\nday work. Today he rests.",
    "a hyphen for a word that follows later": "The pre-\nand post-war towns. A preand thing.",
    "an address that is broken": "See example.org/govern-\nment today. The government agreed.",
    "three blank lines": "The minister flew to\n\n\n\nMalaysia, which was new.",
    "Japanese paragraphs": "\u6771\u4eac\u306f\u6674\u308c\n\u5927\u962a\u306f\u96e8",
    "Arabic paragraphs": "\u0642\u0627\u0644\n\u0625\u0646 \u0627\u0644\u062e\u0637\u0629",
    "Hindi paragraphs": "\u0909\u0928\u094d\u0939\u094b\u0902\u0928\u0947\n\u0915\u093f",
    "short sentences of one size": "\n".join(f"Team number {n} won its game today." for n in range(10, 30)),
}


@pytest.mark.parametrize("name", APART)
def test_leaves_apart(name: str) -> None:
    assert rejoin(APART[name]) == APART[name]


PARAGRAPHS = (
    "The ferry left the island shortly after nine, with four hundred people on board and a "
    "sea so flat that the captain later compared it to a mirror. Nobody expected that the "
    "engines would fail within the hour.",
    "By noon the wind had turned. The coast guard sent two boats and a helicopter, and the "
    "harbour office opened the old customs hall for those who were brought ashore, most of "
    "them tourists on their way home.",
    "\u201cWe sang to keep the children calm,\u201d said one of them, a teacher, who had been on the "
    "upper deck when the lights went out. She did not want to speak of the hours that "
    "followed. The company apologised.",
    "An inquiry will begin on Monday. It is expected to last until the end of the year, and "
    "its report will be published in full, as the minister has promised to the families more "
    "than once.",
)


@pytest.mark.parametrize("width", [60, 66, 72, 80])
def test_fixed_width_paragraphs_become_lines_again(width: int) -> None:
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert rejoin(text) == "\n\n".join(PARAGRAPHS)
    assert set(rules(text)) == {"rejoin.fixed-width"}


def test_fixed_width_keeps_headings_lists_and_verse_apart() -> None:
    apart = "THE DAY AT SEA\n\n* a ferry\n* two boats\n\nO captain of the morning,\nThe tide is on the turn."
    text = "\n\n".join([apart, *(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)])
    assert rejoin(text) == "\n\n".join([apart, *PARAGRAPHS])


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name)
def test_whole_articles_are_untouched(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert rejoin(text) == text


def test_each_join_names_its_rule() -> None:
    assert rules("He told\n\nReuters\n\nthat the harvest was poor.") == ["rejoin.inline-fragment"] * 2
    assert rules(JOINED["a long line that ends with an article"][0]) == ["rejoin.broken-sentence"]
    assert rules(JOINED["a hyphen as the text writes it"][0]) == ["rejoin.hyphen"]


def test_the_stage_is_picklable_and_compares_by_its_barriers() -> None:
    assert pickle.loads(pickle.dumps(STAGE)) == STAGE
    assert hash(STAGE) == hash(RejoinStage(FURNITURE))
    assert STAGE.name == "rejoin"


def test_a_text_without_line_breaks_is_one_line() -> None:
    assert rules("") == rules("One line, which has no break.") == []


FRAGMENTS = st.sampled_from(
    [
        "The minister flew to",
        "Malaysia",
        ", which has",
        ".",
        "a long interview",
        "He told",
        "that the",
        "Share via",
        "(",
        ")",
        "\u201c",
        "\u201d",
        "'s",
        "twelve-",
        "point",
        "twelve-point",
        "th",
        "14",
        "T",
        "3:38 PM",
        "- item",
        "and",
        "\u5317\u4eac",
        "\uff0c",
        "\u2014 but",
        "\u2014but",
        "x" * 90,
        "The sea was calm and the night was long on the",
        "in",
        "By Ann Smith",
        "word " * 13,
        "Word " * 12,
        "the rain that fell on the roofs of the town for an hour",
        "",
        " ",
        "(so)",
    ]
)
BROKEN = st.lists(FRAGMENTS, max_size=30).map("\n".join)


@given(st.one_of(st.text(), BROKEN, st.text(alphabet="aA .,-\n(\u201d\ud800\u4e2d1", max_size=300)))
@example("\ud800\n,\ud800\n\x00")
@example("0\no\n(\n)\n.")
def test_a_second_run_changes_nothing_and_edits_are_in_order(text: str) -> None:
    findings = STAGE(text, Context())
    settled = settle(text, findings.edits)
    assert not settled.lost
    joined = apply(text, settled.edits)
    assert joined == apply(text, findings.edits)
    assert apply(joined, invert(text, settled.edits)) == text
    assert rejoin(joined) == joined


@given(
    st.lists(st.sampled_from([*PARAGRAPHS, "A HEADING", "* an item", ""]), max_size=8), st.integers(30, 110)
)
def test_wrapped_text_is_stable_too(paragraphs: list[str], width: int) -> None:
    joined = rejoin("\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs))
    assert rejoin(joined) == joined


@given(st.one_of(st.text(), BROKEN))
def test_only_space_goes_and_no_letter_is_lost(text: str) -> None:
    assert "".join(rejoin(text).replace("-", "").split()) == "".join(text.replace("-", "").split())


def test_long_texts_and_long_lines_are_no_trouble() -> None:
    assert rejoin("Malaysia\n" * 200_000) == "Malaysia\n" * 200_000
    assert rejoin("He told\nReuters\nthat\n" * 20_000).count("\n") < 60_000
    assert rejoin("The word\n, " * 50_000).count("\n") == 0
    assert rejoin("Word " * 300_000 + "the\n" + "end " * 300_000).count("\n") == 0
