"""Strip: what rule packs say is cruft leaves the text; what it tells of the article goes to the metadata."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal, cast

from cleaner.core.document import Context, Findings, Flag, Note
from cleaner.core.edits import Cause, Edit
from cleaner.core.matcher import Hit, Matcher
from cleaner.core.shapes import is_headline, is_label, is_prose
from cleaner.core.text import Line, count_words, split_lines
from cleaner.stages.scorer import Question, Scorer, Steps, finish_alone, write_findings

Captions = Literal["metadata", "keep", "drop"]

CAPTION_CATEGORIES = ("caption", "photo-credit")
LARGEST_PROSE_SHARE = 0.5  # of a document's prose that rules other than sections may take
GUARDED_PROSE_WORDS = 60  # a document with less prose is not guarded: it is a page without an article


@dataclass(frozen=True, slots=True)
class StripStage:
    """Rule packs at work. ``applied`` holds the ids of the rules that change text; the others hint.

    ``guests`` are the rules of other languages: they act within paragraphs of theirs only. ``declined`` are
    rules that somebody switched off: whole lines that they would take are none of the scorer's business, either.
    """

    name: ClassVar[str] = "strip"
    matcher: Matcher
    applied: frozenset[str]
    captions: Captions = "metadata"
    scorer: Scorer | None = None
    guests: Mapping[str, Matcher] = field(default_factory=dict)
    declined: Matcher | None = None

    def __call__(self, text: str, context: Context) -> Findings:
        """The edits, hints, notes and flags of all rules in this text."""
        return finish_alone(self.ask(text, context))

    def ask(self, text: str, context: Context) -> Steps[Findings]:
        """The same, with the scorer's judgement left to who calls: many documents are judged faster at once."""
        lines = split_lines(text)
        hits = [*self.matcher.find(text, lines, context), *self._find_foreign(text, lines, context)]
        hits = _protect_title(hits, lines, context)
        certain, doubtful = self._divide(text, hits)
        flags: dict[str, Flag] = {}
        guarded = _too_much(lines, certain)
        if guarded is not None:
            certain, returned = guarded
            doubtful.extend(returned)
            rules = ", ".join(sorted({hit.rule.id for hit in returned}))
            why = f"kept whole: these rules took more than half of the prose: {rules}"
            flags["guard.too-much"] = Flag("guard.too-much", why)
        edits: list[Edit] = []
        notes: list[Note] = []
        for hit in certain:
            stays = hit.rule.action == "note" or (
                self.captions == "keep" and hit.rule.category in CAPTION_CATEGORIES
            )
            if stays:
                notes.extend(_notes(hit))
            else:
                edits.append(self._edit(hit))
            if hit.rule.flag:
                flags.setdefault(
                    hit.rule.flag, Flag(hit.rule.flag, f"rule {hit.rule.id}, line {hit.first + 1}")
                )
        hints = [self._edit(hit) for hit in doubtful if hit.rule.action != "note"]
        # The lines of a page were judged already, by one who saw its markup, too.
        was_judged = context.page is not None and context.page.extract is not None
        if self.scorer is not None and not was_judged:
            protected = _noted_lines(certain, lines)
            if self.scorer.level == "safe":
                protected |= _subheadings(lines)
            if self.declined is not None:
                protected |= _whole_lines(self.declined.find(text, lines, context))
            judgement = yield Question(self.scorer, lines, _removed_lines(lines, edits), protected)
            scored = write_findings(text, judgement)
            edits.extend(scored.edits)
            hints.extend(scored.hints)
            flags.update((flag.id, flag) for flag in scored.flags)
        return Findings(edits, hints, notes, tuple(flags.values()))

    def _find_foreign(self, text: str, lines: Sequence[Line], context: Context) -> Iterator[Hit]:
        """Hits of the rules of other languages, each within a paragraph of its own."""
        for language in dict.fromkeys(part.language.code for part in context.foreign):
            guest = self.guests.get(language)
            parts = [part for part in context.foreign if part.language.code == language]
            for hit in guest.find(text, lines, context) if guest else ():
                if any(part.start <= hit.start and hit.end <= part.end for part in parts):
                    yield hit

    def _divide(self, text: str, hits: Iterable[Hit]) -> tuple[list[Hit], list[Hit]]:
        """Hits that are applied, and hits that are only reported."""
        hits = list(hits)
        counts = Counter(hit.rule.id for hit in hits)
        words = count_words(text) if any(hit.rule.min_keep_words for hit in hits) else 0
        certain: list[Hit] = []
        doubtful: list[Hit] = []
        for hit in hits:
            rule = hit.rule
            keeps_enough = rule.min_keep_words is None or (
                words - count_words(text[hit.start : hit.end]) >= rule.min_keep_words
            )
            seldom_enough = rule.max_hits is None or counts[rule.id] <= rule.max_hits
            (certain if rule.id in self.applied and keeps_enough and seldom_enough else doubtful).append(hit)
        return certain, doubtful

    def _edit(self, hit: Hit) -> Edit:
        detail = dict(hit.detail or {})
        becomes = cast(str, detail.pop("becomes", ""))
        if self.captions == "drop" and hit.rule.category in CAPTION_CATEGORIES:
            detail.pop("captured", None)
        return Edit(hit.start, hit.end, becomes, (Cause(hit.rule.id, self.name, detail or None),))


