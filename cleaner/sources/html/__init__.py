"""Pages: HTML to the visible text with its evidence, its metadata, and an extractor's verdict."""

from collections.abc import Mapping
from typing import NamedTuple

from cleaner.core.pages.page import Block, Page
from cleaner.errors import UnreadableError
from cleaner.sources.html.markup import decode_page, order_markup, split_markup
from cleaner.sources.html.metadata import read_metadata
from cleaner.sources.html.render import render_page

__all__ = ["Markup", "decode_page", "read_page"]

_WORTH_CHARS = 300  # of an article in the page's data, before it counts
_KEY = 40  # characters by which a paragraph is looked up in the visible text


class Markup(NamedTuple):
    """A page as it was read: the markup of its body, the visible text, and what the page says of itself."""

    body: str
    page: Page
    meta: Mapping[str, object]


def read_page(html: str) -> Markup:
    """Read a page.

    An article that stands in the page's linked data and is not shown is put behind the visible text. Raises
    UnreadableError where there is no text at all.

    >>> read_page("<title>Bath closes</title><p>The bath closes.").page.text
    'The bath closes.\\n'
    """
    parts = split_markup(order_markup(html))
    page = render_page(parts.body)
    found = read_metadata(parts)
    if not _is_shown(found.body, page.text):
        page = _add_body(page, found.body)
    if not page.blocks:
        raise UnreadableError("no-text", "the page shows no text; it may be made by a script")
    title = found.values.get("title")
    page = page._replace(title=title if isinstance(title, str) else "", conflicts=found.conflicts)
    return Markup(parts.body, page, found.values)


def _is_shown(body: str, text: str) -> bool:
    """Whether most of an article stands in the text."""
    if len(body) < _WORTH_CHARS:
        return True
    keys = [body[start : start + _KEY] for start in range(0, len(body) - _KEY, 5 * _KEY)]
    seen = " ".join(text.split())
    return sum(key in seen for key in keys) * 4 >= len(keys)


def _add_body(page: Page, body: str) -> Page:
    position = len(page.text) + 1 if page.text else 0
    pieces, blocks = [page.text + "\n"] if page.text else [], list(page.blocks)
    for line in body.split("\n"):
        blocks.append(Block(position, position + len(line), "script", (len(page.tags),), 0, 0, hidden=True))
        pieces.append(line + "\n\n")
        position += len(line) + 2
    return page._replace(
        text="".join(pieces)[:-1],
        blocks=tuple(blocks),
        tags=(*page.tags, "script"),
        marks=(*page.marks, "articleBody"),
    )
