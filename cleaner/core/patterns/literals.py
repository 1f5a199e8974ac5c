"""What a regular expression must begin with or contain, read from its parse tree.

The matcher uses it to skip patterns that cannot match. Every answer errs on the side of trying:
``None`` means "cannot be told". The parse tree is an internal of :mod:`re`; where its shape is
unknown the answer is ``None``, too.
"""

import re
from collections.abc import Iterable
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from cleaner.core.patterns.regex import Regex
from cleaner.core.text import fold, fold_case

_LARGEST_RANGE = 64


def initial(text: str) -> str:
    """The first character of a text, folded so that all that IGNORECASE holds equal are equal.

    >>> initial("Share"), initial("\u0130stanbul"), initial("")
    ('s', 'i', '')
    """
    return fold_case(text[:1])[:1]


class Needs(NamedTuple):
    """The folded ``initials`` of all that a pattern can match, and ``literals`` of which every match holds one.

    None where there are none, or not few. ``digit``: every match holds a digit.
    """

    initials: frozenset[str] | None
    literals: frozenset[str] | None
    digit: bool


def read_needs(pattern: Regex | re.Pattern[str]) -> Needs:
    r"""What a pattern needs.

    >>> needs = read_needs(Regex(r"(?:sign up|join us) (?:now|today) to \w+"))
    >>> sorted(needs.initials), sorted(needs.literals)
    (['j', 's'], ['join us', 'sign up'])
    >>> read_needs(Regex(".*"))
    Needs(initials=None, literals=None, digit=False)
    """
    tree = list(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    found, may_be_empty = _initials(tree)
    return Needs(None if may_be_empty else found, _required(tree), _needs_digit(tree))


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


def _required(sequence: Iterable[Any]) -> frozenset[str] | None:
    candidates: list[frozenset[str]] = []
    run = ""
    for op, argument in [*map(_as_literal, sequence), (None, None)]:
        if op is _constants.LITERAL and chr(argument).casefold() == chr(argument).lower():
            run += fold_case(chr(argument))
            continue
        literal = fold(run)
        if len(literal) > 1 or not literal.isascii():
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


def _as_literal(node: tuple[Any, Any]) -> tuple[Any, Any]:
    """A set that holds one letter in both cases, ``[Ss]``, as that letter."""
    op, argument = node
    if op is _constants.IN and all(kind is _constants.LITERAL for kind, _ in argument):
        letters = {fold_case(chr(code)) for _, code in argument}
        if len(letters) == 1 and len(next(iter(letters))) == 1:
            return _constants.LITERAL, ord(letters.pop())
    return node


def _needs_digit(sequence: Iterable[Any]) -> bool:
    """Whether no text without a digit can match."""
    for op, argument in sequence:
        if op is _constants.LITERAL:
            found = chr(argument).isdigit()
        elif op is _constants.IN:
            found = all(_is_digit(item) for item in argument)
        elif op is _constants.SUBPATTERN:
            found = _needs_digit(argument[3])
        elif op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            found = argument[0] > 0 and _needs_digit(argument[2])
        elif op is _constants.BRANCH:
            found = all(_needs_digit(branch) for branch in argument[1])
        else:
            found = op is _constants.ATOMIC_GROUP and _needs_digit(argument)
        if found:
            return True
    return False


def _is_digit(item: tuple[Any, Any]) -> bool:
    op, argument = item
    if op is _constants.RANGE:
        return chr(argument[0]).isdigit() and chr(argument[1]).isdigit() and argument[1] - argument[0] < 10
    return argument is _constants.CATEGORY_DIGIT or (op is _constants.LITERAL and chr(argument).isdigit())
