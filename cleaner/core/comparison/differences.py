"""Where two paragraphs part: both aligned word by word, without sentences and attributions that only moved."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from cleaner.core.comparison.fact_words import HEDGES, NEGATIONS, NEUTRAL, SPEECH
from cleaner.core.comparison.tokens import Token

MOVED_WORDS = 5  # a run of so many words that stands elsewhere in the other paragraph has only moved
SOLID_WORDS = 4  # a run of fewer words may have been found by chance
ATTRIBUTION_WORDS = 20
QUOTED_WORDS = 8  # so many words lie between an attribution before and one behind a quotation
TOO_LONG = 16_000_000  # word pairs left to align after the common head and tail


class Difference(NamedTuple):
    """A stretch where two paragraphs part: the tokens of either side, and its place in both."""

    a: Sequence[Token]
    b: Sequence[Token]
    a_start: int
    b_start: int


class Alignment(NamedTuple):
    """What two paragraphs share, in runs of so many words, and where they part.

    ``solid`` is where the first run that cannot be chance begins, in both; at their ends if there is none.
    """

    differences: Sequence[Difference]
    runs: Sequence[int]
    solid: tuple[int, int]


def find_differences(a: Sequence[Token], b: Sequence[Token]) -> Alignment | None:
    """Align two paragraphs; None where they are too long and too different for that."""
    aligned = _align(a, b)
    if aligned is None:
        return None
    equal, differences = aligned
    solid = next(((i, j) for i, j, length in equal if length >= SOLID_WORDS), (len(a), len(b)))
    differences, moved = _drop_moved(differences)
    return Alignment(_drop_attributions(differences), [length for _, _, length in equal] + moved, solid)


def _align(
    a: Sequence[Token], b: Sequence[Token]
) -> tuple[list[tuple[int, int, int]], list[Difference]] | None:
    """The runs that both share (place in a, place in b, length), and the differences between them."""
    keys_a = [token.key for token in a]
    keys_b = [token.key for token in b]
    head = 0
    limit = min(len(a), len(b))
    while head < limit and keys_a[head] == keys_b[head]:
        head += 1
    tail = 0
    limit -= head
    while tail < limit and keys_a[-1 - tail] == keys_b[-1 - tail]:
        tail += 1
    end_a, end_b = len(a) - tail, len(b) - tail
    if (end_a - head) * (end_b - head) > TOO_LONG:
        return None
    equal = [(0, 0, head)] if head else []
    differences = []
    matcher = SequenceMatcher(None, keys_a[head:end_a], keys_b[head:end_b], autojunk=False)
    for name, i, j, k, m in matcher.get_opcodes():
        i, j, k, m = i + head, j + head, k + head, m + head
        if name == "equal":
            equal.append((i, k, j - i))
        else:
            differences.append(Difference(a[i:j], b[k:m], i, k))
    if tail:
        equal.append((end_a, end_b, tail))
    return equal, differences


def _drop_moved(differences: list[Difference]) -> tuple[list[Difference], list[int]]:
    """Take out sentences that stand on both sides in different places; the lengths of what moved."""
    if sum(len(d.a) for d in differences) < MOVED_WORDS or sum(len(d.b) for d in differences) < MOVED_WORDS:
        return differences, []
    places: dict[tuple[str, ...], tuple[int, int]] = {}
    for index, place in enumerate(differences):
        keys = [token.key for token in place.b]
        for start in range(len(keys) - MOVED_WORDS + 1):
            if not _begins_sentence(place.b, start):
                continue
            places.setdefault(tuple(keys[start : start + MOVED_WORDS]), (index, start))
    moved: list[int] = []
    gone_a: list[set[int]] = [set() for _ in differences]
    gone_b: list[set[int]] = [set() for _ in differences]
    for index, place in enumerate(differences):
        keys = [token.key for token in place.a]
        start = 0
        while start <= len(keys) - MOVED_WORDS:
            found = places.get(tuple(keys[start : start + MOVED_WORDS]))
            if found is None or found[0] == index or not _begins_sentence(place.a, start):
                start += 1
                continue
            other, offset = found
            length = 0
            other_b = differences[other].b
            while (
                start + length < len(keys)
                and offset + length < len(other_b)
                and offset + length not in gone_b[other]
                and keys[start + length] == other_b[offset + length].key
            ):
                length += 1
            gone_a[index].update(range(start, start + length))
            gone_b[other].update(range(offset, offset + length))
            if length:
                moved.append(length)
            start += max(1, length)
    rest = [
        Difference(
            [token for i, token in enumerate(place.a) if i not in gone_a[index]],
            [token for i, token in enumerate(place.b) if i not in gone_b[index]],
            place.a_start,
            place.b_start,
        )
        for index, place in enumerate(differences)
    ]
    return rest, moved


def _drop_attributions(differences: list[Difference]) -> list[Difference]:
    """Take out who said it, where one paragraph has it before and the other behind the quotation.

    An attribution goes if all its names stand in the other's; roles that are exchanged around the verb
    stand side by side and are no attributions of one quotation.
    """
    before = [i for i, place in enumerate(differences) if _is_attribution(place.a)]
    behind = [i for i, place in enumerate(differences) if _is_attribution(place.b)]
    kept = list(differences)
    for i in before:
        for j in behind:
            if abs(differences[i].a_start - differences[j].a_start) < QUOTED_WORDS:
                continue
            names_a, names_b = _name_keys(differences[i].a), _name_keys(differences[j].b)
            if names_a and names_a <= names_b:
                kept[i] = kept[i]._replace(a=())
            if names_b and names_b <= names_a:
                kept[j] = kept[j]._replace(b=())
    return kept


def _is_attribution(tokens: Sequence[Token]) -> bool:
    keys = {token.key for token in tokens}
    return (
        2 <= len(tokens) <= ATTRIBUTION_WORDS
        and bool(keys & SPEECH)
        and not keys & (NEGATIONS | HEDGES)
        and not any(key[0].isdigit() for key in keys)
    )


def _name_keys(tokens: Sequence[Token]) -> set[str]:
    return {token.key for token in tokens if token.letters[0].isupper() and token.key not in NEUTRAL}


def _begins_sentence(tokens: Sequence[Token], start: int) -> bool:
    """Whether a sentence begins here, or one or two words earlier (those may have found a partner)."""
    return start <= 2 or any(token.opens for token in tokens[start - 2 : start + 1])
