#!/usr/bin/env python3
r"""Learn which blocks of a page are its article, from pages of HTML with their article.

    python benchmarks/train_extract.py ../shared/bench -o cleaner/weights/extract-trafilatura.json
    python benchmarks/train_extract.py ../shared/bench --extractor resiliparse -o cleaner/weights/extract-resiliparse.json
    python benchmarks/train_extract.py ../shared/bench --folds FOLDS   # weights that have not seen a fold's sites

For ``trafilatura`` the judge of all evidence learns, for ``resiliparse`` the quick judge.

The same input gives the same file again with the versions it was made with:

    pip install numpy==2.4.6 catboost==1.2.10 rapidfuzz==3.14.6

The folder holds ``html.dev.jsonl.gz`` and ``score.py``, as for ``train_scorer.py``, which says where the
pages come from; DAnIEL pages are left out here, too. A block is labelled by alignment with the article.
Whatever feeds a forest comes from sites that its own row is not from.
"""

import argparse
import json
import logging
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from train_scorer import (
    FOLDS,
    MEASURED_ONLY,
    RENDERED,
    align_labels,
    export_trees,
    fold_of,
    load_score,
    number,
)

from cleaner.core.pages.features import Marks, measure_page, split_marks
from cleaner.core.pages.page import Page
from cleaner.core.pages.quick_judge import QuickLine, measure_lines, relate_lines
from cleaner.core.scoring.forest import Forest
from cleaner.core.scoring.smoothing import relate_scores
from cleaner.errors import UnreadableError
from cleaner.sources.html import read_page
from cleaner.sources.html.extractors import add_extract
from cleaner.sources.html.quick import read_quick_lines

TREES = 150
QUICK_TREES = 100
THRESHOLD = 0
NEWS = RENDERED | {"scrapinghub"}
LEAST_SITES = 4  # with a word in their classes, before it says anything
WEAKEST = 3  # tenths of log odds below which a word says nothing
STRONGEST = 40


class Case(NamedTuple):
    """A page, or the lines of one, to learn from: a label for each (1 article, 0 none, -1 unknown)."""

    id: str
    dataset: str
    domain: str
    page: Page | list[QuickLine]
    labels: list[int]


def read_cases(bench: Path, extractor: Any) -> list[Case]:
    """All pages whose article is in them, with the extractor's verdict."""
    score = load_score(bench)
    cases = []
    for row in score.read_cases(bench / "html.dev.jsonl.gz"):
        if row["dataset"] in MEASURED_ONLY or not row.get("gold"):
            continue
        page: Any
        if extractor == "resiliparse":
            page = read_quick_lines(row["html"])
            texts = [line.text for line in page]
        else:
            try:
                read = read_page(row["html"])
            except UnreadableError:
                continue
            page, texts = add_extract(read.page, read.body, extractor), read.page.block_texts()
        labels = align_labels(texts, row["gold"], score) if texts else None
        if labels is not None:
            cases.append(Case(row["id"], row["dataset"], row["domain"], page, labels))
    return cases


# --- words of classes and ids ------------------------------------------------------------------


