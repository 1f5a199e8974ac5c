"""Documents too long to be looked at whole: a dump in one file, a book on one line.

What stages need grows with the text, to sixty times its size and more. So a text of many megabytes is cleaned in
parts, without the scorer and the layout, which judge whole documents; and it is flagged.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cleaner.api import Cleaner
from cleaner.core.document import Context, Document, Flag
from cleaner.core.edits import Edit
from cleaner.core.rules import LIST_FIELDS
from cleaner.pipeline import Result
from cleaner.report.ending import LARGE_FLAG
from cleaner.sources.language import detect_language
from cleaner.stages.decided import Decision
from cleaner.stages.scorer import RULE as SCORER_RULE
from cleaner.stages.scorer import Steps, finish_alone

LARGE = 2_000_000  # code points
_PART = 500_000
_REACH = 5_000  # how far before a part's end a good place to cut is looked for
_OF_A_PART = ("empty", "truncated")  # flags that a part deserves for being one
_CUT_RES = tuple(map(re.compile, (r"\s*\n\s*\n\s*", r"\s*\n\s*", r"(?<=[.!?\u3002\uff01\uff1f])\s*", r"\s+")))


def clean_any(cleaner: Cleaner, document: Document, decision: Decision | None = None) -> Result:
    """Clean a document of any size, as :func:`steps_any` does."""
    return finish_alone(steps_any(cleaner, document, decision))


def steps_any(cleaner: Cleaner, document: Document, decision: Decision | None = None) -> Steps[Result]:
    """Clean a document of any size, with the scorer's judgement left to who calls; one of more than two million characters in parts.

    A document that large is no part of a corpus's decisions.
    """
    if len(document.text) > LARGE:
        return _clean_parts(cleaner, document)
    return (yield from cleaner.steps(document, decision))


def _clean_parts(cleaner: Cleaner, document: Document) -> Result:
    settings = cleaner.settings
    reduced = Cleaner(cleaner.packs, replace(settings, disable=(*settings.disable, "layout.*", SCORER_RULE)))
    meta = dict(document.meta)
    if not meta.get("language"):
        meta["language"] = detect_language(document.text, settings.language_backend).code
    text = document.text
    kept = cleaner.kept_spans(document)
    texts: list[str] = []
    edits: list[Edit] = []
    hints: list[Edit] = []
    lost: list[Edit] = []
    flags: dict[str, Flag] = {}
    found: dict[str, object] = dict(document.meta)
    context: Context | None = None
    position = 0
    for start, end in cut(text):
        part = reduced.clean_document(
            Document(document.id, text[start:end], meta), kept=_kept_within(kept, start, end)
        )
        texts += (text[position:start], part.text)
        for mine, theirs in ((edits, part.edits), (hints, part.hints), (lost, part.lost)):
            mine.extend(edit._replace(start=edit.start + start, end=edit.end + start) for edit in theirs)
        for flag in part.flags:
            if flag.id not in _OF_A_PART:
                flags.setdefault(flag.id, flag)
        _extend_metadata(found, {key: value for key, value in part.meta.items() if meta.get(key) != value})
        context = context or part.context
        position = end
    texts.append(text[position:])
    cleaned = "".join(texts)
    if text.strip() and not cleaned.strip():
        flags["empty"] = Flag("empty", "nothing is left of the text")
    why = f"{len(text):,} characters, cleaned in parts by rules alone"
    return Result(
        document,
        cleaned,
        tuple(edits),
        tuple(hints),
        (*flags.values(), Flag(LARGE_FLAG, why)),
        tuple(lost),
        found,
        context or Context(),
    )


def cut(text: str, size: int = _PART) -> Iterator[tuple[int, int]]:
    """Spans of parts: cut between paragraphs, else lines, sentences, words; the space between is in no part.

    >>> list(cut("One. Two three. Four", 12))
    [(0, 4), (5, 15), (16, 20)]
    """
    start = 0
    while len(text) - start > size:
        reach = min(_REACH, size // 2 + size // 4)
        end, following = _find_cut(text, start + size - reach, start + size)
        yield start, end
        start = following
    if start < len(text):
        yield start, len(text)


def _kept_within(kept: Iterable[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The spans that stay, as far as they lie in a part, in its own offsets.

    >>> _kept_within([(2, 8), (9, 9)], 5, 10)
    [(0, 3), (4, 4)]
    """
    return [
        (max(first, start) - start, min(last, end) - start)
        for first, last in kept
        if (first < end and start < last) or (first == last and start <= first <= end)
    ]


def _find_cut(text: str, first: int, last: int) -> tuple[int, int]:
    for pattern in _CUT_RES:
        for match in pattern.finditer(text, first, last):
            if match.end() > first + 1 and match.start() > first:
                return match.span()
    return last, last


def _extend_metadata(meta: dict[str, object], more: dict[str, object]) -> None:
    """Values of a later part: lists grow without doubles, of the rest the first stays."""
    for field, value in more.items():
        known = meta.get(field)
        if field in LIST_FIELDS and isinstance(known, list) and isinstance(value, list):
            meta[field] = [*known, *(item for item in value if item not in known)]
        elif not known:
            meta[field] = value
