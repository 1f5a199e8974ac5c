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
from collections.abc import Iterable, Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

from cleaner.core.patterns.automaton import MOST_EDGES, MOST_POSITIONS, REPEATS, Alphabet, Automaton, Loop

LONGEST_TEXT = 1200  # code points that a pattern is tried on: 40 words of 30 letters
MOST_WAYS = 200_000_000


def find_risk(pattern: re.Pattern[str], *, longest: int = LONGEST_TEXT, anywhere: bool = False) -> str | None:
    """Why a pattern could take forever on texts of ``longest`` code points, None if it could not.

    ``anywhere``: it is searched from every place of the text, as the pattern of a span is.

    >>> find_risk(re.compile(r"(?:\\w+\\s?)+!"))
    'a repeated part can read one text in two ways'
    >>> find_risk(re.compile(r"\\w+(?:, \\w+)* and more"))
    """
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    alphabet = Alphabet(pattern)
    parts = [(tree, longest if anywhere else 1), *((inner, longest) for inner in _inner_trees(tree))]
    for part, starts in parts:
        automaton = Automaton(alphabet)
        automaton.read(part)
        if len(automaton.sets) > MOST_POSITIONS or automaton.edges > MOST_EDGES:
            return "more alternatives than can be checked; say it in simpler parts"
        if automaton.is_doubled or _has_two_ways(automaton):
            return "a repeated part can read one text in two ways"
        if _count_ways(automaton, longest, starts) > MOST_WAYS:
            return "too many repeats that accept the same characters follow each other"
    return None


def _has_two_ways(automaton: Automaton) -> bool:
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


def _count_ways(automaton: Automaton, longest: int, starts: int) -> float:
    """In how many ways repeats that follow each other can share out a text of ``longest`` code points.

    Two repeats share a text where one leads to the other through characters that both hold. Along a chain of
    such repeats the ways multiply; where the repeats are without end only their order is left to choose.
    """
    most = 1.0
    best: list[tuple[float, int]] = []
    heads = [Loop(-1, 0, -1, starts)] if starts > 1 else []
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
        elif op in REPEATS:
            yield from _inner_trees(argument[2])
        elif op is _constants.SUBPATTERN:
            yield from _inner_trees(argument[3])
        elif op is _constants.BRANCH:
            for branch in argument[1]:
                yield from _inner_trees(branch)
