"""Can a regular expression from a rule file hang a run? Read from its parse tree before it is used.

Python's engine backtracks. Its time is exponential where a repeated part can read one text in two ways
(``(a+)+``, ``(a|aa)*``), and polynomial where repeats that accept the same characters follow each other
(``.*.*.*``). The first is refused, the second is bounded: by the number of ways on texts of bounded length.

For the first the pattern becomes an automaton with a state for each character position (Glushkov's), and
two copies of it read the same text: if they can part and meet again on a way round a loop, there are two
ways to read it (Weideman et al. 2016, "Analyzing Matching Time Behavior of Backtracking Regular Expression
Matchers by Using Ambiguity of NFA"). For the second the longest chain of repeats is sought that share their
characters with all that stands between them. A repeat of ten or more counts as unbounded; atomic groups ``(?>...)``
and possessive repeats ``x++`` are never re-entered and count as one position.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

MANY = 10  # a repeat that may go on so often counts as unbounded
LONGEST_TEXT = 1200  # code points that a pattern is tried on: 40 words of 30 letters
MOST_WAYS = 200_000_000
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
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
_ATOMIC = (_constants.ATOMIC_GROUP, _constants.POSSESSIVE_REPEAT)
_EMPTY = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)


def find_risk(pattern: re.Pattern[str], *, longest: int = LONGEST_TEXT, anywhere: bool = False) -> str | None:
    """Why a pattern could take forever on texts of ``longest`` code points, None if it could not.

    ``anywhere``: it is searched from every place of the text, as the pattern of a span is.

    >>> find_risk(re.compile(r"(?:\\w+\\s?)+!"))
    'a repeated part can read one text in two ways'
    >>> find_risk(re.compile(r"\\w+(?:, \\w+)* and more"))
    """
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    alphabet = _Alphabet(pattern)
    parts = [(tree, longest if anywhere else 1), *((inner, longest) for inner in _inner_trees(tree))]
    for part, starts in parts:
        automaton = _Automaton(alphabet)
        automaton.read(part)
        if len(automaton.sets) > MOST_POSITIONS or automaton.edges > MOST_EDGES:
            return "more alternatives than can be checked; say it in simpler parts"
        if automaton.is_doubled or _has_two_ways(automaton):
            return "a repeated part can read one text in two ways"
        if _count_ways(automaton, longest, starts) > MOST_WAYS:
            return "too many repeats that accept the same characters follow each other"
    return None


class _Part(NamedTuple):
    """A piece of the automaton: where it can begin and end, and whether it can be empty."""

    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    empty: bool = True


class _Loop(NamedTuple):
    """A repeat over the positions from ``first`` to before ``end``, and how often it may go on."""

    first: int
    end: int
    characters: int
    most: int
    part: _Part = _Part()


class _Automaton:
    """Positions with their character sets (as bits) and the positions that can follow them."""

    def __init__(self, alphabet: "_Alphabet") -> None:
        self.sets: list[int] = []
        self.follow: list[set[int]] = []
        self.loops: list[_Loop] = []
        self.first: tuple[int, ...] = ()
        self.edges = 0
        self._depth = 0
        self.is_doubled = False
        self._alphabet = alphabet

    def read(self, sequence: Iterable[Any]) -> _Part:
        whole = _Part()
        for op, argument in sequence:
            if len(self.sets) > MOST_POSITIONS:
                break
            whole = self._join(whole, self._read_node(op, argument))
        self.first = whole.first
        return whole

    def find_distance(self, before: _Loop, loop: _Loop) -> int | None:
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

    def _can_go_round(self, loop: _Loop, held: int) -> bool:
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

    def _read_node(self, op: Any, argument: Any) -> _Part:
        if op in _EMPTY:
            return _Part()
        if op is _constants.SUBPATTERN:
            return self.read(argument[3])
        if op is _constants.BRANCH:
            parts = [self.read(branch) for branch in argument[1]]
            # The parser takes what branches share out of them: (a|a)* is a and two branches that are empty.
            self.is_doubled = self.is_doubled or (self._depth > 0 and sum(part.empty for part in parts) > 1)
            return _Part(
                tuple(state for part in parts for state in part.first),
                tuple(state for part in parts for state in part.last),
                any(part.empty for part in parts),
            )
        if op in _REPEATS:
            return self._repeat(*argument)
        part = self._position(self._alphabet.characters((op, argument)))
        return part._replace(empty=_may_be_empty(op, argument))

    def _position(self, characters: int) -> _Part:
        self.sets.append(characters)
        self.follow.append(set())
        return _Part((len(self.sets) - 1,), (len(self.sets) - 1,), False)

    def _repeat(self, least: int, most: int, body: Iterable[Any]) -> _Part:
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
        whole = copy = self.read(body) if most else _Part()
        lasts = copy.last if least <= 1 else ()
        for count in range(2, most + 1):
            after = self.read(body)
            self._link(copy.last, after.first)
            copy = after
            lasts = (*lasts, *copy.last) if count >= least else lasts
        if most > least and len(self.sets) - start == most:
            self._add_loop(start, most - least + 1, whole)
        return _Part(whole.first, lasts, whole.empty or least == 0)

    def _add_loop(self, start: int, most: int, part: _Part) -> None:
        characters = 0
        for held in self.sets[start:]:
            characters |= held
        if characters:
            self.loops.append(_Loop(start, len(self.sets), characters, most, part))

    def _join(self, before: _Part, after: _Part) -> _Part:
        self._link(before.last, after.first)
        return _Part(
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


def _has_two_ways(automaton: _Automaton) -> bool:
    """Whether two readings of one text can part at a position and both come back to it."""
    pairs: dict[tuple[int, int], list[tuple[int, int]]] = {}
    queue = [(state, state) for state in range(len(automaton.sets))]
    tried = 0
    while queue:
        pair = queue.pop()
        if pair in pairs:
            continue
        tried += len(automaton.follow[pair[0]]) * len(automaton.follow[pair[1]])
        if tried > MOST_EDGES * 10:
            return True
        pairs[pair] = [
            (a, b)
            for a in automaton.follow[pair[0]]
            for b in automaton.follow[pair[1]]
            if automaton.sets[a] & automaton.sets[b]
        ]
        queue.extend(pairs[pair])
        if len(pairs) > MOST_POSITIONS * 20:
            return True
    apart = [pair for pair in pairs if pair[0] != pair[1]]
    if not apart:
        return False
    component = _components(pairs)
    together = {component[pair] for pair in pairs if pair[0] == pair[1]}
    return any(component[pair] in together for pair in apart)


def _components(graph: dict[tuple[int, int], list[tuple[int, int]]]) -> dict[tuple[int, int], int]:
    """The strongly connected component of each node (Kosaraju, without recursion)."""
    order: list[tuple[int, int]] = []
    seen: set[tuple[int, int]] = set()
    for root in graph:
        stack = [(root, iter(graph[root]))] if root not in seen else []
        seen.add(root)
        while stack:
            node, targets = stack[-1]
            for target in targets:
                if target not in seen:
                    seen.add(target)
                    stack.append((target, iter(graph[target])))
                    break
            else:
                order.append(node)
                stack.pop()
    back: dict[tuple[int, int], list[tuple[int, int]]] = {node: [] for node in graph}
    for node, targets_of in graph.items():
        for target in targets_of:
            back[target].append(node)
    component: dict[tuple[int, int], int] = {}
    for number, root in enumerate(reversed(order)):
        todo = [root]
        while todo:
            node = todo.pop()
            if node not in component:
                component[node] = number
                todo.extend(back[node])
    return component


def _count_ways(automaton: _Automaton, longest: int, starts: int) -> float:
    """In how many ways repeats that follow each other can share out a text of ``longest`` code points.

    Two repeats share a text where one leads to the other through characters that both hold. Along a chain of
    such repeats the ways multiply; where the repeats are without end only their order is left to choose.
    """
    most = 1.0
    best: list[tuple[float, int]] = []
    heads = [_Loop(-1, 0, -1, starts)] if starts > 1 else []
    loops = [*heads, *sorted(automaton.loops, key=lambda loop: (loop.first, loop.end))]
    for place, loop in enumerate(loops):
        own = min(longest, loop.most)
        ways, depth = float(own), 1
        for earlier in range(place):
            before = loops[earlier]
            if before.end > loop.first or best[earlier][0] * own <= ways:
                continue
            distance = automaton.find_distance(before, loop)
            if distance is not None:
                chain, length = best[earlier]
                endless = min(length + 1, 6) if own == longest else 1
                # What both hold is at least as long as what lies between them: so many fewer places to part at.
                shared = chain * max(1, own / distance) / endless
                if shared > ways:
                    ways, depth = shared, length + (own == longest)
        best.append((ways, depth))
        most = max(most, ways)
    return most


def _inner_trees(sequence: Iterable[Any]) -> Iterator[Any]:
    """What stands in look-arounds and atomic parts: each is searched by itself."""
    for op, argument in sequence:
        if op in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield argument[1]
            yield from _inner_trees(argument[1])
        elif op is _constants.ATOMIC_GROUP:
            yield argument
            yield from _inner_trees(argument)
        elif op is _constants.POSSESSIVE_REPEAT:
            yield [(_constants.MAX_REPEAT, argument)]
            yield from _inner_trees(argument[2])
        elif op in _REPEATS:
            yield from _inner_trees(argument[2])
        elif op is _constants.SUBPATTERN:
            yield from _inner_trees(argument[3])
        elif op is _constants.BRANCH:
            for branch in argument[1]:
                yield from _inner_trees(branch)


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


class _Alphabet:
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
        elif op in _REPEATS or op is _constants.POSSESSIVE_REPEAT:
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
