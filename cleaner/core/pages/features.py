"""Features of a page's blocks: what the text says, what the markup says, what the extractor says.

One integer a block and feature, as in :mod:`cleaner.core.scoring.features`, which measures the text.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np

from cleaner.core.pages.page import Block, Page
from cleaner.core.scoring.features import EMPTY_LEXICON, Matrix, Source, measure, pack_columns
from cleaner.core.scoring.passages import Ints

_MOST_CHARS: Final = 1500  # of a block are read; a script without spaces says as much in a third of it
_LANDMARKS: Final = (
    "article", "main", "nav", "header", "footer", "aside", "figure", "form", "ul", "table", "blockquote", "section", "dl",
)  # fmt: skip
_TAGS: Final = ("p", "div", "li", "td", "figcaption", "span", "dt", "section")
_LANDMARK_ROWS: Final = {tag: row for row, tag in enumerate(_LANDMARKS)}
_TAG_ROWS: Final = {tag: row for row, tag in enumerate(_TAGS)}
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_NUMBERS: Final = [Block._fields.index(name) for name in ("start", "end", "linked", "strong", "hidden")]
_MARK_WORD_RE: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NO_LETTER_RE: Final = re.compile(r"[\W_]+")
_LEVELS: Final = (1, 2, 3, 5)  # elements up from a block
_NEAR: Final = 3  # elements around a block whose marks speak of it most


class Marks(NamedTuple):
    """What the words of classes and ids were learned to mean: tenths of log odds, cruft above zero."""

    weights: Mapping[str, int]


def split_marks(marks: str) -> list[str]:
    """The words of classes and ids, each once.

    >>> split_marks("article__body relatedLinks")
    ['article', 'body', 'related', 'links']
    """
    return list(dict.fromkeys([word.lower() for word in _MARK_WORD_RE.findall(marks) if len(word) > 2]))


def measure_page(page: Page, marks: Marks) -> tuple[Matrix, tuple[str, ...]]:
    """Features by blocks, and their names."""
    blocks = page.blocks
    texts = page.block_texts()
    measured = measure(
        [Source([t[:_MOST_CHARS] if t.isascii() else t[: _MOST_CHARS // 3] for t in texts])], EMPTY_LEXICON
    )
    rows = [row for row, name in enumerate(measured.names) if name in TEXT_ROWS]
    names = [measured.names[row] for row in rows]
    own = np.zeros((len(rows), len(blocks)), dtype=np.int16)
    own[:, measured.judged] = measured.matrix[rows]  # a block of invisible characters is not measured
    size, prose = (own[names.index(name)].astype(np.int64) for name in ("size", "prose"))
    start, end, linked, strong, hidden = (
        np.array([block[field] for block in blocks], dtype=np.int64) for field in _NUMBERS
    )
    chars = end - start
    columns: dict[str, Ints] = {
        "chars": chars,
        "linked": 100 * linked // np.maximum(chars, 1),
        "strong": 100 * strong // np.maximum(chars, 1),
        "in title": np.array(_match_title(texts, page.title), dtype=np.int64),
        "hidden": hidden,
    }
    paths = _Paths(page)
    columns.update(_read_tags(page, paths))
    columns.update(_read_marks(page, marks, paths))
    shares = np.array(page.extract.shares if page.extract else (), dtype=np.int64)
    taken = shares if len(shares) else None
    columns.update(_read_containers(paths, chars, prose, columns["linked"], taken))
    columns.update(_compare_signatures(page, chars, prose, taken))
    if taken is not None:
        columns.update(_read_extract(taken, size, prose))
    return pack_columns(list(columns.values()), own), (*names, *columns)


TEXT_ROWS: frozenset[str] = frozenset(
    name
    for name in measure([Source(["."])], EMPTY_LEXICON).names
    if not name.startswith(("cue", "line ", "known", "taken", "words since", "words until", "sentence"))
    and "cue" not in name
    and name not in ("blank before", "since known")
)


def _match_title(texts: Sequence[str], title: str) -> list[int]:
    """2 for the title, 1 for a longer part of it, 0 for other blocks."""
    wanted = _NO_LETTER_RE.sub("", title).casefold()
    found = []
    longest = 2 * len(title) if wanted else 0
    for text in texts:
        key = _NO_LETTER_RE.sub("", text).casefold() if len(text) <= longest else ""
        found.append(2 if key == wanted and key else 1 if len(key) >= 12 and key in wanted else 0)
    return found


def _read_tags(page: Page, paths: "_Paths") -> dict[str, Ints]:
    """The block's own tag, and the landmarks around it: how near, counted in elements, 0 for outside."""
    n = len(page.blocks)
    own = np.array([_TAG_ROWS.get(block.tag, -1) for block in page.blocks], dtype=np.int64)
    around = np.array([_LANDMARK_ROWS.get(tag, -1) for tag in page.tags], dtype=np.int64)
    levels = np.array([_HEADINGS.get(tag, 0) for tag in page.tags], dtype=np.int64)
    # The outermost element stands first in a path, so that the innermost is the last to be written.
    near = np.zeros((len(_LANDMARKS), n), dtype=np.int64)
    chosen = np.flatnonzero(around[paths.flat] >= 0)
    near[around[paths.flat[chosen]], paths.owner[chosen]] = paths.height[chosen]
    heading = np.zeros(n, dtype=np.int64)
    chosen = np.flatnonzero(levels[paths.flat])
    heading[paths.owner[chosen]] = levels[paths.flat[chosen]]
    columns = {f"tag {tag}": (own == row).astype(np.int64) for tag, row in _TAG_ROWS.items()}
    columns |= {f"in {tag}": near[row] for tag, row in _LANDMARK_ROWS.items()}
    return columns | {"heading": heading, "depth": paths.depths}


