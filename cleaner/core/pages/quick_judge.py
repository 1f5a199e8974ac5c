"""The quick judge: which lines of an extract are the article, from their letters, links and tags alone.

A few passes over all characters at once and one small forest; a tenth of what the full judge costs.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from cleaner.core.scoring import glyphs
from cleaner.core.scoring.features import Matrix
from cleaner.core.scoring.forest import Forest
from cleaner.core.scoring.glyphs import classify, read_codes
from cleaner.core.scoring.passages import Ints

_LIMIT: Final = 30_000
_CLASSES: Final = len(glyphs.CLASS_NAMES)
_LETTERS_A_WORD: Final = 6
_PROSE_CHARS: Final = 70
_HEAVY: Final = 40  # words of prose beyond which a line weighs no more
_SURE: Final = 500
_AGAINST: Final = 6  # what a line that is no prose weighs against a body


class QuickWeights(NamedTuple):
    """Two forests, the second hears the first; lines that score above ``threshold`` are no article."""

    first: Forest
    second: Forest
    threshold: int


class QuickLine(NamedTuple):
    """A line, the number of its tag (1 to 6 for headings, 0 for none), how many characters stand in links."""

    text: str
    kind: int
    linked: int


def judge_lines(lines: Sequence[QuickLine], weights: QuickWeights) -> list[bool]:
    """Which lines are the article."""
    matrix, _ = measure_lines(lines)
    related, _ = relate_lines(weights.first.score(matrix) // 10, matrix[0].astype(np.int64))
    scores = weights.second.score(np.concatenate([matrix, related]))
    taken: list[bool] = (scores <= weights.threshold).tolist()
    return taken


def relate_lines(scores: Ints, size: Ints) -> tuple[Matrix, tuple[str, ...]]:
    """What first scores, in hundredths of a logit, say of each line: its neighbours, the body that they make."""
    n = len(scores)
    here = np.arange(n)
    bounded = np.minimum(np.maximum(scores, -_SURE), _SURE)
    weight = np.minimum(size, _HEAVY)
    total, mass, article = (
        np.append(0, np.cumsum(values))
        for values in (bounded * weight, weight, np.where(bounded < 0, size, 0))
    )
    columns = {"score": bounded, "score document": np.full(n, total[-1] // max(1, int(mass[-1])))}
    for before, after in ((1, 2), (3, 4), (8, 9), (4, 0), (-1, 5)):
        low, high = np.maximum(here - before, 0), np.minimum(here + after, n)
        low, high = np.minimum(low, n), np.maximum(low, high)
        columns[f"score {-before} to {after}"] = (total[high] - total[low]) // np.maximum(
            mass[high] - mass[low], 1
        )
    columns |= {
        f"score {name}": column for name, column in _find_body(-bounded * weight, article, here).items()
    }
    columns["article before"], columns["article after"] = article[:-1], article[-1] - article[1:]
    return np.clip(np.array(list(columns.values())), -_LIMIT, _LIMIT).astype(np.int16), tuple(columns)


def measure_lines(lines: Sequence[QuickLine]) -> tuple[Matrix, tuple[str, ...]]:
    """Features by lines, and their names."""
    n = len(lines)
    texts, kinds, linked = zip(*lines, strict=True) if lines else ((), (), ())
    classes = classify(read_codes("\n".join(texts) + "\n")) if lines else np.zeros(0, dtype=np.uint8)
    sizes = np.array([len(text) for text in texts], dtype=np.int64)
    start = np.cumsum(sizes + 1) - sizes - 1
    owner = np.repeat(np.arange(n) * _CLASSES, sizes + 1)
    counts = np.bincount(owner + classes, minlength=n * _CLASSES).reshape(n, _CLASSES).T
    letters = counts[: glyphs.LETTER + 1].sum(axis=0) + counts[glyphs.CJK_CHAR]
    last, before_last = (classes[np.maximum(start + sizes - back, start)] for back in (1, 2))
    ends = (last == glyphs.TERMINAL) | ((last == glyphs.QUOTE) & (before_last == glyphs.TERMINAL))
    links = 100 * np.array(linked, dtype=np.int64) // np.maximum(sizes, 1)
    kind = np.array(kinds, dtype=np.int64)
    size = letters // _LETTERS_A_WORD + counts[glyphs.CJK_CHAR] // 2 + 1
    prose = np.where((sizes >= _PROSE_CHARS) & (links < 50) & (ends | (counts[glyphs.COMMA] > 0)), size, 0)
    total, mass, linking = (np.append(0, np.cumsum(values)) for values in (prose, size, links * size // 100))
    here = np.arange(n)
    whole = max(1, int(total[-1]))
    columns: dict[str, Ints] = {
        "size": size,
        "chars": sizes,
        "linked": links,
        "kind": kind,
        "ends": ends,
        "last": last,
        "first": classes[start],
        "terminals": counts[glyphs.TERMINAL],
        "commas": counts[glyphs.COMMA],
        "digits": 100 * counts[glyphs.DIGIT] // np.maximum(sizes, 1),
        "capitals": 100 * counts[glyphs.UPPER] // np.maximum(letters, 1),
        "separators": counts[glyphs.SEPARATOR] + counts[glyphs.SYMBOL],
        "quotes": counts[glyphs.QUOTE],
        "colons": counts[glyphs.COLON],
        "from start": here,
        "from end": n - 1 - here,
        "prose words": np.full(n, whole),
        "share before": 100 * total[:-1] // whole,
        "share after": 100 * (whole - total[1:]) // whole,
        "words before": total[:-1],
        "words after": whole - total[1:],
        "same kind": 100 * np.bincount(kind, weights=prose, minlength=1).astype(np.int64)[kind] // whole,
    }
    columns |= _find_body(np.where(prose > 0, np.minimum(prose, _HEAVY), -_AGAINST), total, here)
    for reach in (1, 3, 8, 20):
        low, high = np.maximum(here - reach, 0), np.minimum(here + reach + 1, n)
        columns[f"prose before {reach}"] = total[:-1] - total[low]
        columns[f"prose after {reach}"] = total[high] - total[1:]
        columns[f"prose within {reach}"] = 100 * (total[high] - total[low]) // (mass[high] - mass[low])
        columns[f"links within {reach}"] = 100 * (linking[high] - linking[low]) // (mass[high] - mass[low])
    for offset in (-2, -1, 1, 2):
        there = np.minimum(np.maximum(here + offset, 0), n - 1)
        for name in ("size", "kind", "linked", "ends"):
            columns[f"{name} {offset:+}"] = columns[name][there]
    matrix = np.clip(np.array(list(columns.values())), -_LIMIT, _LIMIT).astype(np.int16)
    return matrix, tuple(columns)


def _find_body(gains: Ints, total: Ints, here: Ints) -> dict[str, Ints]:
    """The run of lines with the greatest balance of prose, and where each line lies to it."""
    n = len(here)
    balance = np.append(0, np.cumsum(gains))
    lowest = np.minimum.accumulate(balance)
    rise = balance - lowest
    end = int(rise.argmax())
    begin = int(np.flatnonzero(balance[: end + 1] == lowest[end])[-1]) if n else 0
    return {
        "body": np.where((here >= begin) & (here < end), np.minimum(here - begin, end - 1 - here), -1),
        "before body": begin - here,
        "after body": here - end + 1,
        "body share": np.full(n, 100 * int(total[end] - total[begin]) // max(1, int(total[-1]))),
        "body prose": np.full(n, 100 * int(total[end] - total[begin]) // max(1, end - begin) // 10),
    }
