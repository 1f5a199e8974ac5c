"""Can a regular expression from a rule file hang a run? Read from its parse tree before it is used.

Python's engine backtracks. Time is exponential where a repeated part can split one text in several
ways (``(a+)+``, ``(a|aa)*``), and polynomial where repeats that accept the same characters follow each
other (``.*.*.*``). The first is refused, the second is bounded: at most ``MOST_OVERLAPPING`` such
repeats, on texts of bounded length. The check is conservative: it refuses some patterns that would be
harmless. Where a repeated part holds a character that the rest of it cannot contain, at a fixed
distance from its beginning or end, each text splits in one way only, and it is accepted; so are
atomic groups ``(?>...)`` and possessive repeats ``x++``, which the engine never re-enters.

The idea of ambiguity as the cause is from Weideman et al., "Analyzing Matching Time Behavior of
Backtracking Regular Expression Matchers by Using Ambiguity of NFA" (2016).
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

MANY = 10  # a repeat that may go on so often counts as unbounded
MOST_OVERLAPPING = 3
# Membership in character sets is tried on these: Latin, Greek, Cyrillic, Arabic, Devanagari, CJK, marks.
_ALPHABET = tuple(
    chr(code)
    for first, last in (
        (0, 0x24F),
        (0x370, 0x45F),
        (0x621, 0x62F),
        (0x905, 0x915),
        (0x2010, 0x203F),
        (0x3041, 0x3051),
        (0x4E00, 0x4E10),
    )
    for code in range(first, last + 1)
)
_ALL = frozenset(_ALPHABET)
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
# What the engine never re-enters: (?>...) and x++.
_ATOMIC = (_constants.ATOMIC_GROUP, _constants.POSSESSIVE_REPEAT)


def find_risk(pattern: re.Pattern[str]) -> str | None:
    """Why a pattern could take forever, None if it could not.

    >>> find_risk(re.compile(r"(?:\\w+\\s?)+!"))
    'a repeat inside a repeat can split a text in many ways'
    >>> find_risk(re.compile(r"\\w+(?:, \\w+)* and more"))
    """
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    ignore_case = bool(pattern.flags & re.IGNORECASE)
    return _risk_in(list(tree), ignore_case)


def _risk_in(sequence: Sequence[Any], ignore_case: bool) -> str | None:
    for op, argument in sequence:
        for part in _parts(op, argument):
            risk = _risk_in(part, ignore_case)
            if risk:
                return risk
        if op in _REPEATS and argument[1] >= MANY:
            body = _flatten(argument[2])
            if not _splits_one_way(body, ignore_case):
                return "a repeat inside a repeat can split a text in many ways"
    if _longest_overlap(_flatten(sequence), ignore_case) > MOST_OVERLAPPING:
        return f"more than {MOST_OVERLAPPING} repeats that accept the same characters follow each other"
    return None


def _parts(op: Any, argument: Any) -> list[list[Any]]:
    """The sequences inside one node."""
    if op is _constants.SUBPATTERN:
        return [list(argument[3])]
    if op in _REPEATS or op is _constants.POSSESSIVE_REPEAT:
        return [list(argument[2])]
    if op is _constants.ATOMIC_GROUP:
        return [list(argument)]
    if op is _constants.BRANCH:
        return [list(branch) for branch in argument[1]]
    if op in (_constants.ASSERT, _constants.ASSERT_NOT):
        return [list(argument[1])]
    if op is _constants.GROUPREF_EXISTS:
        return [list(part) for part in argument[1:] if part is not None]
    return []


def _flatten(sequence: Iterable[Any]) -> list[Any]:
    """A sequence with its groups dissolved; what matches no character is left out."""
    flat = []
    for op, argument in sequence:
        if op is _constants.SUBPATTERN:
            flat.extend(_flatten(argument[3]))
        elif op not in (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT):
            flat.append((op, argument))
    return flat


def _splits_one_way(body: Sequence[Any], ignore_case: bool) -> bool:
    """Whether a run of repetitions of ``body`` can be cut into them in only one way."""
    if not body:
        return False
    if len(body) == 1 and body[0][0] is _constants.BRANCH:
        return _branches_are_a_code(body[0][1][1], ignore_case)
    if all(_is_fixed(op, argument) for op, argument in body):
        return True
    sets = [_characters(node, ignore_case) for node in body]
    fixed = [_is_fixed(*node) for node in body]
    for place, own in enumerate(sets):
        certain = fixed[place] and body[place][0] not in (*_REPEATS, *_ATOMIC)
        others = frozenset().union(*sets[:place], *sets[place + 1 :])
        if certain and not own & others and (all(fixed[:place]) or all(fixed[place + 1 :])):
            return True
    return False


def _branches_are_a_code(branches: Sequence[Any], ignore_case: bool) -> bool:
    """Branches of which none is the beginning of another: their runs can be read in one way only."""
    texts = []
    for branch in branches:
        nodes = _flatten(branch)
        if not nodes or not all(op is _constants.LITERAL for op, _ in nodes):
            firsts = [_characters(_flatten(b)[0], ignore_case) if _flatten(b) else _ALL for b in branches]
            apart = all(not a & b for n, a in enumerate(firsts) for b in firsts[:n])
            return apart and all(_splits_one_way(_flatten(b), ignore_case) for b in branches)
        texts.append("".join(chr(code) for _, code in nodes).casefold())
    return all(not longer.startswith(shorter) for shorter, longer in pairwise(sorted(texts)))


def _is_fixed(op: Any, argument: Any) -> bool:
    """Whether a node matches texts of one length, or in one way only (atomic groups, possessive repeats)."""
    if op in _REPEATS:
        return bool(argument[0] == argument[1]) and all(_is_fixed(*node) for node in _flatten(argument[2]))
    return op in (*_ATOMIC, _constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY)


def _longest_overlap(sequence: Sequence[Any], ignore_case: bool) -> int:
    """How many long repeats follow each other that accept common characters, whatever stands between."""
    longest = 0
    open_sets: list[frozenset[str]] = []
    for op, argument in sequence:
        characters = _characters((op, argument), ignore_case)
        if op in _REPEATS and argument[1] >= MANY:
            open_sets = [held & characters for held in open_sets if held & characters]
            open_sets.append(characters)
            longest = max(longest, len(open_sets))
        elif not _may_be_empty(op, argument):
            # A character that a repeat cannot contain ends it for good.
            open_sets = [held for held in open_sets if held & characters]
    return longest


def _may_be_empty(op: Any, argument: Any) -> bool:
    if op in _REPEATS:
        return bool(argument[0] == 0)
    if op in _ATOMIC:
        return True
    if op is _constants.BRANCH:
        return any(all(_may_be_empty(*node) for node in _flatten(branch)) for branch in argument[1])
    return op is _constants.GROUPREF


def _characters(node: tuple[Any, Any], ignore_case: bool) -> frozenset[str]:
    """All characters, of the alphabet that is tried, that a node can hold."""
    op, argument = node
    if op is _constants.LITERAL:
        return _cased({chr(argument)}, ignore_case)
    if op is _constants.NOT_LITERAL:
        return _ALL - _cased({chr(argument)}, ignore_case)
    if op is _constants.IN:
        return _members(argument, ignore_case)
    if op in _REPEATS or op is _constants.POSSESSIVE_REPEAT:
        return frozenset().union(*(_characters(node, ignore_case) for node in _flatten(argument[2])))
    if op is _constants.ATOMIC_GROUP:
        return frozenset().union(*(_characters(node, ignore_case) for node in _flatten(argument)))
    if op is _constants.BRANCH:
        nodes = [node for branch in argument[1] for node in _flatten(branch)]
        return frozenset().union(*(_characters(node, ignore_case) for node in nodes))
    return _ALL


def _members(items: Iterable[Any], ignore_case: bool) -> frozenset[str]:
    negated = False
    found: set[str] = set()
    for op, argument in items:
        if op is _constants.NEGATE:
            negated = True
        elif op is _constants.LITERAL:
            found.add(chr(argument))
        elif op is _constants.RANGE:
            found.update(char for char in _ALPHABET if argument[0] <= ord(char) <= argument[1])
        elif op is _constants.CATEGORY:
            found.update(char for char in _ALPHABET if _in_category(char, argument))
    cased = _cased(found, ignore_case)
    return _ALL - cased if negated else cased


def _in_category(char: str, category: Any) -> bool:
    name = str(category).lower()
    inside = (
        char.isspace()
        if "space" in name
        else char.isdigit()
        if "digit" in name
        else char.isalnum() or char == "_"
    )
    return inside != ("not" in name)


def _cased(chars: Iterable[str], ignore_case: bool) -> frozenset[str]:
    found = set(chars)
    if ignore_case:
        found |= {other for char in found for other in (char.lower(), char.upper()) if len(other) == 1}
    return frozenset(found)
