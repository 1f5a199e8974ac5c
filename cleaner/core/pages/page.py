"""A page: the visible text of HTML in lines, what its markup says of each, and what an extractor took.

The visible text is the source text of the document. A page carries no tree: all that later stages may
know of the markup stands here as values.
"""

from typing import NamedTuple


class Block(NamedTuple):
    """A line of the visible text that is not blank, ``text[start:end]``, and the markup around it.

    ``path`` numbers the elements around the line, outermost first, ``body`` left out; the same number is the
    same element.
    """

    start: int
    end: int
    tag: str  # the innermost block element
    path: tuple[int, ...]
    linked: int  # how many of its characters stand in links
    strong: int  # how many stand in bold or italic
    hidden: bool  # not shown at first


class Extract(NamedTuple):
    """What an extractor took for the article: ``shares`` of every block of the page, in hundredths.

    ``failure`` says why there is none.
    """

    extractor: str
    shares: tuple[int, ...]
    failure: str | None = None


class Page(NamedTuple):
    """The visible text of HTML with its blocks; of each element in their paths its tag, and its classes and ids."""

    text: str
    blocks: tuple[Block, ...]
    tags: tuple[str, ...]
    marks: tuple[str, ...]
    title: str = ""
    conflicts: tuple[str, ...] = ()  # between what the page says of itself in one place and in another
    extract: Extract | None = None

    def block_texts(self) -> list[str]:
        """The texts of the blocks."""
        return [self.text[block.start : block.end] for block in self.blocks]

    def describe_path(self, block: Block) -> str:
        """The elements around a block as a reader of HTML writes them, the innermost last.

        >>> page = Page("One\\n", (Block(0, 3, "p", (0, 1), 0, 0, False),), ("div", "p"), ("story body", ""))
        >>> page.describe_path(page.blocks[0])
        'div.story > p'
        """
        names = []
        for element in block.path[-4:]:
            marks = self.marks[element]
            names.append(
                f"{self.tags[element]}.{marks.split(None, 1)[0]}" if marks.strip() else self.tags[element]
            )
        return " > ".join(names) or "body"
