"""A paragraph as tokens whose keys agree where only the writing differs.

``per cent`` and ``%``, ``five`` and ``5``, ``do not`` and ``don't``, ``colour`` and ``color``, ``Erdogan`` with and without
its breve: of each two the keys are equal, so that a comparison of keys finds what is stated otherwise, not
what is only written otherwise.
"""

import re
from typing import NamedTuple

from cleaner.core.comparison.fact_words import OPPOSITES, PHRASES, make_key
from cleaner.core.text import CJK

_TOKEN_RE = re.compile(
    rf"(\0mask|[{CJK}]|\d+(?:[.,:]\d+)*|(?:[^\W\d_{CJK}][\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e]*)+"
    r"|[%$\u20ac\u00a3\u00a5\u00b0+])"
)
_END_RE = re.compile(r"[.!?;:\u2026\u3002\uff01\uff1f\u0964]")
_NOT_RE = re.compile(r"\b(ca|wo|sha|\w+)n't\b", re.IGNORECASE)
_CLITIC_RE = re.compile(r"\b(\w+)'(re|ll|ve|m)\b", re.IGNORECASE)
_THOUSANDS_RE = re.compile(r"(?<=\d)[, \u00a0\u202f](?=\d{3}(?!\d))")
_ORDINAL_RE = re.compile(r"\b(\d+)\s?(?:st|nd|rd|th)\b", re.IGNORECASE)
_DOTTED_RE = re.compile(r"\b(?:[^\W\d_]\.){2,}")

_LAST_WORDS = frozenset(last for _, last in PHRASES)
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_CLITICS = {"re": "are", "ll": "will", "ve": "have", "m": "am"}


class Token(NamedTuple):
    """A word, figure or sign; its key is what is compared. It may open a sentence, or dots may cut it."""

    key: str
    letters: str
    opens: bool
    cut: bool = False


def read_tokens(text: str) -> list[Token]:
    """The tokens of a text that went through :func:`~cleaner.core.comparison.artefacts.strip_artefacts`.

    >>> [token.key for token in read_tokens("It doesn't cost five per cent, or 1,000 colours")]
    ['it', 'does', 'not', 'cost', '5', '%', 'or', '1000', 'colors']
    """
    if "'" in text:
        text = _NOT_RE.sub(_expand_not, text)
        text = _CLITIC_RE.sub(_expand_clitic, text)
    text = _DOTTED_RE.sub(lambda match: match.group().replace(".", "") + " ", text)
    text = _ORDINAL_RE.sub(r"\1", _THOUSANDS_RE.sub("", text))
    tokens: list[Token] = []
    parts = _TOKEN_RE.split(text)  # what lies between, a token, what lies between, ...
    for before, letters, behind in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        opens = not tokens or (before != " " and _opens_sentence(before, letters))
        key = make_key(letters)
        if key in _LAST_WORDS and tokens and (tokens[-1].key, key) in PHRASES:
            tokens[-1] = tokens[-1]._replace(key=PHRASES[tokens[-1].key, key])
        elif key == "cannot":
            tokens += [Token("can", letters, opens), Token("not", letters, False)]
        else:
            tokens.append(Token(key, letters, opens, behind.startswith("...")))
    return tokens


def _opens_sentence(gap: str, letters: str) -> bool:
    """Whether what stands before a word ends a sentence, or a label: "No maintenance - The ..."."""
    return _END_RE.search(gap) is not None or (" - " in gap and letters[0].isupper())


def _expand_not(match: re.Match[str]) -> str:
    stem = match.group(1)
    return f"{_STEMS.get(stem.lower(), stem)} not"


def _expand_clitic(match: re.Match[str]) -> str:
    return f"{match.group(1)} {_CLITICS[match.group(2).lower()]}"


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
