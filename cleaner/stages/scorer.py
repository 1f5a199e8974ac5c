"""The line scorer: article or boilerplate, from plain text alone, on sites nobody wrote rules for.

Known labels go first and are never smoothed. Every other passage is measured
(:mod:`cleaner.core.scoring.features`), scored by a first forest, and scored again by a second one that sees
the first scores of its neighbours and of the whole document (:mod:`cleaner.core.scoring.smoothing`). What is still
in doubt gets a third look (:mod:`cleaner.core.scoring.branches`).

The document itself tells its regime: a *page*, where much is menus and lists, or an *article* with
some dirt. A level is a threshold for each regime. In a document without line breaks sentences are
judged. A guard steps back when too much would go.
"""

from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import exp
from typing import Final, NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt

from cleaner.core.document import Context, Findings, Flag
from cleaner.core.edits import Cause, Edit
from cleaner.core.scoring.branches import Branches
from cleaner.core.scoring.features import Lexicon, Measured, Source, measure, pack_columns
from cleaner.core.scoring.forest import Forest
from cleaner.core.scoring.glyphs import QUOTE
from cleaner.core.scoring.passages import Ints
from cleaner.core.scoring.smoothing import relate_scores
from cleaner.core.text import Line

RULE: Final = "scorer.boilerplate"
STAGE: Final = "strip"
GUARD: Final = "guard.scorer"
LEVELS: Final = ("safe", "standard", "aggressive")

_BATCH_CHARS: Final = 120_000  # judged at once, so that what is counted of them stays in the cache
_LABEL_REASON: Final = "known label"
_NEVER: Final = -1_000_000
_CERTAIN: Final = 100_000
_DOUBT: Final = (-2500, 4500)  # scores of the second forest between which the third one is asked
_KNOWN_SITES: Final = 3
_KNOWN_RATIO: Final = 10


class Threshold(NamedTuple):
    """Scores above which a passage goes, in thousandths of a logit.

    By regime; for sentences; and for lines that were cruft on several sites and hardly ever article.
    Lines of prose need ``prose`` more: losing text is worse than leaving cruft.
    In a document where nothing is certain to be cruft, nothing but known lines goes, and only above
    ``lone``: ``sure`` is the score from which a line is certain, ``sure_sentence`` the one of sentences.
    """

    article: int
    page: int
    sentence: int
    known: int
    sure: int
    sure_sentence: int
    prose: int
    lone: int


class Guard(NamedTuple):
    """Shares of a document's words, in hundredths, that the scorer may take, and the words that must stay."""

    article: int
    page: int
    least: int


@dataclass(frozen=True, slots=True)
class Weights:
    """All that was learned: lists of words and lines, two forests, thresholds by level."""

    lexicon: Lexicon
    first: Forest
    second: Forest
    third: Branches
    page_share: int  # hundredths of the words that are scored cruft, from which a document is a page
    thresholds: Mapping[str, Threshold]
    guard: Guard


class Verdict(NamedTuple):
    """A line, or a sentence of one, that is boilerplate: where it stands, how sure, and why."""

    line: int
    start: int
    end: int
    score: float
    reasons: tuple[str, ...]
    whole_line: bool


class Judgement(NamedTuple):
    """What the scorer says of one document: what goes, what is suspected, whether the guard stepped in."""

    verdicts: list[Verdict]
    suspects: list[Verdict]
    flags: list[Flag]
    regime: str


