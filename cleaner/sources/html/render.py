"""The visible text of a page, block by block, from markup that a parser has put in order."""

import re
from html import unescape
from typing import NamedTuple

from cleaner.core.pages.page import Block, Page

# A parser's output: tags are closed, attribute values quoted, ``<`` in text is escaped.
_TOKEN_RE = re.compile(r'<(/?)([a-zA-Z][^\s>/]*)([^>"]*(?:"[^"]*"[^>"]*)*)>([^<]*)')
_MARK_RE = re.compile(r'\s(?:class|id|role|itemprop)="([^"]*)"')
_HIDDEN_RE = re.compile(r'\shidden="|\sstyle="[^"]*display:\s*none')
_SPACE_RE = re.compile(r"[ \t\n\r\f]+")
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param",
    "source", "track", "wbr",
))  # fmt: skip
_UNSEEN = frozenset((
    "audio", "canvas", "datalist", "frameset", "head", "iframe", "map", "math", "meta", "noembed",
    "noframes", "noscript", "object", "option", "script", "select", "style", "svg", "template", "textarea",
    "title", "video",
))  # fmt: skip
_TIGHT = frozenset(("br", "dd", "dt", "li", "td", "th", "tr"))
_CELLS = frozenset(("td", "th"))
_STRONG = frozenset(("b", "em", "i", "strong"))
_OUTSIDE = frozenset(("html", "body"))
_CELL = "\0"  # no parser leaves it in a text
_DEEPEST = 64  # elements around a block that are told of; the rest of an endless nest is not
_HIDDEN_PROSE = 200  # characters of paragraphs from which a hidden element is shown: a story behind a button
_PARAGRAPH = 80


def render_page(body: str) -> Page:
    """The visible text of a page's body; a block a line, blank lines between paragraphs, cells of a row parted by tabs.

    Hidden elements are left out, unless they hold paragraphs: many sites hide a story behind a button.

    >>> page = render_page("<body><h1>Bath closes</h1><ul><li>One</li><li>Two <b>b</b></li></ul></body>")
    >>> page.text
    'Bath closes\\n\\nOne\\nTwo b\\n'
    >>> [block.tag for block in page.blocks]
    ['h1', 'li', 'li']
    """
    renderer = _Renderer()
    for slash, tag, attributes, text in _TOKEN_RE.findall(body):
        if slash:
            renderer.close(tag)
        elif tag not in _VOID:
            renderer.open(tag, attributes)
        elif tag in ("br", "hr"):
            renderer.break_line(tag)
        if text:
            renderer.write(text)
    return renderer.finish()


class _Line(NamedTuple):
    """A block before it has its place in the text; ``gap`` puts a blank line before it."""

    text: str
    gap: bool
    path: tuple[int, ...]
    linked: int
    strong: int
    hidden: int  # the number of the hidden element around it, 0 for none


