"""What a rule reads into the metadata: named groups of its regex, or the whole line."""

import re

from cleaner.core.dates import read_date
from cleaner.core.names import split_names
from cleaner.core.rules import FIELDS, LIST_FIELDS, Rule

_PEOPLE = ("authors", "contributors")
_DATES = ("published", "modified")
_TAG_BETWEEN_RE = re.compile(r"\s*[,;|\u2022\u00b7#]\s*")
_CREDIT_EDGES = " ()[]."


def read_captures(rule: Rule, text: str, match: re.Match[str] | None) -> dict[str, object]:
    """Field names and normalised values that ``rule`` takes from ``text``; empty unless it captures or notes.

    Dates become ISO 8601 (one that is not complete is left out), lists of people become lists.
    """
    if rule.action not in ("capture", "note"):
        return {}
    raw = (
        {name: value for name, value in match.groupdict().items() if value and name in FIELDS}
        if match
        else {}
    )
    if rule.field and rule.field not in raw:
        raw[rule.field] = text
    language = next(iter(rule.languages)) if len(rule.languages) == 1 else None
    values = {name: normalise_value(name, value, language) for name, value in raw.items()}
    return {name: value for name, value in values.items() if value}


def normalise_value(name: str, value: str, language: str | None = None) -> object:
    """A captured string as the metadata hold it.

    >>> normalise_value("authors", "Jane Doe and John Smith"), normalise_value("published", "March 21, 2023")
    (['Jane Doe', 'John Smith'], '2023-03-21')
    """
    value = " ".join(value.split())
    if name in _PEOPLE:
        return split_names(value)
    if name in _DATES:
        return read_date(value, language)
    if name == "credits":
        return [value.strip(_CREDIT_EDGES)]
    if name == "tags":
        return [tag for tag in _TAG_BETWEEN_RE.split(value) if tag]
    return [value] if name in LIST_FIELDS else value
