"""HTML as it comes, put in order by a parser: tags closed, attribute values quoted, entities where they belong."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.errors import UnreadableError
from cleaner.sources.decode import Decoded, decode

_CHARSET_RE = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_SURROGATE_RE = re.compile("[\ud800-\udfff]")
_RAW_RE = re.compile(r"<(?:!--|(script|style|iframe|noembed|noframes|svg)[\s>])")
_HEAD = 4096  # bytes in which a page names its charset


def decode_page(content: bytes, declared: str | None = None) -> Decoded:
    """The bytes of a page as text; its own ``meta charset`` counts where ``declared`` says nothing.

    Both give way to a byte order mark and to UTF-8, which proves itself: many pages name a wrong charset.

    >>> decode_page(b'<meta charset="koi8-r"><p>\\xf0\\xd2\\xc9').text[-3:]
    '\u041f\u0440\u0438'
    """
    found = _CHARSET_RE.search(content[:_HEAD])
    return decode(content, declared or (found[1].decode("ascii", "replace") if found else None))


class Parts(NamedTuple):
    """Markup in order: its head and its body without scripts, styles and comments, and its linked data."""

    head: str
    body: str
    data: tuple[str, ...]


def split_markup(markup: str) -> Parts:
    """The parts of a page whose markup is in order.

    >>> split_markup("<html><head><title>Bath</title></head><body><p>One<!-- two --></p></body></html>").body
    '<body><p>One</p></body></html>'
    """
    plain = drop_raw(markup)
    start = max(0, plain.find("<body"))
    return Parts(plain[:start] or plain, plain[start:], tuple(find_data(markup)))


def order_markup(html: str) -> str:
    """The page as its parser understands it.

    Broken markup is mended as browsers do; where the fast parser fails, BeautifulSoup reads it. Raises
    UnreadableError where both fail.

    >>> order_markup("<p>One<p>Two<b>!")
    '<html><head></head><body><p>One</p><p>Two<b>!</b></p></body></html>'
    """
    try:
        html.encode()
    except UnicodeEncodeError:
        html = _SURROGATE_RE.sub("\N{REPLACEMENT CHARACTER}", html)
    html = html.replace("\0", "")
    for parse in (_parse_fast, _parse_tolerantly):
        try:
            return parse(html)
        except Exception as error:
            problem = error
    raise UnreadableError("html", f"cannot be parsed: {type(problem).__name__}: {problem}")


def _parse_fast(html: str) -> str:
    from resiliparse.parse.html import HTMLTree

    document = HTMLTree.parse(html).document
    return str(document.html) if document is not None else ""


def _parse_tolerantly(html: str) -> str:
    from bs4 import BeautifulSoup

    return str(BeautifulSoup(html, "html.parser"))


def find_data(markup: str) -> Iterator[str]:
    """The contents of the scripts that hold linked data (JSON-LD).

    >>> list(find_data('<script type="application/ld+json">{"a": 1}</script><script>b()</script>'))
    ['{"a": 1}']
    """
    position = 0
    while (start := markup.find("application/ld+json", position)) >= 0:
        position = start + 1
        opening = markup.rfind("<", 0, start)
        begin = markup.find(">", start)
        end = markup.find("</script>", begin)
        if markup.startswith("<script", opening) and 0 <= begin < end:
            yield markup[begin + 1 : end]


def drop_raw(markup: str) -> str:
    """The markup without comments and without what is no markup between its tags: there ``<`` is not escaped.

    >>> drop_raw("<p>One<!-- <p> --><script>if (a<b) {}</script> two</p>")
    '<p>One two</p>'
    """
    pieces = []
    position = 0
    while (match := _RAW_RE.search(markup, position)) is not None:
        pieces.append(markup[position : match.start()])
        closing = f"</{match[1]}>" if match[1] else "-->"
        found = markup.find(closing, match.end())
        position = found + len(closing) if found >= 0 else len(markup)
    pieces.append(markup[position:])
    return "".join(pieces)
