"""What the head, the tail or the whole of a line tells of its place in a sentence."""

import re

from cleaner.core.text import CJK
from cleaner.stages.rejoin.linkers import LINKERS, OPENING_LINKERS, PARTICLES

# What no line begins with: a comma, full stop, closing bracket or quote, a genitive. Not ".NET" nor "...".
_NO_START_RE = re.compile(
    r"""[,;](?=$|[\s"'\u201d\u2019)\]])
    | [.!?:](?=$|[\s"'\u201d\u2019)\]]|\[\d)
    | [)\]](?=$|[\s.,;:!?'\u2019])
    | [\u2019']s\b
    | %(?=$|[.,;:)]|\s[^\W\d])
    | [\u201d\u00bb\u2019](?=$|[\s.,;:!?)])
    | [\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f\u300d\u300f\uff09\u0964\u060c\u061b\u061f\u06d4]""",
    re.VERBOSE,
)
_CLOSING_STARTS = (
    ".,;:!?)]%'\u2019\u201d\u00bb\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f\u300d\u300f\uff09"
    "\u0964\u060c\u061b\u061f\u06d4"
)
_STOPS = ".!?:;\u2026\u3002\uff01\uff1f\uff1a\uff1b\u0964\u061f\u06d4\u061b\u037e\u0387"
_CLOSERS = "\"')]}\u201d\u2019\u00bb\u201c\u300d\u300f\uff09\u3011\u300b"
_OPENERS = "([\u201c\u201e\u2018\u00bf\u00a1\u300c\u300e\uff08\u3010\u300a"
_OPEN_END_RE = re.compile(
    r"(?:^|[^\s.!?\u2026]\s)[(\[\u201c\u201e\u2018\u00bf\u00a1]$|[\u300c\u300e\uff08\u3010\u300a]$"
)
# A word of prose: not "updatedAt:", "doi:10", "name@", "iPhone".
_FIRST_WORD_RE = re.compile(
    r"[(\u201c]?([^\W\d_]+)(?:['\u2019-][^\W\d_]+)*"
    r"(?=$|[\s,.;!?)\"\u201d\u2019\u2026\u2014\u2013/])(?!\.\w)"
)
_LAST_WORD_RE = re.compile(r"(^|[.!?]\s|[,;]\s?|[^\w.-])([^\W\d_]+)$")
_CASELESS_RE = re.compile(rf"[{CJK}\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f]")
_DASH_START_RE = re.compile(r"[\u2013\u2014] ?[^\W\d_]")
_BRACKETED_RE = re.compile(r"\([^()]*\)")
_ORDINAL_RE = re.compile(r"(?:st|nd|rd|th)\b")
_DROP_CAP_RE = re.compile(r"[^\W\d_AIOEYUSVZWK]")
_CLAUSE_END_RE = re.compile(r"[^\W\d_]{2,}[\"\u201d\u2019\u00bb)]?[.!?,] [^\W\d_]")
_ABBREVIATION_RE = re.compile(r"(?:^|[\s.(])[^\W\d_]{1,4}\.$")
# A list item, a table row, a quoted line or a heading with a mark is never joined to what stands before it.
_ITEM_RE = re.compile(
    r"[*\u2022\u00b7\u25aa\u25ba\u25cf\u25cb\u25a0\u25a1\u25e6\u2023\u2043\u2713\u2714\u2192\u00bb>|#+]"
    r"|[-\u2013\u2014](?:\s|$)|\(?\d{1,3}[.)](?:\s|$)|\(?[^\W\d_][.)]\s|\(?[ivxIVX]{1,4}[.)]\s"
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|m\u00e4r|mai|okt|dez|ene|abr|ago|dic|janv|f\u00e9v|avr"
    r"|juin|juil|ao\u00fb|d\u00e9c|gen|mag|giu|lug|set|ott|out)[^\W\d_]*\.?"
)
_DAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
# Names, numbers and what may stand between them; words and separators never overlap, so it is linear.
_NAMES = (
    r"(?:[\s,|]+(?:(?-i:[^\W\d_a-z])[^\s,|]*|\d[^\s,|]*|and|of|for|the|de|da|van|von|und|et|y"
    r"|[ap]\.?m\.?|min|minutes?|hours?|read|ago|news|desk|staff|&|-|\u2013|\u2022|\u00b7|/))+(?<![.,])"
)
_BARRIER_RE = re.compile(
    rf"""(?ix)
    (?:by|von|par|por|door){_NAMES}
    | (?:[a-z]+ed\s+by){_NAMES}
    | (?:last\s+)?(?:published|posted|updated|modified|reviewed|written|edited|reported):?
      (?:\s+(?:by|on|at|in))?{_NAMES}?
    | (?:photo|image|picture|video|credit|source|via|foto|bild|quelle|getty|reuters|afp)\b\s*
      (?:by\b|credit\b|[:/|\u00a9]).*
    | [(\[]?(?:photo|image|picture|video|illustration|credit|foto|\u00a9)\b[^)]*[)\]]
    | (?:updated|at|on)?\s*\d{{1,2}}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s*\(?[a-z]{{2,5}}\)?)?
    | {_DAY}{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?\b.{{0,30}}
    | {_DAY}\d{{1,2}}\.?\s+(?:de\s+)?{_MONTH}(?:\s+(?:de\s+)?\d{{4}})?\b.{{0,30}}
    | \d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}\b.{{0,30}}
    | (?:about\s+)?\d+\s*(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|h|m|d)\.?\s+
      (?:read|ago|watch)\b.*
    | \d+\s+(?:comments?|shares?|views?|likes?|replies|votes?|points?)\b.*
    | (?:https?://|www\.)\S+
    """
)
# Tables, program code, and other lines that are no sentence.
_NO_SENTENCE_RE = re.compile(r"\S(?: {3,}|\t)\S|[|{}<>=\\]|::|\(\)|\w\($|;$|^//|^#|^\w+: \w+!?$")
_BARRIER_SIZE = 120
_LONGEST_LINKER = max(map(len, LINKERS))


