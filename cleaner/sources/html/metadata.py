"""What a page says of itself, outside its text: linked data (JSON-LD), meta tags, the head's title and language.

Linked data come first, then meta tags, then the title of the head. Names are those of docs/metadata.md.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from cleaner.core.dates import read_date
from cleaner.core.metadata import Said, merge_metadata
from cleaner.core.names import split_names
from cleaner.sources.html.markup import Parts

_META_RE = re.compile(r'<(meta|link|html|title)\b([^>"]*(?:"[^"]*"[^>"]*)*)>([^<]*)')
_ATTRIBUTE_RE = re.compile(r'([\w:-]+)="([^"]*)"')
_TAG_RE = re.compile(r"<[^<>]*>")
_LANGUAGE_RE = re.compile(r"([a-zA-Z]{2,3})(?:[-_][\w-]+)?\Z")
_ARTICLE_RE = re.compile(r"(?:Article|BlogPosting|Report|Posting|Review|Recipe)\Z")
_MOST_DATA = 2_000_000  # characters of linked data that are read
_DEEPEST = 6
_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title", "parsely-title", "headline"),
    "authors": ("author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author"),
    "published": (
        "article:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date", "dc.date.issued",
        "dc.date", "dcterms.created", "parsely-pub-date", "sailthru.date", "og:published_time",
    ),
    "modified": ("article:modified_time", "datemodified", "og:updated_time", "last-modified", "lastmod", "dcterms.modified"),
    "section": ("article:section", "parsely-section", "section"),
    "description": ("og:description", "description", "twitter:description", "dc.description"),
    "tags": ("article:tag", "news_keywords", "keywords", "parsely-tags"),
    "publisher": ("og:site_name", "application-name", "dc.publisher"),
}  # fmt: skip
_FIELD_OF = {name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names)}


class PageMetadata(NamedTuple):
    """What a page says of itself; ``conflicts`` where it says two things; ``body`` is an article in its data."""

    values: Mapping[str, object]
    conflicts: tuple[str, ...]
    body: str


def read_metadata(parts: Parts) -> PageMetadata:
    """The metadata of a page whose markup is in order.

    >>> head = '<html lang="en-GB"><head><meta property="og:title" content="Bath closes"></head>'
    >>> read_metadata(Parts(head, "", ())).values
    {'title': 'Bath closes', 'page_language': 'en'}
    """
    data = _read_data(parts.data)
    tags, head_title, rest = _read_head(parts.head)
    title = {"title": head_title} if head_title and "title" not in data and "title" not in tags else {}
    values, conflicts = merge_metadata(
        [Said("linked data", data), Said("meta tags", tags), Said("head", title)]
    )
    body = data.get("body")
    return PageMetadata({**values, **rest}, tuple(conflicts), body if isinstance(body, str) else "")


# --- linked data -------------------------------------------------------------------------------


def _read_data(texts: Sequence[str]) -> dict[str, object]:
    """The fields of the first article that the linked data describe."""
    found: dict[str, object] = {}
    for text in texts:
        if len(text) > _MOST_DATA:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _walk_things(value, 0):
            for field, said in _read_thing(thing).items():
                found.setdefault(field, said)
    return found


def _walk_things(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    """Articles, at the top or in a graph or list there; what they mention is not walked into."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for member in value:
            yield from _walk_things(member, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and _ARTICLE_RE.search(name) for name in names):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _walk_things(value.get(key), depth + 1)


def _read_thing(thing: Mapping[str, object]) -> dict[str, object]:
    fields: dict[str, object] = {
        "title": _plain(thing.get("headline")) or _plain(thing.get("name")),
        "authors": _read_people(thing.get("author")) or _read_people(thing.get("creator")),
        "published": _read_day(thing.get("datePublished")) or _read_day(thing.get("dateCreated")),
        "modified": _read_day(thing.get("dateModified")),
        "section": next(iter(_read_names(thing.get("articleSection"))), None),
        "description": _plain(thing.get("description")),
        "tags": [tag for name in _read_names(thing.get("keywords")) for tag in _split_tags(name)],
        "publisher": next(iter(_read_names(thing.get("publisher"))), None),
        "body": _read_body(thing.get("articleBody")),
    }
    return {field: value for field, value in fields.items() if value}


def _read_names(value: object) -> list[str]:
    """Names in a string, a thing with a name, or a list of either."""
    if isinstance(value, list):
        return [
            name
            for member in value[:50]
            for name in (_read_names(member) if not isinstance(member, list) else [])
        ]
    if isinstance(value, dict):
        value = value.get("name")
        if isinstance(value, list):
            return [name for name in map(_plain, value) if name]
    name = _plain(value)
    return [name] if name else []


def _read_people(value: object) -> list[str]:
    people = [person for name in _read_names(value) if not _is_address(name) for person in split_names(name)]
    return list(dict.fromkeys(people))


def _read_body(value: object) -> str:
    if not isinstance(value, str):
        return ""
    text = unescape(_TAG_RE.sub("\n", value) if "</" in value else value)
    return "\n".join(line for line in (" ".join(piece.split()) for piece in text.split("\n")) if line)


# --- the head ----------------------------------------------------------------------------------


def _read_head(head: str) -> tuple[dict[str, object], str, dict[str, object]]:
    """The meta tags by field, the title of the head, and what only the head says (language, address)."""
    ranked: dict[str, tuple[int, object]] = {}
    title = ""
    rest: dict[str, object] = {}
    for tag, text, inner in _META_RE.findall(head):
        attributes = {name.lower(): unescape(value) for name, value in _ATTRIBUTE_RE.findall(text)}
        if tag == "html":
            match = _LANGUAGE_RE.match(attributes.get("lang") or attributes.get("xml:lang") or "")
            if match:
                rest["page_language"] = match[1].lower()
        elif tag == "title":
            title = title or " ".join(unescape(inner).split())
        elif tag == "link":
            if attributes.get("rel") == "canonical" and _is_address(attributes.get("href", "")):
                rest.setdefault("url", attributes["href"])
        else:
            name = (
                attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            ).lower()
            if name in _FIELD_OF:
                field, rank = _FIELD_OF[name]
                value = _read_value(field, attributes.get("content", ""))
                if field == "tags" and name == "article:tag" and field in ranked and ranked[field][0] == rank:
                    known = ranked[field][1]
                    value = [*known, *value] if isinstance(known, list) and isinstance(value, list) else known
                    ranked[field] = (rank, value)
                elif value and (field not in ranked or rank < ranked[field][0]):
                    ranked[field] = (rank, value)
    return {field: value for field, (_, value) in ranked.items()}, title, rest


def _read_value(field: str, text: str) -> object:
    if field == "authors":
        return [] if _is_address(text) else split_names(" ".join(text.split()))
    if field in ("published", "modified"):
        return _read_day(text)
    if field == "tags":
        return _split_tags(text)
    return _plain(text)


def _split_tags(text: str) -> list[str]:
    return [tag for tag in (" ".join(part.split()) for part in text.split(",")) if tag]


def _plain(value: object) -> str | None:
    return " ".join(unescape(_TAG_RE.sub(" ", value)).split()) or None if isinstance(value, str) else None


def _read_day(value: object) -> str | None:
    return read_date(value) if isinstance(value, str) else None


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "//", "@", "www."))
