"""Words broken at a line's end that other documents have whole: joined where they agree, the same on every run."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch import workers
from cleaner.cli import main
from cleaner.core.document import Document
from cleaner.core.edits import apply, invert
from cleaner.corpus.hyphens import BrokenWords
from cleaner.stages.rejoin.hyphens import COMPOUND_RULE, UNCLEAR_RULE, WORD_RULE


def rejoin_broken_words(documents):
    words = BrokenWords()
    texts = {document.id: document.text for document in documents}
    for id, text in texts.items():
        words.add(id, text)
    return words.decide(texts.items)


def mend(text: str, *others: str) -> tuple[str, list[str], list[str]]:
    """The text with the edits of a corpus, their rules, and the rules of hints."""
    documents = [Document("text", text), *(Document(f"other{n}", other) for n, other in enumerate(others))]
    found = rejoin_broken_words(documents).get("text")
    if found is None:
        return text, [], []
    assert apply(apply(text, found.edits), invert(text, found.edits)) == text
    rules = [edit.causes[0].rule for edit in found.edits]
    return apply(text, found.edits), rules, [hint.causes[0].rule for hint in found.hints]


MENDED = {
    "a word": ("The govern-\nment fell.", "A government.", "The government fell.", WORD_RULE),
    "a word with spaces at the break": ("The govern- \n  ment fell.", "government", "The government fell.", WORD_RULE),
    "a word in quotation marks": ("a \u201cgovern-\nment\u201d", "government", "a \u201cgovernment\u201d", WORD_RULE),
    "a German word": ("Der Stadt-\nrat tagt.", "im Stadtrat", "Der Stadtrat tagt.", WORD_RULE),
    "a Russian word": (
        "\u043f\u0440\u0430\u0432\u0438-\n\u0442\u0435\u043b\u044c\u0441\u0442\u0432\u043e",
        "\u041f\u0440\u0430\u0432\u0438\u0442\u0435\u043b\u044c\u0441\u0442\u0432\u043e",
        "\u043f\u0440\u0430\u0432\u0438\u0442\u0435\u043b\u044c\u0441\u0442\u0432\u043e",
        WORD_RULE,
    ),
    "a capital at the beginning": ("Govern-\nment fell", "the government", "Government fell", WORD_RULE),
    "a compound": ("the re-\nelected mayor", "was re-elected", "the re-elected mayor", COMPOUND_RULE),
    "a compound of three": ("a day-to-\nday task", "from day to-day", "a day-to-day task", COMPOUND_RULE),
    "a compound that goes on": ("an up-\nto-date map", "an up-to-date plan", "an up-to-date map", COMPOUND_RULE),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_a_word_that_others_have_whole_is_joined(name: str) -> None:
    text, other, wanted, rule = MENDED[name]
    assert mend(text, other) == (wanted, [rule], [])


LEFT = {
    "a word that nobody has": ("The har-\nbour", "the port"),
    "a capital behind the break": ("Anglo-\nSaxon poems", "AngloSaxon, anglosaxon"),
    "a hyphen for a word that follows later": ("Haupt-\nund Nebenwege", "Haupt-und Nebenwege"),
    "a prefix for two words": ("pre-\nand post-war", "preand pre-and"),
    "a Dutch conjunction": ("boek-\nen tijdschriftenhandel", "de boeken"),
    "a compound of three that is a word without its hyphen": ("a day-to-\nday task", "today"),
    "a compound that goes on and is a word without its hyphen": ("an up-\nto-date map", "upto"),
    "a blank line between": ("The govern-\n\nment", "government"),
    "a dash with spaces": ("He would govern -\nment or not", "government"),
    "an address": ("see example.org/govern-\nment", "government"),
    "an address that goes on": ("see govern-\nment.example.org", "government"),
    "an e-mail address": ("write to govern-\nment@example.org", "government"),
    "an option of a program": ("run with --no-\nting", "noting"),
    "program code": ("total = left-\nover;", "leftover left-over"),
    "a table": ("rain   re-\nport   4 mm", "report"),
    "a single letter": ("plan a-\nlone", "alone"),
    "a range of figures": ("1990-\n95", "1990-95"),
    "a word broken in every document": ("The govern-\nment", "A govern-\nment"),
}


@pytest.mark.parametrize("name", LEFT)
def test_what_is_unclear_stays_broken(name: str) -> None:
    text, other = LEFT[name]
    assert mend(text, other) == (text, [], [])


def test_where_documents_disagree_it_is_a_hint_with_their_numbers() -> None:
    texts = ["by ice-\ncream van", "icecream", "ice-cream", "ice-cream again"]
    assert mend(*texts) == (texts[0], [], [UNCLEAR_RULE])
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    (hint,) = rejoin_broken_words(documents)["0"].hints
    assert hint.new == "-"
    assert hint.causes[0].detail == {"documents": {"joined": 1, "hyphenated": 2}}


def test_one_slip_does_not_outweigh_ten_documents() -> None:
    assert mend("The govern-\nment", "govern-ment", *["a government"] * 10)[0] == "The government"


WORDS = st.sampled_from(
    ["gov", "ern", "re", "and", "Gov", "-", "-\n", "- \n", "\n", " ", ".", "gov-ern", "govern"]
)
TEXTS = st.lists(WORDS, max_size=12).map("".join)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.randoms())
def test_the_order_of_documents_means_nothing_and_a_second_run_finds_nothing(
    texts: list[str], random
) -> None:
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    found = rejoin_broken_words(documents)
    shuffled = list(documents)
    random.shuffle(shuffled)
    assert rejoin_broken_words(shuffled) == found
    for document in documents:
        edits = found[document.id].edits if document.id in found else []
        assert apply(apply(document.text, edits), invert(document.text, edits)) == document.text
        assert not set("\n-") - set(document.text) or not edits


ARTICLES = {
    "a.txt": "Ferry late\n\nThe govern-\nment met the re-\nelected mayor of the harbour town on Friday.\n",
    "b.txt": "Mayor back\n\nThe mayor was re-elected after a long night in the town hall of the island.\n",
    "c.txt": "Pupils swim\n\nOn Haupt-\nund Nebenwegen they walked to the old bath on the hill.\n",
}
WHOLE = {
    "d.txt": "Bakery opens\n\nNo government has ever closed the bakery on the corner of Market Street.\n"
}


def write_files(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def clean(source: Path, out: Path, *options: str) -> None:
    given = ["--quiet", "--language", "en", "--rules", "any/machinery", "--dedupe", "corpus", *options]
    assert main(["clean", str(source), "-o", str(out), *given]) == 0


def read_tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_run_joins_reports_and_undoes(tmp_path: Path) -> None:
    source = write_files(tmp_path / "in", {**ARTICLES, **WHOLE})
    clean(source, tmp_path / "out")
    text = (tmp_path / "out" / "text" / "a.txt").read_text(encoding="utf-8")
    assert "The government met the re-elected mayor" in text
    assert (tmp_path / "out" / "text" / "c.txt").read_text(encoding="utf-8") == ARTICLES["c.txt"]
    report = json.loads((tmp_path / "out" / "changes" / "a.txt.json").read_bytes())
    assert report["totals"]["by_rule"].keys() == {WORD_RULE, COMPOUND_RULE}
    assert main(["undo", str(tmp_path / "out"), "-o", str(tmp_path / "back")]) == 0
    assert read_tree(tmp_path / "back") == read_tree(source)


def test_it_can_be_switched_off(tmp_path: Path) -> None:
    source = write_files(tmp_path / "in", {**ARTICLES, **WHOLE})
    clean(source, tmp_path / "out", "--disable", "rejoin.*-corpus")
    assert (tmp_path / "out" / "text" / "a.txt").read_text(encoding="utf-8") == ARTICLES["a.txt"]


@pytest.mark.parametrize("form", ["tree", "jsonl"])
def test_a_new_document_mends_an_old_one_and_the_run_equals_a_fresh_one(tmp_path: Path, form: str) -> None:
    source, out = write_files(tmp_path / "in", ARTICLES), tmp_path / "out"
    clean(source, out, "--to", form)
    write_files(source, WHOLE)
    clean(source, out, "--to", form)
    clean(source, tmp_path / "fresh", "--to", form, "--fresh")
    assert read_tree(out) == read_tree(tmp_path / "fresh")
    if form == "tree":
        assert "government met" in (out / "text" / "a.txt").read_text(encoding="utf-8")
    (source / "d.txt").unlink()
    clean(source, out, "--to", form)
    clean(source, tmp_path / "fresh", "--to", form, "--fresh")
    assert read_tree(out) == read_tree(tmp_path / "fresh")


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_files(tmp_path / "in", {**ARTICLES, **WHOLE})
    clean(source, tmp_path / "one", "--jobs", "1")
    monkeypatch.setattr(workers, "SMALL_RUN", 0)
    clean(source, tmp_path / "two", "--jobs", "2")
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "two")


def test_a_word_is_not_joined_to_a_line_that_goes(tmp_path: Path) -> None:
    rest = "ment has never closed the bakery that stands on the corner of the old market street."
    files = {
        "a.txt": f"Bakery stays\n\nA cat slept.\n\n{rest}\n",
        "b.txt": f"Ferry late\n\nA dog saw the govern-\n{rest}\n",
        "c.txt": "Mayor back\n\nThe government met the mayor of the island on Friday.\n",
    }
    clean(write_files(tmp_path / "in", files), tmp_path / "out")
    text = (tmp_path / "out" / "text" / "b.txt").read_text(encoding="utf-8")
    assert text == "Ferry late\n\nA dog saw the govern-\n"
