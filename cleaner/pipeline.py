"""The pipeline: stages in order over one document, their edits composed into one list.

Pure: no files, no clock, no state. ``cleaner.api.Cleaner`` builds pipelines from packs and settings.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from typing import cast

from cleaner.core.document import Context, Document, Findings, Flag, Note, Stage
from cleaner.core.edits import Cause, Edit, SourceMap, apply, compose, settle
from cleaner.core.metadata import find_conflicts
from cleaner.core.rules import LIST_FIELDS
from cleaner.stages.scorer import Question, Steps, T, answer_together, finish_alone
from cleaner.stages.strip import StripStage


@dataclass(frozen=True, slots=True)
class Result:
    """A cleaned document. All offsets speak of ``source.text``, in code points.

    ``edits`` lead from the source to ``text``; ``hints`` were found but not applied; ``lost`` gave way
    to other edits or cancelled out; ``meta`` is what the source said plus what rules captured.
    """

    source: Document
    text: str
    edits: tuple[Edit, ...]
    hints: tuple[Edit, ...]
    flags: tuple[Flag, ...]
    lost: tuple[Edit, ...]
    meta: Mapping[str, object]
    context: Context
    notes: tuple[Note, ...] = ()  # what was read into ``meta`` from text that stays


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Stages in order. ``allows`` says of a rule's id whether it may act at all."""

    stages: tuple[Stage, ...]
    allows: Callable[[str], bool]

    def steps(
        self,
        document: Document,
        context: Context,
        ignored: Sequence[str] = (),
        kept: Sequence[tuple[int, int]] = (),
    ) -> Steps[Result]:
        """Clean one document, with the scorer's judgement left to who calls.

        Rules whose ids match a pattern of ``ignored`` do not act on it; an edit that touches a span of
        ``kept`` (source offsets) is lost.
        """
        begun = Result(document, document.text, (), (), (), (), document.meta, context)
        return self._go_on(begun, ignored, kept)

    def resume(
        self, begun: Result, ignored: Sequence[str] = (), kept: Sequence[tuple[int, int]] = ()
    ) -> Result:
        """Clean on where the stages before these ones came to; ``ignored`` and ``kept`` as for :meth:`steps`."""
        return finish_alone(self._go_on(begun, ignored, kept))

    def _go_on(self, begun: Result, ignored: Sequence[str], kept: Sequence[tuple[int, int]]) -> Steps[Result]:
        document, context, text = begun.source, begun.context, begun.text
        source = document.text
        edits, hints, lost = list(begun.edits), list(begun.hints), list(begun.lost)
        notes = list(begun.notes)
        flags = [flag for flag in begun.flags if flag.id not in ("empty", "metadata.conflict")]
        for stage in self.stages:
            where = SourceMap(edits)
            seen = context.move(edits)
            answer = (
                (yield from stage.ask(text, seen)) if isinstance(stage, StripStage) else stage(text, seen)
            )
            found = _name_keepers(answer, where, text, source)
            acting, refused = _divide(found.edits, where, kept)
            settled = settle(text, [edit for edit in acting if self._is_allowed(edit, ignored)])
            hints.extend(_to_source(where, hint) for hint in found.hints if self._is_allowed(hint, ignored))
            lost.extend(_to_source(where, edit) for edit in (*settled.lost, *refused))
            notes.extend(_standing(found.notes, settled.edits, where, self.allows))
            flags.extend(found.flags)
            composed = compose(source, edits, settled.edits)
            edits = composed.edits
            lost.extend(composed.cancelled)
            text = apply(text, settled.edits)
        if source.strip() and not text.strip():
            flags.append(Flag("empty", "nothing is left of the text"))
        captured = _list_captured(edits, notes)
        meta = collect_metadata(document.meta, captured)
        if document.page is not None:
            flags.extend(
                Flag("metadata.conflict", conflict) for conflict in find_conflicts(document.meta, captured)
            )
        return Result(
            document,
            text,
            tuple(edits),
            tuple(hints),
            tuple(dict.fromkeys(flags)),
            tuple(lost),
            meta,
            context,
            tuple(notes),
        )

    def _is_allowed(self, edit: Edit, ignored: Sequence[str]) -> bool:
        return all(
            self.allows(cause.rule) and not any(fnmatchcase(cause.rule, pattern) for pattern in ignored)
            for cause in edit.causes
        )


