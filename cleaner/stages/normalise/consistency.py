"""One text, two spellings: hints at all but one. What may stand for what is a short, careful list."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit

HONORIFICS = ("Mr", "Mrs", "Ms", "Dr")
# What follows a title: a name.
NAME_AHEAD = r"(?=[ \xa0][A-Z\xc0-\xde\u0100-\u017d])"
_HONORIFIC_RE = re.compile(rf"\b(Mr|Mrs|Ms|Dr)(\.?){NAME_AHEAD}")
_ADDRESS_RE = re.compile(r"://|www\.|[@#\\_=]|\w\.[a-z]{2,}")
_LONGEST_ADDRESS = 300
# Spellings of one name or word, the one that most news desks use today first. Two given names that two
# people may bear are not among them.
VARIANTS: tuple[tuple[str, ...], ...] = (
    ("Kyiv", "Kiev"),
    ("Kharkiv", "Kharkov"),
    ("Odesa", "Odessa"),
    ("Lviv", "Lvov"),
    ("Zelenskyy", "Zelensky", "Zelenskiy"),
    ("ceasefire", "cease-fire"),
    ("adviser", "advisor"),
    ("Qaeda", "Qaida"),
    ("Hezbollah", "Hizbollah", "Hizbullah"),
    ("Beijing", "Peking"),
)
_GROUP_OF = {spelling.casefold(): group for group in VARIANTS for spelling in group}
_SECOND_SPELLINGS = tuple(spelling.casefold() for group in VARIANTS for spelling in group[1:])
_SPELLING_RE = re.compile(rf"(?<![\w-])(?i:{'|'.join(map(re.escape, _GROUP_OF))})(?![\w-])")
# A quotation that does not close in its line goes on in the next paragraph; 6" and Jack's open none.
QUOTATION_RE = re.compile(
    r"\u201e[^\u201c\u201d\n]*(?:[\u201c\u201d]|$)|\u201c[^\u201d\n]*(?:\u201d|$)|(?<!\S)\u201d(?=\w)[^\u201c\u201d\n]*\u201d"
    r'|(?<!\w)"[^"\n]*(?:"|$)|(?<!\d)"[^"\n]*"'
    r"|\xab[^\xbb\n]*(?:\xbb|$)|\xbb[^\xab\n]*\xab|\u203a[^\u2039\n]*\u2039|\u2039[^\u203a\n]*\u203a"
    r"|(?<!\w)[\u2018\u201a](?=\S)[^\n]{1,1000}?(?<=\S)[\u2018\u2019](?!\w)|(?<![\w'])('{1,2})(?=[^\s'])[^\n]{1,1000}?(?<=[^\s'])\1(?![\w'])"
    r"|\u300c[^\u300d\n]*\u300d|\u300e[^\u300f\n]*\u300f",
    re.MULTILINE,
)


def find_quotations(text: str) -> list[tuple[int, int]]:
    """Spans of what stands between quotation marks in one line, in order."""
    return [match.span() for match in QUOTATION_RE.finditer(text)]


def stands_in_address(text: str, at: int) -> bool:
    """Whether an offset lies in an address of the web or of mail, a tag, a handle or a file name.

    >>> stands_in_address("see www.kiev.example/map", 9), stands_in_address("He left Kiev.", 9)
    (True, False)
    """
    start = end = at
    while start > 0 and at - start < _LONGEST_ADDRESS and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and end - at < _LONGEST_ADDRESS and not text[end].isspace():
        end += 1
    return end > at and _ADDRESS_RE.search(text, start, end) is not None


def lies_within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether an offset lies in one of the spans, which are disjoint and in order.

    >>> lies_within([(0, 4), (9, 12)], 10), lies_within([(0, 4), (9, 12)], 4)
    (True, False)
    """
    number = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return number >= 0 and at < spans[number][1]


def find_mixed_honorifics(text: str, context: Context) -> Iterator[Edit]:
    """``Mr`` where the text mostly has ``Mr.``, or the other way round."""
    mixed = [title for title in HONORIFICS if f"{title}. " in text and f"{title} " in text]
    found = list(_HONORIFIC_RE.finditer(text)) if mixed else []
    for title in mixed:
        with_stop = [match for match in found if match[1] == title and match[2]]
        without = [match for match in found if match[1] == title and not match[2]]
        if with_stop and without:
            rarer, form = (with_stop, title) if len(with_stop) < len(without) else (without, f"{title}.")
            for match in rarer:
                yield Edit(*match.span(), form, (Cause("consistency.honorific", "normalise"),))


def find_mixed_spellings(text: str, context: Context) -> Iterator[Edit]:
    """All spellings but the first of a name or word that stands in several; quotations keep theirs."""
    folded = text.casefold()
    if not any(spelling in folded for spelling in _SECOND_SPELLINGS):
        return
    quotations = find_quotations(text)
    by_group: dict[tuple[str, ...], list[re.Match[str]]] = {}
    for match in _SPELLING_RE.finditer(text):
        if not (lies_within(quotations, match.start()) or stands_in_address(text, match.start())):
            by_group.setdefault(_GROUP_OF[match.group().casefold()], []).append(match)
    for group, matches in by_group.items():
        spellings = {match.group().casefold() for match in matches}
        best = next(spelling for spelling in group if spelling.casefold() in spellings)
        for match in matches:
            if match.group().casefold() != best.casefold():
                causes = (Cause("consistency.spelling", "normalise"),)
                yield Edit(*match.span(), with_case_of(match.group(), best), causes)


def with_case_of(model: str, word: str) -> str:
    """The word in capitals, with a capital, or as it is, as the model has it.

    >>> with_case_of("CEASE-FIRE", "ceasefire"), with_case_of("Cease-fire", "ceasefire")
    ('CEASEFIRE', 'Ceasefire')
    """
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
