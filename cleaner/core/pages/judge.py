"""Which blocks of a page are no part of its article: a learned judge of text, markup and an extractor's word.

Two forests, as in the line scorer: the second one sees what the first one said of the whole page.
"""

from typing import NamedTuple

import numpy as np

from cleaner.core.pages.features import Marks, measure_page
from cleaner.core.pages.page import Page
from cleaner.core.scoring.features import pack_columns
from cleaner.core.scoring.forest import Forest
from cleaner.core.scoring.passages import Ints
from cleaner.core.scoring.smoothing import relate_scores


class PageWeights(NamedTuple):
    """All that was learned of pages. Blocks that score above ``threshold`` (thousandths of a logit) go."""

    marks: Marks
    first: Forest
    second: Forest
    threshold: int


def score_blocks(page: Page, weights: PageWeights) -> Ints:
    """For every block how much speaks against it, in thousandths of a logit."""
    matrix, names = measure_page(page, weights.marks)
    early = weights.first.score(matrix) // 10
    sizes = matrix[names.index("size")].astype(np.int64)
    related = relate_scores(early, sizes, np.array([0, len(early)]))
    return weights.second.score(pack_columns(list(related.values()), matrix))
