"""The automaton of a regular expression: a state for each character position (Glushkov's).

It says which positions can follow each other, which characters each holds (as bits), and which repeats there
are; ``backtracking`` asks it in how many ways a text can be read.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import product
from re import _constants  # type: ignore[attr-defined]
from typing import Any, NamedTuple

MANY = 10  # a repeat that may go on so often counts as unbounded
MOST_POSITIONS = 4000
MOST_EDGES = 1_000_000  # what the check itself may cost
# Membership in character sets is tried on these: Latin, Greek, Cyrillic, Arabic, Devanagari, CJK, marks.
_SPANS = (
    (0, 0x24F),
    (0x370, 0x45F),
    (0x621, 0x62F),
    (0x905, 0x915),
    (0x2000, 0x203F),
    (0x3000, 0x3051),
    (0x4E00, 0x4E10),
)
_COMMON = tuple(chr(code) for first, last in _SPANS for code in range(first, last + 1))
REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
_EMPTY = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)


class Part(NamedTuple):
    """A piece of the automaton: where it can begin and end, and whether it can be empty."""

    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    empty: bool = True


class Loop(NamedTuple):
    """A repeat over the positions from ``first`` to before ``end``, and how often it may go on."""

    first: int
    end: int
    characters: int
    most: int
    part: Part = Part()


class Automaton:
    """Positions with their character sets (as bits) and the positions that can follow them."""

    def __init__(self, alphabet: "Alphabet") -> None:
        self.sets: list[int] = []
        self.follow: list[set[int]] = []
        self.loops: list[Loop] = []
        self.first: tuple[int, ...] = ()
        self.edges = 0
        self._depth = 0
        self.is_doubled = False
        self._alphabet = alphabet

    def read(self, sequence: Iterable[Any]) -> Part:
        """Add the positions of a piece of the parse tree, in their order; reading stops where there are too many."""
        whole = Part()
        for op, argument in sequence:
            if len(self.sets) > MOST_POSITIONS:
                break
            whole = self._join(whole, self._read_node(op, argument))
        self.first = whole.first
        return whole

    def find_distance(self, before: Loop, loop: Loop) -> int | None:
        """How many characters lead from one repeat into a later one, if both hold all of them; else None."""
        held = before.characters & loop.characters
        if not self._can_go_round(loop, held) or not self._can_go_round(before, held):
            return None
        reached = set(self.first if before.first < 0 else range(before.first, before.end))
        border = {
            follower
            for state in reached
            for follower in ({state} if before.first < 0 else self.follow[state])
            if follower >= before.end and self.sets[follower] & held
        }
        distance = 0
        seen = set(border)
        while border:
            distance += 1
            if any(loop.first <= state < loop.end for state in border):
                return distance
            border = {
                follower
                for state in border
                for follower in self.follow[state]
                if state < follower < loop.end and follower not in seen and self.sets[follower] & held
            }
            seen |= border
        return None

    def _can_go_round(self, loop: Loop, held: int) -> bool:
        """Whether a repeat can go on with these characters alone."""
        if loop.end - loop.first < 2 or loop.most < MANY:
            return True
        border = {state for state in loop.part.first if self.sets[state] & held}
        reached: set[int] = set()
        while border:
            reached |= border
            border = {
                follower
                for state in border
                for follower in self.follow[state]
                if loop.first <= follower < loop.end and self.sets[follower] & held
            } - reached
        return not reached.isdisjoint(loop.part.last)

    def _read_node(self, op: Any, argument: Any) -> Part:
        if op in _EMPTY:
            return Part()
        if op is _constants.SUBPATTERN:
            return self.read(argument[3])
        if op is _constants.BRANCH:
            parts = [self.read(branch) for branch in argument[1]]
            # The parser takes what branches share out of them: (a|a)* is a and two branches that are empty.
            self.is_doubled = self.is_doubled or (self._depth > 0 and sum(part.empty for part in parts) > 1)
            return Part(
                tuple(state for part in parts for state in part.first),
                tuple(state for part in parts for state in part.last),
                any(part.empty for part in parts),
            )
        if op in REPEATS:
            return self._repeat(*argument)
        part = self._position(self._alphabet.characters((op, argument)))
        return part._replace(empty=_may_be_empty(op, argument))

    def _position(self, characters: int) -> Part:
        self.sets.append(characters)
        self.follow.append(set())
        return Part((len(self.sets) - 1,), (len(self.sets) - 1,), False)

    def _repeat(self, least: int, most: int, body: Iterable[Any]) -> Part:
        body = list(body)
        start = len(self.sets)
        if most >= MANY:
            self._depth += 1
            part = self.read(body)
            self._depth -= 1
            self._add_loop(start, most - least + 1, part)
            # What may be empty, many times over, can be cut into pieces in many ways.
            self.is_doubled = self.is_doubled or (part.empty and least > 1)
            self._link(part.last, part.first)
            return part._replace(empty=part.empty or least == 0)
        # x{1,3} is x(x(x)?)?: each copy follows the one before it, none is passed over.
        whole = copy = self.read(body) if most else Part()
        lasts = copy.last if least <= 1 else ()
        for count in range(2, most + 1):
            after = self.read(body)
            self._link(copy.last, after.first)
            copy = after
            lasts = (*lasts, *copy.last) if count >= least else lasts
        if most > least and len(self.sets) - start == most:
            self._add_loop(start, most - least + 1, whole)
        return Part(whole.first, lasts, whole.empty or least == 0)

    def _add_loop(self, start: int, most: int, part: Part) -> None:
        characters = 0
        for held in self.sets[start:]:
            characters |= held
        if characters:
            self.loops.append(Loop(start, len(self.sets), characters, most, part))

    def _join(self, before: Part, after: Part) -> Part:
        self._link(before.last, after.first)
        return Part(
            before.first + after.first if before.empty else before.first,
            before.last + after.last if after.empty else after.last,
            before.empty and after.empty,
        )

    def _link(self, sources: Sequence[int], targets: Sequence[int]) -> None:
        self.edges += len(sources) * len(targets)
        if self.edges > MOST_EDGES:
            return
        for source, target in product(sources, targets):
            # The same step by two ways: a repeat whose body is itself such a repeat.
            self.is_doubled = self.is_doubled or target in self.follow[source]
            self.follow[source].add(target)


def _may_be_empty(op: Any, argument: Any) -> bool:
    if op is _constants.ATOMIC_GROUP:
        return bool(argument.getwidth()[0] == 0)
    if op is _constants.POSSESSIVE_REPEAT:
        return bool(argument[0] == 0 or argument[2].getwidth()[0] == 0)
    return op is _constants.GROUPREF


def _flatten(sequence: Iterable[Any]) -> list[Any]:
    """A sequence with its groups dissolved; what matches no character is left out."""
    flat = []
    for op, argument in sequence:
        if op is _constants.SUBPATTERN:
            flat.extend(_flatten(argument[3]))
        elif op not in _EMPTY:
            flat.append((op, argument))
    return flat


class Alphabet:
    """Sets of characters as bits: common ones, those that the pattern names, and one bit for all others."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._ignore_case = bool(pattern.flags & re.IGNORECASE)
        named = set(pattern.pattern) | {char.swapcase() for char in pattern.pattern}
        chars = sorted({*_COMMON, *(char for char in named if len(char) == 1)})
        self._bits = {char: 1 << place for place, char in enumerate(chars)}
        self._outside = 1 << len(chars)
        self.all = (self._outside << 1) - 1

    def characters(self, node: tuple[Any, Any]) -> int:
        """All characters that a node can hold."""
        op, argument = node
        if op is _constants.LITERAL:
            return self._cased({chr(argument)})
        if op is _constants.NOT_LITERAL:
            return self.all & ~self._cased({chr(argument)})
        if op is _constants.IN:
            return self._members(argument)
        if op is _constants.BRANCH:
            inner = [node for branch in argument[1] for node in _flatten(branch)]
        elif op in REPEATS or op is _constants.POSSESSIVE_REPEAT:
            inner = _flatten(argument[2])
        elif op is _constants.ATOMIC_GROUP:
            inner = _flatten(argument)
        else:
            return self.all
        united = 0
        for member in inner:
            united |= self.characters(member)
        return united

    def _members(self, items: Iterable[Any]) -> int:
        negated = False
        found = 0
        for op, argument in items:
            if op is _constants.NEGATE:
                negated = True
            elif op is _constants.LITERAL:
                found |= self._cased({chr(argument)})
            elif op is _constants.RANGE:
                inside = {char for char in self._bits if argument[0] <= ord(char) <= argument[1]}
                found |= self._cased(inside) | (
                    self._outside if argument[1] - argument[0] > len(inside) else 0
                )
            elif op is _constants.CATEGORY:
                for char, bit in self._bits.items():
                    found |= bit if _in_category(char, argument) else 0
                narrow = argument in (_constants.CATEGORY_SPACE, _constants.CATEGORY_DIGIT)
                found |= 0 if narrow else self._outside
        return self.all & ~(found & ~self._outside) if negated else found

    def _cased(self, chars: set[str]) -> int:
        if self._ignore_case:
            chars = chars | {other for char in chars for other in (char.lower(), char.upper())}
        bits = 0
        for char in chars:
            bits |= self._bits.get(char, self._outside if len(char) == 1 else 0)
        return bits


def _in_category(char: str, category: Any) -> bool:
    name = str(category).lower()
    if "space" in name:
        inside = char.isspace()
    elif "digit" in name:
        inside = char.isdigit()
    else:
        inside = char.isalnum() or char == "_"
    return inside != ("not" in name)
