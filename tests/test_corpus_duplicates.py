"""Decisions over a corpus: what goes, what stays for it, and that order does not matter."""

import random

from hypothesis import given
from hypothesis import strategies as st

from cleaner.core.document import Context
from cleaner.core.edits import apply, settle
from cleaner.corpus.duplicates import Decisions, DuplicateDocument, decide, write_pair, write_removal
from cleaner.corpus.paragraphs import Sketch, gather, sketch_document
from cleaner.corpus.repetition import find_repeated_lines, find_repetitions
from cleaner.stages.decided import DecidedStage, Decision, LineRemoval

MAYOR = "The mayor of the harbour town resigned on Friday after a long vote in the council."
STORM = "Two cranes were torn down by the storm, and the ferry to the islands stayed in port all day."
SCHOOL = "Pupils of the old school on the hill will move into the new building after Easter."
BAKERY = "A bakery that had been closed since the spring opened its doors again on Market Street."

CORPUS = {
    "a": f"{MAYOR}\n{STORM}\nShort line.",
    "b": f"Advertisement {MAYOR}\n{SCHOOL}\n{BAKERY} It sells rye bread.",
    "c": f"{MAYOR.replace('Friday', 'Monday')}\n{BAKERY}\n{STORM.replace('Two', 'Three')}",
    "d": f"{SCHOOL}\nShort line.",
}


def sketch(corpus: dict[str, str]) -> list[Sketch]:
    return [row for document, text in corpus.items() for row in sketch_document(document, text)]


def decide_on(corpus: dict[str, str], seed: int = 0) -> Decisions:
    sketches = sketch(corpus)
    random.Random(seed).shuffle(sketches)
    return decide(gather(sketches))


def clean(corpus: dict[str, str], decisions: Decisions) -> dict[str, str]:
    cleaned = {}
    for document, text in corpus.items():
        removals = [write_removal(row, "") for row in decisions.removals.get(document, ())]
        stage = DecidedStage(Decision(removals))
        cleaned[document] = apply(text, settle(text, stage(text, Context()).edits).edits)
    return cleaned


def test_copies_go_and_other_facts_stay() -> None:
    cleaned = clean(CORPUS, decide_on(CORPUS))
    assert cleaned == {
        "a": CORPUS["a"],
        "b": f"{SCHOOL}\n{BAKERY} It sells rye bread.",
        "c": f"{MAYOR.replace('Friday', 'Monday')}\n{STORM.replace('Two', 'Three')}",
        "d": CORPUS["d"],
    }


def test_the_report_names_the_keeper() -> None:
    (removal,) = decide_on(CORPUS).removals["b"]
    assert write_pair(removal, removed=True) == {
        "id": "b",
        "line": 1,
        "removed": True,
        "containment": 1.0,
        "keeper": {"id": "a", "line": 1, "indexed": False, "similarity": 1.0, "verdict": "same"},
        "reason": "the same words",
    }


def test_what_is_kept_is_listed() -> None:
    verdicts = {(row.copy.document, row.judgment.verdict) for row in decide_on(CORPUS).listed}
    assert ("c", "update") in verdicts


def test_a_document_that_would_be_emptied_keeps_its_text_and_is_named() -> None:
    decisions = decide_on(CORPUS)
    assert decisions.documents == {"d": DuplicateDocument("b", complete=True)}
    assert "d" not in decisions.removals


def test_a_copy_of_the_copy_goes_for_the_same_keeper() -> None:
    corpus = {name: f"{MAYOR}\n{other}" for name, other in zip("xyz", [STORM, SCHOOL, BAKERY], strict=True)}
    removals = decide_on(corpus).removals
    assert {name: row.keeper[:2] for name, (row,) in removals.items()} == {"y": ("x", 1), "z": ("x", 1)}


@given(st.integers(min_value=0, max_value=10_000))
def test_order_does_not_matter(seed: int) -> None:
    assert decide_on(CORPUS, seed) == decide_on(CORPUS)


