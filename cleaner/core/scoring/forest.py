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
Rows = npt.NDArray[np.intp]
Answers = npt.NDArray[np.bool_]

_BLOCK: Final = 1024  # passages at a time, so that a forest's answers stay in the cache
_LEAST: Final = -(1 << 31)


class Questions(NamedTuple):
    """Different questions, sorted by feature: the row of the matrix that each looks at, and its threshold."""

    row: Rows
    threshold: Matrix  # as a column

    def answer(self, matrix: Matrix, first: int = 0, last: int | None = None) -> Answers:
        """Questions by passages: whether the feature is greater than the threshold."""
        return matrix.take(self.row[first:last], axis=0) > self.threshold[first:last]


def collect_questions(texts: Sequence[str], names: Sequence[str]) -> tuple[Questions, Rows]:
    """The different ones among questions such as ``size>12``, and where each of ``texts`` stands among them.

    KeyError names a feature that is not measured.
    """
    row = {name: number for number, name in enumerate(names)}
    pairs = [(row[name], int(value)) for name, value in (text.rsplit(">", 1) for text in texts)]
    ordered = sorted(set(pairs))
    place = {pair: number for number, pair in enumerate(ordered)}
    return (
        Questions(
            np.array([feature for feature, _ in ordered], dtype=np.intp),
            np.array([[threshold] for _, threshold in ordered], dtype=np.int16).reshape(-1, 1),
        ),
        np.array([place[pair] for pair in pairs], dtype=np.intp),
    )


@dataclass(frozen=True, slots=True)
class Forest:
    """Which questions its trees ask, and the numbers at the leaves, in thousandths of a logit."""

    questions: Questions
    asked: Rows  # depth by tree: number of the question
    leaves: npt.NDArray[np.int32]  # of every two neighbouring trees the sums of any two leaves
    effects: "Effects"
    names: tuple[str, ...]

    @classmethod
    def build(cls, trees: Sequence[Mapping[str, object]], names: Sequence[str]) -> "Forest":
        """Read trees; all must have the same depth. KeyError names a feature that is not measured."""
        texts = [[str(question) for question in _as_list(tree["if"])] for tree in trees]
        depth = len(texts[0]) if texts else 0
        questions, places = collect_questions([text for asked in texts for text in asked], names)
        asked = places.reshape(-1, depth).T.copy()
        leaves = np.array([_as_list(tree["add"]) for tree in trees], dtype=np.int32).reshape(-1, 1 << depth)
        return cls(
            questions, asked, _pair_leaves(leaves), _weigh_questions(questions, asked, leaves), tuple(names)
        )

    def score(self, matrix: Matrix) -> Ints:
        """The sum of all trees for each passage; ``matrix`` is features by passages."""
        result = np.zeros(matrix.shape[1], dtype=np.int64)
        depth, trees = self.asked.shape
        base = (np.arange((trees + 1) // 2) << (2 * depth))[:, None]
        for begin in range(0, matrix.shape[1], _BLOCK):
            leaf = self._find_leaves(np.ascontiguousarray(matrix[:, begin : begin + _BLOCK]))
            place = leaf[::2].astype(np.uint16)
            place <<= np.uint16(depth)
            place[: trees // 2] |= leaf[1::2]
            result[begin : begin + _BLOCK] = self.leaves.take(base + place).sum(axis=0)
        return result

    def _find_leaves(self, block: Matrix) -> npt.NDArray[np.uint8]:
        """The leaf of every passage in every tree; the last question is the highest binary digit."""
        answers = self.questions.answer(block).view(np.uint8)
        leaf = np.zeros((self.asked.shape[1], block.shape[1]), dtype=np.uint8)
        for asked in self.asked[::-1]:
            np.add(leaf, leaf, out=leaf)
            np.bitwise_or(leaf, answers.take(asked, axis=0), out=leaf)
        return leaf

    def explain(self, matrix: Matrix, most: int = 3) -> list[list[str]]:
        """For each passage the features that raise its score most, with their values.

        A feature's part is what the answers to its questions add on average over the other answers.
        """
        effect, rows, starts = self.effects
        names = [self.names[row] for row in rows]
        reasons: list[list[str]] = []
        for begin in range(0, matrix.shape[1] if names else 0, _BLOCK):
            block = matrix[:, begin : begin + _BLOCK]
            # What a yes adds over a no, without what all noes add, which is the same for every passage.
            added = np.add.reduceat(self.questions.answer(block) * (2 * effect), starts)
            parts = np.ascontiguousarray((added - np.add.reduceat(effect, starts)).T)
            passages = np.arange(len(parts))
            found: list[list[str]] = [[] for _ in parts]
            for _ in range(min(most, len(names))):
                best = parts.argmax(axis=1)
                values = block[rows[best], passages].tolist()
                helps = (parts[passages, best] > 0).tolist()
                for said, place, value, good in zip(found, best.tolist(), values, helps, strict=True):
                    if good:
                        said.append(f"{names[place]} {value}")
                parts[passages, best] = _LEAST
            reasons.extend(found)
        return reasons


class Effects(NamedTuple):
    """Half of what a yes to each question adds on average; the rows that are asked of, and their first question."""

    effect: npt.NDArray[np.int32]  # as a column
    rows: Rows
    starts: Rows


def _pair_leaves(leaves: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """One table for every two trees, so that one look-up answers for both; an odd one is paired with zeros."""
    even, odd = leaves[::2], leaves[1::2]
    if len(odd) < len(even):
        odd = np.vstack([odd, np.zeros_like(leaves[:1])])
    paired: npt.NDArray[np.int32] = (even[:, :, None] + odd[:, None, :]).ravel()
    return paired


def _weigh_questions(questions: Questions, asked: Rows, leaves: npt.NDArray[np.int32]) -> Effects:
    depth = len(asked)
    place = np.arange(1 << depth)
    effect = np.zeros((len(questions.row), 1), dtype=np.int32)
    for level in range(depth):
        yes = place & (1 << level) > 0
        adds = (leaves[:, yes].sum(axis=1) - leaves[:, ~yes].sum(axis=1)) >> depth
        np.add.at(effect, (asked[level], 0), adds.astype(np.int32))
    rows, starts = np.unique(questions.row, return_index=True)
    return Effects(effect, rows, starts)


def _as_list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"a tree's questions and numbers are lists, not {type(value).__name__}")
    return value