def finish_together(documents: Sequence[Steps[T]]) -> list[T | Exception]:
    """What comes of the work on each document, or what went wrong with it; the scorer judges all at once."""
    ends: dict[int, T | Exception] = {}
    asking: dict[int, Question] = {}

    def advance(place: int, go_on: Callable[[], Question]) -> None:
        try:
            asking[place] = go_on()
        except StopIteration as end:
            ends[place] = cast(T, end.value)
        except Exception as error:
            ends[place] = error

    for place, steps in enumerate(documents):
        advance(place, partial(next, steps))
    while asking:
        asked, asking = asking, {}
        for place, judgement in zip(asked, answer_together(list(asked.values())), strict=True):
            advance(place, partial(documents[place].send, judgement))
    return [ends[place] for place in range(len(documents))]


def _name_keepers(found: Findings, where: SourceMap, text: str, source: str) -> Findings:
    """Findings whose keepers in the same document are named by their line of the source.

    A stage knows the lines of the text that it was given, from which others have gone.
    """

    def place(cause: Cause) -> Cause:
        if not _names_keeper(cause):
            return cause
        keeper = cast(Mapping[str, int], (cause.detail or {})["keeper"])
        start = 0
        for _ in range(keeper["line"] - 1):
            start = text.find("\n", start) + 1
        line = source.count("\n", 0, where.span(start, start + 1)[0]) + 1
        return cause._replace(detail={**(cause.detail or {}), "keeper": {**keeper, "line": line}})

    def place_all(edits: Sequence[Edit]) -> list[Edit]:
        return [edit._replace(causes=tuple(map(place, edit.causes))) for edit in edits]

    if not any(_names_keeper(cause) for edit in (*found.edits, *found.hints) for cause in edit.causes):
        return found
    return found._replace(edits=place_all(found.edits), hints=place_all(found.hints))


def _names_keeper(cause: Cause) -> bool:
    """Whether a cause names a keeper by its line alone: one in the same document."""
    keeper = cause.detail and cause.detail.get("keeper")
    return isinstance(keeper, Mapping) and "line" in keeper and "id" not in keeper


def _divide(
    edits: Sequence[Edit], where: SourceMap, kept: Sequence[tuple[int, int]]
) -> tuple[Sequence[Edit], list[Edit]]:
    """Edits that may act, and edits that touch a span which somebody decided to keep."""
    if not kept:
        return edits, []
    acting: list[Edit] = []
    refused: list[Edit] = []
    for edit in edits:
        start, end = where.span(edit.start, edit.end)
        # What is only put in takes no place: such an edit is kept out by a span of its own place.
        touches = any((start < stop and first < end) or start == end == first == stop for first, stop in kept)
        (refused if touches else acting).append(edit)
    return acting, refused


def _to_source(where: SourceMap, edit: Edit) -> Edit:
    start, end = where.span(edit.start, edit.end)
    return edit._replace(start=start, end=end)


def _standing(
    notes: Sequence[Note], edits: Sequence[Edit], where: SourceMap, allows: Callable[[str], bool]
) -> list[Note]:
    """Notes, in source offsets, of rules that may act and whose text no edit of the same stage removed."""
    standing = []
    for note in notes:
        gone = any(edit.start <= note.start and note.end <= edit.end and not edit.new for edit in edits)
        if allows(note.rule) and not gone:
            start, end = where.span(note.start, note.end)
            standing.append(note._replace(start=start, end=end))
    return standing


def _list_captured(edits: Sequence[Edit], notes: Sequence[Note]) -> list[tuple[str, object]]:
    """Fields and values that rules read, in the order of the text."""
    found = [(note.start, note.field, note.value) for note in notes]
    for edit in edits:
        for cause in edit.causes:
            captured = cast(Mapping[str, object], (cause.detail or {}).get("captured", {}))
            found.extend((edit.start, field, value) for field, value in captured.items())
    return [(field, value) for _, field, value in sorted(found, key=lambda entry: entry[0])]


def collect_metadata(
    given: Mapping[str, object], captured: Sequence[tuple[str, object]]
) -> dict[str, object]:
    """What the source said, extended by what was captured, in text order; the first value of a field wins.

    Lists grow without doubles. Nothing that the source said is dropped.
    """
    meta: dict[str, object] = dict(given)
    for field, value in captured:
        if field in LIST_FIELDS:
            values = value if isinstance(value, list) else [value]
            present = meta.get(field, [])
            known = list(present) if isinstance(present, list | tuple) else [present]
            meta[field] = known + [item for item in dict.fromkeys(values) if item not in known]
        elif not meta.get(field):
            meta[field] = value
    return meta