def _read_marks(page: Page, marks: Marks, paths: "_Paths") -> dict[str, Ints]:
    """What the classes and ids around a block say: nearest elements, all, the strongest on either side."""
    weights = marks.weights
    table = np.zeros((3, len(page.tags) + 1), dtype=np.int64)  # sum, highest and lowest of each element
    known: dict[str, tuple[int, int, int]] = {"": (0, 0, 0)}
    for element in np.unique(paths.flat).tolist():
        text = page.marks[element]
        if text not in known:
            values = [weights[word] for word in split_marks(text) if word in weights]
            known[text] = (sum(values), max(0, *values), min(0, *values)) if values else (0, 0, 0)
        if text:
            table[:, element] = known[text]
    near = np.stack([table[:, paths.ancestor(level)] for level in range(1, _NEAR + 1)])
    total, high, low = table[:, paths.flat]
    return {
        "marks own": near[0, 0],
        "marks near": near[:, 0].sum(axis=0),
        "marks all": paths.reduce(np.add, total),
        "marks worst": paths.reduce(np.maximum, high),
        "marks best": paths.reduce(np.minimum, low),
        "marks near worst": near[:, 1].max(axis=0),
        "marks near best": near[:, 2].min(axis=0),
    }


class _Paths:
    """The elements around all blocks as one array."""

    def __init__(self, page: Page) -> None:
        self.depths = np.array([len(block.path) for block in page.blocks], dtype=np.int64)
        size = int(self.depths.sum())
        self.flat = np.fromiter(
            chain.from_iterable([block.path for block in page.blocks]), dtype=np.int64, count=size
        )
        self.owner = np.repeat(np.arange(len(page.blocks)), self.depths)
        self.body = len(page.tags)  # the number that stands for the body
        self._last = np.cumsum(self.depths)
        self.height = np.repeat(self._last, self.depths) - np.arange(size)  # of each element above its block

    def ancestor(self, level: int) -> Ints:
        """The element so many levels up from each block, 1 for the innermost; the body where there is none."""
        if not len(self.flat):
            return np.full(len(self.depths), self.body)
        return np.where(self.depths >= level, self.flat[np.maximum(self._last - level, 0)], self.body)

    def reduce(self, operation: np.ufunc, values: Ints) -> Ints:
        """The values of all elements around each block, brought together; 0 for a block in the body."""
        result = np.zeros(len(self.depths), dtype=np.int64)
        inside = np.flatnonzero(self.depths)
        if len(inside):
            result[inside] = operation.reduceat(values, (self._last - self.depths)[inside])
        return result

    def total(self, values: Ints) -> Ints:
        """The sums of the blocks' values by element; the last is the body's."""
        sums = np.bincount(self.flat, weights=values[self.owner], minlength=self.body + 1).astype(np.int64)
        sums[-1] = values.sum()
        return sums


