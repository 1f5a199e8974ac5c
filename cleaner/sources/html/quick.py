"""The quick extractor: resiliparse writes the page's text with a few tags, and the quick judge goes through its lines."""

import re
from collections.abc import Iterator
from html import unescape

from cleaner.core.pages.quick_judge import QuickLine, QuickWeights, judge_lines

_LINK_RE = re.compile(r'<a href="[^"]*">')
# A line of links and nothing else, in a list or not.
_MENU_RE = re.compile(
    r'^ *(?:<[ou]l>|(?:<li>)?(?:<a href="[^"]*">[^<]*</a> *)+(?:</li>|<br>)?|</[ou]l>)$\n?', re.MULTILINE
)
_BLOCK_RE = re.compile(r"</?(?:p|h[1-6]|li|pre|[ou]l|br)>")
_BEGIN_RE = re.compile(r"\s*<(p|h[1-6]|li|pre)>")
_KINDS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "p": 7, "li": 8, "pre": 9}
_OPEN, _CLOSE = "\x01", "\x02"


def extract_quickly(html: str, weights: QuickWeights | None = None) -> str:
    """The article of a page as text; ``weights`` are those that ship.

    >>> story = "The council met on Tuesday evening and voted, by nine to four, to close the old bath. "
    >>> extract_quickly(f"<nav><a href='/'>Home</a></nav><article><p>{story * 3}</p></article>") == (story * 3).strip()
    True
    """
    if weights is None:
        from cleaner.weights.pages import load_quick_weights

        weights = load_quick_weights()
    lines = read_quick_lines(html)
    if not lines:
        return ""
    return "\n".join(
        line.text for line, taken in zip(lines, judge_lines(lines, weights), strict=True) if taken
    )


def read_quick_lines(html: str) -> list[QuickLine]:
    """The lines of a page with their tag and links, without lines that are nothing but links.

    >>> read_quick_lines("<a href='/'>Home</a><h1>Bath closes</h1><p>The <a href='/b'>bath</a> closes.</p>")
    [QuickLine(text='Bath closes', kind=1, linked=0), QuickLine(text='The bath closes.', kind=7, linked=4)]
    """
    from resiliparse.extract.html2text import extract_plain_text

    written = extract_plain_text(html, preserve_formatting="minimal_html", links=True, alt_texts=False)
    return list(_read_lines(_LINK_RE.sub(_OPEN, _MENU_RE.sub("", str(written)).replace("</a>", _CLOSE))))


def _read_lines(written: str) -> Iterator[QuickLine]:
    for line in written.split("\n"):
        kind = linked = 0
        if "<" in line:
            match = _BEGIN_RE.match(line)
            kind = _KINDS[match[1]] if match else 0
            line = _BLOCK_RE.sub("", line)
        if _OPEN in line:
            first, *links = line.split(_OPEN)
            linked = sum(link.find(_CLOSE) if _CLOSE in link else len(link) for link in links)
            line = first + "".join(links)
        text = line.replace(_CLOSE, "").strip()
        if text:
            yield QuickLine(unescape(text) if "&" in text else text, kind, linked)