@dataclass(frozen=True, slots=True)
class Scorer:
    """Judges lines at one level. Pure and picklable; the same lines give the same verdicts."""

    weights: Weights
    level: str = "safe"

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"unknown level {self.level!r}: one of {', '.join(LEVELS)}")

    def judge(
        self,
        lines: Sequence[Line],
        removed: Mapping[int, str],
        protected: Collection[int],
        context: Context,
    ) -> list[Verdict]:
        """The lines that are boilerplate; ``removed`` by rules are evidence, ``protected`` ones stay."""
        return self.assess(lines, removed, protected).verdicts

    def assess(
        self, lines: Sequence[Line], removed: Collection[int] = (), protected: Collection[int] = ()
    ) -> Judgement:
        """Verdicts, suspects and flags of one document."""
        return self.assess_many([lines], [removed], [protected])[0]

    def assess_many(
        self,
        documents: Sequence[Sequence[Line]],
        removed: Sequence[Collection[int]] | None = None,
        protected: Sequence[Collection[int]] | None = None,
    ) -> list[Judgement]:
        """The same for many documents at once, which is faster; each is judged by itself."""
        none: Sequence[Collection[int]] = [()] * len(documents)
        removed, protected = removed or none, protected or none
        judgements: list[Judgement] = []
        for part in _cut_batches(documents):
            judgements += self._assess_batch(documents[part], removed[part], protected[part])
        return judgements

    def _assess_batch(
        self,
        documents: Sequence[Sequence[Line]],
        removed: Sequence[Collection[int]],
        protected: Sequence[Collection[int]],
    ) -> list[Judgement]:
        sources = [
            Source([line.text for line in lines], gone, stay)
            for lines, gone, stay in zip(documents, removed, protected, strict=True)
        ]
        measured = measure(sources, self.weights.lexicon)
        scored = score_passages(measured, self.weights)
        seen = _Seen.of(measured, scored)
        choices = [
            self._choose_passages(number, stay, bool(gone), measured, seen)
            for number, (gone, stay) in enumerate(zip(removed, protected, strict=True))
        ]
        return _state_judgements(documents, choices, measured, scored, self.weights.first)

    def _choose_passages(
        self, number: int, protected: Collection[int], ruled: bool, measured: Measured, seen: "_Seen"
    ) -> "_Choice":
        """Which passages of a document go, which are suspected, and whether the guard steps in.

        ``ruled`` says that rules took some of its lines. Where lines are judged, only a document with cruft
        that is known, by rules, labels or lines of other sites, can be a page: a table looks like a menu.
        """
        layout, words = measured.layout, measured.words
        low, high = int(measured.first[number]), int(measured.first[number + 1])
        judged = measured.judged[low:high]
        threshold = self.weights.thresholds[self.level]
        score, prose, sentence = seen.score[low:high], seen.prose[low:high], layout.sentence[judged]
        if protected:
            score = np.where(np.isin(layout.line[judged], sorted(protected)), _NEVER, score)
        if not prose.any():
            score = np.full(high - low, _NEVER)  # without prose there is nothing to tell cruft from
        known = seen.known[low:high]
        dirty = ruled or number in seen.labelled
        proven = dirty or bool((sentence | known & (score > threshold.known)).any())
        is_page = proven and bool(seen.is_page[number])
        whole_line = (threshold.page if is_page else threshold.article) + threshold.prose * prose
        limit = np.where(sentence, threshold.sentence, whole_line)
        sure = np.where(sentence, threshold.sure_sentence, threshold.sure)
        if dirty or (score > sure).any():
            limit = np.where(known, np.minimum(limit, threshold.known), limit)
        else:
            limit = np.where(known, threshold.lone, np.maximum(limit, sure))
        goes = np.flatnonzero(score > limit)
        suspects = np.flatnonzero((score > np.maximum(limit // 2, 0)) & (score <= limit))
        flags: list[Flag] = []
        regime = "page" if is_page else "article"
        total, lost = int(words[judged].sum()), int(words[judged[goes]].sum())
        guard = self.weights.guard
        too_much = lost * 100 > (guard.page if is_page else guard.article) * total
        if lost and (too_much or total - lost < guard.least):
            why = f"the scorer would take {lost} of {total} words of this {regime}; it stepped back"
            flags.append(Flag(GUARD, why))
            goes, suspects = goes[:0], goes
        return _Choice(low + goes, low + suspects, flags, regime)


class Question(NamedTuple):
    """What a stage asks a scorer of one document. Many are answered at once at a fraction of the cost."""

    scorer: Scorer
    lines: Sequence[Line]
    removed: Collection[int]
    protected: Collection[int]

    def answer(self) -> Judgement:
        """The judgement on this document alone."""
        return self.scorer.assess(self.lines, self.removed, self.protected)


T = TypeVar("T")
Steps = Generator[Question, Judgement, T]  # work on a document that waits where it asks the scorer


def finish_alone(steps: Steps[T]) -> T:
    """What comes of the work on one document."""
    try:
        question = next(steps)
        while True:
            question = steps.send(question.answer())
    except StopIteration as end:
        return cast(T, end.value)


def answer_together(questions: Sequence[Question]) -> list[Judgement]:
    """The judgements on many documents, each the same as on that document alone."""
    answers: list[Judgement | None] = [None] * len(questions)
    by_scorer: dict[tuple[int, str], list[int]] = {}
    for number, question in enumerate(questions):
        by_scorer.setdefault((id(question.scorer.weights), question.scorer.level), []).append(number)
    for numbers in by_scorer.values():
        asked = [questions[number] for number in numbers]
        judgements = asked[0].scorer.assess_many(
            [question.lines for question in asked],
            [question.removed for question in asked],
            [question.protected for question in asked],
        )
        for number, judgement in zip(numbers, judgements, strict=True):
            answers[number] = judgement
    return [answer for answer in answers if answer is not None]


class _Seen(NamedTuple):
    """What decisions look at, of all judged passages and documents of a batch."""

    score: Ints
    prose: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]
    is_page: npt.NDArray[np.bool_]
    labelled: frozenset[int]  # documents with known labels

    @classmethod
    def of(cls, measured: Measured, scored: "Scored") -> "_Seen":
        return cls(
            scored.score,
            measured.matrix[measured.names.index("prose")] > 0,
            find_known(measured),
            scored.is_page,
            frozenset(measured.layout.document[measured.labels].tolist()),
        )


class _Choice(NamedTuple):
    goes: Ints  # numbers among the judged passages of the batch
    suspects: Ints
    flags: list[Flag]
    regime: str


def _cut_batches(documents: Sequence[Sequence[Line]]) -> Iterator[slice]:
    """Documents that are judged at once: some characters of them, or a single one that is longer."""
    first = size = 0
    for number, lines in enumerate(documents):
        length = lines[-1].end if lines else 0
        if number > first and size + length > _BATCH_CHARS:
            yield slice(first, number)
            first, size = number, 0
        size += length
    if first < len(documents):
        yield slice(first, len(documents))


def _state_judgements(
    documents: Sequence[Sequence[Line]],
    choices: Sequence[_Choice],
    measured: Measured,
    scored: "Scored",
    forest: Forest,
) -> list[Judgement]:
    goes = np.concatenate([choice.goes for choice in choices])
    why = forest.explain(measured.matrix.take(goes, axis=1))
    verdicts = iter(_state(documents, measured, measured.judged[goes], scored.score[goes].tolist(), why))
    none: Sequence[str] = ()
    suspects = np.concatenate([choice.suspects for choice in choices])
    points = scored.score[suspects].tolist()
    doubts = iter(_state(documents, measured, measured.judged[suspects], points, [none] * len(points)))
    certain = [_CERTAIN] * len(measured.labels)
    known = [[_LABEL_REASON]] * len(certain)
    labels = iter(_state(documents, measured, measured.labels, certain, known))
    amounts = np.diff(np.searchsorted(measured.labels, measured.layout.first)).tolist()
    return [
        Judgement(
            sorted(
                [*islice(verdicts, len(choice.goes)), *islice(labels, amount)],
                key=lambda verdict: verdict.start,
            ),
            list(islice(doubts, len(choice.suspects))),
            choice.flags,
            choice.regime,
        )
        for choice, amount in zip(choices, amounts, strict=True)
    ]


def find_known(measured: Measured) -> npt.NDArray[np.bool_]:
    """The passages whose line was cruft on three sites or more and article on few; no figures, no quotes."""
    names = ("line dropped", "line kept", "digits", "first")
    dropped, kept, digits, begin = (measured.matrix[measured.names.index(name)] for name in names)
    known: npt.NDArray[np.bool_] = (dropped >= _KNOWN_SITES) & (kept * _KNOWN_RATIO <= dropped)
    known &= (digits == 0) & (begin != QUOTE)
    return known


class Scored(NamedTuple):
    """The final score of every judged passage, and of every document whether it is a page."""

    score: Ints
    is_page: npt.NDArray[np.bool_]


def score_passages(measured: Measured, weights: Weights) -> Scored:
    """Score by the first forest, relate the scores, score by the second, look again at what is in doubt."""
    first = measured.first
    early = weights.first.score(measured.matrix) // 10
    sizes = measured.matrix[measured.names.index("size")].astype(np.int64)
    related = relate_scores(early, sizes, first)
    matrix = pack_columns(list(related.values()), measured.matrix)
    score = weights.second.score(matrix)
    doubtful = np.flatnonzero((score > _DOUBT[0]) & (score < _DOUBT[1]))
    score[doubtful] += weights.third.score(matrix[:, doubtful])
    words = np.append(0, np.cumsum(sizes))
    cruft = np.append(0, np.cumsum(np.where(score > 0, sizes, 0)))
    part = cruft[first[1:]] - cruft[first[:-1]]
    is_page = 100 * part > weights.page_share * (words[first[1:]] - words[first[:-1]])
    return Scored(score, is_page)


def _state(
    documents: Sequence[Sequence[Line]],
    measured: Measured,
    passages: Ints,
    points: Sequence[int],
    why: Sequence[Sequence[str]],
) -> list[Verdict]:
    layout = measured.layout
    number = layout.line[passages]
    offset = layout.line_start[passages]
    rows = zip(
        layout.document[passages].tolist(),
        number.tolist(),
        (layout.start[passages] - offset).tolist(),
        (layout.end[passages] - offset).tolist(),
        points,
        why,
        (~layout.sentence[passages]).tolist(),
        strict=True,
    )
    verdicts = []
    for document, line, start, end, point, reasons, whole in rows:
        begin = documents[document][line].start
        chance = round(1 / (1 + exp(-point / 1000)), 3)
        verdicts.append(Verdict(line, begin + start, begin + end, chance, tuple(reasons), whole))
    return verdicts


def write_findings(text: str, judgement: Judgement) -> Findings:
    """The judgement as edits, hints and flags. A line goes with the break that follows it.

    >>> verdict = Verdict(1, 7, 12, 0.97, ("size 1",), True)
    >>> write_findings("Story.\\nShare", Judgement([verdict], [], [], "article")).edits[0][:3]
    (7, 12, '')
    """
    edits = [_write_edit(text, verdict) for verdict in judgement.verdicts]
    hints = [_write_edit(text, verdict) for verdict in judgement.suspects]
    return Findings(edits=edits, hints=hints, flags=judgement.flags)


def _write_edit(text: str, verdict: Verdict) -> Edit:
    start, end = verdict.start, verdict.end
    if verdict.whole_line and end < len(text):
        end += 1
    detail = {"score": verdict.score, "reasons": list(verdict.reasons)}
    return Edit(start, end, "", (Cause(RULE, STAGE, detail),))