def _read_containers(
    paths: _Paths, chars: Ints, prose: Ints, linked: Ints, taken: Ints | None
) -> dict[str, Ints]:
    """What the elements around a block hold: how much of the page's prose, how much of it in links."""
    sums = {"prose": paths.total(prose), "chars": paths.total(chars)}
    sums["links"] = paths.total(linked * chars // 100)
    sums["blocks"] = paths.total(np.ones(len(chars), dtype=np.int64))
    if taken is not None:
        sums["taken"] = paths.total(taken * chars // 100)
    columns: dict[str, Ints] = {}
    whole = max(1, int(prose.sum()))
    for level in _LEVELS:
        at = paths.ancestor(level)
        side = f"container {level}"
        columns[f"{side} prose"] = 100 * sums["prose"][at] // whole
        columns[f"{side} linked"] = 100 * sums["links"][at] // np.maximum(sums["chars"][at], 1)
        columns[f"{side} blocks"] = sums["blocks"][at]
        columns[f"{side} size"] = sums["chars"][at] // np.maximum(sums["blocks"][at], 1)
        if taken is not None:
            columns[f"{side} taken"] = 100 * sums["taken"][at] // np.maximum(sums["chars"][at], 1)
            columns[f"{side} of taken"] = 100 * sums["taken"][at] // max(1, int(sums["taken"][-1]))
    for name in ("prose", "taken")[: 1 if taken is None else 2]:
        for percent in (50, 85):
            homes = np.flatnonzero(sums[name][:-1] * 100 >= max(1, int(sums[name][-1])) * percent)
            inside = np.bincount(paths.owner[np.isin(paths.flat, homes)], minlength=len(chars))
            depth = len(homes)
            columns[f"home {name} {percent}"] = depth - inside
            columns[f"home {name} {percent} deeper"] = np.where(inside == depth, paths.depths - depth, -1)
    return columns


def _compare_signatures(page: Page, chars: Ints, prose: Ints, taken: Ints | None) -> dict[str, Ints]:
    """How the blocks fare whose elements have the same tags and classes: paragraphs of one body do."""
    kinds: dict[object, int] = {}
    kind = [kinds.setdefault(pair, len(kinds)) for pair in zip(page.tags, page.marks, strict=True)]
    seen: dict[object, int] = {}
    signs = [
        seen.setdefault(tuple([kind[element] for element in block.path[-_NEAR:]]), len(seen))
        for block in page.blocks
    ]
    group = np.array(signs, dtype=np.int64)

    def total(values: Ints) -> Ints:
        sums: Ints = np.bincount(group, weights=values, minlength=1).astype(np.int64)[group]
        return sums

    count, size = total(np.ones(len(group), dtype=np.int64)), total(chars)
    columns = {
        "alike": count,
        "alike prose": 100 * total(prose) // max(1, int(prose.sum())),
        "alike size": size // np.maximum(count, 1),
    }
    if taken is not None:
        columns["alike taken"] = 100 * total(taken * chars // 100) // np.maximum(size, 1)
    return columns


def _read_extract(shares: Ints, size: Ints, prose: Ints) -> dict[str, Ints]:
    """What the extractor took: of the block, of its neighbours, of the page; where its text begins and ends."""
    n = len(shares)
    here = np.arange(n)
    weight = np.clip(size, 1, 60)
    kept = np.append(0, np.cumsum(shares * weight))
    mass = np.append(0, np.cumsum(weight))
    columns = {"taken": shares}

    def mean(begin: Ints, end: Ints) -> Ints:
        begin, end = np.maximum(begin, 0), np.minimum(end, n)
        result: Ints = (kept[end] - kept[begin]) // np.maximum(mass[end] - mass[begin], 1)
        return result

    for radius in (1, 3, 8):
        columns[f"taken within {radius}"] = mean(here - radius, here + radius + 1)
    for reach in (1, 2, 4):
        columns[f"taken before {reach}"] = mean(here - reach, here)
        columns[f"taken after {reach}"] = mean(here + 1, here + 1 + reach)
    whole = max(1, int(kept[-1]))
    columns["taken share before"] = 100 * kept[:-1] // whole
    columns["taken share after"] = 100 * (kept[-1] - kept[1:]) // whole
    took = int(np.where(shares >= 50, prose, 0).sum())
    columns["taken of prose"] = np.full(n, 100 * took // max(1, int(prose.sum())))
    columns["taken words"] = np.full(n, int(np.where(shares >= 50, size, 0).sum()))
    return columns
