"""A forest of symmetric trees over integer features, evaluated for all passages at once.

A tree asks the same few questions of every passage ("size>12") and adds the number that stands at
the answers, read as binary digits. Everything is an integer, so that the sum is the same on every
machine and for any batch.

>>> forest = Forest.build([{"if": ["size>12", "links>0"], "add": [-5, 3, 40, 60]}], ["size", "links"])
>>> forest.score(np.array([[3, 20], [0, 1]], dtype=np.int16)).tolist()
[-5, 60]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.int16]
Ints = npt.NDArray[np.int64]

_BLOCK: Final = 1024  # passages at a time, so that a forest's answers stay in the cache


@dataclass(frozen=True, slots=True)
class Forest:
    """Questions by depth and tree, and the numbers at the leaves, in thousandths of a logit."""

    feature: npt.NDArray[np.intp]  # depth by tree: row of the matrix
    threshold: Matrix  # depth by tree
    leaves: npt.NDArray[np.int32]  # all trees' leaves, one after the other
    names: tuple[str, ...]
    questions: "Questions"

    @classmethod
    def build(cls, trees: Sequence[Mapping[str, object]], names: Sequence[str]) -> "Forest":
        """Read trees; all must have the same depth. KeyError names a feature that is not measured."""
        row = {name: number for number, name in enumerate(names)}
        questions = [[str(q).rsplit(">", 1) for q in _as_list(tree["if"])] for tree in trees]
        depth = len(questions[0]) if questions else 0
        feature = np.array([[row[name] for name, _ in asked] for asked in questions], dtype=np.intp)
        threshold = np.array([[int(value) for _, value in asked] for asked in questions], dtype=np.int16)
        leaves = np.array([_as_list(tree["add"]) for tree in trees], dtype=np.int32)
        feature = feature.reshape(-1, depth).T.copy()
        threshold = threshold.reshape(-1, depth).T.copy()
        return cls(
            feature,
            threshold,
            leaves.ravel(),
            tuple(names),
            _order_questions(feature, threshold, leaves.reshape(-1, 1 << depth)),
        )

    def score(self, matrix: Matrix) -> Ints:
        """The sum of all trees for each passage; ``matrix`` is features by passages."""
        result = np.zeros(matrix.shape[1], dtype=np.int64)
        for begin in range(0, matrix.shape[1], _BLOCK):
            block = np.ascontiguousarray(matrix[:, begin : begin + _BLOCK])
            result[begin : begin + _BLOCK] = self.leaves.take(self._find_leaves(block)).sum(axis=0)
        return result

    def explain(self, matrix: Matrix, most: int = 3) -> list[list[str]]:
        """For each passage the features that raise its score most, with their values.

        A feature's part is what the answers to its questions add on average over the other answers.
        """
        asked, threshold, effect, rows, starts = self.questions
        reasons: list[list[str]] = []
        for begin in range(0, matrix.shape[1], _BLOCK):
            block = matrix[:, begin : begin + _BLOCK]
            answers = block.take(asked, axis=0) > threshold
            parts = np.add.reduceat(np.where(answers, effect, -effect), starts, axis=0)
            best = np.argsort(-parts, axis=0, kind="stable")[:most]
            values = np.take_along_axis(block.take(rows, axis=0), best, axis=0).T.tolist()
            worth = (np.take_along_axis(parts, best, axis=0) > 0).T.tolist()
            names = [self.names[row] for row in rows]
            for chosen, said, helps in zip(best.T.tolist(), values, worth, strict=True):
                reasons.append(
                    [f"{names[c]} {v}" for c, v, good in zip(chosen, said, helps, strict=True) if good]
                )
        return reasons

    def _find_leaves(self, block: Matrix) -> npt.NDArray[np.int32]:
        depth, trees = self.feature.shape
        answers = np.zeros((trees, block.shape[1]), dtype=np.uint8)
        for level in range(depth):
            yes = block.take(self.feature[level], axis=0) > self.threshold[level][:, None]
            answers |= yes.view(np.uint8) << np.uint8(level)
        base = (np.arange(trees, dtype=np.int32) << depth)[:, None]
        found: npt.NDArray[np.int32] = base + answers
        return found


class Questions(NamedTuple):
    """All questions of a forest by feature: row, threshold, half of what a yes adds; rows and their begin."""

    asked: Ints
    threshold: Matrix
    effect: Ints
    rows: Ints
    starts: Ints


def _order_questions(
    feature: npt.NDArray[np.intp], threshold: Matrix, leaves: npt.NDArray[np.int32]
) -> Questions:
    depth = len(feature)
    place = np.arange(1 << depth)
    effects = []
    for level in range(depth):
        yes = place & (1 << level) > 0
        effects.append((leaves[:, yes].sum(axis=1) - leaves[:, ~yes].sum(axis=1)) >> depth)
    order = np.argsort(feature, axis=None, kind="stable")
    asked = feature.ravel()[order]
    rows, starts = np.unique(asked, return_index=True)
    effect = np.concatenate(effects or [np.zeros(0)]).astype(np.int64)[order][:, None]
    return Questions(asked, threshold.ravel()[order][:, None], effect, rows, starts)


def _as_list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"a tree's questions and numbers are lists, not {type(value).__name__}")
    return value
