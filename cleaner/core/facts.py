"""Which facts two paragraphs do not share: figures, units, dates, names, negation, qualifiers, roles.

Two paragraphs are read into tokens whose keys already agree where only the writing differs (``per
cent`` and ``%``, ``five`` and ``5``, ``do not`` and ``don't``, ``colour`` and ``color``, ``Erdogan`` with and
without its breve). They are aligned word by word, and every difference is either harmless (an
article, a typo, two words glued), *soft* (an attribution, a weekday, "also"), or a fact.

A paragraph is *covered* by another when all that it states stands there too and nothing in between
turns its sense: an inserted "not", "allegedly", "former", "unless".
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from cleaner.core.artefacts import MASK
from cleaner.core.fact_words import (
    CONDITIONS,
    HEDGES,
    MONTHS,
    NEGATIONS,
    NEUTRAL,
    OPPOSITES,
    PASSIVES,
    POINTERS,
    QUALIFIERS,
    SAME_KEYS,
    SOFT,
    SPEAKERS,
    SPEECH,
    TENSES,
    UNIONS,
    UNITS,
    WEEKDAYS,
)
from cleaner.core.text import CJK

Edge = Literal["head", "inside", "tail", "cut"]

MOVED_WORDS = 5  # a run of so many words that stands elsewhere in the other paragraph has only moved
ATTRIBUTION_WORDS = 20
QUOTED_WORDS = 8  # so many words lie between an attribution before and one behind a quotation
SOLID_WORDS = 4  # a run of fewer words may have been found by chance
TURNING_WORDS = 8  # a longer stretch is a clause of its own and does not turn what stands around it
TOO_LONG = 16_000_000  # word pairs left to align after the common head and tail

_TOKEN_RE = re.compile(
    rf"\0mask|[{CJK}]|\d+(?:[.,:]\d+)*|(?:[^\W\d_{CJK}][\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e]*)+"
    r"|[%$\u20ac\u00a3\u00a5\u00b0+]"
)
_END_RE = re.compile(r"[.!?;:\u2026\u3002\uff01\uff1f\u0964]")
_NOT_RE = re.compile(r"\b(ca|wo|sha|\w+)n't\b", re.IGNORECASE)
_CLITIC_RE = re.compile(r"\b(\w+)'(re|ll|ve|m)\b", re.IGNORECASE)
_THOUSANDS_RE = re.compile(r"(?<=\d)[, \u00a0\u202f](?=\d{3}(?!\d))")
_ORDINAL_RE = re.compile(r"\b(\d+)\s?(?:st|nd|rd|th)\b", re.IGNORECASE)
_DOTTED_RE = re.compile(r"\b(?:[^\W\d_]\.){2,}")

_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_CLITICS = {"re": "are", "ll": "will", "ve": "have", "m": "am"}
_TURNING = NEGATIONS | HEDGES | CONDITIONS
_HARD_KINDS = ("negation", "antonym", "figure", "date", "unit", "tense")


class Token(NamedTuple):
    """A word, figure or sign; its key is what is compared. It may open a sentence, or dots may cut it."""

    key: str
    letters: str
    opens: bool
    cut: bool = False


class OpenEnds(NamedTuple):
    """Whether a paragraph begins, and whether it ends, in the middle of a sentence."""

    head: bool
    tail: bool


CLOSED = OpenEnds(head=False, tail=False)


class Difference(NamedTuple):
    """A stretch where two paragraphs part: the tokens of either side, and its place in both."""

    a: Sequence[Token]
    b: Sequence[Token]
    a_start: int
    b_start: int


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


def read_tokens(text: str) -> list[Token]:
    """The tokens of a text that went through :func:`~cleaner.core.artefacts.strip_artefacts`.

    >>> [token.key for token in read_tokens("It doesn't cost five per cent, or 1,000 colours")]
    ['it', 'does', 'not', 'cost', '5', '%', 'or', '1000', 'colors']
    """
    if "'" in text:
        text = _NOT_RE.sub(_expand_not, text)
        text = _CLITIC_RE.sub(_expand_clitic, text)
    text = _DOTTED_RE.sub(lambda match: match.group().replace(".", "") + " ", text)
    text = _ORDINAL_RE.sub(r"\1", _THOUSANDS_RE.sub("", text))
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN_RE.finditer(text):
        letters = match.group()
        opens = not tokens or _END_RE.search(text, end, match.start()) is not None
        # A label or heading before a dash: "No maintenance - The ...".
        opens = opens or (" - " in text[end : match.start()] and letters[0].isupper())
        end = match.end()
        key = _key(letters)
        if key == "cent" and tokens and tokens[-1].key == "per":
            tokens[-1] = tokens[-1]._replace(key="%")
        elif tokens and (short := UNIONS.get((tokens[-1].key, key))):
            tokens[-1] = tokens[-1]._replace(key=short)
        elif key == "cannot":
            tokens += [Token("can", letters, opens), Token("not", letters, False)]
        else:
            tokens.append(Token(key, letters, opens, text.startswith("...", end)))
    return tokens


def _expand_not(match: re.Match[str]) -> str:
    stem = match.group(1)
    return f"{_STEMS.get(stem.lower(), stem)} not"


def _expand_clitic(match: re.Match[str]) -> str:
    return f"{match.group(1)} {_CLITICS[match.group(2).lower()]}"


_VARIANT_RE = re.compile(
    r"(?:[iy]s(?:e[drs]?|ers|ing|ations?)|our(?:s|ed|ing|able|ites?|hoods?|ful|al)?|tre[ds]?"
    r"|ll(?:ed|ing|ers?|ors?)|ogues?|ences?)$"
)
_KEY_CUTS = (
    (re.compile(r"is(e|ed|es|er|ers|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|es|er|ers|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{2})our(s|ed|ing|able|ite|ites|hood|hoods|ful|al|)$"), r"or\1"),
    (re.compile(r"(?<=[a-z]{2})tre(s|d|)$"), r"ter\1"),
    (re.compile(r"(?<=[aeiou])ll(ed|ing|er|ers|or|ors)$"), r"l\1"),
    (re.compile(r"(?<=[a-z]{3})ogue(s|)$"), r"og\1"),
    (re.compile(r"(?<=def|off|lic|ret)ence(s|)$"), r"ense\1"),
)  # fmt: skip


def _key(letters: str) -> str:
    if letters[0].isdigit():
        return letters.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", letters) else letters
    key = letters.casefold()
    if not key.isascii():
        parts = unicodedata.normalize("NFD", key)
        key = (
            "".join(part for part in parts if not unicodedata.combining(part)) if parts[0] < "\u0300" else key
        )
        key = unicodedata.normalize("NFC", key)
    if key in SAME_KEYS:
        return SAME_KEYS[key]
    if len(key) > 5 and _VARIANT_RE.search(key) and key.isascii():
        for pattern, new in _KEY_CUTS:
            key = pattern.sub(new, key)
    return key


def compare_facts(
    a: Sequence[Token], b: Sequence[Token], a_open: OpenEnds = CLOSED, b_open: OpenEnds = CLOSED
) -> Comparison | None:
    """Align two paragraphs and say which facts of either the other does not state.

    Where a paragraph is open, at its head or its tail, it is a piece of a sentence: what the other says
    there cannot turn what it states.
    None where the two are too long and too different to be aligned.

    >>> five = read_tokens("The fire killed five people in the old harbour.")
    >>> six = read_tokens("The fire killed six people in the old harbour on Monday.")
    >>> compare_facts(five, six).a_unmet
    (Conflict(kind='figure', a='five', b='six'),)
    """
    aligned = _align(a, b)
    if aligned is None:
        return None
    equal, differences = aligned
    solid = next((run for run in equal if run[2] >= SOLID_WORDS), (len(a), len(b), 0))
    differences, moved = _drop_moved(differences)
    differences = _drop_attributions(differences)
    lengths = [n for _, _, n in equal] + moved
    a_unmet: list[Conflict] = []
    b_unmet: list[Conflict] = []
    for place in differences:
        _judge_difference(place, a, b, a_unmet, b_unmet, a_open, b_open)
    shared = sum(lengths)
    return Comparison(
        tuple(a_unmet),
        tuple(b_unmet),
        shared / max(1, len(a)),
        shared / max(1, len(b)),
        len(lengths),
        max(lengths, default=0),
        solid[0],
        solid[1],
    )


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
    if not behind or len(side) > 2 or len(other) > 2 or not behind[0].key.endswith(("ed", "en")):
        return False
    passive = bool(side) and side[-1].key in PASSIVES
    return (
        passive
        and not any(token.key in PASSIVES for token in other)
        and not any(token.key == "by" for token in behind[1:3])
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
        glued = Token(_key(head), head, other[at].opens)
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


def is_typo(a: str, b: str) -> bool:
    """Whether two words are one word, once mistyped: a doubled, dropped or swapped letter inside it.

    Endings count as grammar and the first letter as another word; short words are never typos.

    >>> is_typo("kabul", "kabull"), is_typo("professor", "proofessor"), is_typo("raise", "raised")
    (True, True, False)
    """
    if a == b:
        return True
    if len(a) > len(b):
        a, b = b, a
    if len(a) < 5 or not a.isalpha() or not b.isalpha() or a[0] != b[0] or frozenset((a, b)) in OPPOSITES:
        return False
    if len(a) == len(b):
        parts = [i for i in range(len(a)) if a[i] != b[i]]
        swapped = (
            len(parts) == 2
            and parts[1] == parts[0] + 1
            and a[parts[0]] == b[parts[1]]
            and a[parts[1]] == b[parts[0]]
        )
        return swapped or (len(a) >= 6 and _transliterate(a) == _transliterate(b))
    if _transliterate(a) == _transliterate(b):
        return len(a) >= 6
    if len(b) != len(a) + 1:
        return False
    at = next((i for i in range(len(a)) if a[i] != b[i]), len(a))
    if a[at:] != b[at + 1 :]:
        return False
    doubled = b[at] == b[at - 1]
    return doubled or (len(a) >= 7 and at < len(a) - 1)


def _transliterate(word: str) -> str:
    """A word with the letters folded that transliterations of one name differ in: Sergei, Sergiey."""
    return word.replace("y", "i").replace("ii", "i").replace("ie", "e")


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
        if any(key in QUALIFIERS for key in keys):
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
