"""Which field of a record is its text, id, url, title: by the names that datasets use, or as named."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from cleaner.errors import UnreadableError
from cleaner.sources.decode import Decoded, decode
from cleaner.sources.html import Markup, read_page

TEXT_FIELDS = (
    "text", "content", "body", "article", "maintext", "article_text", "articlebody", "article_body",
    "raw_content", "plain_text", "fulltext", "full_text", "document",
)  # fmt: skip
HTML_FIELDS = ("html", "raw_html", "html_content", "content_html", "body_html", "page_html", "html_body")
ID_FIELDS = ("id", "_id", "doc_id", "document_id", "article_id", "uid", "uuid", "guid")
KNOWN_FIELDS = {
    "url": ("url", "link", "uri", "source_url", "canonical_url", "warc-target-uri", "target_uri"),
    "title": ("title", "headline"),
    "language": ("language", "lang", "language_code"),
    "site": ("site", "domain", "hostname", "host"),
}
_LANGUAGE_RE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9_-]+)?\Z")
_MOST_NAMES = 8
_PAGE_RE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html[\s>])", re.IGNORECASE)


class Fields(NamedTuple):
    """Names that the user gave; None where convention decides."""

    text: str | None = None
    id: str | None = None


BY_CONVENTION = Fields()


class Record(NamedTuple):
    """A document as its source has it.

    ``meta`` is what the cleaner is told; ``rest`` holds all fields besides text and id, nulls too. ``markup`` is
    the page whose visible text is the text.
    """

    text: str
    decoded: Decoded
    meta: Mapping[str, object] = {}
    rest: Mapping[str, object] = {}
    source_id: object = None
    values: Mapping[str, object] = {}
    text_field: str = "text"
    markup: Markup | None = None


def find_field(names: Iterable[str], known: Iterable[str]) -> str | None:
    """The first of the known names that occurs; its case does not matter.

    >>> find_field(["ID", "Body", "url"], TEXT_FIELDS)
    'Body'
    """
    by_key = {name.casefold(): name for name in reversed(list(names))}
    return next((by_key[key] for key in known if key in by_key), None)


def read_fields(values: object, fields: Fields) -> Record:
    """The record that a mapping of fields is. A text may be bytes.

    A text that is a page of HTML, by its field's name or its beginning, is read as one. Raises UnreadableError
    where there is no text, or none that is a string.

    >>> record = read_fields({"id": 7, "body": "One.", "link": "https://example.org/a"}, Fields())
    >>> record.text, record.source_id, record.meta
    ('One.', 7, {'link': 'https://example.org/a', 'url': 'https://example.org/a'})
    """
    if not isinstance(values, Mapping):
        raise UnreadableError("no-record", f"{_type_name(values)} where an object with fields should be")
    text_field = find_text_field(values, fields)
    if text_field is None or text_field not in values:
        seen = ", ".join(map(str, list(values)[:_MOST_NAMES])) or "none"
        wanted = f"no field {text_field!r}" if text_field else "no field that is known to hold the text"
        raise UnreadableError("no-text", f"{wanted}; fields: {seen}; --text-field names it")
    text = values[text_field]
    decoded: Decoded | None = None
    if isinstance(text, bytes):
        decoded = replace(decode(text), reversible="text")
        text = decoded.text
    if not isinstance(text, str):
        raise UnreadableError("no-text", f"field {text_field!r} is {_type_name(text)}, not a string")
    id_field = fields.id or find_field(values, ID_FIELDS)
    markup = read_page(text) if text_field in HTML_FIELDS or _PAGE_RE.match(text) else None
    text = text if markup is None else markup.page.text
    rest = _flatten({name: value for name, value in values.items() if name not in (text_field, id_field)})
    return Record(
        text,
        decoded or Decoded(text, "utf-8", reversible="text"),
        _known_meta(rest),
        rest,
        values.get(id_field) if id_field else None,
        values,
        text_field,
        markup,
    )


def find_text_field(names: Iterable[str], fields: Fields) -> str | None:
    """The field that holds the text: as named, by convention, or else one that holds a page of HTML.

    >>> find_text_field(["id", "html", "url"], BY_CONVENTION)
    'html'
    """
    return fields.text or find_field(names, TEXT_FIELDS) or find_field(names, HTML_FIELDS)


def _flatten(rest: dict[str, object]) -> dict[str, object]:
    """A field ``metadata`` that is an object stands beside the other fields; nothing is overwritten."""
    nested = rest.get("metadata")
    if not isinstance(nested, Mapping):
        return rest
    flat = {name: value for name, value in rest.items() if name != "metadata"}
    for name, value in nested.items():
        taken = name in flat and flat[name] != value
        flat[f"metadata.{name}" if taken else str(name)] = value
    return flat


def _known_meta(rest: Mapping[str, object]) -> dict[str, object]:
    meta = {name: value for name, value in rest.items() if value is not None}
    for key, names in KNOWN_FIELDS.items():
        name = find_field(meta, names)
        value = meta[name] if name else None
        if key != "language" and isinstance(value, str) and value:
            meta.setdefault(key, value)
        elif key == "language" and name:
            match = _LANGUAGE_RE.match(value) if isinstance(value, str) else None
            if match is None or match[1] != value:
                meta["source_language"] = value
                meta.pop("language", None)
            if match:
                meta["language"] = match[1]
    return meta


def _type_name(value: object) -> str:
    names = {type(None): "null", bool: "true or false", int: "a number", float: "a number", str: "a string"}
    return names.get(type(value), "a list" if isinstance(value, list) else "an object")
