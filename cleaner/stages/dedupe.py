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

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from cleaner.core.comparison.judgment import (
    MIN_WORDS,
    SAME_WORDS,
    Judged,
    Judgment,
    Reading,
    choose_removals,
    judge_readings,
    read_paragraph,
)
from cleaner.core.document import Context, Findings
from cleaner.core.edits import Cause, Edit
from cleaner.core.shapes import ends_sentence
from cleaner.core.text import count_words, fold

TITLE_LINES = 4  # the title comes again within so many non-blank lines after it
HOT_PARAGRAPHS = 16  # a key that more paragraphs share finds no candidates: it is a phrase of the house
MIN_CHARS = 2 * MIN_WORDS - 1  # eight one-letter words and their spaces

ANCHOR_CHARS = 7
FEW_ANCHORS = 3  # with fewer, every three words are an anchor
TITLE_CHARS = 400
SHORT_PROSE = 15  # words; below, near copies stay and equal ones go only if they stand twice
TITLE_WORDS = 3  # "Yes." at the head of an interview is no title

# A row of a list, or of a table whose cells have labels: a mark before it, or a label of up to four words.
_ROW_RE = re.compile(
    r"\s*(?:[-*+\u2022\u2023\u25aa\u25cf\u2013]\s|\d{1,3}[.)]\s|(?:[^\s:.!?,]+\s){0,3}[^\s:.!?,]+:\s)"
)

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
            equal, near = _find_candidates(paragraphs)
            removals += _pair_equal(paragraphs, equal)
            if near:
                self._judge_near(paragraphs, near, removals, listed)
        certain = [removal for removal in removals if _reads_as_prose(removal, removals)]
        listed += [removal for removal in removals if removal not in certain]
        return Findings(
            [_write_edit(text, removal) for removal in certain],
            [_write_edit(text, removal) for removal in listed],
        )

    def _judge_near(
        self,
        paragraphs: Sequence[Paragraph],
        candidates: Sequence[tuple[int, int]],
        removals: list[Removal],
        listed: list[Removal],
    ) -> None:
        readings: dict[int, Reading] = {}
        pairs = []
        for i, j in candidates:
            for k in (i, j):
                if k not in readings:
                    readings[k] = read_paragraph(paragraphs[k].text)
            judgment = _judge_in_order(readings[i], readings[j])
            if judgment.verdict != "different":
                kept, other = (i, j) if judgment.kept == "a" else (j, i)
                rank = (*readings[kept].order, kept, *readings[other].order, other)
                pairs.append(Judged(kept, other, rank, judgment))
        chosen, hinted = choose_removals(pairs, self.removed_verdicts)
        removals += [_describe(paragraphs, pair) for pair in chosen]
        listed += [_describe(paragraphs, pair) for pair in hinted]


def _judge_in_order(first: Reading, later: Reading) -> Judgment:
    """Judge two paragraphs; of two that are equally good the first stays."""
    return judge_readings(first, later, "a" if first.order <= later.order else "b")


def _describe(paragraphs: Sequence[Paragraph], pair: Judged) -> Removal:
    kept, other = paragraphs[pair.kept], paragraphs[pair.other]
    exact = pair.judgment.reason == SAME_WORDS and fold(kept.text) == fold(other.text)
    return Removal(other, kept, EXACT_RULE if exact else NEAR_RULE, pair.judgment)


def _pair_equal(paragraphs: Sequence[Paragraph], pairs: Sequence[tuple[int, int]]) -> list[Removal]:
    """Removals of the later of two equal paragraphs, where they are long enough."""
    return [
        Removal(paragraphs[later], paragraphs[first], EXACT_RULE, SAME)
        for first, later in pairs
        if count_words(paragraphs[later].text) >= MIN_WORDS
    ]


