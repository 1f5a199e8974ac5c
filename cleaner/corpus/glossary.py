"""Spellings that a corpus has in two forms: proposals for a glossary, with counts, for a person to accept.

Proposed are forms of one word that differ by a hyphen, an accent, a transliteration (Zelensky,
Zelenskyy), British or American spelling, or stand on the list of known pairs (Kiev, Kyiv). Two
given names that different people bear (Yuri Ushakov, Yurii Poita) are no pair: where such a name is
mostly followed by a surname, the surname has to be the same.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cleaner.core.document import Document
from cleaner.stages.normalise.consistency import HONORIFICS, QUOTATION_RE, VARIANTS

_WORD_RE = re.compile(r"[^\W\d_]+(?:[-\u2019'][^\W\d_]+)*")
_POSSESSIVE_RE = re.compile(r"['\u2019]s?$")
_HONORIFIC_RE = re.compile(rf"\b({'|'.join(HONORIFICS)})(\.?)(?= [A-Z])")
_KNOWN = {spelling.casefold(): group[0] for group in VARIANTS for spelling in group}
_TRANSLITERATIONS = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"iy$|yy$|yi$|ij$|ii$|yj$", "y"),
        (r"i$", "y"),
        (r"ii|yi|iy", "i"),
        (r"kh", "h"),
        (r"w", "v"),
        (r"ph", "f"),
        (r"ou|oo", "u"),
        (r"ks", "x"),
    )
)
_SPELLINGS = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"(?<=\w{3})is(?=e|ing|ation)", "iz"),
        (r"(?<=\w{2})yse", "yze"),
        (r"(?<=\w{2})our(?=\b|s|ed|ing|able|ite)", "or"),
        (r"(?<=\w{3})ll(?=ed|ing|er)", "l"),
        (r"(?<=\w{3})tre\b", "ter"),
        (r"(?<=\w{3})ence\b", "ense"),
        (r"programme", "program"),
    )
)
_SHORTEST = 4


class Variant(NamedTuple):
    """One spelling: how often it stands outside and inside quotations, and in how many documents."""

    spelling: str
    outside: int
    quoted: int
    documents: int


class Proposal(NamedTuple):
    """Spellings of what may be one word or name, the most frequent first, and how they are related."""

    kind: str
    variants: tuple[Variant, ...]


def propose_variants(documents: Iterable[Document]) -> list[Proposal]:
    """The spellings that occur side by side in the documents, the most frequent pairs first.

    >>> texts = ["A ceasefire held. The ceasefire broke.", "The cease-fire of May."]
    >>> documents = [Document(str(number), text) for number, text in enumerate(texts)]
    >>> [[(v.spelling, v.outside) for v in p.variants] for p in propose_variants(documents)]
    [[('ceasefire', 2), ('cease-fire', 1)]]
    """
    counts = _Counts()
    for document in documents:
        counts.add(document.text)
    proposals = [
        *(_propose_honorifics(counts)),
        *(proposal for kind, keyed in _group_words(counts) for proposal in _propose(counts, kind, keyed)),
    ]
    seen: set[frozenset[str]] = set()
    kept = []
    for proposal in proposals:
        spellings = frozenset(variant.spelling for variant in proposal.variants)
        if spellings not in seen:
            seen.add(spellings)
            kept.append(proposal)
    return sorted(
        kept, key=lambda p: (-sum(v.outside + v.quoted for v in p.variants), p.variants[0].spelling)
    )


def write_glossary(proposals: Iterable[Proposal]) -> str:
    """The proposals as a TOML glossary to edit: the most frequent spelling is the one to use.

    A word that stands small anywhere is no name, however often it begins a sentence: it is written small.
    """
    pieces = ["# Proposed from a corpus: check each, delete what is not one word or one person."]
    for kind, variants in proposals:
        told = ", ".join(f"{v.spelling} {v.outside + v.quoted} ({v.quoted} quoted)" for v in variants)
        if kind == "honorific":
            stop = "period" if variants[0].spelling.endswith(".") else "bare"
            pieces.append(f'\n# {kind}: {told}; in [profile]: honorifics = "{stop}"')
            continue
        usual = variants[0].spelling
        if any(variant.spelling.islower() for variant in variants[1:]):
            usual = usual.lower()
        instead = ", ".join(_quote(variant.spelling) for variant in variants[1:])
        pieces.append(f"\n# {kind}: {told}\n[[glossary]]\nuse = {_quote(usual)}\ninstead_of = [{instead}]")
    return "\n".join(pieces) + "\n"


class _Counts:
    """How often each word stands in a corpus, and what follows the names."""

    def __init__(self) -> None:
        self.plain: Counter[str] = Counter()
        self.quoted: Counter[str] = Counter()
        self.documents: Counter[str] = Counter()
        self.followers: dict[str, Counter[str]] = {}

    def add(self, text: str) -> None:
        quotations = [match.span() for match in QUOTATION_RE.finditer(text)]
        seen = set()
        position = 0
        before: re.Match[str] | None = None
        for match in _WORD_RE.finditer(text):
            word = _POSSESSIVE_RE.sub("", match.group())
            while position < len(quotations) and quotations[position][1] <= match.start():
                position += 1
            is_quoted = position < len(quotations) and quotations[position][0] <= match.start()
            (self.quoted if is_quoted else self.plain)[word] += 1
            seen.add(word)
            if before and word[:1].isupper() and text[before.end() : match.start()] == " ":
                self.followers.setdefault(before.group(), Counter())[word] += 1
            before = match
        for match in _HONORIFIC_RE.finditer(text):
            seen.add(match.group() if match[2] else f"{match[1]} ")
            self.plain[match.group() if match[2] else f"{match[1]} "] += 1
        self.documents.update(seen)

    def variant(self, spelling: str) -> Variant:
        return Variant(
            spelling.strip(), self.plain[spelling], self.quoted[spelling], self.documents[spelling]
        )


def _group_words(counts: _Counts) -> Iterator[tuple[str, dict[str, set[str]]]]:
    """Words by the key that their variants share, for each kind of variant."""
    words = [
        word for word in {*counts.plain, *counts.quoted} if len(word) >= _SHORTEST and word[-1].isalpha()
    ]
    names = [word for word in words if word[0].isupper() and not word.isupper()]
    small = [word for word in words if word.islower()]
    yield "known pair", _key_by(words, lambda word: _KNOWN.get(word.casefold(), ""))
    yield "hyphen", _key_by(words, lambda word: word.replace("-", "").casefold())
    yield "accent", _key_by(words, _strip_accents)
    yield "transliteration", _key_by(names, _transliterate)
    yield "spelling", _key_by(small, _americanise)


def _key_by(words: Iterable[str], make_key: Callable[[str], str]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for word in words:
        key = make_key(word)
        if key:
            groups.setdefault(key, set()).add(word)
    return groups


def _propose(counts: _Counts, kind: str, groups: dict[str, set[str]]) -> Iterator[Proposal]:
    for key in sorted(groups):
        forms: dict[str, str] = {}
        for word in sorted(groups[key], key=lambda word: (-counts.plain[word] - counts.quoted[word], word)):
            forms.setdefault(word.casefold(), word)
        if len(forms) < 2:
            continue
        words = list(forms.values())
        usual = words[0]
        kin = [word for word in words[1:] if _may_be_one(counts, usual, word)]
        if kin:
            yield Proposal(kind, tuple(counts.variant(word) for word in (usual, *kin)))


def _may_be_one(counts: _Counts, first: str, second: str) -> bool:
    """False for two given names whose bearers have different surnames."""
    followers = [counts.followers.get(name, Counter[str]()) for name in (first, second)]
    totals = [counts.plain[name] + counts.quoted[name] for name in (first, second)]
    given = [2 * sum(after.values()) > total for after, total in zip(followers, totals, strict=True)]
    if not any(given):
        return True
    return bool(followers[0].keys() & followers[1].keys())


def _propose_honorifics(counts: _Counts) -> Iterator[Proposal]:
    for title in HONORIFICS:
        bare, stopped = counts.variant(f"{title} "), counts.variant(f"{title}.")
        if bare.outside and stopped.outside:
            first, second = sorted((bare, stopped), key=lambda variant: -variant.outside)
            yield Proposal("honorific", (first, second))


def _strip_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _transliterate(word: str) -> str:
    key = _strip_accents(word)
    for pattern, new in _TRANSLITERATIONS:
        key = pattern.sub(new, key)
    return key


def _americanise(word: str) -> str:
    for pattern, new in _SPELLINGS:
        word = pattern.sub(new, word)
    return word


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
