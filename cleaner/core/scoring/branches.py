"""Branching trees over integer features: few, and asked only of passages that are in doubt.

Unlike the symmetric trees of :mod:`cleaner.core.scoring.forest` each answer leads to a question of its own, which
tells more by fewer trees and costs more. A tree is a nested list: a question, what follows a no, what
follows a yes; a number is an end, in thousandths of a logit.

Passages are no more than binary digits here: every question has a row of them, its answers, eight
passages a byte, and so has every place in a tree, the passages that come there. One step down all
trees is one "and" of these rows for the passages that go on with a yes, and the rest goes on with a no.

>>> branches = Branches.build([["size>12", -5, ["links>0", 3, 60]]], ["size", "links"])
>>> branches.score(np.array([[3, 20, 20], [0, 1, 0]], dtype=np.int16)).tolist()
[-5, 60, 3]
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.core.scoring.forest import Ints, Matrix, Questions, Rows, collect_questions

Bits = npt.NDArray[np.uint8]

_BLOCK: Final = 2048  # passages at a time, so that all rows stay in the cache
_QUESTIONS: Final = 512  # at a time, for the same reason
_ALL, _NONE = 0, 1  # rows above the trees


class _Level(NamedTuple):
    """The questions at one depth, ``width`` of them for each tree; where a tree has fewer, nobody comes.

    Passages come from the rows of the level above: its noes, its yeses, and one of nobody.
    """

    question: Rows
    comes_from: Rows
    width: int


@dataclass(frozen=True, slots=True)
class Branches:
    """All trees side by side, level by level. A leaf's place is the answers on its way as binary digits."""

    questions: Questions
    levels: tuple[_Level, ...]
    leaves: npt.NDArray[np.int32]  # trees by places

    @classmethod
    def build(cls, trees: Sequence[object], names: Sequence[str]) -> "Branches":
        """Read trees. KeyError names a feature that is not measured."""
        depth = max(map(_measure_depth, trees), default=0)
        leaves = np.zeros((len(trees), 1 << depth), dtype=np.int32)
        nodes = [_Node(tree, number, 0, _ALL) for number, tree in enumerate(trees)]
        texts: list[str] = []
        levels: list[_Level] = []
        nobody = _NONE
        for level in range(depth + 1):
            asking = [node for node in nodes if isinstance(node.tree, list)]
            for node in nodes:
                if not isinstance(node.tree, list):
                    leaves[node.number, node.place << (depth - level)] = _as_number(node.tree)
            if level < depth:
                found, nodes = _lay_out(asking, len(trees), nobody, len(texts))
                levels.append(found)
                texts += [str(node.tree[0]) for node in asking if isinstance(node.tree, list)]
                nobody = 2 * len(found.question)
        questions, places = collect_questions(texts, names)
        return cls(
            questions,
            tuple(level._replace(question=places.take(level.question)) for level in levels),
            leaves,
        )

    def score(self, matrix: Matrix) -> Ints:
        """The sum of all trees for each passage; ``matrix`` is features by passages."""
        result = np.zeros(matrix.shape[1], dtype=np.int64)
        base = (np.arange(len(self.leaves)) * self.leaves.shape[1])[:, None]
        for begin in range(0, matrix.shape[1], _BLOCK):
            place = self._find_places(np.ascontiguousarray(matrix[:, begin : begin + _BLOCK]))
            result[begin : begin + _BLOCK] = self.leaves.take(base + place).sum(axis=0)
        return result

    def _find_places(self, block: Matrix) -> npt.NDArray[np.unsignedinteger]:
        """The place of every passage's leaf in every tree."""
        width = block.shape[1]
        place = np.zeros((len(self.leaves), width), dtype=np.min_scalar_type(self.leaves.shape[1] - 1))
        answers = self._answer(block)
        here = np.zeros((2, answers.shape[1]), dtype=np.uint8)
        here[_ALL] = 0xFF
        for level in self.levels:
            come = here.take(level.comes_from, axis=0)
            number = len(come)
            here = np.empty((2 * number + 1, answers.shape[1]), dtype=np.uint8)
            yes = np.bitwise_and(come, answers.take(level.question, axis=0), out=here[number : 2 * number])
            np.bitwise_xor(come, yes, out=here[:number])
            here[-1] = 0
            digit = np.bitwise_or.reduce(yes.reshape(level.width, len(self.leaves), -1))
            np.add(place, place, out=place)
            np.bitwise_or(place, np.unpackbits(digit, axis=1, count=width), out=place)
        return place

    def _answer(self, block: Matrix) -> Bits:
        """The answers to all questions, eight passages a byte."""
        number = len(self.questions.row)
        answers = np.empty((number, (block.shape[1] + 7) // 8), dtype=np.uint8)
        for first in range(0, number, _QUESTIONS):
            last = first + _QUESTIONS
            answers[first:last] = np.packbits(self.questions.answer(block, first, last), axis=1)
        return answers


class _Node(NamedTuple):
    """What is left of a tree at a place, and the row of the level above from which passages come."""

    tree: object
    number: int
    place: int
    comes_from: int


def _lay_out(asking: Sequence[_Node], trees: int, nobody: int, first: int) -> tuple[_Level, list[_Node]]:
    """A level whose questions are numbered from ``first``, and the nodes behind their answers."""
    seen = [0] * trees
    slots = []
    for node in asking:
        slots.append(seen[node.number] * trees + node.number)
        seen[node.number] += 1
    width = max(seen)
    question = np.zeros(width * trees, dtype=np.intp)
    comes_from = np.full(width * trees, nobody, dtype=np.intp)
    behind = []
    for number, (node, slot) in enumerate(zip(asking, slots, strict=True)):
        question[slot], comes_from[slot] = first + number, node.comes_from
        if isinstance(node.tree, list):
            _, no, yes = node.tree
            behind.append(_Node(no, node.number, 2 * node.place, slot))
            behind.append(_Node(yes, node.number, 2 * node.place + 1, width * trees + slot))
    return _Level(question, comes_from, width), behind


def _measure_depth(tree: object) -> int:
    return 1 + max(map(_measure_depth, tree[1:])) if isinstance(tree, list) else 0


def _as_number(tree: object) -> int:
    if not isinstance(tree, int):
        raise TypeError(f"a tree is a list or a number, not {type(tree).__name__}")
    return tree
