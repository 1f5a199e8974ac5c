"""The learned weights of the judge of pages, by the extractor that it hears."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from cleaner.core.pages.features import Marks, measure_page
from cleaner.core.pages.judge import PageWeights
from cleaner.core.pages.page import Block, Extract, Page
from cleaner.core.pages.quick_judge import QuickLine, QuickWeights, measure_lines, relate_lines
from cleaner.core.scoring.forest import Forest
from cleaner.core.scoring.smoothing import relate_scores

_PROBE = Page("One.\n", (Block(0, 4, "p", (0,), 0, 0, False),), ("p",), ("",), "", (), Extract("", (100,)))


@cache
def load_page_weights(extractor: str) -> PageWeights:
    """The weights that ship with the package."""
    import json

    name = f"extract-{extractor}.json"
    return read_page_weights(json.loads(files("cleaner.weights").joinpath(name).read_text(encoding="utf-8")))


def read_page_weights(content: Mapping[str, Any]) -> PageWeights:
    """The weights of a file's content. KeyError or ValueError if it is not one that training wrote."""
    words = {word: int(weight) for weight, joined in content["marks"].items() for word in joined.split()}
    _, names = measure_page(_PROBE, Marks({}))
    one = np.ones(1, dtype=np.int64)
    related = list(relate_scores(one, one, np.array([0, 1])))
    return PageWeights(
        Marks(words),
        Forest.build(content["first"], list(names)),
        Forest.build(content["second"], [*names, *related]),
        content["threshold"],
    )


@cache
def load_quick_weights() -> QuickWeights:
    """The weights of the quick judge that ship with the package."""
    import json

    text = files("cleaner.weights").joinpath("extract-resiliparse.json").read_text(encoding="utf-8")
    return read_quick_weights(json.loads(text))


def read_quick_weights(content: Mapping[str, Any]) -> QuickWeights:
    """The quick judge's weights of a file's content."""
    _, names = measure_lines([QuickLine("One.", 0, 0)])
    _, related = relate_lines(np.ones(1, dtype=np.int64), np.ones(1, dtype=np.int64))
    return QuickWeights(
        Forest.build(content["first"], list(names)),
        Forest.build(content["second"], [*names, *related]),
        content["threshold"],
    )
