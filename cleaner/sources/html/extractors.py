"""Whom to ask which part of a page is the article. Their answers are laid over the page's blocks."""

import logging
import re
from typing import Literal, get_args

from cleaner.core.coverage import measure_coverage
from cleaner.core.page import Extract, Page
from cleaner.sources.html.quick import extract_quickly
from cleaner.sources.html.render import drop_raw

Extractor = Literal["trafilatura", "resiliparse", "rules"]
EXTRACTORS: tuple[str, ...] = get_args(Extractor)

# Elements that trafilatura drops, too; without them it has less to search.
_FURNITURE_RE = re.compile(r"<(nav|footer|select|button|noscript|picture|video|audio)[\s>]")
_VOID_RE = re.compile(r'<(?:img|source|input|link|meta|wbr|track|col|area)\b[^>"]*(?:"[^"]*"[^>"]*)*>')


def add_extract(page: Page, markup: str, extractor: Extractor) -> Page:
    """The page with what the extractor took; as it is for ``rules``. Whatever an extractor raises is told."""
    if extractor == "rules" or not page.blocks:
        return page
    failure = None
    try:
        text = _ask_trafilatura(markup) if extractor == "trafilatura" else extract_quickly(markup)
    except Exception as error:
        text, failure = "", f"{type(error).__name__}: {error}".rstrip(": ")
    if not text and failure is None:
        failure = "found no article"
    shares = measure_coverage(page.block_texts(), text)
    return page._replace(extract=Extract(extractor, tuple(shares), failure))


def _ask_trafilatura(markup: str) -> str:
    """Its own rules without the comparison with other extractors: what they add, the page's evidence finds, too."""
    import lxml.html
    from trafilatura import bare_extraction
    from trafilatura.xml import xmltotxt

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    body = _drop_furniture(drop_raw(markup[max(0, markup.find("<body")) :]))
    parser = lxml.html.HTMLParser(encoding="utf-8")
    tree = lxml.html.document_fromstring(body.encode(), parser=parser)
    found = getattr(bare_extraction(tree, include_comments=False, fast=True), "body", None)
    return "" if found is None else str(xmltotxt(found, False))


def _drop_furniture(markup: str) -> str:
    """The markup without elements that never hold an article.

    >>> _drop_furniture('<nav><a href="/">Home</a></nav><p>One<img src="a>b"> two</p>')
    '<p>One two</p>'
    """
    pieces = []
    position = 0
    while (match := _FURNITURE_RE.search(markup, position)) is not None:
        closing = f"</{match[1]}>"
        found = markup.find(closing, match.end())
        if found < 0:
            break
        pieces.append(markup[position : match.start()])
        position = found + len(closing)
    pieces.append(markup[position:])
    return _VOID_RE.sub("", "".join(pieces))