def _removed_lines(lines: Sequence[Line], edits: Sequence[Edit]) -> set[int]:
    """Numbers of the lines that edits take whole: evidence for the scorer, and none of its business."""
    starts = [line.start for line in lines]
    removed: set[int] = set()
    for edit in edits:
        if not edit.new:
            first = bisect_left(starts, edit.start)
            last = bisect_right(starts, max(edit.start, edit.end - 1))
            removed.update(n for n in range(first, last) if lines[n].end <= edit.end)
    return removed


def _noted_lines(hits: Sequence[Hit], lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines that stay because rules noted them: the title, captions that are kept."""
    noted = {n for hit in hits if hit.rule.action == "note" for n in range(hit.first, hit.last + 1)}
    return noted | {
        n for n, line in enumerate(lines) if line.key and is_headline(line) and n <= _first_filled(lines)
    }


def _whole_lines(hits: Iterable[Hit]) -> set[int]:
    """Numbers of the lines that rules of whole lines would take."""
    return {
        n
        for hit in hits
        if hit.rule.scope == "line" and hit.rule.action != "note"
        for n in range(hit.first, hit.last + 1)
    }


def _subheadings(lines: Sequence[Line]) -> set[int]:
    """Numbers of the labels between two lines of prose: a word known as cruft may head a part of the story."""
    filled = [number for number, line in enumerate(lines) if line.key]
    return {
        number
        for before, number, after in zip(filled, filled[1:], filled[2:], strict=False)
        if is_label(lines[number]) and is_prose(lines[before]) and is_prose(lines[after])
    }


def _first_filled(lines: Sequence[Line]) -> int:
    return next((number for number, line in enumerate(lines) if line.key), 0)


def _protect_title(hits: Sequence[Hit], lines: Sequence[Line], context: Context) -> list[Hit]:
    """No rule takes the line that is the title, by its source or by a note, the first time it occurs."""
    titled = {hit.first for hit in hits if hit.rule.action == "note" and hit.rule.field == "title"}
    if context.title is not None:
        key = " ".join(context.title.casefold().split())
        titled.update(
            [n for n, line in enumerate(lines) if " ".join(line.text.casefold().split()) == key][:1]
        )
    return [
        hit for hit in hits if hit.rule.action == "note" or hit.first != hit.last or hit.first not in titled
    ]


def _too_much(lines: Sequence[Line], hits: Sequence[Hit]) -> tuple[list[Hit], list[Hit]] | None:
    """Hits to keep and to give back, where rules other than sections would take most of the prose."""
    suspects = [
        hit
        for hit in hits
        if hit.rule.scope != "section"
        and hit.rule.action in ("remove", "capture")
        and any(is_prose(line) for line in lines[hit.first : hit.last + 1])
    ]
    if not suspects:
        return None
    total = sum(count_words(line.text) for line in lines if is_prose(line))
    lost = sum(count_words(_prose_taken(lines, hit)) for hit in suspects)
    if total < GUARDED_PROSE_WORDS or lost <= LARGEST_PROSE_SHARE * total:
        return None
    return [hit for hit in hits if hit not in suspects], suspects


def _prose_taken(lines: Sequence[Line], hit: Hit) -> str:
    parts = []
    for line in lines[hit.first : hit.last + 1]:
        if is_prose(line):
            parts.append(line.text[max(0, hit.start - line.start) : max(0, hit.end - line.start)])
    return "\n".join(parts)


def _notes(hit: Hit) -> list[Note]:
    captured = cast(Mapping[str, object], (hit.detail or {}).get("captured", {}))
    return [Note(field, value, hit.start, hit.end, hit.rule.id) for field, value in captured.items()]
