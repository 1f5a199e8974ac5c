"""The learned weights of the line scorer, as they ship: a readable file, read once when first asked for."""

from functools import cache
from importlib.resources import files

from cleaner.stages.scorer import Weights


@cache
def load_weights() -> Weights:
    """The weights that ship with the package."""
    import json

    from cleaner.weights.reading import read_weights

    return read_weights(
        json.loads(files("cleaner.weights").joinpath("scorer.json").read_text(encoding="utf-8"))
    )
