"""Decisions over a corpus: what goes, what stays for it, and that order does not matter."""

import random

from hypothesis import given
from hypothesis import strategies as st

from cleaner.core.document import Context
from cleaner.core.edits import apply, settle
from cleaner.corpus.duplicates import (
    DecidedStage,
    Decisions,
    DuplicateDocument,
    decide,
    drop_removed,
    find_clusters,
    sketch_document,
    write_pair,
)
from cleaner.corpus.repetition import RepetitionStage, find_repetitions, write_learnable

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


def decide_on(corpus: dict[str, str], seed: int = 0) -> Decisions:
    sketches = [sketch for document, text in corpus.items() for sketch in sketch_document(document, text)]
    random.Random(seed).shuffle(sketches)
    return decide(sketches)


def clean(corpus: dict[str, str], decisions: Decisions) -> dict[str, str]:
    cleaned = {}
    for document, text in corpus.items():
        stage = DecidedStage(decisions.removals.get(document, ()), decisions.parameters)
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
    verdicts = {(row.document, row.judgment.verdict) for row in decide_on(CORPUS).listed}
    assert ("c", "update") in verdicts


def test_a_document_that_would_be_emptied_keeps_its_text_and_is_named() -> None:
    decisions = decide_on(CORPUS)
    assert decisions.documents == {"d": DuplicateDocument("b", complete=True)}
    assert "d" not in decisions.removals


def test_a_copy_of_the_copy_goes_for_the_same_keeper() -> None:
    corpus = {name: f"{MAYOR}\n{other}" for name, other in zip("xyz", [STORM, SCHOOL, BAKERY], strict=True)}
    assert find_clusters(decide_on(corpus)) == [[("x", 1), ("y", 1), ("z", 1)]]


@given(st.integers(min_value=0, max_value=10_000))
def test_order_does_not_matter(seed: int) -> None:
    assert decide_on(CORPUS, seed) == decide_on(CORPUS)


def test_a_new_document_changes_only_the_digests_of_those_it_decides() -> None:
    before = decide_on(CORPUS)
    after = decide_on(
        {**CORPUS, "0": f"{STORM}\nAnother line of the new document that nobody else has at all."}
    )
    changed = [name for name in CORPUS if before.digest(name) != after.digest(name)]
    assert changed == ["a"]


def test_deciding_again_on_what_is_kept_removes_nothing() -> None:
    sketches = [sketch for document, text in CORPUS.items() for sketch in sketch_document(document, text)]
    decisions = decide(sketches)
    assert decide(drop_removed(sketches, decisions)).removals == {}


LINES = st.sampled_from(
    [MAYOR, f"AD {MAYOR}", STORM, f"{STORM} {SCHOOL}", SCHOOL, MAYOR.replace("on", "On"), "No."]
)


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(LINES, min_size=1, max_size=4), min_size=1))
def test_every_removed_paragraph_has_a_keeper_that_stays(corpus: dict[str, list[str]]) -> None:
    texts = {document: "\n".join(lines) for document, lines in corpus.items()}
    decisions = decide_on(texts)
    gone = {(row.document, row.line) for rows in decisions.removals.values() for row in rows}
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
    found = find_repetitions(pages)
    assert [line["documents"] for line in write_learnable(found)] == [10]
    text = pages[0][2]
    edits = RepetitionStage(found)(text, Context(site="example.org")).edits
    assert apply(text, edits) == text.rpartition("\n")[0]
    assert not RepetitionStage(found)(text, Context(site="other.org")).edits


def test_a_section_name_on_half_of_the_pages_stays() -> None:
    assert find_repetitions(site(20, "Politics", every=2)) == []


def test_few_pages_prove_nothing() -> None:
    assert find_repetitions(site(4, "Write to us at the desk if you know more.")) == []


def test_the_order_of_pages_does_not_matter() -> None:
    pages = site(20, "Write to us at the desk if you know more.")
    assert find_repetitions(pages) == find_repetitions(reversed(pages))
