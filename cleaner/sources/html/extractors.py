"""Whom to ask which part of a page is the article. Their answers are laid over the page's blocks."""

import logging
import re
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from cleaner.core.pages.coverage import measure_coverage
from cleaner.core.pages.page import Extract, Page
from cleaner.sources.html.quick import extract_quickly

if TYPE_CHECKING:
    from trafilatura.settings import Extractor as Options

Extractor = Literal["trafilatura", "resiliparse", "rules"]
EXTRACTORS: tuple[str, ...] = get_args(Extractor)

# Elements that trafilatura drops, too; without them it has less to search.
_FURNITURE_RE = re.compile(r"<(nav|footer|select|button|noscript|picture|video|audio)[\s>]")
_VOID_RE = re.compile(r'<(?:img|source|input|link|meta|wbr|track|col|area)\b[^>"]*(?:"[^"]*"[^>"]*)*>')
_EMPTY_RE = re.compile(r"<(div|span|a|i|li|figure)(?: [^<>]*+)?>\s*+</\1>")
_EMPTY_ROUNDS = 2  # of dropping: an element that held but empty ones is empty in the next


def add_extract(page: Page, body: str, extractor: Extractor) -> Page:
    """The page with what the extractor took; as it is for ``rules``. Whatever an extractor raises is told."""
    if extractor == "rules" or not page.blocks:
        return page
    failure = None
    try:
        text = _ask_trafilatura(body) if extractor == "trafilatura" else extract_quickly(body)
    except Exception as error:
        text, failure = "", f"{type(error).__name__}: {error}".rstrip(": ")
    if not text and failure is None:
        failure = "found no article"
    shares = measure_coverage(page.block_texts(), text)
    return page._replace(extract=Extract(extractor, tuple(shares), failure))


def _ask_trafilatura(body: str) -> str:
    """Its own rules without the comparison with other extractors: what they add, the page's evidence finds, too."""
    from lxml.html import HTMLParser, document_fromstring
    from trafilatura import bare_extraction

    tree = document_fromstring(_drop_furniture(body).encode(), parser=HTMLParser(encoding="utf-8"))
    return str(getattr(bare_extraction(tree, options=_choose_options()), "text", None) or "")


def ask_metadata(body: str, missing: Collection[str]) -> dict[str, object]:
    """What trafilatura reads from the elements of a page's body of the fields that are ``missing``.

    Its own look through linked data and meta tags is not needed: they were read before. What it cannot read is left out.

    >>> ask_metadata('<body><h1>Bath closes</h1><p class="byline">By <a rel="author">Jane Doe</a></p></body>', ["authors"])
    {'authors': ['Jane Doe']}
    """
    from htmldate import find_date
    from lxml.html import HTMLParser, document_fromstring
    from trafilatura.metadata import extract_author, extract_title
    from trafilatura.settings import set_date_params

    _choose_options()  # keeps it quiet
    said: dict[str, object] = {}
    try:
        tree = document_fromstring(_drop_furniture(body).encode(), parser=HTMLParser(encoding="utf-8"))
        if "title" in missing:
            said["title"] = extract_title(tree)
        if "published" in missing:
            said["published"] = find_date(tree, **set_date_params(extensive=False))
        if "authors" in missing:
            names = map(str.strip, (extract_author(tree) or "").split(";"))
            said["authors"] = [name for name in names if " " in name]  # one word is an agency's or a user's
    except Exception:
        return {}
    return {field: value for field, value in said.items() if value}


@cache
def _choose_options() -> "Options":
    """How trafilatura is asked; made once, as it reads its settings each time."""
    from trafilatura.settings import Extractor as Options

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return Options(output_format="python", comments=False, fast=True)


def _drop_furniture(body: str) -> str:
    """The markup without elements that never hold an article, and without empty ones.

    >>> _drop_furniture('<nav><a href="/">Home</a></nav><p>One<img src="a>b"> two</p><div><i class="x"></i></div>')
    '<p>One two</p>'
    """
    pieces = []
    position = 0
    while (match := _FURNITURE_RE.search(body, position)) is not None:
        closing = f"</{match[1]}>"
        found = body.find(closing, match.end())
        if found < 0:
            break
        pieces.append(body[position : match.start()])
        position = found + len(closing)
    pieces.append(body[position:])
    body = _VOID_RE.sub("", "".join(pieces))
    for _ in range(_EMPTY_ROUNDS):
        body = _EMPTY_RE.sub("", body)
    return body
