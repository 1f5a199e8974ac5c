"""Which facts two paragraphs do not share: figures, units, dates, names, negation, qualifiers, roles.

Two paragraphs are read into tokens (:mod:`cleaner.core.comparison.tokens`) and aligned word by word
(:mod:`cleaner.core.comparison.differences`). Every difference is either harmless (an article, a typo, two words
glued), *soft* (an attribution, a weekday, "also"), or a fact.

A paragraph is *covered* by another when all that it states stands there too and nothing in between
turns its sense: an inserted "not", "allegedly", "former", "unless".
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from cleaner.core.comparison.artefacts import MASK
from cleaner.core.comparison.differences import Difference, find_differences
from cleaner.core.comparison.fact_words import (
    CONDITIONS,
    CONNECTIVES,
    HEDGES,
    IRREGULAR,
    MONTHS,
    NEGATIONS,
    NEUTRAL,
    OPPOSITES,
    PASSIVES,
    POINTERS,
    PREPOSITIONS,
    QUALIFIERS,
    ROLES,
    SOFT,
    SPEAKERS,
    SPEECH,
    TENSES,
    UNITS,
    WEEKDAYS,
    make_key,
)
from cleaner.core.comparison.tokens import Token, is_typo

Edge = Literal["head", "inside", "tail", "cut"]

JOINT_WORDS = 2  # where so few words stand for as few others, each small word counts
TURNING_WORDS = 8  # a longer stretch is a clause of its own and does not turn what stands around it
ORIGIN = frozenset(["of", "from"])
_TURNING = NEGATIONS | HEDGES | CONDITIONS
_HARD_KINDS = ("negation", "antonym", "figure", "date", "unit", "tense")


class OpenEnds(NamedTuple):
    """Whether a paragraph begins, and whether it ends, in the middle of a sentence."""

    head: bool
    tail: bool


CLOSED = OpenEnds(head=False, tail=False)


class Conflict(NamedTuple):
    """A fact of one paragraph that the other does not state: its kind, and both wordings."""

    kind: str
    a: str
    b: str


class Comparison(NamedTuple):
    """What keeps ``a`` from being covered by ``b``, and ``b`` by ``a``; soft counts small words lost."""

    a_unmet: tuple[Conflict, ...]
    b_unmet: tuple[Conflict, ...]
    a_shared: float  # share of the tokens of a that stand in b
    b_shared: float
    runs: int  # in how many pieces the shared text lies
    longest: int  # words of the longest of them
    a_head: int  # words of a before all that it shares with b
    b_head: int

    def swap(self) -> "Comparison":
        """The same comparison, seen from the other side."""
        return Comparison(
            tuple(Conflict(kind, b, a) for kind, a, b in self.b_unmet),
            tuple(Conflict(kind, b, a) for kind, a, b in self.a_unmet),
            self.b_shared,
            self.a_shared,
            self.runs,
            self.longest,
            self.b_head,
            self.a_head,
        )


def compare_facts(
    a: Sequence[Token], b: Sequence[Token], a_open: OpenEnds = CLOSED, b_open: OpenEnds = CLOSED
) -> Comparison | None:
    """Align two paragraphs and say which facts of either the other does not state.

    Where a paragraph is open, at its head or its tail, it is a piece of a sentence: what the other says
    there cannot turn what it states.
    None where the two are too long and too different to be aligned.

    >>> from cleaner.core.comparison.tokens import read_tokens
    >>> five = read_tokens("The fire killed five people in the old harbour.")
    >>> six = read_tokens("The fire killed six people in the old harbour on Monday.")
    >>> compare_facts(five, six).a_unmet
    (Conflict(kind='figure', a='five', b='six'),)
    """
    aligned = find_differences(a, b)
    if aligned is None:
        return None
    a_unmet: list[Conflict] = []
    b_unmet: list[Conflict] = []
    for place in aligned.differences:
        _judge_difference(place, a, b, a_unmet, b_unmet, a_open, b_open)
    shared = sum(aligned.runs)
    return Comparison(
        tuple(a_unmet),
        tuple(b_unmet),
        shared / max(1, len(a)),
        shared / max(1, len(b)),
        len(aligned.runs),
        max(aligned.runs, default=0),
        *aligned.solid,
    )


def _judge_difference(
    place: Difference,
    a: Sequence[Token],
    b: Sequence[Token],
    a_unmet: list[Conflict],
    b_unmet: list[Conflict],
    a_open: OpenEnds,
    b_open: OpenEnds,
) -> None:
    """Add to ``a_unmet`` what b does not say of a here, and to ``b_unmet`` what a does not say of b."""
    if not place.a and not place.b:
        return
    place = _part_first_words(place, a_unmet, b_unmet)
    if _turns_voice(place.a, place.b, a[place.a_start + len(place.a) :]) or _turns_voice(
        place.b, place.a, b[place.b_start + len(place.b) :]
    ):
        conflict = Conflict("voice", _quote(place.a), _quote(place.b))
        a_unmet.append(conflict)
        b_unmet.append(conflict)
        return
    if _joins_otherwise(place.a, place.b):
        conflict = Conflict("connective", _quote(place.a), _quote(place.b))
        a_unmet.append(conflict)
        b_unmet.append(conflict)
        return
    left, right = _drop_equal(place.a, place.b)
    if left and right:
        kind = _name_conflict(left, right)
        hard_left, hard_right = _drop_soft(left, place, a, "a"), _drop_soft(right, place, b, "b")
        named = _states_name(left, hard_right) or _states_name(right, hard_left)
        if kind in _HARD_KINDS or named or (hard_left and hard_right):
            conflict = Conflict(kind, _quote(left), _quote(right))
            a_unmet.append(conflict)
            b_unmet.append(conflict)
            return
        left, right = hard_left, hard_right
    if left:
        turning = _find_turning(place.a, a, place.a_start, _meet_edge(place.b_start, len(place.b), b, b_open))
        if turning:
            b_unmet.append(Conflict(turning, _quote(left), ""))
        hard = _drop_soft(left, place, a, "a")
        if hard:
            a_unmet.append(Conflict("text", _quote(hard), ""))
    if right:
        turning = _find_turning(place.b, b, place.b_start, _meet_edge(place.a_start, len(place.a), a, a_open))
        if turning:
            a_unmet.append(Conflict(turning, "", _quote(right)))
        hard = _drop_soft(right, place, b, "b")
        if hard:
            b_unmet.append(Conflict("text", "", _quote(hard)))


def _turns_voice(side: Sequence[Token], other: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Whether only this side has a participle in the passive: "was sued" against "sued" or "has sued".

    "Sued by the bank" is passive with and without "was".
    """
    if (
        not behind
        or len(side) > 2
        or len(other) > 2
        or not (behind[0].key.endswith(("ed", "en")) or behind[0].key in IRREGULAR)
    ):
        return False
    passive = bool(side) and side[-1].key in PASSIVES
    return (
        passive
        and not any(token.key in PASSIVES for token in other)
        and not any(token.key == "by" for token in behind[1:3])
    )


