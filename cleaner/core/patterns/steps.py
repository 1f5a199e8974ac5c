"""How many steps a regular expression takes on a text, counted, so that slow ones are told without a clock.

Python's engine does not say how long it searched. A small machine here walks the same way through the same
parse tree, with the same order of choices, and counts. It is made for the check of rules, not for matching.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from cleaner.core.patterns.regex import Regex

MOST_STEPS = 250_000  # on one hostile text; where a pattern takes more, the count stops
LONG = 100  # code points of a hostile text
LONGEST_PROGRAM = 20_000
_LAZY = (_constants.MIN_REPEAT,)
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
_PUMPS = ("a", "Aa ", "1", " ", ".,")


class Unmeasured(ValueError):
    """A pattern holds what the machine does not know, such as references to groups."""


class _Step(NamedTuple):
    """An instruction: ``kind`` and what it needs."""

    kind: str
    a: Any = None
    b: Any = None


def count_steps(pattern: Regex | re.Pattern[str], text: str, *, anywhere: bool = False) -> int:
    """Steps to match all of a text, or to search it from every place; at most ``MOST_STEPS`` and one.

    >>> slow, fast = re.compile("(?:a|a)*b"), re.compile("a*b")
    >>> count_steps(slow, "a" * 30) > MOST_STEPS, count_steps(fast, "a" * 30) < 200
    (True, True)
    """
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    machine = _Machine(text, bool((tree.state.flags | pattern.flags) & re.IGNORECASE))
    program = _assemble(tree)
    for start in range(len(text) + 1 if anywhere else 1):
        if machine.run(program, start, whole=not anywhere) is not None or machine.steps > MOST_STEPS:
            break
    return min(machine.steps, MOST_STEPS + 1)


def count_most_steps(pattern: Regex | re.Pattern[str], *, anywhere: bool = False) -> int:
    """The most steps on texts that are made to be hard for a pattern."""
    most = 0
    for text in write_hostile_texts(pattern):
        most = max(most, count_steps(pattern, text, anywhere=anywhere))
        if most > MOST_STEPS:
            break
    return most


def write_hostile_texts(pattern: Regex | re.Pattern[str]) -> list[str]:
    """Texts that go far into a pattern, repeat what it repeats, and fail at the end.

    >>> [text[:8] for text in write_hostile_texts(re.compile("by (?:x,)+ end"))][:2]
    ['by x,x,x', 'by aaaaa']
    """
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    texts: dict[str, None] = {}
    for before, body in _repeats(tree, ""):
        own = _witness(body) or "a"
        for pump in dict.fromkeys((own, *_PUMPS)):
            texts[before + pump * (LONG // len(pump)) + "\x00"] = None
    return list(texts)


def _repeats(sequence: Iterable[Any], before: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """Each repeat of ten or more with the shortest text that leads to it."""
    for op, argument in sequence:
        if op in _REPEATS and argument[1] >= 10:
            yield before, argument[2]
        for inner in _bodies(op, argument):
            yield from _repeats(inner, before)
        before += _witness([(op, argument)])


def _bodies(op: Any, argument: Any) -> list[Any]:
    if op in _REPEATS or op is _constants.POSSESSIVE_REPEAT:
        return [argument[2]]
    if op is _constants.SUBPATTERN:
        return [argument[3]]
    if op is _constants.BRANCH:
        return list(argument[1])
    return [argument] if op is _constants.ATOMIC_GROUP else []


def _witness(sequence: Iterable[Any]) -> str:
    """A short text that a sequence accepts, looked-around parts left aside."""
    text = ""
    for op, argument in sequence:
        if op is _constants.LITERAL:
            text += chr(argument)
        elif op in (_constants.NOT_LITERAL, _constants.ANY, _constants.IN):
            text += next(
                (char for char in "a A1.,-(" if _accepts(op, argument, char, True)), _member(argument)
            )
        elif op in _REPEATS or op is _constants.POSSESSIVE_REPEAT:
            text += _witness(argument[2]) * min(argument[0], 20)
        elif op is _constants.BRANCH:
            text += _witness(argument[1][0])
        elif op is _constants.SUBPATTERN:
            text += _witness(argument[3])
        elif op is _constants.ATOMIC_GROUP:
            text += _witness(argument)
    return text


def _member(argument: Any) -> str:
    """The first character that a set names."""
    for op, value in argument if isinstance(argument, list) else ():
        if op is _constants.LITERAL:
            return chr(value)
        if op is _constants.RANGE:
            return chr(value[0])
    return "a"


def _assemble(tree: Iterable[Any]) -> list[_Step]:
    program: list[_Step] = []
    _emit(tree, program)
    program.append(_Step("end"))
    return program


def _emit(sequence: Iterable[Any], program: list[_Step]) -> None:
    for op, argument in sequence:
        if len(program) > LONGEST_PROGRAM:
            raise Unmeasured("too long to be measured")
        if op in (_constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.IN):
            program.append(_Step("take", op, argument))
        elif op is _constants.AT:
            program.append(_Step("at", argument))
        elif op in (_constants.ASSERT, _constants.ASSERT_NOT):
            look = (op is _constants.ASSERT, argument[0], argument[1].getwidth())
            program.append(_Step("look", _assemble(argument[1]), look))
        elif op is _constants.SUBPATTERN:
            _emit(argument[3], program)
        elif op is _constants.ATOMIC_GROUP:
            program.append(_Step("atomic", _assemble(argument)))
        elif op is _constants.POSSESSIVE_REPEAT:
            program.append(_Step("atomic", _assemble([(_constants.MAX_REPEAT, argument)])))
        elif op is _constants.BRANCH:
            _emit_branches(argument[1], program)
        elif op in _REPEATS:
            least, most, body = argument
            _emit_repeat(op in _LAZY, least, most, list(body), program)
        else:
            raise Unmeasured(f"{str(op).lower()} is not measured")


def _emit_branches(branches: Sequence[Any], program: list[_Step]) -> None:
    jumps = []
    for branch in branches[:-1]:
        fork = len(program)
        program.append(_Step("fork"))
        _emit(branch, program)
        jumps.append(len(program))
        program.append(_Step("jump"))
        program[fork] = _Step("fork", fork + 1, len(program))
    _emit(branches[-1], program)
    for jump in jumps:
        program[jump] = _Step("jump", len(program))


def _may_be_empty(body: Sequence[Any]) -> bool:
    """Whether nothing but parts that may be left out stand in a body."""
    return all(
        op in (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)
        or (op in _REPEATS and (argument[0] == 0 or _may_be_empty(list(argument[2]))))
        or (op is _constants.SUBPATTERN and _may_be_empty(list(argument[3])))
        or (op is _constants.BRANCH and any(_may_be_empty(list(branch)) for branch in argument[1]))
        or op in (_constants.ATOMIC_GROUP, _constants.POSSESSIVE_REPEAT)
        for op, argument in body
    )


def _emit_repeat(lazy: bool, least: int, most: int, body: Any, program: list[_Step]) -> None:
    for _ in range(least):
        _emit(body, program)
    forks = []
    for _ in range(1 if most is _constants.MAXREPEAT else most - least):
        forks.append(len(program))
        program.append(_Step("fork"))
        _emit(body, program)
    if most is _constants.MAXREPEAT:
        # A round that took nothing is the last one.
        program.append(_Step("again" if _may_be_empty(body) else "jump", forks[0]))
    for fork in forks:
        inside, outside = fork + 1, len(program)
        program[fork] = _Step("fork", outside, inside) if lazy else _Step("fork", inside, outside)


class _Machine:
    """Runs programs over one text and counts the steps."""

    def __init__(self, text: str, ignore_case: bool) -> None:
        self.text, self.steps, self._ignore_case = text, 0, ignore_case

    def run(self, program: Sequence[_Step], start: int, *, whole: bool = False) -> int | None:
        """Where the first way through a program ends, None if there is none."""
        stack: list[tuple[int, int, int]] = [(0, start, -1)]
        text = self.text
        while stack and self.steps <= MOST_STEPS:
            place, position, since = stack.pop()
            while True:
                self.steps += 1
                if self.steps > MOST_STEPS:
                    return None
                step = program[place]
                place += 1
                if step.kind == "take":
                    if position >= len(text) or not _accepts(
                        step.a, step.b, text[position], self._ignore_case
                    ):
                        break
                    position += 1
                elif step.kind == "fork":
                    stack.append((step.b, position, since))
                    place = step.a
                elif step.kind == "jump":
                    place = step.a
                elif step.kind == "again":
                    if position != since:
                        place, since = step.a, position
                elif step.kind == "atomic":
                    end = self.run(step.a, position)
                    if end is None:
                        break
                    position = end
                elif step.kind == "look":
                    if not self._looks(step, position):
                        break
                elif step.kind == "at":
                    if not _stands_at(step.a, text, position):
                        break
                elif whole and position < len(text):
                    break
                else:
                    return position
        return None

    def _looks(self, step: _Step, position: int) -> bool:
        wanted, direction, (least, _) = step.b
        start = position if direction > 0 else position - least
        found = start >= 0 and self.run(step.a, start) is not None
        return found is wanted


def _stands_at(kind: Any, text: str, position: int) -> bool:
    if kind in (_constants.AT_BEGINNING, _constants.AT_BEGINNING_STRING):
        return position == 0
    if kind in (_constants.AT_END, _constants.AT_END_STRING):
        return position == len(text)
    before = position > 0 and _is_word(text[position - 1])
    after = position < len(text) and _is_word(text[position])
    return (before != after) == (kind is _constants.AT_BOUNDARY)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _accepts(op: Any, argument: Any, char: str, ignore_case: bool) -> bool:
    if op is _constants.ANY:
        return char != "\n"
    cased = {char, char.lower(), char.upper()} if ignore_case else {char}
    if op in (_constants.LITERAL, _constants.NOT_LITERAL):
        return (chr(argument) in cased) == (op is _constants.LITERAL)
    found = negated = False
    for kind, value in argument:
        if kind is _constants.NEGATE:
            negated = True
        elif kind is _constants.LITERAL:
            found = found or chr(value) in cased
        elif kind is _constants.RANGE:
            found = found or any(len(c) == 1 and value[0] <= ord(c) <= value[1] for c in cased)
        else:
            found = found or _in_category(str(value).lower(), char)
    return found != negated


def _in_category(name: str, char: str) -> bool:
    if "space" in name:
        inside = char.isspace()
    elif "digit" in name:
        inside = char.isdigit()
    else:
        inside = _is_word(char)
    return inside != ("not" in name)