def _read_paragraphs(text: str) -> tuple[list[Paragraph], tuple[Paragraph, Paragraph] | None]:
    """The lines that may be duplicates, and the title with its repetition, if there is one."""
    paragraphs = []
    opening: list[Paragraph] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        end = start + len(line)
        if len(opening) <= TITLE_LINES and line and not line.isspace():
            opening.append(Paragraph(number, start, end, line))
        if len(line) >= MIN_CHARS:
            paragraphs.append(Paragraph(number, start, end, line))
        start = end + 1
    repeated = _find_title(opening)
    if repeated is None:
        return paragraphs, None
    return [paragraph for paragraph in paragraphs if paragraph != repeated], (opening[0], repeated)


def _find_title(opening: Sequence[Paragraph]) -> Paragraph | None:
    """The line that repeats the first one, where that is long enough for a title."""
    if not opening or len(opening[0].text) > TITLE_CHARS or len(opening[0].text.split()) < TITLE_WORDS:
        return None
    key = fold(opening[0].text)
    return next(
        (line for line in opening[1:] if len(line.text) <= TITLE_CHARS and fold(line.text) == key), None
    )


def _find_candidates(paragraphs: Sequence[Paragraph]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs that are equal letter by letter, and pairs that are worth a closer look.

    The closer look costs a thousand times more than this one, so it is cheap: three neighbouring
    words of which the first is long make an anchor, and a pair must share a third of the anchors of
    the side that has fewer, and most of its words.
    """
    first: dict[str, int] = {}
    holders: dict[tuple[str, str, str], list[int]] = {}
    anchors: dict[tuple[str, str, str], int] = {}
    shared: dict[tuple[int, int], int] = {}
    counts: list[int] = []
    equal = []
    for index, paragraph in enumerate(paragraphs):
        keeper = first.setdefault(paragraph.text, index)
        if keeper != index:
            equal.append((keeper, index))
            counts.append(0)
            continue
        words = paragraph.text.lower().split()
        if len(words) < MIN_WORDS // 2 and paragraph.text.isascii():
            counts.append(0)
            continue
        triples = list(zip(words, words[1:], words[2:], strict=False))
        own = [triple for triple in triples if len(triple[0]) >= ANCHOR_CHARS]
        counts.append(len(own) or len(triples) or 1)
        if len(own) < FEW_ANCHORS:
            own = triples
        for anchor in own or [_anchor_short(words)]:
            holder = anchors.setdefault(anchor, index)
            if holder != index:
                group = holders.setdefault(anchor, [holder])
                if group[-1] != index and len(group) < HOT_PARAGRAPHS:
                    for other in group:
                        shared[other, index] = shared.get((other, index), 0) + 1
                    group.append(index)
    near = [pair for pair, count in shared.items() if 3 * count >= min(counts[pair[0]], counts[pair[1]])]
    return equal, sorted(
        pair for pair in near if _share_words(paragraphs[pair[0]].text, paragraphs[pair[1]].text)
    )


def _anchor_short(words: Sequence[str]) -> tuple[str, str, str]:
    """The anchor of a paragraph without long words, or without spaces: its first letters, folded."""
    return ("", "", fold(" ".join(words))[:20])


def _share_words(a: str, b: str) -> bool:
    """Whether most words of the shorter text stand in the other."""
    if " " not in a or " " not in b:
        return True
    words_a, words_b = set(a.lower().split()), set(b.lower().split())
    return 5 * len(words_a & words_b) >= 3 * min(len(words_a), len(words_b))


def _reads_as_prose(removal: Removal, removals: Sequence[Removal]) -> bool:
    """Whether a repetition is a paragraph that stands twice, not a row of a list or a refrain.

    Rows of tables and lists repeat by right: on 500 clean pages they were two thirds of what equality
    alone took away. A short sentence that comes three times is a refrain of its page.
    """
    text = removal.paragraph.text
    if removal.rule == TITLE_RULE:
        return True
    if not ends_sentence(text) or _ROW_RE.match(text):
        return False
    words = count_words(text)
    copies = sum(other.keeper == removal.keeper for other in removals)
    return words >= SHORT_PROSE or (removal.rule == EXACT_RULE and copies == 1)


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
