"""Letters of another alphabet inside a Latin word (a Cyrillic letter in place of the C of "Ceasefire").

Only a word that mixes alphabets is touched, and only where every foreign letter looks like a Latin
one. A pure Cyrillic or Greek word never is, nor a Latin name with a Cyrillic ending, nor a unit or
protein name with a Greek letter. Mixtures that cannot be told for sure are hints.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.core.confusables import LATIN_LOOK_ALIKES
from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit

LATIN_CLASS = "A-Za-z\xaa\xba\xc0-\xd6\xd8-\xf6\xf8-\u024f\u1e00-\u1eff"
FOREIGN_CLASS = "\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u1f00-\u1fff\ua640-\ua69f"
# A Latin letter beside a foreign one, found by the Latin letter, and by the foreign one, whichever is rarer.
_MARK = "['\u2019]"
_NEXT_LATIN = f"(?={_MARK}?[{LATIN_CLASS}])|(?<=[{LATIN_CLASS}].)|(?<=[{LATIN_CLASS}]{_MARK}.)"
_NEXT_FOREIGN = f"(?={_MARK}?[{FOREIGN_CLASS}])|(?<=[{FOREIGN_CLASS}].)|(?<=[{FOREIGN_CLASS}]{_MARK}.)"
MIXED_RE = re.compile(f"[{LATIN_CLASS}](?:{_NEXT_FOREIGN})", re.DOTALL)
MIXED_TAIL = f"(?<=[{FOREIGN_CLASS}])(?:{_NEXT_LATIN})"
FOREIGN_RE = re.compile(f"[{FOREIGN_CLASS}]")
_LATIN_RE = re.compile(f"[{LATIN_CLASS}]")
_LATIN_RUN_RE = re.compile(f"[{LATIN_CLASS}]+")
_FOREIGN_RUN_RE = re.compile(f"[{FOREIGN_CLASS}]+")
_WORD_RE = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_GREEK_RE = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
# Latin letters that have a twin in another alphabet: a word made of them alone could be either.
_TWINS = frozenset(LATIN_LOOK_ALIKES.values())
# The everyday letter of the other alphabet that looks like a Latin one.
_CYRILLIC_TWINS = {
    latin: letter
    for letter, latin in LATIN_LOOK_ALIKES.items()
    if "\u0400" <= letter <= "\u045f" and latin != "r"
}
_GREEK_TWINS = {
    latin: letter
    for letter, latin in LATIN_LOOK_ALIKES.items()
    if "\u0386" <= letter <= "\u03cd" and letter != "\u03c3"
}
# An abbreviation with an ending: capitals, then small letters.
_ABBREVIATION_RE = re.compile("[^\\W\\d_a-z]{2,}$")
# Small letters, perhaps behind one capital, or capitals alone.
_PLAIN_WORD_RE = re.compile("[^\\W\\d_]?[^\\W\\d_A-Z]*(?:['\u2019][^\\W\\d_A-Z]+)*|[A-Z'\u2019]+")
# Greek letters that stand as symbols beside Latin ones: the alpha of a carbon atom, a frequency, a density.
_GREEK_SYMBOLS = frozenset("\u03b1\u03b3\u03bd\u03c1\u03c3")
# Where such a symbol would make a very short word, only these are taken for words.
_SHORT_WORD_LIST = """
a an and any are as at av by can day go las das dar la par pas per por pop pro para que va val via van von vor
was has had may new our own pay put say up way who why you your age ago eat air art all ask war add app try
buy ma na za da dla pod po od al del una am vom czy gdy aby ya muy soy hay los voy auf aus als
"""
_SHORT_WORDS = frozenset(_SHORT_WORD_LIST.split())
# Words of science that take a Greek letter before or behind them.
_SCIENCE_RE = re.compile(
    r"interferon|interleukin|integrin|synuclein|secretase|tubulin|amylase|globulin|actin|catenin|tocopherol"
    r"|helix|pinene|linolenic|fetoprotein|toxin|decay|particle|sin|cos|tan|cot|log|exp|amanitin|galactosidase|glucosidase|hydroxy\w*|keto\w*"
)

FOUND = (Cause("repair.homoglyph", "repair"),)


def find_homoglyphs(text: str, context: Context) -> Iterator[Edit]:
    """Foreign letters within Latin words, as the Latin letters that they look like."""
    for start, word, line in _find_mixed_words(text):
        if _is_latin_word(word, line):
            for run in _FOREIGN_RUN_RE.finditer(word):
                new = "".join(LATIN_LOOK_ALIKES[letter] for letter in run.group())
                yield Edit(start + run.start(), start + run.end(), new, FOUND)


def find_mixed_alphabets(text: str, context: Context) -> Iterator[Edit]:
    """Words of two alphabets that look like one, where it cannot be told for sure which: the other is proposed."""
    for start, word, line in _find_mixed_words(text):
        foreign = _FOREIGN_RUN_RE.findall(word)
        latin = _LATIN_RUN_RE.findall(word)
        twins = all(letter in _TWINS for run in latin for letter in run)
        if _is_latin_word(word, line) or (len(foreign) == 1 and len(latin) == 1 and not twins):
            continue
        if _GREEK_RE.search(word) and not (twins and word.lower() != word and len(word) > 4):
            continue  # a symbol more likely than a mistake
        if twins or all(letter in LATIN_LOOK_ALIKES for run in foreign for letter in run):
            causes = (Cause("repair.mixed-alphabets", "repair"),)
            yield Edit(start, start + len(word), _write_in_foreign(word), causes)


def has_mixed_word(line: str) -> bool:
    """Whether a Latin letter stands beside one of another alphabet."""
    return FOREIGN_RE.search(line) is not None and MIXED_RE.search(line) is not None


class _Line(NamedTuple):
    """What the words of a line that mix no alphabets say of it."""

    holds_foreign_words: bool
    holds_latin_words: bool


def _find_mixed_words(text: str) -> Iterator[tuple[int, str, _Line]]:
    """Each word that mixes alphabets: where it begins, the word, the line it stands in."""
    if not has_mixed_word(text):
        return
    start = 0
    for line in text.split("\n"):
        if has_mixed_word(line):
            words = list(_WORD_RE.finditer(line))
            about = _Line(
                any(_is_foreign_for_sure(word.group()) for word in words),
                any(len(word.group()) > 1 and not FOREIGN_RE.search(word.group()) for word in words),
            )
            for match in words:
                word = match.group()
                if _LATIN_RE.search(word) and FOREIGN_RE.search(word):
                    yield start + match.start(), word, about
        start += len(line) + 1


def _write_in_foreign(word: str) -> str:
    """The word with its Latin letters as those of its other alphabet; as it stands where one has no twin there."""
    twins = _GREEK_TWINS if _GREEK_RE.search(word) else _CYRILLIC_TWINS
    letters = [twins.get(letter, letter) for letter in word]
    return word if any(_LATIN_RE.match(letter) for letter in letters) else "".join(letters)


def _is_latin_word(word: str, line: _Line) -> bool:
    """Whether a mixed word is Latin for sure, in its line."""
    foreign_runs = [run.group() for run in _FOREIGN_RUN_RE.finditer(word)]
    latin_runs = [run.group() for run in _LATIN_RUN_RE.finditer(word)]
    foreign, latin = "".join(foreign_runs), "".join(latin_runs)
    if not all(letter in LATIN_LOOK_ALIKES for letter in foreign):
        return False
    two_blocks = len(foreign_runs) == 1 and len(latin_runs) == 1
    if two_blocks and len(foreign) >= 3 and len(latin) >= 3 and not word[1:].islower():
        return False  # two words or abbreviations without a space between them
    if foreign.isupper() and word.endswith(foreign) and latin[-1:].islower():
        return False  # a name with a sign of another language behind it
    ends_foreign = word.endswith(foreign_runs[-1]) and len(foreign_runs) == 1
    if ends_foreign and foreign.islower() and _ABBREVIATION_RE.match(latin):
        return False  # an abbreviation with an ending, or a Greek index
    if _GREEK_RE.search(foreign) and not _may_hold_greek_by_mistake(word, foreign, latin):
        return False
    if line.holds_foreign_words:
        certain = any(letter not in _TWINS for letter in latin)
        return len(latin) > len(foreign) and certain and not (two_blocks and ends_foreign)
    return len(latin) > len(foreign) or line.holds_latin_words


def _is_foreign_for_sure(word: str) -> bool:
    """Whether a word is of another alphabet, and no Latin word made of look-alikes."""
    return not _LATIN_RE.search(word) and any(
        FOREIGN_RE.match(letter) and letter not in LATIN_LOOK_ALIKES for letter in word
    )


def _may_hold_greek_by_mistake(word: str, foreign: str, latin: str) -> bool:
    """False where a Greek letter is likely a symbol: at an edge of a very short word, a term of science."""
    symbols = _GREEK_SYMBOLS.intersection(foreign)
    if not symbols:
        return True
    latin_form = "".join(LATIN_LOOK_ALIKES.get(letter, letter) for letter in word)
    if not _PLAIN_WORD_RE.fullmatch(latin_form) or _SCIENCE_RE.fullmatch(latin.lower()):
        return False
    return len(word) > 3 or symbols.isdisjoint((word[0], word[-1])) or latin_form.lower() in _SHORT_WORDS
