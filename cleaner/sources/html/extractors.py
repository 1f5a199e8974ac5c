"""Whom to ask which part of a page is the article. Their answers are laid over the page's blocks."""

import logging
from typing import Literal, get_args

from cleaner.core.coverage import measure_coverage
from cleaner.core.page import Extract, Page
from cleaner.sources.html.render import drop_raw

Extractor = Literal["trafilatura", "resiliparse", "rules"]
EXTRACTORS: tuple[str, ...] = get_args(Extractor)


def add_extract(page: Page, markup: str, extractor: Extractor) -> Page:
    """The page with what the extractor took; as it is for ``rules``. Whatever an extractor raises is told."""
    if extractor == "rules" or not page.blocks:
        return page
    failure = None
    try:
        text = _ask_trafilatura(markup) if extractor == "trafilatura" else _ask_resiliparse(markup)
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
    parser = lxml.html.HTMLParser(encoding="utf-8")
    tree = lxml.html.document_fromstring(drop_raw(markup).encode(), parser=parser)
    found = bare_extraction(tree, include_comments=False, fast=True)
    body = getattr(found, "body", None)
    return "" if body is None else str(xmltotxt(body, False))


def _ask_resiliparse(markup: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(markup, main_content=True, alt_texts=False, list_bullets=False))
