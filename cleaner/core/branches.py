"""Branching trees over integer features: few, and asked only of passages that are in doubt.

Unlike the symmetric trees of :mod:`cleaner.core.forest` each answer leads to a question of its own, which
tells more by fewer trees and costs more. A tree is a nested list: a question, what follows a no, what
follows a yes; a number is an end, in thousandths of a logit.

>>> branches = Branches.build([["size>12", -5, ["links>0", 3, 60]]], ["size", "links"])
>>> branches.score(np.array([[3, 20, 20], [0, 1, 0]], dtype=np.int16)).tolist()
[-5, 60, 3]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from cleaner.core.forest import Ints, Matrix

_BLOCK: Final = 512  # passages at a time, so that all answers stay in the cache
_NEVER: Final = 32_767  # no feature is larger


@dataclass(frozen=True, slots=True)
class Branches:
    """All trees padded to one depth: the questions after question n are 2n + 1 (no) and 2n + 2 (yes)."""

    feature: npt.NDArray[np.int32]  # row of the matrix, tree by tree
    threshold: Matrix
    leaves: npt.NDArray[np.int32]
    depth: int

    @classmethod
    def build(cls, trees: Sequence[object], names: Sequence[str]) -> "Branches":
        """Read trees. KeyError names a feature that is not measured."""
        row = {name: number for number, name in enumerate(names)}
        depth = max(map(_measure_depth, trees), default=0)
        questions, ends = (1 << depth) - 1, 1 << depth
        feature = np.zeros((len(trees), questions), dtype=np.int32)
        threshold = np.full((len(trees), questions), _NEVER, dtype=np.int16)
        leaves = np.zeros((len(trees), ends), dtype=np.int32)
        for number, tree in enumerate(trees):
            _lay_out(tree, 0, row, feature[number], threshold[number], leaves[number])
        return cls(feature.ravel(), threshold.ravel(), leaves.ravel(), depth)

    def score(self, matrix: Matrix) -> Ints:
        """The sum of all trees for each passage; ``matrix`` is features by passages."""
        result = np.zeros(matrix.shape[1], dtype=np.int64)
        questions, ends = (1 << self.depth) - 1, 1 << self.depth
        trees = len(self.leaves) // ends
        base = (np.arange(trees, dtype=np.int32) * questions)[:, None]
        for begin in range(0, matrix.shape[1], _BLOCK):
            block = np.ascontiguousarray(matrix[:, begin : begin + _BLOCK])
            width = block.shape[1]
            column = np.arange(width, dtype=np.int32)
            place = np.zeros((trees, width), dtype=np.int32)
            for _ in range(self.depth):
                asked = place + base
                found = block.take(self.feature.take(asked) * np.int32(width) + column)
                place += place + np.int32(1)
                place += found > self.threshold.take(asked)
            place += (np.arange(trees, dtype=np.int32) * ends)[:, None] - np.int32(questions)
            result[begin : begin + width] = self.leaves.take(place).sum(axis=0)
        return result


def _measure_depth(tree: object) -> int:
    return 1 + max(map(_measure_depth, tree[1:])) if isinstance(tree, list) else 0


def _lay_out(
    tree: object,
    place: int,
    row: Mapping[str, int],
    feature: npt.NDArray[np.int32],
    threshold: Matrix,
    leaves: npt.NDArray[np.int32],
) -> None:
    """Write a tree from a place on; an early end fills all ends below it."""
    if isinstance(tree, list):
        name, value = str(tree[0]).rsplit(">", 1)
        feature[place], threshold[place] = row[name], int(value)
        for step in (1, 2):
            _lay_out(tree[step], 2 * place + step, row, feature, threshold, leaves)
    elif place < len(feature):
        for step in (1, 2):
            _lay_out(tree, 2 * place + step, row, feature, threshold, leaves)
    elif isinstance(tree, int):
        leaves[place - len(feature)] = tree
    else:
        raise TypeError(f"a tree is a list or a number, not {type(tree).__name__}")