def test_deciding_again_on_what_is_kept_removes_nothing() -> None:
    sketches = sketch(CORPUS)
    decisions = decide(gather(sketches))
    gone = {row.copy[:2] for rows in decisions.removals.values() for row in rows}
    assert decide(gather(row for row in sketches if row[:2] not in gone)).removals == {}


def test_titles_and_rows_of_tables_stay() -> None:
    title = "Mayor of the harbour town resigns after long vote in council"
    row = "Monday 12 degrees, rain in the north, wind from the west"
    corpus = {name: f"{title}\n{other}\n{row}" for name, other in zip("xy", [STORM, SCHOOL], strict=True)}
    assert decide_on(corpus).removals == {}


def test_a_line_that_comes_twice_in_one_document_is_left_to_the_document() -> None:
    assert decide_on({"x": f"{MAYOR}\n{STORM}\n{MAYOR}"}).removals == {}


def test_a_text_that_changed_since_it_was_surveyed_is_flagged_and_left_alone() -> None:
    found = DecidedStage(Decision([LineRemoval(1, "duplicate.near", {})], text_sha256="0"))(MAYOR, Context())
    assert not found.edits
    assert [flag.id for flag in found.flags] == ["duplicate.undecided"]


LINES = st.sampled_from(
    [MAYOR, f"AD {MAYOR}", STORM, f"{STORM} {SCHOOL}", SCHOOL, MAYOR.replace("on", "On"), "No."]
)


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(LINES, min_size=1, max_size=4), min_size=1))
def test_every_removed_paragraph_has_a_keeper_that_stays(corpus: dict[str, list[str]]) -> None:
    texts = {document: "\n".join(lines) for document, lines in corpus.items()}
    decisions = decide_on(texts)
    gone = {row.copy[:2] for rows in decisions.removals.values() for row in rows}
    kept = {row.keeper[:2] for rows in decisions.removals.values() for row in rows}
    assert not gone & kept
    assert all(text.strip() for text in clean(texts, decisions).values())


def site(count: int, line: str, every: int = 1) -> list[tuple[str, str, str]]:
    bodies = [f"Title {n}\n{MAYOR.replace('mayor', f'mayor {n}')}" for n in range(count)]
    return [
        ("example.org", f"d{n:02}", f"{body}\n{line}" if n % every == 0 else body)
        for n, body in enumerate(bodies)
    ]


def test_a_sentence_on_many_pages_is_boilerplate_and_goes_everywhere() -> None:
    pages = site(20, "Write to us at the desk if you know more.", every=2)
    found = {(line.site, line.key): line for line in find_repetitions(lambda: pages)}
    assert [line.documents for line in found.values()] == [10]
    assert find_repeated_lines(pages[0][2], "example.org", found) == [3]
    assert find_repeated_lines(pages[0][2], "other.org", found) == []
    assert find_repeated_lines(pages[0][2], None, found) == []


def test_a_section_name_on_half_of_the_pages_stays() -> None:
    assert find_repetitions(lambda: site(20, "Politics", every=2)) == []


def test_few_pages_prove_nothing() -> None:
    assert find_repetitions(lambda: site(4, "Write to us at the desk if you know more.")) == []


def test_the_order_of_pages_does_not_matter() -> None:
    pages = site(20, "Write to us at the desk if you know more.")
    assert find_repetitions(lambda: pages) == find_repetitions(lambda: reversed(pages))


def test_versions_of_one_report_do_not_make_its_paragraphs_boilerplate() -> None:
    versions = [("example.org", f"v{n}", f"Mayor gone, {n}\n{MAYOR}\n{STORM}\nVersion {n}") for n in range(8)]
    assert find_repetitions(lambda: [*versions, *site(4, "Unlike the rest of them all.")]) == []


def test_the_background_of_a_series_stays() -> None:
    background = "The harbour was sold to the bank in 1998, and the town has tried to buy it back ever since."
    assert find_repetitions(lambda: site(24, background, every=3)) == []
