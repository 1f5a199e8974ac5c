"""Where two versions of a line differ: small spans, found in about linear time.

A general character diff is quadratic, and lines may be megabytes long. Repaired mojibake keeps its
plain words and spaces, so both versions are walked side by side and meet again soon after each
difference.
"""

from collections.abc import Iterator

_NEAR = 40  # how far behind a difference the versions are expected to meet again


def align(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """Spans ``(old_start, old_end, new_start, new_end)`` that differ; all between them is equal.

    >>> list(align("a [b] c", "a b c!"))
    [(2, 3, 2, 2), (4, 5, 3, 3), (7, 7, 5, 6)]
    """
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            i += 1
            j += 1
            continue
        skip_old, skip_new = _find_meeting(old, i, new, j)
        yield i, i + skip_old, j, j + skip_new
        i += skip_old
        j += skip_new
    if i < len(old) or j < len(new):
        yield i, len(old), j, len(new)


def _find_meeting(old: str, i: int, new: str, j: int) -> tuple[int, int]:
    """How much of each to skip until they agree again: the nearest character, else space, else end."""
    rest_old, rest_new = old[i : i + _NEAR], new[j : j + _NEAR]
    for distance in range(1, _NEAR):
        for skip_new in range(max(0, distance - len(rest_old) + 1), min(distance, len(rest_new) - 1) + 1):
            if rest_old[distance - skip_new] == rest_new[skip_new]:
                return distance - skip_new, skip_new
    space_old, space_new = old.find(" ", i), new.find(" ", j)
    if space_old >= 0 and space_new >= 0:
        return space_old - i, space_new - j
    return len(old) - i, len(new) - j