def count_marks(cases: Iterable[Case]) -> dict[str, dict[str, list[int]]]:
    """For each word and site how much article and how much else stands below elements marked with it."""
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for case in cases:
        words = [split_marks(marks) for marks in case.page.marks]
        for block, label in zip(case.page.blocks, case.labels, strict=True):
            if label >= 0:
                size = min(60, (block.end - block.start) // 6 + 1)
                for word in {word for element in block.path for word in words[element]}:
                    counts[word][case.domain][1 - label] += size
    return counts


def weigh_marks(counts: dict[str, dict[str, list[int]]], folds: Sequence[int]) -> dict[str, int]:
    """Tenths of the log odds of cruft by sites, from the sites of some folds."""
    weights = {}
    for word, sites in sorted(counts.items()):
        shares = [cruft / (text + cruft) for site, (text, cruft) in sites.items() if fold_of(site) in folds]
        against = sum(shares)
        weight = round(10 * float(np.log((against + 0.5) / (len(shares) - against + 0.5))))
        if len(shares) >= LEAST_SITES and abs(weight) >= WEAKEST:
            weights[word] = max(-STRONGEST, min(STRONGEST, weight))
    return weights


# --- forests -----------------------------------------------------------------------------------


class Table(NamedTuple):
    """Rows to learn from: features by blocks, target (1 is cruft, -1 unknown), weight."""

    matrix: np.ndarray
    target: np.ndarray
    weight: np.ndarray
    first: np.ndarray  # of each page
    half: np.ndarray  # 0 or 1 by site, a block
    names: tuple[str, ...]


def tabulate(cases: Sequence[Case], measured: Sequence[tuple[np.ndarray, Sequence[str]]]) -> Table:
    """The measured pages as one table."""
    matrices, targets, weights, halves, sizes = [], [], [], [], [0]
    names: Sequence[str] = ()
    for case, (matrix, names) in zip(cases, measured, strict=True):
        size = matrix[names.index("size")].astype(float)
        matrices.append(matrix)
        targets.append(np.array([{1: 0, 0: 1}.get(label, -1) for label in case.labels]))
        weights.append((1.0 if case.dataset in NEWS else 0.5) * (size + 1) / (size.sum() + 50) ** 0.7)
        halves.append(np.full(len(size), number("half " + case.domain) % 2))
        sizes.append(len(size))
    return Table(
        np.concatenate(matrices, axis=1),
        np.concatenate(targets),
        np.concatenate(weights),
        np.cumsum(sizes),
        np.concatenate(halves),
        tuple(names),
    )


def fit_forest(
    matrix: np.ndarray, table: Table, rows: np.ndarray, names: Sequence[str], settings: dict[str, Any]
) -> list[dict[str, Any]]:
    """Boosted symmetric trees, as the weights' file holds them."""
    from catboost import CatBoostClassifier

    model = CatBoostClassifier(
        **settings,
        depth=6,
        l2_leaf_reg=8,
        border_count=32,
        random_seed=1,
        thread_count=1,
        verbose=0,
        bootstrap_type="Bernoulli",
        subsample=0.5,
        random_strength=0.5,
        allow_writing_files=False,
    )
    rows = rows & (table.target >= 0)
    model.fit(matrix[:, rows].T.astype(np.float32), table.target[rows], sample_weight=table.weight[rows])
    return export_trees(model, names)


Relate = Callable[[np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, Sequence[str]]]


def fit_forests(table: Table, relate: Relate, settings: dict[str, Any]) -> dict[str, Any]:
    """Both forests. The second learns from first scores of sites that the first one did not see."""
    every = np.ones(len(table.target), dtype=bool)
    early = np.zeros(len(table.target), dtype=np.int64)
    for half in (0, 1):
        trees = fit_forest(table.matrix, table, table.half != half, table.names, settings)
        forest = Forest.build(trees, table.names)
        early[table.half == half] = forest.score(table.matrix[:, table.half == half]) // 10
    first = fit_forest(table.matrix, table, every, table.names, settings)
    sizes = table.matrix[table.names.index("size")].astype(np.int64)
    seen, related = relate(early, sizes, table.first)
    both = np.concatenate([table.matrix, seen])
    return {"first": first, "second": fit_forest(both, table, every, [*table.names, *related], settings)}


def relate_blocks(
    scores: np.ndarray, sizes: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, Sequence[str]]:
    """As the judge of all evidence hears the first forest."""
    columns = relate_scores(scores, sizes, first)
    return np.clip(np.stack(list(columns.values())), -30_000, 30_000).astype(np.int16), list(columns)


def relate_quick(
    scores: np.ndarray, sizes: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, Sequence[str]]:
    """As the quick judge hears the first forest, page by page."""
    parts = [relate_lines(scores[low:high], sizes[low:high]) for low, high in pairwise(first)]
    return np.concatenate([matrix for matrix, _ in parts], axis=1), parts[0][1]


def learn(cases: Sequence[Case], held: int | None = None) -> dict[str, Any]:
    """The content of a weights' file, learned from all pages, or from all but those of one fold."""
    training = [case for case in cases if fold_of(case.domain) != held]
    if isinstance(training[0].page, list):
        settings = {"iterations": QUICK_TREES, "learning_rate": 0.1, "rsm": 0.4}
        table = tabulate(training, [measure_lines(case.page) for case in training])
        return {"marks": {}, "threshold": THRESHOLD, **fit_forests(table, relate_quick, settings)}
    counts = count_marks(training)
    folds = [fold for fold in range(FOLDS) if fold != held]
    others = {fold: Marks(weigh_marks(counts, [f for f in folds if f != fold])) for fold in folds}
    table = tabulate(training, [measure_page(case.page, others[fold_of(case.domain)]) for case in training])
    settings = {"iterations": TREES, "learning_rate": 0.12, "rsm": 0.25}
    forests = fit_forests(table, relate_blocks, settings)
    return {"marks": weigh_marks(counts, folds), "threshold": THRESHOLD, **forests}


def write_weights(content: dict[str, Any], path: Path) -> None:
    """Words by weight; one tree a line."""
    words: dict[int, list[str]] = defaultdict(list)
    for word, weight in content["marks"].items():
        words[weight].append(word)
    lines = ["{", '"marks": {']
    lines.append(",\n".join(f'"{weight}": "{" ".join(sorted(words[weight]))}"' for weight in sorted(words)))
    lines.append(f'}},\n"threshold": {content["threshold"]},')
    for name in ("first", "second"):
        trees = ",\n".join(
            json.dumps(tree, ensure_ascii=False, separators=(",", ":")) for tree in content[name]
        )
        lines.append(f'"{name}": [\n{trees}\n]' + ("," if name == "first" else ""))
    lines.append("}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--extractor", choices=("trafilatura", "resiliparse"), default="trafilatura")
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--folds", type=Path, help="write a file for each fold into this folder, too")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    cases = read_cases(args.bench, args.extractor)
    if args.output:
        write_weights(learn(cases), args.output)
    for fold in range(FOLDS) if args.folds else ():
        write_weights(learn(cases, fold), args.folds / f"{args.extractor}-{fold}.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