class _Renderer:
    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._tags: list[str] = []
        self._marks: list[str] = []
        self._stack: list[str] = []  # open elements
        self._path: list[int] = []  # numbers of the open elements that are blocks
        self._unseen = 0  # how deep in the stack an element began that is never seen, 0 for none
        self._hidden = 0  # the same of one that is hidden for now
        self._hidings = 0
        self._links = self._strongs = self._pres = 0
        self._buffer: list[str] = []
        self._linked = self._strong = 0
        self._gap = False
        self._after_link = False

    def open(self, tag: str, attributes: str) -> None:
        self._stack.append(tag)
        if self._unseen:
            return
        if tag in _UNSEEN:
            self._unseen = len(self._stack)
            return
        if "display" in attributes or "hidden" in attributes:
            self._hide(attributes)
        if tag in _INLINE:
            if tag == "a":
                self._links += 1
                if self._after_link and self._buffer:
                    self._buffer.append(" ")
            elif tag in _STRONG:
                self._strongs += 1
        elif tag not in _OUTSIDE:
            if self._buffer:
                if tag in _CELLS:
                    self._buffer.append(_CELL)
                else:
                    self._flush()
            if tag not in _TIGHT:
                self._gap = True
            self._path.append(len(self._tags))
            self._tags.append(tag)
            self._marks.append(" ".join(_MARK_RE.findall(attributes)) if attributes else "")
            if tag == "pre":
                self._pres += 1
        self._after_link = False

    def _hide(self, attributes: str) -> None:
        if not self._hidden and _HIDDEN_RE.search(attributes):
            self._flush()
            self._hidden = len(self._stack)
            self._hidings += 1

    def close(self, tag: str) -> None:
        stack = self._stack
        if not stack or (stack[-1] != tag and tag not in stack):
            return
        while stack:
            gone = stack.pop()
            self._leave(gone, len(stack))
            if gone == tag:
                break
        self._after_link = tag == "a"

    def _leave(self, tag: str, depth: int) -> None:
        """An element is over; so many are still open."""
        if self._unseen:
            if depth < self._unseen:
                self._unseen = 0
            return
        if tag in _INLINE:
            if tag == "a":
                self._links -= 1
            elif tag in _STRONG:
                self._strongs -= 1
        elif tag not in _OUTSIDE:
            if self._buffer and tag not in _CELLS:
                self._flush()
            self._path.pop()
            if tag not in _TIGHT:
                self._gap = True
            if tag == "pre":
                self._pres -= 1
        if depth < self._hidden:
            self._flush()
            self._hidden = 0

    def break_line(self, tag: str) -> None:
        if not self._unseen:
            self._flush()
            if tag == "hr":
                self._gap = True

    def write(self, text: str) -> None:
        if self._unseen or (not self._buffer and text.isspace() and text.isascii()):
            return
        if "&" in text:
            text = unescape(text)
        if self._pres and "\n" in text:
            first, *rest = text.split("\n")
            self._buffer.append(first)
            for piece in rest:
                self._flush()
                self._buffer.append(piece)
            return
        self._buffer.append(text)
        if self._links:
            self._linked += len(text)
        if self._strongs:
            self._strong += len(text)
        self._after_link = False

    def _flush(self) -> None:
        if not self._buffer:
            return
        text = "".join(self._buffer)
        self._buffer.clear()
        linked, strong, self._linked, self._strong = self._linked, self._strong, 0, 0
        if _CELL in text:
            text = "\t".join(map(collapse_spaces, text.split(_CELL))).strip("\t")
        else:
            text = collapse_spaces(text)
        if text and not text.isspace():
            hidden = self._hidings if self._hidden else 0
            path = tuple(self._path[:_DEEPEST])
            size = len(text)
            self._lines.append(_Line(text, self._gap, path, min(linked, size), min(strong, size), hidden))
            self._gap = False

    def finish(self) -> Page:
        """What was read, with its lines in their places."""
        self._flush()
        shown = self._find_shown()
        pieces: list[str] = []
        blocks: list[Block] = []
        position = 0
        for line in self._lines:
            if line.hidden not in shown:
                continue
            if pieces:
                pieces.append("\n\n" if line.gap else "\n")
                position += len(pieces[-1])
            end = position + len(line.text)
            tag = self._tags[line.path[-1]] if line.path else "body"
            blocks.append(
                Block(position, end, tag, line.path, line.linked, line.strong, hidden=line.hidden > 0)
            )
            pieces.append(line.text)
            position = end
        text = "".join(pieces) + "\n" if pieces else ""
        return Page(text, tuple(blocks), tuple(self._tags), tuple(self._marks))

    def _find_shown(self) -> set[int]:
        """0, for lines that are not hidden, and the hidden elements that hold paragraphs."""
        prose: dict[int, int] = {}
        for line in self._lines:
            if line.hidden and len(line.text) >= _PARAGRAPH and line.linked * 2 < len(line.text):
                prose[line.hidden] = prose.get(line.hidden, 0) + len(line.text)
        return {0} | {number for number, size in prose.items() if size >= _HIDDEN_PROSE}


def collapse_spaces(text: str) -> str:
    """Runs of spaces as browsers show them: one space; a no-break space is none of them."""
    return " ".join(text.split()) if text.isascii() else _SPACE_RE.sub(" ", text).strip(" ")