def starts_with_closing_mark(head: str) -> bool:
    """Whether a line begins as no line does: ``, which``, ``.``, ``) and``, ``'s``."""
    return _NO_START_RE.match(head) is not None


def starts_lower(head: str) -> bool:
    """Whether a line begins in the middle of a sentence by its case."""
    match = _FIRST_WORD_RE.match(head)
    return match is not None and match.group(1).islower()


def starts_linker(head: str) -> bool:
    """Whether a line's first word hardly ever ends a sentence, and so hardly ever is a label of its own."""
    match = _FIRST_WORD_RE.match(head)
    return match is not None and match.group(1) in LINKERS | PARTICLES


def starts_with_dash(head: str) -> bool:
    """Whether a line begins with a dash and lower case, as the second half of a sentence may."""
    return _DASH_START_RE.match(head) is not None and head.lstrip("\u2013\u2014 ")[0].islower()


def starts_ordinal(head: str) -> bool:
    """Whether a line begins with what was raised behind a number: ``th century``."""
    return _ORDINAL_RE.match(head) is not None


def is_bracketed(line: str) -> bool:
    """Whether a bracket is the whole line, as a credit may be."""
    return _BRACKETED_RE.fullmatch(line) is not None


def is_drop_cap(line: str) -> bool:
    """Whether a line is a single capital that is no word by itself: the large first letter of an article."""
    return len(line) == 1 and line.isupper() and _DROP_CAP_RE.match(line) is not None


def starts_sentence(head: str) -> bool:
    """Whether the first letter or digit may begin a sentence; that of a list's item often may not."""
    for character in head:
        if character.isalnum():
            return not character.islower()
    return False


def starts_caseless(head: str) -> bool:
    """Whether a line begins in a script that has no capitals to tell a new sentence by."""
    return _CASELESS_RE.match(head) is not None


def starts_item(head: str) -> bool:
    """Whether a line begins with the mark of a list, a table, a quotation or a heading."""
    return _ITEM_RE.match(head) is not None


def ends_sentence(tail: str) -> bool:
    """Whether a line ends with a mark that ends a sentence or announces something, closing quotes aside."""
    bare = tail.rstrip(_CLOSERS)
    return not bare or bare[-1] in _STOPS


def may_be_open(tail: str) -> bool:
    """Whether a line, with what may be joined before it, may end within a sentence: a lone bracket may."""
    bare = tail.rstrip(_CLOSERS)
    return not bare or bare[-1] not in _STOPS


def has_clauses(text: str) -> bool:
    """Whether a sentence or a clause ends inside the text, with more of it on both sides."""
    return _CLAUSE_END_RE.search(text) is not None


def may_precede_mark(tail: str, mark: str) -> bool:
    """Whether a closing mark may follow a line: a comma follows ``Inc.`` or ``Why?``, but no sentence."""
    if not ends_sentence(tail) or mark in ")]":
        return True
    return mark in ",;" and (tail[-1] != "." or _ABBREVIATION_RE.search(tail[-7:]) is not None)


def ends_open(tail: str) -> bool:
    """Whether a line ends with an opening bracket or quote; one behind a stop and a space may be lost."""
    return _OPEN_END_RE.search(tail[-3:]) is not None


def ends_in_linker(tail: str) -> bool:
    """Whether a line ends with an article, preposition or the like: ``the``, ``of``, ``told``.

    One with a capital counts at the beginning of a sentence only: not in ``Best For``.
    """
    match = _LAST_WORD_RE.search(tail[-_LONGEST_LINKER - 3 :])
    if match is None:
        return False
    before, word = match.groups()
    if word[0].isupper():
        return (
            len(word) > 1 and not before.strip(".!? ") and before != " " and word.lower() in OPENING_LINKERS
        )
    return word in LINKERS or (word in PARTICLES and tail.count(" ") > 1)


def is_barrier(line: str) -> bool:
    """Whether a whole line has the shape of a byline, credit, clock time, date, table row or piece of code.

    >>> is_barrier("By Ann Smith"), is_barrier("3:38 PM"), is_barrier("21 March 2023"), is_barrier("Malaysia")
    (True, True, True, False)
    """
    if len(line) > _BARRIER_SIZE:
        return False
    return _BARRIER_RE.fullmatch(line) is not None or _NO_SENTENCE_RE.search(line) is not None


def are_surely_apart(left: str, right: str, *, eager: bool) -> bool:
    """Whether last and first word forbid that a line and the next are one sentence: cheap, asked first.

    Only an ``eager`` reader wants to look at an open line followed by a capital.
    """
    first = right[0]
    if first in _CLOSING_STARTS:
        return False
    if left[-1] in _STOPS:
        return True
    if eager or first.islower() or first in "(\u201c\u2013\u2014" or left[-1] in _OPENERS:
        return False
    word = left[left.rfind(" ", -_LONGEST_LINKER - 1) + 1 :]
    return word.lower() not in LINKERS and word not in PARTICLES
