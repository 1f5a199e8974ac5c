"""A regular expression of a rule, compiled when it is first needed.

Most documents need few of the patterns of all packs, and compiling takes most of the time of a start.
A pickled expression is its source, so that a cleaner travels to workers cheaply.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NoReturn


class Regex:
    """The source and flags of a pattern; behaves as the compiled pattern where matchers ask.

    >>> Regex("share (?P<where>.+)", re.IGNORECASE).fullmatch("Share it")["where"]
    'it'
    """

    __slots__ = ("_compiled", "flags", "pattern")

    pattern: str
    flags: int
    _compiled: re.Pattern[str] | None

    def __init__(self, pattern: str, flags: int = 0) -> None:
        object.__setattr__(self, "pattern", pattern)
        object.__setattr__(self, "flags", int(flags))
        object.__setattr__(self, "_compiled", None)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{name}: a Regex does not change")

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern as :mod:`re` compiles it."""
        compiled = self._compiled
        if compiled is None:
            compiled = re.compile(self.pattern, self.flags)
            object.__setattr__(self, "_compiled", compiled)
        return compiled

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A match of the whole text."""
        return self.compiled.fullmatch(text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return self.compiled.search(text)

    def finditer(self, text: str, *bounds: int) -> Iterator[re.Match[str]]:
        """All matches in a text, or between two places of it."""
        return self.compiled.finditer(text, *bounds)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Regex) and (self.pattern, self.flags) == (other.pattern, other.flags)

    def __hash__(self) -> int:
        return hash((self.pattern, self.flags))

    def __repr__(self) -> str:
        return f"Regex({self.pattern!r}, {self.flags})"

    def __reduce__(self) -> tuple[type["Regex"], tuple[str, int]]:
        return Regex, (self.pattern, self.flags)


def match_whole(patterns: Iterable[Regex], text: str) -> re.Match[str] | None:
    """The match of the first pattern that matches the whole text."""
    for pattern in patterns:
        match = pattern.compiled.fullmatch(text)
        if match:
            return match
    return None