def _joins_otherwise(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether one small word stands for another that joins clauses or tells roles: "so", "but"; "by", "to".

    "In", "on", "at" and "of" may stand for one another, and so may "of" and "from" (where somebody comes from);
    none of these words may stand for a word of substance.
    """
    if not 0 < len(left) <= JOINT_WORDS or not 0 < len(right) <= JOINT_WORDS:
        return False
    keys = [{token.key for token in side} for side in (left, right)]
    if keys[0] ^ keys[1] == ORIGIN:
        return False
    for words, turning in ((CONNECTIVES, CONNECTIVES), (PREPOSITIONS, ROLES)):
        one, other = keys[0] & words, keys[1] & words
        if one and other and (one ^ other) & turning:
            return True
    small = CONNECTIVES | PREPOSITIONS
    return any(
        side <= small and any(token.key not in NEUTRAL and not _is_soft(token) for token in tokens)
        for side, tokens in ((keys[0], right), (keys[1], left))
    )


def _part_first_words(place: Difference, a_unmet: list[Conflict], b_unmet: list[Conflict]) -> Difference:
    """The difference without a first word that is the end of the other's word: "hatever", "RingDiscover".

    Where a first letter was lost, only the side that lost it may go; where a heading was glued to the word,
    the heading remains as a difference.
    """
    if place.a and place.b and place.a_start == 0:
        left, right, lost = _part_first_word(place.a, place.b)
        if lost:
            b_unmet.append(Conflict("text", place.a[0].letters, _quote(place.b[-len(place.a) :])))
        place = place._replace(a=left, b=right)
    if place.a and place.b and place.b_start == 0:
        right, left, lost = _part_first_word(place.b, place.a)
        if lost:
            a_unmet.append(Conflict("text", _quote(place.a[-len(place.b) :]), place.b[0].letters))
        place = place._replace(a=left, b=right)
    return place


def _part_first_word(
    own: Sequence[Token], other: Sequence[Token]
) -> tuple[Sequence[Token], Sequence[Token], bool]:
    """Both sides without the first word of ``own`` if it is the end of a word of ``other``; if letters were lost."""
    at = len(other) - len(own)
    if at < 0 or own[0].key == other[at].key:
        return own, other, False
    first, whole = own[0].letters, other[at].letters
    head = whole[: len(whole) - len(first)]
    if not head or not whole.endswith(first) or not whole.isalpha():
        return own, other, False
    # An initial that a page sets in a tag of its own gets lost; "amoral" is another word than "moral".
    if first[0].islower() and len(head) == 1 and head not in "aA":
        return own[1:], [*other[:at], *other[at + 1 :]], True
    if first[0].isupper() and head[-1].islower():
        glued = Token(make_key(head), head, other[at].opens)
        return own[1:], [*other[:at], glued, *other[at + 1 :]], False
    return own, other, False


def _meet_edge(start: int, length: int, other: Sequence[Token], ends: OpenEnds) -> Edge:
    """Where the other paragraph stands at a stretch: at its head, in its middle, at its tail, or cut off."""
    if start == 0:
        return "cut" if ends.head else "head"
    if start + length < len(other):
        return "inside"
    return "cut" if ends.tail else "tail"


def _drop_equal(left: Sequence[Token], right: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Both sides of a difference without what is only written otherwise."""
    if left and right and _join(left) == _join(right):
        return [], []
    rest_left = [token for token in left if token.key not in NEUTRAL and token.key != MASK]
    rest_right = [token for token in right if token.key not in NEUTRAL and token.key != MASK]
    rest_left, rest_right = _drop_cut(rest_left, rest_right), _drop_cut(rest_right, rest_left)
    if rest_left and rest_right and _join(rest_left) == _join(rest_right):
        return [], []
    if not (rest_left and rest_right):
        if _has_pointer(left, rest_left) or _has_pointer(right, rest_right):
            return list(left), list(right)
        opposed = _find_opposites(left, right) or _find_tenses(left, right)
        return (list(left), list(right)) if opposed else (rest_left, rest_right)
    # What remains is small: match equal words in order, the longest stretches first.
    used: set[int] = set()
    kept_left = []
    position = 0
    for token in rest_left:
        match = next(
            (i for i in range(position, len(rest_right)) if _is_same_word(token, rest_right[i])), None
        )
        if match is None:
            kept_left.append(token)
        else:
            used.add(match)
            position = match + 1
    return kept_left, [token for i, token in enumerate(rest_right) if i not in used]


def _drop_cut(side: Sequence[Token], other: Sequence[Token]) -> list[Token]:
    """Without cut words ("Berg...") whose whole word the other side has: they state less, not other."""
    return [
        token
        for token in side
        if not (token.cut and any(word.key.startswith(token.key) and word.key != token.key for word in other))
    ]


def _has_pointer(side: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether a pronoun, and nothing of substance, stands on this side: "those" for a name."""
    return not rest and any(token.key in POINTERS for token in side)


def _states_name(side: Sequence[Token], other: Sequence[Token]) -> bool:
    """Whether a name or figure stands where the other paragraph has only small words."""
    return bool(side) and any(token.letters[0].isupper() or token.letters[0].isdigit() for token in other)


def _join(tokens: Iterable[Token]) -> str:
    return "".join(token.key for token in tokens)


def _is_same_word(a: Token, b: Token) -> bool:
    if a.key == b.key:
        return True
    if a.key in SPEECH and b.key in SPEECH:
        return not (a.letters[0].isupper() or b.letters[0].isupper())
    return is_typo(a.key, b.key)


def _drop_soft(tokens: Sequence[Token], place: Difference, whole: Sequence[Token], side: str) -> list[Token]:
    """The tokens that state something, once small words and a bare attribution are gone."""
    keys = [token.key for token in tokens]
    if len(keys) <= 9 and any(key in SPEECH for key in keys):
        small = SPEECH | SPEAKERS
        if all(_is_soft(token) or (token.key in small and not _is_name(token)) for token in tokens):
            return []
    hard = [token for token in tokens if not _is_soft(token)]
    if len(hard) == 1 and _is_cut_word(hard[0], place, whole, side):
        return []
    return hard


def _is_soft(token: Token) -> bool:
    if token.key in NEUTRAL or token.key == MASK:
        return True
    return token.key in SOFT and (token.key in WEEKDAYS or not _is_name(token))


def _is_name(token: Token) -> bool:
    """Whether a capital within a sentence makes a name of a small word: "USA Today", "United States"."""
    return token.letters[0].isupper() and not token.opens


def _is_cut_word(token: Token, place: Difference, whole: Sequence[Token], side: str) -> bool:
    """Whether a lone last word is the beginning of the other's next word: the text was cut within it."""
    own, other = (place.a, place.b) if side == "a" else (place.b, place.a)
    start = place.a_start if side == "a" else place.b_start
    return (
        bool(other)
        and start + len(own) == len(whole)
        and any(word.key.startswith(token.key) and len(token.key) < len(word.key) for word in other[:2])
    )


def _find_turning(tokens: Sequence[Token], whole: Sequence[Token], start: int, edge: Edge) -> str:
    """The kind of a word in an inserted stretch that turns the sense around it, or an empty string.

    Whole sentences may say what they like. What is put into a sentence may not; what stands before or
    behind all of the other paragraph only if it is so short that it belongs to the same sentence.
    """
    end = start + len(tokens)
    closes = end >= len(whole) or whole[end].opens
    if edge == "cut" or (tokens[0].opens and (closes or edge == "tail")):
        return ""
    openings = [i for i, token in enumerate(tokens) if token.opens]
    if edge == "tail" and openings:
        tokens = tokens[: openings[0]]
    elif edge == "head" and openings:
        tokens = tokens[openings[-1] :]
        if closes:
            return ""
    elif openings and openings[0] > 0:
        tokens = [*tokens[: openings[0]], *(() if closes else tokens[openings[-1] :])]
    keys = [token.key for token in tokens]
    if len(keys) > TURNING_WORDS:
        return ""
    for kind, words in (("negation", NEGATIONS), ("hedge", HEDGES), ("qualifier", CONDITIONS)):
        if any(key in words for key in keys):
            return kind
    if edge == "inside" and len(keys) <= 3:
        if any(map(_is_amount, keys)) and any(
            _is_amount(token.key) for token in whole[max(0, start - 1) : start]
        ):
            return "figure"
        if any(key in UNITS for key in keys) and not any(key[0].isdigit() for key in keys):
            return "unit"
    if edge in ("inside", "head") and len(keys) <= 3 and any(key in QUALIFIERS for key in keys):
        return "qualifier"
    return ""


def _is_amount(key: str) -> bool:
    """Whether a key is a figure and not a year."""
    return key[0].isdigit() and not (len(key) == 4 and key[:2] in ("19", "20"))


def _find_opposites(left: Sequence[Token], right: Sequence[Token]) -> bool:
    keys = {token.key for token in right}
    return any(frozenset((token.key, key)) in OPPOSITES for token in left for key in keys)


def _find_tenses(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether small verbs differ only in their time: "is" for "was"."""
    keys = {token.key for token in right}
    return any(frozenset((token.key, key)) in TENSES for token in left for key in keys)


def _name_conflict(left: Sequence[Token], right: Sequence[Token]) -> str:
    """What kind of fact two differing stretches state."""
    keys_left, keys_right = {token.key for token in left}, {token.key for token in right}
    if (keys_left & NEGATIONS) != (keys_right & NEGATIONS):
        return "negation"
    if _find_opposites(left, right):
        return "antonym"
    if _find_tenses(left, right):
        return "tense"
    figures = [{key for key in keys if key[0].isdigit()} for keys in (keys_left, keys_right)]
    if figures[0] and figures[1]:
        return "figure" if figures[0] != figures[1] else "text"
    for kind, words in (("date", MONTHS | WEEKDAYS), ("unit", UNITS)):
        if (keys_left & words) and (keys_right & words) and keys_left & words != keys_right & words:
            return kind
    if (keys_left & _TURNING) != (keys_right & _TURNING) or (keys_left & QUALIFIERS) != (
        keys_right & QUALIFIERS
    ):
        return "qualifier"
    capital = [any(token.letters[0].isupper() for token in side) for side in (left, right)]
    return "name" if capital[0] and capital[1] else "text"


def _quote(tokens: Sequence[Token]) -> str:
    text = " ".join(token.letters for token in tokens[:8]).replace(MASK, "*")
    return text + " ..." if len(tokens) > 8 else text
