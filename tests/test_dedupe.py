"""What the dedupe stage removes of one document, what it leaves, and what it reports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.core.document import Context
from cleaner.core.edits import apply, settle
from cleaner.stages.dedupe import DedupeStage

MAYOR = "The mayor of the harbour town resigned on Friday after a long vote in the council."
STORM = "Two cranes were torn down by the storm, and the ferry to the islands stayed in port all day."
SCHOOL = "Pupils of the old school on the hill will move into the new building after Easter."


def dedupe(text: str, *, removed: tuple[str, ...] = ("same",)) -> str:
    return apply(text, settle(text, DedupeStage(removed)(text, Context()).edits).edits)


def rules(text: str) -> list[str]:
    return [edit.causes[0].rule for edit in DedupeStage()(text, Context()).edits]


def test_a_doubled_title_goes_and_the_first_stays() -> None:
    text = f"Harbour town loses mayor\n\nHarbour Town Loses Mayor\n\n{MAYOR}\n"
    assert dedupe(text) == f"Harbour town loses mayor\n\n\n{MAYOR}\n"
    assert rules(text) == ["title-duplicate.repeated"]


def test_the_title_far_down_stays() -> None:
    body = "\n".join([MAYOR, STORM, SCHOOL, "Short line.", "Another one.", "And a third."])
    text = f"Harbour town loses mayor\n{body}\nHarbour town loses mayor\n"
    assert dedupe(text) == text


def test_an_equal_paragraph_goes_with_its_line_break() -> None:
    assert dedupe(f"{MAYOR}\n{STORM}\n{MAYOR}\n{SCHOOL}\n") == f"{MAYOR}\n{STORM}\n{SCHOOL}\n"


def test_the_last_line_leaves_the_break_before_it_to_layout() -> None:
    assert dedupe(f"{MAYOR}\n{STORM}\n{MAYOR}") == f"{MAYOR}\n{STORM}\n"


def test_quotes_and_case_make_no_other_paragraph() -> None:
    quote = '"We will rebuild the pier," the new mayor of the town said.'
    curly = quote.replace('"', "\N{LEFT DOUBLE QUOTATION MARK}", 1).replace(
        '"', "\N{RIGHT DOUBLE QUOTATION MARK}"
    )
    assert rules(
        f'{STORM}\n{curly}\n{SCHOOL}\n"WE WILL REBUILD THE PIER," THE NEW MAYOR OF THE TOWN SAID.'
    ) == ["duplicate.exact"]


def test_a_near_copy_goes_and_the_clean_one_stays() -> None:
    text = f"Advertisement {MAYOR}\n{STORM}\n{MAYOR}\n"
    edits = DedupeStage()(text, Context()).edits
    assert dedupe(text) == f"{STORM}\n{MAYOR}\n"
    assert edits[0].causes[0].rule == "duplicate.near"
    assert edits[0].causes[0].detail == {
        "keeper": {"line": 3, "similarity": 1.0, "verdict": "same"},
        "reason": "the same words",
    }


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Yes.", "And then?", "Yes."], id="answers of an interview"),
        pytest.param(["Row, row your boat", "gently down the stream", "Row, row your boat"], id="refrain"),
        pytest.param(
            [
                "Shares of the bank fell 3 percent to 41 euros in Frankfurt on Tuesday.",
                "Shares of the bank fell 7 percent to 38 euros in Frankfurt on Friday.",
            ],
            id="market lines",
        ),
        pytest.param([MAYOR, MAYOR.replace("resigned", "did not resign")], id="negation"),
        pytest.param([MAYOR, MAYOR.replace("The mayor", "The deputy mayor")], id="qualifier"),
        pytest.param([MAYOR, STORM, SCHOOL], id="nothing in common"),
    ],
)
def test_other_facts_stay(lines: list[str]) -> None:
    text = "A title of the day\n" + "\n".join(lines) + "\n"
    assert dedupe(text) == text


def test_a_kept_pair_is_listed_as_a_hint() -> None:
    text = f"{MAYOR}\n{MAYOR.replace('Friday', 'Monday')}\n"
    findings = DedupeStage()(text, Context())
    assert not findings.edits
    detail = findings.hints[0].causes[0].detail
    assert detail is not None
    assert detail["keeper"] == {"line": 1, "similarity": 0.765, "verdict": "update"}


def test_a_contained_paragraph_stays_unless_asked_for() -> None:
    text = f"{STORM}\n{MAYOR} {STORM} {SCHOOL} Nobody had expected any of it before the summer.\n"
    assert dedupe(text) == text
    assert dedupe(text, removed=("same", "contained")) == text.split("\n", 1)[1]


def test_a_document_of_one_paragraph_repeated_keeps_one() -> None:
    assert dedupe("\n".join([MAYOR] * 40)) == MAYOR + "\n"


PARAGRAPHS = st.sampled_from(
    [MAYOR, STORM, SCHOOL, f"AD {MAYOR}", MAYOR.replace("Friday", "Monday"), "", "Yes.", " "]
)


@given(st.lists(PARAGRAPHS, max_size=12))
def test_cleaning_twice_changes_nothing_more_and_nothing_is_emptied(lines: list[str]) -> None:
    text = "\n".join(lines)
    once = dedupe(text)
    assert dedupe(once) == once
    assert bool(once.strip()) == bool(text.strip())
    assert set(once.split("\n")) <= {*lines, ""}


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    assert dedupe(text + "\n" + text) is not None


def test_a_keeper_is_named_by_its_line_of_the_source(cleaner) -> None:
    text = f"Skip to content\n\nAdvertisement\n{MAYOR}\n\nAdvertisement\n{STORM}\n{SCHOOL}\n{MAYOR}\n"
    edits = [edit for edit in cleaner.clean(text).edits if edit.causes[0].stage == "dedupe"]
    assert [edit.causes[0].detail["keeper"]["line"] for edit in edits] == [4]


@pytest.mark.parametrize("mark", ["- ", "* ", "\N{BULLET} ", "3. ", "Delivery: ", "What you need today: "])
def test_rows_of_lists_and_of_tables_with_labels_may_repeat(mark: str) -> None:
    text = f"Harbour town loses mayor\n{mark}{MAYOR}\n{STORM}\n{mark}{MAYOR}\n"
    assert dedupe(text) == text
    assert len(DedupeStage()(text, Context()).edits) == 0
