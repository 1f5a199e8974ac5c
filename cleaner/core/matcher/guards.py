"""Guards: what must hold beside a match before a rule may claim it."""

import re

from cleaner.core.matcher.view import View
from cleaner.core.rules import Rule
from cleaner.core.shapes import SHAPES, goes_on
from cleaner.core.text import count_words

DEFAULT_MAX_WORDS = 40  # of a line that a regex may match, unless the rule says otherwise
LONGEST_WORD = 30  # code points; a gate on length before words are counted
# What is left over of a broken sentence: the mark that belongs to the words before it.
_LEFT_OVER_RE = re.compile(r"[,;)\u2019](?!\w)|\.(?:$|\s)")
_BREAKS_OFF_RE = re.compile(r"[\w,(\u2019'\u201c-]$")


def longest_text(max_words: int | None) -> int:
    """Code points of the longest line that the regex of a rule with so many words is tried on."""
    return (max_words or DEFAULT_MAX_WORDS) * LONGEST_WORD


def line_guards_hold(rule: Rule, view: View, number: int) -> bool:
    """Whether a whole line may be claimed."""
    line = view.lines[number]
    if rule.max_words is not None or rule.regex:
        most = rule.max_words or DEFAULT_MAX_WORDS
        if len(line.text) > most * LONGEST_WORD or (len(line.text) > most and view.words(number) > most):
            return False
    if rule.min_words is not None and view.words(number) < rule.min_words:
        return False
    if rule.not_regex is not None and rule.not_regex.search(line.text):
        return False
    if rule.within_first is not None and view.rank[number] >= rule.within_first:
        return False
    if rule.within_last is not None and len(view.filled) - view.rank[number] > rule.within_last:
        return False
    if rule.after_fraction is not None and view.rank[number] + 1 < rule.after_fraction * len(view.filled):
        return False
    return _stands_next_to(rule, view, number)


def part_guards_hold(rule: Rule, view: View, number: int, start: int, end: int) -> bool:
    """Whether a part of a line may be claimed: its own words, its place, the neighbours of its line.

    In an article without line breaks sentences count as lines do.
    """
    line = view.lines[number]
    part = line.text[start:end]
    words = count_words(part)
    most = rule.max_words or (None if rule.to_end else DEFAULT_MAX_WORDS)
    if (most is not None and words > most) or (rule.min_words is not None and words < rule.min_words):
        return False
    if rule.not_regex is not None and rule.not_regex.search(part):
        return False
    if rule.within_first is not None or rule.within_last is not None:
        sentences = view.sentences(number)
        first_word = end - len(part.lstrip())
        before = sum(sentence.end <= first_word for sentence in sentences)
        rank = view.rank[number]
        if rule.within_first is not None and rank + before >= rule.within_first:
            return False
        left = len(view.filled) - rank + len(sentences) - 1 - before
        if rule.within_last is not None and left > rule.within_last:
            return False
    if rule.after_fraction is not None and line.start + end < rule.after_fraction * len(view.text):
        return False
    return _stands_next_to(rule, view, number)


def _stands_next_to(rule: Rule, view: View, number: int) -> bool:
    return not rule.next_to or any(
        view.fits(wanted, neighbour) if wanted in SHAPES else view.lines[neighbour].key == wanted
        for neighbour in view.neighbours(number)
        for wanted in rule.next_to
    )


def is_fragment(view: View, first: int, last: int) -> bool:
    """Whether lines are the middle of a sentence that a scraper broke at its links.

    The line before breaks off and these go on in lower case, or the line after goes on in lower
    case or with the mark that was left over: ``You can`` / ``contact us`` / ``by mail.``
    """
    rank = view.rank[first]
    before = view.lines[view.filled[rank - 1]].text.rstrip() if rank > 0 else ""
    rank = view.rank[last]
    after = view.lines[view.filled[rank + 1]].text.lstrip() if rank + 1 < len(view.filled) else ""
    if _LEFT_OVER_RE.match(after) or (
        goes_on(after) and (after.count(" ") > 1 or after.rstrip().endswith("."))
    ):
        return True
    return (
        goes_on(view.lines[first].text.lstrip())
        and before.count(" ") > 2
        and _BREAKS_OFF_RE.search(before) is not None
    )


SENTENCE_MARKS = ".!?:;\u2026)]\"'\u201d\u2019\u00bb\u3002\uff01\uff1f\u300d\u300f\uff09\u0964\u061f\u06d4"


def stands_apart(text: str, start: int, end: int) -> bool:
    """Whether a phrase opens a sentence with a capital and a new sentence, or nothing, follows it.

    A phrase in the middle of a sentence, or in lower case, is spoken of, not left over.
    """
    before = text[max(0, start - 4) : start].rstrip()
    after = text[end : end + 4].lstrip()
    opens = not before or before[-1] in SENTENCE_MARKS
    goes_on = bool(after) and (after[0].islower() or after[0] in ",;)")
    return opens and not text[start].islower() and not goes_on


def is_placed(rule: Rule) -> bool:
    """Whether a rule looks at position or neighbours, so that its lines are no labels on their own."""
    guards = (rule.within_first, rule.within_last, rule.after_fraction, rule.max_hits, rule.min_keep_words)
    return bool(rule.next_to) or any(guard is not None for guard in guards)
