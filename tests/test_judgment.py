"""Pairs of paragraphs: which may go, which side is kept, and what blocks a removal."""

import pytest

from cleaner.core.judgment import judge

STORY = (
    "The ferry company said on Tuesday that 14 passengers were hurt "
    "when the ship hit the pier in Tromso harbour."
)
MASKED = STORY.replace("14", "*NUMBER*") + " The captain was unhurt."


@pytest.mark.parametrize(
    ("a", "b", "redundant"),
    [
        pytest.param(STORY, "Advertisement" + STORY, "b", id="glued advertisement"),
        pytest.param("## " + STORY, STORY, "a", id="heading marks"),
        pytest.param(STORY, "TROMSO, March 3 (Reuters) - " + STORY, "b", id="dateline"),
        pytest.param("By Anna Lund | " + STORY, STORY, "a", id="byline"),
        pytest.param(STORY, STORY + " Read more", "b", id="read more"),
        pytest.param(
            STORY,
            STORY.replace("14", "*NUMBER*") + " The captain was unhurt.",
            None,
            id="mask with more text",
        ),
        pytest.param(STORY, STORY.replace("14", "*NUMBER*"), "b", id="mask"),
        pytest.param(STORY, STORY[:80] + "...", "b", id="cut"),
        pytest.param(STORY, STORY.upper(), "b", id="capitals"),
        pytest.param(STORY, STORY.replace("harbour", "harbor"), "b", id="spelling of another country"),
        pytest.param(STORY, STORY.replace("14", "fourteen"), "b", id="number word"),
        pytest.param(STORY, STORY + " Nobody died.", "a", id="a sentence more"),
        pytest.param(STORY.replace("hit the", "hitthe"), STORY, "a", id="glued words"),
        pytest.param(STORY.replace("said on Tuesday", "said Tuesday"), STORY, "a", id="small word"),
    ],
)
def test_the_same_text_may_go(a: str, b: str, redundant: str | None) -> None:
    judgment = judge(a, b)
    assert judgment.redundant == redundant
    assert (judgment.verdict == "same") == (redundant is not None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("14", "15", id="figure"),
        pytest.param("14", "40", id="figure of the same length"),
        pytest.param("Tuesday", "Wednesday", id="weekday"),
        pytest.param("were hurt", "were not hurt", id="negation"),
        pytest.param("were hurt", "weren't hurt", id="contracted negation"),
        pytest.param("Tromso", "Bergen", id="place"),
        pytest.param("The ferry", "The former ferry", id="qualifier"),
        pytest.param("were hurt", "were allegedly hurt", id="hedge"),
        pytest.param("hurt", "killed", id="verb"),
        pytest.param("14 passengers", "14 thousand passengers", id="magnitude"),
        pytest.param("hit the pier", "left the pier", id="what happened"),
    ],
)
def test_another_fact_stays(old: str, new: str) -> None:
    assert judge(STORY, STORY.replace(old, new)).removed(("same", "contained")) is None
    assert judge(STORY.replace(old, new), STORY).removed(("same", "contained")) is None


def test_swapped_roles_stay() -> None:
    a = "On the second day of the trial Anna Berg accused Ole Dahl of hiding the papers in the boat house."
    b = "On the second day of the trial Ole Dahl accused Anna Berg of hiding the papers in the boat house."
    assert judge(a, b).redundant is None


def test_sentences_in_another_order_are_the_same() -> None:
    other = "The ship had been repaired in the spring and was on its first voyage of the year."
    assert judge(f"{STORY} {other}", f"{other} {STORY}").verdict == "same"


def test_a_quotation_is_contained_and_the_longer_is_kept() -> None:
    longer = f"It was the third accident of the year. {STORY} Divers will look at the hull, the port said."
    judgment = judge(longer, STORY)
    assert (judgment.verdict, judgment.kept, judgment.redundant) == ("contained", "a", "b")


def test_seven_words_are_never_a_duplicate() -> None:
    assert judge("Photo by Anna Lund of the paper", "Photo by Anna Lund of the paper").redundant is None


def test_the_order_of_the_two_does_not_change_the_judgment() -> None:
    longer = STORY + " Nobody died."
    forth, back = judge(STORY, longer), judge(longer, STORY)
    assert (forth.verdict, forth.kept, forth.redundant) == (back.verdict, "b", "a")
    assert (back.kept, back.redundant) == ("a", "b")
