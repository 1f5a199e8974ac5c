"""What the first scores of a document say of each passage: the second look, which smooths.

A first forest scores every passage (hundredths of a logit, above zero is cruft). This module turns
the scores of a document into features of their own: means over windows, what lies before and after,
and the body, which is the run of passages with the greatest balance of article over cruft.
"""

from typing import Final

import numpy as np

from cleaner.core.scoring.passages import Ints

_HEAVY: Final = 60  # words beyond which a passage weighs no more
_SURE: Final = 500


def relate_scores(scores: Ints, sizes: Ints, first: Ints) -> dict[str, Ints]:
    """The features; ``first`` holds the first passage of each document and at the end their number."""
    number = len(scores)
    here = np.arange(number)
    document = np.repeat(np.arange(len(first) - 1), np.diff(first))
    low, high = first[document], first[document + 1]
    weight = np.clip(sizes, 1, _HEAVY)
    bounded = np.clip(scores, -_SURE, _SURE)
    balance = np.append(0, np.cumsum(bounded * weight))
    mass = np.append(0, np.cumsum(weight))
    columns = {"score": bounded}

    def mean(begin: Ints, end: Ints) -> Ints:
        result: Ints = (balance.take(end) - balance.take(begin)) // np.maximum(
            mass.take(end) - mass.take(begin), 1
        )
        return result

    for radius in (1, 2, 4, 8, 20):
        columns[f"score within {radius}"] = mean(
            np.maximum(here - radius, low), np.minimum(here + radius + 1, high)
        )
    for reach in (1, 2, 3, 6, 15):
        columns[f"score before {reach}"] = mean(np.maximum(here - reach, low), here)
        columns[f"score after {reach}"] = mean(here + 1, np.minimum(here + 1 + reach, high))
    columns["score document"] = mean(low, high)
    articles = np.append(0, np.cumsum(np.where(scores < 0, sizes, 0)))
    words = np.append(0, np.cumsum(sizes))
    kept = articles[high] - articles[low]
    columns["article share"] = 100 * kept // np.maximum(words[high] - words[low], 1)
    columns["article before"] = 100 * (articles[here] - articles[low]) // np.maximum(kept, 1)
    columns["article after"] = 100 * (articles[high] - articles[here + 1]) // np.maximum(kept, 1)
    columns.update(_find_body(bounded * weight, sizes, first, document))
    return columns


def _find_body(gains: Ints, sizes: Ints, first: Ints, document: Ints) -> dict[str, Ints]:
    """Where the body of each document lies, and where each passage lies to it."""
    number = len(gains)
    if number == 0:
        none = np.zeros(0, dtype=np.int64)
        return {
            "body": none,
            "body distance": none,
            "body words off": none,
            "body share": none,
            "body cruft": none,
        }
    here = np.arange(number)
    low = first[document]
    total = np.append(0, np.cumsum(-gains))
    before = total[:-1] - total[low]  # balance of the passages of the same document before this one
    # A drop that no document can make up for, once a document: the running minimum starts anew.
    step = 1 + np.abs(gains).sum()
    lowered = before - document * 2 * step
    lowest = np.minimum.accumulate(lowered)
    start = np.maximum.accumulate(np.where(lowered == lowest, here, 0))
    reached = before - gains - (lowest + document * 2 * step)
    filled = np.flatnonzero(np.diff(first) > 0)
    best = np.maximum.reduceat(reached, first[filled])
    peak = np.full(len(first) - 1, 0)
    peak[filled] = best
    tops = np.flatnonzero(reached == peak[document])
    owner, where = np.unique(document[tops], return_index=True)
    end = np.zeros(len(first) - 1, dtype=np.int64)
    end[owner] = tops[where]
    begin = np.zeros(len(first) - 1, dtype=np.int64)
    begin[owner] = start[end[owner]]
    begin, end = begin[document], end[document]
    words = np.append(0, np.cumsum(sizes))
    inside = (here >= begin) & (here <= end)
    distance = np.where(here < begin, here - begin, np.where(here > end, here - end, 0))
    off = np.where(
        here < begin, words[begin] - words[here], np.where(here > end, words[here] - words[end], 0)
    )
    low, high = first[document], first[document + 1]
    body = words[end + 1] - words[begin]
    cruft = np.append(0, np.cumsum(np.where(gains > 0, sizes, 0)))
    return {
        "body": np.where(inside, np.minimum(here - begin, end - here), -1),
        "body distance": distance,
        "body words off": off,
        "body share": 100 * body // np.maximum(words[high] - words[low], 1),
        "body cruft": 100 * (cruft[end + 1] - cruft[begin]) // np.maximum(body, 1),
    }
