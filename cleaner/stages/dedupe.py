"""The dedupe stage: a doubled title, a paragraph that stands twice, a paragraph that nearly does.

A paragraph is a line. Under eight words nothing is a duplicate but the title: "Yes." in an interview
and the refrain of a song stay. Of equal paragraphs the first stays; of similar ones the side that the
judgment keeps. A paragraph goes only if it was judged against a paragraph that itself stays, so that
no chain of small differences can lead away from the text that is kept.

>>> story = "The mayor resigned on Friday after a long vote in the council.\\n"
>>> found = DedupeStage()("Mayor gone\\n" + story + "Nobody was surprised.\\n" + story, Context())
>>> [edit.causes[0].rule for edit in found.edits]
['duplicate.exact']
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from cleaner.core.document import Context, Findings
from cleaner.core.edits import Cause, Edit
from cleaner.core.judgment import MIN_WORDS, Judgment, Reading, judge_readings, read_paragraph
from cleaner.core.similarity import split_words, winnow
from cleaner.core.text import fold

TITLE_LINES = 4  # the title comes again within so many non-blank lines after it
HOT_PARAGRAPHS = 16  # a key that more paragraphs share finds no candidates: it is a phrase of the house
MIN_CHARS = 2 * MIN_WORDS - 1  # eight one-letter words and their spaces

TITLE_WORDS = 3  # "Yes." at the head of an interview is no title

TITLE_RULE = "title-duplicate.repeated"
EXACT_RULE = "duplicate.exact"
NEAR_RULE = "duplicate.near"


class Paragraph(NamedTuple):
    """A line that is long enough to be a duplicate; ``number`` counts lines from 1."""

    number: int
    start: int
    end: int
    text: str


class Removal(NamedTuple):
    """A paragraph that goes, or would, for one that stays."""

    paragraph: Paragraph
    keeper: Paragraph
    rule: str
    judgment: Judgment


SAME = Judgment("same", 1.0, 1.0, "a", "b", "the same text")


class DedupeStage:
    """Remove what a document says twice; ``removed_verdicts`` names the judgments that remove.

    Pairs that are listed but not removed come back as hints: an edit that would remove the redundant
    side, or the later one where neither is.
    """

    name = "dedupe"

    def __init__(self, removed_verdicts: Collection[str] = ("same",)) -> None:
        self.removed_verdicts = tuple(removed_verdicts)

    def __call__(self, text: str, context: Context) -> Findings:
        """The repeated title and paragraphs of one text."""
        paragraphs, title = _read_paragraphs(text)
        removals = [] if title is None else [Removal(title[1], title[0], TITLE_RULE, SAME)]
        listed: list[Removal] = []
        if len(paragraphs) > 1:
            rest, exact = _find_exact(paragraphs)
            removals += exact
            self._judge_near(rest, removals, listed)
        return Findings(
            [_write_edit(text, removal) for removal in removals],
            [_write_edit(text, removal) for removal in listed],
        )

    def _judge_near(
        self, paragraphs: Sequence[Paragraph], removals: list[Removal], listed: list[Removal]
    ) -> None:
        readings: dict[int, Reading] = {}
        gone: set[int] = set()
        keepers: set[int] = set()
        judged: list[tuple[int, int, Judgment]] = []
        for i, j in _find_candidates(paragraphs):
            for k in (i, j):
                if k not in readings:
                    readings[k] = read_paragraph(paragraphs[k].text)
            judgment = judge_readings(readings[i], readings[j])
            if judgment.verdict != "different":
                judged.append((i, j, judgment))
        # The paragraph that would be kept against all others is settled first.
        judged.sort(key=lambda pair: _settle_order(pair, readings))
        for i, j, judgment in judged:
            kept, other = (i, j) if judgment.kept == "a" else (j, i)
            if i in gone or j in gone:
                continue
            removal = Removal(paragraphs[other], paragraphs[kept], NEAR_RULE, judgment)
            if judgment.removed(self.removed_verdicts) is None or other in keepers:
                listed.append(removal)
            else:
                removals.append(removal)
                gone.add(other)
                keepers.add(kept)


def _settle_order(pair: tuple[int, int, Judgment], readings: dict[int, Reading]) -> tuple[object, ...]:
    i, j, judgment = pair
    kept, other = (i, j) if judgment.kept == "a" else (j, i)
    return (*readings[kept].order, kept, *readings[other].order, other)


def _read_paragraphs(text: str) -> tuple[list[Paragraph], tuple[Paragraph, Paragraph] | None]:
    """The lines that may be duplicates, and the title with its repetition, if there is one."""
    paragraphs = []
    title: Paragraph | None = None
    repeated: Paragraph | None = None
    seen = start = 0
    for number, line in enumerate(text.split("\n"), 1):
        end = start + len(line)
        if seen <= TITLE_LINES and line and not line.isspace():
            if title is None:
                title = Paragraph(number, start, end, line)
                title_key = fold(line)
            elif (
                repeated is None
                and len(line) < 400
                and fold(line) == title_key
                and len(split_words(line)) >= TITLE_WORDS
            ):
                repeated = Paragraph(number, start, end, line)
                start = end + 1
                seen += 1
                continue
            seen += 1
        if len(line) >= MIN_CHARS:
            paragraphs.append(Paragraph(number, start, end, line))
        start = end + 1
    return paragraphs, None if title is None or repeated is None else (title, repeated)


def _find_exact(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Removal]]:
    """The paragraphs that stay, and removals of those that equal an earlier one once folded."""
    first: dict[str, Paragraph] = {}
    rest: list[Paragraph] = []
    removals: list[Removal] = []
    for paragraph in paragraphs:
        key = fold(paragraph.text)
        keeper = first.setdefault(key, paragraph)
        if keeper is not paragraph and len(split_words(paragraph.text)) >= MIN_WORDS:
            removals.append(Removal(paragraph, keeper, EXACT_RULE, SAME))
        else:
            rest.append(paragraph)
    return rest, removals


def _find_candidates(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Pairs of paragraphs that share a winnowed key, in order."""
    holders: dict[int, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        words = split_words(paragraph.text)
        if len(words) < MIN_WORDS:
            continue
        for key in winnow(words):
            holders.setdefault(key, []).append(index)
    pairs = {
        (i, j)
        for group in holders.values()
        if 1 < len(group) <= HOT_PARAGRAPHS
        for place, j in enumerate(group)
        for i in group[:place]
    }
    yield from sorted(pairs)


def _write_edit(text: str, removal: Removal) -> Edit:
    """Take out a line with the break that follows it; the last line of a text has none."""
    paragraph, keeper, rule, judgment = removal
    start, end = paragraph.start, min(paragraph.end + 1, len(text))
    detail = {
        "keeper": {
            "line": keeper.number,
            "similarity": round(judgment.similarity, 3),
            "verdict": judgment.verdict,
        },
        "reason": judgment.reason,
    }
    return Edit(start, end, "", (Cause(rule, DedupeStage.name, detail),))
