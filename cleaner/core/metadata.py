"""Metadata from several sources: which one wins, and where they say different things."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleaner.core.text import fold

# Fields of which two values cannot both be true; a description or a list of tags may well be longer in one place.
_COMPARED = ("title", "authors", "published", "modified", "section")
_CAPTURED = ("authors", "published", "modified")


class Said(NamedTuple):
    """What one source says: its name, and values by field."""

    source: str
    values: Mapping[str, object]


def merge_metadata(sources: Sequence[Said]) -> tuple[dict[str, object], list[str]]:
    """The first source that knows a field wins; what the others say otherwise is told.

    >>> merge_metadata([Said("data", {"published": "2023-03-21"}), Said("tags", {"published": "2023-03-22"})])
    ({'published': '2023-03-21'}, ['published: 2023-03-21 (data), 2023-03-22 (tags)'])
    """
    merged: dict[str, object] = {}
    conflicts = []
    for field in dict.fromkeys(name for said in sources for name in said.values if name != "body"):
        claims = [(said.source, said.values[field]) for said in sources if said.values.get(field)]
        if claims:
            merged[field] = claims[0][1]
            others = [
                claim for claim in claims[1:] if field in _COMPARED and not agree(claims[0][1], claim[1])
            ]
            if others:
                told = ", ".join(f"{_write(value)} ({source})" for source, value in (claims[0], *others))
                conflicts.append(f"{field}: {told}")
    return merged, conflicts


def find_conflicts(given: Mapping[str, object], captured: Iterable[tuple[str, object]]) -> list[str]:
    """What lines of the text say otherwise than the source of the document, by people and days.

    A headline may well be worded otherwise on the page than in its head.

    >>> find_conflicts({"published": "2023-03-21"}, [("published", "2023-03-22"), ("tags", ["bath"])])
    ['published: 2023-03-21 (the source), 2023-03-22 (a line of the text)']
    """
    return [
        f"{field}: {_write(given[field])} (the source), {_write(value)} (a line of the text)"
        for field, value in captured
        if field in _CAPTURED and given.get(field) and value and not agree(given[field], value)
    ]


def agree(one: object, other: object) -> bool:
    """Whether two values may both be true: one holds the other, or lists of people share a name.

    >>> agree("Bath closes - The Gazette", "Bath closes"), agree(["Jane Doe"], ["Ann Poe"])
    (True, False)
    """
    if isinstance(one, list) or isinstance(other, list):
        names = [{fold(str(name)) for name in (v if isinstance(v, list) else [v])} for v in (one, other)]
        return any(a in b or b in a for a in names[0] for b in names[1])
    a, b = fold(str(one)), fold(str(other))
    return a in b or b in a


def _write(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
