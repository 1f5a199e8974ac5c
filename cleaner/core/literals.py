"""What a regular expression must begin with or contain, read from its parse tree.

The matcher uses it to skip patterns that cannot match. Every answer errs on the side of trying:
``None`` means "cannot be told". The parse tree is an internal of :mod:`re`; where its shape is
unknown the answer is ``None``, too.
"""

import re
from collections.abc import Iterable
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

from cleaner.core.text import fold, fold_case

_LARGEST_RANGE = 64


def initial(text: str) -> str:
    """The first character of a text, folded so that all that IGNORECASE holds equal are equal.

    >>> initial("Share"), initial("\u0130stanbul"), initial("")
    ('s', 'i', '')
    """
    return fold_case(text[:1])[:1]


def initials(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """The folded first characters of all that a pattern can match at its start, None if not few.

    >>> sorted(initials(re.compile("(?:sign up|Join us) now")))
    ['j', 's']
    >>> initials(re.compile(".* now"))
    """
    found, may_be_empty = _initials(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    return None if may_be_empty else found


def _initials(sequence: Iterable[Any]) -> tuple[frozenset[str] | None, bool]:
    """The initials of a sequence and whether it can match nothing."""
    found: frozenset[str] = frozenset()
    for op, argument in sequence:
        if op in (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT):
            continue
        some, may_be_empty = _initials_of(op, argument)
        if some is None:
            return None, False
        found |= some
        if not may_be_empty:
            return found, False
    return found, True


def _initials_of(op: Any, argument: Any) -> tuple[frozenset[str] | None, bool]:
    if op is _constants.LITERAL:
        return frozenset({initial(chr(argument))}), False
    if op is _constants.IN:
        return _members(argument), False
    if op is _constants.SUBPATTERN:
        return _initials(argument[3])
    if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        some, may_be_empty = _initials(argument[2])
        return some, may_be_empty or argument[0] == 0
    if op is _constants.BRANCH:
        union: frozenset[str] = frozenset()
        empty = False
        for branch in argument[1]:
            some, may_be_empty = _initials(branch)
            if some is None:
                return None, False
            union, empty = union | some, empty or may_be_empty
        return union, empty
    return None, False


def _members(items: Iterable[Any]) -> frozenset[str] | None:
    chars: set[str] = set()
    for op, argument in items:
        if op is _constants.LITERAL:
            chars.add(initial(chr(argument)))
        elif op is _constants.RANGE and argument[1] - argument[0] < _LARGEST_RANGE:
            chars.update(initial(chr(code)) for code in range(argument[0], argument[1] + 1))
        else:
            return None
    return frozenset(chars)


def required_literals(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Folded strings of which every match contains at least one; None where there are none.

    >>> sorted(required_literals(re.compile(r"(?:sign up|join us) (?:now|today) to \\w+")))
    ['join us', 'sign up']
    """
    return _required(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))


def _required(sequence: Iterable[Any]) -> frozenset[str] | None:
    candidates: list[frozenset[str]] = []
    run = ""
    for op, argument in [*sequence, (None, None)]:
        if op is _constants.LITERAL and chr(argument).casefold() == chr(argument).lower():
            run += fold_case(chr(argument))
            continue
        literal = fold(run)
        if len(literal) > 1:
            candidates.append(frozenset({literal}))
        run = ""
        some: frozenset[str] | None = None
        if op is _constants.SUBPATTERN:
            some = _required(argument[3])
        elif op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and argument[0] > 0:
            some = _required(argument[2])
        elif op is _constants.BRANCH:
            branches = [_required(branch) for branch in argument[1]]
            if all(branch is not None for branch in branches):
                some = frozenset().union(*(branch for branch in branches if branch is not None))
        if some:
            candidates.append(some)
    return max(candidates, key=lambda some: min(map(len, some)), default=None)
