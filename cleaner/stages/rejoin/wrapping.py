"""Text that was wrapped at a fixed width: e-mail, PDF, ``w3m -dump``."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

# Lines with spaces that are longer than this are not wrapped at a fixed width.
_WIDEST = 100
_NARROWEST = 40
_FEWEST_BREAKS = 4


def find_wrap_width(lines: Sequence[str]) -> int | None:
    """The width at which a text was wrapped, or None where it was not.

    In wrapped text most line breaks inside a block stand where the next word would not have fitted.

    >>> find_wrap_width(["The story of a day", "at the seaside."])
    """
    if has_long_line(lines):
        return None
    breaks = [(len(a), b) for a, b in pairwise(map(str.strip, lines)) if b and " " in a]
    if len(breaks) < _FEWEST_BREAKS:
        return None
    width = sorted(size for size, _ in breaks)[len(breaks) * 95 // 100]
    if width < _NARROWEST:
        return None
    full = sum(is_full(size, following, width) for size, following in breaks)
    if full >= 0.6 * len(breaks):
        return width
    # Where no blank lines stand between paragraphs, the breaks before lower case tell.
    inner = [is_full(size, following, width) for size, following in breaks if following[0].islower()]
    return width if len(inner) >= 2 * _FEWEST_BREAKS and sum(inner) >= 0.9 * len(inner) else None


def is_full(size: int, following: str, width: int) -> bool:
    """Whether the first word of the following line would not have fitted on a line of this size."""
    return size + 1 + len(following[:width].split(None, 1)[0]) > width


def has_long_line(lines: Iterable[str]) -> bool:
    """Whether some line with spaces is too long for wrapped text; a long address is not."""
    return any(len(line) > _WIDEST and " " in line.strip() for line in lines)
